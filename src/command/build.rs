//! `fascicle build`: the PDFs, the EPUB and the handouts.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::outputs::{Failure, Output, Wanted, outputs};
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

/// Writes all files beside their places, then renames them: a file is the old one or the new one.
fn write(out: &Path, files: &[Output]) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    fs::create_dir_all(out).map_err(at(out))?;
    let mut beside: Vec<(PathBuf, PathBuf)> = Vec::new();
    for Output { path, bytes } in files {
        let to = out.join(path);
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        let from = to.with_file_name(format!(".{name}.new"));
        let folder = to.parent().unwrap_or(out);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&from, bytes));
        beside.push((from, to));
        if let Err(error) = written {
            for (from, _) in &beside {
                // What could not be written may not be there to remove.
                let _ = fs::remove_file(from);
            }
            let (from, _) = beside.swap_remove(beside.len() - 1);
            return Err((from, error));
        }
    }
    for (from, to) in &beside {
        fs::rename(from, to).map_err(at(to))?;
    }
    Ok(beside.into_iter().map(|(_, to)| to).collect())
}
