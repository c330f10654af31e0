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
use std::sync::{Arc, LazyLock, OnceLock};

use serde::Deserialize;

use self::case::Case;
use self::collation::Sorting;
pub(crate) use self::collation::{Collation, SortKey};
use self::dates::Dates;
use self::labels::Headings;
pub(crate) use self::labels::fill;
use self::labels::{
    Accessibility, Articles, ChangeLines, Changes, Colophon, Counts, Cover, Downloads, Edition,
    Glance, Handouts, Imprint, Indexes, Navigation, Notices, Overview, Parts, Plurals, References,
    Site, Spoken, Techniques, Units, Web,
};
use self::numbers::Plural;
pub(crate) use self::numbers::{FORMS as PLURAL_FORMS, Numbers};
pub(crate) use self::quotation::{Quotation, is_quotation_mark};
use self::rules::Rules;
pub use self::tag::Tag;
use crate::model::Date;
use crate::model::draft::Handbook;
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
    pub(crate) colophon: Colophon,
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
    /// Before the last of those of which one is meant.
    or: String,
    /// What stands in the place of `pair` and `last` of these before a name that begins so; the longest beginning counts.
    before: BTreeMap<String, String>,
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
    words: OnceLock<Arc<Words>>,
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

/// The rules that know no words of the language of a book, and are silent in it, by their names.
#[must_use]
pub fn silent_rules(handbook: &Handbook) -> Vec<&'static str> {
    Words::of_book(handbook).rules.silent()
}

/// The labels of English, with those that only other languages have: what `labels.toml` may hold, in tables and keys.
pub(crate) fn english() -> &'static toml::Table {
    static ENGLISH: LazyLock<toml::Table> = LazyLock::new(|| {
        let english = LANGUAGES.get("en").map_or("", |file| file.text);
        let mut labels: toml::Table = toml::from_str(english).unwrap_or_default();
        if let Some(toml::Value::Table(dates)) = labels.get_mut("dates")
            && let Some(months) = dates.get("months").cloned()
        {
            dates.insert(OPTIONAL.to_owned(), months);
        }
        labels
    });
    &ENGLISH
}

/// The headings that each technique has, in the language of a tag, or else in English.
#[must_use]
pub fn headings(tag: &str) -> [String; 6] {
    Words::of(tag).headings.all().map(str::to_owned)
}

/// Whether a language is written from right to left.
#[must_use]
pub fn is_right_to_left(tag: &str) -> bool {
    Tag::parse(tag).is_some_and(|tag| tag.is_right_to_left())
}

/// Whether a tag is one of a language.
#[must_use]
pub fn is_tag(tag: &str) -> bool {
    Tag::parse(tag).is_some()
}

/// The labels of the language `from` as a file for a book in another one, without the words that rules look for; `None` if
/// the program has none. Amounts have a form for each kind of number of the other language.
#[must_use]
pub fn labels_file(from: &str, to: &str) -> Option<String> {
    const HEAD: &str = "\
# The words that the program adds to this book. Change what is between quotation marks; what is in braces, such as {names},
# stays as it is. Labels that are not here are those of the program, if it has the language of the book. Amounts have a form
# for each kind of number of the language: zero, one, two, few, many, other.
";
    let text = file(from)?.text;
    let (_, labels) = text.split_once('\n')?;
    let labels = without_rules(labels);
    let (before, amounts) = labels.split_once("\n[plurals]\n")?;
    let (amounts, after) = amounts.split_once("\n[")?;
    let to = Tag::parse(to);
    let amounts: Vec<String> = (amounts.lines())
        .map(|line| with_forms(line, to.as_ref()))
        .collect();
    let amounts = amounts.join("\n");
    Some(format!("{HEAD}{before}\n[plurals]\n{amounts}\n[{after}"))
}

