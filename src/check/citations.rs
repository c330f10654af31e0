//! Every `[@id]`, and the `reference` of every chart and of every fact at a glance, names a reference.

use std::collections::BTreeSet;

use super::names::suggestion;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ReferenceId;
use crate::model::draft::{Block, Draft, Glance, Inline, Node, plain_text};
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let known: BTreeSet<&str> = draft
        .references
        .iter()
        .map(|reference| reference.id.value.as_str())
        .collect();
    let mut comments = Vec::new();
    let mut look_up = |ids: &[Spanned<ReferenceId>]| {
        for id in ids.iter().filter(|id| !known.contains(id.value.as_str())) {
            found.push(
                Diagnostic::new(
                    Code::UnknownCitation,
                    id.span,
                    format!("there is no reference `{}`", id.value),
                    suggestion(
                        id.value.as_str(),
                        known.iter().copied(),
                        &format!("write `references/{}.md`", id.value),
                    ),
                )
                .label("cited here"),
            );
        }
    };
    for (unit, body) in draft.units() {
        for (_, fact) in draft.glance(&unit).into_iter().flat_map(Glance::facts) {
            look_up(std::slice::from_ref(&fact.reference));
        }
        for node in body.nodes() {
            match node {
                Node::Inline(inline) => match &inline.value {
                    Inline::Citation(ids) => look_up(ids),
                    Inline::Bracket(content) => {
                        comments.extend(in_comment(content, inline.span, &known));
                    }
                    _ => {}
                },
                Node::Block(block) => {
                    if let Block::Chart(chart) = &block.value {
                        look_up(chart.reference.as_slice());
                    }
                }
            }
        }
    }
    found.extend(comments);
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
