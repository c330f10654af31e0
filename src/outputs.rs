//! All that a handbook is printed and packed as: its PDFs, its EPUB, its handouts and the report, side by side on all
//! processors.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::assemble::assemble;
use crate::diagnostic::Diagnostic;
use crate::model::Variant;
use crate::model::book::{Book, Handout, Topic};
use crate::model::draft::{Draft, Handbook};
use crate::model::ledger::Edition;
use crate::product::{Kind, Naming, Product};
use crate::render::typst::{self, Layout, Manuscript};
use crate::render::{File, PageMap, epub, web};
use crate::report::report;
use crate::source::Source;
use crate::ui::Ui;

/// What is to be built.
#[derive(Debug, Clone, Default)]
pub(crate) struct BuildOptions {
    /// The kinds of product to make; all if there are none.
    pub(crate) only: Vec<Kind>,
    /// Variants of the page; those of the handbook if there are none.
    pub(crate) variants: Vec<Variant>,
}

impl BuildOptions {
    /// All that is released.
    pub(crate) fn released() -> Self {
        Self {
            only: Kind::RELEASED.to_vec(),
            variants: Vec::new(),
        }
    }

    /// Whether anything is to be printed, with the fonts that there are.
    pub(crate) fn needs_fonts(&self) -> bool {
        self.makes(Kind::Pdf) || self.makes(Kind::Handouts)
    }

    fn makes(&self, kind: Kind) -> bool {
        self.only.is_empty() || self.only.contains(&kind)
    }

    /// Whether the PDF of a variant is to be written.
    fn has(&self, variant: Variant) -> bool {
        self.variants.is_empty() || self.variants.contains(&variant)
    }

    /// Whether a build makes every product of the kind that is at `path`, so that one there which it does not make is no
    /// longer part of the book.
    pub(crate) fn renews(&self, path: &str) -> bool {
        let all_variants = self.variants.is_empty();
        match Kind::at(path) {
            Some(Kind::Pdf) => all_variants && self.makes(Kind::Pdf),
            Some(kind) => self.makes(kind),
            None => all_variants && self.only.is_empty(),
        }
    }

    /// The variants to set, each once: those that are wanted, and for the pages of the EPUB and the web edition the first
    /// of the handbook, which comes before the others.
    fn variants_of(&self, named: &BTreeSet<Variant>, first: Variant) -> Vec<Variant> {
        if !self.makes(Kind::Pdf) {
            return Vec::new();
        }
        let mut variants = match self.variants.is_empty() {
            true => named.clone(),
            false => self.variants.iter().copied().collect(),
        };
        if self.variants.is_empty() || self.makes(Kind::Epub) || self.makes(Kind::Web) {
            variants.insert(first);
        }
        let mut variants: Vec<Variant> = variants.into_iter().collect();
        variants.sort_by_key(|variant| (*variant != first, *variant));
        variants
    }
}

/// What outputs are made from: a handbook that was found without error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    /// The text.
    pub(crate) draft: &'a Draft,
    /// The files it was read from.
    pub(crate) sources: &'a [Source],
    /// The pictures, by path.
    pub(crate) images: &'a BTreeMap<String, Vec<u8>>,
    /// What was found in it.
    pub(crate) diagnostics: &'a [Diagnostic],
}

impl Input<'_> {
    /// The figures for the editor, as a file of JSON without its last line end.
    pub(crate) fn report(&self) -> Result<String, String> {
        let report = report(self.draft, self.sources, self.diagnostics);
        let text = serde_json::to_string_pretty(&report);
        text.map_err(|error| format!("cannot write the report: {error}"))
    }
}