/// The labels of a file without its tables of words that rules look for, which come last, and without what is said of them.
fn without_rules(labels: &str) -> &str {
    let rules = labels.find("\n[rules.").unwrap_or(labels.len());
    let lines = labels[..rules].split_inclusive('\n').rev();
    let said: usize = lines
        .take_while(|line| line.starts_with('#') || line.trim().is_empty())
        .map(str::len)
        .sum();
    &labels[..rules - said]
}

/// The line of an amount with all forms of a language: those that it lacks are as that for other numbers.
fn with_forms(line: &str, language: Option<&Tag>) -> String {
    const OTHER: &str = "other = ";
    let missing = |language: &Tag| {
        let amount: BTreeMap<String, Plural> = toml::from_str(line).ok()?;
        let missing = amount.values().next()?.missing(language);
        let (forms, other) = line.split_once(OTHER)?;
        let words = other.strip_suffix(" }")?;
        let missing = missing.into_iter();
        let missing: Vec<String> = missing.map(|form| format!("{form} = {words}, ")).collect();
        Some(format!("{forms}{}{OTHER}{other}", missing.concat()))
    };
    language
        .and_then(missing)
        .unwrap_or_else(|| line.to_owned())
}

/// The labels that a book without words of the program lacks, by their names: `cover.alt`. None if the program has words for
/// its language.
#[must_use]
pub fn missing_labels(handbook: &Handbook) -> Vec<String> {
    if speaks(&handbook.language.value) {
        return Vec::new();
    }
    let tables = english().iter().filter(|(table, _)| *table != "rules");
    let labels = tables.flat_map(|(table, labels)| {
        let labels = labels.as_table().into_iter().flat_map(toml::Table::keys);
        let labels = labels.filter(|label| *label != OPTIONAL);
        labels.map(move |label| format!("{table}.{label}"))
    });
    let is_missing = |label: &String| !handbook.labels.has(label);
    labels.filter(is_missing).collect()
}

/// The amounts that `labels.toml` has without a form that the language of the book needs, with the names of these forms.
#[must_use]
pub fn missing_forms(handbook: &Handbook) -> Vec<(String, Vec<&'static str>)> {
    let Some(tag) = Tag::parse(&handbook.language.value) else {
        return Vec::new();
    };
    let words = Words::of_book(handbook);
    let own = words.plurals.all().into_iter();
    let own = own.map(|(name, plural)| (format!("plurals.{name}"), plural));
    let own = own.filter(|(name, _)| handbook.labels.has(name));
    let missing = own.map(|(name, plural)| (name, plural.missing(&tag)));
    missing.filter(|(_, forms)| !forms.is_empty()).collect()
}

/// The file for a language tag.
fn file(tag: &str) -> Option<&'static File> {
    let tag = Tag::parse(tag)?;
    tag.files().find_map(|name| LANGUAGES.get(name.as_str()))
}

/// The label that English lacks and other languages may have.
const OPTIONAL: &str = "months-of-days";

/// The labels of a language, and over them those of a book. English stands in for those that both lack, but never for the
/// words that rules look for: the tests find both what a language lacks and what no language has, and `check` what a book
/// lacks.
fn completed(texts: &[&str]) -> Result<toml::Table, toml::de::Error> {
    let mut labels = english().clone();
    labels.remove("rules");
    if let Some(toml::Value::Table(dates)) = labels.get_mut("dates") {
        dates.remove(OPTIONAL);
    }
    for text in texts {
        for (name, own) in toml::from_str::<toml::Table>(text)? {
            match own {
                toml::Value::Table(own) if name == "rules" => {
                    let rules = labels
                        .entry(name)
                        .or_insert_with(|| toml::Table::new().into());
                    put(rules, own);
                }
                toml::Value::Table(own) => {
                    // Whatever is no label of the program is reported.
                    let known = english().get(&name).and_then(toml::Value::as_table);
                    let is_known = |label: &String| known.is_some_and(|it| it.contains_key(label));
                    let own = own.into_iter().filter(|(label, _)| is_known(label));
                    if let Some(labels) = labels.get_mut(&name) {
                        put(labels, own.collect());
                    }
                }
                _ => {}
            }
        }
    }
    Ok(labels)
}

