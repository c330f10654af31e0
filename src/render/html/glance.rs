//! The techniques of a site at a glance: a table where there is room, and cards where there is not.

use super::{Element, Emitter, Node};
use crate::model::book::{Glance, GlanceGroup, GlanceHeads, GlanceRow, Inline, Text};
use crate::render::markup::element;

impl Emitter<'_> {
    pub(super) fn glance(&self, glance: &Glance) -> Element {
        let head = |text: &Text| element("th").with("scope", "col").children(self.text(text));
        let heads = element("tr").children(glance.heads.texts().map(head));
        let groups = glance.groups.iter();
        let table = element("table")
            .child(element("caption").children(self.inlines(&glance.caption)))
            .child(element("thead").child(heads))
            .children(groups.map(|group| self.glance_group(group, &glance.heads)));
        element("div").with("class", "table glance").child(table)
    }

    fn glance_group(&self, group: &GlanceGroup, heads: &GlanceHeads) -> Element {
        let title = element("th")
            .with("scope", "rowgroup")
            .with("colspan", heads.texts().count().to_string())
            .children(self.inlines(&group.title));
        let rows = group.rows.iter();
        element("tbody")
            .child(element("tr").with("class", "group").child(title))
            .children(rows.map(|row| self.glance_row(row, heads)))
    }

    fn glance_row(&self, row: &GlanceRow, heads: &GlanceHeads) -> Element {
        let words = row.in_short.as_ref().map(|words| {
            element("span")
                .with("class", "in-short")
                .children(self.text(words))
        });
        let space = words.as_ref().map(|_| Node::from(" "));
        let name = element("th")
            .with("scope", "row")
            .child(element("strong").children(self.inlines(&row.technique)))
            .children(space)
            .children(words);
        let cell = |head: &Text, content: &[Inline]| {
            element("td")
                .with("data-label", self.named(&head.text))
                .children(self.inlines(content))
        };
        let page = heads.page.as_ref().zip(row.page.as_ref());
        let page = page.map(|(head, place)| {
            element("td")
                .with("data-label", self.named(&head.text))
                .children(self.page_links(std::slice::from_ref(place)))
        });
        element("tr")
            .child(name)
            .child(cell(&heads.people, &row.people))
            .child(cell(&heads.figure, &row.figure))
            .child(cell(&heads.harm, &row.harm))
            .children(page)
    }
}
