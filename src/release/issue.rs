//! Which edition a book is, by what it is made of and by the ledger.

use super::difference::difference;
use super::edition;
use crate::ledger;
use crate::model::draft::Draft;
use crate::model::ledger::{Edition, EditionStatement, Inventory, Status};

/// Which edition the book of `draft` is: the newest of the ledger if the content is the same, a draft of the next one
/// if it is not, and the edition in `handbook.toml` while there is no ledger.
#[must_use]
pub fn issue(draft: &Draft, inventory: &Inventory) -> EditionStatement {
    let Some(last) = ledger::last(&draft.releases).map(|entry| &entry.release) else {
        return EditionStatement {
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
        return last.statement();
    }
    let changes = difference(&last.inventory, inventory);
    EditionStatement {
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
