//! Sections too long for older readers, which refuse files above some 300 KB, in several files.

use super::document::Document;
use crate::model::book::{Anchor, Section};
use crate::render::html::{Element, Node};
use crate::render::markup::element;

/// Bytes of XHTML that a file of a section holds at most, unless a single paragraph is longer.
const LIMIT: usize = 240_000;

/// The files of a section whose tree is `whole`: one, or several if it is long. `continued` stands in the titles of all
/// but the first.
pub(super) fn split<'a>(
    section: &'a Section,
    mut whole: Element,
    continued: &str,
) -> Vec<Document<'a>> {
    let document = |stem, begins, title: &str, body| Document {
        stem,
        begins,
        title: title.to_owned(),
        body,
    };
    let id = &section.anchor.0;
    if whole.size(&address) <= LIMIT {
        return vec![document(
            id.clone(),
            Some(section),
            &section.full_title,
            whole,
        )];
    }
    let mut children = whole.take_children();
    let is_heading = |child: &Node| matches!(child, Node::Element(it) if it.name() == "h1");
    // Before the heading are marks of pages.
    let text = children.iter().position(is_heading).map_or(0, |at| at + 1);
    let blocks = children.split_off(text);
    whole = whole.children(children);
    let mut pieces = groups(blocks, LIMIT, 0).into_iter();
    whole = whole.children(pieces.next().unwrap_or_default());
    let mut documents = vec![document(
        id.clone(),
        Some(section),
        &section.full_title,
        whole,
    )];
    documents.extend((2..).zip(pieces).map(|(number, piece)| {
        let title = |title: &str| format!("{title} ({continued} {number})");
        let heading = element("h1").child(title(&section.title.text));
        let body = element("section").child(heading).children(piece);
        // No anchor ends in a dot and a number: what follows a dot in one begins with a letter, `.` or `_`.
        document(
            format!("{id}.{number}"),
            None,
            &title(&section.full_title),
            body,
        )
    }));
    documents
}

/// The length of the address of a place, or a little more: its file is named as its section, or as a part of it.
fn address(place: &Anchor) -> usize {
    2 * place.0.len() + ".xhtml#".len()
}

/// Nodes in groups of at most `limit` bytes, of which the first has `taken` already; lists, quotations and tables are split
/// where they are longer.
fn groups(nodes: Vec<Node>, limit: usize, taken: usize) -> Vec<Vec<Node>> {
    let mut groups = vec![Vec::new()];
    let mut size = taken;
    for node in nodes {
        let length = node.size(&address);
        let pieces = match node {
            Node::Element(element) if length > limit => divide(element, limit, size),
            node @ (Node::Element(_) | Node::Text(_)) => vec![node],
        };
        for piece in pieces {
            let length = piece.size(&address);
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

/// An element in pieces of at most `limit` bytes, if it is made of parts. The first goes on behind `taken` bytes.
fn divide(mut whole: Element, limit: usize, taken: usize) -> Vec<Node> {
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
    let around = whole.size(&address) + head.iter().map(|node| node.size(&address)).sum::<usize>();
    let groups = groups(children, limit.saturating_sub(around), taken);
    for group in groups.into_iter().filter(|group| !group.is_empty()) {
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
        let pieces = divide(list, 60, 0);
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
        let pieces = groups(vec![table.into()], 190, 0);
        assert!(pieces.len() > 1);
        for piece in pieces {
            let bytes: usize = piece.iter().map(|node| node.size(&address)).sum();
            assert!(format!("{piece:?}").contains("A name"), "{bytes}");
        }
    }

    #[test]
    fn a_list_begins_behind_the_text_before_it() {
        let list = element("ul").children((0..9).map(|_| item("0123456789")));
        let groups = groups(
            vec![element("p").child("Intro").into(), list.into()],
            100,
            0,
        );
        assert_eq!(groups[0].len(), 2);
        for group in &groups {
            assert!(group.iter().map(|node| node.size(&address)).sum::<usize>() <= 100);
        }
    }

    #[test]
    fn a_long_paragraph_stays_whole() {
        let long = element("p").child("x".repeat(100));
        let groups = groups(vec![item("a").into(), long.into(), item("b").into()], 50, 0);
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
    }
}
