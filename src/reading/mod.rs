//! The draft as its readers read it: the running text of every unit, for all rules and figures about words.

pub(crate) mod numbers;
pub(crate) mod prose;
pub(crate) mod readability;
pub mod terms;

use std::ops::Range;
use std::sync::Arc;

use prose::Prose;

use crate::language::Words;
use crate::model::draft::{Body, ContentFile, Draft, Glance};
use crate::source::{Source, Span};

/// Rules about words read at most this many bytes of a paragraph; nobody writes a longer one.
const LONGEST: usize = 64 * 1024;

/// The running text of every unit.
pub(crate) struct Reading<'a> {
    pub(crate) draft: &'a Draft,
    /// The words of the language of the book.
    pub(crate) words: Arc<Words>,
    sources: &'a [Source],
    /// Every unit and its text as it was written.
    pub(crate) bodies: Vec<(ContentFile, &'a Body)>,
    prose: Vec<Vec<Prose>>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(draft: &'a Draft, sources: &'a [Source]) -> Self {
        let bodies = draft.units();
        let prose = |body: &Body| {
            let mut all = prose::of(body);
            for prose in &mut all {
                prose.cut(LONGEST);
            }
            all
        };
        let prose = |(unit, body): &(ContentFile, &Body)| {
            let facts = draft.glance(unit).into_iter().flat_map(Glance::texts);
            let mut all = prose(body);
            all.extend(facts.map(prose::of_fact));
            all
        };
        let prose = bodies.iter().map(prose).collect();
        Self {
            draft,
            words: Words::of_book(&draft.handbook),
            sources,
            bodies,
            prose,
        }
    }

    /// Each unit with its headings, paragraphs, cells and facts at a glance.
    pub(crate) fn units(&self) -> impl Iterator<Item = (&ContentFile, &[Prose])> {
        let units = self.bodies.iter().map(|(unit, _)| unit);
        units.zip(self.prose.iter().map(Vec::as_slice))
    }

    /// All headings, paragraphs, cells and facts at a glance.
    pub(crate) fn prose(&self) -> impl Iterator<Item = (&ContentFile, &Prose)> {
        self.units()
            .flat_map(|(unit, prose)| prose.iter().map(move |prose| (unit, prose)))
    }

    /// What is written at a place.
    pub(crate) fn written(&self, span: Span) -> &'a str {
        let source = self.sources.get(span.source.0 as usize);
        let written = source.and_then(|source| source.text.get(span.range()));
        written.unwrap_or_default()
    }

    /// The place of a stretch of text in its file.
    pub(crate) fn span(&self, prose: &Prose, range: Range<usize>) -> Option<Span> {
        prose.span(self.sources, range)
    }
}
