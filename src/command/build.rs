//! `fascicle build`: the PDF and the EPUB.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::ValueEnum;

use super::{Characters, Outcome, content_folder, read};
use crate::assemble::assemble;
use crate::diagnostic::has_errors;
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

/// Builds a content folder into `out`.
pub(crate) fn build(ui: &Ui, content: Option<&Path>, out: &Path, only: Option<Only>) -> Outcome {
    match run(ui, content, out, only) {
        Ok(outcome) => outcome,
        Err(message) => {
            ui::error(&format!("error: {message}"));
            Outcome::Fault
        }
    }
}

fn run(ui: &Ui, content: Option<&Path>, out: &Path, only: Option<Only>) -> Result<Outcome, String> {
    let folder = content_folder(content)?;
    let characters = match only {
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
    let mut files = Vec::new();
    let mut pages = None;
    if only != Some(Only::Epub) {
        match ui.stage("pdf", || pdf::pdf(&book, images)) {
            Ok(pdf) => {
                files.push((format!("{}.pdf", book.meta.slug), pdf.bytes));
                pages = Some(pdf.pages);
            }
            Err(diagnostics) => {
                ui.diagnostics(&diagnostics, sources);
                return Ok(Outcome::Errors);
            }
        }
    }
    if only != Some(Only::Pdf) {
        let bytes = ui.stage("epub", || epub::epub(&book, pages.as_ref(), images));
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
