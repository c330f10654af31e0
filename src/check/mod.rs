//! [`Draft`] → findings: one rule a file, listed here.

mod characters;
mod charts;
mod citations;
mod footnotes;
mod glossary;
mod handbook;
mod headings;
mod images;
mod index;
mod ledger;
mod links;
mod lists;
mod references;

pub(crate) use characters::is_forbidden;

use crate::diagnostic::Diagnostic;
use crate::model::draft::Draft;

/// Which characters the outputs can hold.
pub type Coverage<'a> = &'a dyn Fn(char) -> bool;

/// Everything that is wrong with `draft`, in no particular order.
///
/// `can_set` says which characters the fonts of the book have.
#[must_use]
pub fn check(draft: &Draft, can_set: Coverage<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    handbook::check(draft, &mut found);
    ledger::check(draft, &mut found);
    lists::check(draft, &mut found);
    references::check(draft, &mut found);
    charts::check(draft, &mut found);
    citations::check(draft, &mut found);
    links::check(draft, &mut found);
    glossary::check(draft, &mut found);
    index::check(draft, &mut found);
    headings::check(draft, &mut found);
    footnotes::check(draft, &mut found);
    images::check(draft, &mut found);
    characters::check(draft, can_set, &mut found);
    found
}
