//! The book states where to report mistakes, who paid for it, which interests its authors have, and how recent it is.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::NOT_STATED;
use crate::model::draft::{Draft, Handbook};
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let handbook = &draft.handbook;
    // If there is no `handbook.toml`, that alone is reported.
    if handbook.span == Span::NOWHERE {
        return;
    }
    let statements = [
        ("contact", "where to report mistakes", &handbook.contact),
        ("funding", "who paid for it", &handbook.funding),
        (
            "interests",
            "which interests its authors have",
            &handbook.interests,
        ),
    ];
    for (key, what, text) in statements {
        statement(handbook, key, what, text.as_ref(), found);
    }
    if handbook.font_licence.is_none()
        && let Some(font) = draft.fonts.first()
    {
        found.push(Diagnostic::new(
            Code::MissingKey,
            handbook.span,
            format!(
                "the book brings the font `{}`, and does not name its licence",
                font.family
            ),
            "add `font-licence = \"OFL-1.1\"`, or whatever its licence is",
        ));
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
    handbook: &Handbook,
    key: &str,
    what: &str,
    text: Option<&Spanned<String>>,
    found: &mut Vec<Diagnostic>,
) {
    match text {
        None => found.push(Diagnostic::new(
            Code::MissingStatement,
            handbook.span,
            format!("the book does not say {what}"),
            format!("add `{key} = \"…\"`, or `{key} = \"{NOT_STATED}\"` if that is the truth"),
        )),
        Some(text) if text.value == NOT_STATED => found.push(Diagnostic::new(
            Code::NotStated,
            text.span,
            format!("the book says that it does not state {what}"),
            format!("find out, and write `{key} = \"…\"`"),
        )),
        Some(_) => {}
    }
}
