//! All that a handbook is printed and packed as: its PDFs, its EPUB, its handouts and the report, side by side on all
//! processors.

use std::collections::{BTreeMap, BTreeSet};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::assemble::{anchor, assemble, without_handouts};
use crate::citation::Lists;
use crate::citation::export::{self, Format};
use crate::diagnostic::Diagnostic;
use crate::model::Variant;
use crate::model::book::{Anchor, Book, Handout, Topic};
use crate::model::draft::{ContentFile, Draft, Handbook};
use crate::model::ledger::{Edition, Inventory};
use crate::product::{Kind, Naming, Product};
use crate::release::later::moved;
use crate::render::typst::{self, HandoutLook, Layout, Manuscript};
use crate::render::web::{Files, Site};
use crate::render::{File, PageMap, epub, site, web};
use crate::report::report;
use crate::source::Source;
use crate::text;
use crate::ui::Ui;

/// What is to be built.
#[derive(Debug, Clone, Default)]
pub(crate) struct BuildOptions {
    /// The kinds of product to make; all if there are none.
    pub(crate) only: Vec<Kind>,
    /// Variants of the page; those of the handbook if there are none.
    pub(crate) variants: Vec<Variant>,
    /// The edition and the site that the web edition is part of; if there is none, it is beside the other outputs.
    pub(crate) published: Option<Published>,
}

/// What the web edition of a release has to know.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    /// The number of the edition.
    pub(crate) edition: Edition,
    /// Where the site will be, if that is known.
    pub(crate) website: Option<String>,
}

impl BuildOptions {
    /// All that is released, with the web edition for its site.
    pub(crate) fn published(published: Published) -> Self {
        let mut options = Self::released();
        options.only.push(Kind::Web);
        options.published = Some(published);
        options
    }

    /// All that is released.
    pub(crate) fn released() -> Self {
        Self {
            only: Kind::released().collect(),
            ..Self::default()
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
            Some(kind @ (Kind::Pdf | Kind::Handouts)) => all_variants && self.makes(kind),
            Some(kind) => self.makes(kind),
            None => all_variants && self.only.is_empty(),
        }
    }

    /// The papers that handouts are printed on: those that are wanted of the handbook's. A screen has none, unless nothing
    /// else is named.
    fn papers_of(&self, named: &BTreeSet<Variant>, first: Variant) -> Vec<Variant> {
        let papers = named
            .iter()
            .copied()
            .filter(|variant| *variant != Variant::Screen);
        let mut papers: Vec<Variant> = papers.filter(|variant| self.has(*variant)).collect();
        if papers.is_empty() {
            papers.push(first);
        }
        papers.sort_by_key(|paper| (*paper != first, *paper));
        papers
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
    /// What it is made of.
    pub(crate) inventory: &'a Inventory,
}

impl Input<'_> {
    /// The figures for the editor, as a file of JSON without its last line end.
    pub(crate) fn report(&self) -> Result<String, String> {
        let report = report(self.draft, self.sources, self.diagnostics);
        let report = serde_json::to_string_pretty(&report);
        let report = report.map_err(|error| format!("cannot write the report: {error}"))?;
        Ok(text::json(&report).into_owned())
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
    let make = match options.makes(Kind::Handouts) {
        true => assemble,
        false => without_handouts,
    };
    let book = ui.stage("assemble", || make(input.draft));
    let variants = &input.draft.handbook.variants;
    let named: BTreeSet<Variant> = variants.iter().map(|variant| variant.value).collect();
    let first = Naming::of(&input.draft.handbook).first;
    let build = Build {
        ui,
        input,
        book: &book,
        options,
        first,
        papers: options.papers_of(&named, first),
    };
    let printed = options.variants_of(&named, build.first);
    let pool = ThreadPoolBuilder::new().stack_size(STACK).build();
    let pool = pool.map_err(|error| Failure::Program(format!("cannot start threads: {error}")))?;
    pool.install(|| build.all(&printed))
}

/// Memory for the calls of a thread. A thread that waits for others works for them meanwhile, on top of its own calls.
const STACK: usize = 64 << 20;

/// What all outputs are made from.
struct Build<'a> {
    ui: &'a Ui,
    input: Input<'a>,
    book: &'a Book,
    options: &'a BuildOptions,
    /// The variant of the page whose pages the EPUB and the web edition have.
    first: Variant,
    /// The papers of the handouts.
    papers: Vec<Variant>,
}

