//! What changes make of the next edition. In `tests/releases`, `before/` is a book. Each other folder has the files that are
//! different `after/`, the names of those that are gone in `gone.txt`, and the number and the notes in `expected.md`.

use std::fs;
use std::path::Path;

use fascicle::assemble;
use fascicle::ledger;
use fascicle::model::ledger::Status;
use fascicle::release::{difference, issue, notes};
use libtest_mimic::{Failed, Trial};

use super::edition::{book, record};
use super::support::{copy, root};
use super::{expect, folders, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let folders = folders("tests/releases").into_iter();
    let changes = folders.filter(|folder| !folder.ends_with("before"));
    changes
        .map(|change| trial("releases", change, run))
        .collect()
}

/// The book of the tests with the first entry of a ledger, and what an example changes.
fn changed(example: &Path, folder: &Path) {
    copy(&root().join("tests/releases/before"), folder);
    record(folder, "1.0.0");
    if example.join("after").is_dir() {
        copy(&example.join("after"), folder);
    }
    let gone = fs::read_to_string(example.join("gone.txt")).unwrap_or_default();
    gone.lines()
        .for_each(|path| fs::remove_file(folder.join(path)).unwrap());
}

fn run(example: &Path) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    changed(example, folder.path());
    let (draft, inventory) = book(folder.path());
    let mut issue = issue(&draft, &inventory);
    let last = &ledger::last(&draft.releases).unwrap().release;
    if issue.status == Status::Released {
        // There is no new edition; the notes show what can be seen all the same.
        assert_eq!(issue.edition, last.edition);
        issue.since = Some(last.edition);
        issue.changes = difference(&last.inventory, &inventory);
    }
    let notes = notes::markdown(&assemble::notes(&draft.handbook, &issue));
    let found = format!("Edition {} ({:?})\n\n{notes}", issue.edition, issue.status);
    expect(&example.join("expected.md"), &found)
}
