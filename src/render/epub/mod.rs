//! [`Book`] → EPUB 3.

mod accessibility;
mod document;
mod navigation;
mod pack;
mod package;
mod pictures;
mod split;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{Cursor, Read as _};

use epub_builder::{MetadataOpfV3, ReferenceType};
use quick_xml::escape::escape;
use rayon::prelude::*;
use zip::ZipArchive;

use super::html::{self, Addresses, Html};
use super::markup::{self, Element, element};
use super::{File, PageMap};
use crate::model::book::{Anchor, Book, Section};
use crate::styles;
use document::{Document, Xhtml};
use package::{Builder, Heading};

/// What the files of an EPUB show, which its navigation and its claims rest on.
struct Content<'a> {
    /// The pictures that the book shows, by path below the content folder.
    images: Vec<&'a str>,
    /// The pages that are marked, each with the place where it begins.
    pages: Vec<(&'a str, Anchor)>,
    /// Whether there is a cover.
    cover: bool,
    /// Whether a picture can move.
    moving: bool,
}

/// A property of the book, in its package. `epub-builder` takes the value as XML.
fn property(name: &str, value: &str) -> MetadataOpfV3 {
    MetadataOpfV3::new(name.to_owned(), escape(value).into_owned())
}

/// The root of a file that `epub-builder` wrote.
fn parsed(written: &[u8]) -> Result<Element, EpubError> {
    markup::parse(std::str::from_utf8(written).map_err(fault)?).map_err(fault)
}

/// An element that `epub-builder` writes in each book.
fn part<'a>(root: &'a mut Element, name: &str) -> Result<&'a mut Element, EpubError> {
    let missing = || fault(format!("no `{name}` in what `epub-builder` wrote"));
    root.find_mut(name).ok_or_else(missing)
}

/// A book that cannot be packed: a fault of the program, not of the content.
#[derive(Debug)]
pub struct EpubError(String);

impl Display for EpubError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot pack the EPUB: {}", self.0)
    }
}

impl std::error::Error for EpubError {}

/// Any error of the libraries below.
fn fault(error: impl Display) -> EpubError {
    EpubError(error.to_string())
}

/// A section as it is shown: where e-readers open the book, they pass over the title page, so what every reader must know
/// first is repeated.
fn opened(book: &Book, section: &Section, mut tree: html::Element) -> html::Element {
    let opens = navigation::opening(book).is_some_and(|it| it.anchor == section.anchor);
    if !opens {
        return tree;
    }
    let notice = element("p").with("class", "notice");
    let notice = notice.child(book.labels.web.disclaimer.as_str());
    let mut children = tree.take_children();
    let is_heading =
        |child: &html::Node| matches!(child, html::Node::Element(it) if it.name() == "h1");
    let text = children.iter().position(is_heading).map_or(0, |at| at + 1);
    let blocks = children.split_off(text);
    tree.children(children).child(notice).children(blocks)
}

/// The XHTML files of the sections, in reading order, and the places in them.
fn files<'a>(book: &'a Book, html: &Html<'_>) -> (Vec<Xhtml<'a>>, Addresses) {
    let sections = book.sections.par_iter();
    let documents: Vec<Document<'_>> = sections
        .flat_map_iter(|section| {
            let tree = opened(book, section, html.section(section));
            let tree = words::fitted(tree, &book.meta.language);
            split::split(section, tree, &book.labels.continued)
        })
        .collect();
    let names: Vec<String> = documents.iter().map(Document::name).collect();
    let trees = documents.iter().map(|document| &document.body);
    let addresses = Addresses::new(names.iter().map(String::as_str).zip(trees));
    let files = documents.into_par_iter();
    let files = files.map(|document| document.file(&book.meta, &addresses));
    (files.collect(), addresses)
}

/// The XHTML files of the sections of `book`, in reading order, as [`epub`] packs them.
#[must_use]
pub fn sections(book: &Book, pages: Option<&PageMap>) -> Vec<File> {
    let (files, _) = files(book, &Html::new(book, pages));
    let files = files.into_iter();
    files.map(|file| (file.name, file.bytes)).collect()
}

