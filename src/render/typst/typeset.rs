//! A source as it is laid out: all that is made of it, and nothing that another source decides.

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use typst::foundations::{Content, Label, NativeElement, Smart};
use typst::introspection::{Introspector, Location};
use typst::model::{Document, FootnoteElem};
use typst::syntax::{LinkedNode, Source, Span};
use typst::text::Locale;
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

use super::frames;
use super::survey::Survey;
use crate::model::book::{Anchor, Node};

/// A source in pages.
#[derive(Debug)]
pub(super) struct Typeset {
    pub(super) source: Source,
    /// The bytes of its nodes, in the order of their spans.
    nodes: OnceLock<Vec<(NonZeroU64, Range<usize>)>>,
    pub(super) pages: Vec<Page>,
    /// Its places, each with the page on which it is, from 0.
    pub(super) places: Vec<(Anchor, usize, Location)>,
    /// Its notes at the feet of pages.
    pub(super) notes: Vec<Note>,
    /// Whether a block or a row that must not break is higher than a page.
    pub(super) is_overfull: bool,
    /// How far down the last text of the last page is, as a share of its height.
    pub(super) end: f64,
    pub(super) locale: Smart<Locale>,
    /// What is seen in its pages, once it was looked for.
    pub(super) survey: OnceLock<Arc<Survey>>,
}

/// A note at the foot of a page.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) anchor: Anchor,
    /// Whether it does not begin on the page of its mark: Typst moves what stays together to the next page, and leaves behind
    /// the notes that had room before.
    pub(super) is_stray: bool,
}

impl Typeset {
    /// What is kept of a document that is made of `source`, with these nodes; `is_text` knows glyphs of its running text
    /// by their spans.
    pub(super) fn new(
        nodes: &[Node<'_>],
        source: &Source,
        document: &PagedDocument,
        is_text: impl Fn(Span) -> bool,
    ) -> Self {
        let introspector = document.introspector();
        let place = |anchor: &Anchor| {
            let label = Label::new(PicoStr::intern(&anchor.0))?;
            let location = introspector.query_label(label).ok()?.location()?;
            let page = Introspector::page(introspector.as_ref(), location)?;
            Some((anchor.clone(), page.get() - 1, location))
        };
        // An end that comes before all text of its page is the end of the page before.
        let end = |anchor: &Anchor| {
            let (anchor, page, location) = place(anchor)?;
            let frame = &document.pages().get(page)?.frame;
            let is_late = frames::begins_with(frame, location, &is_text).unwrap_or(false);
            Some((anchor, page.saturating_sub(usize::from(is_late)), location))
        };
        let place = |node: &Node<'_>| match node {
            Node::Anchor(anchor) => place(anchor),
            Node::End(anchor) => end(anchor),
            Node::Text(_) => None,
        };
        let page_of = |location| Introspector::page(introspector.as_ref(), location);
        let note = |note: &Content| {
            let (label, location) = (note.label()?, note.location()?);
            // Where its mark is, and where the text of the note is.
            let pages = [location, location.variant(1)].map(page_of);
            let is_mark_again = note.to_packed::<FootnoteElem>()?.is_ref();
            (!is_mark_again).then(|| Note {
                anchor: Anchor(label.resolve().to_string()),
                is_stray: pages[0] != pages[1],
            })
        };
        let footnotes = introspector.query(&FootnoteElem::ELEM.select());
        let end_of = |page: &Page| {
            let end = frames::end_of_text(&page.frame, &is_text);
            end.unwrap_or_default() / page.frame.height()
        };
        let mut pages = document.pages().iter();
        Self {
            source: source.clone(),
            nodes: OnceLock::new(),
            places: nodes.iter().filter_map(place).collect(),
            notes: footnotes.iter().filter_map(note).collect(),
            is_overfull: pages.any(|page| {
                let frame = &page.frame;
                frames::is_overfull(frame) || frames::lowest(frame) > frame.height()
            }),
            pages: document.pages().to_vec(),
            end: document.pages().last().map_or(0.0, end_of),
            locale: document.info().locale,
            survey: OnceLock::new(),
        }
    }

    /// The bytes of its source that a span covers. To look for each in the tree of the source would take longer.
    pub(super) fn range(&self, span: Span) -> Option<Range<usize>> {
        let nodes = self.nodes.get_or_init(|| nodes(&self.source));
        let index = nodes.binary_search_by_key(&span.into_raw(), |(span, _)| *span);
        Some(nodes.get(index.ok()?)?.1.clone())
    }
}

/// Every node of a source by its span.
fn nodes(source: &Source) -> Vec<(NonZeroU64, Range<usize>)> {
    let mut nodes = Vec::new();
    let mut open = vec![LinkedNode::new(source.root())];
    while let Some(node) = open.pop() {
        nodes.push((node.span().into_raw(), node.range()));
        // So they come in the order of the text, in which Typst mostly numbers them: sorting has little to do.
        open.extend(node.children().rev());
    }
    nodes.sort_unstable_by_key(|(span, _)| *span);
    nodes
}
