//! [`Book`] → PDF, set by Typst. Nothing outside this folder knows Typst.

mod cover;
mod emit;
mod escape;
mod pages;
mod qr;
mod world;

use std::collections::BTreeMap;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::syntax::Source;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::PageMap;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Variant;
use crate::model::book::{Book, Handout, Meta};
use emit::Emitted;
use world::BookWorld;

pub use cover::cover;
pub use emit::{emit, emit_handout};
pub use world::can_set;

/// A printed book.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file: PDF 1.7, PDF/UA-1 and PDF/A-2a.
    pub bytes: Vec<u8>,
    /// Where its pages begin.
    pub pages: PageMap,
}

/// Sets `book` in the first variant of the page.
///
/// # Errors
///
/// As for [`Manuscript::set`].
pub fn pdf(book: &Book, images: &BTreeMap<String, Vec<u8>>) -> Result<Pdf, Vec<Diagnostic>> {
    Manuscript::new(book, images).set(Variant::default())
}

/// A book or a handout as Typst source, ready to be set in each variant of the page.
#[derive(Debug, Clone)]
pub struct Manuscript<'a> {
    meta: &'a Meta,
    /// What it is, where the same edition has several files.
    name: String,
    images: &'a BTreeMap<String, Vec<u8>>,
    emitted: Emitted,
    source: Source,
}

impl<'a> Manuscript<'a> {
    /// Writes the source of `book`. `images` holds the pictures by their path below the content folder.
    #[must_use]
    pub fn new(book: &'a Book, images: &'a BTreeMap<String, Vec<u8>>) -> Self {
        Self::of(&book.meta, "book".to_owned(), images, emit(book))
    }

    /// Writes the source of a handout.
    #[must_use]
    pub fn handout(handout: &'a Handout, images: &'a BTreeMap<String, Vec<u8>>) -> Self {
        let emitted = emit_handout(handout);
        Self::of(&handout.meta, handout.topic.to_string(), images, emitted)
    }

    fn of(
        meta: &'a Meta,
        name: String,
        images: &'a BTreeMap<String, Vec<u8>>,
        emitted: Emitted,
    ) -> Self {
        let source = world::source(emitted.source.clone());
        Self {
            meta,
            name,
            images,
            emitted,
            source,
        }
    }

    /// Sets the book. The same book gives the same bytes, whatever the day and the number of threads.
    ///
    /// # Errors
    ///
    /// What Typst cannot set, at the author's place where that is known.
    pub fn set(&self, variant: Variant) -> Result<Pdf, Vec<Diagnostic>> {
        let layout = self.lay_out(variant)?;
        Ok(Pdf {
            bytes: layout.write()?,
            pages: layout.pages,
        })
    }

    /// Lays out the pages, and leaves the file to be written.
    ///
    /// # Errors
    ///
    /// As for [`Self::set`].
    pub fn lay_out(&self, variant: Variant) -> Result<Layout<'_>, Vec<Diagnostic>> {
        let world = BookWorld::new(self.source.clone(), self.images, variant);
        let document: PagedDocument = typst::compile(&world)
            .output
            .map_err(|errors| report(&errors, &world, &self.emitted))?;
        let pages = pages::map(&document, &world, &self.emitted);
        Ok(Layout {
            manuscript: self,
            variant,
            world,
            document,
            pages,
        })
    }

    fn options(&self, variant: Variant) -> Result<PdfOptions, String> {
        let meta = self.meta;
        let date = meta.date;
        let day = Datetime::from_ymd(
            i32::from(date.year),
            date.month.unwrap_or(1),
            date.day.unwrap_or(1),
        );
        let midnight = day
            .and_then(|day| Datetime::from_ymd_hms(day.year()?, day.month()?, day.day()?, 0, 0, 0));
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]);
        Ok(PdfOptions {
            ident: Smart::Custom(format!(
                "{} {} {} {variant}",
                meta.slug, meta.edition, self.name
            )),
            creator: Smart::Custom(Some(format!("Fascicle {}", env!("CARGO_PKG_VERSION")))),
            timestamp: midnight.map(Timestamp::new_utc),
            standards: standards.map_err(|error| error.message().to_string())?,
            ..PdfOptions::default()
        })
    }
}

/// A book laid out in pages.
pub struct Layout<'a> {
    manuscript: &'a Manuscript<'a>,
    variant: Variant,
    world: BookWorld<'a>,
    document: PagedDocument,
    /// Where they begin.
    pub pages: PageMap,
}

impl Layout<'_> {
    /// Writes the file.
    ///
    /// # Errors
    ///
    /// What no PDF/UA-1 or PDF/A-2a can hold, at the author's place where that is known.
    pub fn write(&self) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let options = self.manuscript.options(self.variant);
        let options = options.map_err(|message| vec![internal(&message)])?;
        typst_pdf::pdf(&self.document, &options)
            .map_err(|errors| report(&errors, &self.world, &self.manuscript.emitted))
    }
}

/// Forgets what Typst remembers of earlier books, so that a benchmark measures all of the work.
pub fn forget() {
    typst::comemo::evict(0);
}

/// Forgets what Typst remembers of finished books, and has not used since this was last called. Said behind each of some
/// books, it takes little from those that are being set meanwhile, and leaves their memory to the next.
pub fn forget_finished() {
    typst::comemo::evict(1);
}

/// Typst's errors at the author's places.
fn report(errors: &[SourceDiagnostic], world: &BookWorld, emitted: &Emitted) -> Vec<Diagnostic> {
    let find = |error: &SourceDiagnostic| {
        let spans =
            std::iter::once(error.span).chain(error.trace.iter().map(|point| point.span.into()));
        spans
            .filter_map(|span| world.range_in_book(span))
            .find_map(|range| emitted.origin(range.start))
    };
    let one = |error: &SourceDiagnostic| match find(error) {
        Some(span) => Diagnostic::new(
            Code::Typesetting,
            span,
            error.message.to_string(),
            error
                .hints
                .iter()
                .map(|hint| hint.v.to_string())
                .collect::<Vec<_>>()
                .join("; "),
        ),
        None => internal(&error.message),
    };
    errors.iter().map(one).collect()
}

/// An error that no place in the content can be blamed for.
fn internal(message: &str) -> Diagnostic {
    let nowhere = crate::source::Span::new(crate::source::SourceId(u32::MAX), 0..0);
    let help = "look for it in the pictures of the book; if it is not there, this is a fault of the program: please \
                report it";
    Diagnostic::new(Code::Typesetting, nowhere, message, help)
}
