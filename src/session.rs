//! The steps of the pipeline in their order, for all commands and tests.

use crate::diagnostic::Diagnostic;
use crate::ledger;
use crate::load::Project;
use crate::model::draft::Draft;
use crate::parse::parse;

/// Reads a project: the text of the book, then the ledger of its releases.
#[must_use]
pub fn draft(project: &Project) -> (Draft, Vec<Diagnostic>) {
    let (mut draft, mut diagnostics) = parse(project);
    let (entries, found) = ledger::read(project);
    draft.releases = entries;
    diagnostics.extend(found);
    (draft, diagnostics)
}
