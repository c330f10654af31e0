//! Charts as drawings, each with its amounts as a table below it.

use super::{Element, Emitter};
use crate::model::book::{Bar, Chart};
use crate::render::markup::element;

impl Emitter<'_> {
    /// A drawing, and the amounts as a table.
    pub(super) fn chart(&self, chart: &Chart) -> Element {
        let rows = chart.bars.iter().map(|bar| {
            let label = element("th").with("scope", "row");
            let value = element("td").with("class", "end");
            element("tr")
                .child(label.children(self.text(&bar.label)))
                .child(value.children(self.text(&bar.value)))
        });
        let table = element("table").child(element("tbody").children(rows));
        let table = element("div")
            .with("class", "table two listed")
            .child(table);
        let caption = element("figcaption").children(self.inlines(&chart.caption));
        element("figure")
            .with("class", "chart")
            .child(caption)
            .child(drawing(chart))
            .child(table)
    }
}

const WIDTH: u64 = 320;
const LINE: u64 = 17;
const BAR: u64 = 16;

/// How many characters of 14 pixels fit into the width, by a wide estimate.
const LETTERS: usize = 42;

/// The bars of a chart, each below its label.
fn drawing(chart: &Chart) -> Element {
    let mut top = 0;
    let mut rows = Vec::new();
    for bar in &chart.bars {
        rows.extend(row(bar, &mut top));
    }
    element("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("role", "img")
        .with("aria-label", chart.alt.as_str())
        .with("viewBox", format!("0 0 {WIDTH} {top}"))
        .child(element("title").child(chart.alt.as_str()))
        .children(rows)
}

/// The lines of a label, the bar and its amount; moves `top` below them.
fn row(bar: &Bar, top: &mut u64) -> Vec<Element> {
    let text = |x: u64, y: u64, text: &str| {
        element("text")
            .with("x", x.to_string())
            .with("y", y.to_string())
            .with("fill", "currentColor")
            .with("font-size", "14")
            .child(text)
    };
    let mut row = Vec::new();
    for line in lines(&bar.label.text) {
        row.push(text(0, *top + 14, &line));
        *top += LINE;
    }
    // Beside the longest bar there is room for its amount.
    let length = bar.length * (WIDTH - 90) / 1000;
    let rect = element("rect")
        .with("y", (*top + 3).to_string())
        .with("width", length.to_string())
        .with("height", BAR.to_string())
        .with("fill", "currentColor");
    row.push(rect);
    row.push(text(length + 6, *top + BAR, &bar.value.text));
    *top += BAR + 11;
    row
}

/// A label in lines that fit.
fn lines(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}
