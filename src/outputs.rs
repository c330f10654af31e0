//! All that a handbook is printed and packed as: its PDFs, its EPUB and its handouts, side by side on all processors.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::ValueEnum;

use crate::assemble::assemble;
use crate::diagnostic::Diagnostic;
use crate::model::Variant;
use crate::model::book::{Book, Handout};
use crate::model::draft::Draft;
use crate::render::typst::{self, Layout, Manuscript};
use crate::render::{PageMap, epub};
use crate::ui::Ui;

/// One of the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Only {
    /// The printed book, in each variant of the page.
    Pdf,
    /// The EPUB; without PDFs, it has no pages of the printed book, which would have to be set for them.
    Epub,
    /// The handouts.
    Handouts,
}

/// What is wanted of a build.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// The outputs to make; all if there are none.
    pub(crate) only: Vec<Only>,
    /// Variants of the page; those of the handbook if there are none.
    pub(crate) variants: Vec<Variant>,
}

impl Wanted {
    /// Whether anything is to be printed, with the fonts that there are.
    pub(crate) fn needs_fonts(&self) -> bool {
        self.makes(Only::Pdf) || self.makes(Only::Handouts)
    }

    fn makes(&self, output: Only) -> bool {
        self.only.is_empty() || self.only.contains(&output)
    }

    /// Whether the PDF of a variant is to be written.
    fn has(&self, variant: Variant) -> bool {
        self.variants.is_empty() || self.variants.contains(&variant)
    }

    /// Whether a build makes every output of the kind that stands at `path`, so that an older one there is of no book.
    pub(crate) fn renews(&self, path: &str) -> bool {
        let ending = path.rsplit('.').next();
        match ending {
            _ if path.starts_with("handouts/") => self.makes(Only::Handouts),
            Some("epub") => self.makes(Only::Epub),
            Some("pdf") => self.variants.is_empty() && self.makes(Only::Pdf),
            _ => self.variants.is_empty() && self.only.is_empty(),
        }
    }

    /// The variants to set, each once: those that are wanted, and for the pages of the EPUB the first of the handbook,
    /// which comes before the others.
    fn variants_of(&self, named: &BTreeSet<Variant>, first: Variant) -> Vec<Variant> {
        if !self.makes(Only::Pdf) {
            return Vec::new();
        }
        let mut variants = match self.variants.is_empty() {
            true => named.clone(),
            false => self.variants.iter().copied().collect(),
        };
        if self.variants.is_empty() || self.makes(Only::Epub) {
            variants.insert(first);
        }
        let mut variants: Vec<Variant> = variants.into_iter().collect();
        variants.sort_by_key(|variant| (*variant != first, *variant));
        variants
    }
}

/// A file to write.
#[derive(Debug)]
pub(crate) struct Output {
    /// Its path below the folder for outputs, with `/`.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

/// Why there are no outputs.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The content cannot be set.
    Content(Vec<Diagnostic>),
    /// A fault of the program.
    Program(String),
}

/// Makes the outputs of a handbook that was found without error, in a fixed order.
pub(crate) fn outputs(
    ui: &Ui,
    draft: &Draft,
    images: &BTreeMap<String, Vec<u8>>,
    wanted: &Wanted,
) -> Result<Vec<Output>, Failure> {
    let book = ui.stage("assemble", || assemble(draft));
    let variants = &draft.handbook.variants;
    let first = variants
        .first()
        .map_or(Variant::default(), |first| first.value);
    let press = Press {
        ui,
        book: &book,
        images,
        wanted,
        first,
    };
    let mut outputs = Vec::new();
    if wanted.makes(Only::Epub) && !wanted.makes(Only::Pdf) {
        outputs.push(press.epub(None)?);
    }
    let named: BTreeSet<Variant> = variants.iter().map(|variant| variant.value).collect();
    let printed = wanted.variants_of(&named, first);
    let manuscript = (!printed.is_empty()).then(|| Manuscript::new(&book, press.images));
    let books = manuscript.iter().flat_map(|manuscript| {
        let book = |variant| Job::Book(manuscript, variant);
        printed.iter().copied().map(book)
    });
    // They are short, and so come last: while one processor sets the last book, the other sets them.
    let handouts = wanted.makes(Only::Handouts).then_some(Job::Handouts);
    let jobs: Vec<Job<'_>> = books.chain(handouts).collect();
    for made in side_by_side(&jobs, |job| press.run(job)) {
        outputs.extend(made?);
    }
    Ok(outputs)
}

