//! [`Book`] → EPUB 3.

mod accessibility;
mod emit;
mod links;
mod navigation;
mod package;
mod pages;
mod parts;
mod tables;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{Cursor, Write as _};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::{PageMap, markup};
use crate::model::book::Book;
use crate::styles;
use emit::Emitter;
use package::Content;

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

/// A section as an XHTML file.
#[must_use]
pub fn section(book: &Book, index: usize, pages: Option<&PageMap>) -> Option<Vec<u8>> {
    let section = book.sections.get(index)?;
    Some(markup::document(
        &Emitter::new(book, pages).section(section),
        Some("html"),
    ))
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
    let emitter = Emitter::new(book, pages);
    let (files, moved) = parts::files(&emitter);
    let list = emitter.page_list(&moved);
    let shown = package::images(book);
    let bytes = |path: &str| images.get(path).map(Vec::as_slice).unwrap_or_default();
    let content = Content {
        moving: shown.iter().any(|path| accessibility::moves(bytes(path))),
        images: shown,
        files: &files,
        pages: !list.is_empty(),
        cover: cover.is_some(),
    };
    let mut builder = EpubBuilder::new(ZipLibrary::new().map_err(fault)?).map_err(fault)?;
    builder.epub_version(EpubVersion::V33);
    let css = styles::get("epub.css").unwrap_or_default();
    builder.stylesheet(css.as_bytes()).map_err(fault)?;
    let narrow = styles::get("narrow.css").unwrap_or_default();
    builder
        .add_resource(emit::NARROW, narrow.as_bytes(), "text/css")
        .map_err(fault)?;
    if let Some(picture) = cover {
        let xhtml = markup::document(&emit::cover(book), Some("html"));
        let page = EpubContent::new(emit::COVER, xhtml.as_slice());
        builder.add_content(page).map_err(fault)?;
        builder
            .add_resource(emit::COVER_PICTURE, picture, "image/png")
            .map_err(fault)?;
    }
    for file in &files {
        let file = EpubContent::new(file.name.as_str(), file.bytes.as_slice());
        builder.add_content(file).map_err(fault)?;
    }
    for path in &content.images {
        let kind = package::media_type(path);
        builder
            .add_resource(emit::image(path), bytes(path), kind)
            .map_err(fault)?;
    }
    let mut archive = Vec::new();
    builder.generate(&mut archive).map_err(fault)?;
    let identifier = package::identifier(&book.meta);
    finish(
        &archive,
        &[
            (
                "OEBPS/content.opf",
                markup::document(&package::package(book, &content), None),
            ),
            (
                "OEBPS/nav.xhtml",
                markup::document(&navigation::nav(book, &content, &list), Some("html")),
            ),
            (
                "OEBPS/toc.ncx",
                markup::document(&navigation::ncx(book, &identifier, &list), None),
            ),
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
