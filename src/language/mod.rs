//! The words that the program adds, in the language of the book: each language is one file in `styles/languages/`.

pub(crate) mod case;
mod dates;
mod labels;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use self::dates::Dates;
pub use self::labels::Headings;
pub(crate) use self::labels::fill;
use self::labels::{
    Accessibility, ChangeLines, Changes, Counts, Cover, Downloads, Edition, Handouts, Imprint,
    Indexes, Navigation, Notices, Parts, References, Site, Spoken, Techniques, Units,
};
use crate::model::Date;
use crate::styles;

/// The words of one language, and how it writes dates and lists.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Words {
    dates: Dates,
    lists: Lists,
    pub(crate) spacing: Spacing,
    pub(crate) cover: Cover,
    pub(crate) edition: Edition,
    pub(crate) imprint: Imprint,
    pub(crate) changes: Changes,
    pub(crate) change: ChangeLines,
    pub(crate) unit: Units,
    pub(crate) parts: Parts,
    pub(crate) headings: Headings,
    pub(crate) techniques: Techniques,
    pub(crate) references: References,
    pub(crate) notices: Notices,
    pub(crate) handouts: Handouts,
    pub(crate) indexes: Indexes,
    pub(crate) counts: Counts,
    pub(crate) navigation: Navigation,
    pub(crate) spoken: Spoken,
    pub(crate) accessibility: Accessibility,
    pub(crate) site: Site,
    pub(crate) downloads: Downloads,
}

/// How a language lists names.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Lists {
    and: String,
}

/// Where a line must not end.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Spacing {
    /// Words that stay with the number after them.
    pub(crate) before_numbers: Vec<String>,
}

/// The file of a language.
struct File {
    text: &'static str,
    /// What it holds, once somebody asks for it.
    words: OnceLock<Words>,
}

/// Every language that has a file, by its tag.
static LANGUAGES: LazyLock<BTreeMap<&str, File>> = LazyLock::new(|| {
    let file = |(path, text): &(&'static str, &'static str)| {
        let tag = path.strip_prefix("languages/")?.strip_suffix(".toml")?;
        let words = OnceLock::new();
        Some((tag, File { text, words }))
    };
    styles::all().iter().filter_map(file).collect()
});

/// The languages that there are words for.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.keys().copied()
}

/// Whether there are words for a language tag.
#[must_use]
pub fn speaks(tag: &str) -> bool {
    LANGUAGES.contains_key(primary(tag))
}

/// The headings that each technique has, in the language of a tag.
#[must_use]
pub fn headings(tag: &str) -> &'static Headings {
    &Words::of(tag).headings
}

/// The language of a tag, without script and region.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

impl Words {
    /// The words for a language tag; English for a language that there are no words for, which
    /// `check` does not let through.
    #[expect(
        clippy::expect_used,
        reason = "embedded when the program is built, and tested"
    )]
    pub(crate) fn of(tag: &str) -> &'static Self {
        let file = LANGUAGES
            .get(primary(tag))
            .or_else(|| LANGUAGES.get("en"))
            .expect("English is embedded");
        file.words
            .get_or_init(|| toml::from_str(file.text).expect("the file of a language is complete"))
    }

    /// A date in words, as exact as it is known: `23 November 2026`.
    pub(crate) fn date(&self, date: Date) -> String {
        self.dates.date(date)
    }

    /// A date as PubMed writes it: `1989 Mar 1`.
    pub(crate) fn pubmed_date(&self, date: Date) -> String {
        self.dates.pubmed_date(date)
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn list(&self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [name] => (*name).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.lists.and),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_its_words() {
        assert!(speaks("en"));
        for language in languages() {
            let words = Words::of(language);
            assert!(words.headings.all().all(|heading| !heading.is_empty()));
        }
    }
}
