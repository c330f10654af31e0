//! What rules look for in the texts of authors, which differs from language to language.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The word lists of the rules; a rule whose list a language lacks is silent in it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Rules {
    pub(crate) abbreviations: Option<Abbreviations>,
    pub(crate) shares: Option<Shares>,
    pub(crate) links: Option<Links>,
    pub(crate) charts: Option<Charts>,
    pub(crate) promises: Option<Promises>,
    pub(crate) reading_grade: Option<ReadingGrade>,
}

impl Rules {
    /// The rules that have no words to look for, by their names.
    pub(super) fn silent(&self) -> Vec<&'static str> {
        let Self {
            abbreviations,
            shares,
            links,
            charts: _,
            promises,
            reading_grade,
        } = self;
        let rules = [
            ("unexplained-abbreviation", abbreviations.is_some()),
            ("no-denominator", shares.is_some()),
            ("vague-link", links.is_some()),
            ("promise", promises.is_some()),
            ("hard-to-read", reading_grade.is_some()),
        ];
        let silent = rules.into_iter().filter(|(_, has_words)| !has_words);
        silent.map(|(name, _)| name).collect()
    }
}

/// How an abbreviation is explained.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Abbreviations {
    /// The ending of several: `CTs`.
    pub(crate) plural: String,
    /// Words in an explanation that have no letter in the abbreviation.
    pub(crate) small_words: Vec<String>,
    /// What is between an abbreviation and its explanation, with its spaces.
    pub(crate) explanations: Vec<String>,
}

/// Shares, and what a number counts.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Shares {
    /// What is behind the number of a share.
    pub(crate) signs: Vec<String>,
    /// What a number counts that does not count people or things.
    pub(crate) units: Vec<String>,
    /// Words before a number that is the name of something.
    pub(crate) names: Vec<String>,
    /// The word for multiples.
    pub(crate) times: String,
    /// Words behind `times` that make it a comparison: `5 times as many`; `188 times` counts.
    pub(crate) comparisons: Vec<String>,
    /// Numbers in words, and their values.
    pub(crate) numbers: BTreeMap<String, u64>,
    /// The word between a part and its whole: `5 of 26`.
    pub(crate) of: String,
    /// The word that may be before it: `5 out of 26`.
    pub(crate) out: String,
    /// Words that may stand before the whole: `5 of the 26`.
    pub(crate) all: Vec<String>,
    /// What a number in words counts, if it counts people or what was treated in them.
    pub(crate) people: Vec<String>,
}

/// The words of links.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Links {
    /// Words that many links have.
    pub(crate) vague: Vec<String>,
}

/// The units of charts.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Charts {
    /// Units of which there is no part.
    pub(crate) whole: Vec<String>,
}

/// Words that promise.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Promises {
    pub(crate) words: Vec<String>,
    /// Words before a promise that negate it, question it, or make it a wish.
    pub(crate) open: Vec<String>,
}

/// A formula of the reading grade, and what a syllable is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ReadingGrade {
    /// The factor of words per sentence.
    pub(crate) sentence: f64,
    /// The factor of syllables per word.
    pub(crate) word: f64,
    /// What is added.
    pub(crate) constant: f64,
    pub(crate) vowels: String,
    /// An ending that is no syllable.
    pub(crate) silent: String,
    /// A longer ending that is one.
    pub(crate) sounded: String,
}

#[cfg(test)]
mod tests {
    use super::super::Words;
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn english_has_every_list_and_a_language_may_have_none() {
        let Rules {
            abbreviations,
            shares,
            links,
            charts,
            promises,
            reading_grade,
        } = &Words::of("en").rules;
        assert!(abbreviations.is_some() && shares.is_some() && links.is_some());
        assert!(charts.is_some() && promises.is_some() && reading_grade.is_some());
        let none: Rules = toml::from_str("").unwrap();
        assert!(none.promises.is_none() && none.reading_grade.is_none());
        assert_eq!(Words::of("en").rules.silent(), [""; 0]);
        let named = none.silent().into_iter().map(Code::named);
        assert_eq!(named.flatten().count(), 5, "each is the name of a rule");
    }
}
