//! The text of a file: blocks and what they hold.

use crate::model::ReferenceId;
use crate::source::Spanned;

/// Text with its footnotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The blocks in order.
    pub blocks: Vec<Spanned<Block>>,
    /// Footnotes in the order of their definitions.
    pub footnotes: Vec<Footnote>,
}

/// A footnote's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// The name between `[^` and `]`.
    pub name: Spanned<String>,
    /// Its text.
    pub blocks: Vec<Spanned<Block>>,
}

/// A block of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `## Heading {#id index="subject"}`.
    Heading {
        /// 1 to 6, as typed.
        level: u8,
        /// The identifier given with `{#id}`.
        id: Option<String>,
        /// What the subject index lists all that is below the heading for.
        subjects: Vec<Spanned<Subject>>,
        /// The text.
        content: Vec<Spanned<Inline>>,
    },
    /// A paragraph.
    Paragraph(Vec<Spanned<Inline>>),
    /// A list.
    List {
        /// Number of the first item, for a numbered list.
        start: Option<u64>,
        /// The items.
        items: Vec<Item>,
    },
    /// Terms, each in a line of its own, with `: what it means` below it.
    DefinitionList(Vec<Definition>),
    /// `> quoted`.
    Quote(Vec<Spanned<Block>>),
    /// Code, fenced or indented.
    Code(String),
    /// A table.
    Table {
        /// What it shows: `Table: …` before or after it, or `: …` after it.
        caption: Option<Vec<Spanned<Inline>>>,
        /// Alignment of each column.
        columns: Vec<Alignment>,
        /// The header row.
        header: Vec<Vec<Spanned<Inline>>>,
        /// The other rows.
        rows: Vec<Vec<Vec<Spanned<Inline>>>>,
    },
    /// Amounts as bars.
    Chart(Box<Chart>),
    /// An image in a paragraph of its own.
    Image {
        /// The path as typed.
        path: String,
        /// The alternative text.
        alt: String,
        /// The title, which becomes the caption.
        caption: Option<String>,
    },
    /// `***`.
    Rule,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// For `- [ ]` and `- [x]`: whether it is ticked.
    pub task: Option<bool>,
    /// The text.
    pub blocks: Vec<Spanned<Block>>,
}

/// A term of a definition list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Definition {
    /// What is explained.
    pub term: Vec<Spanned<Inline>>,
    /// What it means, in one or several explanations.
    pub meanings: Vec<Vec<Spanned<Block>>>,
}

/// The alignment of a column's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// At the start of the line.
    Start,
    /// In the middle.
    Center,
    /// At the end of the line.
    End,
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Characters.
    Text(String),
    /// `*emphasis*`.
    Emphasis(Vec<Spanned<Inline>>),
    /// `**strong**`.
    Strong(Vec<Spanned<Inline>>),
    /// `` `code` ``.
    Code(String),
    /// `[text](target)`.
    Link {
        /// The target as typed.
        target: String,
        /// The text.
        content: Vec<Spanned<Inline>>,
    },
    /// `[a comment by the compiler]`.
    Bracket(Vec<Spanned<Inline>>),
    /// `[see @a, p. 4; @b]`.
    Citation(Vec<Cited>),
    /// `[^name]`.
    Footnote(String),
    /// `{index="subject"}`, behind a word.
    Index(Vec<Spanned<Subject>>),
    /// `...` or `…`: words left out.
    Omission,
    /// A line break that the author asked for.
    Break,
}

/// A reference in a citation, with the words around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// What is before it: `see`.
    pub prefix: Option<Spanned<String>>,
    /// Its name.
    pub id: Spanned<ReferenceId>,
    /// The place in it: `p. 4`.
    pub locator: Option<Spanned<String>>,
    /// What is behind it, with its comma if it has one: `, but not all`.
    pub suffix: Option<Spanned<String>>,
}

impl Cited {
    /// A reference alone.
    #[must_use]
    pub fn alone(id: Spanned<ReferenceId>) -> Self {
        Self {
            prefix: None,
            id,
            locator: None,
            suffix: None,
        }
    }

    /// The words around it.
    pub fn words(&self) -> impl Iterator<Item = &Spanned<String>> {
        let Self {
            prefix,
            id: _,
            locator,
            suffix,
        } = self;
        [prefix, locator, suffix].into_iter().flatten()
    }
}

