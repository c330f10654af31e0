//! `fascicle build`: the PDFs, the EPUB and the handouts.

use std::path::Path;

use super::outputs::{Failure, Wanted, outputs};
use super::write::write;
use super::{Characters, Outcome, content_folder, read};
use crate::diagnostic::has_errors;
use crate::ui::{self, Ui};

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
    let characters = match wanted.needs_fonts() {
        true => Characters::OfFonts,
        false => Characters::Any,
    };
    let checked = read(ui, &folder, characters)?;
    let sources = &checked.project.sources;
    ui.diagnostics(&checked.diagnostics, sources);
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    let files = match outputs(ui, &checked, wanted) {
        Ok(files) => files,
        Err(Failure::Content(diagnostics)) => {
            ui.diagnostics(&diagnostics, sources);
            return Ok(Outcome::Errors);
        }
        Err(Failure::Program(message)) => return Err(message),
    };
    let written = ui
        .stage("write", || write(out, &files))
        .map_err(|(path, error)| format!("cannot write `{}`: {error}", path.display()))?;
    for path in written {
        ui.result(&path.display().to_string());
    }
    Ok(Outcome::Done)
}
