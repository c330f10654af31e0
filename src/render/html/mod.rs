//! [`Book`] → HTML: a tree of elements for each section. A link in it is an [`Anchor`] until [`Addresses`] says which
//! file each place is in.
//!
//! What is written from these trees chooses the files and the syntax. What an element is, in words of EPUB 3 Structural
//! Semantics, stands beside its role in an attribute of its own ([`KIND`]), which only XML shows.

mod addresses;
mod breaks;
mod charts;
mod emit;
pub mod fonts;
mod glance;
pub(super) mod isolates;
mod notes;
mod pages;
mod places;
mod rooms;
mod tables;

use crate::model::book::{Anchor, Book, Meta, Section};
use crate::render::{PageMap, markup};
use crate::source::Source;
use notes::Marks;
use pages::Pages;

pub use addresses::{Addresses, picture};
pub use rooms::stylesheet as columns;

/// An element whose links lead to places of the book.
pub type Element = markup::Element<Anchor>;

/// Such an element, or a text.
pub type Node = markup::Node<Anchor>;

/// The direction of a book whose lines do not begin at the left, as HTML names it.
#[must_use]
pub fn direction(meta: &Meta) -> Option<&'static str> {
    meta.is_right_to_left.then_some("rtl")
}

/// The attribute for what an element is, in words of EPUB 3 Structural Semantics.
pub const KIND: &str = "epub:type";

/// A book as HTML: what each of its sections looks things up in.
pub struct Html<'a> {
    book: &'a Book,
    pages: Pages<'a>,
    marks: Marks<'a>,
    /// The files that it was read from, if places in them are to be shown.
    sources: &'a [Source],
}

impl<'a> Html<'a> {
    /// With `pages`, every page of the printed book is marked.
    #[must_use]
    pub fn new(book: &'a Book, pages: Option<&'a PageMap>) -> Self {
        Self {
            book,
            pages: Pages::new(book, pages),
            marks: Marks::new(book),
            sources: &[],
        }
    }

    /// A section as a `section` element: its heading, its blocks and its footnotes.
    #[must_use]
    pub fn section(&self, section: &Section) -> Element {
        let html = self;
        breaks::settled(Emitter { html, section }.section())
    }

    /// The number of the printed page on which a place is.
    #[must_use]
    pub fn page_of(&self, place: &Anchor) -> Option<&'a str> {
        self.pages.of(place)
    }

    /// The number of each printed page and the place where it begins, in the order of the pages.
    #[must_use]
    pub fn page_marks(&self) -> Vec<(&'a str, Anchor)> {
        self.pages.marks()
    }
}

/// Makes the elements of one section.
#[derive(Clone, Copy)]
struct Emitter<'a> {
    html: &'a Html<'a>,
    section: &'a Section,
}
