//! `fascicle verify`: which edition a file is, whether its bytes are those that were released, and whether the sources
//! give them again.

mod edition;
mod file;

use std::io::ErrorKind;
use std::path::Path;

use super::{Characters, Checked, Outcome, content_option, finish, read};
use crate::assemble;
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::disk::LONGEST;
use crate::load::read_file;
use crate::model::ledger::{Artifact, Edition, EditionStatement, Release, Status};
use crate::outputs::{BuildOptions, released as released_files};
use crate::release::compare::{self, Claim};
use crate::release::making::other_making;
use crate::release::verify::released;
use crate::release::{difference, notes};
use crate::render::File;
use crate::ui::Ui;

/// Verifies a file, or all files of an edition.
pub(crate) fn verify(ui: &Ui, content: Option<&Path>, out: &Path, what: &str) -> Outcome {
    finish(run(ui, content, out, what))
}

/// What is to be verified.
enum Target {
    Edition(Edition),
    File(Vec<u8>),
}

fn run(ui: &Ui, content: Option<&Path>, out: &Path, what: &str) -> Result<Outcome, String> {
    let target = target(what)?;
    let folder = match (content_option(content), &target) {
        (Ok(folder), _) => folder,
        (Err(_), Target::File(bytes)) if content.is_none() => {
            without_sources(ui, what, bytes);
            return Ok(Outcome::Errors);
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
        Target::Edition(edition) => edition::edition_again(ui, &mut checked, edition, out),
        Target::File(bytes) => file::one_file(ui, &mut checked, out, what, &bytes),
    }
}

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

/// Reports on a file where there is no ledger to compare it with.
fn without_sources(ui: &Ui, what: &str, bytes: &[u8]) {
    match compare::claim(bytes) {
        None => ui.result(&format!(
            "`{what}` is not a PDF or an EPUB of a book that this program made"
        )),
        Some(Claim { edition, .. }) => {
            ui.result(&format!("`{what}` says that it is edition {edition}"));
            ui.result("only the ledger can tell whether it is as it was released: name the content folder with `--content`");
        }
    }
}

/// Reports on a file where the content has errors, so that nothing can be built again; if there are some in the ledger,
/// that cannot be used either.
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
    ui.result(&match released(&checked.draft.releases, bytes) {
        Some(found) => format!(
            "{}; the content here has errors, and it cannot be built again",
            as_released(what, found)
        ),
        None => format!("the bytes of `{what}` were never released"),
    });
}

fn as_released(what: &str, (release, artifact): (&Release, &Artifact)) -> String {
    let (Release { edition, date, .. }, Artifact { name, .. }) = (release, artifact);
    format!("`{what}` is of edition {edition} of {date}, as it was released: `{name}`")
}

/// Reports whether the sources give the files of a release again, and if they do not, why.
pub(super) fn verdict(ui: &Ui, checked: &Checked, release: &Release, is_same: bool) {
    let edition = release.edition;
    if is_same {
        ui.result(&format!(
            "edition {edition} can be built again from the sources here, byte for byte"
        ));
    } else if !explained(ui, checked, release) {
        ui.result(&format!(
            "edition {edition} cannot be built again: the same content, styles and program give other bytes here; if \
             files have other names or white space was typed otherwise since then, check out its tag `v{edition}`"
        ));
    }
}

/// Reports what may be the reason of other bytes; whether there is one.
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

/// The files of an edition, built from the sources here; `None`, after the reason is shown, if these have other content.
fn rebuilt(ui: &Ui, checked: &mut Checked, release: &Release) -> Result<Option<Vec<File>>, String> {
    if !reissued(ui, checked, release) {
        return Ok(None);
    }
    let made = checked.make(ui, &BuildOptions::released())?;
    Ok(made.map(|made| released_files(made, &checked.draft.handbook, release.edition)))
}

/// Lets the sources be those of an edition, if they have its content; if not, shows what is different.
pub(super) fn reissued(ui: &Ui, checked: &mut Checked, release: &Release) -> bool {
    if checked.inventory.content != release.inventory.content {
        let edition = release.edition;
        let issue = EditionStatement {
            since: Some(edition),
            changes: difference(&release.inventory, &checked.inventory),
            status: Status::Draft,
            note: String::new(),
            ..release.statement()
        };
        let changes = assemble::notes(&checked.draft.handbook, &issue);
        ui.results(&format!(
            "the sources here are of other content than edition {edition}; to build it again, check out its tag `v{edition}`\n\n{}",
            notes::text(&changes).trim_end()
        ));
        return false;
    }
    checked.draft.issue = Some(release.statement());
    true
}
