//! Citation lists: which references, in which order, and how each is shown.

use super::anchors::{article, entry};
use super::resolve::Listed;
use super::{Context, cell, text_of};
use crate::citation;
use crate::language::fill;
use crate::model::book::{Anchor, Block, Inline, PageReference, ShortEntry};
use crate::model::draft::Reference;
use crate::model::{Identifier, ReferenceId};

/// From this age in years on, when the book comes out, an entry says that its study is an older one.
const OLDER_STUDY: u16 = 15;

impl<'a> Context<'a> {
    /// The articles of a list, by which its section knows where to look for them.
    pub(super) fn listed(references: &[&'a Reference]) -> Listed<'a> {
        references
            .iter()
            .map(|reference| &reference.id.value)
            .collect()
    }

    /// The list as blocks: a heading and the entries in short.
    pub(super) fn citation_list(
        &self,
        section: &Anchor,
        references: &[&'a Reference],
    ) -> Vec<Block> {
        let heading = section_heading(section, "references", &self.words.references.title);
        let entries = references.iter().map(|reference| {
            let id = &reference.id.value;
            ShortEntry {
                anchor: entry(section, id),
                reference: id.clone(),
                rank: self.lists.rank(reference),
                content: self.in_short(reference),
                page: Some(PageReference {
                    label: text_of(format!("\u{a0}· {}\u{a0}", self.words.references.page)),
                    target: article(id),
                }),
            }
        });
        vec![heading, Block::References(entries.collect())]
    }

    /// `Rose 1989 · sarcoma · autopsy series, 73 patients · PMID 2914299`, the key leading to the article.
    fn in_short(&self, reference: &'a Reference) -> Vec<Inline> {
        let id = &reference.id.value;
        let key = Inline::Citation {
            target: article(id),
            mark: text_of(self.key(id)),
        };
        let mut content = vec![Inline::Strong(vec![key])];
        let facts = [
            Some(self.population(reference).to_owned()),
            self.details(reference),
        ];
        for fact in facts.into_iter().flatten().filter(|fact| !fact.is_empty()) {
            content.extend(cell(&format!("\u{a0}· {fact}")));
        }
        if let Some(identifier) = self.identifiers(reference).into_iter().next() {
            content.extend(cell("\u{a0}· "));
            content.push(identifier);
        }
        content
    }

    /// The key by which texts cite a reference.
    pub(super) fn key(&self, reference: &ReferenceId) -> &str {
        self.marks.get(reference).map_or("", String::as_str)
    }

    /// The label of a reference's population.
    pub(super) fn population(&self, reference: &Reference) -> &'a str {
        let population = self
            .draft
            .handbook
            .populations
            .get(self.lists.rank(reference));
        population.map_or("", |population| population.label.as_str())
    }

    /// The title of an article in its language, struck out if the article was retracted.
    pub(super) fn title(&self, reference: &Reference) -> Vec<Inline> {
        let facts = &reference.bibliographic;
        let title = cell(&self.words.apart(citation::closed(&facts.title)));
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
    pub(super) fn details(&self, reference: &Reference) -> Option<String> {
        let patients = reference.patients.map(|count| {
            let amount = usize::try_from(count).unwrap_or(usize::MAX);
            let label = self.words.plural(&self.words.plurals.patients, amount);
            fill(label, &[("count", &self.words.numbers.whole(count))]).replace(' ', "\u{a0}")
        });
        let design = reference.design.as_ref().map(|design| design.value.clone());
        let years = (self.draft.date().year).saturating_sub(reference.bibliographic.date.year);
        let age = (years >= OLDER_STUDY).then(|| {
            let label = (self.words).plural(&self.words.plurals.older_study, years.into());
            fill(label, &[("years", &years.to_string())]).replace(' ', "\u{a0}")
        });
        let parts: Vec<String> = design.into_iter().chain(patients).chain(age).collect();
        (!parts.is_empty()).then(|| parts.join(self.words.comma()))
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
                inlines.push(Inline::Text(text_of(self.words.semicolon())));
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
