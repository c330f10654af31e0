//! The ways back: from a reference to each place that cites it, and from a footnote to each of its marks.

use std::collections::BTreeMap;

use super::{Element, Emitter, Node};
use crate::model::book::{Anchor, Book, Entry, Inline, Section, TextId};
use crate::render::markup::element;

/// Where an article is cited.
struct Citation<'a> {
    section: &'a Section,
    mark: TextId,
}

/// The marks that lead to articles and footnotes.
#[derive(Default)]
pub(super) struct Marks<'a> {
    /// By the place of the article, in reading order.
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
    /// Links from an article to each place that cites it: an arrow and the section for the first in each section, a
    /// number for the others.
    pub(super) fn citations_of(&self, article: &Entry) -> Option<Element> {
        let citations = self.html.marks.citations.get(&article.anchor)?;
        let mut links: Vec<Node> = Vec::new();
        for same in citations.chunk_by(|a, b| a.section.anchor == b.section.anchor) {
            for (number, Citation { section, mark }) in (1..).zip(same) {
                let title = &section.full_title;
                let place = citation(&section.anchor, *mark);
                let link = if number == 1 {
                    self.back(place, title)
                } else {
                    let spoken = format!("{title} {number}");
                    self.link_back(place, &spoken, &number.to_string())
                };
                links.push(" ".into());
                links.push(link.into());
            }
        }
        let label = article
            .cited
            .iter()
            .flat_map(|cited| self.text(&cited.label));
        Some(
            element("p")
                .with("class", "cited")
                .children(label)
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
        let sign = if name.is_empty() { "↩" } else { "↩\u{a0}" };
        self.link_back(place, name, &format!("{sign}{name}"))
    }

    /// A link back to a place in the text: its name as it is spoken, and as it is seen.
    fn link_back(&self, place: Anchor, spoken: &str, seen: &str) -> Element {
        let spoken = format!("{} {spoken}", self.html.book.labels.back);
        element("a")
            .link("href", place)
            .with("role", "doc-backlink")
            .with("aria-label", spoken.trim_end())
            .child(seen)
    }
}
