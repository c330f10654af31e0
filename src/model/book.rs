//! What the reader gets: every text made, every number counted, every target resolved.
//!
//! A backend reads a [`Book`] from the first section to the last and only chooses syntax. The
//! single text it adds is page numbers, which exist only once pages do.

use super::{Date, ReferenceId, draft::Alignment, draft::Role};
use crate::source::Span;

/// A whole book, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// What catalogues and file properties say of it.
    pub meta: Meta,
    /// What stands on its cover.
    pub cover: Cover,
    /// The sections in reading order; nesting is told by [`Section::depth`].
    pub sections: Vec<Section>,
    /// A few pages each, printed apart from the book.
    pub handouts: Vec<Handout>,
    /// Words that the backends need for parts that are not text of the book: names of the
    /// navigation lists and of roles read out by screen readers.
    pub labels: Labels,
}

/// A few pages on one technique or one site, to be taken to a doctor. Only the PDF has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handout {
    /// Its file below the folder of handouts, without ending: `cryoablation`, `sites/liver`.
    pub path: String,
    /// What file properties say of it.
    pub meta: Meta,
    /// Its text. No link in it leads out of it into the book.
    pub section: Section,
    /// What follows the text and takes the whole width of the page: the references, in short.
    pub references: Vec<Block>,
    /// Where all of its references are listed at once.
    pub lookup: Option<QrLink>,
    /// Which book it is from, and what stands there.
    pub about: Text,
}

/// An address as a QR code, with the words below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrLink {
    /// The address.
    pub url: String,
    /// What is there.
    pub label: Text,
    /// What the code is, for those who do not see it.
    pub alt: String,
}

/// What catalogues and file properties say of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// Subtitle; may be empty.
    pub subtitle: String,
    /// File name of the outputs, without ending.
    pub slug: String,
    /// Language tag (BCP 47).
    pub language: String,
    /// Edition number.
    pub edition: String,
    /// Date of the edition.
    pub date: Date,
    /// SHA-256 of the content, where it was counted.
    pub digest: Option<String>,
    /// Who publishes it.
    pub publisher: String,
    /// The licence in words.
    pub rights: String,
    /// The printed edition whose pages the EPUB tells.
    pub printed: String,
    /// What the book is.
    pub description: String,
    /// Who made it.
    pub contributors: Vec<(String, Role)>,
    /// Subjects: the sites and techniques.
    pub subjects: Vec<String>,
}

/// The words on the cover of the book, and for those who do not see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// What the cover is called among the parts of the book.
    pub name: String,
    /// Title of the book.
    pub title: String,
    /// Subtitle; may be empty.
    pub subtitle: String,
    /// Who made it; may be empty.
    pub people: String,
    /// Who publishes it.
    pub publisher: String,
    /// Edition and date.
    pub edition: String,
    /// All of this in words, for those who do not see the cover.
    pub alt: String,
}

/// Words for what is not text of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// Name of the table of contents.
    pub contents: String,
    /// Title of the file with the table of contents.
    pub navigation: String,
    /// Name of the list of pages.
    pub pages: String,
    /// Name of the landmarks.
    pub landmarks: String,
    /// What an editorial bracket is.
    pub editorial: String,
    /// What an omission mark is.
    pub omission: String,
    /// The word before a page number.
    pub page: String,
    /// Stands in the title of a file that goes on with a section.
    pub continued: String,
    /// The name of a footnote's way back.
    pub back: String,
    /// Stands in a cell of a table that says nothing.
    pub none: String,
    /// What is said behind a comment that text follows.
    pub editorial_end: String,
    /// Stands for a page number where there are no pages.
    pub see: String,
    /// States of a box in a task list: open, ticked.
    pub boxes: (String, String),
    /// How the book can be read, for people who choose by that.
    pub accessibility: Accessibility,
}

