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
