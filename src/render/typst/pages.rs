//! The first character of every page, through the spans of its glyphs.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};

use super::emit::{EmittedText, Flow, Syntax};
use super::escape::original;
use super::leaves::Leaf;
use super::section::Laid;
use crate::model::book::TextId;
use crate::render::{Page, PageMap, Position};

/// Where each of `leaves`, the pages of `sections`, begins.
pub(super) fn map(sections: &[Laid], leaves: &[Leaf]) -> PageMap {
    let mut starts: Vec<Vec<Option<Position>>> = Vec::new();
    for laid in sections {
        let mut reader = Reader {
            laid,
            seen: BTreeSet::new(),
        };
        let pages = laid.typeset.pages.iter();
        starts.push(pages.map(|page| reader.start(&page.frame)).collect());
    }
    let start = |leaf: &Leaf| *starts.get(leaf.section)?.get(leaf.page?)?;
    let page = |leaf: &Leaf| Page {
        label: leaf.label.clone(),
        start: start(leaf),
    };
    PageMap {
        pages: leaves.iter().map(page).collect(),
    }
}

struct Reader<'a> {
    laid: &'a Laid,
    /// Header rows that have been set on an earlier page.
    seen: BTreeSet<TextId>,
}

impl Reader<'_> {
    fn start(&mut self, frame: &Frame) -> Option<Position> {
        let mut headers = BTreeSet::new();
        let start = self.first(frame, &mut headers);
        self.seen.append(&mut headers);
        start
    }

    /// The first glyph of the main text in a frame.
    fn first(&self, frame: &Frame, headers: &mut BTreeSet<TextId>) -> Option<Position> {
        for (_, item) in frame.items() {
            let found = match item {
                FrameItem::Group(group) => self.first(&group.frame, headers),
                FrameItem::Text(text) => {
                    let mut glyphs = text.glyphs.iter();
                    glyphs.find_map(|glyph| self.position(glyph.span, headers))
                }
                FrameItem::Shape(..)
                | FrameItem::Image(..)
                | FrameItem::Link(..)
                | FrameItem::Tag(_) => None,
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The character of the book that a glyph shows, if it can begin a page.
    fn position(
        &self,
        span: (typst::syntax::Span, u16),
        headers: &mut BTreeSet<TextId>,
    ) -> Option<Position> {
        let range = self.laid.range(span.0)?;
        let offset = (range.start + usize::from(span.1)).min(range.end);
        let text = self.laid.written.emitted.at(offset)?;
        let id = text.id?;
        match text.flow {
            Flow::Foot => return None,
            Flow::Repeated if self.seen.contains(&id) => return None,
            Flow::Repeated => {
                headers.insert(id);
            }
            Flow::Main => {}
        }
        Some(Position {
            text: id,
            offset: within(text, offset),
        })
    }
}

fn within(text: &EmittedText, offset: usize) -> usize {
    match text.syntax {
        Syntax::Markup => original(&text.text, offset - text.range.start),
        // A page that begins within code is taken to begin with it.
        Syntax::String => 0,
    }
}