/// Sentences on how the book can be read: each is told where it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessibility {
    /// Of each book.
    pub text: String,
    /// Pictures are told in words.
    pub pictures: String,
    /// Charts stand beside their amounts.
    pub charts: String,
    /// There are tables.
    pub tables: String,
    /// There are comments by the compiler.
    pub comments: String,
    /// The pages of the printed edition are marked.
    pub pages: String,
}

/// A place that can be linked to: unique in the book, made of ASCII letters, digits, `-` and `.`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub String);

/// A number for every text, unique in the book. The page map speaks in these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// A run of characters that a reader sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Its number.
    pub id: TextId,
    /// The characters.
    pub text: String,
    /// Where the author wrote it, if the author did.
    pub origin: Option<Span>,
}

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The title page.
    Title,
    /// Edition, people, licence, what the book is not.
    Imprint,
    /// What changed since the edition before.
    Changes,
    /// The table of contents.
    Contents,
    /// The first page of a part.
    Part,
    /// A free chapter.
    Chapter,
    /// A site's introduction.
    Site,
    /// A technique at a site.
    SiteTechnique,
    /// A technique's own chapter.
    Technique,
    /// An index.
    Index,
    /// The list of all references.
    References,
    /// The glossary.
    Glossary,
}

impl Kind {
    /// Whether the section stands before the body, where pages have roman numbers.
    #[must_use]
    pub fn is_front(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Imprint | Self::Changes | Self::Contents
        )
    }
}

/// A run of pages in print, a file in the EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its place; also the name of its file in the EPUB.
    pub anchor: Anchor,
    /// What it is.
    pub kind: Kind,
    /// Level in the outline, from 1.
    pub depth: u8,
    /// The heading.
    pub title: Text,
    /// The title as it stands alone, unique in the book: `Cryoablation – Liver`.
    pub full_title: String,
    /// The running heads: on the left, on the right.
    pub running: (String, String),
    /// The mark at the edge of its pages, if it has one.
    pub thumb: Option<ThumbTab>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The footnotes, in order of their first mark.
    pub footnotes: Vec<Footnote>,
}

/// A mark at the edge of pages, by which a site is found in the closed book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThumbTab {
    /// Which one it is, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// What it says.
    pub site: String,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// Its place.
    pub anchor: Anchor,
    /// The mark.
    pub mark: String,
    /// The text.
    pub blocks: Vec<Block>,
}

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

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Characters.
    Text(Text),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis; in findings it is the compiler's.
    Strong(Vec<Inline>),
    /// In another language than the book.
    Foreign {
        /// The language (BCP 47).
        language: String,
        /// The text.
        content: Vec<Inline>,
    },
    /// Struck out, as what no longer holds.
    Struck(Vec<Inline>),
    /// Code.
    Code(Text),
    /// A link within the book.
    Internal {
        /// Where it leads.
        target: Anchor,
        /// The text.
        content: Vec<Inline>,
    },
    /// A link to a page elsewhere.
    External {
        /// Its address.
        url: String,
        /// The text.
        content: Vec<Inline>,
    },
    /// A comment by the compiler.
    Bracket(Vec<Inline>),
    /// A citation mark.
    Citation {
        /// The reference's entry.
        target: Anchor,
        /// The mark: first author and year.
        mark: Text,
    },
    /// A word that the glossary explains, where a section first uses it.
    Term {
        /// The word in the glossary.
        target: Anchor,
        /// This place.
        anchor: Anchor,
        /// The word as it stands here.
        word: Text,
    },
    /// The pages of some places, in order, without repeats, in ranges where they follow each other.
    Pages(Vec<Locator>),
    /// A place that an index leads to; it belongs to the characters before it.
    IndexAnchor(Anchor),
    /// The mark of a footnote.
    Footnote {
        /// The footnote.
        target: Anchor,
        /// Its mark.
        mark: String,
        /// How many marks before this one in the section lead to the same footnote.
        repeat: usize,
    },
    /// Words were left out here.
    Omission(Text),
    /// A line break.
    Break,
}

