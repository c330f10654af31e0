//! The book names its authors and its reviewers.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Role};
use crate::source::Span;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let handbook = &draft.handbook;
    // If there is no `handbook.toml`, that alone is reported.
    if handbook.span == Span::NOWHERE {
        return;
    }
    let has = |role| handbook.people(role).next().is_some();
    if !has(Role::Compiler) && !has(Role::Editor) {
        found.push(Diagnostic::new(
            Code::NoAuthor,
            handbook.span,
            "the book does not say who made it",
            "add `[[contributor]]` with `name = \"…\"` and `role = \"compiler\"` or `\"editor\"`",
        ));
    }
    if !has(Role::Reviewer) {
        found.push(Diagnostic::new(
            Code::NoReviewer,
            handbook.span,
            "nobody except its authors has reviewed the book",
            "ask a clinician; then add `[[contributor]]` with `name = \"…\"` and `role = \"reviewer\"`",
        ));
    }
}
