//! Each rule has a page, and the example on it is true: what stands before breaks the rule, what stands after is fine.
//!
//! `tests/rules/<name>.txt` is what the program says of the first; `FASCICLE_BLESS=1 cargo test` rewrites these.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fascicle::diagnostic::{Code, Diagnostic, Format, render};
use fascicle::load::Project;
use fascicle::render::typst;
use toml::Table;

use super::support::{fascicle, files, pipeline, root};

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
            fs::copy(folder.join("chapters/liver.png"), file).unwrap();
        }
        #[cfg(unix)]
        "link" => std::os::unix::fs::symlink(text.trim(), file).unwrap(),
        "toml" | "md" => {
            let old = fs::read_to_string(&file).unwrap_or_default();
            fs::write(file, bytes(&merged(kind, &old, text))).unwrap();
        }
        _ => fs::write(file, text).unwrap(),
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
    super::support::copy(&root().join("tests/rules/book"), folder.path());
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

#[test]
fn the_example_of_each_rule_is_true() {
    let bless = std::env::var_os("FASCICLE_BLESS").is_some();
    let mut failures = Vec::new();
    for code in Code::ALL {
        let (name, page) = (code.name(), code.page());
        if cfg!(not(unix)) && *code == Code::SymbolicLink {
            continue;
        }
        let (project, before) = found(page, "Before", *code);
        if !before.iter().any(|finding| finding.code == *code) {
            failures.push(format!("{name}: nothing is found before: {before:#?}"));
        }
        let (_, after) = found(page, "After", *code);
        if !after.is_empty() {
            failures.push(format!("{name}: something is found after: {after:#?}"));
        }
        let said = render(&before, &project.sources, Format::Human);
        let file = root().join(format!("tests/rules/{name}.txt"));
        if bless {
            fs::write(&file, &said).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != said {
            failures.push(format!("{} should be:\n{said}", file.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn each_page_has_its_parts() {
    for code in Code::ALL {
        let page = code.page();
        assert!(
            page.starts_with(&format!("# `{}`\n\n", code.name())),
            "{page}"
        );
        let why = page.split("\n\n").nth(2).unwrap();
        assert!(why.len() > 40 && !why.starts_with('#'), "{page}");
        assert!(code.summary().ends_with('.'), "{page}");
        assert!(
            page.find("\n## Before\n") < page.find("\n## After\n"),
            "{page}"
        );
    }
}

#[test]
fn no_page_and_no_expectation_is_left_over() {
    let known = |name: &str| Code::named(name).is_some();
    for file in files(&root().join("src/diagnostic/rules")) {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(name == "README" || known(name), "{}", file.display());
    }
    for file in files(&root().join("tests/rules")) {
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(
            file.starts_with("book") || known(name),
            "{}",
            file.display()
        );
    }
}

#[test]
fn the_page_of_rules_is_fresh() {
    let file = root().join("src/diagnostic/rules/README.md");
    let overview = overview();
    if std::env::var_os("FASCICLE_BLESS").is_some() {
        fs::write(&file, &overview).unwrap();
    }
    let written = fs::read_to_string(file).unwrap();
    assert_eq!(written, overview, "FASCICLE_BLESS=1 cargo test makes it");
}

/// All rules as a table of Markdown, with links to their pages beside it and to the files that look for them.
fn overview() -> String {
    let mut out = String::from(
        "# Rules\n\nEverything that the program reports. `fascicle explain RULE` prints the page of a rule. You can change the \
         level of rules\nmarked * under `[rules]` in `handbook.toml`.\n\n| rule | level | what it reports | found by \
         |\n|---|---|---|---|\n",
    );
    let found_in = found_in();
    for code in Code::ALL {
        let (name, level) = (code.name(), code.severity().name());
        let mark = if code.is_fixed() { "" } else { " *" };
        let summary = code.summary().replace('|', "\\|");
        let files = found_in.get(&format!("{code:?}"));
        let files = files.unwrap_or_else(|| panic!("no file reports `{name}`"));
        let link = |file: &String| format!("[{file}](../../{file})");
        let files: Vec<String> = files.iter().map(link).collect();
        out.push_str(&format!(
            "| [{name}]({name}.md) | {level}{mark} | {summary} | {} |\n",
            files.join(", ")
        ));
    }
    out
}

/// The files that name each rule, by the name of its variant.
fn found_in() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&root().join("src")) {
        let path = file.to_str().unwrap().replace('\\', "/");
        if !path.ends_with(".rs") || path.starts_with("diagnostic/") {
            continue;
        }
        let text = fs::read_to_string(root().join("src").join(&file)).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for rest in code.split("Code::").skip(1) {
            let variant = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            let files = found.entry(variant.to_owned()).or_default();
            files.insert(path.clone());
        }
    }
    found
}

#[test]
fn explain_prints_pages_and_lists_all() {
    let output = fascicle(&["explain"], root());
    let list = String::from_utf8(output.stdout).unwrap();
    assert_eq!(list.lines().count(), Code::ALL.len());
    for code in Code::ALL {
        assert!(
            list.lines()
                .any(|line| line.starts_with(&format!("{} ", code.name())))
        );
    }
    for typed in ["missing-alt", "error[missing-alt]"] {
        let output = fascicle(&["explain", typed], root());
        assert_eq!(output.status.code(), Some(0));
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.starts_with(Code::MissingAlt.page()), "{page}");
    }
    let output = fascicle(&["explain", "mising-alt"], root());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("did you mean `missing-alt`?")
    );
}
