//! `fascicle verify`: which edition a file is, whether its bytes are those that were released, and whether the sources
//! give them again.

use std::fs;
use std::path::{Path, PathBuf};

use super::changes::entry;
use super::outputs::{Failure, Wanted, outputs};
use super::{Characters, Checked, Outcome, content_folder, read};
use crate::assemble;
use crate::diagnostic::has_errors;
use crate::model::release::{Artifact, Edition, Issue, Release, Status};
use crate::release::canon::sha256;
use crate::release::files::{self, File};
use crate::release::{compare, difference, issue, ledger, notes};
use crate::ui::{self, Ui};

/// Verifies a file, or all files of an edition.
pub(crate) fn verify(ui: &Ui, content: Option<&Path>, out: &Path, what: &str) -> Outcome {
    match run(ui, content, out, what) {
        Ok(outcome) => outcome,
        Err(message) => {
            ui::error(&format!("error: {message}"));
            Outcome::Fault
        }
    }
}

fn run(ui: &Ui, content: Option<&Path>, out: &Path, what: &str) -> Result<Outcome, String> {
    let path = Path::new(what);
    let edition = Edition::parse(what).filter(|_| !path.exists());
    let bytes = match edition {
        Some(_) => None,
        None => Some(fs::read(path).map_err(|error| {
            format!("`{what}` is neither an edition, such as `1.0.0`, nor a file that can be read: {error}")
        })?),
    };
    let folder = content_folder(content)?;
    let mut checked = read(ui, &folder, Characters::OfFonts)?;
    ui.diagnostics(&checked.diagnostics, &checked.shown());
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    match (edition, bytes) {
        (Some(edition), _) => all_files(ui, &mut checked, edition, out),
        (None, Some(bytes)) => one_file(ui, &mut checked, path, &bytes),
        (None, None) => Ok(Outcome::Done),
    }
}

/// Builds an edition again and compares each file with the ledger, and with the file itself if it is here.
fn all_files(
    ui: &Ui,
    checked: &mut Checked,
    edition: Edition,
    out: &Path,
) -> Result<Outcome, String> {
    let release = entry(checked, edition)?.clone();
    let Some(made) = rebuilt(ui, checked, &release)? else {
        return Ok(Outcome::Errors);
    };
    let folder = out.join("releases").join(edition.to_string());
    let mut same = true;
    for artifact in &release.artifacts {
        let built = made.iter().find(|(name, _)| *name == artifact.name);
        same &= file_again(ui, artifact, built, &folder.join(&artifact.name));
    }
    for (name, _) in &made {
        if !release
            .artifacts
            .iter()
            .any(|artifact| artifact.name == *name)
        {
            same = false;
            ui.result(&format!(
                "{name}: built from the sources here, but edition {edition} has no such file"
            ));
        }
    }
    if same {
        ui.result(&format!(
            "edition {edition} can be built again from the sources here, byte for byte"
        ));
        return Ok(Outcome::Done);
    }
    hint(ui, checked, &release);
    Ok(Outcome::Errors)
}

/// Says whether a file was built again as the ledger has it, and if it lies on the disk, whether it is still that.
fn file_again(ui: &Ui, artifact: &Artifact, built: Option<&File>, path: &Path) -> bool {
    let name = &artifact.name;
    let Some((_, built)) = built else {
        ui.result(&format!(
            "{name}: released, but not built from the sources here"
        ));
        return false;
    };
    let again = sha256(built) == artifact.digest;
    if again {
        ui.result(&format!("{name}: the same bytes"));
    }
    // Without the file there is only its digest to compare with.
    let Ok(kept) = fs::read(path) else {
        if !again {
            let (size, released) = (built.len(), artifact.size);
            ui.result(&format!(
                "{name}: other bytes ({size} of them, where {released} were released)"
            ));
        }
        return again;
    };
    match compare::first_difference(built, &kept) {
        None => again,
        Some(difference) => {
            ui.result(&format!(
                "{name}: what lies at `{}` differs: {difference}",
                path.display()
            ));
            false
        }
    }
}

