//! Sections of a book that run on, or a handout, as a source of their own, laid out as if it were alone.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use typst::introspection::Location;
use typst::syntax::{DiagSpan, Source};
use typst::utils::hash128;
use typst_layout::{Page, PagedDocument};

use super::emit::{self, Breaks, Emitted, Known, Lines};
use super::report;
use super::sequence::{Matter, Sequence};
use super::standing::{Key, Standing};
use super::typeset::{Note, Typeset};
use super::world::{self, BookWorld, Looks};
use crate::diagnostic::Diagnostic;
use crate::model::Variant;
use crate::model::book::{Anchor, Block, Handout, Inline, Kind, Node, Section, plain_text};
use crate::source::Span;

/// What is set as if it were alone.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'a> {
    /// Sections of the book that run on.
    Sections(Sequence<'a>),
    /// A handout.
    Handout(&'a Handout),
}

impl<'a> Piece<'a> {
    /// When it can be written: at once, or once the pages of these are numbered.
    pub(super) fn stage(self) -> Stage {
        match self {
            Self::Sections(Sequence { sections, .. })
                if sections.iter().any(has_numbers_in_text) =>
            {
                Stage::Indexes
            }
            Self::Sections(_) | Self::Handout(_) => Stage::First,
        }
    }

    /// Above which part of its height its last page must not end, with the margin above its lines: what people print, and the
    /// chapter of a technique, behind which a page begins, have a quarter of a page there.
    fn least_end(self) -> Option<f64> {
        match self {
            Self::Handout(_) => Some(0.075 + 0.25 * 0.85),
            Self::Sections(Sequence { sections, .. }) => {
                let last = sections.last()?;
                (last.kind == Kind::Technique).then_some(0.1 + 0.25 * 0.85)
            }
        }
    }

    fn matter(self) -> Matter {
        match self {
            Self::Sections(sequence) => sequence.matter,
            Self::Handout(_) => Matter::Opening,
        }
    }

    /// What its source is called: no other piece of any book has this name.
    fn name(self) -> String {
        match self {
            Self::Sections(Sequence { sections, .. }) => {
                let first = sections.first().map_or("", |section| &section.anchor.0);
                format!("/sections/{first}.typ")
            }
            Self::Handout(handout) => format!("/handouts/{}.typ", handout.topic),
        }
    }

    /// The paths of its pictures.
    fn pictures(self) -> impl Iterator<Item = &'a str> {
        self.blocks().into_iter().filter_map(|block| {
            let Block::Figure { path, .. } = block else {
                return None;
            };
            Some(path.as_str())
        })
    }

    /// Every block of it.
    fn blocks(self) -> Vec<&'a Block> {
        match self {
            Self::Sections(Sequence { sections, .. }) => {
                sections.iter().flat_map(Section::all_blocks).collect()
            }
            Self::Handout(handout) => handout.section.all_blocks(),
        }
    }

    /// The words of its headings, by their places: in a bookmark, no mark of a note or link can stand.
    pub(super) fn headings(self) -> impl Iterator<Item = (&'a str, String)> {
        self.blocks().into_iter().filter_map(|block| {
            let Block::Heading {
                anchor, content, ..
            } = block
            else {
                return None;
            };
            Some((&*anchor.0, plain_text(content)))
        })
    }

    /// Its texts and places, in reading order.
    fn nodes(self) -> Vec<Node<'a>> {
        match self {
            Self::Sections(Sequence { sections, .. }) => {
                sections.iter().flat_map(Section::nodes).collect()
            }
            Self::Handout(handout) => handout.nodes(),
        }
    }
}

/// When a piece is written and laid out: once the pages of the stages before are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Where the numbers of pages decide about no line, or hardly about one.
    First,
    /// All others, which lead to any of them.
    Indexes,
}

impl Stage {
    /// All in their order.
    pub(super) const ALL: [Self; 2] = [Self::First, Self::Indexes];
}

/// A piece as Typst source.
#[derive(Debug)]
pub(super) struct Written {
    name: String,
    pub(super) emitted: Emitted,
    parsed: OnceLock<Source>,
}

impl Written {
    /// How long it takes to lay out, next to others.
    pub(super) fn weight(&self) -> usize {
        self.emitted.source.len()
    }

