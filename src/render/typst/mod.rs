//! [`Book`] → PDF, set by Typst. Nothing outside this folder knows Typst.

mod bind;
mod compact;
mod continuing;
mod cover;
mod emit;
mod escape;
mod fonts;
mod frames;
mod heads;
mod leaves;
mod numbers;
mod pages;
mod properties;
mod qr;
mod section;
mod sequence;
mod sheets;
mod standing;
mod survey;
mod typeset;
mod world;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::layout::Frame;
use typst::syntax::{DiagSpan, Source};
use typst_layout::{Page, PagedDocument};

use super::PageMap;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Variant;
use crate::model::book::{Anchor, Book, Cover, Handout, LinkName, Meta, Node};
use crate::source::Span;
use bind::Named;
use compact::Beside;
use emit::Known;
use section::{Laid, Piece, Press, Stage, Written};
use survey::Survey;
use world::Looks;

pub use cover::{cover, has_cover, wrap};
pub use emit::emit;
pub use fonts::Fonts;
pub use sheets::Sheets;
pub use standing::{Standing, Swept};

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
    link_names: &'a BTreeMap<Anchor, LinkName>,
    settings: Source,
    looks: Looks,
    /// The words on its cover, if it has one.
    cover: Option<&'a Cover>,
    beside: Beside,
    /// What it is made of; those that need no numbers of pages are written.
    pieces: Vec<(Piece<'a>, Option<Arc<Written>>)>,
    /// Whether it may have more than 999 pages.
    is_long: bool,
    standing: Option<&'a Standing>,
}

/// What the handouts of a book have in common: their settings, and its fonts, which are read once for all of them.
#[derive(Debug, Clone)]
pub struct HandoutLook {
    settings: Source,
    looks: Looks,
}

impl HandoutLook {
    /// That of the handouts of a book.
    #[must_use]
    pub fn of(meta: &Meta) -> Self {
        Self {
            settings: world::settings("handout", meta),
            looks: Looks::of(meta),
        }
    }
}

impl<'a> Manuscript<'a> {
    /// Writes the source of `book`. `images` holds the pictures by their path below the content folder.
    #[must_use]
    pub fn new(book: &'a Book, images: &'a BTreeMap<String, Vec<u8>>) -> Self {
        let pieces = sequence::sequences(book).map(Piece::Sections);
        let letters = book.nodes().into_iter().map(|node| match node {
            Node::Text(text) => text.text.len(),
            Node::Anchor(_) | Node::End(_) => 0,
        });
        let is_long = letters.sum::<usize>() > LONG;
        Self {
            meta: &book.meta,
            name: "book".to_owned(),
            images,
            link_names: &book.link_names,
            settings: world::settings("handbook", &book.meta),
            looks: Looks::of(&book.meta),
            cover: Some(&book.cover),
            beside: Beside::Bookmarks,
            pieces: written(&pieces.collect::<Vec<_>>(), is_long),
            is_long,
            standing: None,
        }
    }

    /// Writes the source of a handout, as all of its book look.
    #[must_use]
    pub fn handout(
        handout: &'a Handout,
        look: &HandoutLook,
        images: &'a BTreeMap<String, Vec<u8>>,
    ) -> Self {
        Self {
            meta: &handout.meta,
            name: handout.topic.to_string(),
            images,
            link_names: &handout.link_names,
            settings: look.settings.clone(),
            looks: look.looks.clone(),
            cover: None,
            beside: Beside::Nothing,
            pieces: written(&[Piece::Handout(handout)], false),
            is_long: false,
            standing: None,
        }
    }

    /// Lays out only what is not in `standing`, where the rest is kept for the next time.
    #[must_use]
    pub fn with(self, standing: &'a Standing) -> Self {
        Self {
            standing: Some(standing),
            ..self
        }
    }

    /// Sets the book. The same book gives the same bytes, whatever the day and the number of threads.
    ///
    /// # Errors
    ///
    /// What Typst cannot set, at the author's place where that is known.
    pub fn set(&self, variant: Variant) -> Result<Pdf, Vec<Diagnostic>> {
        let layout = self.lay_out(variant)?;
        let pages = layout.pages.clone();
        Ok(Pdf {
            bytes: layout.write()?,
            pages,
        })
    }

