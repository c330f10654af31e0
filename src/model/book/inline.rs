//! Running text.

use super::{Anchor, Locator, Text};

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
        /// The word in the form that it has here.
        word: Text,
    },
    /// The sign of a population: how near it is to the reader's disease.
    Mark {
        /// The sign.
        sign: Text,
        /// What it stands for, for those who do not see it.
        label: String,
    },
    /// The pages of some places, in order, without repeats, in ranges where they follow each other.
    Pages(Vec<Locator>),
    /// On paper alone, the page that a link leads to, behind its words.
    PrintedPage {
        /// The place.
        target: Anchor,
        /// The word before the number.
        label: String,
    },
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

impl Inline {
    /// The inlines that it holds.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Struck(content)
            | Self::Foreign { content, .. }
            | Self::Bracket(content)
            | Self::Internal { content, .. }
            | Self::External { content, .. } => content,
            Self::Text(_)
            | Self::Code(_)
            | Self::Citation { .. }
            | Self::Term { .. }
            | Self::Mark { .. }
            | Self::Pages(_)
            | Self::PrintedPage { .. }
            | Self::IndexAnchor(_)
            | Self::Footnote { .. }
            | Self::Omission(_)
            | Self::Break => &[],
        }
    }

    /// The inlines that it holds, to be changed.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Struck(content)
            | Self::Foreign { content, .. }
            | Self::Bracket(content)
            | Self::Internal { content, .. }
            | Self::External { content, .. } => Some(content),
            Self::Text(_)
            | Self::Code(_)
            | Self::Citation { .. }
            | Self::Term { .. }
            | Self::Mark { .. }
            | Self::Pages(_)
            | Self::PrintedPage { .. }
            | Self::IndexAnchor(_)
            | Self::Footnote { .. }
            | Self::Omission(_)
            | Self::Break => None,
        }
    }

    /// Its own text, without that of its children.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Text(text)
            | Self::Code(text)
            | Self::Omission(text)
            | Self::Citation { mark: text, .. }
            | Self::Term { word: text, .. }
            | Self::Mark { sign: text, .. } => Some(text),
            Self::Emphasis(_)
            | Self::Strong(_)
            | Self::Struck(_)
            | Self::Foreign { .. }
            | Self::Bracket(_)
            | Self::Internal { .. }
            | Self::External { .. }
            | Self::Pages(_)
            | Self::PrintedPage { .. }
            | Self::IndexAnchor(_)
            | Self::Footnote { .. }
            | Self::Break => None,
        }
    }

    /// Its own text, to be changed.
    pub fn text_mut(&mut self) -> Option<&mut Text> {
        match self {
            Self::Text(text)
            | Self::Code(text)
            | Self::Omission(text)
            | Self::Citation { mark: text, .. }
            | Self::Term { word: text, .. }
            | Self::Mark { sign: text, .. } => Some(text),
            Self::Emphasis(_)
            | Self::Strong(_)
            | Self::Struck(_)
            | Self::Foreign { .. }
            | Self::Bracket(_)
            | Self::Internal { .. }
            | Self::External { .. }
            | Self::Pages(_)
            | Self::PrintedPage { .. }
            | Self::IndexAnchor(_)
            | Self::Footnote { .. }
            | Self::Break => None,
        }
    }
}
