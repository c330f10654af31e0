//! The last part: index of techniques, and the others.

use super::anchors::{anchor, page_anchor, whole};
use super::sections::line;
use crate::language::SortKey;
use crate::language::case::capitalized;
use std::collections::BTreeMap;

use super::uses::{Used, gathered};
use super::{Context, cell, text_of};
use crate::model::book::{Block, IndexEntry, Inline, Kind, Locator, Section};
use crate::model::draft::{ContentFile, Technique};

impl Context<'_> {
    pub(super) fn indexes(&self, body: &[Section], used: &Used) -> Vec<Section> {
        let mut sections = Vec::new();
        if !self.draft.techniques.is_empty() {
            sections.push(self.technique_index());
        }
        sections.extend(self.subject_index(body, used));
        if !self.draft.glossary.is_empty() {
            sections.push(self.glossary(used));
        }
        if !self.draft.references.is_empty() {
            sections.push(self.references_counted());
        }
        let sections = sections.into_iter().map(Into::into).collect();
        let part = self.part(
            "part-indexes",
            &self.words.parts.indexes,
            &self.words.parts.indexes_intro,
            sections,
        );
        gathered(part.into_iter()).0
    }

    /// Every name of every technique, with its own page and its pages at the sites.
    fn technique_index(&self) -> Section {
        let words = self.words;
        let mut section =
            self.section("technique-index", Kind::Index, 2, &words.indexes.techniques);
        let place = |name: &str, title: &str| {
            let name = name.to_lowercase();
            (self.order.of_title(&name), name, title.to_owned())
        };
        let mut lines: BTreeMap<(SortKey, String, String), IndexEntry> = BTreeMap::new();
        for technique in &self.draft.techniques {
            let title = &technique.title.value;
            let own = anchor(&ContentFile::Technique(technique.id.value.clone()));
            let line = IndexEntry {
                targets: self.places(technique),
                ..line(1, title, own)
            };
            lines.insert(place(title, title), line);
            for alias in &technique.aliases {
                lines
                    .entry(place(&alias.value, title))
                    .or_insert_with(|| self.see_also(&alias.value, technique));
            }
        }
        section.blocks = vec![
            Block::Paragraph(cell(&words.indexes.techniques_intro)),
            Block::Index(lines.into_values().collect()),
        ];
        section
    }

    /// The places of a technique: its chapter and its pages at the sites.
    fn places(&self, technique: &Technique) -> Vec<Locator> {
        let mut places = Vec::new();
        for site in self.ordered_sites() {
            let here = site
                .techniques
                .iter()
                .filter(|page| page.technique.value == technique.id.value);
            places.extend(here.map(|page| page_anchor(site, page).into()));
        }
        let own = anchor(&ContentFile::Technique(technique.id.value.clone()));
        places.push(whole(&own, &own));
        places
    }

    /// `RFA, see Radiofrequency ablation`.
    fn see_also(&self, alias: &str, technique: &Technique) -> IndexEntry {
        let target = anchor(&ContentFile::Technique(technique.id.value.clone()));
        let content = vec![Inline::Text(text_of(&*technique.title.value))];
        let (comma, see) = (self.words.comma(), &self.words.indexes.see);
        let mut line = cell(&format!("{}{comma}", capitalized(alias)));
        line.push(Inline::Emphasis(cell(see)));
        line.extend(cell(" "));
        line.push(Inline::Internal { target, content });
        IndexEntry {
            depth: 1,
            content: line,
            targets: Vec::new(),
        }
    }
}
