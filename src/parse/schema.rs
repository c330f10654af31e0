//! The keys of a book as JSON Schema (draft 7, which editors of TOML know), so that editors complete and explain them.

use serde_json::{Map, Value, json};

use super::keys::{self, ID, Key, Kind, Precision};
use crate::language::{self, PLURAL_FORMS};

/// A file of a book whose keys have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// Its name: that of the file, or what a folder has.
    pub name: &'static str,
    /// The file or the files, for people.
    pub files: &'static str,
    keys: Keys,
}

/// Where the keys of a file are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keys {
    Handbook,
    Chapter,
    Site,
    SiteTechnique,
    Technique,
    Reference,
    Glossary,
    Retractions,
    Chart,
    Labels,
}

const fn schema(name: &'static str, files: &'static str, keys: Keys) -> Schema {
    Schema { name, files, keys }
}

impl Schema {
    /// All of them.
    pub const ALL: &[Self] = &[
        schema("handbook", "handbook.toml", Keys::Handbook),
        schema("chapter", "front matter of chapters/*.md", Keys::Chapter),
        schema("site", "front matter of sites/*/index.md", Keys::Site),
        schema(
            "site-technique",
            "front matter of sites/*/*.md",
            Keys::SiteTechnique,
        ),
        schema(
            "technique",
            "front matter of techniques/*.md",
            Keys::Technique,
        ),
        schema(
            "reference",
            "front matter of references/*.md",
            Keys::Reference,
        ),
        schema("glossary", "glossary.toml", Keys::Glossary),
        schema("retractions", "retractions.toml", Keys::Retractions),
        schema("labels", "labels.toml", Keys::Labels),
        schema("chart", "block `chart` in a text", Keys::Chart),
    ];

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|schema| schema.name == name)
    }

    /// The schema.
    #[must_use]
    pub fn json(self) -> Value {
        let mut whole = match self.keys {
            Keys::Handbook => table(keys::HANDBOOK),
            Keys::Chapter => table(keys::CHAPTER),
            Keys::Site => table(keys::SITE),
            Keys::SiteTechnique => table(keys::SITE_TECHNIQUE),
            Keys::Technique => table(keys::TECHNIQUE),
            Keys::Reference => table(keys::REFERENCE),
            Keys::Glossary => table(keys::GLOSSARY),
            Keys::Retractions => table(keys::RETRACTIONS),
            Keys::Chart => table(keys::CHART),
            Keys::Labels => labels("", language::english()),
        };
        whole["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        whole["title"] = json!(self.files);
        whole
    }
}

/// A table with these keys.
fn table(keys: &[Key]) -> Value {
    let property = |key: &Key| {
        let mut value = value(key.kind);
        value["description"] = json!(key.about);
        (key.name.to_owned(), value)
    };
    let needed = keys.iter().filter(|key| key.needed).map(|key| key.name);
    let needed: Vec<&str> = needed.collect();
    object(&keys.iter().map(property).collect(), &needed)
}

/// An object with these properties alone.
fn object(properties: &Map<String, Value>, needed: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": false,
    })
}

fn value(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({"type": "string", "pattern": r"\S"}),
        Kind::Words => json!({"type": "string"}),
        Kind::Label => json!({"type": ["string", "number"]}),
        Kind::Form(form) => json!({"type": "string", "pattern": form}),
        Kind::OneOf(names) => json!({"enum": names()}),
        Kind::Texts => list(&json!({"type": "string"})),
        Kind::AnyOf(names) => list(&json!({"enum": names()})),
        Kind::Ids => list(&json!({"type": "string", "pattern": ID})),
        Kind::Date(precision) => date(precision),
        Kind::Number => json!({
            "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "[0-9]"}],
        }),
        Kind::Amount => json!({"type": "number", "minimum": 0}),
        Kind::Bool => json!({"type": "boolean"}),
        Kind::Table(keys) => table(keys),
        Kind::Tables(keys) => list(&table(keys)),
        Kind::Rules => rules(),
    }
}

fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

/// A date as a text, or a number alone for a year; dates of TOML reach a schema as texts.
fn date(precision: Precision) -> Value {
    match precision {
        Precision::Day => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        Precision::Year => json!({
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
                {"type": "integer", "minimum": 1, "maximum": 9999},
            ],
        }),
    }
}

/// A level for each rule that can have another one.
fn rules() -> Value {
    let rule = keys::free_rules().map(|code| {
        let levels: Vec<&str> = keys::levels();
        // What is allowed has a reason and a date.
        let words: Vec<&str> = levels.into_iter().filter(|it| *it != "allow").collect();
        let level = json!({
            "description": code.summary(),
            "anyOf": [{"enum": words}, table(keys::RULE)],
        });
        (code.name().to_owned(), level)
    });
    object(&rule.collect(), &[])
}

/// The words of the program, each with what it is in English; `path` is the name of the table with those around it.
fn labels(path: &str, words: &toml::Table) -> Value {
    let property = |(name, english): (&String, &toml::Value)| {
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        (name.clone(), label(&path, english))
    };
    object(&words.iter().map(property).collect(), &[])
}

/// What `labels.rs` reads at this path.
fn label(path: &str, english: &toml::Value) -> Value {
    let entries = |of: &str| json!({"type": "object", "additionalProperties": {"type": of}});
    match english {
        toml::Value::Table(_) if path.starts_with("plurals.") => {
            let form = |name: &&str| ((*name).to_owned(), json!({"type": "string"}));
            object(&PLURAL_FORMS.iter().map(form).collect(), &["other"])
        }
        toml::Value::Table(_) if path.starts_with("spacing.") || path == "lists.before" => {
            entries("string")
        }
        toml::Value::Table(_) if path == "rules.shares.numbers" => entries("integer"),
        toml::Value::Table(table) => labels(path, table),
        toml::Value::Array(_) => list(&json!({"type": "string"})),
        toml::Value::String(text) => json!({"type": "string", "description": text}),
        toml::Value::Boolean(_) => json!({"type": "boolean"}),
        toml::Value::Integer(_) => json!({"type": "integer"}),
        toml::Value::Float(_) | toml::Value::Datetime(_) => json!({"type": "number"}),
    }
}
