//! `fascicle changes`: what changed between editions, or since the last one.

use std::path::Path;

use serde_json::json;

use super::{Characters, Checked, Outcome, content_option, finish, read};
use crate::assemble;
use crate::diagnostic::has_errors;
use crate::ledger;
use crate::model::ledger::{Edition, EditionStatement, Release, Status};
use crate::release::{difference, files, issue, notes};
use crate::text;
use crate::ui::{MessageFormat, Ui};

/// Prints what changed from one edition to another; without the second to the content as it is, without the first
/// since the last edition.
pub(crate) fn changes(ui: &Ui, content: Option<&Path>, editions: &[Edition]) -> Outcome {
    finish(run(ui, content, editions))
}

fn run(ui: &Ui, content: Option<&Path>, editions: &[Edition]) -> Result<Outcome, String> {
    let folder = content_option(content)?;
    let checked = read(ui, &folder, Characters::OfFonts)?;
    ui.diagnostics_beside(&checked.diagnostics, &checked.shown());
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    let issue = between(&checked, editions)?;
    let told = assemble::notes(&checked.draft.handbook, &issue);
    let shown = match ui.format() {
        MessageFormat::Markdown => notes::markdown(&told),
        MessageFormat::Json => text::json(&format!("{:#}", summary(&issue))).into_owned(),
        _ => notes::text(&told),
    };
    Ui::document(shown.trim_end());
    Ok(Outcome::Done)
}

fn summary(issue: &EditionStatement) -> serde_json::Value {
    json!({
        "schema": "fascicle-changes/1",
        "from": issue.since.map(|edition| edition.to_string()),
        "to": issue.edition.to_string(),
        "released": issue.status == Status::Released,
        "changes": files::changes(&issue.changes),
    })
}

/// The entry of an edition.
pub(super) fn entry(checked: &Checked, number: Edition) -> Result<&Release, String> {
    let releases = &checked.draft.releases;
    let found = releases
        .iter()
        .find(|entry| entry.release.edition == number);
    found.map(|entry| &entry.release).ok_or_else(|| {
        let known: Vec<String> = releases
            .iter()
            .map(|entry| entry.release.edition.to_string())
            .collect();
        match known.is_empty() {
            true => "nothing has been released yet: run `fascicle release`".to_owned(),
            false => format!(
                "there is no edition {number}; there are {}",
                known.join(", ")
            ),
        }
    })
}

fn between(checked: &Checked, editions: &[Edition]) -> Result<EditionStatement, String> {
    let last = ledger::last(&checked.draft.releases).map(|last| last.release.edition);
    let from = match editions.first().copied().or(last) {
        Some(from) => entry(checked, from)?,
        None => return Err("nothing has been released yet: run `fascicle release`".to_owned()),
    };
    if let Some(to) = editions.get(1) {
        let to = entry(checked, *to)?;
        return Ok(EditionStatement {
            since: Some(from.edition),
            changes: difference(&from.inventory, &to.inventory),
            note: String::new(),
            ..to.statement()
        });
    }
    Ok(EditionStatement {
        since: Some(from.edition),
        changes: difference(&from.inventory, &checked.inventory),
        note: String::new(),
        ..issue(&checked.draft, &checked.inventory)
    })
}