/// What one processor does at a time.
enum Job<'a> {
    /// The book in a variant of the page.
    Book(&'a Manuscript<'a>, Variant),
    /// All handouts.
    Handouts,
}

/// What is made from the pages of a variant.
enum File {
    Pdf,
    Epub,
}

/// What all outputs are made from.
struct Press<'a> {
    ui: &'a Ui,
    book: &'a Book,
    images: &'a BTreeMap<String, Vec<u8>>,
    wanted: &'a Wanted,
    /// The variant of the page whose pages the EPUB tells, and on whose paper handouts are.
    first: Variant,
}

impl Press<'_> {
    fn run(&self, job: &Job<'_>) -> Result<Vec<Output>, Failure> {
        match job {
            Job::Book(manuscript, variant) => self.print(manuscript, *variant),
            Job::Handouts => self.ui.stage("handouts", || {
                let made = side_by_side(&self.book.handouts, |handout| self.handout(handout));
                made.into_iter().collect()
            }),
        }
    }

    /// The PDF of a variant; beside the writing of the first, the EPUB with its pages.
    fn print(&self, manuscript: &Manuscript<'_>, variant: Variant) -> Result<Vec<Output>, Failure> {
        let set = || manuscript.lay_out(variant);
        let layout = self.ui.stage(&format!("pages {variant}"), set);
        let layout = layout.map_err(Failure::Content)?;
        let with_epub = variant == self.first && self.wanted.makes(Only::Epub);
        let files: &[File] = match with_epub {
            true => &[File::Pdf, File::Epub],
            false => &[File::Pdf],
        };
        let written = side_by_side(files, |file| match file {
            File::Pdf => self.write(&layout, variant),
            File::Epub => self.epub(Some(&layout.pages)).map(Some),
        });
        drop(layout);
        typst::forget_finished();
        written.into_iter().filter_map(Result::transpose).collect()
    }

    /// The file of the pages, if it is wanted and they are not laid out for the EPUB alone.
    fn write(&self, layout: &Layout<'_>, variant: Variant) -> Result<Option<Output>, Failure> {
        if !self.wanted.has(variant) {
            return Ok(None);
        }
        let write = || layout.write();
        let bytes = self.ui.stage(&format!("pdf {variant}"), write);
        let slug = &self.book.meta.slug;
        let path = match variant == self.first {
            true => format!("{slug}.pdf"),
            false => format!("{slug}-{variant}.pdf"),
        };
        let bytes = bytes.map_err(Failure::Content)?;
        Ok(Some(Output { path, bytes }))
    }

    fn handout(&self, handout: &Handout) -> Result<Output, Failure> {
        let pdf = Manuscript::handout(handout, self.images).set(self.first);
        Ok(Output {
            path: format!("handouts/{}.pdf", handout.path),
            bytes: pdf.map_err(Failure::Content)?.bytes,
        })
    }

    fn epub(&self, pages: Option<&PageMap>) -> Result<Output, Failure> {
        let cover = self.ui.stage("cover", || typst::cover(self.book));
        let cover = cover.map_err(Failure::Content)?;
        let pack = || epub::epub(self.book, pages, self.images, cover.as_deref());
        let bytes = self.ui.stage("epub", pack);
        Ok(Output {
            path: format!("{}.epub", self.book.meta.slug),
            bytes: bytes.map_err(|error| Failure::Program(error.to_string()))?,
        })
    }
}

/// Memory for the calls of a thread: as much as the first thread of a program has on most systems.
const STACK: usize = 8 << 20;

/// Runs `run` on each item, as many at a time as there are processors; the results are in the order of the items.
fn side_by_side<T: Sync, R: Send>(items: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            let result = run(item);
            if let Ok(mut results) = results.lock() {
                results.insert(index, result);
            }
        }
    };
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(items.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            // Without the thread, the others do its work.
            let _ = thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work);
        }
        work();
    });
    results
        .into_inner()
        .unwrap_or_default()
        .into_values()
        .collect()
}
