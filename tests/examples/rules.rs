//! The example on the page of each rule: what stands before breaks the rule, what stands after is fine.
//!
//! `tests/rules/<name>.txt` is what the program reports of the first.

use std::fs;
use std::path::Path;

use fascicle::diagnostic::{Code, Diagnostic, Format, render};
use fascicle::load::Project;
use fascicle::render::typst;
use libtest_mimic::{Failed, Trial};
use toml::Table;

use super::expect;
use super::support::{copy, pipeline, root};

/// A file of an example: the kind of its block, its path and its text.
type Block<'a> = (&'a str, &'a str, String);

/// The blocks of a page below one of its headings.
fn blocks<'a>(page: &'a str, heading: &str) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    let mut below = false;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            below = title == heading;
        }
        let Some(name) = line.strip_prefix("```") else {
            continue;
        };
        let (kind, path) = name.split_once(' ').unwrap();
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if below {
            blocks.push((kind, path, format!("{}\n", text.join("\n"))));
        }
    }
    assert!(!blocks.is_empty());
    blocks
}

/// Puts a file of an example into the book of `tests/rules/book`. Its keys replace those of the book one by one, and
/// a line ``# no `key` `` takes one out; a text replaces the text.
fn put(folder: &Path, (kind, path, text): &Block<'_>) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    match *kind {
        "png" => {
            fs::copy(folder.join(".pictures/liver.png"), &file).unwrap();
        }
        #[cfg(unix)]
        "link" => std::os::unix::fs::symlink(text.trim(), &file).unwrap(),
        "toml" | "md" => {
            let old = fs::read_to_string(&file).unwrap_or_default();
            fs::write(&file, bytes(&merged(kind, &old, text))).unwrap();
        }
        _ => fs::write(&file, text).unwrap(),
    }
    // The pictures that it names are there, and no others.
    for picture in ["liver.png", "small.png"] {
        let place = file.with_file_name(picture);
        if text.contains(picture) && !place.exists() {
            fs::copy(folder.join(".pictures").join(picture), place).unwrap();
        }
    }
}

fn merged(kind: &str, old: &str, new: &str) -> String {
    let (old_keys, old_text) = parts(kind, old);
    let (new_keys, new_text) = parts(kind, new);
    let (Ok(mut keys), Ok(added)) = (old_keys.parse::<Table>(), new_keys.parse::<Table>()) else {
        return new.to_owned();
    };
    if kind == "md" && new.starts_with("+++") && new_keys.is_empty() {
        return new.to_owned();
    }
    keys.extend(added);
    for line in new_keys.lines() {
        if let Some(key) = line.strip_prefix("# no `") {
            keys.remove(key.trim_end_matches('`')).unwrap();
        }
    }
    let text = if new_text.trim().is_empty() {
        old_text
    } else {
        new_text
    };
    match kind {
        "md" => format!("+++\n{}+++\n{text}", toml_text(&keys)),
        _ => toml_text(&keys),
    }
}

/// Front matter and text; a file of TOML has only the first.
fn parts<'a>(kind: &str, text: &'a str) -> (&'a str, &'a str) {
    if kind == "toml" {
        return (text, "");
    }
    let inner = text.strip_prefix("+++\n");
    inner
        .and_then(|rest| rest.split_once("+++\n"))
        .unwrap_or(("", text))
}

/// Values before tables, as TOML wants it.
fn toml_text(keys: &Table) -> String {
    let is_tables = |value: &toml::Value| match value {
        toml::Value::Array(items) => items.first().is_some_and(toml::Value::is_table),
        other => other.is_table(),
    };
    let mut out = String::new();
    for (key, value) in keys.iter().filter(|(_, value)| !is_tables(value)) {
        out.push_str(&format!("{key} = {}\n", written(value)));
    }
    for (key, value) in keys.iter().filter(|(_, value)| is_tables(value)) {
        let (items, brackets) = match value {
            toml::Value::Array(items) => (items.clone(), ("[[", "]]")),
            other => (vec![other.clone()], ("[", "]")),
        };
        for item in items {
            out.push_str(&format!("\n{}{key}{}\n", brackets.0, brackets.1));
            for (key, value) in item.as_table().unwrap() {
                out.push_str(&format!("{key} = {}\n", written(value)));
            }
        }
    }
    out
}

/// A value on one line; text is the same in JSON.
fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(table) => {
            let keys = table.iter();
            let keys = keys.map(|(key, value)| format!("{key} = {}", written(value)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        other => serde_json::to_string(other).unwrap(),
    }
}

/// The bytes that stand in a page as signs for them.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for character in text.chars() {
        match character {
            '\u{fffd}' => out.push(0xff),
            '␇' => out.push(7),
            '␍' => out.push(b'\r'),
            other => out.extend(other.to_string().bytes()),
        }
    }
    out
}

/// What the program finds in an example.
fn found(page: &str, heading: &str, code: Code) -> (Project, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/rules/book"), folder.path());
    for block in blocks(page, heading) {
        put(folder.path(), &block);
    }
    let (project, mut diagnostics, book) = pipeline(folder.path());
    if let (Some(book), Code::Typesetting) = (book, code) {
        diagnostics.extend(
            typst::pdf(&book, &project.images)
                .err()
                .into_iter()
                .flatten(),
        );
    }
    (project, diagnostics)
}

pub(crate) fn trials() -> Vec<Trial> {
    // Windows has no such names.
    let is_of_unix = |code: Code| matches!(code, Code::SymbolicLink | Code::Typesetting);
    let can_run = |code: &&Code| cfg!(unix) || !is_of_unix(**code);
    let trial = |code: &Code| {
        let code = *code;
        Trial::test(format!("rules::{}", code.name()), move || run(code))
    };
    Code::ALL.iter().filter(can_run).map(trial).collect()
}

fn run(code: Code) -> Result<(), Failed> {
    let (name, page) = (code.name(), code.page());
    let (project, before) = found(page, "Before", code);
    if !before.iter().any(|finding| finding.code == code) {
        return Err(format!("nothing breaks the rule before: {before:#?}").into());
    }
    let (_, after) = found(page, "After", code);
    if !after.is_empty() {
        return Err(format!("a rule is broken after: {after:#?}").into());
    }
    let report = render(&before, &project.sources, Format::Human);
    expect(&root().join(format!("tests/rules/{name}.txt")), &report)
}