impl Build<'_> {
    /// Everything that is wanted, in a fixed order.
    fn all(&self, printed: &[Variant]) -> Result<Vec<Output>, Failure> {
        if !printed.is_empty() {
            let manuscript = Manuscript::new(self.book, self.input.images);
            return self.books(&manuscript, printed);
        }
        both(|| self.screens(None), || self.others())
    }

    /// The book in some variants, then all others. While a variant is written, the next is laid out, so that no more than
    /// two fill the memory; while the last is written, the handouts are made.
    fn books(
        &self,
        manuscript: &Manuscript<'_>,
        variants: &[Variant],
    ) -> Result<Vec<Output>, Failure> {
        let Some((variant, next)) = variants.split_first() else {
            return self.others();
        };
        let set = || manuscript.lay_out(*variant);
        let layout = self.ui.stage(&format!("pages {variant}"), set);
        let layout = layout.map_err(Failure::Content)?;
        both(
            || self.print(layout, *variant),
            || self.books(manuscript, next),
        )
    }

    /// The PDF of a variant; of the first, the EPUB and the web edition with its pages, too.
    fn print(&self, layout: Layout<'_>, variant: Variant) -> Result<Vec<Output>, Failure> {
        if variant != self.first {
            return self.pdf(layout, variant);
        }
        let pages = layout.pages.clone();
        both(|| self.pdf(layout, variant), || self.screens(Some(&pages)))
    }

    /// What is read on screens, as far as it is wanted: the EPUB and the web edition.
    fn screens(&self, pages: Option<&PageMap>) -> Result<Vec<Output>, Failure> {
        let epub = || self.options.makes(Kind::Epub).then(|| self.epub(pages));
        let web = || self.options.makes(Kind::Web).then(|| self.web(pages));
        both(
            || epub().into_iter().collect(),
            || Ok(web().into_iter().flatten().collect()),
        )
    }

    /// The handouts and the report.
    fn others(&self) -> Result<Vec<Output>, Failure> {
        let options = self.options;
        let handouts = &self.book.handouts;
        let report = || options.makes(Kind::Report).then(|| self.report());
        let lists = Lists::new(self.input.draft);
        let set = || {
            let look = HandoutLook::of(&self.book.meta);
            let made = handouts.par_iter().map(|it| self.handout(it, &look));
            let made: Vec<Vec<Output>> = made.collect::<Result<_, Failure>>()?;
            let articles = handouts.iter().filter_map(|it| articles(&it.topic, &lists));
            Ok(made.into_iter().flatten().chain(articles).collect())
        };
        both(
            || self.ui.stage("handouts", set),
            || report().into_iter().collect(),
        )
    }

    /// The file of the pages, and with the first variant the cover for a press, if they are not laid out for the EPUB alone.
    fn pdf(&self, layout: Layout<'_>, variant: Variant) -> Result<Vec<Output>, Failure> {
        if !self.options.has(variant) {
            return Ok(Vec::new());
        }
        let number = layout.pages.pages.len();
        let write = || layout.write();
        let bytes = self.ui.stage(&format!("pdf {variant}"), write);
        let pdf = Output {
            product: Product::Pdf(variant),
            bytes: bytes.map_err(Failure::Content)?,
        };
        let cover = self.press_cover(number, variant)?;
        Ok(std::iter::once(pdf).chain(cover).collect())
    }

    /// The sheet around a book of so many pages, if these are those that are printed first.
    fn press_cover(&self, pages: usize, variant: Variant) -> Result<Option<Output>, Failure> {
        if variant != self.first || variant == Variant::Screen {
            return Ok(None);
        }
        let bytes = typst::wrap(self.book, variant, pages).map_err(Failure::Content)?;
        Ok(bytes.map(|bytes| Output {
            product: Product::Cover,
            bytes,
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
        let published = self.options.published.as_ref();
        let address = |product: Product| match published {
            Some(Published { edition, .. }) => {
                let name = product.released_name(&naming, *edition);
                format!("../{}", site::place(&edition.to_string(), &name))
            }
            None => format!("../{}", product.path(&naming)),
        };
        let paper = self.papers.first();
        let paper = paper.filter(|_| self.options.makes(Kind::Handouts));
        let lists = Lists::new(self.input.draft);
        let files = |topic: &Topic| Files {
            handout: paper.map(|paper| address(Product::Handout(topic.clone(), *paper))),
            citations: paper
                .filter(|_| !lists.of(&file_of(topic)).is_empty())
                .map(|_| address(Product::Citations(topic.clone()))),
        };
        let edition = web::Edition {
            book: self.book,
            pages,
            images: self.input.images,
            files: &files,
            moved: &self.moved(),
            site: published.map(|published| Site {
                page: "../index.html",
                address: published.website.as_deref(),
                has_cover: typst::has_cover(self.book),
            }),
        };
        let files = self.ui.stage("web", || web::web(edition));
        let output = |(path, bytes)| Output {
            product: Product::Web(path),
            bytes,
        };
        files.into_iter().map(output).collect()
    }

    /// The places that earlier editions had, and those that have taken their place.
    fn moved(&self) -> BTreeMap<Anchor, Option<Anchor>> {
        let moved = moved(&self.input.draft.releases, self.input.inventory).into_iter();
        moved
            .map(|(old, new)| (anchor(&old), new.as_ref().map(anchor)))
            .collect()
    }

    /// A handout on each paper.
    fn handout(&self, handout: &Handout, look: &HandoutLook) -> Result<Vec<Output>, Failure> {
        let manuscript = Manuscript::handout(handout, look, self.input.images);
        let on = |paper: &Variant| {
            let pdf = manuscript.set(*paper).map_err(Failure::Content)?;
            Ok(Output {
                product: Product::Handout(handout.topic.clone(), *paper),
                bytes: pdf.bytes,
            })
        };
        self.papers.iter().map(on).collect()
    }

    fn report(&self) -> Result<Output, Failure> {
        let text = self.input.report().map_err(Failure::Program)?;
        Ok(Output {
            product: Product::Report,
            bytes: format!("{text}\n").into_bytes(),
        })
    }
}

/// What two makers make, side by side; if both fail, the failure of the first.
fn both(
    first: impl FnOnce() -> Result<Vec<Output>, Failure> + Send,
    second: impl FnOnce() -> Result<Vec<Output>, Failure> + Send,
) -> Result<Vec<Output>, Failure> {
    let (first, second) = match rayon::current_num_threads() {
        // A thread that waits while it writes a file would begin what waits here: the next variant, above this one.
        1 => (first(), second()),
        _ => rayon::join(first, second),
    };
    let mut outputs = first?;
    outputs.extend(second?);
    Ok(outputs)
}

/// The articles of a handout, for a reference manager; `None` if it has none.
fn articles(topic: &Topic, lists: &Lists<'_>) -> Option<Output> {
    let references = lists.of(&file_of(topic));
    let text = export::references(Format::Ris, references);
    (!references.is_empty()).then(|| Output {
        product: Product::Citations(topic.clone()),
        bytes: text.into_bytes(),
    })
}

/// The file that a topic is about.
fn file_of(topic: &Topic) -> ContentFile {
    match topic {
        Topic::Technique(technique) => ContentFile::Technique(technique.clone()),
        Topic::Site(site) => ContentFile::Site(site.clone()),
        Topic::SiteTechnique(site, technique) => {
            ContentFile::SiteTechnique(site.clone(), technique.clone())
        }
    }
}
