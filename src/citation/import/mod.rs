//! Files of reference managers → [`Record`]s: PubMed's `.nbib`, RIS, BibTeX, BibLaTeX and CSL-JSON.
//!
//! The format is that of the text, whatever the name of the file ends with. What cannot be read is a [`Fault`] at its line;
//! all else in the file is read.

mod bibtex;
mod csl;
mod encoding;
mod fields;
mod nbib;
mod ris;
mod tagged;

use super::record::Record;

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    /// The articles, in the order of the file.
    pub(crate) records: Vec<Record>,
    /// What could not be read.
    pub(crate) faults: Vec<Fault>,
    /// What the editor should look at, though it was read.
    pub(crate) remark: Option<&'static str>,
}

/// Something in a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Reads a file.
///
/// # Errors
///
/// A sentence that says what the file is instead, and what to save.
pub(crate) fn read(bytes: &[u8]) -> Result<Imported, String> {
    let decoded = encoding::decode(bytes)?;
    let text = decoded.text.as_str();
    let mut imported = match format(text)? {
        Format::Nbib => nbib::read(text),
        Format::Ris => ris::read(text),
        Format::Bibtex => bibtex::read(text),
        Format::Csl => csl::read(text),
    };
    imported.remark = decoded.remark;
    let read = std::mem::take(&mut imported.records);
    for record in read {
        match lacks(&record) {
            None => imported.records.push(record),
            Some(message) => imported.faults.push(Fault {
                line: record.line,
                message,
            }),
        }
    }
    imported.faults.sort_by_key(|fault| fault.line);
    Ok(imported)
}

/// What an article must have to be found again.
fn lacks(record: &Record) -> Option<String> {
    if record.title.is_empty() {
        return Some("this record has no title".to_owned());
    }
    let title: String = record.title.chars().take(60).collect();
    (record.date.is_none()).then(|| format!("the record `{title}` has no year"))
}

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// MEDLINE, as PubMed saves it for citation managers.
    Nbib,
    /// RIS.
    Ris,
    /// BibTeX or BibLaTeX.
    Bibtex,
    /// CSL-JSON.
    Csl,
}

/// The format of a text, by the first line that is typical of one.
fn format(text: &str) -> Result<Format, String> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err("the file is empty".to_owned());
    }
    if start.starts_with(['[', '{']) {
        return Ok(Format::Csl);
    }
    for line in text.lines() {
        if let Some((tag, _)) = tagged::Dialect::Ris.tag(line)
            && tag == "TY"
        {
            return Ok(Format::Ris);
        }
        if let Some((tag, _)) = tagged::Dialect::Nbib.tag(line)
            && matches!(tag, "PMID" | "OWN" | "STAT" | "TI" | "FAU")
        {
            return Ok(Format::Nbib);
        }
        if bibtex::begins(line) {
            return Ok(Format::Bibtex);
        }
    }
    Err(other(start))
}

/// What a text is that has no article in it.
fn other(start: &str) -> String {
    let begins = |name: &str| {
        start
            .get(..name.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(name))
    };
    let (what, instead) = if begins("<!doctype html") || begins("<html") {
        (
            "this is a web page",
            "on PubMed, choose \"Send to\", then \"Citation manager\"",
        )
    } else if begins("<") {
        ("this is XML", "export the articles as RIS")
    } else if begins("FN Clarivate") || begins("FN Thomson") {
        (
            "this is Web of Science's plain text",
            "export the articles as RIS (\"Other reference software\")",
        )
    } else if begins("%0 ") || begins("%T ") {
        ("this is EndNote's own format", "export the articles as RIS")
    } else if begins("1: ") || begins("1. ") {
        (
            "this is a list for people",
            "on PubMed, choose \"Send to\", then \"Citation manager\"",
        )
    } else {
        (
            "no article was found",
            "save the articles as `.nbib` (PubMed), RIS, BibTeX or CSL-JSON",
        )
    };
    format!("{what}: {instead}")
}