/// A place or a text, met in reading order.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// Something that can be linked to begins here.
    Anchor(&'a Anchor),
    /// What stands before this ends here.
    End(&'a Anchor),
    /// A run of characters.
    Text(&'a Text),
}

impl Book {
    /// Every place and every text of the book, in reading order.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node<'_>> {
        self.sections.iter().flat_map(Section::nodes).collect()
    }
}

impl Section {
    /// Every place and every text of the section, in reading order.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node<'_>> {
        let mut nodes = vec![Node::Anchor(&self.anchor), Node::Text(&self.title)];
        walk_blocks(&self.blocks, &mut nodes);
        for footnote in &self.footnotes {
            nodes.push(Node::Anchor(&footnote.anchor));
            walk_blocks(&footnote.blocks, &mut nodes);
        }
        nodes
    }

    /// Every block of the section, those within others and in footnotes, too, in reading order.
    #[must_use]
    pub fn all_blocks(&self) -> Vec<&Block> {
        let mut all = Vec::new();
        collect(&self.blocks, &mut all);
        for footnote in &self.footnotes {
            collect(&footnote.blocks, &mut all);
        }
        all
    }
}

impl Block {
    /// The running texts of the block itself, not of blocks within it, in reading order.
    #[must_use]
    pub fn contents(&self) -> Vec<&[Inline]> {
        match self {
            Self::Heading { content, .. }
            | Self::Paragraph(content)
            | Self::Display(_, content) => {
                vec![content]
            }
            Self::Table(table) => {
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                cells.map(Vec::as_slice).collect()
            }
            Self::Chart(chart) => vec![&chart.caption],
            Self::Citations(entries) => entries
                .iter()
                .flat_map(|entry| entry.notices.iter().chain([&entry.identifiers]))
                .map(Vec::as_slice)
                .collect(),
            Self::References(listings) => listings
                .iter()
                .map(|listing| listing.content.as_slice())
                .collect(),
            Self::Index(lines) => lines.iter().map(|line| line.content.as_slice()).collect(),
            Self::Subjects(groups) => {
                let subjects = groups.iter().flatten();
                subjects.map(|subject| subject.content.as_slice()).collect()
            }
            Self::List { .. }
            | Self::Quote(_)
            | Self::Code(_)
            | Self::Figure { .. }
            | Self::Rule
            | Self::RangeEnd(_)
            | Self::Glossary(_) => Vec::new(),
        }
    }

    /// Every inline of the block itself, those within others, too, in reading order.
    #[must_use]
    pub fn inlines(&self) -> Vec<&Inline> {
        fn collect<'a>(inlines: &'a [Inline], all: &mut Vec<&'a Inline>) {
            for inline in inlines {
                all.push(inline);
                match inline {
                    Inline::Emphasis(content)
                    | Inline::Strong(content)
                    | Inline::Struck(content)
                    | Inline::Foreign { content, .. }
                    | Inline::Bracket(content)
                    | Inline::Internal { content, .. }
                    | Inline::External { content, .. } => collect(content, all),
                    Inline::Text(_)
                    | Inline::Code(_)
                    | Inline::Citation { .. }
                    | Inline::Term { .. }
                    | Inline::Pages(_)
                    | Inline::IndexAnchor(_)
                    | Inline::Footnote { .. }
                    | Inline::Omission(_)
                    | Inline::Break => {}
                }
            }
        }
        let mut all = Vec::new();
        let contents = self.contents().into_iter();
        contents.for_each(|content| collect(content, &mut all));
        all
    }
}

fn collect<'a>(blocks: &'a [Block], all: &mut Vec<&'a Block>) {
    for block in blocks {
        all.push(block);
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| collect(&item.blocks, all)),
            Block::Quote(blocks) => collect(blocks, all),
            Block::Citations(entries) => entries
                .iter()
                .for_each(|entry| collect(&entry.findings, all)),
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Display(..)
            | Block::Code(_)
            | Block::Table(_)
            | Block::Figure { .. }
            | Block::Chart(_)
            | Block::Rule
            | Block::RangeEnd(_)
            | Block::References(_)
            | Block::Index(_)
            | Block::Subjects(_)
            | Block::Glossary(_) => {}
        }
    }
}

