//! Which edition a book is, by what it is made of and by the ledger.

use super::difference::difference;
use super::{edition, ledger};
use crate::model::draft::Draft;
use crate::model::release::{Edition, Inventory, Issue, Release, Status};

/// Which edition the book of `draft` is: the newest of the ledger if the content is the same, a draft of the next one
/// if it is not, and what `handbook.toml` says while there is no ledger.
#[must_use]
pub fn issue(draft: &Draft, inventory: &Inventory) -> Issue {
    let Some(last) = ledger::last(&draft.releases).map(|entry| &entry.release) else {
        return Issue {
            edition: draft.handbook.edition.unwrap_or(Edition::FIRST),
            date: draft.handbook.date.unwrap_or_default(),
            status: Status::Unrecorded,
            content: inventory.content,
            since: None,
            changes: Vec::new(),
            note: String::new(),
        };
    };
    if last.inventory.content == inventory.content {
        return of(last);
    }
    let changes = difference(&last.inventory, inventory);
    Issue {
        edition: edition::next(last.edition, &changes)
            .max(draft.handbook.edition.unwrap_or(last.edition)),
        date: last.date,
        status: Status::Draft,
        content: inventory.content,
        since: Some(last.edition),
        changes,
        note: String::new(),
    }
}

/// The issue of a release.
#[must_use]
pub fn of(release: &Release) -> Issue {
    Issue {
        edition: release.edition,
        date: release.date,
        status: Status::Released,
        content: release.inventory.content,
        since: release.previous.as_ref().map(|previous| previous.edition),
        changes: release.changes.clone(),
        note: release.note.clone(),
    }
}
