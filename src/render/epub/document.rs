//! XHTML files: what stands around a section, the navigation and the cover.

use crate::model::book::{Book, Meta, Section};
use crate::render::html::{self, Addresses, Element, KIND};
use crate::render::markup::{self, element};

/// The file that shows the cover.
pub(super) const COVER: &str = "cover.xhtml";

/// The picture on it.
pub(super) const COVER_PICTURE: &str = "cover.png";

/// The styles that not every reader knows.
pub(super) const MODERN: [&str; 2] = ["spoken.css", "columns.css"];

/// The styles for the fonts that a book brings.
pub(super) const FONTS: &str = "fonts.css";

/// An XHTML file whose links have no addresses yet.
pub(super) struct Document<'a> {
    /// The name of the file, without ending.
    pub stem: String,
    /// The section that begins in it; a file can go on with the one before.
    pub begins: Option<&'a Section>,
    /// The title of the file.
    pub title: String,
    /// The one element in its body.
    pub body: Element,
}

/// An XHTML file, and what the package says about it.
pub(super) struct Xhtml<'a> {
    /// The section that begins in it.
    pub begins: Option<&'a Section>,
    /// Its name.
    pub name: String,
    /// Whether it has a drawing.
    pub draws: bool,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl<'a> Document<'a> {
    /// The name of the file.
    pub(super) fn name(&self) -> String {
        format!("{}.xhtml", self.stem)
    }

    /// The file, with addresses in the place of anchors.
    pub(super) fn file(self, meta: &Meta, addresses: &Addresses) -> Xhtml<'a> {
        Xhtml {
            name: self.name(),
            draws: self.body.holds("svg"),
            bytes: xhtml(meta, &self.title, addresses.link(self.body)),
            begins: self.begins,
        }
    }
}

/// The file that shows the cover.
pub(super) fn cover(book: &Book) -> Vec<u8> {
    let picture = element("img")
        .with("src", COVER_PICTURE)
        .with("role", "doc-cover")
        .with("alt", book.cover.alt.as_str());
    let body = element("section")
        .with(KIND, "cover")
        .with("class", "cover")
        .child(picture);
    xhtml(&book.meta, &book.cover.name, body)
}

/// An XHTML file around `body`.
pub(super) fn xhtml(meta: &Meta, title: &str, body: markup::Element) -> Vec<u8> {
    let style = |href: &str| {
        element("link")
            .with("rel", "stylesheet")
            .with("type", "text/css")
            .with("href", href)
    };
    let head = element("head")
        .child(element("title").child(title))
        .child(style("stylesheet.css"))
        .children(MODERN.map(style))
        .children((!meta.fonts.is_empty()).then(|| style(FONTS)));
    let root = element("html")
        .with("xmlns", "http://www.w3.org/1999/xhtml")
        .with("xmlns:epub", "http://www.idpf.org/2007/ops")
        .with("lang", meta.language.as_str())
        .with("xml:lang", meta.language.as_str())
        .with_some("dir", html::direction(meta))
        .child(head)
        .child(element("body").child(body));
    markup::xml(&root, Some("html"))
}
