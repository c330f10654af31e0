//! What must hold for any bytes that somebody calls a handbook; each function panics where it does not.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use fascicle::assemble::assemble;
use fascicle::check::{check, settle};
use fascicle::citation::{Imported, imported};
use fascicle::diagnostic::{Diagnostic, Format, has_errors, render};
use fascicle::load::{Project, load};
use fascicle::model::book::Book;
use fascicle::model::draft::{Block, Body, Inline, Node};
use fascicle::model::is_valid_id;
use fascicle::parse::{body, parse};
use fascicle::render::typst::Fonts;
use fascicle::render::{epub, typst};
use fascicle::source::{Source, SourceId, Span, Spanned};

/// Markdown: every node stands where it says, and every finding can be shown.
pub fn markdown(bytes: &[u8]) {
    let source = source("chapters/only.md", bytes);
    let (body, diagnostics) = body(SourceId(0), &source, 0..source.text.len(), "en");
    for node in body.nodes() {
        let span = match node {
            Node::Block(block) => block.span,
            Node::Inline(inline) => inline.span,
        };
        assert_within(span, &source);
    }
    assert_shown(&diagnostics, &[source]);
}

/// Brackets: what has as many of the one as of the other, in order, comes back as it was typed; all else is reported.
pub fn brackets(bytes: &[u8]) {
    let text: String = bytes
        .iter()
        .map(|byte| ['[', ']', 'a', ' ', 'b'][usize::from(byte % 5)])
        .collect();
    // A paragraph that begins and ends with a word.
    let text = format!("w{text}w");
    let source = source("chapters/only.md", text.as_bytes());
    let (body, diagnostics) = body(SourceId(0), &source, 0..text.len(), "en");
    let has = |code| {
        diagnostics
            .iter()
            .any(|finding| finding.code.name() == code)
    };
    match is_balanced(&text) {
        true if has("deep-bracket") => {}
        true => assert_eq!(typed(&body), text),
        false => assert!(
            has("unbalanced-bracket") || has("crossing-bracket"),
            "{text}"
        ),
    }
    assert_shown(&diagnostics, &[source]);
}

/// Front matter: whatever the TOML of each kind of file is, all findings can be shown, and a book without errors be made.
pub fn front_matter(bytes: &[u8]) {
    let toml = String::from_utf8_lossy(bytes);
    let front_matter = format!("+++\n{toml}\n+++\n\nText.\n");
    let files = [
        ("chapters/only.md", front_matter.as_bytes()),
        ("glossary.toml", bytes),
        ("handbook.toml", bytes),
        ("references/rose-1989-autopsy.md", front_matter.as_bytes()),
        ("releases/1.0.0.toml", bytes),
        ("retractions.toml", bytes),
        ("sites/liver/cryoablation.md", front_matter.as_bytes()),
        ("sites/liver/index.md", front_matter.as_bytes()),
        ("techniques/cryoablation.md", front_matter.as_bytes()),
    ];
    let sources: Vec<Source> = files.map(|(path, bytes)| source(path, bytes)).into();
    let project = Project {
        others: Vec::new(),
        sources,
        ..Project::default()
    };
    made(&project, Vec::new(), any);
}

/// A file of a reference manager: what an import writes can be read again. Tells whether it held an article.
pub fn import(bytes: &[u8]) -> bool {
    let Ok(Imported { files, .. }) = imported(bytes) else {
        return false;
    };
    let path = |id: &str| format!("references/{id}.md");
    for (id, text) in &files {
        assert!(is_valid_id(id.as_str()), "{id:?}");
        let project = Project {
            sources: vec![source(&path(id.as_str()), text.as_bytes())],
            ..Project::default()
        };
        let (_, diagnostics) = parse(&project);
        let is_unreadable = |finding: &Diagnostic| {
            ["invalid-toml", "invalid-name", "not-text"].contains(&finding.code.name())
        };
        assert!(!diagnostics.iter().any(is_unreadable), "{text}");
        assert_shown(&diagnostics, &project.sources);
    }
    !files.is_empty()
}

/// A chapter as an EPUB: every file in it is well-formed XML. Tells whether the chapter had no errors.
pub fn epub(bytes: &[u8]) -> bool {
    let Some((project, book)) = book(bytes, any) else {
        return false;
    };
    let bytes = epub::epub(&book, None, &project.images, None).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().to_owned();
        let ending = Path::new(&name).extension();
        if ending.is_some_and(|ending| ending == "xhtml" || ending == "opf") {
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            assert_well_formed(&name, &text);
        }
    }
    true
}