/// Why labels that are laid over those of English make no words, if they do not.
pub(crate) fn fault(own: &str) -> Option<String> {
    let words = completed(&[own]).and_then(Words::deserialize);
    words.err().map(|error| error.message().to_owned())
}

/// Puts labels in the place of those of the same names.
fn put(labels: &mut toml::Value, own: toml::Table) {
    if let toml::Value::Table(labels) = labels {
        labels.extend(own);
    }
}

impl Words {
    /// Words of others, or of the other direction, in a line: where lines run from right to left, their signs and numbers stay
    /// with them (Unicode Standard Annex 9, isolates).
    pub(crate) fn apart(&self, words: String) -> String {
        match self.tag.as_ref().is_some_and(Tag::is_right_to_left) {
            true => format!("\u{2068}{words}\u{2069}"),
            false => words,
        }
    }

    /// The words for a language tag; English for a language that there are no words for, which
    /// `check` does not let through.
    pub(crate) fn of(tag: &str) -> &'static Self {
        Self::shared(tag)
    }

    /// The words of a book: those for its language, and over them its own.
    pub(crate) fn of_book(handbook: &Handbook) -> Arc<Self> {
        let tag = handbook.language.value.as_str();
        let own = handbook.labels.source.as_str();
        if own.is_empty() {
            return Arc::clone(Self::shared(tag));
        }
        let file = file(tag);
        let texts: Vec<&str> = file
            .map(|file| file.text)
            .into_iter()
            .chain([own])
            .collect();
        // What is not of the form of a label was reported: nothing is made then.
        let Ok(words) = completed(&texts).and_then(Self::deserialize) else {
            return Arc::clone(Self::shared(tag));
        };
        let own_tag = Tag::parse(tag);
        Arc::new(Self {
            tag: file.map(|file| file.tag.clone()).or(own_tag),
            ..words
        })
    }

    #[expect(
        clippy::expect_used,
        reason = "embedded when the program is built, and tested"
    )]
    fn shared(tag: &str) -> &'static Arc<Self> {
        let file = file(tag)
            .or_else(|| LANGUAGES.get("en"))
            .expect("English is embedded");
        file.words.get_or_init(|| {
            let labels = completed(&[file.text]).and_then(Self::deserialize);
            let words = labels.expect("the file of a language has the form of that of English");
            Arc::new(Self {
                tag: Some(file.tag.clone()),
                ..words
            })
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

    /// `a`, `a or b`, `a, b or c`.
    pub(crate) fn either(&self, names: &[&str]) -> String {
        match names {
            [first @ .., last] if !first.is_empty() => {
                format!("{}{}{last}", first.join(self.comma()), self.lists.or)
            }
            _ => names.concat(),
        }
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn list(&self, names: &[&str]) -> String {
        let Lists {
            pair,
            between,
            last,
            before,
            or: _,
            entries: _,
        } = &self.lists;
        let before = |name: &str| {
            let name = name.to_lowercase();
            // The longest of those that a name begins with is the last.
            let mut own = before.iter().rev();
            own.find(|(start, _)| name.starts_with(start.as_str()))
                .map(|(_, sign)| sign)
        };
        match names {
            [] => String::new(),
            [name] => (*name).to_owned(),
            [first, second] => {
                let pair = before(second).unwrap_or(pair);
                format!("{first}{pair}{second}")
            }
            [first @ .., end] => {
                let last = before(end).unwrap_or(last);
                format!("{}{last}{end}", first.join(between))
            }
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
                plurals
                    .iter()
                    .all(|(_, plural)| plural.missing(&file.tag).is_empty()),
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
        let spanish = Words::of("es");
        assert_eq!(
            spanish.list(&["crioablación", "hígado"]),
            "crioablación e hígado"
        );
        assert_eq!(spanish.list(&["A", "B", "Isabel"]), "A, B e Isabel");
        assert_eq!(spanish.list(&["agua", "hielo"]), "agua y hielo");
    }
}
