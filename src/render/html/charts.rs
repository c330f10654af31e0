//! Charts: a table of amounts, each with its bar. An engine that knows no SVG shows the table alone, and so a chart is
//! told once.

use super::tables::{cell, head, row, rows_of, titled, whole};
use super::{Element, Emitter};
use crate::model::book::{Bar, Chart, plain_text};
use crate::render::markup::element;

/// The share of the width that the longest bar may take, in hundredths: its amount is beside it.
const LONGEST: u64 = 70;

impl Emitter<'_> {
    /// The amounts as a table, with bars.
    pub(super) fn chart(&self, chart: &Chart) -> Element {
        let rows = chart.bars.iter().map(|it| {
            let label = head("row", "rowheader").children(self.text(&it.label));
            let amount = cell().children(bar(it)).child(
                element("span")
                    .with("class", "amount")
                    .children(self.text(&it.value)),
            );
            row().child(label).child(amount)
        });
        let table = whole().child(rows_of("tbody").children(rows));
        let title = (plain_text(&chart.caption), self.inlines(&chart.caption));
        titled("table chart".to_owned(), Some(title), table)
    }
}

/// A drawing that is no more than the amount beside it; none of nothing.
fn bar(bar: &Bar) -> Option<Element> {
    let width = bar.length * LONGEST;
    let rect = element("rect")
        .with("width", "1")
        .with("height", "1")
        .with("fill", "currentColor");
    let drawing = element("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("aria-hidden", "true")
        .with("width", format!("{}.{}%", width / 1000, width % 1000 / 100))
        .with("height", "1em")
        .with("viewBox", "0 0 1 1")
        .with("preserveAspectRatio", "none")
        .child(rect);
    (width > 0).then_some(drawing)
}
