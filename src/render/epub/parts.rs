//! Sections too long for older readers, which refuse files above some 300 KB, in several files.
//!
//! What is split is the finished tree, so that its size is known; links are then led to where their places went.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::emit::{Emitter, page};
use crate::model::book::Section;
use crate::render::markup::{Element, Node, document, element};

/// Bytes of XHTML that a file of a section holds at most, unless a single paragraph is longer.
const LIMIT: usize = 240_000;

/// A file of the book.
pub(super) struct File {
    /// Its identifier in the package.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it has a drawing.
    pub draws: bool,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The files of all sections, in reading order, with their links mended.
pub(super) fn files(emitter: &Emitter<'_>) -> (Vec<File>, Moved) {
    let sections = emitter.book.sections.par_iter();
    let sections: Vec<Vec<_>> = sections.map(|section| trees(emitter, section)).collect();
    let mut moved = Moved::default();
    for (id, tree) in sections.iter().filter(|trees| trees.len() > 1).flatten() {
        moved.note(tree, &name(id));
    }
    let trees: Vec<(String, Element)> = sections.into_iter().flatten().collect();
    let files = trees.into_par_iter().map(|(id, mut tree)| {
        if !moved.0.is_empty() {
            moved.mend(&mut tree);
        }
        File {
            name: name(&id),
            id,
            draws: tree.holds("svg"),
            bytes: document(&tree, Some("html")),
        }
    });
    (files.collect(), moved)
}

/// The files of a section: one, or several if it is long, each with its identifier.
fn trees(emitter: &Emitter<'_>, section: &Section) -> Vec<(String, Element)> {
    let id = &section.anchor.0;
    let whole = emitter.section(section);
    if whole.size() <= LIMIT {
        return vec![(id.clone(), whole)];
    }
    let pieces = (1..).zip(split(emitter.body(section), LIMIT));
    let tree = |(number, piece)| match number {
        // No anchor ends in a dot and a number: what follows a dot in one begins with a letter, `.` or `_`.
        2.. => {
            let tree = continued(emitter, section, number, piece);
            (format!("{id}.{number}"), tree)
        }
        _ => (id.clone(), emitter.file(section, piece)),
    };
    pieces.map(tree).collect()
}

fn name(id: &str) -> String {
    format!("{id}.xhtml")
}

/// A file that goes on with a section.
fn continued(emitter: &Emitter<'_>, section: &Section, number: usize, body: Vec<Node>) -> Element {
    let book = emitter.book;
    let title = |title: &str| format!("{title} ({} {number})", book.labels.continued);
    let body = element("section")
        .child(element("h1").child(title(&section.title.text)))
        .children(body);
    page(&book.meta.language, &title(&section.full_title), body)
}

/// Where places are that do not stand in the first file of their section.
#[derive(Default)]
pub(super) struct Moved(BTreeMap<String, String>);

impl Moved {
    /// Notes the places in a file.
    fn note(&mut self, tree: &Element, file: &str) {
        if let Some(id) = tree.attribute("id") {
            self.0.insert(id.to_owned(), file.to_owned());
        }
        for child in tree.elements() {
            self.note(child, file);
        }
    }

    /// The address of a place, wherever it went.
    pub(super) fn address(&self, href: &str) -> Option<String> {
        let (_, place) = href.split_once('#')?;
        self.0.get(place).map(|file| format!("{file}#{place}"))
    }

    fn mend(&self, tree: &mut Element) {
        if let Some(address) = tree.attribute("href").and_then(|href| self.address(href)) {
            tree.set("href", address);
        }
        for child in tree.elements_mut() {
            self.mend(child);
        }
    }
}

/// Nodes in groups of at most `limit` bytes; lists, quotations and tables are split where they are longer.
fn split(nodes: Vec<Node>, limit: usize) -> Vec<Vec<Node>> {
    let mut groups = vec![Vec::new()];
    let mut size = 0;
    for node in nodes {
        let length = node.size();
        let pieces = match node {
            Node::Element(element) if length > limit => divide(element, limit),
            node => vec![node],
        };
        for piece in pieces {
            let length = piece.size();
            if size > 0 && size + length > limit {
                groups.push(Vec::new());
                size = 0;
            }
            size += length;
            if let Some(group) = groups.last_mut() {
                group.push(piece);
            }
        }
    }
    groups
}

/// An element in pieces of at most `limit` bytes, if it is made of parts.
fn divide(mut whole: Element, limit: usize) -> Vec<Node> {
    if !matches!(
        whole.name(),
        "ul" | "ol" | "dl" | "blockquote" | "div" | "table" | "tbody" | "section"
    ) {
        return vec![whole.into()];
    }
    let children = whole.take_children();
    // What stands above the rows of a table stands above each piece.
    let (head, children): (Vec<Node>, Vec<Node>) = match whole.name() {
        "table" => children.into_iter().partition(
            |child| matches!(child, Node::Element(it) if matches!(it.name(), "caption" | "thead")),
        ),
        _ => (Vec::new(), children),
    };
    let mut pieces = Vec::new();
    let mut done = 0;
    let room = limit.saturating_sub(head.iter().map(Node::size).sum());
    for group in split(children, room) {
        let mut piece = whole.clone();
        if !pieces.is_empty() {
            piece.remove("id");
        }
        if piece.name() == "ol" {
            let start = whole
                .attribute("start")
                .and_then(|start| start.parse().ok());
            let start: usize = start.unwrap_or(1);
            piece.set("start", (start + done).to_string());
        }
        done += group.len();
        pieces.push(piece.children(head.clone()).children(group).into());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(text: &str) -> Element {
        element("li").child(text)
    }

    #[test]
    fn lists_go_on_where_they_were_split() {
        let items = ["aaaaaaaa", "bbbbbbbb", "cccccccc"].map(item);
        let list = element("ol").with("id", "here").children(items);
        let pieces = divide(list, 40);
        let starts = pieces.iter().map(|piece| match piece {
            Node::Element(list) => (list.attribute("start"), list.attribute("id")),
            Node::Text(_) => (None, None),
        });
        let starts: Vec<_> = starts.collect();
        assert_eq!(starts, [(Some("1"), Some("here")), (Some("3"), None)]);
    }

    #[test]
    fn tables_keep_their_head() {
        let row = || element("tr").child(element("td").child("a cell of some length"));
        let head = element("thead").child(element("tr").child(element("th").child("A name")));
        let rows = element("tbody").children([row(), row(), row()]);
        let table = element("div").child(element("table").child(head).child(rows));
        let pieces = split(vec![table.into()], 150);
        assert!(pieces.len() > 1);
        for piece in pieces {
            let bytes: usize = piece.iter().map(Node::size).sum();
            assert!(format!("{piece:?}").contains("A name"), "{bytes}");
        }
    }

    #[test]
    fn a_long_paragraph_stays_whole() {
        let long = element("p").child("x".repeat(100));
        let groups = split(vec![item("a").into(), long.into(), item("b").into()], 50);
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
    }
}
