//! Whatever files, names and arguments say, it reaches a terminal and a log as text: it moves no cursor, turns nothing
//! round, and begins no line, which other programs could take for a command.

use std::fs;
use std::path::Path;

use fascicle::check::{check, settle};
use fascicle::diagnostic::{Diagnostic, Format, render};
use fascicle::digest::sha256;
use fascicle::ledger;
use fascicle::load::{Project, load};
use fascicle::model::ledger::Release;
use fascicle::session::draft as parse;
use toml::{Table, Value};

use super::released::{release, said, two_sites};
use super::support::{copy, fascicle, files, root, small_book};

/// Colors, a bell, line ends, a command to GitHub, control characters of 8 bits, and signs that turn text round.
const FOREIGN: &str =
    "X\u{1b}[31m\u{7}\r\n::error::foreign\n\u{9b}1m\u{85}\u{200f}\u{61c}\u{202e}\u{2067}\u{2028}Y";

/// Fails unless all of `shown` is text, and none of its lines is a foreign one.
fn assert_plain(shown: &str, of: &str) {
    let is_hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!shown.contains(is_hidden), "{of}: {shown:?}");
    assert!(!shown.contains("\n::error::foreign"), "{of}: {shown}");
}

/// What is found in a folder.
fn found(folder: &Path) -> (Project, Vec<Diagnostic>) {
    let (project, mut diagnostics) = load(folder).unwrap();
    let (draft, found) = parse(&project);
    diagnostics.extend(found);
    diagnostics.extend(check(&draft, &project.sources, &|_| true));
    settle(&draft, &mut diagnostics);
    (project, diagnostics)
}

/// Shows what is found in a folder in every format; whether anything is.
fn is_shown_plainly(folder: &Path, of: &str) -> bool {
    let (project, diagnostics) = found(folder);
    for format in [Format::Short, Format::Human, Format::Json, Format::Github] {
        let shown = render(&diagnostics, &project.sources, format);
        assert_plain(&shown, &format!("{of}, {format:?}"));
        if let Format::Json = format {
            let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
            let messages: Vec<String> = shown
                .lines()
                .map(|line| read(line)["message"].as_str().unwrap().to_owned())
                .collect();
            let written: Vec<&String> = diagnostics.iter().map(|it| &it.message).collect();
            assert_eq!(messages.iter().collect::<Vec<_>>(), written, "{of}");
        }
    }
    let colored = render(&diagnostics, &project.sources, Format::Colored);
    assert!(!colored.contains("\u{1b}[31m"), "{of}: {colored}");
    !diagnostics.is_empty()
}

/// The tables of a value, each with one of its texts or one of its keys replaced.
fn changed(value: &Value) -> Vec<Value> {
    let foreign = || Value::String(FOREIGN.to_owned());
    match value {
        Value::Table(table) => {
            let mut all = Vec::new();
            for (key, value) in table {
                for value in changed(value) {
                    let mut table = table.clone();
                    table.insert(key.clone(), value);
                    all.push(Value::Table(table));
                }
                let mut renamed = table.clone();
                renamed.remove(key);
                renamed.insert(FOREIGN.to_owned(), value.clone());
                all.push(Value::Table(renamed));
            }
            all
        }
        Value::Array(items) => {
            let mut all = vec![foreign()];
            for (index, item) in items.iter().enumerate() {
                for item in changed(item) {
                    let mut items = items.clone();
                    items[index] = item;
                    all.push(Value::Array(items));
                }
            }
            all
        }
        _ => vec![foreign()],
    }
}

/// The front matter of a text, or all of a table; and what stands behind it.
fn keys(text: &str) -> (Table, Option<&str>) {
    match text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("+++\n"))
    {
        Some((keys, rest)) => (keys.parse().unwrap(), Some(rest)),
        None => (text.parse().unwrap_or_default(), None),
    }
}

/// A table as text, with each value on one line.
fn written(table: &Table) -> String {
    let lines = table.iter().map(|(key, value)| {
        let key = quoted(key);
        format!("{key} = {}\n", inline(value))
    });
    lines.collect()
}

