//! Books in other words than those of English: nothing in them is in English, or of another field, but what their authors
//! wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fascicle::model::book::Node;

use super::released::{release, said};
use super::support::{copy, fascicle, pipeline, root, unpack};

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
    labels_of(&fs::read_to_string(path).unwrap())
}

/// The same of a file.
fn labels_of(text: &str) -> BTreeSet<String> {
    let file: toml::Table = toml::from_str(text).unwrap();
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
        let is_property = ["og:type", "og:url", "og:image"]
            .iter()
            .any(|name| tag.contains(name))
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

/// The content folder of a case, in a folder of its own.
fn case(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let content = root().join("tests/cases").join(name).join("content");
    copy(&content, &folder.path().join("content"));
    folder
}

/// Every text that is made of the book in a folder.
fn made(folder: &Path) -> Vec<(String, String)> {
    let mut files = handouts(&folder.join("content"));
    files.extend(released(folder));
    // Soft hyphens are where a line may end, and part no words.
    let whole = files.into_iter();
    whole
        .map(|(name, text)| (name, text.replace('\u{ad}', "")))
        .collect()
}

/// No label of English is in anything that is made of a book with labels of its `own`.
fn has_no_english(folder: &Path, own: &BTreeSet<String>) {
    let files = made(folder);
    let mut compared = 0;
    for label in labels("en") {
        // A word of one language may be one of another in other labels.
        if own.iter().any(|other| has(other, &label)) {
            continue;
        }
        compared += 1;
        for (name, text) in &files {
            assert!(!has(text, &label), "`{label}` in {name}: {text}");
        }
    }
    assert!(compared > 200, "{compared} labels");
    let is_used = |label: &&String| files.iter().any(|(_, text)| has(text, label));
    let used = own.iter().filter(is_used).count();
    assert!(used > 120, "the book shows {used} of its own labels");
}

#[test]
fn a_german_book_has_no_english_word() {
    has_no_english(case("german").path(), &labels("de"));
}

#[test]
fn a_french_book_has_no_english_word() {
    has_no_english(case("french").path(), &labels("fr"));
}

#[test]
fn a_spanish_book_has_no_english_word() {
    has_no_english(case("spanish").path(), &labels("es"));
}

/// The labels that a case brings.
fn brought(folder: &Path) -> BTreeSet<String> {
    labels_of(&fs::read_to_string(folder.join("content/labels.toml")).unwrap())
}

#[test]
fn an_arabic_book_has_no_english_word() {
    let folder = case("arabic");
    has_no_english(folder.path(), &brought(folder.path()));
}

#[test]
fn a_hebrew_book_has_no_english_word() {
    let folder = case("hebrew");
    has_no_english(folder.path(), &brought(folder.path()));
}

#[test]
fn each_file_of_labels_to_translate_can_be_read_again() {
    for from in ["de", "en", "es", "fr"] {
        let folder = case("german");
        let content = folder.path().join("content");
        let handbook = content.join("handbook.toml");
        let german = fs::read_to_string(&handbook).unwrap();
        fs::write(&handbook, german.replace("de-AT", "eo")).unwrap();
        let output = fascicle(&["labels", "--from", from], folder.path());
        assert!(output.status.success(), "{from}: {}", said(&output));
        let text = fs::read_to_string(content.join("labels.toml")).unwrap();
        assert!(!text.contains("[rules"), "{from}: {text}");
        assert!(text.trim_end().ends_with("MB\"") || text.trim_end().ends_with("Mo\""));
        let output = fascicle(&["check", "--format", "short"], folder.path());
        assert!(
            !said(&output).contains("labels.toml"),
            "{from}: {}",
            said(&output)
        );
    }
}

/// A line of a file of labels with each word backwards, but for names in braces and escapes.
fn backwards(line: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let mut depth = 0;
    let mut is_text = false;
    for character in line.chars() {
        let is_letter = is_text && depth == 0 && character.is_alphabetic();
        if is_letter {
            word.push(character);
            continue;
        }
        out.extend(word.drain(..).rev());
        match character {
            '"' => is_text = !is_text,
            '{' if is_text => depth += 1,
            '}' if is_text => depth -= 1,
            _ => {}
        }
        out.push(character);
    }
    out
}

#[test]
fn a_book_can_bring_a_language() {
    let folder = case("german");
    let content = folder.path().join("content");
    let handbook = content.join("handbook.toml");
    let german = fs::read_to_string(&handbook).unwrap();
    fs::write(&handbook, german.replace("de-AT", "eo")).unwrap();
    let output = fascicle(&["check"], folder.path());
    assert!(
        said(&output).contains("fascicle labels"),
        "{}",
        said(&output)
    );
    let output = fascicle(&["labels"], folder.path());
    assert!(output.status.success(), "{}", said(&output));
    let file = content.join("labels.toml");
    let english = fs::read_to_string(&file).unwrap();
    // The letter behind a backslash is no word.
    let lines =
        english.lines().map(
            |line| match line.contains('\\') || line.starts_with(['#', '[']) {
                true => line.to_owned(),
                false => backwards(line),
            },
        );
    let translated: Vec<String> = lines.collect();
    fs::write(&file, translated.join("\n")).unwrap();
    let own = labels_of(&translated.join("\n"));
    for technique in ["cryoablation", "laser"] {
        let path = content.join(format!("techniques/{technique}.md"));
        let mut text = fs::read_to_string(&path).unwrap();
        let german = labels_in("de", "headings");
        for (key, heading) in labels_in_text(&translated.join("\n"), "headings") {
            text = text.replace(
                &format!("## {}\n", german[&key]),
                &format!("## {heading}\n"),
            );
        }
        fs::write(&path, text).unwrap();
    }
    has_no_english(folder.path(), &own);
    let again = fascicle(&["labels"], folder.path());
    assert_eq!(
        again.status.code(),
        Some(2),
        "what is there is not written over"
    );
}

fn labels_in(language: &str, table: &str) -> BTreeMap<String, String> {
    let path = root().join(format!("styles/languages/{language}.toml"));
    labels_in_text(&fs::read_to_string(path).unwrap(), table)
}

/// The labels of a table by their keys.
fn labels_in_text(text: &str, table: &str) -> BTreeMap<String, String> {
    let file: toml::Table = toml::from_str(text).unwrap();
    let labels = file[table].as_table().unwrap().iter();
    labels
        .map(|(key, label)| (key.clone(), label.as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn a_book_of_another_field_has_its_own_words() {
    let foreign = [
        "cancer",
        "tumo",
        "sarcoma",
        "metast",
        "oncol",
        "the body",
        "surge",
        "ablation",
        "technique",
        "radi",
        "RFA",
        "liver",
    ];
    let files = made(case("other-field").path());
    assert!(files.len() > 30, "{}", files.len());
    for (name, text) in files {
        let text = text.to_lowercase();
        for word in foreign {
            assert!(
                !text.contains(&word.to_lowercase()),
                "`{word}` in {name}: {text}"
            );
        }
    }
}
