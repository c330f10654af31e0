//! `fascicle verify`: which edition a file is, whether its bytes are those that were released, and whether the sources
//! give them again.

use std::io::ErrorKind;
use std::path::Path;

use super::changes::entry;
use super::{Characters, Checked, Outcome, content_folder, read};
use crate::assemble;
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::digest::sha256;
use crate::ledger;
use crate::load::read_file;
use crate::model::ledger::{Artifact, Edition, EditionStatement, Release, Status};
use crate::outputs::{BuildOptions, released};
use crate::product::RELEASES;
use crate::release::making::other_making;
use crate::release::{compare, difference, notes};
use crate::render::File;
use crate::ui::{self, Ui};

/// Verifies a file, or all files of an edition.
pub(crate) fn verify(ui: &Ui, content: Option<&Path>, out: &Path, what: &str) -> Outcome {
    match run(ui, content, out, what) {
        Ok(outcome) => outcome,
        Err(message) => {
            ui::error(&message);
            Outcome::Fault
        }
    }
}

/// What is to be verified.
enum Target {
    Edition(Edition),
    File(Vec<u8>),
}

fn run(ui: &Ui, content: Option<&Path>, out: &Path, what: &str) -> Result<Outcome, String> {
    let target = target(what)?;
    let folder = match (content_folder(content), &target) {
        (Ok(folder), _) => folder,
        (Err(_), Target::File(bytes)) if content.is_none() => {
            return Ok(without_sources(ui, what, bytes));
        }
        (Err(message), _) => return Err(message),
    };
    let mut checked = read(ui, &folder, Characters::OfFonts)?;
    ui.diagnostics(&checked.diagnostics, &checked.shown());
    if has_errors(&checked.diagnostics) {
        if let Target::File(bytes) = &target {
            by_ledger(ui, &checked, what, bytes);
        }
        return Ok(Outcome::Errors);
    }
    match target {
        Target::Edition(edition) => all_files(ui, &mut checked, edition, out),
        Target::File(bytes) => one_file(ui, &mut checked, out, Path::new(what), &bytes),
    }
}

/// No book comes near it: a file that is longer is not read.
const LONGEST: u64 = 1 << 30;

fn target(what: &str) -> Result<Target, String> {
    let path = Path::new(what);
    if path.is_dir() && Edition::parse(what).is_none() {
        return Err(format!(
            "`{what}` is a folder: name one of its files, or an edition, such as `1.0.0`"
        ));
    }
    if let Some(edition) = Edition::parse(what).filter(|_| !path.is_file()) {
        return Ok(Target::Edition(edition));
    }
    // Whoever names a link means what it leads to.
    let place = path.canonicalize();
    match place.and_then(|place| read_file(&place, LONGEST)) {
        Ok(bytes) => Ok(Target::File(bytes)),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => Err(format!(
            "`{what}` is longer than any book: more than {} MiB",
            LONGEST >> 20
        )),
        Err(error) => Err(format!(
            "`{what}` is neither an edition, such as `1.0.0`, nor a file that can be read: {error}"
        )),
    }
}

/// What can be said of a file where there is no ledger to compare it with.
fn without_sources(ui: &Ui, what: &str, bytes: &[u8]) -> Outcome {
    let Some(claimed) = compare::claimed_edition(bytes) else {
        ui.result(&format!(
            "`{what}` is no PDF or EPUB of a book that this program made"
        ));
        return Outcome::Errors;
    };
    ui.result(&format!("`{what}` says that it is edition {claimed}"));
    ui.result("only the ledger can tell whether it is as it was released: name the content folder with `--content`");
    Outcome::Errors
}

