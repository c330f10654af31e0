//! What sections use of what the whole book explains and lists.

use std::collections::BTreeMap;

use crate::model::ReferenceId;
use crate::model::book::{Locator, Section};
use crate::model::draft::Subject;

/// What one section, or several, use.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Where each word of the glossary is used first in each section.
    pub(super) terms: BTreeMap<usize, Vec<Locator>>,
    /// What the authors marked for the subject index.
    pub(super) subjects: Vec<(Subject, Locator)>,
    /// Where each article is listed or first cited in each section.
    pub(super) citations: BTreeMap<ReferenceId, Vec<Locator>>,
}

impl Used {
    /// Adds what a later section uses.
    pub(super) fn add(&mut self, later: Self) {
        for (term, places) in later.terms {
            self.terms.entry(term).or_default().extend(places);
        }
        self.subjects.extend(later.subjects);
        for (reference, places) in later.citations {
            self.citations.entry(reference).or_default().extend(places);
        }
    }
}

/// A section, and what it uses.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) section: Section,
    pub(super) used: Used,
}

impl From<Section> for Written {
    /// One that the program makes: it uses nothing.
    fn from(section: Section) -> Self {
        Self {
            section,
            used: Used::default(),
        }
    }
}

/// The sections, and what they use together, in their order.
pub(super) fn gathered(written: impl Iterator<Item = Written>) -> (Vec<Section>, Used) {
    let mut sections = Vec::new();
    let mut all = Used::default();
    for Written { section, used } in written {
        sections.push(section);
        all.add(used);
    }
    (sections, all)
}
