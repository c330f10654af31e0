//! The words at the heads of pages: which of those that stand in the text are the first and the last of each page.

use typst::layout::{Frame, FrameItem};

use super::emit::Flow;
use super::frames;
use super::section::Laid;
use super::survey::HeadWords;

/// The words of each page of a section, as far as it has any.
pub(super) fn words(laid: &Laid) -> Vec<Option<HeadWords>> {
    let mut open: Option<&Frame> = None;
    let mut pages = Vec::new();
    for page in &laid.typeset.pages {
        let mut found = Found::default();
        found.look(&page.frame, laid);
        let first = match found.goes_on {
            true => open.or(found.first),
            false => found.first.or(open),
        };
        open = found.last.or(open);
        let words = first.zip(open);
        pages.push(words.map(|(first, last)| HeadWords {
            first: first.clone(),
            last: last.clone(),
            is_one: std::ptr::eq(first, last),
        }));
    }
    pages
}

/// What is found on a page.
#[derive(Default)]
struct Found<'l> {
    /// Whether text stands before the first word.
    goes_on: bool,
    first: Option<&'l Frame>,
    last: Option<&'l Frame>,
}

impl<'l> Found<'l> {
    fn look(&mut self, frame: &'l Frame, laid: &Laid) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    if frames::label(group).is_some_and(|label| &*label == frames::HEAD_WORD) {
                        self.first.get_or_insert(&group.frame);
                        self.last = Some(&group.frame);
                    } else {
                        self.look(&group.frame, laid);
                    }
                }
                FrameItem::Text(text) if self.first.is_none() && !self.goes_on => {
                    let mut glyphs = text.glyphs.iter();
                    self.goes_on = glyphs.any(|glyph| {
                        let range = laid.range(glyph.span.0);
                        let text = range.and_then(|range| laid.written.emitted.at(range.start));
                        text.is_some_and(|text| text.flow != Flow::Foot)
                    });
                }
                FrameItem::Text(_)
                | FrameItem::Shape(..)
                | FrameItem::Image(..)
                | FrameItem::Link(..)
                | FrameItem::Tag(_) => {}
            }
        }
    }
}
