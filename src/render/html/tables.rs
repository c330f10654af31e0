//! Tables that can be read on every page: cards, each row with the names of the columns before what is in them, and
//! columns side by side where an engine can measure that there is room ([`super::rooms`]).
//!
//! The names of the columns in the cells are text, so that an engine that knows no styles shows them, too. A screen
//! reader has them from the header of the table. Roles are stated: engines forget what a table is when it is shown
//! otherwise.

use super::places::{both, of_inlines};
use super::rooms::{self, Column};
use super::{Element, Emitter, Node};
use crate::model::book::{Inline, Table, plain_text};
use crate::model::draft::Alignment;
use crate::render::markup::element;

/// The class of a first cell that names its row, as the author wrote it.
const NAMED: &str = "named";

impl Emitter<'_> {
    pub(super) fn table(&self, table: &Table) -> Element {
        let caption = table.caption.as_ref();
        let header = table.header.iter().zip(&table.columns);
        let header = header.map(|(name, alignment)| {
            head("col", "columnheader")
                .with_some("class", class(*alignment))
                .children(self.inlines(name))
        });
        let names: Vec<String> = table.header.iter().map(|cell| plain_text(cell)).collect();
        let rows = table.rows.iter().map(|line| {
            let origins = line.iter().filter_map(|cell| of_inlines(cell));
            let cells = line.iter().zip(&table.columns).zip(&names).enumerate();
            let cells = cells.map(|(index, ((cell, alignment), name))| match index {
                0 if table.is_of_signs => head("row", "rowheader").children(self.inlines(cell)),
                0 if table.names(cell) => {
                    let class = [NAMED].into_iter().chain(class(*alignment));
                    head("row", "rowheader")
                        .with("class", class.collect::<Vec<_>>().join(" "))
                        .children(self.named(name))
                        .children(self.inlines(cell))
                }
                _ => self.cell(cell, *alignment, name),
            });
            self.placed(row().children(cells), origins.reduce(both))
        });
        let whole = whole()
            .child(rows_of("thead").child(row().children(header)))
            .child(rows_of("tbody").children(rows));
        let (listed, gap) = match table.is_of_signs {
            true => (" listed", rooms::OF_SIGNS),
            false => ("", rooms::OF_TEXTS),
        };
        let columns = (0..names.len()).map(|index| self.column(table, index));
        let room = rooms::class(columns, gap);
        let title = caption.map(|words| (plain_text(words), self.inlines(words)));
        titled(format!("table {room}{listed}"), title, whole)
    }

    /// A cell with the name of its column.
    fn cell(&self, cell: &[Inline], alignment: Alignment, name: &str) -> Element {
        let nothing = plain_text(cell) == self.html.book.labels.none;
        let class = match (class(alignment), nothing) {
            (class, false) => class.map(str::to_owned),
            (None, true) => Some("none".to_owned()),
            (Some(class), true) => Some(format!("{class} none")),
        };
        self::cell()
            .with_some("class", class)
            .children(self.named(name))
            .children(self.inlines(cell))
    }

    /// The name of a column, for the eye, where its cells are not below one another.
    pub(super) fn named(&self, name: &str) -> Option<Node> {
        let named = self.html.book.labels.named.replace("{name}", name);
        let label = element("span")
            .with("class", "head")
            .with("aria-hidden", "true");
        (!name.is_empty()).then(|| label.child(format!("{named} ")).into())
    }

    fn column(&self, table: &Table, index: usize) -> Column {
        let words = |cell: &Vec<Inline>| rooms::words(&self.inlines(cell));
        let name = table.header.get(index).map(words).unwrap_or_default();
        let cells = table.rows.iter().filter_map(|row| row.get(index));
        Column::of(&name, cells.map(words))
    }
}

/// A table.
pub(super) fn whole() -> Element {
    element("table").with("role", "table")
}

/// A table of a class below its title, which is its name. A `caption` may hold no links where the role of its table is
/// stated.
pub(super) fn titled(class: String, title: Option<(String, Vec<Node>)>, table: Element) -> Element {
    let whole = element("div").with("class", class);
    let Some((name, title)) = title else {
        return whole.child(table);
    };
    let title = element("p").with("class", "caption").children(title);
    whole.child(title).child(table.with("aria-label", name))
}

/// Its head, or rows that belong together.
pub(super) fn rows_of(name: &'static str) -> Element {
    element(name).with("role", "rowgroup")
}

pub(super) fn row() -> Element {
    element("tr").with("role", "row")
}

/// A cell that names others.
pub(super) fn head(scope: &'static str, role: &'static str) -> Element {
    element("th").with("scope", scope).with("role", role)
}

pub(super) fn cell() -> Element {
    element("td").with("role", "cell")
}

fn class(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::Start => None,
        Alignment::Center => Some("center"),
        Alignment::End => Some("end"),
    }
}