    /// Writes the source of `piece`.
    pub(super) fn new(piece: Piece<'_>, known: Known<'_>) -> Arc<Self> {
        let emitted = match piece {
            Piece::Sections(sequence) => emit::sections(sequence, known),
            Piece::Handout(handout) => emit::sheet(handout, known),
        };
        Arc::new(Self {
            name: piece.name(),
            emitted,
            parsed: OnceLock::new(),
        })
    }

    /// The source, parsed once it is needed.
    fn source(&self) -> &Source {
        let parse = || world::source(&self.name, self.emitted.source.clone());
        self.parsed.get_or_init(parse)
    }
}

/// What all pieces have in common where they are laid out.
#[derive(Clone, Copy)]
pub(super) struct Press<'a> {
    pub(super) settings: &'a Source,
    pub(super) looks: &'a Looks,
    pub(super) images: &'a BTreeMap<String, Vec<u8>>,
    pub(super) variant: Variant,
    pub(super) standing: Option<&'a Standing>,
}

/// What Typst remembers serves a source again while it is being laid out, hardly any later one. So it forgets what the last
/// so many sources did not use: more than there are processors that lay out others meanwhile. Otherwise what it remembers
/// of a book fills three times the memory of all else.
const RECENT: usize = 16;

/// How many sources have been laid out: what is to be forgotten is looked for only at some of them.
static LAID_OUT: AtomicUsize = AtomicUsize::new(0);

impl Press<'_> {
    /// A digest of all that the pages of a piece depend on, beside the program itself.
    fn key(self, piece: Piece<'_>, written: &Written) -> Key {
        let pictures = piece.pictures().map(|path| self.images.get(path));
        let pictures: Vec<Option<&Vec<u8>>> = pictures.collect();
        let source = (&written.name, &written.emitted.source);
        hash128(&(
            source,
            self.settings.text(),
            self.looks.key,
            self.variant as usize,
            pictures,
        ))
    }

    fn set(self, piece: Piece<'_>, written: &Written) -> Result<Typeset, Vec<Diagnostic>> {
        let source = written.source();
        let world = BookWorld::new(
            source.clone(),
            Some(self.settings.clone()),
            self.looks,
            self.images,
            self.variant,
        );
        let compiled = typst::compile::<PagedDocument>(&world);
        if LAID_OUT
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(RECENT / 4)
        {
            typst::comemo::evict(4);
        }
        let report =
            |problems: &[_]| report(problems, |span| origin(source, &written.emitted, span));
        let document = compiled.output.map_err(|errors| report(&errors))?;
        // Typst warns of what it leaves out: nothing vanishes silently.
        if !compiled.warnings.is_empty() {
            return Err(report(&compiled.warnings));
        }
        let is_text = |span: typst::syntax::Span| {
            let range = world::range(source, span.into());
            let text = range.and_then(|range| written.emitted.at(range.start));
            text.is_some_and(|text| text.flow.is_running())
        };
        let nodes = piece.nodes().into_iter();
        let marks = written.emitted.marks.iter().map(Node::Anchor);
        let nodes: Vec<Node<'_>> = nodes.chain(marks).collect();
        Ok(Typeset::new(&nodes, source, &document, is_text))
    }
}

/// A piece in pages, with the texts that they show.
#[derive(Debug, Clone)]
pub(super) struct Laid {
    /// Above which part of its height the last page must not end.
    least_end: Option<f64>,
    pub(super) matter: Matter,
    pub(super) written: Arc<Written>,
    pub(super) typeset: Arc<Typeset>,
}

impl Laid {
    /// Lays out a piece, unless it is standing. Where something that is kept on one page is higher than a page, the piece is
    /// set once more, so that such may break; and where a note is on another page than its mark, with all notes of that text
    /// at its end. Where its last page was begun for a few lines, closer ones are tried.
    pub(super) fn new(
        press: Press<'_>,
        piece: Piece<'_>,
        written: &Arc<Written>,
        known: Known<'_>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut laid = Self::once(press, piece, written)?;
        let mut breaks = Breaks::default();
        let mut strays = Vec::new();
        loop {
            if let (true, Some(wider)) = (laid.typeset.is_overfull, breaks.wider()) {
                breaks = wider;
            } else {
                let found = laid.strays(&strays);
                if found.is_empty() {
                    break;
                }
                strays.extend(found);
            }
            let known = Known {
                breaks,
                strays: &strays,
                ..known
            };
            laid = Self::once(press, piece, &Written::new(piece, known))?;
        }
        if !laid.ends_early() {
            return Ok(laid);
        }
        for lines in [Lines::Closer, Lines::Closest] {
            let known = Known {
                breaks,
                strays: &strays,
                lines,
                ..known
            };
            let tight = Self::once(press, piece, &Written::new(piece, known))?;
            let is_shorter = tight.typeset.pages.len() < laid.typeset.pages.len();
            if is_shorter && tight.strays(&strays).is_empty() {
                return Ok(tight);
            }
        }
        Ok(laid)
    }

