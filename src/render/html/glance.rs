//! The techniques of a site at a glance: a table, with the rows of each group below its title.

use super::places::{both, of_inlines};
use super::rooms::{self, Column};
use super::tables::{cell, head, row, rows_of, titled, whole};
use super::{Element, Emitter, Node};
use crate::model::book::{Glance, GlanceGroup, GlanceHeads, GlanceRow, Inline, Text, plain_text};
use crate::render::markup::element;

/// What is in a cell of a row.
type Cell = fn(&GlanceRow) -> &[Inline];

impl Emitter<'_> {
    pub(super) fn glance(&self, glance: &Glance) -> Element {
        let name = |text: &Text| head("col", "columnheader").children(self.text(text));
        let heads = row().children(glance.heads.texts().map(name));
        let groups = glance.groups.iter();
        let table = whole()
            .child(rows_of("thead").child(heads))
            .children(groups.map(|group| self.glance_group(group, &glance.heads)));
        let room = rooms::class(self.columns(glance), rooms::OF_TEXTS);
        let title = (plain_text(&glance.caption), self.inlines(&glance.caption));
        titled(format!("table glance {room}"), Some(title), table)
    }

    fn glance_group(&self, group: &GlanceGroup, heads: &GlanceHeads) -> Element {
        let title = head("rowgroup", "rowheader")
            .with("colspan", heads.texts().count().to_string())
            .children(self.inlines(&group.title));
        let rows = group.rows.iter();
        rows_of("tbody")
            .child(row().with("class", "group").child(title))
            .children(rows.map(|row| self.glance_row(row, heads)))
    }

    fn glance_row(&self, line: &GlanceRow, heads: &GlanceHeads) -> Element {
        let GlanceRow {
            technique,
            in_short,
            people,
            figure,
            harm,
            page,
        } = line;
        let words = in_short.as_ref().map(|words| {
            element("span")
                .with("class", "in-short")
                .children(self.text(words))
        });
        let space = words.as_ref().map(|_| Node::from(" "));
        let name = head("row", "rowheader")
            .child(element("strong").children(self.inlines(technique)))
            .children(space)
            .children(words);
        let told = |name: &Text, content: &[Inline]| {
            cell()
                .children(self.named(&name.text))
                .children(self.inlines(content))
        };
        let page = heads.page.as_ref().zip(page.as_ref());
        let page = page.map(|(name, place)| {
            cell()
                .children(self.named(&name.text))
                .children(self.page_links(std::slice::from_ref(place)))
        });
        let cells = [people, figure, harm];
        let origins = cells.into_iter().filter_map(|cell| of_inlines(cell));
        let origin = in_short.as_ref().and_then(|words| words.origin);
        let row = row()
            .child(name)
            .child(told(&heads.people, people))
            .child(told(&heads.figure, figure))
            .child(told(&heads.harm, harm))
            .children(page);
        self.placed(row, origin.into_iter().chain(origins).reduce(both))
    }
    /// The words of each column.
    fn columns(&self, glance: &Glance) -> Vec<Column> {
        let rows: Vec<&GlanceRow> = glance.groups.iter().flat_map(|it| &it.rows).collect();
        let cells: [Cell; 4] = [
            |row| &row.technique,
            |row| &row.people,
            |row| &row.figure,
            |row| &row.harm,
        ];
        let cells = cells.into_iter().map(Some).chain([None]);
        let column = |(head, cell): (&Text, Option<Cell>)| {
            let cells = cell
                .into_iter()
                .flat_map(|cell| rows.iter().map(move |row| cell(row)));
            Column::of(
                &head.text,
                cells.map(|cell| rooms::words(&self.inlines(cell))),
            )
        };
        glance.heads.texts().zip(cells).map(column).collect()
    }
}
