//! CSL-JSON.

use serde_json::{Map, Value, json};

use super::super::record::Record;
use super::{given, hyphenated};
use crate::model::{Author, Date, ET_AL};

/// The articles, each with the name by which texts cite it as its `id`.
pub(super) fn write(articles: &[(&str, Record)]) -> String {
    let items: Vec<Value> = articles
        .iter()
        .map(|(name, record)| item(name, record))
        .collect();
    format!("{:#}\n", Value::Array(items))
}

fn item(name: &str, record: &Record) -> Value {
    let mut item = Map::new();
    let mut add = |key: &str, value: &str| {
        if !value.is_empty() {
            item.insert(key.to_owned(), value.into());
        }
    };
    add("id", name);
    add("type", "article-journal");
    add("title", &record.title);
    add("container-title", &record.journal);
    add("volume", &record.volume);
    add("issue", &record.issue);
    add("page", &hyphenated(&record.pages));
    add("language", &record.language);
    add(
        "PMID",
        &record
            .pmid
            .map_or_else(String::new, |pmid| pmid.to_string()),
    );
    add("PMCID", &record.pmcid);
    add("DOI", &record.doi);
    add("URL", &record.url);
    let named = record.authors.named.iter().map(author);
    let others = record.authors.others.then(|| json!({ "literal": ET_AL }));
    let authors: Vec<Value> = named.chain(others).collect();
    item.insert("author".to_owned(), authors.into());
    let date = record.date.unwrap_or_default();
    item.insert("issued".to_owned(), json!({ "date-parts": [parts(date)] }));
    if !record.affiliation.is_empty() {
        item.insert(
            "custom".to_owned(),
            json!({ "affiliation": record.affiliation }),
        );
    }
    Value::Object(item)
}

fn parts(date: Date) -> Vec<u16> {
    let rest = [date.month, date.day].into_iter().map_while(|part| part);
    std::iter::once(date.year)
        .chain(rest.map(u16::from))
        .collect()
}

fn author(author: &Author) -> Value {
    let Author::Person {
        family,
        initials,
        suffix,
    } = author
    else {
        return json!({ "literal": author.to_string() });
    };
    let mut person = json!({ "family": family });
    let suffix = suffix.clone().unwrap_or_default();
    for (key, value) in [("given", given(initials)), ("suffix", suffix)] {
        if !value.is_empty() {
            person[key] = value.into();
        }
    }
    person
}
