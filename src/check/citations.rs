//! Every `[@id]`, and the `reference` of every chart and of every fact at a glance, names a reference.

use std::collections::BTreeSet;

use super::names::suggestion;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ReferenceId;
use crate::model::draft::{Block, Draft, Glance, Inline, Node};
use crate::source::Spanned;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let known: BTreeSet<&str> = draft
        .references
        .iter()
        .map(|reference| reference.id.value.as_str())
        .collect();
    let mut look_up = |ids: &mut dyn Iterator<Item = &Spanned<ReferenceId>>| {
        for id in ids.filter(|id| !known.contains(id.value.as_str())) {
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
                .label("cited here")
                .about(id.value.as_str()),
            );
        }
    };
    for (unit, body) in draft.units() {
        for (_, fact) in draft.glance(&unit).into_iter().flat_map(Glance::facts) {
            look_up(&mut std::iter::once(&fact.reference));
        }
        for node in body.nodes() {
            match node {
                Node::Inline(inline) => {
                    if let Inline::Citation(cited) = &inline.value {
                        look_up(&mut cited.iter().map(|it| &it.id));
                    }
                }
                Node::Block(block) => {
                    if let Block::Chart(chart) = &block.value {
                        look_up(&mut chart.reference.iter());
                    }
                }
            }
        }
    }
}
