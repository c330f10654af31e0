//! `fascicle release --again`: the files and the site of an edition that the ledger has, made again where they were lost.

use super::changes::entry;
use super::release::{ReleaseOptions, make, publish};
use super::verify::{reissued, verdict};
use super::{Characters, Checked, Outcome, content_folder, finish, read, reject_output_in_content};
use crate::assemble;
use crate::diagnostic::has_errors;
use crate::disk::Ledger;
use crate::ledger;
use crate::model::ledger::{Edition, Release};
use crate::release::files;
use crate::release::verify::Comparison;
use crate::ui::Ui;

/// An edition whose files were lost.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lost {
    /// The newest one.
    Newest,
    /// The one of this number.
    Edition(Edition),
}

/// Makes the files of an edition, and writes them if all of them have the bytes that were released.
pub(crate) fn again(ui: &Ui, options: &ReleaseOptions, which: Lost) -> Outcome {
    finish(run(ui, options, which))
}

fn run(ui: &Ui, options: &ReleaseOptions, which: Lost) -> Result<Outcome, String> {
    let folder = content_folder(options.content.as_deref())?;
    reject_output_in_content(&folder, &options.out)?;
    let mut checked = read(ui, &folder, Characters::OfFonts)?;
    ui.diagnostics_in_short(&checked.diagnostics, &checked.shown());
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    let release = wanted(&checked, which)?;
    if !reissued(ui, &mut checked, &release) {
        return Ok(Outcome::Errors);
    }
    let Some(mut made) = make(ui, options, &checked, release.edition)? else {
        return Ok(Outcome::Errors);
    };
    let mut others = Comparison::of_all(&release, &made.edition);
    others.retain(|(_, comparison)| *comparison != Comparison::Same);
    if !others.is_empty() {
        for (name, comparison) in others {
            ui.result(&format!("{name}: {comparison}"));
        }
        verdict(ui, &checked, &release, false);
        ui.remark(
            "nothing was written: readers trust that the files of an edition are always the same",
        );
        return Ok(Outcome::Errors);
    }
    let told = assemble::notes(&checked.draft.handbook, &release.statement());
    let lists = files::lists(&checked.draft.handbook, &release, &told);
    made.edition.extend(lists);
    let published = publish(ui, options, &checked, (&release, Ledger::Stays), &made)?;
    for (name, _) in &made.edition {
        ui.result(&published.folder.join(name).display().to_string());
    }
    ui.result(&published.page.display().to_string());
    ui.remark(&format!(
        "the files of edition {} that the ledger names are there again, byte for byte; the ledger is as it was",
        release.edition
    ));
    Ok(Outcome::Done)
}

/// The entry of an edition, or the newest one. The site leads to the newest edition, so an older one needs the ledger of
/// its time, which its tag has.
fn wanted(checked: &Checked, which: Lost) -> Result<Release, String> {
    let Some(last) = ledger::last(&checked.draft.releases).map(|entry| &entry.release) else {
        return Err("the ledger has no edition yet; `fascicle release` makes the first".to_owned());
    };
    let edition = match which {
        Lost::Newest => last.edition,
        Lost::Edition(edition) => entry(checked, edition)?.edition,
    };
    if edition != last.edition {
        return Err(format!(
            "edition {edition} is not the newest one here: check out its tag `v{edition}` into another folder, and run \
             `fascicle release --again` there"
        ));
    }
    Ok(last.clone())
}
