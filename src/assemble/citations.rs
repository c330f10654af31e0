//! Citation lists: which references, in which order, and how each is shown.

use super::anchors::entry;
use super::resolve::{CitationTargets, Resolver};
use super::{Context, cell, text_of};
use crate::citation;
use crate::language::fill;
use crate::link::address;
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
        let facts = &reference.bibliographic;
        let words = self.words;
        let mut links = Vec::new();
        if let Some(pmid) = facts.pmid {
            let text = fill(&words.references.pmid, &[("pmid", &pmid.to_string())]);
            links.push((format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"), text));
        }
        if let Some(pmcid) = &facts.pmcid {
            let text = fill(&words.references.pmcid, &[("pmcid", pmcid)]);
            links.push((
                format!("https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"),
                text,
            ));
        }
        if let Some(doi) = &facts.doi {
            let text = fill(&words.references.doi, &[("doi", doi)]);
            links.push((format!("https://doi.org/{}", doi_path(doi)), text));
        }
        let url = facts.url.as_deref().and_then(address);
        if let (Some(url), true) = (url, links.is_empty()) {
            links.push((url, words.references.url.clone()));
        }
        let mut inlines = Vec::new();
        for (url, text) in links {
            if !inlines.is_empty() {
                inlines.push(Inline::Text(text_of("; ")));
            }
            let content = vec![Inline::Text(text_of(text.replace(' ', "\u{a0}")))];
            inlines.push(Inline::External { url, content });
        }
        inlines
    }
}

/// A DOI as the path of an address: `/`, `:`, `(` and `)` may stand as they are (RFC 3986, 3.3).
fn doi_path(doi: &str) -> String {
    doi.split('/')
        .map(super::search::percent_encoded)
        .collect::<Vec<_>>()
        .join("/")
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
