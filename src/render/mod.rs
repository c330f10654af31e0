//! [`Book`](crate::model::book::Book) → files. [`typst`] and [`html`] do not know each other: the [`PageMap`], which the
//! first one makes, is plain data for the second.

// A new kind of node does not compile until each format can show it.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod epub;
pub mod html;
pub mod markup;
mod page_map;
pub mod site;
pub mod typst;
pub mod web;

pub use page_map::{Page, PageMap, Position};

/// What of the number of an edition is in the identifier of a book: the first number. A corrected or revised edition is
/// the same book to an e-reader, which keeps bookmarks and notes in it; a new edition is another one beside it.
fn edition_of(number: &str) -> &str {
    number.split(['.', '-']).next().unwrap_or(number)
}

/// A file, its path with `/` between the names, and what is in it.
pub type File = (String, Vec<u8>);
