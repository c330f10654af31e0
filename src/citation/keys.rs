//! The key by which a text cites a reference: `Lang 2000`.

use std::collections::BTreeMap;

use crate::model::draft::Reference;
use crate::model::{Author, Bibliographic, ReferenceId};

/// The key of every reference: the name of the first author and the year, and a letter where two would look the same.
/// No two are equal.
#[must_use]
pub fn keys(references: &[Reference]) -> BTreeMap<&ReferenceId, String> {
    // `VAN TINE` and `Van Tine` are one name to a reader.
    let mut groups: BTreeMap<String, Vec<&Reference>> = BTreeMap::new();
    for reference in references {
        let key = plain(&reference.bibliographic);
        groups
            .entry(key.to_lowercase())
            .or_default()
            .push(reference);
    }
    let mut keys = BTreeMap::new();
    for mut group in groups.into_values() {
        group.sort_by_key(|reference| (reference.bibliographic.date, &reference.id.value));
        let alone = group.len() == 1;
        for (reference, letter) in group.into_iter().zip(letters()) {
            let letter = if alone { String::new() } else { letter };
            let key = plain(&reference.bibliographic);
            keys.insert(&reference.id.value, format!("{key}{letter}"));
        }
    }
    keys
}

/// The name of the first author, or the journal where none is known.
#[must_use]
pub fn first_name(facts: &Bibliographic) -> &str {
    let first = facts.authors.named.first();
    first.map_or(&facts.journal, Author::name)
}

/// The key without a letter.
fn plain(facts: &Bibliographic) -> String {
    format!("{}\u{a0}{}", first_name(facts), facts.date.year)
}

/// `a` to `z`, then `aa`, `ab`, …
fn letters() -> impl Iterator<Item = String> {
    let one = ('a'..='z').map(String::from);
    let two =
        ('a'..='z').flat_map(|first| ('a'..='z').map(move |second| format!("{first}{second}")));
    one.chain(two)
        .chain((0_u64..).map(|number| format!("-{number}")))
}