    /// Lays out the pages, and leaves the file to be written.
    ///
    /// Each run of sections is laid out alone. Those whose lines depend on numbers of pages come in a second stage, when the
    /// numbers are known. Then links and all other numbers are bound.
    ///
    /// # Errors
    ///
    /// As for [`Self::set`].
    pub fn lay_out(&self, variant: Variant) -> Result<Layout<'_>, Vec<Diagnostic>> {
        let press = Press {
            settings: &self.settings,
            looks: &self.looks,
            images: self.images,
            variant,
            standing: self.standing,
        };
        let mut laid: Vec<Option<Laid>> = vec![None; self.pieces.len()];
        for stage in Stage::ALL {
            // Up to the first that is missing.
            let known: Vec<Laid> = laid.iter().map_while(Clone::clone).collect();
            let numbers = leaves::numbers(&known, &leaves::leaves(&known));
            let known = Known {
                numbers: (stage != Stage::First).then_some(&numbers),
                is_long: self.is_long,
                ..Known::default()
            };
            let weight = |(_, written): &(_, Option<Arc<Written>>)| {
                written.as_ref().map_or(0, |written| written.weight())
            };
            let made = heaviest_first(&self.pieces, weight, |(piece, written)| {
                (piece.stage() == stage).then(|| match written {
                    Some(written) => Laid::new(press, *piece, written, known),
                    None => Laid::new(press, *piece, &Written::new(*piece, known), known),
                })
            });
            for (place, made) in laid.iter_mut().zip(complete(made)?) {
                *place = made.or(place.take());
            }
        }
        let mut sections: Vec<Laid> = laid.into_iter().flatten().collect();
        let leaves = leaves::leaves(&sections);
        let read = || in_parallel(sections.par_iter(), survey);
        let mut bound = self.cover_pages(variant, sections.first())?;
        let before = bound.len();
        // Typst may remember these pages, and then binding would copy them.
        let forgets = self.standing.is_none() && self.pieces.len() > 1;
        let (surveys, ()) = side_by_side(read, || {
            if forgets {
                forget();
            }
        });
        let pages = pages::map(&sections, &surveys, &leaves);
        let set = sections.iter_mut().map(Laid::take_pages).collect();
        let numbers = leaves::numbers(&sections, &leaves);
        let headings = self.pieces.iter().flat_map(|(piece, _)| piece.headings());
        let headings = headings.collect();
        let named = Named {
            links: self.link_names,
            headings: &headings,
            is_right_to_left: self.meta.is_right_to_left,
        };
        bound.extend(bind::bind(set, &surveys, &leaves, &numbers, named));
        Ok(Layout {
            manuscript: self,
            variant,
            bound,
            pages: PageMap { before, ..pages },
            sections,
        })
    }

    /// The cover, and its empty back where the paper is printed on both sides. Neither has a number.
    fn cover_pages(
        &self,
        variant: Variant,
        first: Option<&Laid>,
    ) -> Result<Vec<Page>, Vec<Diagnostic>> {
        let Some(words) = self.cover else {
            return Ok(Vec::new());
        };
        let Some(page) = cover::page(self.meta, &self.looks, words, variant)? else {
            return Ok(Vec::new());
        };
        let back = first
            .filter(|first| leaves::is_two_sided(first))
            .map(|_| Page {
                frame: Frame::hard(page.frame.size()),
                fill: Smart::Custom(None),
                ..page.clone()
            });
        Ok(std::iter::once(page).chain(back).collect())
    }
}

/// What is seen in the pages of a section: looked for once, before these are taken.
fn survey(laid: &Laid) -> Arc<Survey> {
    let look = || {
        Arc::new(Survey {
            starts: pages::starts(laid),
            words: heads::words(laid),
            shown: continuing::shown(laid),
        })
    };
    laid.typeset.survey.get_or_init(look).clone()
}

/// How many bytes of text may fill more than 999 pages, in large print.
const LONG: usize = 1_200_000;

/// Writes what needs no numbers of pages.
fn written<'a>(pieces: &[Piece<'a>], is_long: bool) -> Vec<(Piece<'a>, Option<Arc<Written>>)> {
    let known = Known {
        is_long,
        ..Known::default()
    };
    in_parallel(pieces.par_iter(), |piece| {
        let is_early = piece.stage() == Stage::First;
        let written = is_early.then(|| Written::new(*piece, known));
        (*piece, written)
    })
}

