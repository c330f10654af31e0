//! The book on one page: techniques down, sites across, and in the cells who was studied there, and the page.

use super::anchors::{anchor, page_anchor, page_file};
use super::{Context, cell, text_of};
use crate::model::book::{Block, Inline, Kind, Section, Table};
use crate::model::draft::{Alignment, ContentFile, Technique};

impl Context<'_> {
    /// The section, if the book has techniques at sites.
    pub(super) fn overview(&self) -> Option<Section> {
        let words = &self.words.overview;
        let mut sites = self.ordered_sites();
        if !sites.any(|site| !site.techniques.is_empty()) {
            return None;
        }
        let mut section = self.section("overview", Kind::Overview, 1, &words.title);
        let mut header = vec![cell(&self.words.techniques.technique)];
        header.extend(self.ordered_sites().map(|site| cell(&site.title.value)));
        header.push(cell(&words.chapter));
        let mut columns = vec![Alignment::Center; header.len()];
        columns[0] = Alignment::Start;
        let techniques = self.ordered_techniques().into_iter();
        let mut intro = self.legend(&words.signs);
        intro.extend(cell(&format!(". {}", words.pages)));
        section.blocks = vec![
            Block::Paragraph(intro),
            Block::Table(Table {
                caption: Some(cell(&words.caption)),
                columns,
                header,
                rows: techniques.map(|it| self.overview_row(it)).collect(),
                is_of_signs: true,
            }),
        ];
        Some(section)
    }

    fn overview_row(&self, technique: &Technique) -> Vec<Vec<Inline>> {
        let own = anchor(&ContentFile::Technique(technique.id.value.clone()));
        let mut row = vec![vec![Inline::Internal {
            target: own.clone(),
            content: cell(&technique.title.value),
        }]];
        for site in self.ordered_sites() {
            let mut pages = site.techniques.iter();
            let here = pages.find(|page| page.technique.value == technique.id.value);
            row.push(match here {
                Some(page) => {
                    // The nearest is the first.
                    let nearest = self.lists.of(&page_file(site, page)).first();
                    let sign = nearest.and_then(|it| self.sign(self.lists.rank(it)));
                    let place = Inline::Pages(vec![page_anchor(site, page).into()]);
                    let space = sign.is_some().then(|| Inline::Text(text_of("\u{a0}")));
                    sign.into_iter().chain(space).chain([place]).collect()
                }
                None => cell(&self.words.indexes.none),
            });
        }
        row.push(vec![Inline::Pages(vec![own.into()])]);
        row
    }
}
