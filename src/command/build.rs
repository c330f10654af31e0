//! `fascicle build`: the PDF and the EPUB.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::ValueEnum;

use super::{Characters, Outcome, content_folder, read};
use crate::assemble::assemble;
use crate::diagnostic::has_errors;
use crate::model::Variant;
use crate::model::draft::Handbook;
use crate::render::{epub, pdf};
use crate::ui::{self, Ui};

/// One of the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Only {
    /// The printed book.
    Pdf,
    /// The EPUB, without the pages of the printed book, which would have to be set for them.
    Epub,
}

/// What is wanted of a build.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// One of the outputs, if not all.
    pub(crate) only: Option<Only>,
    /// Variants of the page; those of the handbook if there are none.
    pub(crate) variants: Vec<Variant>,
}

impl Wanted {
    /// Whether the PDF of a variant is to be written.
    fn has(&self, variant: Variant) -> bool {
        self.variants.is_empty() || self.variants.contains(&variant)
    }
}

/// Builds a content folder into `out`.
pub(crate) fn build(ui: &Ui, content: Option<&Path>, out: &Path, wanted: &Wanted) -> Outcome {
    match run(ui, content, out, wanted) {
        Ok(outcome) => outcome,
        Err(message) => {
            ui::error(&format!("error: {message}"));
            Outcome::Fault
        }
    }
}

fn run(ui: &Ui, content: Option<&Path>, out: &Path, wanted: &Wanted) -> Result<Outcome, String> {
    let folder = content_folder(content)?;
    let characters = match wanted.only {
        Some(Only::Epub) => Characters::Any,
        Some(Only::Pdf) | None => Characters::OfFonts,
    };
    let checked = read(ui, &folder, characters)?;
    let sources = &checked.project.sources;
    ui.diagnostics(&checked.diagnostics, sources);
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    let images = &checked.project.images;
    let book = ui.stage("assemble", || assemble(&checked.draft));
    let handbook = &checked.draft.handbook;
    let first = handbook
        .variants
        .first()
        .map_or(Variant::default(), |first| first.value);
    let manuscript = pdf::Manuscript::new(&book, images);
    let mut files = Vec::new();
    let mut pages = None;
    for variant in variants(wanted, handbook, first) {
        let pdf = match ui.stage(&format!("pdf {variant}"), || manuscript.set(variant)) {
            Ok(pdf) => pdf,
            Err(diagnostics) => {
                ui.diagnostics(&diagnostics, sources);
                return Ok(Outcome::Errors);
            }
        };
        let name = match variant == first {
            true => format!("{}.pdf", book.meta.slug),
            false => format!("{}-{variant}.pdf", book.meta.slug),
        };
        if wanted.has(variant) {
            files.push((name, pdf.bytes));
        }
        if variant == first {
            pages = Some(pdf.pages);
        }
    }
    if wanted.only != Some(Only::Pdf) {
        let cover = match ui.stage("cover", || pdf::cover(&book)) {
            Ok(cover) => cover,
            Err(diagnostics) => {
                ui.diagnostics(&diagnostics, sources);
                return Ok(Outcome::Errors);
            }
        };
        let bytes = ui.stage("epub", || {
            epub::epub(&book, pages.as_ref(), images, cover.as_deref())
        });
        files.push((
            format!("{}.epub", book.meta.slug),
            bytes.map_err(|error| error.to_string())?,
        ));
    }
    let written = ui
        .stage("write", || write(out, &files))
        .map_err(|(path, error)| format!("cannot write `{}`: {error}", path.display()))?;
    for path in written {
        ui.result(&path.display().to_string());
    }
    Ok(Outcome::Done)
}

/// The variants to set, each once: those that are wanted, and for the pages of the EPUB the first of the handbook.
fn variants(wanted: &Wanted, handbook: &Handbook, first: Variant) -> BTreeSet<Variant> {
    let mut variants = BTreeSet::new();
    if wanted.only == Some(Only::Epub) {
        return variants;
    }
    match wanted.variants.is_empty() {
        true => variants.extend(handbook.variants.iter().map(|variant| variant.value)),
        false => variants.extend(&wanted.variants),
    }
    if wanted.variants.is_empty() || wanted.only.is_none() {
        variants.insert(first);
    }
    variants
}

/// Writes all files beside their places, then renames them: a file is the old one or the new one.
fn write(out: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    fs::create_dir_all(out).map_err(at(out))?;
    let mut beside = Vec::new();
    for (name, bytes) in files {
        let path = out.join(format!(".{name}.new"));
        beside.push((path.clone(), out.join(name)));
        if let Err(error) = fs::write(&path, bytes) {
            for (path, _) in beside {
                // What could not be written may not be there to remove.
                let _ = fs::remove_file(path);
            }
            return Err((path, error));
        }
    }
    for (from, to) in &beside {
        fs::rename(from, to).map_err(at(to))?;
    }
    Ok(beside.into_iter().map(|(_, to)| to).collect())
}
