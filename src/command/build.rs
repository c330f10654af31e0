//! `fascicle build`: the PDFs, the EPUB, the handouts, the web edition and the report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::open::open;
use super::{Characters, Outcome, content_folder, finish, read, reject_output_in_content};
use crate::diagnostic::has_errors;
use crate::disk::write;
use crate::outputs::BuildOptions;
use crate::product::{HOME, Kind, Naming};
use crate::render::File;
use crate::ui::Ui;

/// Builds a content folder into `out`, and opens the book if somebody wants to see it at once.
pub(crate) fn build(
    ui: &Ui,
    content: Option<&Path>,
    out: &Path,
    options: &BuildOptions,
    opens: bool,
) -> Outcome {
    finish(run(ui, content, out, options, opens))
}

fn run(
    ui: &Ui,
    content: Option<&Path>,
    out: &Path,
    options: &BuildOptions,
    opens: bool,
) -> Result<Outcome, String> {
    let folder = content_folder(content)?;
    reject_output_in_content(&folder, out)?;
    let characters = match options.needs_fonts() {
        true => Characters::OfFonts,
        false => Characters::Any,
    };
    let checked = read(ui, &folder, characters)?;
    ui.diagnostics_in_short(&checked.diagnostics, &checked.shown());
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    let Some(made) = checked.make(ui, options)? else {
        return Ok(Outcome::Errors);
    };
    let naming = Naming::of(&checked.draft.handbook);
    let parts = made.iter().filter(|output| output.product.is_part());
    let parts: BTreeSet<PathBuf> = parts
        .map(|output| out.join(output.product.path(&naming)))
        .collect();
    let made = made.into_iter();
    let files: Vec<File> = made
        .map(|output| (output.product.path(&naming), output.bytes))
        .collect();
    let written = ui
        .stage("write", || write(out, &files, |path| options.renews(path)))
        .map_err(|error| error.to_string())?;
    for path in written.files.iter().filter(|path| !parts.contains(*path)) {
        ui.result(&path.display().to_string());
    }
    for path in written.removed {
        ui.remark(&format!(
            "removed `{}`, which is no longer part of the book",
            path.display()
        ));
    }
    if let Some(book) = to_open(&files) {
        let book = out.join(book);
        match opens {
            true => open(
                &std::path::absolute(&book)
                    .unwrap_or(book)
                    .display()
                    .to_string(),
            )?,
            false => ui.hint(&format!("open `{}` to read the book", book.display())),
        }
    }
    Ok(Outcome::Done)
}

/// The file by which somebody sees the book: the first page on the web, else the first PDF, else the first of all.
fn to_open(files: &[File]) -> Option<&str> {
    let paths = || files.iter().map(|(path, _)| path.as_str());
    let is_home = |path: &&str| path.rsplit('/').next() == Some(HOME);
    let is_pdf = |path: &&str| Kind::at(path) == Some(Kind::Pdf);
    let found = paths().find(is_home).or_else(|| paths().find(is_pdf));
    found.or_else(|| paths().next())
}
