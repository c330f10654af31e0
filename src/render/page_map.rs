//! Where each page of the PDF begins, to the character.

use std::collections::BTreeMap;

use crate::model::book::{Anchor, Book, Node, TextId};

/// The pages of a printed book, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageMap {
    /// One for each page with a number.
    pub pages: Vec<Page>,
    /// How many pages of the file are before the first of them: the cover and its back.
    pub before: usize,
}

/// A page of a printed book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its printed number: `iv`, `42`.
    pub label: String,
    /// Its first character; `None` if the page has no text of the book.
    pub start: Option<Position>,
}

/// A character of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The text.
    pub text: TextId,
    /// Byte within the text.
    pub offset: usize,
}

impl PageMap {
    /// The page on which each place of the book begins, as an index into [`Self::pages`].
    ///
    /// A place begins with its first text, and ends with its last; pages before the first known start do not count.
    #[must_use]
    pub fn places<'a>(&self, book: &'a Book) -> BTreeMap<&'a Anchor, usize> {
        let starts: BTreeMap<TextId, (usize, usize)> = self
            .pages
            .iter()
            .enumerate()
            .filter_map(|(page, entry)| entry.start.map(|start| (start.text, (start.offset, page))))
            .rev()
            .collect();
        let last: BTreeMap<TextId, usize> = self
            .pages
            .iter()
            .enumerate()
            .filter_map(|(page, entry)| entry.start.map(|start| (start.text, page)))
            .collect();
        let mut places = BTreeMap::new();
        let mut waiting = Vec::new();
        let mut current = None;
        for node in book.nodes() {
            match node {
                Node::Anchor(anchor) => waiting.push(anchor),
                Node::End(anchor) => places.extend(current.map(|page| (anchor, page))),
                Node::Text(text) => {
                    // A page that begins within this text does not hold its first character.
                    if let Some((0, page)) = starts.get(&text.id) {
                        current = Some(*page);
                    }
                    if let Some(page) = current {
                        places.extend(waiting.drain(..).map(|anchor| (anchor, page)));
                    }
                    current = last.get(&text.id).copied().or(current);
                }
            }
        }
        places
    }
}
