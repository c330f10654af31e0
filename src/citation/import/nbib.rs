//! MEDLINE, as PubMed saves it in `.nbib` (NLM, "MEDLINE/PubMed data element descriptions").

use super::super::names;
use super::super::record::Record;
use super::Imported;
use super::fields::{
    address, affiliation, doi_in, language, number, pages, plain, pmcid_in, title,
};
use super::tagged::{Dialect, Entry, entries};
use crate::model::{Author, Authors, Date};

/// Reads a text. Each record begins with its PMID; one that has none begins where the first tag of the others is.
pub(super) fn read(text: &str) -> Imported {
    let begins = match text.lines().any(|line| {
        Dialect::Nbib
            .tag(line)
            .is_some_and(|(tag, _)| tag == "PMID")
    }) {
        true => "PMID",
        false => "TI",
    };
    let entries = entries(text, Dialect::Nbib, begins);
    Imported {
        records: entries.iter().map(record).collect(),
        ..Imported::default()
    }
}

fn record(entry: &Entry) -> Record {
    let identifier = |kind: &str| {
        let mut values = entry.values("LID").chain(entry.values("AID"));
        values.find_map(|value| Some(value.split_once(kind)?.0))
    };
    let (title, language) = titles(entry);
    Record {
        line: entry.line,
        title,
        language,
        authors: authors(entry),
        journal: title_of_journal(entry),
        date: Date::of_words(entry.first(&["DP", "DEP"])),
        volume: plain(entry.first(&["VI"])),
        issue: plain(entry.first(&["IP"])),
        pages: pages(entry.first(&["PG"])),
        affiliation: affiliation(entry.first(&["AD"])),
        pmid: number(entry.first(&["PMID"])),
        pmcid: pmcid_in(entry.first(&["PMC"])).unwrap_or_default(),
        doi: identifier("[doi]").and_then(doi_in).unwrap_or_default(),
        url: address(entry.first(&["URLF"])),
        summary: plain(entry.first(&["AB"])),
        kinds: entry.values("PT").map(plain).collect(),
    }
}

/// The title and its language. PubMed puts a title that it translated in brackets: then it is English, whatever the
/// article is.
fn titles(entry: &Entry) -> (String, String) {
    let text = title(entry.first(&["TI", "BTI"]));
    let translated = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match translated {
        Some(translated) => (title(translated), "en".to_owned()),
        None => (text, language(entry.first(&["LA"]))),
    }
}

fn title_of_journal(entry: &Entry) -> String {
    plain(entry.first(&["TA", "JT", "BTI", "PB"]))
}

/// Authors and groups in the order of the file. Names with initials are shorter than those written out, but both are of one
/// person, and the shorter one need not be there.
fn authors(entry: &Entry) -> Authors {
    let has_short = entry.values("AU").next().is_some();
    names::authors(entry.all().filter_map(|(tag, value)| match tag {
        "AU" => Some(names::from_pubmed(value)),
        "FAU" if !has_short => Some(names::from_commas(value)),
        "CN" => Some(Some(Author::Group(plain(value)))),
        _ => None,
    }))
}
