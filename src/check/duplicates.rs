//! No article has two references.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Identifier;
use crate::model::draft::{Draft, Reference};
use crate::source::Span;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut identifiers: BTreeMap<String, Span> = BTreeMap::new();
    let mut titles: BTreeMap<(String, u16), &Reference> = BTreeMap::new();
    for reference in &draft.references {
        let mut told = false;
        for identifier in identifiers_of(reference) {
            let place = reference.place(identifier.key());
            let name = name(identifier);
            if let Some(first) = identifiers.get(&name) {
                let message = format!("{name} is already used by another reference");
                found.push(duplicate(place, message, *first));
                told = true;
            } else {
                identifiers.insert(name, place);
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

/// The identifiers that no two references share: all but addresses.
fn identifiers_of(reference: &Reference) -> impl Iterator<Item = &Identifier> {
    let identifiers = reference.bibliographic.identifiers.iter();
    identifiers.filter(|identifier| !matches!(identifier, Identifier::Address(_)))
}

/// `PMID 1`, with the letters of a DOI in one case.
fn name(identifier: &Identifier) -> String {
    match identifier {
        Identifier::Pmid(pmid) => format!("PMID {pmid}"),
        Identifier::Doi(doi) => format!("DOI {}", doi.to_lowercase()),
        Identifier::Pmcid(text) | Identifier::Address(text) => text.clone(),
    }
}

/// Whether two references have different identifiers of one kind, as the parts of a series under one title have.
fn are_told_apart(one: &Reference, other: &Reference) -> bool {
    identifiers_of(one).any(|one| {
        let of_kind = |other: &&Identifier| other.key() == one.key();
        let mut others = identifiers_of(other).filter(of_kind);
        others.any(|other| !one.is_same(other))
    })
}

/// The letters and digits of a title, in small letters.
fn letters(title: &str) -> String {
    let letters = title.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
