//! Each reference can be found: it has authors, and a well-formed identifier.

use crate::citation;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Reference};
use crate::model::{Author, Date, Identifier};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for reference in &draft.references {
        authors(reference, found);
        identifiers(reference, found);
        amounts(reference, draft.date(), found);
    }
}

fn authors(reference: &Reference, found: &mut Vec<Diagnostic>) {
    let authors = &reference.bibliographic.authors;
    let mut report = |message: String, help: String| {
        let place = reference.place("authors");
        found.push(Diagnostic::new(Code::InvalidValue, place, message, help));
    };
    let has_no_name = authors.named.iter().any(|author| author.name().is_empty());
    if has_no_name || (authors.named.is_empty() && authors.others) {
        report(
            "an author has no name".to_owned(),
            "write family name and initials, as PubMed does: `authors = [\"Rose PG\"]`".to_owned(),
        );
    }
    for author in &authors.named {
        let name = author.to_string();
        if let Some(names) = several(&name) {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            report(
                format!("`{name}` is more than one author"),
                format!(
                    "put each in quotation marks of its own: `{}`",
                    names.join(", ")
                ),
            );
        }
    }
}

/// The names in a text that is a list of names with initials.
fn several(text: &str) -> Option<Vec<&str>> {
    let names: Vec<&str> = text.split([',', ';']).map(str::trim).collect();
    let is_person = |name: &&str| match Author::parse(name) {
        Author::Person { initials, .. } => !initials.is_empty(),
        Author::Group(_) => false,
    };
    (names.len() > 1 && names.iter().all(is_person)).then_some(names)
}

/// The oldest year of an article: medical journals began about then.
const OLDEST: u16 = 1800;

/// The most people that a study can have had.
const MOST: u64 = 100_000_000;

/// No article is newer than the book, but for those that come out ahead of print; and each is about somebody.
fn amounts(reference: &Reference, edition: Date, found: &mut Vec<Diagnostic>) {
    let date = reference.bibliographic.date;
    if edition.year > 0 && date.year > edition.year + 1 {
        found.push(Diagnostic::new(
            Code::ImplausibleValue,
            reference.place("date"),
            format!("the article is of {date}, and this edition of {edition}"),
            "write the date on which the article came out",
        ));
    }
    if date.year > 0 && date.year < OLDEST {
        found.push(Diagnostic::new(
            Code::ImplausibleValue,
            reference.place("date"),
            format!("no article here can be of the year {}", date.year),
            "write the date on which the article came out",
        ));
    }
    if let Some(number) = reference.patients.filter(|number| *number > MOST) {
        found.push(Diagnostic::new(
            Code::ImplausibleValue,
            reference.place("patients"),
            format!("{number} patients are more than any study had"),
            "compare the number with the article",
        ));
    }
    if reference.patients == Some(0) {
        found.push(Diagnostic::new(
            Code::ImplausibleValue,
            reference.place("patients"),
            "the article is about no patients",
            "write how many there were, or leave `patients` out",
        ));
    }
}

fn identifiers(reference: &Reference, found: &mut Vec<Diagnostic>) {
    let identifiers = &reference.bibliographic.identifiers;
    let malformed = |identifier: &&Identifier| citation::link(identifier).is_none();
    for identifier in identifiers.iter().filter(malformed) {
        let (what, help) = match identifier {
            Identifier::Pmid(_) => ("PMID", "write the number that PubMed shows behind \"PMID\""),
            Identifier::Pmcid(_) => ("PMCID", "write the letters PMC and the number behind them"),
            Identifier::Doi(_) => (
                "DOI",
                "write what is behind `https://doi.org/`: it begins with `10.`, a number and a slash",
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
    if let [Identifier::Address(_)] = identifiers.as_slice() {
        found.push(Diagnostic::new(
            Code::AddressOnly,
            reference.place("url"),
            format!("`{}` can be found only at an address", reference.id.value),
            "look the article up in PubMed or at doi.org, and add `pmid = …` or `doi = \"…\"`",
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