fn inline(value: &Value) -> String {
    let list = |items: Vec<String>| items.join(", ");
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", list(items.iter().map(inline).collect())),
        Value::Table(table) => {
            let keys = table.iter();
            let keys = keys.map(|(key, value)| format!("{} = {}", quoted(key), inline(value)));
            format!("{{ {} }}", list(keys.collect()))
        }
        // Numbers and truth values are the same in JSON.
        other => serde_json::to_string(other).unwrap(),
    }
}

/// A text in quotation marks, with an escape for each character that is not of ASCII.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        ' '..='~' => c.to_string(),
        _ => format!("\\u{:04x}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// Keys that the book of the rules does not have.
const MORE: &[(&str, &str)] = &[
    (
        "handbook.toml",
        "subtitle = \"Sub\"\nreading-grade = 9\nvariants = [\"a4\"]\n[rules]\npromise = { level = \"allow\", \
         reason = \"Why.\", until = \"2026-12-31\" }\n",
    ),
    (
        "glossary.toml",
        "[[term]]\nterm = \"Lesion\"\nforms = [\"lesions\"]\ndefinition = \"A place.\"\n[[see]]\nterm = \"Spot\"\n\
         see = [\"Lesion\"]\n",
    ),
    (
        "retractions.toml",
        "[[notice]]\nreference = \"rose-1989\"\nkind = \"correction\"\ndate = \"1990-01-01\"\nsource = \
         \"https://example.org/\"\n",
    ),
    (
        "releases/1.0.0.toml",
        "schema = \"fascicle-release/1\"\nedition = \"1.0.0\"\ndate = \"2026-01-31\"\nprevious = \"0.9.0\"\n\
         previous-sha256 = \"0\"\nnote = \"\"\nprogram = \"x\"\nprogram-sha256 = \"0\"\nstyles = \"0\"\ncontent = \"0\"\n\
         changes = [{ what = \"new\", kind = \"site\", id = \"x\", title = \"X\" }]\nunits = [{ kind = \"site\", id = \
         \"x\", title = \"X\", sha256 = \"0\" }]\nartifacts = [{ name = \"x\", size = 1, sha256 = \"0\" }]\nseal = \
         \"0\"\n",
    ),
];

#[test]
fn keys_and_values_of_every_file() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/rules/book"), folder.path());
    for (file, more) in MORE {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut table = keys(&fs::read_to_string(&path).unwrap_or_default()).0;
        table.extend(more.parse::<Table>().unwrap());
        fs::write(path, written(&table)).unwrap();
    }
    let is_text = |path: &Path| {
        path.extension()
            .is_some_and(|it| it == "md" || it == "toml")
    };
    let mut tries = 0;
    let mut told = 0;
    for file in files(folder.path()) {
        let path = folder.path().join(&file);
        if !is_text(&file) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let (table, body) = keys(&text);
        // Some texts have no keys.
        if table.is_empty() {
            continue;
        }
        for value in changed(&Value::Table(table)) {
            let table = written(value.as_table().unwrap());
            let new = match body {
                Some(body) => format!("+++\n{table}+++\n{body}"),
                None => table,
            };
            fs::write(&path, new).unwrap();
            tries += 1;
            told += usize::from(is_shown_plainly(
                folder.path(),
                &format!("{}: {value:?}", file.display()),
            ));
        }
        fs::write(&path, text).unwrap();
    }
    assert!(tries > 150 && told > 100, "{told} of {tries}");
}

