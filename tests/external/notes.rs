//! Where footnotes are in the PDF: on the page of their mark, or at the end of their text, and never before it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use fascicle::load::Project;
use fascicle::model::Variant;
use fascicle::model::book::{Book, Node};
use fascicle::render::typst::Manuscript;
use tempfile::TempDir;

use super::links::links;
use super::order::File;
use super::support::{copy, pipeline, root, small_book};
use super::{Printed, output, pdftotext};

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
    assert!(at_end.values().sum::<usize>() > 5, "{at_end:?}");
}

/// A chapter whose note fills pages, and one behind it on the same page.
fn long_note() -> Printed {
    let folder = TempDir::new().unwrap();
    let paragraphs = (0..130).map(|number| format!("    Paragraph {number}.\n\n"));
    let text = format!(
        "Ask.[^a] Ask again.[^b]\n\n[^a]: A note.\n\n{}[^b]: Short.",
        paragraphs.collect::<String>()
    );
    small_book(folder.path(), &text);
    let handbook = folder.path().join("handbook.toml");
    let settings = fs::read_to_string(&handbook).unwrap();
    fs::write(
        &handbook,
        settings.replace("[\"only\"]", "[\"only\", \"next\"]"),
    )
    .unwrap();
    let next = "+++\ntitle = \"Next\"\n+++\n\nText.\n";
    fs::write(folder.path().join("chapters/next.md"), next).unwrap();
    let (project, diagnostics, book) = pipeline(folder.path());
    Printed::new(project, book.unwrap_or_else(|| panic!("{diagnostics:?}")))
}

/// The book has a text for each page that begins in a note.
#[test]
fn a_page_that_begins_in_a_note_begins_there_in_the_book() {
    let printed = long_note();
    let nodes = printed.book.nodes();
    let mut checked = 0;
    for (index, page) in printed.map.pages.iter().enumerate() {
        let words = pdftotext(&printed.path(), Some(printed.map.before + index + 1));
        if !words.starts_with("Paragraph") {
            continue;
        }
        let start = page.start.unwrap();
        let text = nodes.iter().find_map(|node| match node {
            Node::Text(text) if text.id == start.text => Some(text.text.as_str()),
            _ => None,
        });
        assert_eq!(words.lines().next(), text, "page {}", page.label);
        checked += 1;
    }
    assert!(checked > 1, "{checked}");
}

/// A rule is above a heading that only notes are above.
#[test]
fn a_rule_is_above_a_heading_behind_notes() {
    let printed = long_note();
    let pages = printed.map.pages.len();
    let pages: Vec<String> = (1..=pages).map(|page| printed.page(page)).collect();
    let page = pages.iter().position(|it| it.contains("Next\nText."));
    let page = page.expect("the page of the second chapter");
    assert!(!pages[page].contains("Ask.") && pages[page].contains("Short."));
    let rules = |page: usize| {
        let number = (printed.map.before + page + 1).to_string();
        let arguments = ["-r", "100", "-gray", "-f", &number, "-l", &number];
        let mut command = Command::new("pdftoppm");
        let picture = command.args(arguments).arg(printed.path()).output();
        dark_lines(&picture.unwrap().stdout)
    };
    assert!(rules(page) > 0);
    assert_eq!(rules(page - 1), 0);
}

/// A note at the end of its text is one to a screen reader, too, and leads back to its mark.
#[test]
fn notes_at_the_end_are_notes_that_lead_back() {
    let printed = long_note();
    let tree = output("pdfinfo", &["-struct-text"], &printed.path());
    let tree: Vec<&str> = tree.lines().map(str::trim).collect();
    let is_tag = |line: &&&str| !line.starts_with('/') && !line.starts_with("Object ");
    let tree: Vec<&str> = tree.iter().filter(is_tag).copied().collect();
    let behind = |line: &str| {
        let at = tree.iter().position(|it| it.starts_with(line));
        let at = at.unwrap_or_else(|| panic!("no {line} in {tree:#?}"));
        let tags = tree[at + 1..].iter().take(7);
        tags.map(|it| it.split([' ', ':']).next().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        behind("\"Ask.\""),
        ["Lbl", "Link", "Span", "\"1\"", "\"", "Lbl", "Link"]
    );
    let note = ["Lbl", "Link", "Span", "\"1\"", "P", "\"A", "P"];
    assert_eq!(behind("Note <Note 1>"), note);
    behind("Note <Note 2>");
    let pages = printed.map.pages.len();
    let page_of = |words: &str| (0..pages).find(|page| printed.page(page + 1).contains(words));
    let (mark, next) = (page_of("Ask.").unwrap(), page_of("Next\nText.").unwrap());
    let json = printed.objects();
    let links = links(&File::new(&json), printed.map.before);
    let called = |page: usize| format!("Only, page {}", printed.map.pages[page].label);
    let number = |page: usize| {
        let links = links.iter().filter(|link| **link == (page, called(page)));
        links.count()
    };
    // Both notes lead to their marks, as two links of the contents and one to the first note lead there. The second note is
    // on the page where the next text begins.
    assert_eq!((number(mark), number(next)), (5, 1), "{links:?}");
}

/// How many lines of pixels of a picture are dark over more than half of their length: a gray one in the format PGM, whose
/// head has the width behind the first word.
fn dark_lines(picture: &[u8]) -> usize {
    let head: Vec<&[u8]> = picture.splitn(5, u8::is_ascii_whitespace).collect();
    let width: usize = str::from_utf8(head[1]).unwrap().parse().unwrap();
    let is_dark = |line: &&[u8]| 2 * line.iter().filter(|it| **it < 160).count() > line.len();
    head[4].chunks(width).filter(is_dark).count()
}
