//! MEDLINE, as PubMed saves it in `.nbib`.

use super::super::record::Record;
use super::hyphenated;
use crate::model::{Author, Date, ET_AL};

/// The articles. The format has no place for the name by which texts cite one.
pub(super) fn write(articles: &[(&str, Record)]) -> String {
    let mut out = String::new();
    for (_, record) in articles {
        let mut line = |tag: &str, value: &str| out.push_str(&format!("{tag:4}- {value}\r\n"));
        // Each record begins with it.
        line(
            "PMID",
            &record
                .pmid
                .map_or_else(String::new, |pmid| pmid.to_string()),
        );
        let mut known = |tag: &str, value: &str| {
            if !value.is_empty() {
                line(tag, value);
            }
        };
        known("DP", &day(record.date.unwrap_or_default()));
        known("TI", &closed(&record.title));
        for author in &record.authors.named {
            match author {
                Author::Group(name) => known("CN", name),
                Author::Person { .. } => known("AU", &author.to_string()),
            }
        }
        if record.authors.others {
            known("AU", ET_AL);
        }
        known("AD", &record.affiliation);
        known("LA", &record.language);
        known("TA", &record.journal);
        known("VI", &record.volume);
        known("IP", &record.issue);
        known("PG", &hyphenated(&record.pages));
        known("PMC", &record.pmcid);
        if !record.doi.is_empty() {
            known("AID", &format!("{} [doi]", record.doi));
        }
        known("URLF", &record.url);
        out.push_str("\r\n");
    }
    out
}

/// `2007 Feb 15`.
fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = date
        .month
        .and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    match (month, date.day) {
        (Some(month), Some(day)) => format!("{} {month} {day}", date.year),
        (Some(month), None) => format!("{} {month}", date.year),
        (None, _) => date.year.to_string(),
    }
}

/// A title as PubMed ends it.
fn closed(title: &str) -> String {
    match title.ends_with(['.', '?', '!']) {
        true => title.to_owned(),
        false => format!("{title}."),
    }
}
