//! Citation lists: which references, in which order, and how each is shown.

use super::anchors::entry;
use super::resolve::{CitationTargets, Resolver};
use super::{Context, cell, text_of};
use crate::citation;
use crate::language::fill;
use crate::model::Identifier;
use crate::model::book::{Anchor, Block, Display, Entry, Inline, Text};
use crate::model::draft::{ContentFile, Reference};

/// From this age in years on, when the book comes out, an entry says that its study is an older one.
const OLDER_STUDY: u16 = 15;

impl<'a> Context<'a> {
    /// Where the citations of a section lead that lists `references`.
    pub(super) fn near(section: &Anchor, references: &[&Reference]) -> CitationTargets {
        let place = |reference: &&Reference| {
            let id = &reference.id.value;
            (id.clone(), entry(section, id))
        };
        references.iter().map(place).collect()
    }

    /// The list as blocks: a heading and the entries.
    pub(super) fn citation_list(
        &self,
        section: &Anchor,
        references: &[&'a Reference],
        resolver: &mut Resolver<'a, '_>,
    ) -> Vec<Block> {
        let heading = section_heading(section, "references", &self.words.references.title);
        let entries = references
            .iter()
            .map(|reference| self.entry(section, reference, resolver));
        vec![heading, Block::Citations(entries.collect())]
    }

    fn entry(
        &self,
        section: &Anchor,
        reference: &'a Reference,
        resolver: &mut Resolver<'a, '_>,
    ) -> Entry {
        let facts = &reference.bibliographic;
        let rank = self.lists.rank(reference);
        let population = self.draft.handbook.populations.get(rank);
        Entry {
            anchor: entry(section, &reference.id.value),
            reference: reference.id.value.clone(),
            rank,
            population: text_of(population.map_or("", |population| population.label.as_str())),
            details: self.details(reference),
            notices: self.notices(reference),
            source: text_of(citation::source(self.words, facts)),
            title: self.title(reference),
            authors: text_of(citation::authors(facts)),
            affiliation: facts
                .affiliation
                .as_ref()
                .map(|place| text_of(citation::closed(place))),
            findings: resolver.body(
                ContentFile::Reference(reference.id.value.clone()),
                &reference.body,
            ),
            identifiers: self.identifiers(reference),
        }
    }

    /// The title of an article in its language, struck out if the article was retracted.
    pub(super) fn title(&self, reference: &Reference) -> Vec<Inline> {
        let facts = &reference.bibliographic;
        let title = cell(&citation::closed(&facts.title));
        let title = match &facts.language {
            Some(language) => vec![Inline::Foreign {
                language: language.clone(),
                content: title,
            }],
            None => title,
        };
        match self.is_retracted(reference) {
            true => vec![Inline::Struck(title)],
            false => title,
        }
    }

    /// Kind of study, number of patients and age: `retrospective series, 26 patients, older study (37 years)`.
    pub(super) fn details(&self, reference: &Reference) -> Option<Text> {
        let patients = reference.patients.map(|count| {
            let amount = usize::try_from(count).unwrap_or(usize::MAX);
            let label = self.words.plural(&self.words.plurals.patients, amount);
            fill(label, &[("count", &count.to_string())]).replace(' ', "\u{a0}")
        });
        let design = reference.design.as_ref().map(|design| design.value.clone());
        let years = (self.draft.date().year).saturating_sub(reference.bibliographic.date.year);
        let age = (years >= OLDER_STUDY).then(|| {
            let label = (self.words).plural(&self.words.plurals.older_study, years.into());
            fill(label, &[("years", &years.to_string())]).replace(' ', "\u{a0}")
        });
        let parts: Vec<String> = design.into_iter().chain(patients).chain(age).collect();
        (!parts.is_empty()).then(|| text_of(parts.join(", ")))
    }

    /// The ways to an article: PMID, PMCID and DOI, or its page where none is known.
    pub(super) fn identifiers(&self, reference: &Reference) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for identifier in &reference.bibliographic.identifiers {
            let is_page = matches!(identifier, Identifier::Address(_));
            let Some(url) = citation::link(identifier).filter(|_| !is_page || inlines.is_empty())
            else {
                continue;
            };
            if !inlines.is_empty() {
                inlines.push(Inline::Text(text_of("; ")));
            }
            let text = citation::printed(self.words, identifier).replace(' ', "\u{a0}");
            let content = vec![Inline::Text(text_of(text))];
            inlines.push(Inline::External { url, content });
        }
        inlines
    }
}

/// A heading of level 2 that the program adds.
pub(super) fn section_heading(section: &Anchor, name: &str, text: &str) -> Block {
    Block::Heading {
        anchor: Anchor(format!("{}.__{name}", section.0)),
        level: 2,
        content: vec![Inline::Text(text_of(text))],
    }
}

/// The link at the end of a list that looks for what is newer.
pub(super) fn search(label: &str, url: String) -> Block {
    let content = vec![Inline::Text(text_of(label))];
    Block::Display(Display::Search, vec![Inline::External { url, content }])
}
