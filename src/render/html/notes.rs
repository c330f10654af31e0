//! The ways back: from a reference to each place that cites it, and from a footnote to each of its marks.

use std::collections::BTreeMap;

use super::{Element, Emitter, Node};
use crate::model::book::{Anchor, Book, Inline, Section, TextId};
use crate::render::markup::element;

/// Where a reference is cited.
struct Citation<'a> {
    section: &'a Section,
    mark: TextId,
}

/// The marks that lead to references and footnotes.
#[derive(Default)]
pub(super) struct Marks<'a> {
    /// By the place of the reference, in reading order.
    citations: BTreeMap<&'a Anchor, Vec<Citation<'a>>>,
    /// The number of marks of each footnote.
    footnotes: BTreeMap<&'a Anchor, usize>,
}

/// The place of a citation, by the text of its mark among those of its section.
pub(super) fn citation(section: &Anchor, mark: TextId) -> Anchor {
    Anchor(format!("cite-{}.{}", section.0, mark.number))
}

/// The place of a footnote's mark.
pub(super) fn note_mark(footnote: &Anchor, repeat: usize) -> Anchor {
    Anchor(format!("{}.{repeat}", footnote.0))
}

impl<'a> Marks<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let mut found = Self::default();
        for section in &book.sections {
            let blocks = section.all_blocks();
            for inline in blocks.into_iter().flat_map(|block| block.inlines()) {
                if let Inline::Citation { target, mark } = inline {
                    let mark = mark.id;
                    let citations = found.citations.entry(target).or_default();
                    citations.push(Citation { section, mark });
                }
                if let Inline::Footnote { target, .. } = inline {
                    *found.footnotes.entry(target).or_default() += 1;
                }
            }
        }
        found
    }
}

impl Emitter<'_> {
    /// Citations from a reference to each place that cites it: an arrow, the section if it is another one, and a number
    /// where the section cites it more than once.
    pub(super) fn citations_of(&self, reference: &Anchor) -> Option<Element> {
        let citations = self.html.marks.citations.get(reference)?;
        let mut links: Vec<Node> = Vec::new();
        for same in citations.chunk_by(|a, b| a.section.anchor == b.section.anchor) {
            for (number, citation) in (1..).zip(same) {
                let section = citation.section;
                let title = match section.anchor == self.section.anchor {
                    true => None,
                    false => Some(section.full_title.clone()),
                };
                let number = (same.len() > 1 || title.is_none()).then(|| number.to_string());
                let name: Vec<String> = title.into_iter().chain(number).collect();
                let place = self::citation(&section.anchor, citation.mark);
                links.push(" ".into());
                links.push(self.back(place, &name.join("\u{a0}")).into());
            }
        }
        Some(
            element("p")
                .with("class", "cited")
                .children(links.into_iter().skip(1)),
        )
    }

    /// Citations from a footnote to each of its marks.
    pub(super) fn marks_of(&self, footnote: &Anchor) -> Element {
        let marks = self
            .html
            .marks
            .footnotes
            .get(footnote)
            .copied()
            .unwrap_or(1);
        let link = |repeat: usize| {
            let name = match marks {
                ..=1 => String::new(),
                2.. => (repeat + 1).to_string(),
            };
            let place = note_mark(footnote, repeat);
            [self.back(place, &name).into(), Node::from(" ")]
        };
        let links = (0..marks).flat_map(link).take(marks * 2 - 1);
        element("p").with("class", "cited").children(links)
    }

    /// A link back to a place in the text, with a name.
    fn back(&self, place: Anchor, name: &str) -> Element {
        let spoken = format!("{} {name}", self.html.book.labels.back);
        let sign = if name.is_empty() { "↩" } else { "↩\u{a0}" };
        element("a")
            .link("href", place)
            .with("role", "doc-backlink")
            .with("aria-label", spoken.trim_end())
            .child(format!("{sign}{name}"))
    }
}
