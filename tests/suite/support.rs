//! What the tests share: running the pipeline, reading an EPUB, looking at text.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fascicle::assemble::assemble;
use fascicle::check::{check, settle};
use fascicle::diagnostic::{self, Diagnostic};
use fascicle::load::{Project, load};
use fascicle::model::book::Book;
use fascicle::render::typst::Fonts;
use fascicle::session::draft as parse;
use usvg::roxmltree::{Document, Node, ParsingOptions};

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads, checks and, if there is no error, assembles a content folder.
pub(crate) fn pipeline(folder: &Path) -> (Project, Vec<Diagnostic>, Option<Book>) {
    let (project, mut diagnostics) = load(folder).unwrap();
    let (draft, found) = parse(&project);
    diagnostics.extend(found);
    let fonts = Fonts::with(&draft.fonts);
    diagnostics.extend(check(&draft, &project.sources, &|letter| {
        fonts.can_set(letter)
    }));
    settle(&draft, &mut diagnostics);
    let book = (!diagnostic::has_errors(&diagnostics)).then(|| assemble(&draft));
    (project, diagnostics, book)
}

/// The program, ready for arguments.
pub(crate) fn fascicle(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fascicle"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The files of an EPUB.
pub(crate) fn unpack(epub: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut text = String::new();
        if entry.read_to_string(&mut text).is_ok() {
            files.insert(entry.name().to_owned(), text);
        }
    }
    files
}

/// The tree of an XML file.
pub(crate) fn xml(text: &str) -> Document<'_> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What an element is, in the vocabulary of EPUB.
pub(crate) fn epub_type<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute(("http://www.idpf.org/2007/ops", "type"))
}

/// The values of an attribute, in the order of the file, of the elements that `is` picks.
pub(crate) fn values(text: &str, is: impl Fn(Node<'_, '_>) -> bool, name: &str) -> Vec<String> {
    let document = xml(text);
    let elements = document.descendants().filter(|node| is(*node));
    elements
        .filter_map(|node| node.attribute(name).map(str::to_owned))
        .collect()
}

/// Checks each link within an EPUB, and gives their number.
pub(crate) fn every_link_leads_somewhere(files: &BTreeMap<String, String>) -> usize {
    let is_page = |name: &str| Path::new(name).extension().is_some_and(|it| it == "xhtml");
    let documents = files.iter().filter(|(name, _)| is_page(name));
    let ids = |text: &str| values(text, |_| true, "id").into_iter().collect();
    let places: BTreeMap<&str, BTreeSet<String>> = documents
        .clone()
        .map(|(name, text)| (name.as_str(), ids(text)))
        .collect();
    let mut links = 0;
    for (name, text) in documents {
        for href in values(text, |node| node.has_tag_name("a"), "href") {
            if href.contains("://") || href.starts_with("mailto:") {
                continue;
            }
            let (file, place) = href.split_once('#').unwrap_or((&href, ""));
            let file = match file {
                "" => name.clone(),
                file => format!("OEBPS/{file}"),
            };
            let places = places.get(file.as_str());
            let places = places.unwrap_or_else(|| panic!("{name}: {href}"));
            assert!(place.is_empty() || places.contains(place), "{name}: {href}");
            links += 1;
        }
    }
    links
}

/// The characters of an XML document outside its tags, with entities resolved.
pub(crate) fn xml_text(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = rest[start..].split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    for (entity, text) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, text);
    }
    out
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder, as paths relative to it, sorted; but for what the program keeps there for itself.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".fascicle") {
            continue;
        }
        if path.is_dir() {
            found.extend(
                files(&path)
                    .into_iter()
                    .map(|below| Path::new(path.file_name().unwrap()).join(below)),
            );
        } else {
            found.push(PathBuf::from(path.file_name().unwrap()));
        }
    }
    found.sort();
    found
}

/// A small book that has everything a book needs, with `text` as its only chapter.
pub(crate) fn small_book(folder: &Path, text: &str) {
    std::fs::create_dir_all(folder.join("chapters")).unwrap();
    let handbook = r#"
title = "Small book"
slug = "small"
language = "en-GB"
edition = "1.0.0"
date = "2026-01-31"
evidence-to = "2026-01"
reviewed = "2026-01-31"
next-review = "2027-01-31"
contact = "nobody@example.org"
funding = "Nobody paid for it."
interests = "None."
publisher = "Nobody"
licence = "CC-BY-4.0"
description = "A book for a test."
disclaimer = "Not advice."
chapters = ["only"]

[[population]]
id = "all"
label = "all"

[[contributor]]
name = "The volunteers"
role = "compiler"

[[contributor]]
name = "Dr. Somebody"
role = "reviewer"

[rules]
unexplained-abbreviation = "warning"
"#;
    std::fs::write(folder.join("handbook.toml"), handbook).unwrap();
    let chapter = format!("+++\ntitle = \"Only\"\n+++\n\n{text}\n");
    std::fs::write(folder.join("chapters/only.md"), chapter).unwrap();
}

/// Text as an author could mean it literally: every mark of Markdown escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// White space as both formats show it.
pub(crate) fn squeezed(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