/// A product that was built.
#[derive(Debug)]
pub(crate) struct Output {
    /// What it is.
    pub(crate) product: Product,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// The outputs as the files of a release.
pub(crate) fn released(outputs: Vec<Output>, handbook: &Handbook, edition: Edition) -> Vec<File> {
    let naming = Naming::of(handbook);
    let name = |product: &Product| product.released_name(&naming, edition);
    let outputs = outputs.into_iter();
    outputs
        .map(|output| (name(&output.product), output.bytes))
        .collect()
}

/// Why there are no outputs.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The content cannot be set.
    Content(Vec<Diagnostic>),
    /// A fault of the program.
    Program(String),
}

/// Makes the outputs of a handbook, in a fixed order.
pub(crate) fn outputs(
    ui: &Ui,
    input: Input<'_>,
    options: &BuildOptions,
) -> Result<Vec<Output>, Failure> {
    let book = ui.stage("assemble", || assemble(input.draft));
    let variants = &input.draft.handbook.variants;
    let build = Build {
        ui,
        input,
        book: &book,
        options,
        first: Naming::of(&input.draft.handbook).first,
    };
    let named: BTreeSet<Variant> = variants.iter().map(|variant| variant.value).collect();
    let printed = options.variants_of(&named, build.first);
    let manuscript = (!printed.is_empty()).then(|| Manuscript::new(&book, input.images));
    let books = manuscript.iter().flat_map(|manuscript| {
        let book = |variant| Task::Book(manuscript, variant);
        printed.iter().copied().map(book)
    });
    let tasks: Vec<Task<'_>> = (manuscript.is_none().then_some(Task::Screens).into_iter())
        .chain(books)
        // They are short, and so come last: while one processor sets the last book, the other sets them.
        .chain(options.makes(Kind::Handouts).then_some(Task::Handouts))
        .chain(options.makes(Kind::Report).then_some(Task::Report))
        .collect();
    let made = side_by_side(&tasks, |task| build.run(task)).map_err(Failure::Program)?;
    let made: Result<Vec<Vec<Output>>, Failure> = made.into_iter().collect();
    Ok(made?.into_iter().flatten().collect())
}

/// Memory for the calls of a thread. A thread that waits for others works for them meanwhile, on top of its own calls.
const STACK: usize = 64 << 20;

/// Runs `run` on each item, as many at a time as there are threads; the results are in the order of the items.
///
/// The items are taken from a queue, and are no work that a waiting thread could begin: otherwise it would hold the pages
/// of several books in memory.
fn side_by_side<T: Sync, R: Send>(
    items: &[T],
    run: impl Fn(&T) -> R + Sync,
) -> Result<Vec<R>, String> {
    let pool = ThreadPoolBuilder::new().stack_size(STACK).build();
    let pool = pool.map_err(|error| format!("cannot start threads: {error}"))?;
    let next = AtomicUsize::new(0);
    let made = pool.broadcast(|_| {
        let take = || {
            let index = next.fetch_add(1, Ordering::Relaxed);
            Some((index, items.get(index)?))
        };
        let items = std::iter::from_fn(take);
        items.map(|(index, item)| (index, run(item))).collect()
    });
    let mut made: Vec<(usize, R)> = made.into_iter().flat_map(Vec::into_iter).collect();
    made.sort_by_key(|(index, _)| *index);
    Ok(made.into_iter().map(|(_, result)| result).collect())
}

/// What is made in one piece.
enum Task<'a> {
    /// The book in a variant of the page; of the first, the EPUB and the web edition with its pages, too.
    Book(&'a Manuscript<'a>, Variant),
    /// The EPUB and the web edition, without pages.
    Screens,
    /// All handouts.
    Handouts,
    /// The report.
    Report,
}

/// What all outputs are made from.
struct Build<'a> {
    ui: &'a Ui,
    input: Input<'a>,
    book: &'a Book,
    options: &'a BuildOptions,
    /// The variant of the page whose pages the EPUB and the web edition have, and on whose paper handouts are.
    first: Variant,
}

