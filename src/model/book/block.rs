//! Blocks of text: what an author writes, and the lists and indexes that the program makes.

use super::{Anchor, Glance, Inline, Node, Text, plain_text};
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
    /// Terms and what they mean.
    DefinitionList(Vec<Definition>),
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
    /// What is known of each technique at a site, at a glance.
    Glance(Box<Glance>),
    /// Amounts as bars.
    Chart(Box<Chart>),
    /// A change of subject.
    Rule,
    /// An invisible anchor: the end of an index range.
    RangeEnd(Anchor),
    /// Articles in full, with what they found.
    Articles(Vec<Entry>),
    /// References in short, each on a line or two.
    References(Vec<ShortEntry>),
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

/// A term of a definition list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// What is explained.
    pub term: Vec<Inline>,
    /// What it means, in one or several explanations.
    pub meanings: Vec<Vec<Block>>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: Option<Vec<Inline>>,
    /// Alignment of each column.
    pub columns: Vec<Alignment>,
    /// The header row.
    pub header: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Whether it is of the program's making: signs and numbers, a row for each name.
    pub is_of_signs: bool,
}

impl Table {
    /// Whether the first cell of a row names the row: there are others, and it has words.
    #[must_use]
    pub fn names(&self, first: &[Inline]) -> bool {
        self.columns.len() > 1 && !plain_text(first).trim().is_empty()
    }
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

/// An article in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place.
    pub anchor: Anchor,
    /// Which reference.
    pub reference: ReferenceId,
    /// The key by which texts cite it: `Rose 1989`.
    pub key: Text,
    /// Rank of its population: 0 is nearest to the reader's disease.
    pub rank: usize,
    /// Label of its population.
    pub population: Text,
    /// Kind of study and number of patients, where they are known.
    pub details: Option<Text>,
    /// Later notices by its journal, a line each.
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
    /// Where the book cites it, if it does.
    pub cited: Option<Cited>,
}

/// Where the book cites an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// What comes before the places.
    pub label: Text,
    /// The places, in reading order.
    pub places: Vec<Locator>,
}

/// A reference in a citation list: what it is, in short, and where it is told in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortEntry {
    /// Its place.
    pub anchor: Anchor,
    /// Which reference.
    pub reference: ReferenceId,
    /// Rank of its population: 0 is nearest to the reader's disease.
    pub rank: usize,
    /// The whole line, which begins with the key.
    pub content: Vec<Inline>,
    /// The page of the article, if that is in the same book.
    pub page: Option<PageReference>,
}

impl ShortEntry {
    /// How many letters an identifier has at most that is on one line with the page.
    const SHORT: usize = 24;

    /// The line in two parts: the page is on one line with the second, which is a short identifier, if there is one.
    #[must_use]
    pub fn parts(&self) -> (&[Inline], &[Inline]) {
        let last = self.content.last();
        let last = last.filter(|it| matches!(it, Inline::External { .. }));
        let letters = last.map(|it| plain_text(std::slice::from_ref(it)).chars().count());
        let is_short = letters.is_some_and(|letters| letters <= Self::SHORT);
        let ending = usize::from(is_short && self.page.is_some());
        self.content.split_at(self.content.len() - ending)
    }
}

/// The page of a place, named where there are pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageReference {
    /// What comes before the number.
    pub label: Text,
    /// The place.
    pub target: Anchor,
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

/// What a page number in an index refers to: a place, or a range from one place to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    /// Where it begins.
    pub from: Anchor,
    /// Where it ends, if not there.
    pub to: Option<Anchor>,
}

impl Locator {
    /// Whether its pages are about nothing else.
    #[must_use]
    pub fn is_main(&self) -> bool {
        self.to.is_some()
    }

