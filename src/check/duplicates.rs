//! No article has two references.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Reference};
use crate::source::Span;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut identifiers: BTreeMap<String, Span> = BTreeMap::new();
    let mut titles: BTreeMap<(String, u16), &Reference> = BTreeMap::new();
    for reference in &draft.references {
        let mut told = false;
        for (key, identifier) in identifiers_of(reference) {
            let place = reference.place(key);
            if let Some(first) = identifiers.get(&identifier) {
                let message = format!("{identifier} is already used by another reference");
                found.push(duplicate(place, message, *first));
                told = true;
            } else {
                identifiers.insert(identifier, place);
            }
        }
        let facts = &reference.bibliographic;
        let title = (letters(&facts.title), facts.date.year);
        match titles.get(&title) {
            Some(first) if !told && !title.0.is_empty() && !are_told_apart(first, reference) => {
                let message = "another reference has the same title and year";
                let first = first.place("title");
                found.push(duplicate(reference.place("title"), message, first));
            }
            Some(_) => {}
            None => {
                titles.insert(title, reference);
            }
        }
    }
}

fn duplicate(place: Span, message: impl Into<String>, first: Span) -> Diagnostic {
    let help = "keep one of the two, with all its sites and techniques";
    Diagnostic::new(Code::DuplicateReference, place, message, help).related(first, "the other one")
}

/// The identifiers that no two references share, with their keys.
fn identifiers_of(reference: &Reference) -> Vec<(&'static str, String)> {
    let facts = &reference.bibliographic;
    let pmid = facts.pmid.map(|pmid| ("pmid", format!("PMID {pmid}")));
    let central = facts.pmcid.as_ref().map(|id| ("pmcid", id.clone()));
    let doi = (facts.doi.as_ref()).map(|doi| ("doi", format!("DOI {}", doi.to_lowercase())));
    [pmid, central, doi].into_iter().flatten().collect()
}

/// Whether two references have different identifiers of one kind, as the parts of a series under one title have.
fn are_told_apart(one: &Reference, other: &Reference) -> bool {
    let others = identifiers_of(other);
    let one = identifiers_of(one);
    let mut pairs = one.iter().flat_map(|(key, identifier)| {
        let same_kind = others.iter().filter(move |(other, _)| other == key);
        same_kind.map(move |(_, other)| (identifier, other))
    });
    pairs.any(|(identifier, other)| identifier != other)
}

/// The letters and digits of a title, in small letters.
fn letters(title: &str) -> String {
    let letters = title.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
