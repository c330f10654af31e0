//! Typst alone, as `typst compile` runs it: one source, the fonts that it brings along, one PDF.

use std::fs;
use std::path::Path;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// Sets the source at `from` as a PDF at `to`.
pub(crate) fn compile(from: &Path, to: &Path) {
    let mut fonts = FontStore::new();
    fonts.extend(typst_kit::fonts::embedded());
    let world = Alone {
        library: LazyHash::new(Library::default()),
        source: Source::detached(fs::read_to_string(from).unwrap()),
        fonts,
    };
    let document: PagedDocument = typst::compile(&world).output.unwrap();
    let pdf = typst_pdf::pdf(&document, &PdfOptions::default()).unwrap();
    fs::write(to, pdf).unwrap();
}

struct Alone {
    library: LazyHash<Library>,
    source: Source,
    fonts: FontStore,
}

impl World for Alone {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, _: FileId) -> FileResult<Source> {
        Ok(self.source.clone())
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
