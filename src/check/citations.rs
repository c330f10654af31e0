//! Every `[@id]`, and the `reference` of every chart, names a reference.

use std::collections::BTreeSet;

use super::names::suggestion;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Block, Draft, Inline, Node};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let known: BTreeSet<&str> = draft
        .references
        .iter()
        .map(|reference| reference.id.value.as_str())
        .collect();
    for (_, body) in draft.units() {
        for node in body.nodes() {
            let ids = match node {
                Node::Inline(inline) => match &inline.value {
                    Inline::Citation(ids) => ids.as_slice(),
                    _ => continue,
                },
                Node::Block(block) => match &block.value {
                    Block::Chart(chart) => chart.reference.as_slice(),
                    _ => continue,
                },
            };
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
        }
    }
}
