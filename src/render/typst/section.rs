//! A section of a book, or a handout, as a source of its own, laid out as if it were alone.

use std::collections::BTreeMap;

use typst::foundations::Label;
use typst::introspection::{Introspector, Location};
use typst::syntax::{DiagSpan, Source};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::emit::{self, Emitted, Known, Matter};
use super::frames;
use super::numbers::PageNumbers;
use super::report;
use super::world::{self, BookWorld};
use crate::diagnostic::Diagnostic;
use crate::model::Variant;
use crate::model::book::{Anchor, Block, Handout, Inline, Node, Section};
use crate::source::Span;

/// What is set as if it were alone.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'a> {
    /// A section of the book.
    Section(&'a Section, Matter),
    /// A handout.
    Handout(&'a Handout),
}

impl<'a> Piece<'a> {
    /// Whether it can only be written once the pages of other sections are numbered.
    pub(super) fn needs_numbers(self) -> bool {
        match self {
            Self::Section(section, _) => has_numbers_in_text(section),
            Self::Handout(_) => false,
        }
    }

    fn matter(self) -> Matter {
        match self {
            Self::Section(_, matter) => matter,
            Self::Handout(_) => Matter::Opening,
        }
    }

    /// Its places, in reading order.
    fn anchors(self) -> impl Iterator<Item = &'a Anchor> {
        let nodes = match self {
            Self::Section(section, _) => section.nodes(),
            Self::Handout(handout) => handout.nodes(),
        };
        nodes.into_iter().filter_map(|node| match node {
            Node::Anchor(anchor) | Node::End(anchor) => Some(anchor),
            Node::Text(_) => None,
        })
    }
}

/// A piece as Typst source, parsed.
#[derive(Debug, Clone)]
pub(super) struct Written {
    emitted: Emitted,
    source: Source,
}

impl Written {
    /// Writes the source of the `index`-th piece.
    pub(super) fn new(index: usize, piece: Piece<'_>, known: Known<'_>) -> Self {
        let emitted = match piece {
            Piece::Section(section, matter) => emit::section(section, matter, known),
            Piece::Handout(handout) => emit::sheet(handout, known),
        };
        let source = world::section(index, emitted.source.clone());
        Self { emitted, source }
    }
}

/// What all pieces have in common where they are laid out.
#[derive(Clone, Copy)]
pub(super) struct Press<'a> {
    pub(super) settings: &'a Source,
    pub(super) images: &'a BTreeMap<String, Vec<u8>>,
    pub(super) variant: Variant,
}

/// A piece in pages.
pub(super) struct Laid<'a> {
    piece: Piece<'a>,
    pub(super) matter: Matter,
    pub(super) emitted: Emitted,
    pub(super) world: BookWorld<'a>,
    pub(super) document: PagedDocument,
}

impl<'a> Laid<'a> {
    /// Lays out the `index`-th piece. Where a table or a chart is higher than a page, it is set once more, so that such
    /// may break.
    pub(super) fn new(
        press: Press<'a>,
        (index, piece): (usize, Piece<'a>),
        written: &Written,
        numbers: Option<&PageNumbers<'_>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let laid = Self::once(press, piece, written)?;
        let pages = laid.document.pages();
        if !pages.iter().any(|page| frames::is_overfull(&page.frame)) {
            return Ok(laid);
        }
        let known = Known {
            numbers,
            breakable: true,
        };
        Self::once(press, piece, &Written::new(index, piece, known))
    }

    fn once(
        press: Press<'a>,
        piece: Piece<'a>,
        written: &Written,
    ) -> Result<Self, Vec<Diagnostic>> {
        let Written { emitted, source } = written.clone();
        let world = BookWorld::new(
            source,
            Some(press.settings.clone()),
            press.images,
            press.variant,
        );
        let document: PagedDocument = typst::compile(&world)
            .output
            .map_err(|errors| report(&errors, |span| origin(&world, &emitted, span)))?;
        Ok(Self {
            piece,
            matter: piece.matter(),
            emitted,
            world,
            document,
        })
    }

    /// Where the author wrote what a span covers, if that is in this piece.
    pub(super) fn origin(&self, span: DiagSpan) -> Option<Span> {
        origin(&self.world, &self.emitted, span)
    }

    /// Its places, each with the page of the section on which it is, from 0.
    pub(super) fn places(&self) -> impl Iterator<Item = (&'a Anchor, usize, Location)> {
        let introspector = self.document.introspector();
        self.piece.anchors().filter_map(|anchor| {
            let label = Label::new(PicoStr::intern(&anchor.0))?;
            let location = introspector.query_label(label).ok()?.location()?;
            let page = Introspector::page(introspector.as_ref(), location)?;
            Some((anchor, page.get() - 1, location))
        })
    }
}

fn origin(world: &BookWorld<'_>, emitted: &Emitted, span: DiagSpan) -> Option<Span> {
    emitted.origin(world.range_in_section(span)?.start)
}

/// Whether a section has numbers of pages in its running text, where their width decides where lines end. A number at the
/// end of a line or alone in a cell has room of its own.
fn has_numbers_in_text(section: &Section) -> bool {
    let is_number = |inline: &Inline| matches!(inline, Inline::Pages(_));
    let is_alone =
        |cell: &Vec<Inline>| matches!(&**cell, [Inline::Pages(pages)] if pages.len() == 1);
    section.all_blocks().into_iter().any(|block| {
        if let Block::Table(table) = block {
            let mut cells = table.rows.iter().flatten().filter(|cell| !is_alone(cell));
            return cells.any(|cell| cell.iter().any(is_number));
        }
        if let Block::Index(lines) = block {
            return lines.iter().any(|line| line.targets.len() > 1);
        }
        if let Block::Glossary(terms) = block {
            return terms.iter().any(|term| !term.uses.is_empty());
        }
        block.inlines().into_iter().any(is_number)
    })
}
