//! `fascicle build`: the PDFs, the EPUB, the handouts and the report.

use std::path::Path;

use super::{Characters, Outcome, apart, content_folder, read};
use crate::diagnostic::has_errors;
use crate::disk::write;
use crate::outputs::{Failure, Output, Wanted, outputs};
use crate::ui::{self, Ui};

/// The file with the figures for the editor, which `fascicle check --report` prints.
const REPORT: &str = "report.json";

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
    apart(&folder, out)?;
    let characters = match wanted.needs_fonts() {
        true => Characters::OfFonts,
        false => Characters::Any,
    };
    let checked = read(ui, &folder, characters)?;
    ui.diagnostics(&checked.diagnostics, &checked.shown());
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    let mut files = match outputs(ui, &checked.draft, &checked.project.images, wanted) {
        Ok(files) => files,
        Err(Failure::Content(diagnostics)) => {
            ui.diagnostics(&diagnostics, &checked.shown());
            return Ok(Outcome::Errors);
        }
        Err(Failure::Program(message)) => return Err(message),
    };
    if wanted.only.is_empty() {
        files.push(Output {
            path: REPORT.to_owned(),
            bytes: format!("{}\n", checked.report()?).into_bytes(),
        });
    }
    let written = ui
        .stage("write", || write(out, &files, |path| wanted.renews(path)))
        .map_err(|(path, error)| format!("cannot write `{}`: {error}", path.display()))?;
    for path in written.files {
        ui.result(&path.display().to_string());
    }
    for path in written.gone {
        ui.remark(&format!(
            "removed `{}`, which is no longer part of the book",
            path.display()
        ));
    }
    Ok(Outcome::Done)
}
