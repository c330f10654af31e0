//! References → files that reference managers read: what is imported again is the same article.

mod bibtex;
mod csl;
mod nbib;
mod ris;

use super::record::Record;
use crate::model::Author;
use crate::model::draft::Reference;

/// A format that reference managers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    /// RIS, which all of them read.
    Ris,
    /// MEDLINE, as PubMed saves it.
    Nbib,
    /// BibTeX and BibLaTeX.
    Bibtex,
    /// CSL-JSON.
    CslJson,
}

/// The articles as a file; each has the name by which texts cite it.
fn write(format: Format, articles: &[(&str, Record)]) -> String {
    match format {
        Format::Ris => ris::write(articles),
        Format::Nbib => nbib::write(articles),
        Format::Bibtex => bibtex::write(articles),
        Format::CslJson => csl::write(articles),
    }
}

/// References as a file.
#[must_use]
pub(crate) fn references(format: Format, references: &[&Reference]) -> String {
    let articles = references.iter().map(|reference| {
        let record = Record::of(&reference.bibliographic);
        (reference.id.value.as_str(), record)
    });
    write(format, &articles.collect::<Vec<_>>())
}

/// Initials as given names: `PG` becomes `P. G.`, which programs do not take for a name.
fn given(initials: &str) -> String {
    match initials.chars().all(char::is_uppercase) {
        true => {
            let letters = initials.chars().map(|letter| format!("{letter}."));
            letters.collect::<Vec<_>>().join(" ")
        }
        false => initials.to_owned(),
    }
}

/// A name with commas: `Monaco, E. A., III`.
fn with_commas(author: &Author) -> String {
    let Author::Person {
        family,
        initials,
        suffix,
    } = author
    else {
        return author.to_string();
    };
    let suffix = suffix.clone().unwrap_or_default();
    let parts = [family.clone(), given(initials), suffix];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.len() {
        // Without a comma, more words than one would be a given name and a family name.
        1 => format!("{family},"),
        _ => parts.join(", "),
    }
}

/// The pages with a hyphen from the first to the last.
fn hyphenated(pages: &str) -> String {
    pages.replace('–', "-")
}

/// The first and the last page; the last is empty if there is one alone.
fn ends(pages: &str) -> (String, String) {
    match pages.split_once('–') {
        Some((first, last)) if !last.contains('–') => (first.to_owned(), last.to_owned()),
        _ => (hyphenated(pages), String::new()),
    }
}
