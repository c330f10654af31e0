//! The words that the program adds, in the language of the book: each language is one file in `styles/languages/`.

pub(crate) mod case;
mod collation;
mod dates;
mod labels;
mod numbers;
mod quotation;
pub(crate) mod rules;
mod tag;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use self::case::Case;
use self::collation::Sorting;
pub(crate) use self::collation::{Collation, SortKey};
use self::dates::Dates;
pub use self::labels::Headings;
pub(crate) use self::labels::fill;
use self::labels::{
    Accessibility, Articles, ChangeLines, Changes, Counts, Cover, Downloads, Edition, Glance,
    Handouts, Imprint, Indexes, Navigation, Notices, Overview, Parts, Plurals, References, Site,
    Spoken, Techniques, Units, Web,
};
pub(crate) use self::numbers::Numbers;
use self::numbers::Plural;
pub(crate) use self::quotation::{Quotation, is_quotation_mark};
use self::rules::Rules;
pub use self::tag::Tag;
use crate::model::Date;
use crate::styles;

/// The words and conventions of one language.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Words {
    /// The tag of its file.
    #[serde(skip)]
    tag: Option<Tag>,
    dates: Dates,
    pub(crate) numbers: Numbers,
    lists: Lists,
    pub(crate) case: Case,
    sorting: Sorting,
    pub(crate) quotation: Quotation,
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
    pub(crate) overview: Overview,
    pub(crate) glance: Glance,
    pub(crate) references: References,
    pub(crate) articles: Articles,
    pub(crate) plurals: Plurals,
    pub(crate) notices: Notices,
    pub(crate) handouts: Handouts,
    pub(crate) indexes: Indexes,
    pub(crate) counts: Counts,
    pub(crate) navigation: Navigation,
    pub(crate) spoken: Spoken,
    pub(crate) accessibility: Accessibility,
    pub(crate) site: Site,
    pub(crate) web: Web,
    pub(crate) downloads: Downloads,
    #[serde(default)]
    pub(crate) rules: Rules,
}

/// What is between the names of a list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Lists {
    pair: String,
    between: String,
    last: String,
    /// Between entries that have commas themselves.
    entries: String,
}

/// Where a line must not end.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Spacing {
    /// Words that stay with the number after them.
    pub(crate) before_numbers: Vec<String>,
    /// The space before a sign, where an author types a blank there.
    pub(crate) before_signs: BTreeMap<char, char>,
    /// The space after a sign, likewise.
    pub(crate) after_signs: BTreeMap<char, char>,
}

/// The file of a language.
struct File {
    path: &'static str,
    text: &'static str,
    tag: Tag,
    /// What it holds, once somebody asks for it.
    words: OnceLock<Words>,
}

/// Every language that has a file, by its tag.
static LANGUAGES: LazyLock<BTreeMap<&str, File>> = LazyLock::new(|| {
    let file = |(path, text): &(&'static str, &'static str)| {
        let name = path.strip_prefix("languages/")?.strip_suffix(".toml")?;
        let file = File {
            path,
            text,
            tag: Tag::parse(name)?,
            words: OnceLock::new(),
        };
        Some((name, file))
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
    file(tag).is_some()
}

/// The path below `styles/` of the words for a language tag.
#[must_use]
pub fn path(tag: &str) -> Option<&'static str> {
    file(tag).map(|file| file.path)
}

/// The rules that know no words of the language of a tag, and are silent in it, by their names.
#[must_use]
pub fn silent_rules(tag: &str) -> Vec<&'static str> {
    Words::of(tag).rules.silent()
}

/// The headings that each technique has, in the language of a tag.
#[must_use]
pub fn headings(tag: &str) -> &'static Headings {
    &Words::of(tag).headings
}

/// The file for a language tag.
fn file(tag: &str) -> Option<&'static File> {
    let tag = Tag::parse(tag)?;
    tag.files().find_map(|name| LANGUAGES.get(name.as_str()))
}

/// The label that English lacks and other languages may have.
const OPTIONAL: &str = "months-of-days";

