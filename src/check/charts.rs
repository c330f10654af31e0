//! A chart has bars, and no part is larger than the whole.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Amount, Block, Draft, Node};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (_, body) in draft.units() {
        for node in body.nodes() {
            let Node::Block(block) = node else { continue };
            let Block::Chart(chart) = &block.value else {
                continue;
            };
            let alt = &chart.alt;
            super::images::words(&alt.value, Some(&chart.title.value), alt.span, found);
            if chart.bars.is_empty() {
                found.push(Diagnostic::new(
                    Code::MissingKey,
                    block.span,
                    "this chart has no bars",
                    "add `[[bar]]` with `label = \"…\"` and `value = …`",
                ));
            }
            let values = chart.bars.iter().filter_map(|bar| bar.value.as_ref());
            for value in values.filter(|value| chart.is_share() && value.value > Amount::HUNDRED) {
                found.push(Diagnostic::new(
                    Code::ImplausibleValue,
                    value.span,
                    format!("{}% is more than the whole", value.value),
                    "see whether the number or the unit is right",
                ));
            }
        }
    }
}
