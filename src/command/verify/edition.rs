//! All files of an edition: built again, and kept.

use std::path::Path;

use super::super::changes::entry;
use super::{Checked, Outcome, rebuilt, verdict};
use crate::disk::{Damaged, kept};
use crate::model::ledger::Edition;
use crate::release::compare;
use crate::release::verify::{Comparison, named};
use crate::render::File;
use crate::ui::Ui;

/// Builds an edition again, and compares its files with the ledger: those that were built, and those that are kept.
pub(super) fn edition_again(
    ui: &Ui,
    checked: &mut Checked,
    edition: Edition,
    out: &Path,
) -> Result<Outcome, String> {
    let release = entry(checked, edition)?.clone();
    let made = rebuilt(ui, checked, &release)?;
    let mut is_same = made.is_some();
    if let Some(made) = &made {
        let compared = Comparison::of_all(&release, made);
        is_same = compared.iter().all(|(_, found)| *found == Comparison::Same);
        for (name, comparison) in compared {
            ui.result(&format!("{name}: {comparison}"));
        }
    }
    let (_, damaged) = kept(out, &release);
    for file in &damaged {
        damaged_file(ui, file, made.as_deref());
    }
    if made.is_some() {
        verdict(ui, checked, &release, is_same);
    }
    Ok(match is_same && damaged.is_empty() {
        true => Outcome::Done,
        false => Outcome::Errors,
    })
}

/// Reports a kept file that is not as it was released, and where it differs, if the original was built again.
fn damaged_file(ui: &Ui, file: &Damaged<'_>, made: Option<&[File]>) {
    let Damaged {
        artifact,
        path,
        bytes,
    } = file;
    let original = made.and_then(|made| named(made, &artifact.name));
    let original =
        original.filter(|built| Comparison::of(artifact, Some(built)) == Comparison::Same);
    let difference = original.zip(bytes.as_deref());
    let difference = difference.and_then(|(one, other)| compare::first_difference(one, other));
    ui.result(&format!(
        "{}: the file at `{}` is not as it was released{}",
        artifact.name,
        path.display(),
        difference.map_or_else(String::new, |it| format!(": {it}"))
    ));
}
