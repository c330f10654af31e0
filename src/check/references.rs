//! Each reference can be found: it has authors, and a well-formed identifier.

use crate::diagnostic::{Code, Diagnostic};
use crate::link::address;
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

/// Forms: PMID, up to nine digits; PMCID, `PMC` and digits (both NLM); DOI, `10.`, a registrant
/// number, a slash and a suffix (ISO 26324).
fn identifiers(reference: &Reference, found: &mut Vec<Diagnostic>) {
    let facts = &reference.bibliographic;
    let mut wrong = |key: &str, what: &str, value: &str, help: &str| {
        found.push(Diagnostic::new(
            Code::InvalidIdentifier,
            reference.place(key),
            format!("`{value}` is not a {what}"),
            help,
        ));
    };
    if let Some(pmid) = facts.pmid.filter(|pmid| *pmid == 0 || *pmid > 999_999_999) {
        wrong(
            "pmid",
            "PMID",
            &pmid.to_string(),
            "write the number that PubMed shows: `pmid = 2914299`",
        );
    }
    if let Some(pmcid) = facts.pmcid.as_deref().filter(|pmcid| !is_pmcid(pmcid)) {
        wrong(
            "pmcid",
            "PMCID",
            pmcid,
            "write the letters PMC and a number: `pmcid = \"PMC4521246\"`",
        );
    }
    if let Some(doi) = facts.doi.as_deref().filter(|doi| !is_doi(doi)) {
        wrong(
            "doi",
            "DOI",
            doi,
            "write it without a resolver: `doi = \"10.1000/182\"`",
        );
    }
    if let Some(url) = facts.url.as_deref().filter(|url| address(url).is_none()) {
        wrong(
            "url",
            "web address",
            url,
            "begin it with `https://`, without spaces",
        );
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

fn is_pmcid(text: &str) -> bool {
    text.strip_prefix("PMC")
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn is_doi(text: &str) -> bool {
    text.strip_prefix("10.")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(who, what)| {
            !who.is_empty()
                && who
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
                && !what.is_empty()
                && is_visible(what)
        })
}

fn is_visible(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control())
}