/// What the ledger, if there is no error in it, says of a file where the content has errors and no file can be built.
fn by_ledger(ui: &Ui, checked: &Checked, what: &str, bytes: &[u8]) {
    let sources = &checked.project.sources;
    let in_ledger = |diagnostic: &Diagnostic| {
        let source = sources.get(diagnostic.span.source.0 as usize);
        source.is_none_or(|source| source.path.starts_with("releases/"))
    };
    let mut errors = (checked.diagnostics.iter()).filter(|it| it.severity == Severity::Error);
    if errors.any(in_ledger) {
        return;
    }
    let digest = sha256(bytes);
    let released = checked.draft.releases.iter().find_map(|entry| {
        let release = &entry.release;
        let mut artifacts = release.artifacts.iter();
        Some((release, artifacts.find(|it| it.digest == digest)?))
    });
    match released {
        Some((Release { edition, date, .. }, Artifact { name, .. })) => ui.result(&format!(
            "`{what}` is of edition {edition} of {date}, as it was released: `{name}`; the content here has errors, and \
             it cannot be built again"
        )),
        None => ui.result(&format!("the bytes of `{what}` were never released")),
    }
}

/// Builds an edition again and compares each file with the ledger; files of it that lie here, too.
fn all_files(
    ui: &Ui,
    checked: &mut Checked,
    edition: Edition,
    out: &Path,
) -> Result<Outcome, String> {
    let release = entry(checked, edition)?.clone();
    let made = rebuilt(ui, checked, &release)?;
    let folder = out.join(RELEASES).join(edition.to_string());
    let mut kept_well = true;
    let mut same = made.is_some();
    for artifact in &release.artifacts {
        let built = made.as_deref().and_then(|made| find(made, &artifact.name));
        if made.is_some() {
            same &= built_again(ui, artifact, built);
        }
        let original = built.filter(|built| sha256(built) == artifact.digest);
        kept_well &= kept_file(ui, artifact, original, &folder.join(&artifact.name));
    }
    let is_of_it = |name: &str| release.artifacts.iter().any(|it| it.name == name);
    for (name, _) in made.iter().flatten().filter(|(name, _)| !is_of_it(name)) {
        same = false;
        ui.result(&format!(
            "{name}: built from the sources here, but edition {edition} has no such file"
        ));
    }
    if made.is_some() {
        verdict(ui, checked, &release, same);
    }
    Ok(match same && kept_well {
        true => Outcome::Done,
        false => Outcome::Errors,
    })
}

/// Whether the sources give the files of a release again, and if they do not, why.
fn verdict(ui: &Ui, checked: &Checked, release: &Release, same: bool) {
    let edition = release.edition;
    if same {
        ui.result(&format!(
            "edition {edition} can be built again from the sources here, byte for byte"
        ));
        return;
    }
    if !explained(ui, checked, release) {
        ui.result(&format!(
            "edition {edition} cannot be built again: the same content, styles and program give other bytes here; if \
             files have other names or white space was typed otherwise since then, check out its tag `v{edition}`"
        ));
    }
}

/// Says what may be the reason of other bytes; whether there is one.
fn explained(ui: &Ui, checked: &Checked, release: &Release) -> bool {
    let reasons = other_making(&checked.inventory, release);
    for reason in &reasons {
        ui.result(reason);
    }
    if !reasons.is_empty() {
        let edition = release.edition;
        ui.result(&format!(
            "to build it again byte for byte, check out its tag `v{edition}`, and its program with it"
        ));
    }
    !reasons.is_empty()
}

fn find<'a>(files: &'a [File], name: &str) -> Option<&'a [u8]> {
    let file = files.iter().find(|(other, _)| other == name);
    file.map(|(_, bytes)| bytes.as_slice())
}

/// Says whether a file was built again as the ledger has it.
fn built_again(ui: &Ui, artifact: &Artifact, built: Option<&[u8]>) -> bool {
    let Artifact { name, size, digest } = artifact;
    let Some(built) = built else {
        ui.result(&format!(
            "{name}: released, but not built from the sources here"
        ));
        return false;
    };
    let length = built.len();
    if sha256(built) == *digest {
        ui.result(&format!("{name}: the same bytes"));
        return has_size(ui, artifact, built);
    }
    ui.result(&format!(
        "{name}: other bytes ({length} of them, where {size} were released)"
    ));
    false
}

/// Whether a file that has the digest of an artifact has its size, too. A release writes both of the same bytes.
fn has_size(ui: &Ui, artifact: &Artifact, bytes: &[u8]) -> bool {
    let Artifact { name, size, .. } = artifact;
    let is_same = *size == bytes.len() as u64;
    if !is_same {
        ui.result(&format!(
            "{name}: the ledger says that it has {size} bytes, and it has {}: the entry was not written by a release",
            bytes.len()
        ));
    }
    is_same
}

