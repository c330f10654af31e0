//! Tables, charts and the techniques of a site at a glance, as Typst source.

use super::inlines::Room;
use super::{Breaks, Emitter, Flow, Footnotes, string};
use crate::model::book::{Chart, Glance, GlanceRow, Inline, Table, plain_text};
use crate::model::draft::Alignment;

impl Emitter<'_> {
    pub(super) fn chart(&mut self, chart: &Chart, footnotes: &Footnotes<'_>) {
        self.put(&format!("#chart({}", string(&chart.alt)));
        self.breakable();
        self.put(", [");
        self.inlines(&chart.caption, footnotes);
        self.put("],\n");
        for bar in &chart.bars {
            self.put("  [");
            self.text(&bar.label);
            self.put(&format!("], {}, [", bar.length));
            self.text(&bar.value);
            self.put("],\n");
        }
        self.put(")");
    }

    /// The techniques of a site: the heads of columns and groups come again on each page.
    pub(super) fn glance(&mut self, glance: &Glance, footnotes: &Footnotes<'_>) {
        self.put("#glance(caption: [");
        self.inlines(&glance.caption, footnotes);
        self.put("], heads: (");
        self.flow = Flow::Repeated;
        for head in glance.heads.texts() {
            self.put("[");
            self.text(head);
            self.put("], ");
        }
        self.flow = Flow::Main;
        self.put(")");
        self.goes_on();
        self.breakable();
        for group in &glance.groups {
            self.put(",\n  ([");
            self.flow = Flow::Repeated;
            self.inlines(&group.title, footnotes);
            self.flow = Flow::Main;
            self.put("], (\n");
            for row in &group.rows {
                self.glance_row(row, footnotes);
            }
            self.put("  ))");
        }
        self.put(",\n)");
    }

    fn glance_row(&mut self, row: &GlanceRow, footnotes: &Footnotes<'_>) {
        let GlanceRow {
            technique,
            in_short,
            people,
            figure,
            harm,
            page,
        } = row;
        self.put("    (technique: [");
        self.inlines(technique, footnotes);
        self.put("]");
        if let Some(words) = in_short {
            self.put(", in-short: [");
            self.text(words);
            self.put("]");
        }
        for (name, cell) in [("people", people), ("figure", figure), ("harm", harm)] {
            self.put(&format!(", {name}: ["));
            self.inlines(cell, footnotes);
            self.put("]");
        }
        self.argument("page", page.as_slice());
        self.put("),\n");
    }

    pub(super) fn table(&mut self, table: &Table, footnotes: &Footnotes<'_>) {
        let align: String = table
            .columns
            .iter()
            .map(|alignment| match alignment {
                Alignment::Start => "start, ",
                Alignment::Center => "center, ",
                Alignment::End => "end, ",
            })
            .collect();
        self.put(&format!(
            "#data-table(align: ({align}), of-signs: {}",
            table.is_of_signs
        ));
        self.goes_on();
        self.breakable();
        if self.known.breaks >= Breaks::Rows {
            self.put(", breakable-rows: true");
        }
        self.put(", caption: ");
        match &table.caption {
            Some(caption) => {
                self.put("[");
                self.inlines(caption, footnotes);
                self.put("]");
            }
            None => self.put("none"),
        }
        let words = (0..table.columns.len()).map(|column| string(&longest_word(table, column)));
        let words: Vec<String> = words.collect();
        self.put(&format!(", words: ({},), header: (", words.join(", ")));
        self.flow = Flow::Repeated;
        self.cells(&table.header, table.columns.len(), footnotes);
        // What comes again on the next page is no text of its own, and holds no links.
        if table.header.iter().flatten().any(leads) {
            self.put("), again: (");
            self.words_alone = true;
            self.cells(&table.header, table.columns.len(), footnotes);
            self.words_alone = false;
        }
        self.flow = Flow::Main;
        self.put("),\n");
        for row in &table.rows {
            self.put("  ");
            if row.first().is_some_and(|first| table.names(first)) {
                self.put("pdf.header-cell(scope: \"row\")");
            }
            self.cells(row, table.columns.len(), footnotes);
            self.put("\n");
        }
        self.put(")");
    }

    /// What a table shows on the pages where it goes on: its number tells the program which these are.
    fn goes_on(&mut self) {
        self.put(&format!(", goes-on: ({}, continued)", self.tables));
        self.tables += 1;
    }

    /// The cells of a row, filled up or cut to the number of columns.
    fn cells(&mut self, cells: &[Vec<Inline>], columns: usize, footnotes: &Footnotes<'_>) {
        let none = Vec::new();
        for cell in cells.iter().chain(std::iter::repeat(&none)).take(columns) {
            self.put("[");
            match cell.as_slice() {
                // A number stands beside its sign.
                [sign @ .., Inline::Pages(pages)] if matches!(sign, [Inline::Mark { .. }, ..]) => {
                    self.inlines(sign, footnotes);
                    self.pages(pages, Room::Number);
                }
                cell => self.inlines(cell, footnotes),
            }
            self.put("], ");
        }
    }
}

/// Whether running text holds a link, a mark that leads somewhere, or a place.
fn leads(inline: &Inline) -> bool {
    match inline {
        Inline::Internal { .. }
        | Inline::External { .. }
        | Inline::Citation { .. }
        | Inline::Term { .. }
        | Inline::IndexAnchor(_)
        | Inline::Footnote { .. } => true,
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Emphasis(_)
        | Inline::Strong(_)
        | Inline::Struck(_)
        | Inline::Foreign { .. }
        | Inline::Bracket(_)
        | Inline::Pages(_)
        | Inline::Omission(_)
        | Inline::Mark { .. }
        | Inline::PrintedPage { .. }
        | Inline::Break => inline.children().iter().any(leads),
    }
}

/// The longest word of a column.
fn longest_word(table: &Table, column: usize) -> String {
    let rows = std::iter::once(&table.header).chain(&table.rows);
    let cells = rows.filter_map(|row| row.get(column));
    let cells: Vec<String> = cells.map(|cell| plain_text(cell)).collect();
    let words = cells.iter().flat_map(|cell| cell.split(' '));
    let longest = words.max_by_key(|word| word.chars().count());
    longest.unwrap_or_default().to_owned()
}
