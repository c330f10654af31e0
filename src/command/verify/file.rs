//! One file: which edition it is, and where it differs from what was released.

use std::path::Path;

use super::{Checked, Outcome, as_released, explained, rebuilt, verdict};
use crate::disk::kept;
use crate::ledger;
use crate::model::ledger::{Artifact, Release};
use crate::release::compare;
use crate::release::verify::{Comparison, Nearest, Unreleased, members, named, nearest, released};
use crate::render::File;
use crate::ui::Ui;

/// Reports on a file, and builds it again if it was released.
pub(super) fn one_file(
    ui: &Ui,
    checked: &mut Checked,
    out: &Path,
    what: &str,
    bytes: &[u8],
) -> Result<Outcome, String> {
    let entries = checked.draft.releases.clone();
    let Some((release, artifact)) = released(&entries, bytes) else {
        let name = Path::new(what)
            .file_name()
            .map(|name| name.to_string_lossy());
        let file = Unreleased::of(&entries, name.as_deref(), bytes);
        unreleased(ui, what, &file, entries.is_empty());
        if let Some(release) = file.like {
            differs(ui, checked, out, release, (&file, bytes))?;
        }
        return Ok(Outcome::Errors);
    };
    ui.result(&as_released(what, (release, artifact)));
    let last = ledger::last(&entries).map(|entry| &entry.release);
    ui.result(&match last.filter(|last| last.edition != release.edition) {
        None => "it is the newest edition".to_owned(),
        Some(last) => format!(
            "there is a newer edition: {} of {}",
            last.edition, last.date
        ),
    });
    match Comparison::of(artifact, Some(bytes)) {
        Comparison::Same => file_again(ui, checked, release, artifact, bytes),
        comparison => {
            ui.result(&format!("{}: {comparison}", artifact.name));
            Ok(Outcome::Errors)
        }
    }
}

/// Builds a file again that is as it was released. The sources here can be other ones than it was made from; then the file
/// is still what it is.
fn file_again(
    ui: &Ui,
    checked: &mut Checked,
    release: &Release,
    artifact: &Artifact,
    bytes: &[u8],
) -> Result<Outcome, String> {
    let Some(made) = rebuilt(ui, checked, release)? else {
        return Ok(Outcome::Done);
    };
    let built = named(&made, &artifact.name);
    let difference = built.map(|built| compare::first_difference(bytes, built));
    ui.result(&match difference {
        None => "it is not built from the sources here".to_owned(),
        Some(None) => {
            ui.result("built again from the sources here, it has the same bytes");
            return Ok(Outcome::Done);
        }
        Some(Some(difference)) => {
            format!("built again from the sources here, it has other bytes: {difference}")
        }
    });
    Ok(match explained(ui, checked, release) {
        true => Outcome::Done,
        false => Outcome::Errors,
    })
}

/// Reports what a file that was never released says of itself.
fn unreleased(ui: &Ui, what: &str, file: &Unreleased<'_>, no_ledger: bool) {
    let claim = file.claim.as_ref().map(|claim| &claim.edition);
    ui.result(&match claim {
        Some(claimed) if file.has_content_of_claim() => format!(
            "`{what}` says that it is edition {claimed}, with the digest of its content, but its bytes are not those that were released"
        ),
        Some(claimed) if file.claimed.is_some() => format!(
            "`{what}` says that it is edition {claimed}, but neither its bytes nor the digest of its content are those that were released"
        ),
        Some(claimed) if no_ledger => format!(
            "`{what}` says that it is edition {claimed}; there is no ledger here to compare it with"
        ),
        Some(claimed) => {
            format!("`{what}` says that it is edition {claimed}, which was never released")
        }
        None if file.is_book => {
            format!("`{what}` does not say which edition it is, and its bytes were never released")
        }
        None => format!("`{what}` is not a PDF or an EPUB of a book that this program made"),
    });
}

/// Reports where a file differs from that file of an edition which it is most like.
fn differs(
    ui: &Ui,
    checked: &mut Checked,
    out: &Path,
    release: &Release,
    (file, bytes): (&Unreleased<'_>, &[u8]),
) -> Result<(), String> {
    let edition = release.edition;
    let originals = originals(ui, checked, out, release)?;
    if let Some((name, members)) = members(&originals, bytes) {
        ui.result(&format!("beside `{name}`, as it was released:"));
        for sentence in members.sentences() {
            ui.result(&sentence);
        }
        return Ok(());
    }
    match nearest(&originals, bytes) {
        None => ui.result(&format!(
            "only the files of edition {edition} can show where it differs"
        )),
        Some(Nearest {
            is_alike: false, ..
        }) if file.has_content_of_claim() => {
            ui.result("another program saved it, perhaps with changes: only a file as it was released can be trusted");
        }
        Some(Nearest {
            is_alike: false, ..
        }) => {
            ui.result(&format!("it is like no file of edition {edition}"));
        }
        Some(Nearest {
            name, difference, ..
        }) => {
            if let Some(difference) = difference {
                ui.result(&format!(
                    "it differs from `{name}`, as it was released: {difference}"
                ));
            }
        }
    }
    Ok(())
}

/// The files of an edition as they were released: those that are kept; if one is missing or damaged, those built again.
fn originals(
    ui: &Ui,
    checked: &mut Checked,
    out: &Path,
    release: &Release,
) -> Result<Vec<File>, String> {
    let (mut originals, _) = kept(out, release);
    if originals.len() < release.artifacts.len()
        && let Some(made) = rebuilt(ui, checked, release)?
    {
        let artifacts = release.artifacts.iter();
        let same = artifacts.filter_map(|artifact| {
            let built = named(&made, &artifact.name);
            let is_same = Comparison::of(artifact, built) == Comparison::Same;
            built
                .filter(|_| is_same)
                .map(|built| (artifact.name.clone(), built.to_vec()))
        });
        let same: Vec<File> = same.collect();
        if same.len() < release.artifacts.len() {
            verdict(ui, checked, release, false);
        }
        originals.extend(same);
    }
    Ok(originals)
}
