//! Which articles a book has already, and what an imported one would change in its file.

use super::file::{Placing, facts};
use super::record::Record;
use crate::model::draft::Reference;
use crate::model::{SiteId, TechniqueId};
use crate::text::quoted;

/// The reference of a book that is the article of a record: by PMID, DOI or PMCID; by title and year if they have no kind of
/// identifier in common.
#[must_use]
pub(crate) fn find<'a>(record: &Record, references: &'a [Reference]) -> Option<&'a Reference> {
    let mut all = references.iter();
    all.find(|reference| are_same(record, &Record::of(&reference.bibliographic)))
}

/// Whether two records are of one article.
#[must_use]
pub(crate) fn are_same(one: &Record, other: &Record) -> bool {
    let (ones, others) = (one.identifiers(), other.identifiers());
    let pairs = ones.iter().flat_map(|one| {
        let same_kind = others.iter().filter(|other| other.key() == one.key());
        same_kind.map(|other| one.is_same(other))
    });
    let known: Vec<bool> = pairs.collect();
    let year = |record: &Record| record.date.map(|date| date.year);
    match known.is_empty() {
        false => known.contains(&true),
        true => year(one) == year(other) && letters(&one.title) == letters(&other.title),
    }
}

/// The letters and digits of a title, for comparing.
fn letters(title: &str) -> String {
    let letters = title.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A key of a file, and what the import would write there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The key.
    pub(crate) key: &'static str,
    /// What is there, in TOML, if anything is.
    pub(crate) before: Option<String>,
    /// What would be there, in TOML.
    pub(crate) after: String,
}

/// What a record has that the file of its reference has not, or has otherwise.
#[must_use]
pub(crate) fn differences(
    record: &Record,
    placing: &Placing,
    reference: &Reference,
) -> Vec<Difference> {
    let there = facts(&Record::of(&reference.bibliographic), &placing.language);
    let mut differences = Vec::new();
    for (key, after) in facts(record, &placing.language) {
        let before = there.iter().find(|(other, _)| *other == key);
        let before = before.map(|(_, value)| value.clone());
        let same = before
            .as_deref()
            .is_some_and(|before| letters(before) == letters(&after));
        // An import that knows less changes nothing, and nobody types a whole address.
        let knows_less = matches!(after.as_str(), "\"\"" | "[]");
        let is_shorter = key == "affiliation" && before.is_some();
        if !same && !knows_less && !is_shorter {
            differences.push(Difference { key, before, after });
        }
    }
    let sites = reference.sites.iter().map(|id| id.value.as_str()).collect();
    let wanted = placing.sites.iter().map(SiteId::as_str).collect();
    differences.extend(list("sites", sites, wanted));
    let techniques = reference
        .techniques
        .iter()
        .map(|id| id.value.as_str())
        .collect();
    let wanted = placing.techniques.iter().map(TechniqueId::as_str).collect();
    differences.extend(list("techniques", techniques, wanted));
    differences
}

/// A list to which names would be added.
fn list(key: &'static str, there: Vec<&str>, wanted: Vec<&str>) -> Option<Difference> {
    let written = |ids: &[&str]| {
        let ids = ids.iter().map(|id| quoted(id));
        format!("[{}]", ids.collect::<Vec<_>>().join(", "))
    };
    let before = written(&there);
    let mut all = there;
    for id in wanted {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    let after = written(&all);
    (after != before).then(|| Difference {
        key,
        before: Some(before).filter(|before| before != "[]"),
        after,
    })
}