/// A chapter as a PDF: Typst can set it. Tells whether the chapter had no errors.
pub fn pdf(bytes: &[u8]) -> bool {
    let Some((project, book)) = book(bytes, can_set) else {
        return false;
    };
    let set = typst::pdf(&book, &project.images);
    assert!(set.is_ok(), "{:?}", set.err());
    true
}

/// No font is asked for its characters.
fn any(_: char) -> bool {
    true
}

fn source(path: &str, bytes: &[u8]) -> Source {
    Source {
        path: path.to_owned(),
        text: String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn assert_within(span: Span, source: &Source) {
    let range = span.range();
    assert!(
        source.text.get(range.clone()).is_some(),
        "{range:?} of {:?}",
        source.text
    );
}

fn assert_shown(diagnostics: &[Diagnostic], sources: &[Source]) {
    for finding in diagnostics {
        if let Some(source) = sources.get(finding.span.source.0 as usize) {
            assert_within(finding.span, source);
        }
    }
    let some = &diagnostics[..diagnostics.len().min(50)];
    for format in [Format::Short, Format::Human, Format::Json, Format::Github] {
        assert_eq!(render(some, sources, format).is_empty(), some.is_empty());
    }
}

/// Whether each bracket has its partner.
fn is_balanced(text: &str) -> bool {
    let mut open = 0_usize;
    for character in text.chars() {
        open = match (character, open) {
            ('[', _) => open + 1,
            (']', 0) => return false,
            (']', _) => open - 1,
            _ => open,
        };
    }
    open == 0
}

/// The text of a body as it was typed, if it has nothing but text and brackets.
fn typed(body: &Body) -> String {
    let [
        Spanned {
            value: Block::Paragraph(content),
            ..
        },
    ] = body.blocks.as_slice()
    else {
        panic!("{body:?}");
    };
    let mut text = String::new();
    for inline in content {
        type_inline(inline, &mut text);
    }
    text
}

fn type_inline(inline: &Spanned<Inline>, text: &mut String) {
    match &inline.value {
        Inline::Text(characters) => text.push_str(characters),
        Inline::Bracket(content) => {
            text.push('[');
            for inline in content {
                type_inline(inline, text);
            }
            text.push(']');
        }
        other => panic!("{other:?}"),
    }
}

/// Checks a project; gives the book, if it has no errors.
fn made(
    project: &Project,
    mut diagnostics: Vec<Diagnostic>,
    can_set: fn(char) -> bool,
) -> Option<Book> {
    let (draft, found) = parse(project);
    diagnostics.extend(found);
    diagnostics.extend(check(&draft, &project.sources, &can_set));
    settle(&draft, &mut diagnostics);
    assert_shown(&diagnostics, &project.sources);
    (!has_errors(&diagnostics)).then(|| assemble(&draft))
}

/// The book of which `bytes` are the only chapter, and what it is made of, if it has no errors.
fn book(bytes: &[u8], can_set: fn(char) -> bool) -> Option<(Project, Book)> {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("chapters")).unwrap();
    fs::write(folder.path().join("handbook.toml"), HANDBOOK).unwrap();
    let chapter = [b"+++\ntitle = \"Only\"\n+++\n\n", bytes].concat();
    fs::write(folder.path().join("chapters/only.md"), chapter).unwrap();
    for id in cited(bytes) {
        fs::create_dir_all(folder.path().join("references")).unwrap();
        fs::write(folder.path().join(format!("references/{id}.md")), REFERENCE).unwrap();
    }
    let (project, diagnostics) = load(folder.path()).unwrap();
    let book = made(&project, diagnostics, can_set)?;
    Some((project, book))
}

/// What a text may cite.
fn cited(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let name = |rest: &str| {
        rest.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '-')
            .next()
            .unwrap()
            .to_owned()
    };
    text.split('@')
        .skip(1)
        .map(name)
        .filter(|id| is_valid_id(id))
        .collect()
}

fn assert_well_formed(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}\n{text}"),
        }
    }
}

/// An article that a chapter cites.
const REFERENCE: &str = r#"+++
title = "An article"
authors = ["Rose P"]
journal = "A journal"
date = "1989"
population = "all"
url = "https://example.org/"
+++

What it found.
"#;

/// What a book must have beside its chapter.
const HANDBOOK: &str = r#"
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
licence = "CC-BY-4.0"
publisher = "Nobody"
description = "A book for a test."
disclaimer = "Not advice."
chapters = ["only"]

[[population]]
id = "all"
label = "all"

[[contributor]]
name = "The volunteers"
role = "compiler"

[rules]
unexplained-abbreviation = "warning"
"#;

/// Whether the fonts of every book have a letter.
fn can_set(letter: char) -> bool {
    Fonts::with(&[]).can_set(letter)
}
