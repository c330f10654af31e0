//! Any Markdown: the examples of the CommonMark specification, each set as a chapter.
//!
//! `tests/commonmark/spec.json` holds the examples. What Fascicle means to do in another way stands, example by
//! example, in `tests/commonmark/differences.txt`; a difference that is not listed fails, and so does one that no
//! longer exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fascicle::diagnostic::{Diagnostic, Severity};
use fascicle::load::Project;
use fascicle::model::book::Book;
use fascicle::render::{epub, typst};
use serde::Deserialize;
use usvg::roxmltree::Node;

use super::support::{pipeline, root, small_book, squeezed, unpack, xml, xml_text};

/// An example of the specification.
#[derive(Deserialize)]
pub(crate) struct Example {
    number: usize,
    markdown: String,
    html: String,
}

impl Example {
    fn id(&self) -> String {
        format!("example-{:03}", self.number)
    }
}

pub(crate) fn examples() -> Vec<Example> {
    let text = fs::read_to_string(root().join("tests/commonmark/spec.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A book with a chapter for each example.
fn write(folder: &Path, examples: &[&Example]) {
    small_book(folder, "");
    let chapters = folder.join("chapters");
    fs::remove_file(chapters.join("only.md")).unwrap();
    let mut ids = Vec::new();
    for example in examples {
        let id = example.id();
        let markdown = example.markdown.replace('→', "\t");
        let chapter = format!(
            "+++\ntitle = \"Example {}\"\n+++\n\n{markdown}",
            example.number
        );
        fs::write(chapters.join(format!("{id}.md")), chapter).unwrap();
        ids.push(format!("{id:?}"));
    }
    let file = folder.join("handbook.toml");
    let handbook = fs::read_to_string(&file).unwrap();
    let list = format!("chapters = [{}]", ids.join(", "));
    fs::write(file, handbook.replace("chapters = [\"only\"]", &list)).unwrap();
}

/// The elements that do not end a block.
const INLINE: &[&str] = &["em", "strong", "code", "a", "span"];

/// The text of HTML or XHTML: white space collapsed, blocks apart, marks of rules and pictures not counted.
fn text(html: &str) -> String {
    blocks(html).join(" ")
}

/// The same, block by block.
fn blocks(html: &str) -> Vec<String> {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let Some((tag, after)) = rest[start..].split_once('>') else {
            break;
        };
        let name = tag.trim_start_matches(['<', '/']);
        let name: String = name
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if !INLINE.contains(&name.as_str()) {
            out.push('\0');
        }
        rest = after;
    }
    out.push_str(rest);
    let blocks = out.split('\0').map(|block| squeezed(&xml_text(block)));
    blocks.filter(|block| !block.is_empty()).collect()
}

/// What of a chapter of the EPUB is text of the author, block by block.
pub(crate) fn body(chapter: &str) -> Vec<String> {
    let document = xml(chapter);
    let body = document
        .descendants()
        .find(|node| node.has_tag_name("body"));
    let mut out = String::new();
    shown(body.unwrap(), &mut out);
    let blocks = out.split('\0').map(squeezed);
    blocks.filter(|block| !block.is_empty()).collect()
}

/// Adds what is in an element, with an end of a block around what is no part of a line.
fn shown(element: Node<'_, '_>, out: &mut String) {
    for node in element.children() {
        let is_title = node.has_tag_name("h1");
        // What is for the ear alone, and the notice where e-readers open the book.
        let is_besides = matches!(node.attribute("class"), Some("spoken" | "notice"));
        if is_title || is_besides {
            continue;
        }
        let is_block = node.is_element() && !INLINE.contains(&node.tag_name().name());
        let end = if is_block { "\0" } else { "" };
        out.push_str(end);
        if node.is_text() {
            out.push_str(node.text().unwrap_or_default());
        }
        shown(node, out);
        out.push_str(end);
    }
}

/// Quotation marks and dashes as they were typed.
fn typed(text: &str) -> String {
    text.replace(['‘', '’', '′'], "'")
        .replace(['“', '”', '″'], "\"")
        .replace('–', "--")
        .replace('—', "---")
}

/// The diagnostics of each chapter, by its number: errors, warnings.
pub(crate) type Findings = BTreeMap<usize, (BTreeSet<&'static str>, BTreeSet<&'static str>)>;

fn findings(project: &Project, diagnostics: &[Diagnostic]) -> Findings {
    let mut found = Findings::new();
    for diagnostic in diagnostics {
        let path = &project.sources[diagnostic.span.source.0 as usize].path;
        let number = path
            .strip_prefix("chapters/example-")
            .and_then(|rest| rest.strip_suffix(".md"));
        let number = number.unwrap_or_else(|| panic!("{path}: {diagnostic:?}"));
        let (errors, warnings) = found.entry(number.parse().unwrap()).or_default();
        match diagnostic.severity {
            Severity::Error => errors.insert(diagnostic.code.name()),
            Severity::Warning => warnings.insert(diagnostic.code.name()),
        };
    }
    found
}

/// The book of all examples that are not refused, and why the others are.
pub(crate) fn book(folder: &Path, examples: &[Example]) -> (Book, Findings) {
    let all: Vec<&Example> = examples.iter().collect();
    write(folder, &all);
    let (project, diagnostics, _) = pipeline(folder);
    let found = findings(&project, &diagnostics);
    let refused = |example: &&Example| {
        found
            .get(&example.number)
            .is_some_and(|it| !it.0.is_empty())
    };
    let accepted: Vec<&Example> = all.into_iter().filter(|it| !refused(it)).collect();
    fs::remove_dir_all(folder).unwrap();
    write(folder, &accepted);
    let (_, diagnostics, book) = pipeline(folder);
    (book.unwrap_or_else(|| panic!("{diagnostics:?}")), found)
}

/// Each example comes out as the specification says, or as `differences.txt` says; the book of all of them is a PDF
/// that keeps to UA-1, and an EPUB that is left in `target/tmp` for epubcheck.
#[test]
fn the_examples_of_commonmark_are_shown() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let folder = tempfile::tempdir().unwrap();
    let (book, found) = book(folder.path(), &examples);
    let printed = typst::pdf(&book, &BTreeMap::new()).unwrap();
    let bytes = epub::epub(&book, Some(&printed.pages), &BTreeMap::new(), None).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::write(target.join("commonmark.epub"), &bytes).unwrap();
    fs::write(target.join("commonmark.pdf"), &printed.bytes).unwrap();
    let files = unpack(&bytes);
    let mut differences = String::new();
    for example in &examples {
        let (errors, warnings) = found.get(&example.number).cloned().unwrap_or_default();
        let refused: Vec<&str> = errors.into_iter().collect();
        let reason = match files.get(&format!("OEBPS/chapter-{}.xhtml", example.id())) {
            None => format!("refused {}", refused.join(" ")),
            Some(chapter) => {
                // The first chapter of a book says what it is not.
                let chapter = chapter.replacen("<p class=\"notice\">Not advice.</p>", "", 1);
                let shown = typed(&body(&chapter).join(" "));
                let wanted = text(&example.html.replace('→', "\t"));
                if shown == wanted {
                    continue;
                }
                match text(&shown) == wanted && warnings.contains("raw-html") {
                    true => "shows its html".to_owned(),
                    false => format!("shows {shown:?} for {wanted:?}"),
                }
            }
        };
        writeln!(differences, "{} {reason}", example.number).unwrap();
    }
    let path = root().join("tests/commonmark/differences.txt");
    if std::env::var_os("FASCICLE_BLESS").is_some() {
        fs::write(&path, &differences).unwrap();
    }
    let listed = fs::read_to_string(&path).unwrap();
    let listed: BTreeSet<&str> = listed.lines().collect();
    let differences: BTreeSet<&str> = differences.lines().collect();
    let new: Vec<_> = differences.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&differences).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "new {new:#?}, gone {gone:#?}"
    );
}
