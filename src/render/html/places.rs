//! Where the author wrote what is shown: the file and the lines of each block, for those who write the book. No published
//! page has them.

use super::{Element, Emitter, Html};
use crate::model::ReferenceId;
use crate::model::book::{Block, Inline, Node, Part};
use crate::model::content::ContentFile;
use crate::source::{Source, SourceId, Span};

impl<'a> Html<'a> {
    /// With the place of each block in these files.
    #[must_use]
    pub fn with_places(self, sources: &'a [Source]) -> Self {
        Self { sources, ..self }
    }
}

impl Emitter<'_> {
    /// The element with its place, if places are to be shown and this one is known: `data-file="chapters/pain.md"
    /// data-lines="12-14"`.
    pub(super) fn placed(self, element: Element, origin: Option<Span>) -> Element {
        let sources = self.html.sources;
        let found = origin.and_then(|span| Some((sources.get(span.source.0 as usize)?, span)));
        let Some((source, span)) = found else {
            return element;
        };
        let line = |offset: u32| source.location(offset as usize).line;
        let lines = format!("{}-{}", line(span.start), line(span.end));
        element
            .with("data-file", source.path.as_str())
            .with("data-lines", lines)
    }

    /// The file of a reference.
    pub(super) fn file_of(self, reference: &ReferenceId) -> Option<Span> {
        let path = ContentFile::Reference(reference.clone()).path();
        let sources = self.html.sources;
        let at = sources.iter().position(|source| source.path == path)?;
        let source = SourceId(u32::try_from(at).ok()?);
        Some(Span::new(source, 0..0))
    }
}

/// Where the author wrote the words of a block itself, without those of blocks within it.
pub(super) fn of_block(block: &Block) -> Option<Span> {
    match block {
        Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::Display(..)
        | Block::Code(_)
        | Block::Table(_)
        | Block::Chart(_) => {}
        Block::Figure { origin, .. } => return Some(*origin),
        // Their parts have places of their own.
        Block::List { .. }
        | Block::DefinitionList(_)
        | Block::Quote(_)
        | Block::Glance(_)
        | Block::Articles(_)
        | Block::References(_)
        | Block::Index(_)
        | Block::Subjects(_)
        | Block::Glossary(_)
        | Block::Rule
        | Block::RangeEnd(_) => return None,
    }
    let parts = block.children().into_iter();
    let origins = parts.filter_map(|part| match part {
        Part::Node(Node::Text(text)) => text.origin,
        Part::Inlines(content) => of_inlines(content),
        Part::Node(Node::Anchor(_) | Node::End(_)) | Part::Blocks(_) => None,
    });
    origins.reduce(both)
}

/// The same of the only block of an item, which has no element of its own.
pub(super) fn of_flow(blocks: &[Block]) -> Option<Span> {
    match blocks {
        [only] => of_block(only),
        _ => None,
    }
}

/// Where the author wrote running text.
pub(super) fn of_inlines(inlines: &[Inline]) -> Option<Span> {
    let own = |inline: &Inline| {
        let own = inline.text().and_then(|text| text.origin);
        own.into_iter()
            .chain(of_inlines(inline.children()))
            .reduce(both)
    };
    inlines.iter().filter_map(own).reduce(both)
}

/// From the first of two places to the end of the last, if they are in one file.
pub(super) fn both(first: Span, second: Span) -> Span {
    match first.source == second.source {
        true => Span {
            source: first.source,
            start: first.start.min(second.start),
            end: first.end.max(second.end),
        },
        false => first,
    }
}
