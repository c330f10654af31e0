//! [`Book`](crate::model::book::Book) → files. The two backends do not know each other; what the
//! one tells the other is the [`PageMap`].

pub mod epub;
pub mod markup;
mod page_map;
pub mod site;
pub mod typst;

pub use page_map::{Page, PageMap, Position};

/// A file, its path with `/` between the names, and what is in it.
pub type File = (String, Vec<u8>);
