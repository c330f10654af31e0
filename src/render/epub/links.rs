//! The ways back: from a reference to each place that cites it, and from a footnote to each of its marks.

use std::collections::BTreeMap;

use super::emit::{Emitter, file};
use crate::model::book::{Anchor, Book, Inline, Section, TextId};
use crate::render::markup::{Element, Node, element};

/// Where a reference is cited.
struct Citation<'a> {
    section: &'a Section,
    mark: TextId,
}

/// The places that lead to references and footnotes.
#[derive(Default)]
pub(super) struct Links<'a> {
    /// By the place of the reference, in reading order.
    citations: BTreeMap<&'a Anchor, Vec<Citation<'a>>>,
    /// How many marks each footnote has.
    marks: BTreeMap<&'a Anchor, usize>,
}

/// The name of the place of a citation, by the text of its mark.
pub(super) fn citation_id(mark: TextId) -> String {
    format!("cite-{}", mark.0)
}

/// The name of the place of a footnote's mark.
pub(super) fn note_mark(footnote: &Anchor, repeat: usize) -> String {
    format!("{}.{repeat}", footnote.0)
}

impl<'a> Links<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let mut links = Self::default();
        for section in &book.sections {
            let blocks = section.all_blocks();
            for inline in blocks.into_iter().flat_map(|block| block.inlines()) {
                match inline {
                    Inline::Citation { target, mark } => {
                        let mark = mark.id;
                        let citations = links.citations.entry(target).or_default();
                        citations.push(Citation { section, mark });
                    }
                    Inline::Footnote { target, .. } => *links.marks.entry(target).or_default() += 1,
                    Inline::Text(_)
                    | Inline::Emphasis(_)
                    | Inline::Strong(_)
                    | Inline::Struck(_)
                    | Inline::Foreign { .. }
                    | Inline::Code(_)
                    | Inline::Internal { .. }
                    | Inline::External { .. }
                    | Inline::Bracket(_)
                    | Inline::Term { .. }
                    | Inline::Pages(_)
                    | Inline::IndexAnchor(_)
                    | Inline::Omission(_)
                    | Inline::Break => {}
                }
            }
        }
        links
    }
}

impl Emitter<'_> {
    /// Links from a reference to each place that cites it: an arrow, the section if it is another one, and a number
    /// where the section cites it more than once.
    pub(super) fn citations_of(&self, reference: &Anchor) -> Option<Element> {
        let citations = self.links.citations.get(reference)?;
        let here = file(reference);
        let mut links: Vec<Node> = Vec::new();
        for same in citations.chunk_by(|a, b| a.section.anchor == b.section.anchor) {
            for (number, citation) in (1..).zip(same) {
                let section = citation.section;
                let title = match file(&section.anchor) == here {
                    true => None,
                    false => Some(section.full_title.clone()),
                };
                let number = (same.len() > 1 || title.is_none()).then(|| number.to_string());
                let name: Vec<String> = title.into_iter().chain(number).collect();
                let address = format!("{}#{}", file(&section.anchor), citation_id(citation.mark));
                links.push(" ".into());
                links.push(self.back(address, &name.join("\u{a0}")).into());
            }
        }
        Some(
            element("p")
                .with("class", "cited")
                .children(links.into_iter().skip(1)),
        )
    }

    /// Links from a footnote to each of its marks.
    pub(super) fn marks_of(&self, footnote: &Anchor) -> Element {
        let marks = self.links.marks.get(footnote).copied().unwrap_or(1);
        let link = |repeat: usize| {
            let name = match marks {
                ..=1 => String::new(),
                2.. => (repeat + 1).to_string(),
            };
            let address = format!("{}#{}", file(footnote), note_mark(footnote, repeat));
            [self.back(address, &name).into(), Node::from(" ")]
        };
        let links = (0..marks).flat_map(link).take(marks * 2 - 1);
        element("p").with("class", "cited").children(links)
    }

    /// A link back to the text, to a place with a name.
    fn back(&self, address: String, name: &str) -> Element {
        let spoken = format!("{} {name}", self.book.labels.back);
        let sign = if name.is_empty() { "↩" } else { "↩\u{a0}" };
        element("a")
            .with("href", address)
            .with("role", "doc-backlink")
            .with("aria-label", spoken.trim_end())
            .child(format!("{sign}{name}"))
    }
}
