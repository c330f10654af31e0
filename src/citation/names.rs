//! Authors: a family name, initials and a suffix, however a program writes them.

use crate::model::author::{is_group, is_suffix};
use crate::model::{Author, Authors};

pub(super) use crate::model::author::is_others;

/// The authors of a file, in its order; `None` stands for others whom it does not name.
pub(super) fn authors(names: impl IntoIterator<Item = Option<Author>>) -> Authors {
    let mut authors = Authors::default();
    for name in names {
        match name {
            Some(name) => authors.named.push(name),
            None => authors.others = true,
        }
    }
    authors
}

/// An author as PubMed writes them: `Monaco EA 3rd`; `None` for `et al.`
pub(super) fn from_pubmed(text: &str) -> Option<Author> {
    (!is_others(text)).then(|| Author::parse(text))
}

/// An author with commas between the parts: `Monaco, Edward A., III`; or without them, where a person and a group can only
/// be told by their words.
pub(super) fn from_commas(text: &str) -> Option<Author> {
    let text = text.trim();
    if is_others(text) {
        return None;
    }
    let group = |name: &str| Author::Group(name.to_owned());
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    Some(match parts.as_slice() {
        // Some programs end the name of a group with a comma.
        [name, ""] if name.contains(' ') => group(name),
        [family, ""] => person(family, "", ""),
        [name] if is_group(name) => group(name),
        [name] => without_commas(name),
        [family, given] => {
            // `Smith, John Jr`.
            let (given, suffix) = match given.rsplit_once(' ') {
                Some((given, last)) if is_suffix(last) => (given, last),
                _ => (*given, ""),
            };
            person(family, given, suffix)
        }
        [family, suffix, given, ..] if is_suffix(suffix) => person(family, given, suffix),
        [family, given, suffix] if is_suffix(suffix) => person(family, given, suffix),
        _ => group(text),
    })
}

fn without_commas(name: &str) -> Author {
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends_as_in_pubmed = words.len() > 1
        && words
            .last()
            .is_some_and(|last| is_initials(last) || is_suffix(last));
    if ends_as_in_pubmed {
        return Author::parse(name);
    }
    // `Ludwig van Beethoven`: the family name begins with the first particle, or is the last word.
    let mut after_first = words.iter().skip(1);
    let particle = after_first.position(|word| word.starts_with(char::is_lowercase));
    let begins = particle.map_or(words.len().saturating_sub(1), |at| at + 1);
    person(&words[begins..].join(" "), &words[..begins].join(" "), "")
}

/// A person, whose given names may be written out.
pub(super) fn person(family: &str, given: &str, suffix: &str) -> Author {
    let suffix = suffix.trim_end_matches('.');
    Author::Person {
        family: family.split_whitespace().collect::<Vec<_>>().join(" "),
        initials: initials(given),
        suffix: (!suffix.is_empty()).then(|| suffix.to_owned()),
    }
}

/// `Peter G.` → `PG`, `Jean-Pierre` → `JP`; what are initials already stays as it is.
fn initials(given: &str) -> String {
    let given = given.trim();
    // `IuN` are two letters of another alphabet.
    let is_mixed = given.chars().filter(|c| c.is_uppercase()).count() > 1
        && given.chars().all(char::is_alphabetic)
        && given.chars().count() <= 5;
    if is_initials(given) || is_mixed {
        return given.to_owned();
    }
    let parts = given.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '.'));
    let firsts = parts.filter(|part| !part.is_empty()).map(|part| {
        let capitals = part.chars().filter(|c| c.is_uppercase()).count();
        match capitals == part.chars().count() && capitals <= 3 {
            true => part.to_owned(),
            false => part
                .chars()
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().to_string()),
        }
    });
    firsts.collect()
}

/// Capitals without stops, as PubMed has them.
fn is_initials(word: &str) -> bool {
    (1..=5).contains(&word.chars().count())
        && word.chars().all(|c| c.is_uppercase() || c == '-')
        && !word.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_in_pubmed() {
        for (typed, name) in [
            ("Rose PG", "Rose PG"),
            ("Rose, Peter G.", "Rose PG"),
            ("Rose, P. G.", "Rose PG"),
            ("Rose, PG", "Rose PG"),
            ("Monaco, Edward A., III", "Monaco EA III"),
            ("Monaco, III, Edward A.", "Monaco EA III"),
            ("Leitao, Mario M. Jr.", "Leitao MM Jr"),
            ("Lemaire, Jean-Pierre", "Lemaire JP"),
            ("Lee, S-H", "Lee S-H"),
            ("de Leede, E. M.", "de Leede EM"),
            ("Ludwig van Beethoven", "van Beethoven L"),
            ("Öztürk, Ç.", "Öztürk Ç"),
            ("Solov’ev, IuN", "Solov’ev IuN"),
            ("Krzyston", "Krzyston"),
            ("Made-up Study Group,", "Made-up Study Group"),
            ("The Made-up Investigators", "The Made-up Investigators"),
        ] {
            assert_eq!(from_commas(typed).unwrap().to_string(), name, "{typed}");
        }
        for others in ["et al.", "et al", "others"] {
            assert_eq!(from_commas(others), None);
            assert_eq!(from_pubmed(others), None);
        }
    }
}