/// Where sections are laid out by those who have no threads for it: calls within a text go deeper than the usual stack of a
/// thread.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let pool = ThreadPoolBuilder::new().stack_size(8 << 20);
    pool.build().ok()
});

/// The results for all items in order, made side by side where there are several.
fn in_parallel<I: IndexedParallelIterator, R: Send>(
    items: I,
    make: impl Fn(I::Item) -> R + Sync + Send,
) -> Vec<R> {
    let number = items.len();
    let make = || items.with_max_len(1).map(make).collect();
    match POOL.as_ref() {
        Some(pool) if number > 1 && rayon::current_thread_index().is_none() => pool.install(make),
        Some(_) | None => make(),
    }
}

/// Both, side by side where there are threads for it.
fn side_by_side<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    match rayon::current_thread_index() {
        Some(_) => rayon::join(one, other),
        None => (one(), other()),
    }
}

/// As [`in_parallel`]; those of the most weight are made first, so that none of them is left for the end.
fn heaviest_first<T: Sync, R: Send>(
    items: &[T],
    weight: impl Fn(&T) -> usize,
    make: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<(usize, &T)> = items.iter().enumerate().collect();
    order.sort_by_key(|(_, item)| Reverse(weight(item)));
    // Threads divide the order among them; each takes the heaviest that is left.
    let next = AtomicUsize::new(0);
    let mut results = in_parallel(order.par_iter(), |_| {
        let (index, item) = order[next.fetch_add(1, Ordering::Relaxed)];
        (index, make(item))
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// All results, or all errors.
fn complete(
    laid: Vec<Option<Result<Laid, Vec<Diagnostic>>>>,
) -> Result<Vec<Option<Laid>>, Vec<Diagnostic>> {
    let mut complete = Vec::with_capacity(laid.len());
    let mut errors = Vec::new();
    for result in laid {
        match result.transpose() {
            Ok(laid) => complete.push(laid),
            Err(found) => errors.extend(found),
        }
    }
    match errors.is_empty() {
        true => Ok(complete),
        false => Err(errors),
    }
}

/// A book laid out in pages.
#[derive(Debug, Clone)]
pub struct Layout<'a> {
    manuscript: &'a Manuscript<'a>,
    variant: Variant,
    sections: Vec<Laid>,
    bound: Vec<Page>,
    /// Where they begin.
    pub pages: PageMap,
}

impl Layout<'_> {
    /// Where the last line of each page with a number is, as a share of the height of the page.
    #[must_use]
    pub fn ends(&self) -> Vec<f64> {
        let end = |page: &Page| frames::lowest(&page.frame) / page.frame.height();
        self.bound.iter().skip(self.pages.before).map(end).collect()
    }

    /// Writes the file, and lets go of the pages.
    ///
    /// # Errors
    ///
    /// What no PDF/UA-1 or PDF/A-2a can hold, at the author's place where that is known.
    pub fn write(self) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let Manuscript { meta, name, .. } = self.manuscript;
        let options = properties::options(meta, name, self.variant);
        let options = options.map_err(|message| vec![internal(&message)])?;
        let first = self.sections.first();
        let info = properties::info(meta, first.map(|laid| laid.typeset.locale));
        let document = PagedDocument::new(self.bound.into_iter().collect(), info);
        let find = |span| self.sections.iter().find_map(|laid| laid.origin(span));
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| report(&errors, find))?;
        let beside = self.manuscript.beside;
        let ((), file) = side_by_side(
            || drop((document, self.sections)),
            || compact::compact(pdf, beside),
        );
        Ok(file)
    }
}

/// Forgets what Typst remembers of earlier books, so that a benchmark measures all of the work.
pub fn forget() {
    typst::comemo::evict(0);
}

/// Typst's errors at the author's places, which `origin` finds.
fn report(
    errors: &[SourceDiagnostic],
    origin: impl Fn(DiagSpan) -> Option<Span>,
) -> Vec<Diagnostic> {
    let find = |error: &SourceDiagnostic| {
        let trace = error.trace.iter().map(|point| point.span.into());
        std::iter::once(error.span).chain(trace).find_map(&origin)
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
    let help = "look for it in the pictures of the book; if it is not there, this is a fault of the program: please \
                report it";
    Diagnostic::new(Code::Typesetting, Span::NOWHERE, message, help)
}
