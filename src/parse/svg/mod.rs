//! Checks that a drawing needs no other file, runs nothing, and is soon drawn.

mod active;
mod cost;
mod numbers;
mod references;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use usvg::Tree;
use usvg::roxmltree::{Document, Node, ParsingOptions};

/// How many bytes a drawing may have.
const BYTES: usize = 32 << 20;

/// How deeply its elements may be nested: for each level, what draws it calls itself several times.
const DEEPEST: usize = 64;

/// How many attributes an element may have.
const ATTRIBUTES: usize = 1_000;

/// How many characters may be drawn as letters.
const LETTERS: usize = 50_000;

thread_local! {
    /// Whether a panic of this thread becomes a finding.
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread is one that becomes a finding: it needs no message of its own.
pub(crate) fn is_panic_caught() -> bool {
    IS_READING.get()
}

/// What is known of a drawing.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// The letters in it, each once.
    pub(super) letters: BTreeSet<char>,
}

/// Reads a self-contained SVG: it loads nothing and runs nothing (EPUB 3.3, 3.6 and 6.2).
///
/// # Errors
///
/// Why it cannot be shown.
pub(super) fn read(bytes: &[u8]) -> Result<Drawing, String> {
    if bytes.len() > BYTES {
        return Err(format!("it has more than {} MiB", BYTES >> 20));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    if let Some(element) = crowded(text) {
        return Err(format!(
            "its element `{element}` has more than {ATTRIBUTES} attributes"
        ));
    }
    let options = ParsingOptions {
        // A drawing without entities of its own needs no DTD; `load` has left out those that many programs write.
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(text, options).map_err(|error| error.to_string())?;
    let depth = depth(&document);
    if depth > DEEPEST {
        return Err(format!("its elements are nested more than {DEEPEST} deep"));
    }
    if let Some(reason) = document.root().descendants().find_map(active::reason) {
        return Err(reason);
    }
    names(&document)?;
    numbers::check(&document)?;
    let letters = letters(&document)?;
    references::check(&document, depth)?;
    // It panics where a size is lost beside a place that is very much larger.
    let read = || Tree::from_xmltree(&document, &usvg::Options::default());
    IS_READING.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    IS_READING.set(false);
    let read = read.map_err(|_| "some sizes in it are very much smaller than others".to_owned())?;
    let tree = read.map_err(|error| error.to_string())?;
    cost::check(&tree)?;
    Ok(Drawing { letters })
}

/// An element with very many attributes, by its beginning: to read them would take their number squared.
fn crowded(text: &str) -> Option<&str> {
    let mut elements = text.split('<').skip(1);
    let crowded = elements.find(|element| {
        let signs = element.bytes().filter(|byte| *byte == b'=');
        signs.count() > ATTRIBUTES && !element.starts_with(['!', '?'])
    })?;
    crowded.split(|c: char| c.is_whitespace()).next()
}

/// How deeply the elements are nested.
fn depth(document: &Document<'_>) -> usize {
    let mut depths: BTreeMap<usize, usize> = BTreeMap::new();
    for node in document.descendants().filter(Node::is_element) {
        let above = node
            .parent_element()
            .and_then(|parent| depths.get(&parent.id().get_usize()));
        let depth = above.map_or(1, |above| above + 1);
        depths.insert(node.id().get_usize(), depth);
    }
    depths.into_values().max().unwrap_or(0)
}

/// Each `id` is a name in XML, as an EPUB asks for, and no two elements have the same: which of them is meant differs from
/// program to program.
fn names(document: &Document<'_>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for id in document.descendants().filter_map(|it| it.attribute("id")) {
        if !is_name(id) {
            return Err(format!(
                "the `id` `{id}` is no name in XML: a letter, then letters, digits, `-`, `_` and `.`"
            ));
        }
        if !seen.insert(id) {
            return Err(format!("two of its elements have the `id` `{id}`"));
        }
    }
    Ok(())
}

/// Whether a text is a name without a colon (Namespaces in XML 1.0, production 4), of ASCII or other letters.
fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    let begins = |c: char| c.is_alphabetic() || c == '_';
    let goes_on = |c: char| begins(c) || c.is_numeric() || matches!(c, '-' | '.' | '\u{b7}');
    characters.next().is_some_and(begins) && characters.all(goes_on)
}

/// The letters that are drawn.
fn letters(document: &Document<'_>) -> Result<BTreeSet<char>, String> {
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    let parts = texts.flat_map(|text| text.descendants().filter_map(|part| part.text()));
    let mut letters = BTreeSet::new();
    let mut number = 0;
    for letter in parts.flat_map(str::chars) {
        number += 1;
        letters.insert(letter);
    }
    match number > LETTERS {
        true => Err(format!("it has more than {LETTERS} letters")),
        false => Ok(letters),
    }
}
