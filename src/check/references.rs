//! Each reference can be found: it has authors, and a well-formed identifier.

use crate::citation;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Identifier;
use crate::model::draft::{Draft, Reference};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for reference in &draft.references {
        authors(reference, found);
        identifiers(reference, found);
    }
}

fn authors(reference: &Reference, found: &mut Vec<Diagnostic>) {
    let authors = &reference.bibliographic.authors;
    if authors.iter().any(|author| author.trim().is_empty()) {
        found.push(Diagnostic::new(
            Code::InvalidValue,
            reference.place("authors"),
            "an author has no name",
            "write family name and initials, as PubMed does: `authors = [\"Rose PG\"]`",
        ));
    }
}

fn identifiers(reference: &Reference, found: &mut Vec<Diagnostic>) {
    let identifiers = &reference.bibliographic.identifiers;
    let malformed = |identifier: &&Identifier| citation::link(identifier).is_none();
    for identifier in identifiers.iter().filter(malformed) {
        let (what, help) = match identifier {
            Identifier::Pmid(_) => (
                "PMID",
                "write the number that PubMed shows: `pmid = 2914299`",
            ),
            Identifier::Pmcid(_) => (
                "PMCID",
                "write the letters PMC and a number: `pmcid = \"PMC4521246\"`",
            ),
            Identifier::Doi(_) => (
                "DOI",
                "write `10.`, a number, a slash and the rest: `doi = \"10.1000/182\"`",
            ),
            Identifier::Address(_) => ("web address", "begin it with `https://`, without spaces"),
        };
        found.push(Diagnostic::new(
            Code::InvalidIdentifier,
            reference.place(identifier.key()),
            format!("`{identifier}` is not a {what}"),
            help,
        ));
    }
    // One that could not be read is there, and reported as such.
    let mut keys = ["pmid", "pmcid", "doi", "url"].iter();
    if !keys.any(|key| reference.places.contains_key(key)) {
        found.push(Diagnostic::new(
            Code::NoIdentifier,
            reference.id.span,
            "this reference has no PMID, PMCID, DOI or address",
            "add `pmid = …`, `pmcid = \"…\"`, `doi = \"…\"` or, where none is known, `url = \"…\"`",
        ));
    }
}
