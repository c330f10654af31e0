//! Each rule has a page, and the list of rules is fresh. `tests/examples` runs the examples on the pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fascicle::diagnostic::Code;

use super::support::{fascicle, files, root};

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
fn every_page_and_expectation_has_a_rule() {
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
fn the_list_of_rules_is_fresh() {
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