#[test]
fn every_construct_of_a_text() {
    // Signs of Markdown that stand for characters are read as these.
    let signs: String = FOREIGN
        .chars()
        .map(|c| format!("&#{};", u32::from(c)))
        .collect();
    let turned = "X\u{200e}\u{2028}\u{202c}\u{2069}Y";
    for sign in [signs.as_str(), turned] {
        for text in [
            sign.to_string(),
            format!("# {sign}"),
            format!("[a]({sign})"),
            format!("[a](<http://{sign}>)"),
            format!("![a]({sign})"),
            format!("![a](<x{sign}.png> \"{sign}\")"),
            format!("[@{sign}]"),
            format!("[^{sign}]"),
            format!("A.[^{sign}]\n\n[^{sign}]: Note."),
            format!("## Head {{#{sign}}}"),
            format!("word{{index=\"{sign}\"}}"),
            format!("word{{index=\"{sign}"),
            format!("```chart\n{sign} = 1\n```"),
            format!("<b {sign}>"),
            format!("| {sign} | b |\n|---|---|\n| c |"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            small_book(folder.path(), &text);
            is_shown_plainly(folder.path(), &text);
        }
    }
}

#[test]
fn names_of_files_and_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let name = "x\u{1b}[31m\n::error::foreign\u{202e}";
    let book = folder.path().join(name);
    small_book(&book, "A [link](nowhere.md).");
    fs::write(book.join(format!("chapters/{name}.md")), "Text.").unwrap();
    for format in ["human", "short", "json", "github"] {
        let output = fascicle(&["check", name, "--format", format], folder.path());
        assert_plain(&said(&output), format);
        assert!(!output.status.success());
    }
    for arguments in [
        &["build", "no\u{1b}[31m\n::error::foreign"][..],
        &["explain", name],
        &["verify", name, "--content", name],
        &["changes", "--content", name],
        &["release", name, "-o", name],
    ] {
        let output = fascicle(arguments, folder.path());
        assert_plain(&said(&output), &format!("{arguments:?}"));
    }
}

/// An entry of the ledger, changed and sealed again as anybody could do it.
fn forge(folder: &Path, change: impl FnOnce(&mut Release)) {
    let (project, _) = load(&folder.join("content")).unwrap();
    let (draft, _) = parse(&project);
    let mut release = ledger::last(&draft.releases).unwrap().release.clone();
    change(&mut release);
    let path = format!("content/releases/{}.toml", release.edition);
    fs::write(folder.join(path), ledger::text(&release)).unwrap();
}

#[test]
fn titles_and_notes_of_releases() {
    let folder = two_sites();
    let path = folder.path();
    let chapter = path.join("content/chapters/how-to-use.md");
    let text = fs::read_to_string(&chapter).unwrap();
    let title = text.lines().find(|line| line.starts_with("title")).unwrap();
    let foreign = text.replace(title, "title = \"How\\n::error::foreign\"");
    fs::write(&chapter, foreign).unwrap();
    let output = release(path, &["--note", "Read\n::error::foreign"]);
    assert_plain(&said(&output), "release");
    assert!(output.status.success(), "{}", said(&output));
    let lists = ["RELEASE_NOTES.md", "release.json"];
    for list in lists {
        let text = fs::read_to_string(path.join("dist/releases/1.0.0").join(list)).unwrap();
        assert_plain(&text, list);
    }
    fs::write(&chapter, text).unwrap();
    for arguments in [
        &["changes"][..],
        &["changes", "--format", "markdown"],
        &["changes", "--format", "json"],
        &["release", "--dry-run", "--date", "2026-02-02"],
        &["verify", "1.0.0"],
        &["check", "--report"],
    ] {
        let output = fascicle(arguments, path);
        assert_plain(&said(&output), &format!("{arguments:?}"));
    }
}

#[test]
fn names_and_sizes_of_released_files() {
    let folder = two_sites();
    let path = folder.path();
    assert!(release(path, &[]).status.success());
    let entry = path.join("content/releases/1.0.0.toml");
    let text = fs::read_to_string(&entry).unwrap();
    for name in [
        "/dev/zero",
        "../x.pdf",
        "a/b",
        "..",
        ".x",
        "",
        FOREIGN,
        "C:x",
        "a\\b",
    ] {
        forge(path, |release| release.artifacts[0].name = name.to_owned());
        for command in [&["verify", "1.0.0"][..], &["check"], &["build"]] {
            let output = fascicle(command, path);
            assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
            assert_plain(&said(&output), name);
        }
        fs::write(&entry, &text).unwrap();
    }
    forge(path, |release| release.artifacts[0].size += 1);
    let released = fs::read_dir(path.join("dist/releases/1.0.0")).unwrap();
    let (project, _) = load(&path.join("content")).unwrap();
    let first = parse(&project).0.releases[0].release.artifacts[0].clone();
    let file = released
        .map(|file| file.unwrap().path())
        .find(|file| sha256(&fs::read(file).unwrap()) == first.digest)
        .unwrap();
    for what in ["1.0.0", file.to_str().unwrap()] {
        let output = fascicle(&["verify", what], path);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(
            said(&output).contains("the ledger says that it has"),
            "{}",
            said(&output)
        );
    }
}
