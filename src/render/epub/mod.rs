//! [`Book`] → EPUB 3.

mod accessibility;
mod document;
mod navigation;
mod package;
mod split;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{Cursor, Write as _};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::html::{self, Addresses, Html};
use super::markup::{self, Element, element};
use super::{File, PageMap};
use crate::model::book::{Anchor, Book};
use crate::styles;
use document::{Document, Xhtml};

/// What the files of an EPUB show and hold, which its package, its navigation and its claims rest on.
struct Content<'a> {
    /// The files of the sections.
    files: &'a [Xhtml],
    /// The pictures that the book shows, by path below the content folder.
    images: Vec<&'a str>,
    /// The pages that are marked, each with the place where it begins.
    pages: Vec<(&'a str, Anchor)>,
    /// Whether there is a cover.
    cover: bool,
    /// Whether a picture can move.
    moving: bool,
}

/// A property of the book, in its package.
fn property(name: &str, value: &str) -> Element {
    element("meta").with("property", name).child(value)
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

/// Any error of the two archive libraries.
fn fault(error: impl Display) -> EpubError {
    EpubError(error.to_string())
}

/// The XHTML files of the sections, in reading order, and the places in them.
fn files(book: &Book, html: &Html<'_>) -> (Vec<Xhtml>, Addresses) {
    let sections = book.sections.par_iter();
    let documents: Vec<Document> = sections
        .flat_map_iter(|section| {
            split::split(section, html.section(section), &book.labels.continued)
        })
        .collect();
    let names: Vec<String> = documents.iter().map(Document::name).collect();
    let trees = documents.iter().map(|document| &document.body);
    let addresses = Addresses::new(names.iter().map(String::as_str).zip(trees));
    let files = documents.into_par_iter();
    let files = files.map(|document| document.file(&book.meta.language, &addresses));
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
    let shown = package::images(book);
    let bytes = |path: &str| images.get(path).map(Vec::as_slice).unwrap_or_default();
    let mut pages = html.page_marks();
    pages.retain(|(_, place)| addresses.get(place).is_some());
    let content = Content {
        moving: shown.iter().any(|path| accessibility::moves(bytes(path))),
        images: shown,
        files: &files,
        pages,
        cover: cover.is_some(),
    };
    let mut builder = EpubBuilder::new(ZipLibrary::new().map_err(fault)?).map_err(fault)?;
    builder.epub_version(EpubVersion::V33);
    let css = styles::get("epub.css").unwrap_or_default();
    builder.stylesheet(css.as_bytes()).map_err(fault)?;
    let narrow = styles::get("narrow.css").unwrap_or_default();
    builder
        .add_resource(document::NARROW, narrow.as_bytes(), "text/css")
        .map_err(fault)?;
    if let Some(picture) = cover {
        let xhtml = document::cover(book);
        let page = EpubContent::new(document::COVER, xhtml.as_slice());
        builder.add_content(page).map_err(fault)?;
        builder
            .add_resource(document::COVER_PICTURE, picture, "image/png")
            .map_err(fault)?;
    }
    for file in &files {
        let file = EpubContent::new(file.name.as_str(), file.bytes.as_slice());
        builder.add_content(file).map_err(fault)?;
    }
    for path in &content.images {
        let kind = package::media_type(path);
        builder
            .add_resource(html::picture(path), bytes(path), kind)
            .map_err(fault)?;
    }
    let mut archive = Vec::new();
    builder.generate(&mut archive).map_err(fault)?;
    let identifier = package::identifier(&book.meta);
    let nav = addresses.link(navigation::nav(book, &content));
    let nav = document::xhtml(&book.meta.language, &book.labels.navigation, nav);
    let ncx = addresses.link(navigation::ncx(book, &identifier, &content));
    finish(
        &archive,
        &[
            (
                "OEBPS/content.opf",
                markup::xml(&package::package(book, &content), None),
            ),
            ("OEBPS/nav.xhtml", nav),
            ("OEBPS/toc.ncx", markup::xml(&ncx, None)),
        ],
    )
}

/// Puts our own package and navigation in the place of the builder's.
///
/// `epub-builder` writes neither a page list nor languages, roles, a table of contents deeper than
/// one level in `toc.ncx`, or the day we give; it hands out no archive to add to. So its archive
/// is read again: all other entries are copied as they are, with one fixed time.
fn finish(archive: &[u8], own: &[(&str, Vec<u8>)]) -> Result<Vec<u8>, EpubError> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(fault)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(fault)?;
        if !own.iter().any(|(name, _)| *name == entry.name()) {
            writer
                .raw_copy_file_touch(entry, DateTime::default(), None)
                .map_err(fault)?;
        }
    }
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, bytes) in own {
        writer.start_file(*name, options).map_err(fault)?;
        writer.write_all(bytes).map_err(fault)?;
    }
    Ok(writer.finish().map_err(fault)?.into_inner())
}
