//! `fascicle check`: everything that is wrong, nothing written.

use std::path::Path;

use super::{Characters, Outcome, content_folder, read};
use crate::diagnostic::has_errors;
use crate::ui::{self, Ui};

/// Checks a content folder.
pub(crate) fn check(ui: &Ui, content: Option<&Path>) -> Outcome {
    let checked = content_folder(content).and_then(|folder| read(ui, &folder, Characters::OfFonts));
    match checked {
        Ok(checked) => {
            ui.diagnostics(&checked.diagnostics, &checked.project.sources);
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