fn walk_blocks<'a>(blocks: &'a [Block], nodes: &mut Vec<Node<'a>>) {
    for block in blocks {
        match block {
            Block::Heading {
                anchor, content, ..
            } => {
                nodes.push(Node::Anchor(anchor));
                walk_inlines(content, nodes);
            }
            Block::Paragraph(content) | Block::Display(_, content) => walk_inlines(content, nodes),
            Block::List { items, .. } => {
                for item in items {
                    walk_blocks(&item.blocks, nodes);
                }
            }
            Block::Quote(blocks) => walk_blocks(blocks, nodes),
            Block::Code(text) => nodes.push(Node::Text(text)),
            Block::Table(table) => {
                nodes.extend(table.caption.iter().map(Node::Text));
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| walk_inlines(cell, nodes));
            }
            Block::Figure { caption, .. } => nodes.extend(caption.iter().map(Node::Text)),
            Block::Chart(chart) => {
                walk_inlines(&chart.caption, nodes);
                let texts = chart.bars.iter().flat_map(|bar| [&bar.label, &bar.value]);
                nodes.extend(texts.map(Node::Text));
            }
            Block::Rule => {}
            Block::RangeEnd(anchor) => nodes.push(Node::End(anchor)),
            Block::Citations(entries) => entries.iter().for_each(|entry| walk_entry(entry, nodes)),
            Block::References(listings) => {
                for listing in listings {
                    nodes.push(Node::Anchor(&listing.anchor));
                    walk_inlines(&listing.content, nodes);
                }
            }
            Block::Index(lines) => lines
                .iter()
                .for_each(|line| walk_inlines(&line.content, nodes)),
            Block::Subjects(groups) => {
                for subject in groups.iter().flatten() {
                    nodes.push(Node::Anchor(&subject.anchor));
                    walk_inlines(&subject.content, nodes);
                }
            }
            Block::Glossary(definitions) => {
                for definition in definitions {
                    nodes.push(Node::Anchor(&definition.anchor));
                    nodes.extend([&definition.term, &definition.meaning].map(Node::Text));
                }
            }
        }
    }
}

fn walk_entry<'a>(entry: &'a Entry, nodes: &mut Vec<Node<'a>>) {
    nodes.push(Node::Anchor(&entry.anchor));
    nodes.push(Node::Text(&entry.population));
    nodes.extend(entry.details.iter().map(Node::Text));
    for notice in &entry.notices {
        walk_inlines(notice, nodes);
    }
    nodes.push(Node::Text(&entry.source));
    walk_inlines(&entry.title, nodes);
    nodes.push(Node::Text(&entry.authors));
    nodes.extend(entry.affiliation.iter().map(Node::Text));
    walk_blocks(&entry.findings, nodes);
    walk_inlines(&entry.identifiers, nodes);
}

fn walk_inlines<'a>(inlines: &'a [Inline], nodes: &mut Vec<Node<'a>>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Omission(text) => {
                nodes.push(Node::Text(text));
            }
            Inline::Citation { mark, .. } => nodes.push(Node::Text(mark)),
            Inline::Term { anchor, word, .. } => {
                nodes.extend([Node::Anchor(anchor), Node::Text(word)]);
            }
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Struck(content)
            | Inline::Foreign { content, .. }
            | Inline::Bracket(content)
            | Inline::Internal { content, .. }
            | Inline::External { content, .. } => walk_inlines(content, nodes),
            Inline::IndexAnchor(anchor) => nodes.push(Node::End(anchor)),
            Inline::Pages(_) | Inline::Footnote { .. } | Inline::Break => {}
        }
    }
}
