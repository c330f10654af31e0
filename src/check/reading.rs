//! The draft as its readers read it: the running text of every unit, made once for all rules about words.

use std::ops::Range;

use super::prose::{self, Prose};
use crate::model::draft::{Body, Draft, Unit};
use crate::source::{Source, Span};

/// How many bytes of a paragraph rules about words look at: nobody writes, or mends, a longer one.
const LONGEST: usize = 64 * 1024;

/// The running text of every unit.
pub(super) struct Reading<'a> {
    pub(super) draft: &'a Draft,
    sources: &'a [Source],
    /// Every unit and its text as it was written.
    pub(super) bodies: Vec<(Unit, &'a Body)>,
    prose: Vec<Vec<Prose>>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(draft: &'a Draft, sources: &'a [Source]) -> Self {
        let bodies = draft.units();
        let prose = |body: &Body| {
            let mut all = prose::of(body);
            for prose in &mut all {
                prose.cut(LONGEST);
            }
            all
        };
        let prose = bodies.iter().map(|(_, body)| prose(body)).collect();
        Self {
            draft,
            sources,
            bodies,
            prose,
        }
    }

    /// Whether rules about English words can be applied.
    pub(super) fn is_english(&self) -> bool {
        let language = &self.draft.handbook.language.value;
        language.split('-').next() == Some("en")
    }

    /// Each unit with its headings, paragraphs and cells.
    pub(super) fn units(&self) -> impl Iterator<Item = (&Unit, &[Prose])> {
        let units = self.bodies.iter().map(|(unit, _)| unit);
        units.zip(self.prose.iter().map(Vec::as_slice))
    }

    /// All headings, paragraphs and cells.
    pub(super) fn prose(&self) -> impl Iterator<Item = (&Unit, &Prose)> {
        self.units()
            .flat_map(|(unit, prose)| prose.iter().map(move |prose| (unit, prose)))
    }

    /// Where a stretch of text stands in its file.
    pub(super) fn span(&self, prose: &Prose, range: Range<usize>) -> Option<Span> {
        prose.span(self.sources, range)
    }
}
