//! Every abbreviation is explained: in the glossary, or in the section that uses it.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::rules::Abbreviations;
use crate::model::draft::{ContentFile, Draft};
use crate::reading::Reading;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(rule) = &reading.words.rules.abbreviations else {
        return;
    };
    let glossary: BTreeSet<String> = reading
        .draft
        .glossary
        .iter()
        .flat_map(|term| std::iter::once(&term.name).chain(&term.forms))
        .map(|form| singular(rule, &form.value).to_owned())
        .collect();
    for (unit, paragraphs) in reading.units() {
        let mut explained = glossary.clone();
        explained.extend(own_names(rule, reading.draft, unit));
        explained.extend(
            paragraphs
                .iter()
                .flat_map(|prose| explained_in(rule, &prose.text)),
        );
        for prose in paragraphs {
            for (range, word) in super::words(&prose.text) {
                let name = singular(rule, word);
                if !is_abbreviation(name) || explained.contains(name) {
                    continue;
                }
                // Once for each section: where it is used first.
                explained.insert(name.to_owned());
                if begins_a_name(&prose.text[range.end..]) {
                    continue;
                }
                if let Some(span) = reading.span(prose, range) {
                    found.push(
                        Diagnostic::new(
                            Code::UnexplainedAbbreviation,
                            span,
                            format!("`{name}` is not explained in this section"),
                            format!("explain it at its first use, `{name} (…)`, or add it to `glossary.toml`"),
                        )
                        .label("first used here"),
                    );
                }
            }
        }
    }
}

/// `CTs` is the plural of `CT`.
fn singular<'a>(rule: &Abbreviations, word: &'a str) -> &'a str {
    word.strip_suffix(&rule.plural)
        .filter(|short| {
            short.len() > 1
                && short
                    .chars()
                    .all(|c| c.is_uppercase() || c.is_ascii_digit())
        })
        .unwrap_or(word)
}

/// Two capitals or more, and nothing but capitals and digits; no Roman number.
fn is_abbreviation(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2
        && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
        && !word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// The abbreviations that a text explains anywhere.
fn explained_in(rule: &Abbreviations, text: &str) -> Vec<String> {
    let words = super::words(text).map(|(range, word)| (range, singular(rule, word)));
    words
        .filter(|(_, name)| is_abbreviation(name))
        .filter(|(range, name)| is_explained(rule, name, &text[..range.start], &text[range.end..]))
        .map(|(_, name)| name.to_owned())
        .collect()
}

/// The short names of a technique, which its own chapter and its pages at sites are about.
fn own_names(rule: &Abbreviations, draft: &Draft, unit: &ContentFile) -> Vec<String> {
    let (ContentFile::Technique(id) | ContentFile::SiteTechnique(_, id)) = unit else {
        return Vec::new();
    };
    let technique = draft.techniques.iter().find(|other| other.id.value == *id);
    let names = technique.into_iter().flat_map(|technique| {
        let aliases = technique.aliases.iter();
        aliases.chain(std::iter::once(&technique.title))
    });
    names
        .flat_map(|name| super::words(&name.value))
        .map(|(_, word)| singular(rule, word).to_owned())
        .collect()
}

/// `MD Anderson` is a name, and `MD` a part of it.
fn begins_a_name(after: &str) -> bool {
    let mut letters = after.chars();
    letters.next().is_some_and(|c| matches!(c, ' ' | '\u{a0}'))
        && letters.next().is_some_and(char::is_uppercase)
}

/// `CT (computed tomography)`, `computed tomography (CT)`, `CT, short for computed tomography`, `CT is a …`.
fn is_explained(rule: &Abbreviations, name: &str, before: &str, after: &str) -> bool {
    // `DEB-TACE (…)` explains both of its parts.
    let after = match after.strip_prefix('-') {
        Some(tail) => tail.trim_start_matches(|c: char| c.is_alphanumeric()),
        None => after,
    };
    let is_word = |text: &str| text.chars().next().is_some_and(char::is_alphabetic);
    let apposition = |text: &str| {
        let is_small = |word: &&str| rule.small_words.iter().any(|small| small == word);
        let mut words = text.split_whitespace().filter(|word| !is_small(word));
        let first = words.next().and_then(|word| word.chars().next());
        first.map(|letter| letter.to_lowercase().to_string())
            == name
                .chars()
                .next()
                .map(|letter| letter.to_lowercase().to_string())
    };
    after.trim_start().strip_prefix('(').is_some_and(is_word)
        || (before.ends_with('(') && after.starts_with([')', ',', ';']))
        || after.strip_prefix(',').is_some_and(apposition)
        || (rule.explanations.iter()).any(|words| after.starts_with(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Words;

    fn english() -> &'static Abbreviations {
        Words::of("en").rules.abbreviations.as_ref().unwrap()
    }

    #[test]
    fn abbreviations_are_told_from_words_and_numbers() {
        for word in ["CT", "FEV1", "GIST"] {
            assert!(is_abbreviation(word), "{word}");
        }
        for word in ["A", "II", "XIV", "Gy", "2016", "McCune"] {
            assert!(!is_abbreviation(word), "{word}");
        }
    }

    #[test]
    fn an_explanation_stands_beside_the_abbreviation() {
        for text in [
            "a CT (computed tomography) scan",
            "computed tomography (CT) shows",
            "by CT, short for computed tomography",
            "with CT, the computed tomography,",
            "CT is a way to",
            "CT-PET (two scans in one)",
        ] {
            assert!(
                explained_in(english(), text).contains(&"CT".to_owned()),
                "{text}"
            );
        }
        for text in [
            "a CT scan",
            "a CT, MRI and so on",
            "CT (5 of 7)",
            "the PET (CT was not done)",
        ] {
            assert!(
                !explained_in(english(), text).contains(&"CT".to_owned()),
                "{text}"
            );
        }
    }
}