/// How much of a file is read that may be one of an edition: somewhat more than it has, so that its end can be told.
fn most(artifact: &Artifact) -> u64 {
    artifact.size.saturating_add(1 << 20).min(LONGEST)
}

/// Says so if a file of an edition lies here and is not as it was released.
fn kept_file(ui: &Ui, artifact: &Artifact, original: Option<&[u8]>, path: &Path) -> bool {
    let kept = match read_file(path, most(artifact)) {
        Ok(kept) if sha256(&kept) == artifact.digest => return true,
        Ok(kept) => Some(kept),
        Err(error) if error.kind() == ErrorKind::NotFound => return true,
        // It is longer, or no file at all.
        Err(_) => None,
    };
    let difference = original.zip(kept);
    let difference = difference.and_then(|(one, other)| compare::first_difference(one, &other));
    let difference = difference.map_or_else(String::new, |it| format!(": {it}"));
    ui.result(&format!(
        "{}: what lies at `{}` is not as it was released{difference}",
        artifact.name,
        path.display()
    ));
    false
}

fn one_file(
    ui: &Ui,
    checked: &mut Checked,
    out: &Path,
    path: &Path,
    bytes: &[u8],
) -> Result<Outcome, String> {
    let digest = sha256(bytes);
    let releases: Vec<Release> = (checked.draft.releases.iter())
        .map(|entry| entry.release.clone())
        .collect();
    for release in releases.iter().rev() {
        if let Some(artifact) = release.artifacts.iter().find(|it| it.digest == digest) {
            let (shown, Artifact { name, .. }) = (path.display(), artifact);
            let Release { edition, date, .. } = release;
            ui.result(&format!(
                "`{shown}` is of edition {edition} of {date}, as it was released: `{name}`"
            ));
            newest(ui, checked, release);
            if !has_size(ui, artifact, bytes) {
                return Ok(Outcome::Errors);
            }
            return again(ui, checked, release, artifact, bytes);
        }
    }
    if let Some(release) = supposed(ui, &releases, path, bytes) {
        differs(ui, checked, out, release, bytes)?;
    }
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

/// Builds the edition of a file that is as it was released again. The sources here can be other ones than it was made
/// from; then the file is still what it is.
fn again(
    ui: &Ui,
    checked: &mut Checked,
    release: &Release,
    artifact: &Artifact,
    bytes: &[u8],
) -> Result<Outcome, String> {
    let Some(made) = rebuilt(ui, checked, release)? else {
        return Ok(Outcome::Done);
    };
    let built = find(&made, &artifact.name);
    let difference = match built {
        None => "it is not built from the sources here".to_owned(),
        Some(built) => match compare::first_difference(bytes, built) {
            None => {
                ui.result("built again from the sources here, it has the same bytes");
                return Ok(Outcome::Done);
            }
            Some(difference) => {
                format!("built again from the sources here, it has other bytes: {difference}")
            }
        },
    };
    ui.result(&difference);
    Ok(match explained(ui, checked, release) {
        true => Outcome::Done,
        false => Outcome::Errors,
    })
}

/// The release that a file which was never released may be made from, and whatever can be said of it without: it may
/// say so itself, or have the name or the length of one of its files, or at least begin as one.
fn supposed<'a>(
    ui: &Ui,
    releases: &'a [Release],
    path: &Path,
    bytes: &[u8],
) -> Option<&'a Release> {
    let shown = path.display();
    let claimed = compare::claimed_edition(bytes);
    let of_claim = claimed.as_deref().and_then(|claimed| {
        let same = |release: &&Release| release.edition.to_string() == claimed;
        releases.iter().find(same)
    });
    let name = path.file_name().map(|name| name.to_string_lossy());
    let alike = |artifact: &Artifact| {
        Some(artifact.name.as_str()) == name.as_deref() || artifact.size == bytes.len() as u64
    };
    let similar = releases
        .iter()
        .rev()
        .find(|release| release.artifacts.iter().any(alike));
    let may_be_one = bytes.starts_with(b"%PDF") || bytes.starts_with(b"PK");
    let newest = releases.iter().max_by_key(|release| release.edition);
    ui.result(&match (&claimed, of_claim) {
        (Some(claimed), Some(_)) => format!(
            "`{shown}` says that it is edition {claimed}, but its bytes are not those that were released"
        ),
        (Some(claimed), None) if releases.is_empty() => format!(
            "`{shown}` says that it is edition {claimed}; there is no ledger here to compare it with"
        ),
        (Some(claimed), None) => {
            format!("`{shown}` says that it is edition {claimed}, which was never released")
        }
        (None, _) if similar.is_some() || may_be_one => {
            format!("`{shown}` does not say which edition it is, and its bytes were never released")
        }
        (None, _) => format!("`{shown}` is no PDF or EPUB of a book that this program made"),
    });
    let begun = newest.filter(|_| may_be_one && claimed.is_none());
    of_claim.or(similar).or(begun)
}

