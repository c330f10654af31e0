//! A chart has bars, and their values fit its unit: no percentage above 100, and no fraction of a person.

use crate::diagnostic::{Code, Diagnostic};
use crate::language::Words;
use crate::model::draft::{Amount, Block, Chart, Draft, Node};
use crate::source::Spanned;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let words = Words::of_book(&draft.handbook);
    let rule = words.rules.charts.as_ref();
    let whole = rule.map_or(&[][..], |rule| rule.whole.as_slice());
    for (_, body) in draft.units() {
        for node in body.nodes() {
            let Node::Block(block) = node else { continue };
            let Block::Chart(chart) = &block.value else {
                continue;
            };
            if chart.bars.is_empty() {
                found.push(Diagnostic::new(
                    Code::MissingKey,
                    block.span,
                    "this chart has no bars",
                    "add `[[bar]]` with `label = \"…\"` and `value = …`",
                ));
            }
            let values = chart.bars.iter().filter_map(|bar| bar.value.as_ref());
            found.extend(values.filter_map(|value| misfit(chart, value, whole)));
        }
    }
}

/// A value that the unit of its chart cannot have; `whole` are units of which there is no part.
fn misfit(chart: &Chart, value: &Spanned<Amount>, whole: &[String]) -> Option<Diagnostic> {
    let (amount, unit) = (value.value, chart.unit.value.as_str());
    let (code, message, help) = if chart.is_share() && amount > Amount::HUNDRED {
        let message = format!("{amount}% is more than the whole");
        let help = "check the number and the unit";
        (Code::ImplausibleValue, message, help)
    } else if whole.contains(&unit.to_lowercase()) && !amount.is_whole() {
        let message = format!("there cannot be {amount} {unit}");
        (
            Code::InvalidValue,
            message,
            "write a whole number, or another unit",
        )
    } else {
        return None;
    };
    Some(Diagnostic::new(code, value.span, message, help))
}
