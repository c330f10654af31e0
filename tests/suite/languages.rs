//! Books in other languages than English: nothing in them is in English but what their authors wrote.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fascicle::model::book::Node;

use super::released::{release, said};
use super::support::{copy, pipeline, root, unpack};

/// The texts of a value, cut where something is put into them.
fn texts(value: &toml::Value, out: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => out.extend(pieces(text)),
        toml::Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        toml::Value::Table(table) => table.values().for_each(|value| texts(value, out)),
        _ => {}
    }
}

/// What is in a label beside its placeholders, if it has words.
fn pieces(label: &str) -> impl Iterator<Item = String> {
    let parts = label.split(['{', '}']).step_by(2);
    let parts = parts.map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
    parts.filter(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 1)
}

/// The words that the program adds in a language; those that rules look for are not added.
fn labels(language: &str) -> BTreeSet<String> {
    let path = root().join(format!("styles/languages/{language}.toml"));
    let file: toml::Table = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut out = BTreeSet::new();
    for (table, value) in &file {
        if table != "rules" {
            texts(value, &mut out);
        }
    }
    out
}

/// Whether a text has these words, and not as a part of others.
fn has(text: &str, words: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.match_indices(words).any(|(at, _)| {
        !text[..at].ends_with(is_letter) && !text[at + words.len()..].starts_with(is_letter)
    })
}

/// What a reader sees or hears of an XML or HTML file: the text outside tags and styles, and the attributes that are told.
fn seen(markup: &str) -> String {
    const TOLD: [&str; 6] = [
        "aria-label=\"",
        "alt=\"",
        "title=\"",
        "content=\"",
        "placeholder=\"",
        "data-",
    ];
    let mut out = String::new();
    for part in markup.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let names = tag.split_whitespace().next().unwrap_or_default();
        // Properties of packages and the web have fixed English words.
        let is_property = tag.contains("property=\"og:type")
            || tag.contains("http-equiv")
            || tag.contains("name=\"viewport");
        if !is_property {
            for name in TOLD {
                for (at, _) in tag.match_indices(name) {
                    let value = &tag[at..];
                    let value = value.split('"').nth(1).unwrap_or_default();
                    out.push_str(value);
                    out.push('\n');
                }
            }
        }
        if !matches!(names, "style" | "script" | "meta" | "dc:format") {
            out.push_str(text);
            out.push('\n');
        }
    }
    out.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

/// Every text of the files of a released book, with the name of its file.
fn released(folder: &Path) -> Vec<(String, String)> {
    let output = release(folder, &["--website", "https://example.org/"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let mut found = Vec::new();
    let mut folders = vec![folder.join("dist")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".html") {
                found.push((name, seen(&fs::read_to_string(&path).unwrap())));
            } else if name.ends_with(".epub") {
                let files = unpack(&fs::read(&path).unwrap()).into_iter();
                let files =
                    files.filter(|(name, _)| name.ends_with("html") || name.ends_with(".ncx"));
                found.extend(files.map(|(name, text)| (name, seen(&text))));
            } else if name == "RELEASE_NOTES.md" {
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// Every text of the handouts, which come as PDF alone.
fn handouts(content: &Path) -> Vec<(String, String)> {
    let (_, _, book) = pipeline(content);
    let handouts = book.unwrap().handouts;
    let text = |handout: &fascicle::model::book::Handout| {
        let mut text = handout.about.text.clone() + "\n" + &handout.meta.title + "\n";
        if let Some(lookup) = &handout.lookup {
            text.push_str(&format!("{}\n{}\n", lookup.label.text, lookup.alt));
        }
        for node in handout.nodes() {
            if let Node::Text(node) = node {
                text.push_str(&node.text);
                text.push('\n');
            }
        }
        (handout.topic.to_string(), text)
    };
    handouts.iter().map(text).collect()
}

/// No label of English is in anything that is made of the book of a case.
fn has_no_english(case: &str, language: &str) {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    copy(
        &root().join("tests/cases").join(case).join("content"),
        &content,
    );
    let mut files = handouts(&content);
    files.extend(released(folder.path()));
    let own = labels(language);
    let foreign = labels("en");
    let mut compared = 0;
    for label in foreign.iter().filter(|label| !own.contains(*label)) {
        // A word of one language may be one of another in other labels.
        if own.iter().any(|other| has(other, label)) {
            continue;
        }
        compared += 1;
        for (name, text) in &files {
            assert!(!has(text, label), "{case}: `{label}` in {name}: {text}");
        }
    }
    assert!(compared > 200, "{compared} labels");
    let used = own
        .iter()
        .filter(|label| files.iter().any(|(_, text)| has(text, label)));
    let used = used.count();
    assert!(used > 120, "{case} shows {used} of its own labels");
}

#[test]
fn a_german_book_has_no_english_word() {
    has_no_english("german", "de");
}

#[test]
fn a_french_book_has_no_english_word() {
    has_no_english("french", "fr");
}

#[test]
fn a_spanish_book_has_no_english_word() {
    has_no_english("spanish", "es");
}
