//! Where footnotes are in the PDF: on the page of their mark, or at the end of their text, and never before it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use fascicle::load::Project;
use fascicle::model::Variant;
use fascicle::model::book::Book;
use fascicle::render::typst::Manuscript;
use tempfile::TempDir;

use super::pdftotext;
use super::support::{copy, pipeline, root};

/// Blocks with a mark, by what they are: all but the first stay together, as a whole or with what follows. `MARK` is a word
/// with the mark.
const BLOCKS: [(&str, &str); 12] = [
    ("plain", "One.\\\nTwo.\\\nMARK.\\\nFour.\\\nFive.\\\nSix."),
    ("heading", "## A heading MARK\n\nText below it."),
    (
        "caption",
        "Table: What MARK it shows\n\n| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
    ),
    (
        "announcing",
        "These MARK are:\n\n- one\n- two\n- three\n- four",
    ),
    (
        "kept",
        "[A comment MARK that goes on for LONG.]\n\nText behind it.",
    ),
    ("list", "- an item MARK\n- another\n- a third"),
    (
        "nested",
        "- an item\n\n  below it MARK\n- another\n\n  LONG\n- a third",
    ),
    (
        "tasks",
        "- [ ] a question LONG?\n- [ ] another MARK?\n- [ ] a third?\n- [ ] a fourth?",
    ),
    ("quote", "> A quotation MARK of LONG."),
    (
        "table",
        "| A | B |\n|---|---|\n| 1 MARK | 2 |\n| 3 | 4 |\n| 5 | 6 |",
    ),
    (
        "row",
        "| A | B |\n|---|---|\n| MARK LONG | LONG |\n| 3 | 4 |",
    ),
    (
        "terms",
        "Term MARK\n: Its meaning, LONG.\n\nOther term\n: Its meaning.",
    ),
];

/// Words that fill some lines.
const LONG: &str = "words and words and more words, and words and words and more words, and words and words and more words, \
                    and words and words and more words, until it ends here";

/// How many lines stand before a block: a page in large print has fewer.
const LINES: std::ops::Range<usize> = 0..28;

/// The names of all blocks, behind each number of lines.
fn names() -> impl Iterator<Item = String> {
    let names = BLOCKS.iter().map(|(name, _)| *name).chain(["article"]);
    names.flat_map(|name| LINES.map(move |lines| format!("{name}{lines}")))
}

/// A book with a chapter of a technique, which begins on a new page, for each block behind each number of lines, and with
/// articles. The note of `NAME` is `note-NAME.`, its mark is behind `mark-NAME.`, and the chapter ends with `end-NAME.`
fn book(folder: &Path) -> (Project, Book) {
    copy(&root().join("tests/rules/book"), folder);
    let write = |path: String, title: &str, text: &str| {
        let text = format!("+++\n{title}\n+++\n\n{text}");
        fs::write(folder.join(path), text).unwrap();
    };
    let text = |name: &str, text: &str| {
        let text = text.replace("MARK", &format!("mark-{name}.[^n]"));
        format!("{}\n\n[^n]: note-{name}.\n", text.replace("LONG", LONG))
    };
    let parts = "## What it suits\n\nText.\n\n## Benefits\n\nText.\n\n## Risks\n\nText.\n\n\
                 ## What is not known\n\nText.\n\n## Questions to ask your doctor\n\n- [ ] Why?";
    for (kind, block) in BLOCKS {
        for lines in LINES {
            let name = format!("{kind}{lines}");
            let before = "Line.\\\n".repeat(lines);
            let parts = format!("Text.\n\n{parts}\n\nend-{name}.");
            let text = text(
                &name,
                &format!("## What it is\n\n{before}Line.\n\n{block}\n\n{parts}"),
            );
            write(
                format!("techniques/{name}.md"),
                &format!("title = \"{name}\""),
                &text,
            );
        }
    }
    for number in LINES {
        let front = format!(
            "title = \"Article {number}.\"\nauthors = [\"Rose P\"]\njournal = \"Cancer\"\ndate = \"{}-03-01\"\n\
             pmid = {}\npopulation = \"leiomyosarcoma\"\nchapters = [\"one\"]",
            1960 + number,
            2_000_000 + number,
        );
        let found = "It found that. ".repeat(4 * (number % 7));
        let name = format!("article{number}");
        let text = text(&name, &format!("First. {found}\n\nIt tells MARK of LONG."));
        write(
            format!("references/rose-{}.md", 1960 + number),
            &front,
            &text,
        );
    }
    let (project, diagnostics, book) = pipeline(folder);
    (project, book.unwrap_or_else(|| panic!("{diagnostics:?}")))
}

/// The page of each word that begins so, and where on it the word comes in the order of the text.
fn places(text: &str, begin: &str) -> BTreeMap<String, (usize, usize)> {
    let mut places = BTreeMap::new();
    for (page, text) in text.split('\u{c}').enumerate() {
        for (at, _) in text.match_indices(begin) {
            let name = text[at + begin.len()..].split('.').next().unwrap();
            places.insert(name.to_owned(), (page, at));
        }
    }
    places
}

#[test]
fn a_note_is_on_the_page_of_its_mark_or_behind_its_text() {
    let folder = TempDir::new().unwrap();
    let (project, book) = book(folder.path());
    let [packed, path] = ["packed.pdf", "book.pdf"].map(|name| folder.path().join(name));
    let manuscript = Manuscript::new(&book, &project.images);
    fs::write(&packed, manuscript.set(Variant::LargePrint).unwrap().bytes).unwrap();
    // Poppler reads long files much faster where nothing but text is packed.
    let unpacked = Command::new("qpdf")
        .arg("--object-streams=disable")
        .args([&packed, &path])
        .status();
    assert!(unpacked.unwrap().success());
    let text = pdftotext(&path, None);
    let [marks, notes, ends] = ["mark-", "note-", "end-"].map(|it| places(&text, it));
    let mut at_end = BTreeMap::new();
    for name in names() {
        let (mark, note) = (marks[&name], notes[&name]);
        // That of an article has no word of its own.
        let end = ends.get(&name).copied().unwrap_or(mark);
        let is_elsewhere = note.0 != mark.0;
        assert!(
            !is_elsewhere || note > end,
            "the mark of {name} is on page {}, its note on page {}",
            mark.0,
            note.0
        );
        let kind = name.trim_end_matches(|it: char| it.is_ascii_digit());
        *at_end.entry(kind.to_owned()).or_insert(0) += usize::from(is_elsewhere);
    }
    // Most are at the feet of pages, and all of paragraphs that break freely.
    assert_eq!(at_end["plain"], 0);
    for (kind, number) in &at_end {
        assert!(*number < LINES.len() / 4, "{number} {kind}");
    }
    assert!(at_end.values().sum::<usize>() > 10, "{at_end:?}");
}