fn one_file(ui: &Ui, checked: &mut Checked, path: &Path, bytes: &[u8]) -> Result<Outcome, String> {
    let shown = path.display();
    let digest = sha256(bytes);
    let has = |release: &&Release| {
        release
            .artifacts
            .iter()
            .any(|artifact| artifact.digest == digest)
    };
    let releases: Vec<Release> = (checked.draft.releases.iter())
        .map(|entry| entry.release.clone())
        .collect();
    if let Some(release) = releases.iter().rev().find(has) {
        ui.result(&format!(
            "`{shown}` is of edition {} of {}, as it was released",
            release.edition, release.date
        ));
        newest(ui, checked, release);
        return again(ui, checked, release, path, bytes);
    }
    let Some(claimed) = compare::claimed_edition(bytes) else {
        ui.result(&format!(
            "`{shown}` is no PDF or EPUB of a book that this program made"
        ));
        return Ok(Outcome::Errors);
    };
    let number = Edition::parse(&claimed);
    let release = releases
        .iter()
        .find(|release| Some(release.edition) == number);
    let Some(release) = release else {
        ui.result(&format!(
            "`{shown}` says that it is edition {claimed}, which was never released"
        ));
        return Ok(Outcome::Errors);
    };
    ui.result(&format!("`{shown}` says that it is edition {claimed}, but its bytes are not those that were released"));
    again(ui, checked, release, path, bytes)?;
    Ok(Outcome::Errors)
}

fn newest(ui: &Ui, checked: &Checked, release: &Release) {
    let last = ledger::last(&checked.draft.releases).map(|entry| &entry.release);
    match last.filter(|last| last.edition != release.edition) {
        None => ui.result("it is the newest edition"),
        Some(last) => ui.result(&format!(
            "there is a newer edition: {} of {}",
            last.edition, last.date
        )),
    }
}

/// Builds the edition again and compares the file with what it should be.
fn again(
    ui: &Ui,
    checked: &mut Checked,
    release: &Release,
    path: &Path,
    bytes: &[u8],
) -> Result<Outcome, String> {
    let Some(made) = rebuilt(ui, checked, release)? else {
        // What was released is known all the same.
        return Ok(Outcome::Done);
    };
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let alike = made.iter().filter(|(name, _)| {
        PathBuf::from(name)
            .extension()
            .map(|ending| ending.to_string_lossy().into_owned())
            == ending
    });
    let Some((name, built)) = alike.min_by_key(|(_, built)| compare::distance(built, bytes)) else {
        return Ok(Outcome::Errors);
    };
    match compare::first_difference(built, bytes) {
        None => {
            ui.result(&format!(
                "`{name}`, built again from the sources here, has the same bytes"
            ));
            Ok(Outcome::Done)
        }
        Some(difference) => {
            ui.result(&format!(
                "it differs from `{name}`, built again from the sources here: {difference}"
            ));
            hint(ui, checked, release);
            Ok(Outcome::Errors)
        }
    }
}

/// The files of an edition, built from the sources here; `None`, with the reason said, if these are of other content.
fn rebuilt(ui: &Ui, checked: &mut Checked, release: &Release) -> Result<Option<Vec<File>>, String> {
    if checked.inventory.content != release.inventory.content {
        let edition = release.edition;
        let issue = Issue {
            since: Some(edition),
            changes: difference(&release.inventory, &checked.inventory),
            status: Status::Draft,
            note: String::new(),
            ..issue::of(release)
        };
        let told = assemble::notes(&checked.draft.handbook.language.value, &issue);
        ui.result(&format!(
            "the sources here are of other content than edition {edition}; to build it again, check out its tag `v{edition}`\n\n{}",
            notes::text(&told).trim_end()
        ));
        return Ok(None);
    }
    checked.draft.issue = Some(issue::of(release));
    let slug = &checked.draft.handbook.slug;
    let number = release.edition.to_string();
    match outputs(ui, checked, &Wanted::default()) {
        Ok(outputs) => Ok(Some(
            (outputs.into_iter())
                .map(|output| (files::name(slug, &number, &output.path), output.bytes))
                .collect(),
        )),
        Err(Failure::Content(diagnostics)) => {
            ui.diagnostics(&diagnostics, &checked.shown());
            Ok(None)
        }
        Err(Failure::Program(message)) => Err(message),
    }
}

/// Why the same content may give other bytes.
fn hint(ui: &Ui, checked: &Checked, release: &Release) {
    let (now, then) = (&checked.inventory, &release.inventory);
    if now.program != then.program {
        ui.result(&format!(
            "it was made with {}, and this is {}",
            then.program, now.program
        ));
    }
    if now.styles != then.styles {
        ui.result("the styles or the variants of the page are others than those it was made with");
    }
}
