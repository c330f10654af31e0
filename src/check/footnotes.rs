//! Every footnote is defined once and used.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Body, Draft, Inline, Node};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (_, body) in draft.units() {
        let used = used(body);
        let mut defined = BTreeSet::new();
        for footnote in &body.footnotes {
            let name = footnote.name.value.as_str();
            if !defined.insert(name) {
                found.push(Diagnostic::new(
                    Code::DuplicateId,
                    footnote.name.span,
                    format!("the footnote `[^{name}]` is defined twice"),
                    "give one of them another name",
                ));
            } else if !used.iter().any(|(other, _)| *other == name) {
                found.push(Diagnostic::new(
                    Code::UnmatchedFootnote,
                    footnote.name.span,
                    format!("the footnote `[^{name}]` is not used"),
                    format!("write `[^{name}]` where it belongs, or delete it"),
                ));
            }
        }
        for (name, span) in used {
            if !defined.contains(name) {
                found.push(Diagnostic::new(
                    Code::UnmatchedFootnote,
                    span,
                    format!("the footnote `[^{name}]` is not defined"),
                    format!("add a paragraph `[^{name}]: …` to this file"),
                ));
            }
        }
    }
}

fn used(body: &Body) -> Vec<(&str, crate::source::Span)> {
    let mut used = Vec::new();
    for node in body.nodes() {
        if let Node::Inline(inline) = node
            && let Inline::Footnote(name) = &inline.value
        {
            used.push((name.as_str(), inline.span));
        }
    }
    used
}
