//! Tables that can be read where the page is 320 pixels wide.

use super::{Element, Emitter, Node};
use crate::model::book::{Inline, Table, plain_text};
use crate::model::draft::Alignment;
use crate::render::markup::element;

impl Emitter<'_> {
    pub(super) fn table(&self, table: &Table) -> Element {
        let caption = table.caption.as_ref();
        let caption = caption.map(|text| element("caption").children(self.text(text)));
        let header = table.header.iter().zip(&table.columns);
        let header = header.enumerate().map(|(index, (name, alignment))| {
            let name = self.inlines(name);
            // Not every engine turns a cell, but each of them turns what is in it.
            let name: Vec<Node> = match index > 0 && has_turned_heads(table) {
                true => vec![element("span").with("class", "turn").children(name).into()],
                false => name,
            };
            element("th")
                .with("scope", "col")
                .with_some("class", class(*alignment))
                .children(name)
        });
        // A name in a list is no sentence about its row.
        let names = table.header.iter().map(|cell| plain_text(cell));
        let names: Vec<String> = match width_class(table).ends_with("listed") {
            true => names.collect(),
            false => names.map(|name| self.named(&name)).collect(),
        };
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
        element("div").with("class", width_class(table)).child(body)
    }

    /// A name before what it names; none is none.
    pub(super) fn named(&self, name: &str) -> String {
        match name {
            "" => String::new(),
            name => self.html.book.labels.named.replace("{name}", name),
        }
    }

    /// A cell with the name of its column, which is shown where the rows stand as paragraphs.
    fn cell(&self, cell: &[Inline], alignment: Alignment, name: &str) -> Element {
        let nothing = plain_text(cell) == self.html.book.labels.none;
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
}

/// How wide a table is: `styles/narrow.css` says in how much less its rows become paragraphs.
fn width_class(table: &Table) -> &'static str {
    match (table.row_headers, table.columns.len()) {
        (_, ..=2) => "table two",
        (false, 3) => "table three",
        (false, 4..) => "table many",
        (true, 3..=4) => "table three listed",
        (true, 5..=6) => "table upright listed",
        (true, 7..) => "table upright many listed",
    }
}

/// Whether the names of the columns, but not of the first one, are turned by a quarter: many have no room side by side.
fn has_turned_heads(table: &Table) -> bool {
    table.row_headers && table.columns.len() > 4
}

fn class(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::Start => None,
        Alignment::Center => Some("center"),
        Alignment::End => Some("end"),
    }
}