/// What a block holds.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// The words of a heading or a term: no sentence.
    Name(&'a [Spanned<Inline>]),
    /// Running text.
    Text(&'a [Spanned<Inline>]),
    /// The words of a cell of a table.
    Cell(&'a [Spanned<Inline>]),
    /// Other blocks.
    Blocks(&'a [Spanned<Block>]),
}

impl<'a> Part<'a> {
    /// The inlines of the part itself.
    #[must_use]
    pub fn inlines(self) -> &'a [Spanned<Inline>] {
        match self {
            Self::Name(content) | Self::Text(content) | Self::Cell(content) => content,
            Self::Blocks(_) => &[],
        }
    }

    /// The blocks of the part.
    #[must_use]
    pub fn blocks(self) -> &'a [Spanned<Block>] {
        match self {
            Self::Blocks(blocks) => blocks,
            Self::Name(_) | Self::Text(_) | Self::Cell(_) => &[],
        }
    }
}

impl Block {
    /// What the block holds, in reading order.
    #[must_use]
    pub fn children(&self) -> Vec<Part<'_>> {
        match self {
            Self::Heading { content, .. } => vec![Part::Name(content)],
            Self::Paragraph(content) => vec![Part::Text(content)],
            Self::List { items, .. } => {
                let items = items.iter();
                items.map(|item| Part::Blocks(&item.blocks)).collect()
            }
            Self::DefinitionList(definitions) => (definitions.iter())
                .flat_map(|Definition { term, meanings }| {
                    let meanings = meanings.iter().map(|blocks| Part::Blocks(blocks));
                    std::iter::once(Part::Name(term)).chain(meanings)
                })
                .collect(),
            Self::Quote(blocks) => vec![Part::Blocks(blocks)],
            Self::Table {
                caption,
                header,
                rows,
                columns: _,
            } => {
                let cells = caption.iter().chain(header).chain(rows.iter().flatten());
                cells.map(|cell| Part::Cell(cell)).collect()
            }
            Self::Code(_) | Self::Chart(_) | Self::Image { .. } | Self::Rule => Vec::new(),
        }
    }
}

impl Inline {
    /// The inlines that it holds.
    #[must_use]
    pub fn children(&self) -> &[Spanned<Self>] {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Link { content, .. }
            | Self::Bracket(content) => content,
            Self::Text(_)
            | Self::Code(_)
            | Self::Citation(_)
            | Self::Footnote(_)
            | Self::Index(_)
            | Self::Omission
            | Self::Break => &[],
        }
    }

    /// Its own characters, without those of its children: those of a text, and the signs for an omission and a break.
    #[must_use]
    pub fn characters(&self) -> &str {
        match self {
            Self::Text(text) | Self::Code(text) => text,
            Self::Omission => "…",
            Self::Break => " ",
            Self::Emphasis(_)
            | Self::Strong(_)
            | Self::Link { .. }
            | Self::Bracket(_)
            | Self::Citation(_)
            | Self::Footnote(_)
            | Self::Index(_) => "",
        }
    }
}

/// What the subject index lists: `heading` or `heading: subheading`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The heading.
    pub heading: String,
    /// What of it.
    pub subheading: Option<String>,
}

/// A code block `chart`: amounts, to be shown as bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What the bars are.
    pub title: Spanned<String>,
    /// What the amounts count: `%`, `people`.
    pub unit: Spanned<String>,
    /// Where they come from.
    pub reference: Option<Spanned<ReferenceId>>,
    /// What the bars show, for those who do not see them.
    pub alt: Spanned<String>,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

impl Chart {
    /// Whether the amounts are parts of a hundred.
    #[must_use]
    pub fn is_share(&self) -> bool {
        self.unit.value.starts_with('%')
    }
}

/// A `[[bar]]` of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub label: Spanned<String>,
    /// How much, if that could be read.
    pub value: Option<Spanned<Amount>>,
}

/// An amount of 0 or more, in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub u64);

impl Amount {
    /// A hundred.
    pub const HUNDRED: Self = Self(100_000);

    /// The amount nearest to `value`, if that is between 0 and `largest`.
    #[must_use]
    pub fn new(value: f64, largest: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the bounds that are asked for"
        )]
        let amount = |value: f64| Self((value * 1000.0).round() as u64);
        (0.0..=largest).contains(&value).then(|| amount(value))
    }

    /// Whether it has no fraction.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_multiple_of(1000)
    }

    /// How many thousandths of `whole` it is; 0 of nothing.
    #[must_use]
    pub fn thousandths_of(self, whole: Self) -> u64 {
        self.0
            .saturating_mul(1000)
            .checked_div(whole.0)
            .unwrap_or(0)
    }
}

impl std::fmt::Display for Amount {
    /// As a decimal, without zeros at its end.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{}.{:03}", self.0 / 1000, self.0 % 1000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}