    /// The notes on other pages than their marks. If there are some even where those `before` are at the ends of their texts,
    /// all notes: each that moves may let others stray.
    fn strays(&self, before: &[Anchor]) -> Vec<Anchor> {
        let notes = &self.typeset.notes;
        if !notes.iter().any(|note| note.is_stray) {
            return Vec::new();
        }
        let is_to_move = |note: &&Note| note.is_stray || !before.is_empty();
        let anchors = notes.iter().filter(is_to_move).map(|note| &note.anchor);
        let is_new = |anchor: &&Anchor| !before.contains(anchor);
        anchors.filter(is_new).cloned().collect()
    }

    /// Whether a page was begun for a few lines alone.
    fn ends_early(&self) -> bool {
        let typeset = &self.typeset;
        let is_early = |least: f64| typeset.pages.len() > 1 && typeset.end < least;
        self.least_end.is_some_and(is_early)
    }

    fn once(
        press: Press<'_>,
        piece: Piece<'_>,
        written: &Arc<Written>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let set = || press.set(piece, written);
        let typeset = match press.standing {
            Some(standing) => standing.get_or_make(press.key(piece, written), set)?,
            None => Arc::new(set()?),
        };
        Ok(Self {
            least_end: piece.least_end(),
            matter: piece.matter(),
            written: written.clone(),
            typeset,
        })
    }

    /// Its pages, which it has no longer: they are copied where they are standing.
    pub(super) fn take_pages(&mut self) -> Vec<Page> {
        match Arc::get_mut(&mut self.typeset) {
            Some(typeset) => std::mem::take(&mut typeset.pages),
            None => self.typeset.pages.clone(),
        }
    }

    /// The bytes of its source that a span covers, if it is in this piece.
    pub(super) fn range(&self, span: typst::syntax::Span) -> Option<Range<usize>> {
        self.typeset.range(span)
    }

    /// Where the author wrote what a span covers, if that is in this piece.
    pub(super) fn origin(&self, span: DiagSpan) -> Option<Span> {
        origin(&self.typeset.source, &self.written.emitted, span)
    }

    /// Its places, each with the page of the section on which it is, from 0.
    pub(super) fn places(&self) -> impl Iterator<Item = (&Anchor, usize, Location)> {
        let places = self.typeset.places.iter();
        places.map(|(anchor, page, location)| (anchor, *page, *location))
    }
}

fn origin(source: &Source, emitted: &Emitted, span: DiagSpan) -> Option<Span> {
    emitted.origin(world::range(source, span)?.start)
}

/// Whether a section has numbers of pages in its running text, where their width decides where lines end. A number at the
/// end of a line or alone in a cell has room of its own, and where an article is cited, what follows moves up.
fn has_numbers_in_text(section: &Section) -> bool {
    let is_number = |inline: &Inline| matches!(inline, Inline::Pages(_));
    // The sign of a population may stand before it.
    let is_alone = |cell: &Vec<Inline>| match cell.as_slice() {
        [Inline::Pages(pages)] | [Inline::Mark { .. }, Inline::Text(_), Inline::Pages(pages)] => {
            pages.len() == 1
        }
        _ => false,
    };
    section.all_blocks().into_iter().any(|block| {
        if let Block::Table(table) = block {
            let mut cells = table.rows.iter().flatten().filter(|cell| !is_alone(cell));
            return cells.any(|cell| cell.iter().any(is_number));
        }
        if let Block::Index(lines) = block {
            let alone = usize::from(section.kind != Kind::Index);
            return lines.iter().any(|line| line.targets.len() > alone);
        }
        if let Block::Glossary(terms) = block {
            return terms.iter().any(|term| !term.uses.is_empty());
        }
        block.inlines().into_iter().any(is_number)
    })
}
