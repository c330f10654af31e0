//! BibLaTeX, in which BibTeX finds what it knows.

use super::super::record::Record;
use super::with_commas;
use crate::model::Author;

/// The articles, each with the name by which texts cite it as its key.
pub(super) fn write(articles: &[(&str, Record)]) -> String {
    let mut out = String::new();
    for (name, record) in articles {
        out.push_str(&format!("@article{{{name},\n"));
        let mut field = |key: &str, value: &str| {
            if !value.is_empty() {
                out.push_str(&format!("  {key} = {{{value}}},\n"));
            }
        };
        let named = record.authors.named.iter().map(author);
        let others = record.authors.others.then(|| "others".to_owned());
        let authors = named.chain(others);
        field("author", &authors.collect::<Vec<_>>().join(" and "));
        // Two braces keep the capitals.
        field("title", &format!("{{{}}}", escaped(&record.title)));
        field("journal", &escaped(&record.journal));
        let date = record.date.unwrap_or_default();
        field("date", &date.to_string());
        // What BibTeX reads, which does not know `date`.
        field("year", &date.year.to_string());
        field("volume", &escaped(&record.volume));
        field("number", &escaped(&record.issue));
        field("pages", &escaped(&record.pages).replace('–', "--"));
        field("affiliation", &escaped(&record.affiliation));
        field("language", &record.language);
        field(
            "pmid",
            &record
                .pmid
                .map_or_else(String::new, |pmid| pmid.to_string()),
        );
        field("pmcid", &record.pmcid);
        field("doi", &record.doi);
        field("url", &record.url);
        out.push_str("}\n\n");
    }
    out
}

fn author(author: &Author) -> String {
    match author {
        Author::Group(group) => format!("{{{}}}", escaped(group)),
        Author::Person {
            family,
            initials,
            suffix: Some(suffix),
        } => {
            let parts = [family, suffix, &super::given(initials)].map(|part| escaped(part));
            parts.join(", ")
        }
        Author::Person { .. } => escaped(&with_commas(author)),
    }
}

/// Text in which no character is a command of TeX.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '%' | '#' | '$' | '&' | '_' => out.extend(['\\', character]),
            // Two of them would be a dash.
            '-' if out.ends_with('-') => out.push_str("{}-"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            _ => out.push(character),
        }
    }
    out
}
