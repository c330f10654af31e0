//! The schemas of the keys: what they say of the books of this repository, and of mistakes.

use std::path::Path;

use fascicle::parse::schema::Schema;
use serde_json::{Value, json};

use super::support::{fascicle, files, root};

/// The schema of a file of a book, and the TOML in it.
fn keys(path: &str, text: &str) -> Option<(&'static str, String)> {
    let front = || text.split("+++\n").nth(1).unwrap_or_default().to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["handbook.toml"] => Some(("handbook", text.to_owned())),
        ["glossary.toml"] => Some(("glossary", text.to_owned())),
        ["retractions.toml"] => Some(("retractions", text.to_owned())),
        ["labels.toml"] => Some(("labels", text.to_owned())),
        ["chapters", name] if name.ends_with(".md") => Some(("chapter", front())),
        ["techniques", name] if name.ends_with(".md") => Some(("technique", front())),
        ["references", name] if name.ends_with(".md") => Some(("reference", front())),
        ["sites", _, "index.md"] => Some(("site", front())),
        ["sites", _, name] if name.ends_with(".md") => Some(("site-technique", front())),
        _ => None,
    }
}

/// What is wrong with a value, by the parts of JSON Schema that the schemas use; forms of texts are for editors.
fn faults(schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = choices.iter().any(|choice| {
            let mut faults = Vec::new();
            self::faults(choice, value, place, &mut faults);
            faults.is_empty()
        });
        if !fits {
            found.push(format!("{place}: {value} is none of {choices:?}"));
        }
    }
    if let Some(names) = schema["enum"].as_array()
        && !names.contains(value)
    {
        found.push(format!("{place}: {value} is none of {names:?}"));
    }
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        other => panic!("{other} is a kind of JSON Schema"),
    };
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        Value::Null => Vec::new(),
        kind => vec![kind.clone()],
    };
    if !kinds.is_empty() && !kinds.iter().any(is) {
        found.push(format!("{place}: {value} is not {kinds:?}"));
    }
    if let Value::Array(items) = value {
        for item in items {
            faults(&schema["items"], item, place, found);
        }
    }
    let Value::Object(table) = value else { return };
    for name in schema["required"].as_array().into_iter().flatten() {
        if !table.contains_key(name.as_str().unwrap()) {
            found.push(format!("{place}: {name} is missing"));
        }
    }
    for (name, value) in table {
        let at = format!("{place}.{name}");
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Bool(false)) => found.push(format!("{at} is unknown")),
            (Value::Null, rest) => faults(rest, value, &at, found),
            (property, _) => faults(property, value, &at, found),
        }
    }
}

/// TOML as an editor gives it to a schema: dates are texts.
fn json_of(toml: &toml::Value) -> Value {
    match toml {
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(json_of).collect(),
        toml::Value::Table(table) => table
            .iter()
            .map(|(name, value)| (name.clone(), json_of(value)))
            .collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn faults_of(name: &str, text: &str) -> Vec<String> {
    let toml: toml::Table = toml::from_str(text).unwrap();
    let schema = Schema::named(name).unwrap().json();
    let mut found = Vec::new();
    faults(&schema, &json_of(&toml.into()), name, &mut found);
    found
}

/// The faults of all files of a book, and the schemas that were asked.
fn book(folder: &Path) -> (Vec<String>, Vec<&'static str>) {
    let (mut found, mut asked) = (Vec::new(), Vec::new());
    for file in files(folder) {
        let Ok(text) = std::fs::read_to_string(folder.join(&file)) else {
            continue;
        };
        let path = file.to_str().unwrap().replace('\\', "/");
        if let Some((name, toml)) = keys(&path, &text) {
            let faults = faults_of(name, &toml);
            found.extend(faults.into_iter().map(|fault| format!("{path}: {fault}")));
            asked.push(name);
        }
    }
    (found, asked)
}

#[test]
fn the_books_of_this_repository_are_as_the_schemas_say() {
    let none: [String; 0] = [];
    let (found, asked) = book(&root().join("content"));
    assert_eq!(found, none);
    assert!(asked.len() > 100, "{}", asked.len());
    for case in ["other-field", "french", "german", "index", "retractions"] {
        let (found, asked) = book(&root().join("tests/cases").join(case).join("content"));
        assert_eq!(found, none, "{case}");
        assert!(!asked.is_empty(), "{case}");
    }
    let folder = tempfile::tempdir().unwrap();
    let new = [
        "new",
        "book",
        "--title",
        "Gout",
        "--disease",
        "gout",
        "--language",
        "nl",
    ];
    assert!(fascicle(&new, folder.path()).status.success());
    let (found, asked) = book(&folder.path().join("book/content"));
    assert_eq!(found, none);
    assert!(
        asked.contains(&"labels") && asked.contains(&"reference"),
        "{asked:?}"
    );
    let labels = std::fs::read_to_string(root().join("styles/languages/fr.toml")).unwrap();
    assert_eq!(faults_of("labels", &labels), none);
}

#[test]
fn what_check_refuses_is_no_key_of_a_schema() {
    let faults = |toml: &str| faults_of("chapter", toml);
    assert_eq!(faults("title = \"One\"\nreviewed = 2026-01-31"), [""; 0]);
    assert_eq!(
        faults("titel = \"One\""),
        ["chapter: \"title\" is missing", "chapter.titel is unknown"]
    );
    assert_eq!(
        faults("title = 1"),
        ["chapter.title: 1 is not [String(\"string\")]"]
    );
    let rules = "[rules]\nmissing-alt = \"allow\"";
    let found = faults_of("handbook", rules);
    assert!(
        found.contains(&"handbook.rules.missing-alt is unknown".to_owned()),
        "{found:?}"
    );
    let notice = "[[notice]]\nkind = \"rumour\"\ndate = \"2026\"\nsource = \"x\"";
    assert_eq!(faults_of("retractions", notice).len(), 1);
}

#[test]
fn every_key_is_explained() {
    fn unexplained(schema: &Value, place: &str, found: &mut Vec<String>) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let at = format!("{place}.{name}");
            if property["description"].as_str().is_none_or(str::is_empty) {
                found.push(at.clone());
            }
            unexplained(property, &at, found);
            unexplained(&property["items"], &at, found);
        }
    }
    let mut found = Vec::new();
    for schema in Schema::ALL.iter().filter(|schema| schema.name != "labels") {
        unexplained(&schema.json(), schema.name, &mut found);
    }
    assert_eq!(found, [""; 0]);
}
