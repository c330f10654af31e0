//! RIS.

use super::super::record::Record;
use super::{ends, with_commas};
use crate::model::{Date, ET_AL};

/// The articles, each with its PMID where Zotero, `EndNote` and Mendeley look for it.
pub(super) fn write(articles: &[(&str, Record)]) -> String {
    let mut out = String::new();
    for (name, record) in articles {
        let mut line = |tag: &str, value: &str| {
            if !value.is_empty() {
                out.push_str(&format!("{tag}  - {value}\r\n"));
            }
        };
        line("TY", "JOUR");
        line("ID", name);
        for author in &record.authors.named {
            line("AU", &with_commas(author));
        }
        if record.authors.others {
            line("AU", ET_AL);
        }
        line("TI", &record.title);
        line("JO", &record.journal);
        let date = record.date.unwrap_or_default();
        line("PY", &date.year.to_string());
        line("DA", &day(date));
        line("VL", &record.volume);
        line("IS", &record.issue);
        let (first, last) = ends(&record.pages);
        line("SP", &first);
        line("EP", &last);
        line("AD", &record.affiliation);
        line("LA", &record.language);
        if let Some(pmid) = record.pmid {
            line("AN", &pmid.to_string());
            line("DB", "PubMed");
        }
        line("C2", &record.pmcid);
        line("DO", &record.doi);
        line("UR", &record.url);
        line("ER", " ");
        out.push_str("\r\n");
    }
    out
}

/// `2007/02/15/`, with nothing for what is not known.
fn day(date: Date) -> String {
    let two = |number: Option<u8>| number.map_or_else(String::new, |number| format!("{number:02}"));
    match date.month {
        None => String::new(),
        month => format!("{}/{}/{}/", date.year, two(month), two(date.day)),
    }
}
