//! Small and capital letters.

use serde::Deserialize;

/// How a language uses capitals.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Case {
    /// Whether nouns begin with a capital wherever they are, as in German.
    nouns_keep_capitals: bool,
}

impl Case {
    /// A title as it is written within a sentence: with a small first letter, unless its first word is an abbreviation, or
    /// a noun in a language that writes nouns with capitals. Titles begin with a noun.
    pub(crate) fn lowercased(&self, title: &str) -> String {
        match self.nouns_keep_capitals || is_abbreviation(title) {
            true => title.to_owned(),
            false => with_first(title, char::to_lowercase),
        }
    }
}

/// The text with a capital first letter, unless its first word is an abbreviation such as `pH` or `mRNA`.
pub(crate) fn capitalized(text: &str) -> String {
    match is_abbreviation(text) {
        true => text.to_owned(),
        false => with_first(text, char::to_uppercase),
    }
}

/// Whether the first word has a capital or a digit behind its first letter, or is one letter of another alphabet, as in
/// `β-blockers`.
fn is_abbreviation(text: &str) -> bool {
    let word = text.split(|c: char| c.is_whitespace() || c == '-').next();
    let mut letters = word.unwrap_or_default().chars();
    let is_foreign = letters.next().is_some_and(|first| !first.is_ascii());
    let rest = letters.as_str();
    (is_foreign && rest.is_empty())
        || rest.contains(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// The text with another first letter.
fn with_first<I: Iterator<Item = char>>(text: &str, change: fn(char) -> I) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(change);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_begin_small_within_a_sentence() {
        let case = Case {
            nouns_keep_capitals: false,
        };
        for (title, within) in [
            ("Liver", "liver"),
            ("Non-TACE methods", "non-TACE methods"),
            ("MRI-guided ablation", "MRI-guided ablation"),
            ("mRNA", "mRNA"),
            ("McCune", "McCune"),
            ("Öl", "öl"),
            ("", ""),
        ] {
            assert_eq!(case.lowercased(title), within);
        }
    }

    #[test]
    fn a_german_noun_keeps_its_capital() {
        let case = Case {
            nouns_keep_capitals: true,
        };
        assert_eq!(case.lowercased("Leber"), "Leber");
    }

    #[test]
    fn an_abbreviation_keeps_its_small_letter() {
        for (text, alone) in [
            ("pH", "pH"),
            ("mRNA vaccines", "mRNA vaccines"),
            ("p53", "p53"),
            ("β-blockers", "β-blockers"),
            ("x-rays", "X-rays"),
            ("retrospective series", "Retrospective series"),
            ("straße", "Straße"),
            ("", ""),
        ] {
            assert_eq!(capitalized(text), alone);
        }
    }
}
