//! The first character of every page, through the spans of its glyphs.

use std::collections::BTreeSet;
use std::sync::Arc;

use typst::layout::{Frame, FrameItem};
use typst::syntax::Span;
use typst::text::Glyph;

use super::emit::{EmittedText, Flow, Syntax};
use super::escape::original;
use super::leaves::Leaf;
use super::section::Laid;
use super::survey::{Start, Survey};
use crate::model::book::TextId;
use crate::render::{Page, PageMap, Position};

/// Where each page of a section begins.
pub(super) fn starts(laid: &Laid) -> Vec<Option<Start>> {
    let mut reader = Reader {
        laid,
        seen: BTreeSet::new(),
    };
    let pages = laid.typeset.pages.iter();
    pages.map(|page| reader.start(&page.frame)).collect()
}

/// All pages, which `leaves` lists, with where they begin in their sections, of which there are `surveys`.
pub(super) fn map(sections: &[Laid], surveys: &[Arc<Survey>], leaves: &[Leaf]) -> PageMap {
    let start = |leaf: &Leaf| {
        let laid = sections.get(leaf.section)?;
        let survey = surveys.get(leaf.section)?;
        let start = (*survey.starts.get(leaf.page?)?)?;
        let text = laid.written.emitted.at(start)?;
        Some(Position {
            text: text.id?,
            offset: within(text, start),
        })
    };
    let page = |leaf: &Leaf| Page {
        label: leaf.label.clone(),
        start: start(leaf),
    };
    PageMap {
        pages: leaves.iter().map(page).collect(),
        before: 0,
    }
}

struct Reader<'a> {
    laid: &'a Laid,
    /// Header rows that are on an earlier page.
    seen: BTreeSet<TextId>,
}

impl Reader<'_> {
    fn start(&mut self, frame: &Frame) -> Option<Start> {
        let start = self.first(frame);
        let mut texts = self.laid.written.emitted.texts.iter();
        if texts.any(|text| text.flow == Flow::Repeated) {
            self.see(frame);
        }
        start
    }

    /// The first glyph in a frame of what the EPUB has in the same order.
    fn first(&self, frame: &Frame) -> Option<Start> {
        frame.items().find_map(|(_, item)| match item {
            FrameItem::Group(group) => self.first(&group.frame),
            FrameItem::Text(text) => {
                let mut glyphs = text.glyphs.iter();
                glyphs.find_map(|glyph| self.position(glyph.span))
            }
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(_) => None,
        })
    }

    /// Remembers the header rows of a frame.
    fn see(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.see(&group.frame),
                FrameItem::Text(text) => {
                    // To look a span up takes a while, and neighbors mostly have the same.
                    for glyphs in text.glyphs.chunk_by(|a, b| a.span.0 == b.span.0) {
                        self.see_glyphs(glyphs);
                    }
                }
                FrameItem::Shape(..)
                | FrameItem::Image(..)
                | FrameItem::Link(..)
                | FrameItem::Tag(_) => {}
            }
        }
    }

    /// Remembers the header rows that glyphs of one span show.
    fn see_glyphs(&mut self, glyphs: &[Glyph]) {
        let laid = self.laid;
        let range = glyphs.first().and_then(|glyph| laid.range(glyph.span.0));
        let Some(range) = range else {
            return;
        };
        let texts = glyphs.iter().filter_map(|glyph| {
            let offset = (range.start + usize::from(glyph.span.1)).min(range.end);
            laid.written.emitted.at(offset)
        });
        let repeated = texts.filter(|text| text.flow == Flow::Repeated);
        self.seen.extend(repeated.filter_map(|text| text.id));
    }

    /// Where the character is that a glyph shows, if it can begin a page.
    fn position(&self, span: (Span, u16)) -> Option<Start> {
        let range = self.laid.range(span.0)?;
        let start = (range.start + usize::from(span.1)).min(range.end);
        let text = self.laid.written.emitted.at(start)?;
        let id = text.id?;
        let is_start = match text.flow {
            Flow::Foot | Flow::EndOfArticle => false,
            Flow::Repeated => !self.seen.contains(&id),
            Flow::Main | Flow::End => true,
        };
        is_start.then_some(start)
    }
}

fn within(text: &EmittedText, offset: usize) -> usize {
    match text.syntax {
        Syntax::Markup => text.before + original(&text.text, offset - text.range.start),
        // A page that begins within code is taken to begin with it.
        Syntax::String => 0,
    }
}
