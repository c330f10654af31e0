//! What the package says of how the book can be read (EPUB Accessibility 1.1): each claim only where the book
//! bears it out.
//!
//! It does not claim to conform to WCAG: several of its criteria can be judged by people alone, and the program does not
//! know whether anybody did.

use epub_builder::MetadataOpfV3;

use super::{Content, property};
use crate::model::book::{Block, Book, Inline, Kind, Section};

/// What is true of a book.
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that do not depend on each other"
)]
struct Facts {
    /// It shows something that is not text.
    pictures: bool,
    /// All of that is told in words, too.
    alternatives: bool,
    /// It has charts; each is a table of its amounts, with bars.
    charts: bool,
    /// It has tables.
    tables: bool,
    /// It has comments by the compiler.
    comments: bool,
    /// It has an index.
    index: bool,
}

impl Facts {
    fn of(book: &Book, content: &Content<'_>) -> Self {
        let blocks: Vec<&Block> = book.sections.iter().flat_map(Section::all_blocks).collect();
        let has = |what: fn(&Block) -> bool| blocks.iter().any(|block| what(block));
        let mut alternatives = blocks.iter().filter_map(|block| alternative(block));
        let cover = !content.cover || !book.cover.alt.trim().is_empty();
        let charts = has(|block| matches!(block, Block::Chart(_)));
        Self {
            pictures: content.cover || charts || !content.images.is_empty(),
            alternatives: cover && alternatives.all(|alt| !alt.trim().is_empty()),
            charts,
            tables: charts || has(|block| matches!(block, Block::Table(_) | Block::Glance(_))),
            comments: has(comments),
            index: book.sections.iter().any(|it| it.kind == Kind::Index),
        }
    }
}

/// The words for a block that is no text. The bars of a chart show no more than the amounts beside them.
fn alternative(block: &Block) -> Option<&str> {
    if let Block::Figure { alt, .. } = block {
        Some(alt)
    } else {
        None
    }
}

/// Whether a block has a comment by the compiler.
fn comments(block: &Block) -> bool {
    let inlines = block.inlines();
    inlines
        .iter()
        .any(|inline| matches!(inline, Inline::Bracket(_)))
}

/// The claims.
pub(super) fn claims(book: &Book, content: &Content<'_>) -> Vec<MetadataOpfV3> {
    let facts = Facts::of(book, content);
    let mut claims = vec![property("schema:accessMode", "textual")];
    if facts.pictures {
        claims.push(property("schema:accessMode", "visual"));
        claims.push(property("schema:accessModeSufficient", "textual,visual"));
    }
    if facts.alternatives {
        claims.push(property("schema:accessModeSufficient", "textual"));
    }
    let features = features(&facts, content).into_iter();
    claims.extend(features.map(|feature| property("schema:accessibilityFeature", feature)));
    let hazards = hazards(content).iter();
    claims.extend(hazards.map(|hazard| property("schema:accessibilityHazard", hazard)));
    let summary = summary(book, &facts, content);
    claims.push(property("schema:accessibilitySummary", &summary));
    if !content.pages.is_empty() {
        claims.push(property("pageBreakSource", &book.meta.printed));
    }
    claims
}

/// Values of schema.org's `accessibilityFeature`.
fn features(facts: &Facts, content: &Content<'_>) -> Vec<&'static str> {
    // What holds for each book that this program makes.
    let mut features = vec![
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "ARIA",
        "displayTransformability",
    ];
    if facts.pictures && facts.alternatives {
        features.push("alternativeText");
    }
    if facts.index {
        features.push("index");
    }
    if !content.pages.is_empty() {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    features
}

/// Values of schema.org's `accessibilityHazard`. Nothing sounds in a book; of a picture that moves, it is not known how.
fn hazards(content: &Content<'_>) -> &'static [&'static str] {
    match content.moving {
        false => &["none"],
        true => &[
            "noSoundHazard",
            "unknownFlashingHazard",
            "unknownMotionSimulationHazard",
        ],
    }
}

/// The same for people, in sentences.
fn summary(book: &Book, facts: &Facts, content: &Content<'_>) -> String {
    let labels = &book.labels.accessibility;
    let sentences = [
        (true, &labels.text),
        (facts.pictures && facts.alternatives, &labels.pictures),
        (facts.charts, &labels.charts),
        (facts.tables, &labels.tables),
        (facts.comments, &labels.comments),
        (!content.pages.is_empty(), &labels.pages),
    ];
    let said = sentences.into_iter().filter(|(holds, _)| *holds);
    said.map(|(_, sentence)| sentence.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
