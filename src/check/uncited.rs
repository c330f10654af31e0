//! No comment in brackets, and no word of the text, was meant to be a citation.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Inline, Node, plain_text};
use crate::reading::Reading;
use crate::source::{Span, Spanned};

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    // With `\@` the author says that it is no citation; a bracket without its partner is reported as that.
    let is_other = |span: Span| {
        let start = span.start.saturating_sub(1);
        let written = reading.written(Span { start, ..span });
        written.contains("\\@") || written.starts_with("[@")
    };
    let references = reading.draft.references.iter();
    let known: BTreeSet<&str> = references.map(|it| it.id.value.as_str()).collect();
    for (_, body) in reading.draft.units() {
        let mut reported = 0;
        for node in body.nodes() {
            let Node::Inline(inline) = node else {
                continue;
            };
            if inline.span.start < reported || is_other(inline.span) {
                continue;
            }
            let finding = match &inline.value {
                Inline::Bracket(content) => in_comment(content, inline.span, &known),
                Inline::Text(text) => in_text(text, inline.span, &known),
                _ => None,
            };
            if let Some(finding) = finding {
                reported = inline.span.end;
                found.push(finding);
            }
        }
    }
}

/// The name of a reference behind `@`, without brackets.
fn in_text(text: &str, span: Span, known: &BTreeSet<&str>) -> Option<Diagnostic> {
    let names = text.split('@').skip(1).map(|rest| {
        let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || it == '-'));
        &rest[..end.unwrap_or(rest.len())]
    });
    let name = names.into_iter().find(|name| known.contains(name))?;
    let message = format!("`@{name}` is shown as it is typed, and is no citation");
    let help = format!("type `[@{name}]`");
    Some(Diagnostic::new(
        Code::MalformedCitation,
        span,
        message,
        help,
    ))
}

/// A comment in brackets that was meant to be a citation: nobody writes `@` and a name, or the name of a reference alone,
/// as a comment.
fn in_comment(
    content: &[Spanned<Inline>],
    span: Span,
    known: &BTreeSet<&str>,
) -> Option<Diagnostic> {
    let text = plain_text(content);
    let typed = text.trim();
    let meant = if known.contains(typed) {
        format!("[@{typed}]")
    } else {
        let at = typed.find('@').filter(|at| {
            typed[..*at]
                .chars()
                .next_back()
                .is_none_or(|before| before.is_whitespace() || matches!(before, '(' | ';' | ','))
        })?;
        let rest = &typed[at + 1..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(rest.len());
        if end == 0 || !rest.starts_with(|first: char| first.is_ascii_lowercase()) {
            return None;
        }
        let after = match &rest[end..] {
            after if after.starts_with(|c: char| c.is_alphanumeric()) => format!(" {after}"),
            after => after.to_owned(),
        };
        format!("{}[@{}]{after}", &typed[..at], &rest[..end])
    };
    Some(
        Diagnostic::new(
            Code::MalformedCitation,
            span,
            format!("`[{text}]` would be a comment, and no citation"),
            format!("type `{meant}`"),
        )
        .label("a citation begins with `[@`"),
    )
}
