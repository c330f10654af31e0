//! `fascicle check`: everything that is wrong, nothing written.

use std::path::Path;

use super::{Characters, Outcome, content_folder, read};
use crate::diagnostic::has_errors;
use crate::report::report;
use crate::ui::{self, Ui};

/// Checks a content folder; on request, prints the report on it.
pub(crate) fn check(ui: &Ui, content: Option<&Path>, with_report: bool) -> Outcome {
    let checked = content_folder(content).and_then(|folder| read(ui, &folder, Characters::OfFonts));
    match checked {
        Ok(checked) => {
            let (found, sources) = (&checked.diagnostics, &checked.project.sources);
            match with_report {
                true => ui.diagnostics_beside(found, sources),
                false => ui.diagnostics(found, sources),
            }
            if with_report {
                match serde_json::to_string_pretty(&report(&checked.draft)) {
                    Ok(text) => Ui::document(&text),
                    Err(error) => {
                        ui::error(&format!("error: cannot write the report: {error}"));
                        return Outcome::Fault;
                    }
                }
            }
            if has_errors(&checked.diagnostics) {
                Outcome::Errors
            } else {
                Outcome::Done
            }
        }
        Err(message) => {
            ui::error(&format!("error: {message}"));
            Outcome::Fault
        }
    }
}
