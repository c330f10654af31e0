//! `fascicle check`: everything that is wrong, nothing written.

use std::path::Path;

use super::{Characters, Outcome, content_folder, finish, read};
use crate::diagnostic::{has_errors, list};
use crate::language;
use crate::pictures::Pictures;
use crate::ui::Ui;

/// Checks a content folder; on request, prints the report on it.
pub(crate) fn check(ui: &Ui, content: Option<&Path>, with_report: bool) -> Outcome {
    finish(run(ui, content, with_report))
}

fn run(ui: &Ui, content: Option<&Path>, with_report: bool) -> Result<Outcome, String> {
    let checked = read(ui, &content_folder(content)?, Characters::OfFonts)?;
    let found = &checked.diagnostics;
    if with_report {
        ui.diagnostics_beside(found, &checked.shown());
        Ui::document(&checked.input(&Pictures::default()).report()?);
    } else {
        ui.diagnostics(found, &checked.shown());
    }
    let language = &checked.draft.handbook.language.value;
    let silent = list(language::silent_rules(&checked.draft.handbook));
    if !silent.is_empty() {
        ui.remark(&format!(
            "silent, because they know no words of the language `{language}`: {silent}"
        ));
    }
    Ok(match has_errors(found) {
        true => Outcome::Errors,
        false => Outcome::Done,
    })
}
