//! CSL-JSON, as Zotero and others export it: each item is read alone, so that a broken one takes no other with it.

use serde_json::{Map, Value};

use super::super::names;
use super::super::record::Record;
use super::fields::{address, doi_in, identifiers, language, pages, plain, pmcid_in, title};
use super::{Fault, Imported};
use crate::model::{Author, Authors, Date, pmid_in};

/// Reads a text: a list of items, an item, or a list in `items`.
pub(super) fn read(text: &str) -> Imported {
    let mut imported = Imported::default();
    let whole = serde_json::from_str::<Value>(text);
    let items = match whole.as_ref().ok().and_then(|whole| whole.get("items")) {
        Some(Value::Array(items)) => items.iter().map(|item| (1, Ok(item.clone()))).collect(),
        _ => split(text)
            .into_iter()
            .map(|(line, item)| (line, serde_json::from_str(item)))
            .collect::<Vec<_>>(),
    };
    for (line, item) in items {
        match item {
            Ok(Value::Object(item)) => imported.records.push(record(line, &item)),
            Ok(_) => imported.faults.push(Fault {
                line,
                message: "this is no item of CSL-JSON".to_owned(),
            }),
            Err(error) => imported.faults.push(Fault {
                line: line + error.line().saturating_sub(1),
                message: format!(
                    "the item that begins in line {line} cannot be read: {}",
                    reason(&error)
                ),
            }),
        }
    }
    imported
}

/// What is wrong, without the place within the item.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The outermost objects of a text, each with its first line.
fn split(text: &str) -> Vec<(usize, &str)> {
    let mut items = Vec::new();
    let (mut depth, mut start, mut line, mut first) = (0_usize, 0, 1, 1);
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' => line += 1,
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => {
                if depth == 0 {
                    (start, first) = (at, line);
                }
                depth += 1;
            }
            b'}' if !quoted && depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    items.push((first, &text[start..=at]));
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        items.push((first, &text[start..]));
    }
    items
}

fn record(line: usize, item: &Map<String, Value>) -> Record {
    let raw = |keys: &[&str]| {
        let mut found = keys.iter().filter_map(|key| item.get(*key)).map(shown);
        found.find(|text| !text.is_empty()).unwrap_or_default()
    };
    let text = |keys: &[&str]| plain(&raw(keys));
    let mut record = Record {
        line,
        title: title(&raw(&["title"])),
        authors: authors(item.get("author")),
        journal: text(&[
            "container-title-short",
            "journalAbbreviation",
            "container-title",
            "publisher",
        ]),
        date: item.get("issued").and_then(date),
        volume: text(&["volume"]),
        issue: text(&["issue"]),
        pages: pages(&raw(&["page", "number"])),
        affiliation: item
            .get("custom")
            .and_then(|custom| custom.get("affiliation"))
            .map(shown)
            .unwrap_or_default(),
        pmid: pmid_in(&raw(&["PMID"])),
        pmcid: pmcid_in(&raw(&["PMCID"])).unwrap_or_default(),
        doi: doi_in(&raw(&["DOI"])).unwrap_or_default(),
        url: address(raw(&["URL"]).trim()),
        language: language(&raw(&["language"])),
        summary: text(&["abstract"]),
        kinds: Vec::new(),
    };
    for key in ["note", "URL"] {
        identifiers(&raw(&[key]), &mut record);
    }
    record
}

/// A text, a number, or the first of a list.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values.first().map(shown).unwrap_or_default(),
        Value::Null | Value::Bool(_) | Value::Object(_) => String::new(),
    }
}

fn authors(value: Option<&Value>) -> Authors {
    let authors = value.and_then(Value::as_array);
    names::authors(authors.into_iter().flatten().map(author))
}

fn author(value: &Value) -> Option<Author> {
    let part = |key: &str| value.get(key).map(shown).unwrap_or_default();
    let literal = part("literal");
    if names::is_others(&literal) {
        return None;
    }
    if !literal.is_empty() {
        return Some(Author::Group(plain(&literal)));
    }
    let family = format!(
        "{} {} {}",
        part("dropping-particle"),
        part("non-dropping-particle"),
        part("family")
    );
    Some(names::person(&family, &part("given"), &part("suffix")))
}

/// `{"date-parts": [[2007, 2, 15]]}`, or a date in words.
fn date(issued: &Value) -> Option<Date> {
    let parts = issued
        .get("date-parts")
        .and_then(|dates| dates.get(0))
        .and_then(Value::as_array);
    let parts: Vec<String> = parts.into_iter().flatten().map(shown).collect();
    let text = match parts.is_empty() {
        false => parts.join("-"),
        true => ["raw", "literal"]
            .iter()
            .find_map(|key| issued.get(*key))
            .map(shown)?,
    };
    Date::of_words(&text)
}