impl Build<'_> {
    fn run(&self, task: &Task<'_>) -> Result<Vec<Output>, Failure> {
        match task {
            Task::Book(manuscript, variant) => self.print(manuscript, *variant),
            Task::Screens => self.screens(None),
            Task::Handouts => self.ui.stage("handouts", || {
                let handouts = self.book.handouts.par_iter();
                let made: Vec<_> = handouts.map(|handout| self.handout(handout)).collect();
                made.into_iter().collect()
            }),
            Task::Report => Ok(vec![self.report()?]),
        }
    }

    /// The PDF of a variant; beside the writing of the first, the EPUB and the web edition with its pages.
    fn print(&self, manuscript: &Manuscript<'_>, variant: Variant) -> Result<Vec<Output>, Failure> {
        let set = || manuscript.lay_out(variant);
        let layout = self.ui.stage(&format!("pages {variant}"), set);
        let layout = layout.map_err(Failure::Content)?;
        let is_first = variant == self.first;
        let (pdf, screens) = rayon::join(
            || self.pdf(&layout, variant),
            || is_first.then(|| self.screens(Some(&layout.pages))),
        );
        drop(layout);
        typst::forget_finished();
        let screens = screens.transpose()?.unwrap_or_default();
        Ok(pdf?.into_iter().chain(screens).collect())
    }

    /// What is read on screens, as far as it is wanted: the EPUB and the web edition.
    fn screens(&self, pages: Option<&PageMap>) -> Result<Vec<Output>, Failure> {
        let mut made = Vec::new();
        if self.options.makes(Kind::Epub) {
            made.push(self.epub(pages)?);
        }
        if self.options.makes(Kind::Web) {
            made.extend(self.web(pages));
        }
        Ok(made)
    }

    /// The file of the pages, if it is wanted and they are not laid out for the EPUB alone.
    fn pdf(&self, layout: &Layout<'_>, variant: Variant) -> Result<Option<Output>, Failure> {
        if !self.options.has(variant) {
            return Ok(None);
        }
        let write = || layout.write();
        let bytes = self.ui.stage(&format!("pdf {variant}"), write);
        Ok(Some(Output {
            product: Product::Pdf(variant),
            bytes: bytes.map_err(Failure::Content)?,
        }))
    }

    fn epub(&self, pages: Option<&PageMap>) -> Result<Output, Failure> {
        let cover = self.ui.stage("cover", || typst::cover(self.book));
        let cover = cover.map_err(Failure::Content)?;
        let pack = || epub::epub(self.book, pages, self.input.images, cover.as_deref());
        let bytes = self.ui.stage("epub", pack);
        Ok(Output {
            product: Product::Epub,
            bytes: bytes.map_err(|error| Failure::Program(error.to_string()))?,
        })
    }

    /// The files of the web edition.
    fn web(&self, pages: Option<&PageMap>) -> Vec<Output> {
        let naming = Naming::of(&self.input.draft.handbook);
        let has_handouts = self.options.makes(Kind::Handouts);
        let handout = |topic: &Topic| {
            let path = Product::Handout(topic.clone()).path(&naming);
            has_handouts.then(|| format!("../{path}"))
        };
        let edition = web::Edition {
            book: self.book,
            pages,
            images: self.input.images,
            handout: &handout,
        };
        let files = self.ui.stage("web", || web::web(edition));
        let output = |(path, bytes)| Output {
            product: Product::Web(path),
            bytes,
        };
        files.into_iter().map(output).collect()
    }

    fn handout(&self, handout: &Handout) -> Result<Output, Failure> {
        let pdf = Manuscript::handout(handout, self.input.images).set(self.first);
        Ok(Output {
            product: Product::Handout(handout.topic.clone()),
            bytes: pdf.map_err(Failure::Content)?.bytes,
        })
    }

    fn report(&self) -> Result<Output, Failure> {
        let text = self.input.report().map_err(Failure::Program)?;
        Ok(Output {
            product: Product::Report,
            bytes: format!("{text}\n").into_bytes(),
        })
    }
}
