//! What sections use of what the whole book explains and lists.

use std::collections::BTreeMap;

use crate::model::book::{Locator, Section};
use crate::model::draft::Subject;

/// What one section, or several, use.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Where each word of the glossary is used first in each section.
    pub(super) terms: BTreeMap<usize, Vec<Locator>>,
    /// What the authors marked for the subject index.
    pub(super) subjects: Vec<(Subject, Locator)>,
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
        for (term, places) in used.terms {
            all.terms.entry(term).or_default().extend(places);
        }
        all.subjects.extend(used.subjects);
    }
    (sections, all)
}