/// Says where a file differs from that file of an edition which it is most like.
fn differs(
    ui: &Ui,
    checked: &mut Checked,
    out: &Path,
    release: &Release,
    bytes: &[u8],
) -> Result<(), String> {
    let edition = release.edition;
    let originals = originals(ui, checked, out, release)?;
    let nearest = originals
        .iter()
        .map(|(name, original)| (compare::alike(original, bytes), name, original))
        .max_by_key(|(alike, ..)| *alike);
    let Some((alike, name, original)) = nearest else {
        ui.result(&format!(
            "where it differs can be told only with the files of edition {edition}"
        ));
        return Ok(());
    };
    // Even in files that have nothing to do with each other, some bytes are the same by chance.
    if alike * 2 < bytes.len() {
        ui.result(&format!("it is like no file of edition {edition}"));
    } else if let Some(difference) = compare::first_difference(original, bytes) {
        ui.result(&format!(
            "it differs from `{name}`, as it was released: {difference}"
        ));
    }
    Ok(())
}

/// The files of an edition as they were released, by their digests: those that lie here; if one is missing or was
/// changed, those built again.
fn originals(
    ui: &Ui,
    checked: &mut Checked,
    out: &Path,
    release: &Release,
) -> Result<Vec<File>, String> {
    let folder = out.join(RELEASES).join(release.edition.to_string());
    let is_of_it = |(name, bytes): &File| {
        let digest = sha256(bytes);
        let mut artifacts = release.artifacts.iter();
        artifacts.any(|artifact| artifact.name == *name && artifact.digest == digest)
    };
    let kept = release.artifacts.iter().filter_map(|artifact| {
        let bytes = read_file(&folder.join(&artifact.name), most(artifact)).ok()?;
        Some((artifact.name.clone(), bytes)).filter(is_of_it)
    });
    let mut originals: Vec<File> = kept.collect();
    if originals.len() < release.artifacts.len()
        && let Some(mut made) = rebuilt(ui, checked, release)?
    {
        made.retain(is_of_it);
        if made.len() < release.artifacts.len() {
            verdict(ui, checked, release, false);
        }
        originals.extend(made);
    }
    Ok(originals)
}

/// The files of an edition, built from the sources here; `None`, with the reason said, if these are of other content.
fn rebuilt(ui: &Ui, checked: &mut Checked, release: &Release) -> Result<Option<Vec<File>>, String> {
    if checked.inventory.content != release.inventory.content {
        let edition = release.edition;
        let issue = EditionStatement {
            since: Some(edition),
            changes: difference(&release.inventory, &checked.inventory),
            status: Status::Draft,
            note: String::new(),
            ..release.statement()
        };
        let told = assemble::notes(&checked.draft.handbook.language.value, &issue);
        ui.results(&format!(
            "the sources here are of other content than edition {edition}; to build it again, check out its tag `v{edition}`\n\n{}",
            notes::text(&told).trim_end()
        ));
        return Ok(None);
    }
    checked.draft.issue = Some(release.statement());
    let made = checked.make(ui, &BuildOptions::released())?;
    Ok(made.map(|made| released(made, &checked.draft.handbook, release.edition)))
}