/// The labels of a language. English stands in for those that it lacks, but never for the words that rules look for: the
/// tests find both what a language lacks and what no language has.
fn completed(text: &str) -> Result<toml::Table, toml::de::Error> {
    let english = LANGUAGES.get("en").map_or("", |file| file.text);
    let mut labels: toml::Table = toml::from_str(english)?;
    labels.remove("rules");
    let own: toml::Table = toml::from_str(text)?;
    for (name, own) in own {
        match (labels.get_mut(&name), own) {
            (Some(toml::Value::Table(labels)), toml::Value::Table(own)) => {
                let known = own
                    .into_iter()
                    .filter(|(label, _)| labels.contains_key(label) || label == OPTIONAL);
                let known: toml::Table = known.collect();
                labels.extend(known);
            }
            (None, rules) if name == "rules" => drop(labels.insert(name, rules)),
            // No label of the program: the tests report it.
            _ => {}
        }
    }
    Ok(labels)
}

impl Words {
    /// The words for a language tag; English for a language that there are no words for, which
    /// `check` does not let through.
    #[expect(
        clippy::expect_used,
        reason = "embedded when the program is built, and tested"
    )]
    pub(crate) fn of(tag: &str) -> &'static Self {
        let file = file(tag)
            .or_else(|| LANGUAGES.get("en"))
            .expect("English is embedded");
        file.words.get_or_init(|| {
            let labels = completed(file.text).and_then(Self::deserialize);
            Self {
                tag: Some(file.tag.clone()),
                ..labels.expect("the file of a language has the form of that of English")
            }
        })
    }

    /// A date in words, as exact as it is known: `23 November 2026`.
    pub(crate) fn date(&self, date: Date) -> String {
        self.dates.date(date)
    }

    /// A date as PubMed writes it: `1989 Mar 1`.
    pub(crate) fn short_date(&self, date: Date) -> String {
        self.dates.short_date(date)
    }

    /// A label for an amount, by the plural rules of the language.
    pub(crate) fn plural<'a>(&self, plural: &'a Plural, amount: usize) -> &'a str {
        let tag = self.tag.as_ref();
        tag.map_or_else(|| plural.other(), |tag| plural.of(tag, amount))
    }

    /// What is between the names of a list.
    pub(crate) fn comma(&self) -> &str {
        &self.lists.between
    }

    /// What is between entries that have commas themselves.
    pub(crate) fn semicolon(&self) -> &str {
        &self.lists.entries
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn list(&self, names: &[&str]) -> String {
        let Lists {
            pair,
            between,
            last,
            entries: _,
        } = &self.lists;
        match names {
            [] => String::new(),
            [name] => (*name).to_owned(),
            [first, second] => format!("{first}{pair}{second}"),
            [first @ .., end] => format!("{}{last}{end}", first.join(between)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_has_all_its_words() {
        assert!(speaks("en"));
        let files = styles::all()
            .iter()
            .filter(|(path, _)| path.starts_with("languages/"));
        assert_eq!(LANGUAGES.len(), files.count(), "a file is named by no tag");
        for (name, file) in LANGUAGES.iter() {
            assert_eq!(file.tag.locale().to_string(), *name);
            let words = Words::of(name);
            let plurals = words.plurals.all();
            assert!(
                plurals.iter().all(|plural| plural.is_complete(&file.tag)),
                "{name}"
            );
        }
    }

    /// English stands in for a label that is missing, which no reader of another language expects.
    #[test]
    fn every_language_has_the_labels_of_english() {
        let labels = |name: &str| -> BTreeSet<String> {
            let file: toml::Table = toml::from_str(LANGUAGES[name].text).unwrap();
            let tables = file.iter().filter(|(table, _)| *table != "rules");
            let labels = tables.flat_map(|(table, labels)| {
                let labels = labels.as_table().unwrap().keys();
                let labels = labels.filter(|label| *label != OPTIONAL);
                labels.map(move |label| format!("[{table}] {label}"))
            });
            labels.collect()
        };
        let english = labels("en");
        for name in languages() {
            let other: Vec<String> =
                (labels(name).symmetric_difference(&english).cloned()).collect();
            assert_eq!(other, [""; 0], "{name}");
        }
    }

    #[test]
    fn a_tag_finds_the_words_of_its_language() {
        for tag in ["en", "en-GB", "en-Latn-US", "EN-gb", "en-u-co-standard"] {
            assert!(speaks(tag), "{tag}");
        }
        for tag in ["", "und", "enm", "tlh-419"] {
            assert!(!speaks(tag), "{tag}");
        }
    }

    #[test]
    fn a_list_has_words_between_its_names() {
        let words = Words::of("en");
        assert_eq!(words.list(&[]), "");
        assert_eq!(words.list(&["a"]), "a");
        assert_eq!(words.list(&["a", "b"]), "a and b");
        assert_eq!(words.list(&["a", "b", "c"]), "a, b and c");
    }
}
