//! RIS, in the dialects of PubMed, Zotero, `EndNote`, Web of Science and publishers.

use super::super::names;
use super::super::record::Record;
use super::fields::{
    address, affiliation, doi_in, identifiers, language, page_range, plain, pmcid_in, title,
};
use super::tagged::{Dialect, Entry, entries};
use super::{Fault, Imported};
use crate::model::{Author, Authors, Date};

/// Reads a text: each record begins with its type, and ends with `ER` or where the next one begins.
pub(super) fn read(text: &str) -> Imported {
    let entries = entries(text, Dialect::Ris, "TY");
    let empty = |entry: &&Entry| entry.all().all(|(tag, _)| matches!(tag, "TY" | "ER"));
    Imported {
        faults: entries
            .iter()
            .filter(empty)
            .map(|entry| Fault {
                line: entry.line,
                message: "this record is empty".to_owned(),
            })
            .collect(),
        records: entries
            .iter()
            .filter(|entry| !empty(entry))
            .map(record)
            .collect(),
        remark: None,
    }
}

fn record(entry: &Entry) -> Record {
    let mut record = Record {
        line: entry.line,
        title: title(entry.first(&["TI", "T1", "CT", "BT"])),
        authors: authors(entry),
        journal: journal(entry),
        date: date(entry),
        volume: plain(entry.first(&["VL"])),
        issue: plain(entry.first(&["IS", "CP"])),
        pages: article_pages(entry),
        affiliation: affiliation(entry.first(&["AD", "C1"])),
        doi: entry.values("DO").find_map(doi_in).unwrap_or_default(),
        language: language(entry.first(&["LA"])),
        summary: plain(entry.first(&["AB", "N2"])),
        kinds: entry.values("M3").map(plain).collect(),
        ..Record::default()
    };
    accession(entry, &mut record);
    for tag in [
        "C2", "PM", "N1", "M1", "M2", "U1", "U2", "ID", "UR", "L1", "L2", "LK",
    ] {
        for value in entry.values(tag) {
            identifiers(value, &mut record);
        }
    }
    if record.pmcid.is_empty() {
        let mut places = entry.values("C2").chain(entry.values("AN"));
        let pmcid = places.find(|value| value.starts_with("PMC"));
        record.pmcid = pmcid.and_then(pmcid_in).unwrap_or_default();
    }
    record.url = entry
        .values("UR")
        .map(address)
        .find(|url| !url.is_empty())
        .unwrap_or_default();
    record
}

fn authors(entry: &Entry) -> Authors {
    names::authors(entry.all().filter_map(|(tag, value)| match tag {
        "AU" | "A1" => Some(names::from_commas(value)),
        // Web of Science's authors that are groups.
        "CA" => Some(Some(Author::Group(plain(value)))),
        _ => None,
    }))
}

/// The shortest title, which is the abbreviated one if there is any: PubMed shows that, and without full stops. `T2` is the
/// journal of an article, and the series of what is none.
fn journal(entry: &Entry) -> String {
    let short = ["J2", "JI", "JA", "JO", "J1"].into_iter().flat_map(|tag| {
        let titles = entry.values(tag);
        titles.map(move |title| match tag {
            "JO" => plain(title),
            _ => plain(title).replace('.', ""),
        })
    });
    let long = plain(entry.first(&["T2", "JF", "BT", "T3", "PB"]));
    short.min_by_key(String::len).unwrap_or(long)
}

/// The day, if there is one; Web of Science has the year and the day apart.
fn date(entry: &Entry) -> Option<Date> {
    let year = Date::of_words(entry.first(&["PY", "Y1"]));
    let day = entry.values("DA").find_map(Date::of_words);
    let apart = entry
        .values("DA")
        .find_map(|day| Date::of_words(&format!("{} {day}", year?.year)));
    [day, apart]
        .into_iter()
        .flatten()
        .find(|date| year.is_none_or(|year| year.year == date.year && year.month.is_none()))
        .or(year)
}

fn article_pages(entry: &Entry) -> String {
    let range = page_range(entry.first(&["SP"]), entry.first(&["EP"]));
    match range.is_empty() {
        true => plain(entry.first(&["AR", "C7", "M2"])),
        false => range,
    }
}

/// The number of the record in the database it comes from: with that of PubMed, it is the PMID.
fn accession(entry: &Entry, record: &mut Record) {
    let database = entry.first(&["DB", "DP"]).to_ascii_lowercase();
    let is_pubmed = ["pubmed", "medline", "nlm"]
        .iter()
        .any(|name| database.contains(name));
    for value in entry.values("AN") {
        let bare = value.strip_prefix("MEDLINE:");
        let digits = bare.unwrap_or(value);
        let is_number = digits.len() <= 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if record.pmid.is_none() && is_number && (bare.is_some() || is_pubmed) {
            record.pmid = digits.parse().ok();
        }
    }
}
