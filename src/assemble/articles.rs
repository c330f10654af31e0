//! Articles A to Z: each article in full once, under the key by which texts cite it.

use std::collections::BTreeMap;

use super::anchors::{ARTICLES, article};
use super::resolve::{Listed, Resolver};
use super::uses::{Used, Written};
use super::{Context, cell, text_of};
use crate::citation;
use crate::model::ReferenceId;
use crate::model::book::{Block, Cited, Entry, Kind, Locator};
use crate::model::draft::{ContentFile, Reference};

impl<'a> Context<'a> {
    /// The articles in order of their keys, if there are any. `cited` are the places of the book that cite them.
    pub(super) fn articles(&self, cited: &BTreeMap<ReferenceId, Vec<Locator>>) -> Option<Written> {
        let words = &self.words.articles;
        let mut section = self.section(ARTICLES, Kind::References, 1, &words.title);
        // On the right stand the keys of each page.
        section.running = (words.title.clone(), String::new());
        // Where they cite each other, no place is noted: it would be a page of this section.
        let listed: Listed<'_> = self
            .draft
            .references
            .iter()
            .map(|it| &it.id.value)
            .collect();
        let mut used = Used::default();
        let mut entries = Vec::new();
        for reference in self.by_key() {
            let id = &reference.id.value;
            let notes = section.footnotes.len();
            let mut resolver = Resolver::new(self, &article(id), &listed, notes);
            let places = cited.get(id).cloned().unwrap_or_default();
            entries.push(self.entry(reference, places, &mut resolver));
            let (footnotes, below) = resolver.parts();
            section.footnotes.extend(footnotes);
            // Words of the glossary lead to it from each article, but it does not lead back to all of them.
            used.subjects.extend(below.subjects);
        }
        section.blocks = vec![
            Block::Paragraph(cell(&words.intro)),
            Block::Articles(entries),
        ];
        (!self.draft.references.is_empty()).then_some(Written { section, used })
    }

    /// All references in order of their keys.
    fn by_key(&self) -> Vec<&'a Reference> {
        let mut references: Vec<&Reference> = self.draft.references.iter().collect();
        references.sort_by_cached_key(|reference| {
            let id = &reference.id.value;
            (self.order.of_name(self.key(id)), id)
        });
        references
    }

    fn entry(
        &self,
        reference: &'a Reference,
        places: Vec<Locator>,
        resolver: &mut Resolver<'a, '_>,
    ) -> Entry {
        let facts = &reference.bibliographic;
        let id = &reference.id.value;
        let affiliation = facts.affiliation.as_ref();
        let cited = Cited {
            label: text_of(format!("{} ", self.words.articles.cited)),
            places,
        };
        Entry {
            anchor: article(id),
            reference: id.clone(),
            key: text_of(self.key(id)),
            rank: self.lists.rank(reference),
            population: text_of(self.population(reference)),
            details: self.details(reference).map(text_of),
            notices: self.notices(reference),
            source: text_of(self.words.apart(citation::source(self.words, facts))),
            title: self.title(reference),
            authors: text_of(self.words.apart(citation::authors_in_lines(facts))),
            affiliation: affiliation.map(|place| text_of(citation::closed(place))),
            findings: resolver.body(ContentFile::Reference(id.clone()), &reference.body),
            identifiers: self.identifiers(reference),
            cited: (!cited.places.is_empty()).then_some(cited),
        }
    }
}
