//! [`Book`](crate::model::book::Book) → files. The two backends do not know each other; what the
//! one tells the other is the [`PageMap`].

pub mod epub;
mod page_map;
pub mod pdf;
pub mod xhtml;

pub use page_map::{Page, PageMap, Position};