/// Packs `book`. With `pages`, every page of the printed book is marked and listed. `images` holds
/// the pictures by their path below the content folder; `cover` is that of the book, a PNG.
///
/// The same book gives the same bytes.
///
/// # Errors
///
/// A fault of the archive libraries.
pub fn epub(
    book: &Book,
    pages: Option<&PageMap>,
    images: &BTreeMap<String, Vec<u8>>,
    cover: Option<&[u8]>,
) -> Result<Vec<u8>, EpubError> {
    let html = Html::new(book, pages);
    let (files, addresses) = files(book, &html);
    let picture = |path: &str| images.get(path).map(Vec::as_slice).unwrap_or_default();
    let shown = book.pictures();
    let mut pages = html.page_marks();
    pages.retain(|(_, place)| addresses.get(place).is_some());
    let content = Content {
        moving: shown.iter().any(|path| pictures::moves(picture(path))),
        images: shown,
        pages,
        cover: cover.is_some(),
    };
    let cover_page = document::cover(book);
    let mut builder = Builder::new(book, accessibility::claims(book, &content))?;
    let style = |name| {
        styles::toward(
            book.meta.is_right_to_left,
            styles::get(name).unwrap_or_default(),
        )
    };
    let [spoken, in_columns] = document::MODERN;
    let (main, spoken_style) = (style("epub.css"), style(spoken));
    let columns = html::columns();
    let columns = styles::toward(book.meta.is_right_to_left, &columns);
    builder.stylesheet(main.as_bytes())?;
    builder.resource(spoken, spoken_style.as_bytes(), "text/css")?;
    builder.resource(in_columns, columns.as_bytes(), "text/css")?;
    let of_fonts = html::fonts::stylesheet(&book.meta.fonts);
    let fonts: Vec<File> = html::fonts::files(&book.meta.fonts).collect();
    if let Some(style) = &of_fonts {
        builder.resource(document::FONTS, style.as_bytes(), "text/css")?;
    }
    for (name, bytes) in &fonts {
        builder.resource(name, bytes, html::fonts::media_type(name))?;
    }
    if let Some(picture) = cover {
        let heading = Heading {
            title: &book.cover.name,
            depth: 1,
            landmark: Some(ReferenceType::Cover),
        };
        builder.titled(document::COVER, &cover_page, &heading)?;
        builder.cover(document::COVER_PICTURE, picture)?;
    }
    for file in &files {
        match file.begins {
            Some(section) => {
                let heading = Heading {
                    title: &section.title.text,
                    depth: section.depth,
                    landmark: navigation::landmark(book, section),
                };
                builder.titled(&file.name, &file.bytes, &heading)?;
            }
            None => builder.continued(&file.name, &file.bytes)?,
        }
    }
    for path in &content.images {
        let media_type = pictures::media_type(path);
        builder.resource(&html::picture(path), picture(path), media_type)?;
    }
    let mut entries = builder.finish()?;
    let draws = |name: &str| files.iter().any(|file| file.draws && file.name == name);
    for (name, bytes) in &mut entries {
        let amended = match name.as_str() {
            package::PACKAGE => package::amended(bytes, &book.meta, &draws)?,
            navigation::NAV => navigation::nav(bytes, book, &content, &addresses)?,
            navigation::NCX => navigation::ncx(bytes, book, &content, &addresses)?,
            _ => continue,
        };
        *bytes = Cow::Owned(amended);
    }
    pack::pack(&entries)
}

/// The picture of the cover of an EPUB that [`epub`] made; `None` if it has none.
#[must_use]
pub fn cover(epub: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(epub)).ok()?;
    let path = format!("OEBPS/{}", document::COVER_PICTURE);
    let mut picture = archive.by_name(&path).ok()?;
    let mut bytes = Vec::new();
    picture.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