    /// The runs of locators that are main, and that are not, each with whether they are.
    pub fn runs(locators: &[Self]) -> impl Iterator<Item = (bool, &[Self])> {
        let runs = locators.chunk_by(|one, next| one.is_main() == next.is_main());
        runs.map(|run| (run.iter().any(Self::is_main), run))
    }
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
    /// Above a column of print that begins with it: which heading a subheading is below.
    pub under: Option<String>,
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

/// What a block holds.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A place or a text of the block itself.
    Node(Node<'a>),
    /// Running text.
    Inlines(&'a [Inline]),
    /// Other blocks.
    Blocks(&'a [Block]),
}

/// What a block holds, to be changed.
#[derive(Debug)]
pub enum PartMut<'a> {
    /// A text of the block itself.
    Text(&'a mut Text),
    /// Running text.
    Inlines(&'a mut Vec<Inline>),
    /// Other blocks.
    Blocks(&'a mut Vec<Block>),
}

impl Block {
    /// What the block holds, in reading order.
    #[must_use]
    pub fn children(&self) -> Vec<Part<'_>> {
        let anchor = |anchor| Part::Node(Node::Anchor(anchor));
        let text = |text| Part::Node(Node::Text(text));
        match self {
            Self::Heading {
                anchor: place,
                content,
                ..
            } => vec![anchor(place), Part::Inlines(content)],
            Self::Paragraph(content) | Self::Display(_, content) => vec![Part::Inlines(content)],
            Self::List { items, .. } => (items.iter())
                .map(|item| Part::Blocks(&item.blocks))
                .collect(),
            Self::DefinitionList(definitions) => (definitions.iter())
                .flat_map(|Definition { term, meanings }| {
                    let meanings = meanings.iter().map(|blocks| Part::Blocks(blocks));
                    std::iter::once(Part::Inlines(term)).chain(meanings)
                })
                .collect(),
            Self::Quote(blocks) => vec![Part::Blocks(blocks)],
            Self::Code(code) => vec![text(code)],
            Self::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                let texts = table.caption.iter().chain(cells);
                texts.map(|text| Part::Inlines(text)).collect()
            }
            Self::Figure { caption, .. } => caption.iter().map(text).collect(),
            Self::Glance(glance) => glance.children(),
            Self::Chart(chart) => {
                let bars = chart.bars.iter().flat_map(|bar| [&bar.label, &bar.value]);
                let caption = std::iter::once(Part::Inlines(&chart.caption));
                caption.chain(bars.map(text)).collect()
            }
            Self::Rule => Vec::new(),
            Self::RangeEnd(place) => vec![Part::Node(Node::End(place))],
            Self::Articles(entries) => entries.iter().flat_map(Entry::children).collect(),
            Self::References(entries) => entries.iter().flat_map(ShortEntry::children).collect(),
            Self::Index(lines) => (lines.iter())
                .map(|line| Part::Inlines(&line.content))
                .collect(),
            Self::Subjects(groups) => (groups.iter().flatten())
                .flat_map(|subject| [anchor(&subject.anchor), Part::Inlines(&subject.content)])
                .collect(),
            Self::Glossary(words) => (words.iter())
                .flat_map(|word| [anchor(&word.anchor), text(&word.term), text(&word.meaning)])
                .collect(),
        }
    }

    /// What the block holds, to be changed, in reading order. Its place is no part of this.
    pub fn children_mut(&mut self) -> Vec<PartMut<'_>> {
        match self {
            Self::Heading { content, .. }
            | Self::Paragraph(content)
            | Self::Display(_, content) => vec![PartMut::Inlines(content)],
            Self::List { items, .. } => (items.iter_mut())
                .map(|item| PartMut::Blocks(&mut item.blocks))
                .collect(),
            Self::DefinitionList(definitions) => (definitions.iter_mut())
                .flat_map(|Definition { term, meanings }| {
                    let meanings = meanings.iter_mut().map(PartMut::Blocks);
                    std::iter::once(PartMut::Inlines(term)).chain(meanings)
                })
                .collect(),
            Self::Quote(blocks) => vec![PartMut::Blocks(blocks)],
            Self::Code(code) => vec![PartMut::Text(code)],
            Self::Table(table) => {
                let rows = std::iter::once(&mut table.header).chain(&mut table.rows);
                let texts = table.caption.iter_mut().chain(rows.flatten());
                texts.map(PartMut::Inlines).collect()
            }
            Self::Figure { caption, .. } => caption.iter_mut().map(PartMut::Text).collect(),
            Self::Glance(glance) => glance.children_mut(),
            Self::Chart(chart) => {
                let bars = chart.bars.iter_mut();
                let bars = bars.flat_map(|bar| [&mut bar.label, &mut bar.value]);
                let caption = std::iter::once(PartMut::Inlines(&mut chart.caption));
                caption.chain(bars.map(PartMut::Text)).collect()
            }
            Self::Rule | Self::RangeEnd(_) => Vec::new(),
            Self::Articles(entries) => entries.iter_mut().flat_map(Entry::children_mut).collect(),
            Self::References(entries) => (entries.iter_mut())
                .flat_map(ShortEntry::children_mut)
                .collect(),
            Self::Index(lines) => (lines.iter_mut())
                .map(|line| PartMut::Inlines(&mut line.content))
                .collect(),
            Self::Subjects(groups) => (groups.iter_mut().flatten())
                .map(|subject| PartMut::Inlines(&mut subject.content))
                .collect(),
            Self::Glossary(words) => (words.iter_mut())
                .flat_map(|word| [&mut word.term, &mut word.meaning].map(PartMut::Text))
                .collect(),
        }
    }
}

impl Entry {
    fn children(&self) -> Vec<Part<'_>> {
        let text = |text| Part::Node(Node::Text(text));
        let mut parts = vec![
            Part::Node(Node::Anchor(&self.anchor)),
            text(&self.key),
            text(&self.population),
        ];
        parts.extend(self.details.iter().map(text));
        parts.extend(self.notices.iter().map(|notice| Part::Inlines(notice)));
        parts.extend([
            text(&self.source),
            Part::Inlines(&self.title),
            text(&self.authors),
        ]);
        parts.extend(self.affiliation.iter().map(text));
        parts.extend([
            Part::Blocks(&self.findings),
            Part::Inlines(&self.identifiers),
        ]);
        parts.extend(self.cited.iter().map(|cited| text(&cited.label)));
        parts
    }

    fn children_mut(&mut self) -> Vec<PartMut<'_>> {
        let own = [&mut self.key, &mut self.population];
        let mut parts: Vec<PartMut<'_>> = own.map(PartMut::Text).into_iter().collect();
        parts.extend(self.details.iter_mut().map(PartMut::Text));
        parts.extend(self.notices.iter_mut().map(PartMut::Inlines));
        parts.extend([
            PartMut::Text(&mut self.source),
            PartMut::Inlines(&mut self.title),
            PartMut::Text(&mut self.authors),
        ]);
        parts.extend(self.affiliation.iter_mut().map(PartMut::Text));
        parts.extend([
            PartMut::Blocks(&mut self.findings),
            PartMut::Inlines(&mut self.identifiers),
        ]);
        let cited = self.cited.iter_mut();
        parts.extend(cited.map(|cited| PartMut::Text(&mut cited.label)));
        parts
    }
}

impl ShortEntry {
    fn children(&self) -> Vec<Part<'_>> {
        let page = self.page.iter().map(|page| Node::Text(&page.label));
        let anchor = Part::Node(Node::Anchor(&self.anchor));
        let parts = [anchor, Part::Inlines(&self.content)].into_iter();
        parts.chain(page.map(Part::Node)).collect()
    }

    fn children_mut(&mut self) -> Vec<PartMut<'_>> {
        let page = self.page.iter_mut();
        let page = page.map(|page| PartMut::Text(&mut page.label));
        std::iter::once(PartMut::Inlines(&mut self.content))
            .chain(page)
            .collect()
    }
}
