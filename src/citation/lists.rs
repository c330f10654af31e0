//! Which references each citation list of a book has, and in which order.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::PopulationId;
use crate::model::draft::{ContentFile, Draft, Reference};

/// The citation lists of a book, by the file that each belongs to.
///
/// A reference is in the lists of the chapters, techniques and sites that it names, and in that of each of its
/// techniques at each of its sites, whether or not the book has a file for them.
#[derive(Debug, Clone)]
pub struct Lists<'a> {
    references: BTreeMap<ContentFile, Vec<&'a Reference>>,
    /// The place of each population in the book's list, from 0.
    ranks: BTreeMap<&'a PopulationId, usize>,
    populations: usize,
}

impl<'a> Lists<'a> {
    /// The lists of a draft.
    #[must_use]
    pub fn new(draft: &'a Draft) -> Self {
        let mut ranks = BTreeMap::new();
        for (rank, population) in draft.handbook.populations.iter().enumerate() {
            ranks.entry(&population.id.value).or_insert(rank);
        }
        let mut lists = Self {
            references: BTreeMap::new(),
            ranks,
            populations: draft.handbook.populations.len(),
        };
        for reference in lists.in_order(&draft.references) {
            for file in named(reference) {
                let list = lists.references.entry(file).or_default();
                // A name may be there twice.
                if list.last().is_none_or(|last| last.id != reference.id) {
                    list.push(reference);
                }
            }
        }
        lists
    }

    /// The references in the list of `file`: nearest population first, newest first within it.
    #[must_use]
    pub fn of(&self, file: &ContentFile) -> &[&'a Reference] {
        self.references.get(file).map_or(&[], Vec::as_slice)
    }

    /// Some references as a list has them: nearest population first, newest first within it.
    #[must_use]
    pub fn in_order(
        &self,
        references: impl IntoIterator<Item = &'a Reference>,
    ) -> Vec<&'a Reference> {
        let mut references: Vec<&Reference> = references.into_iter().collect();
        references.sort_by_key(|reference| {
            let date = reference.bibliographic.date;
            (self.rank(reference), Reverse(date), &reference.id.value)
        });
        references
    }

    /// The place of a reference's population in the list of populations, from 0; the number of populations for one that
    /// is not in it.
    #[must_use]
    pub fn rank(&self, reference: &Reference) -> usize {
        let population = reference.population.as_ref();
        let rank = population.and_then(|id| self.ranks.get(&id.value));
        rank.copied().unwrap_or(self.populations)
    }
}

/// The files whose lists a reference belongs to.
fn named(reference: &Reference) -> Vec<ContentFile> {
    let sites = reference.sites.iter().map(|id| &id.value);
    let techniques = reference.techniques.iter().map(|id| &id.value);
    let chapters = reference.chapters.iter().map(|id| &id.value);
    let at_sites = sites.clone().flat_map(|site| {
        let techniques = techniques.clone();
        techniques.map(|technique| ContentFile::SiteTechnique(site.clone(), technique.clone()))
    });
    (chapters.cloned().map(ContentFile::Chapter))
        .chain(sites.clone().cloned().map(ContentFile::Site))
        .chain(techniques.clone().cloned().map(ContentFile::Technique))
        .chain(at_sites)
        .collect()
}
