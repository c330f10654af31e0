//! The book says who made it, who looked at it, who paid for it, and where its mistakes can be reported.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Role};
use crate::source::Spanned;

/// What a statement says that the book cannot make.
pub(crate) const NOT_STATED: &str = "not stated";

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let handbook = &draft.handbook;
    // Without a `handbook.toml`, that is what to say.
    if handbook.title.is_empty() {
        return;
    }
    let has = |roles: &[Role]| {
        let mut people = handbook.contributors.iter();
        people.any(|person| roles.contains(&person.role))
    };
    if !has(&[Role::Compiler, Role::Editor]) {
        found.push(Diagnostic::new(
            Code::NoAuthor,
            handbook.span,
            "the book does not say who made it",
            "add `[[contributor]]` with `name = \"…\"` and `role = \"compiler\"` or `\"editor\"`",
        ));
    }
    if !has(&[Role::Reviewer]) {
        found.push(Diagnostic::new(
            Code::NoReviewer,
            handbook.span,
            "nobody other than its authors has reviewed the book",
            "ask a clinician; then add `[[contributor]]` with `name = \"…\"` and `role = \"reviewer\"`",
        ));
    }
    let statements = [
        (
            "contact",
            "where mistakes can be reported",
            &handbook.contact,
        ),
        ("funding", "who paid for it", &handbook.funding),
        (
            "interests",
            "which interests its authors have",
            &handbook.interests,
        ),
    ];
    for (key, what, text) in statements {
        statement(draft, key, what, text.as_ref(), found);
    }
    if handbook.evidence_to.is_none() {
        found.push(Diagnostic::new(
            Code::MissingStatement,
            handbook.span,
            "the book does not say up to when evidence was gathered",
            "add `evidence-to = \"2026-01\"`",
        ));
    }
}

fn statement(
    draft: &Draft,
    key: &str,
    what: &str,
    text: Option<&Spanned<String>>,
    found: &mut Vec<Diagnostic>,
) {
    match text {
        None => found.push(Diagnostic::new(
            Code::MissingStatement,
            draft.handbook.span,
            format!("the book does not say {what}"),
            format!("add `{key} = \"…\"`, or `{key} = \"{NOT_STATED}\"` if that is the truth"),
        )),
        Some(text) if text.value == NOT_STATED => found.push(Diagnostic::new(
            Code::NotStated,
            text.span,
            format!("the book says that it does not state {what}"),
            format!("find it out, and write it: `{key} = \"…\"`"),
        )),
        Some(_) => {}
    }
}
