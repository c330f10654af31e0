//! What is shown only where something goes on, or does not, at the top of a page or a column: where that is.

use std::collections::BTreeSet;

use typst::layout::{Abs, Frame, FrameItem, Point};

use super::emit::Flow;
use super::frames;
use super::section::Laid;
use super::survey::{AGAIN, RULE, Shown, UNDER};

/// What is shown on each page of a section.
pub(super) fn shown(laid: &Laid) -> Vec<Shown> {
    let mut begun = BTreeSet::new();
    let pages = laid.typeset.pages.iter().map(|page| {
        let mut looking = Looking {
            laid,
            before: &begun,
            tables: BTreeSet::new(),
            has_text: false,
            line: None,
            shown: Shown::default(),
        };
        looking.look(&page.frame, Point::zero());
        let Looking { tables, shown, .. } = looking;
        begun.extend(tables);
        shown
    });
    pages.collect()
}

/// A look at one page.
struct Looking<'a> {
    laid: &'a Laid,
    /// The tables that began on the pages before.
    before: &'a BTreeSet<String>,
    /// The tables of this page.
    tables: BTreeSet<String>,
    /// Whether there was text of the section.
    has_text: bool,
    /// Where the last line of an index was.
    line: Option<Abs>,
    shown: Shown,
}

impl Looking<'_> {
    fn look(&mut self, frame: &Frame, origin: Point) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let at = origin + *at;
                    match frames::label(group) {
                        Some(label) if self.is_shown(&label, at) => {
                            self.shown.0.insert(label.to_string());
                        }
                        _ => self.look(&group.frame, at),
                    }
                }
                FrameItem::Text(text) if !self.has_text => {
                    self.has_text = text.glyphs.iter().any(|glyph| {
                        let range = self.laid.range(glyph.span.0);
                        let text = range.and_then(|it| self.laid.written.emitted.at(it.start));
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

    /// Whether what has this label and is here is one of these, and shown.
    fn is_shown(&mut self, label: &str, at: Point) -> bool {
        if label.starts_with(AGAIN) {
            // Behind a hyphen is the number of the group whose head it is.
            let table = label.split('-').next().unwrap_or(label);
            let is_first = self.tables.insert(table.to_owned());
            return is_first && self.before.contains(table);
        }
        if label.starts_with(UNDER) {
            let before = self.line.replace(at.y);
            return before.is_none_or(|before| at.y < before);
        }
        label.starts_with(RULE) && self.has_text
    }
}
