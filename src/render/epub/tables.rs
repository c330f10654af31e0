//! Tables, and charts with their amounts as a table: both can be read where the page is 320 pixels wide.

use super::emit::Emitter;
use crate::model::book::{Bar, Chart, Inline, Table};
use crate::model::draft::Alignment;
use crate::render::markup::{Element, element};

impl Emitter<'_> {
    pub(super) fn table(&self, table: &Table) -> Element {
        let caption = table.caption.as_ref();
        let caption = caption.map(|text| element("caption").children(self.pages.text(text)));
        let header = table.header.iter().zip(&table.columns);
        let header = header.map(|(name, alignment)| {
            element("th")
                .with("scope", "col")
                .with_some("class", class(*alignment))
                .children(self.inlines(name))
        });
        let names: Vec<String> = table.header.iter().map(|cell| words(cell)).collect();
        let rows = table.rows.iter().map(|row| {
            let cells = row.iter().zip(&table.columns).zip(&names).enumerate();
            element("tr").children(cells.map(|(index, ((cell, alignment), name))| {
                match index == 0 && table.row_headers {
                    true => element("th")
                        .with("scope", "row")
                        .children(self.inlines(cell)),
                    false => self.cell(cell, *alignment, name),
                }
            }))
        });
        let body = element("table")
            .children(caption)
            .child(element("thead").child(element("tr").children(header)))
            .child(element("tbody").children(rows));
        element("div").with("class", room(table)).child(body)
    }

    /// A cell with the name of its column, which is shown where the rows stand as paragraphs.
    fn cell(&self, cell: &[Inline], alignment: Alignment, name: &str) -> Element {
        let nothing = words(cell) == self.book.labels.none;
        let class = match (class(alignment), nothing) {
            (class, false) => class.map(str::to_owned),
            (None, true) => Some("none".to_owned()),
            (Some(class), true) => Some(format!("{class} none")),
        };
        let name = Some(name).filter(|name| !name.is_empty());
        element("td")
            .with_some("class", class)
            .with_some("data-label", name)
            .children(self.inlines(cell))
    }

    /// A drawing, and the amounts as a table.
    pub(super) fn chart(&self, chart: &Chart) -> Element {
        let rows = chart.bars.iter().map(|bar| {
            let label = element("th").with("scope", "row");
            let value = element("td").with("class", "end");
            element("tr")
                .child(label.children(self.pages.text(&bar.label)))
                .child(value.children(self.pages.text(&bar.value)))
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

/// How much room the columns of a table need: `styles/narrow.css` says in how much less its rows become paragraphs.
/// The names of many columns stand upright.
fn room(table: &Table) -> &'static str {
    match (table.row_headers, table.columns.len()) {
        (_, ..=2) => "table two",
        (false, 3) => "table three",
        (false, 4..) => "table many",
        (true, 3..=4) => "table three listed",
        (true, 5..=6) => "table upright listed",
        (true, 7..) => "table upright many listed",
    }
}

/// The characters of running text.
fn words(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Omission(text) => text.text.clone(),
        Inline::Citation { mark, .. } => mark.text.clone(),
        Inline::Term { word, .. } => word.text.clone(),
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Struck(content)
        | Inline::Foreign { content, .. }
        | Inline::Internal { content, .. }
        | Inline::External { content, .. } => words(content),
        Inline::Bracket(content) => format!("[{}]", words(content)),
        Inline::Break => " ".to_owned(),
        Inline::Pages(_) | Inline::IndexAnchor(_) | Inline::Footnote { .. } => String::new(),
    };
    inlines.iter().map(one).collect()
}

fn class(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::Start => None,
        Alignment::Center => Some("center"),
        Alignment::End => Some("end"),
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
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
