//! The ledger is one chain: every entry is as it was written, and follows one other.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{restore, whole};
use crate::model::draft::Draft;
use crate::model::ledger::{Edition, LedgerEntry, Previous};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let entries: BTreeMap<Edition, &LedgerEntry> = (draft.releases.iter())
        .map(|entry| (entry.release.edition, entry))
        .collect();
    for entry in &draft.releases {
        unchanged(entry, found);
        let Some(previous) = &entry.release.previous else {
            continue;
        };
        match entries.get(&previous.edition) {
            Some(before) => follows(entry, before, previous, found),
            None => found.push(gap(entry, previous.edition)),
        }
    }
    forks(&draft.releases, found);
}

fn path(edition: Edition) -> String {
    format!("releases/{edition}.toml")
}

/// The entry matches its seal and the digest of its units.
fn unchanged(entry: &LedgerEntry, found: &mut Vec<Diagnostic>) {
    let release = &entry.release;
    let help = || restore(&path(release.edition));
    let (written, sealed, span) = entry.seal;
    if written != sealed {
        let message = format!(
            "the entry of edition {} was changed after it was written",
            release.edition
        );
        let label = "this seal belongs to other text";
        found.push(Diagnostic::new(Code::TamperedLedger, span, message, help()).label(label));
    } else if release.inventory.content != whole(&release.inventory.units) {
        let message = "the unit digests do not add up to the content digest";
        let label = "this digest belongs to other units";
        let finding = Diagnostic::new(Code::TamperedLedger, entry.content, message, help());
        found.push(finding.label(label));
    }
}

/// The entry before it is the one it was written after.
fn follows(
    entry: &LedgerEntry,
    before: &LedgerEntry,
    previous: &Previous,
    found: &mut Vec<Diagnostic>,
) {
    let (release, earlier) = (&entry.release, &before.release);
    if before.digest != previous.digest {
        let message = format!(
            "the entry of edition {} was changed after this entry was written",
            earlier.edition
        );
        let help = restore(&path(earlier.edition));
        found.push(
            Diagnostic::new(Code::TamperedLedger, entry.previous, message, help)
                .label("this digest belongs to another text")
                .related(before.span, "the changed entry"),
        );
    }
    let help = || restore(&path(release.edition));
    if release.edition <= earlier.edition {
        let message = format!(
            "edition {} cannot follow {}",
            release.edition, earlier.edition
        );
        found.push(Diagnostic::new(
            Code::TamperedLedger,
            entry.edition,
            message,
            help(),
        ));
    }
    if release.date < earlier.date {
        let message = format!(
            "{} is earlier than {}, the date of edition {}",
            release.date, earlier.date, earlier.edition
        );
        found.push(Diagnostic::new(
            Code::TamperedLedger,
            entry.date,
            message,
            help(),
        ));
    }
}

fn gap(entry: &LedgerEntry, missing: Edition) -> Diagnostic {
    let message = format!("the entry of edition {missing}, the one before this, is missing");
    Diagnostic::new(
        Code::LedgerGap,
        entry.previous,
        message,
        restore(&path(missing)),
    )
    .label("the digest of the missing entry")
}

/// No two entries follow the same one, and only one follows none.
fn forks(releases: &[LedgerEntry], found: &mut Vec<Diagnostic>) {
    let mut followed: BTreeMap<Option<Edition>, &LedgerEntry> = BTreeMap::new();
    for entry in releases {
        let before = entry
            .release
            .previous
            .as_ref()
            .map(|previous| previous.edition);
        let Some(first) = followed.get(&before) else {
            followed.insert(before, entry);
            continue;
        };
        let (one, other) = (first.release.edition, entry.release.edition);
        let message = match before {
            Some(before) => format!("editions {one} and {other} both follow {before}"),
            None => format!("editions {one} and {other} both claim to be the first"),
        };
        let help =
            "keep the entry that was published, delete the other, and run `fascicle release` again";
        found.push(
            Diagnostic::new(Code::LedgerFork, entry.previous, message, help)
                .label("the ledger forks here")
                .related(first.previous, "the other one"),
        );
    }
}
