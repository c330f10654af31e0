//! The next release: its number, its day and its changes, or why it cannot be made.

use super::canon::squeezed;
use super::difference::difference;
use super::edition;
use crate::ledger;
use crate::model::Date;
use crate::model::draft::Draft;
use crate::model::ledger::{Change, Edition, Inventory, LedgerEntry, Previous, Release};

/// A release that can be made, but for its day.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The entry that it follows.
    last: Option<&'a LedgerEntry>,
    edition: Edition,
    changes: Vec<Change>,
    inventory: &'a Inventory,
}

/// Plans the next release. There is none if the content is that of the last one, unless another number is wanted.
///
/// # Errors
///
/// Why the edition cannot have the number that is `wanted`, as a sentence.
pub fn plan<'a>(
    draft: &'a Draft,
    inventory: &'a Inventory,
    wanted: Option<Edition>,
) -> Result<Option<Plan<'a>>, String> {
    let last = ledger::last(&draft.releases);
    let changes = last.map_or_else(Vec::new, |last| {
        difference(&last.release.inventory, inventory)
    });
    let edition = number(draft, last, &changes, wanted)?;
    if last.is_some_and(|last| last.release.edition == edition) {
        return Ok(None);
    }
    has_room(edition, last.map(|last| last.release.edition))?;
    Ok(Some(Plan {
        last,
        edition,
        changes,
        inventory,
    }))
}

/// Fails if the ledger could not be read again with an edition, or if none could follow it.
fn has_room(edition: Edition, last: Option<Edition>) -> Result<(), String> {
    let highest = Edition::HIGHEST;
    let is_last =
        |it: &Edition| it.edition == highest && last.is_none_or(|last| last.edition < highest);
    let next = edition.readable();
    let Some(next) = next.filter(|next| *next == edition || !is_last(next)) else {
        return Err(format!(
            "no number is left for an edition after {}, since {highest} is the highest: delete the entries in `releases/` \
             that begin with {highest}, if nobody has these editions, and write a smaller `edition` in `handbook.toml`",
            last.unwrap_or(edition)
        ));
    };
    if next != edition {
        return Err(format!(
            "edition {edition} has a number above {highest}: raise the one before it, as in `--edition {next}`"
        ));
    }
    if is_last(&edition) {
        return Err(format!(
            "no edition could follow {edition}, since {highest} is the highest number: write a smaller one, as \
             `edition = \"1.0.0\"` in `handbook.toml` or behind `--edition`"
        ));
    }
    Ok(())
}

/// The number of the next edition: the one wanted, or else the least that the changes and the handbook allow.
fn number(
    draft: &Draft,
    last: Option<&LedgerEntry>,
    changes: &[Change],
    wanted: Option<Edition>,
) -> Result<Edition, String> {
    let required = match last {
        Some(last) => edition::next(last.release.edition, changes),
        None => Edition {
            edition: 0,
            revision: 0,
            correction: 1,
        },
    };
    let usual = match last {
        Some(_) => required.max(draft.handbook.edition.unwrap_or(required)),
        None => draft.handbook.edition.unwrap_or(Edition::FIRST),
    };
    let number = wanted.unwrap_or(usual);
    if number < required {
        let reason = match last {
            Some(last) => format!(
                "what changed since {} asks for {required}",
                last.release.edition
            ),
            None => "numbers begin with 0.0.1".to_owned(),
        };
        return Err(format!(
            "edition {number} is too low: {reason}; leave out `--edition`, or raise it"
        ));
    }
    Ok(number)
}

impl Plan<'_> {
    /// The release on a day, without its files. A day after `latest` is refused, if the clock of the machine knows one: the
    /// ledger never goes back, so every later edition would have at least the mistyped year.
    ///
    /// # Errors
    ///
    /// Why it cannot be made on that day, as a sentence.
    pub fn on(self, date: Date, latest: Option<Date>, note: &str) -> Result<Release, String> {
        let last = self.last.map(|last| &last.release);
        let sealed = last.is_some_and(|last| last.date >= date);
        if latest.is_some_and(|latest| date > latest) && !sealed {
            return Err(format!(
                "{date} is more than a year ahead of the clock of this machine: correct one of the two"
            ));
        }
        if let Some(last) = last.filter(|last| date < last.date) {
            let Release {
                edition,
                date: before,
                ..
            } = last;
            return Err(format!(
                "{date} is before {before}, the day of edition {edition}; write `--date {before}` or later"
            ));
        }
        let previous = |last: &LedgerEntry| Previous {
            edition: last.release.edition,
            digest: last.digest,
        };
        Ok(Release {
            edition: self.edition,
            date,
            previous: self.last.map(previous),
            note: squeezed(note),
            changes: self.changes,
            inventory: self.inventory.clone(),
            artifacts: Vec::new(),
        })
    }
}
