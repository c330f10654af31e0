//! Blocks of text: what an author writes, and the lists and indexes that the program makes.

use super::{Anchor, Inline, Text};
use crate::model::ReferenceId;
use crate::model::draft::Alignment;
use crate::source::Span;

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading below the section's own.
    Heading {
        /// Its place.
        anchor: Anchor,
        /// Level within the section: 2 to 6, where the section's title is 1.
        level: u8,
        /// The text.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A short text set off from the others, such as the subtitle or the disclaimer.
    Display(Display, Vec<Inline>),
    /// A list.
    List {
        /// Number of the first item, for a numbered list.
        start: Option<u64>,
        /// The items.
        items: Vec<Item>,
    },
    /// Quoted text.
    Quote(Vec<Block>),
    /// Code.
    Code(Text),
    /// A table.
    Table(Table),
    /// A picture.
    Figure {
        /// Path below the content folder.
        path: String,
        /// Alternative text.
        alt: String,
        /// Caption.
        caption: Option<Text>,
        /// Where the author placed it.
        origin: Span,
    },
    /// Amounts as bars.
    Chart(Chart),
    /// A change of subject.
    Rule,
    /// The place where what stands before it ends: nothing that is seen.
    RangeEnd(Anchor),
    /// References with their findings.
    Citations(Vec<Entry>),
    /// References on a line each.
    References(Vec<BibliographyLine>),
    /// Lines of contents or of an index.
    Index(Vec<IndexEntry>),
    /// The subject index, in groups of the same letter.
    Subjects(Vec<Vec<Subject>>),
    /// Words and what they mean.
    Glossary(Vec<GlossaryEntry>),
}

/// Kinds of set-off text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// The title of the book on its title page.
    Title,
    /// What follows the title.
    Subtitle,
    /// Edition and date.
    Edition,
    /// What every reader must know first.
    Notice,
    /// An aid to finding more, such as a search.
    Search,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// For a task: whether it is ticked.
    pub task: Option<bool>,
    /// The text.
    pub blocks: Vec<Block>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows; tables that an author typed have none.
    pub caption: Option<Text>,
    /// Alignment of each column.
    pub columns: Vec<Alignment>,
    /// The header row.
    pub header: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Whether the first cell of each row is a header, too.
    pub row_headers: bool,
}

/// A chart of bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What it shows, and where that comes from.
    pub caption: Vec<Inline>,
    /// What the bars show, in words.
    pub alt: String,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub label: Text,
    /// Its length, in thousandths of the longest that there could be.
    pub length: u64,
    /// How much, with its unit.
    pub value: Text,
}

/// A reference in a citation list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place.
    pub anchor: Anchor,
    /// Which reference.
    pub reference: ReferenceId,
    /// Rank of its population: 0 is nearest to the reader's disease.
    pub rank: usize,
    /// Label of its population.
    pub population: Text,
    /// Kind of study and number of patients, where they are known.
    pub details: Option<Text>,
    /// What its journal has said of it since, a line each.
    pub notices: Vec<Vec<Inline>>,
    /// Journal, date, volume and pages.
    pub source: Text,
    /// Title of the article.
    pub title: Vec<Inline>,
    /// The authors.
    pub authors: Text,
    /// Where the authors work, if known.
    pub affiliation: Option<Text>,
    /// What it found.
    pub findings: Vec<Block>,
    /// PMID, DOI or page, as links.
    pub identifiers: Vec<Inline>,
}

/// A reference on one line of the list of all references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BibliographyLine {
    /// Its place.
    pub anchor: Anchor,
    /// Which reference.
    pub reference: ReferenceId,
    /// The whole line.
    pub content: Vec<Inline>,
}

/// A line of contents or of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexEntry {
    /// Indentation, from 1.
    pub depth: u8,
    /// The words.
    pub content: Vec<Inline>,
    /// Where they lead.
    pub targets: Vec<Locator>,
}

/// What a page number in an index stands for: a place, or all from one place to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    /// Where it begins.
    pub from: Anchor,
    /// Where it ends, if not there.
    pub to: Option<Anchor>,
}

impl From<Anchor> for Locator {
    fn from(from: Anchor) -> Self {
        Self { from, to: None }
    }
}

/// A heading or a subheading of the subject index, with its pages and what else to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its place.
    pub anchor: Anchor,
    /// 1 for a heading, 2 for a subheading.
    pub depth: u8,
    /// The whole line.
    pub content: Vec<Inline>,
}

/// A word of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryEntry {
    /// Its place.
    pub anchor: Anchor,
    /// The word.
    pub term: Text,
    /// What it means.
    pub meaning: Text,
    /// Where it is used first in each section.
    pub uses: Vec<Locator>,
}
