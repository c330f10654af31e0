//! How a reader knows the parts of a book: by titles and identifiers, not by the names of files.

use std::collections::BTreeMap;

use crate::citation::first_name;
use crate::model::draft::{
    Block, Body, ContentFile, Draft, Node, Reference, SiteTechnique, plain_text,
};
use crate::model::{ChapterId, Identifier, ReferenceId, SiteId, TechniqueId};
use crate::source::Spanned;

/// The titles of a draft's units, and what identifies its articles.
pub(super) struct Identities<'a> {
    chapters: BTreeMap<&'a ChapterId, &'a str>,
    sites: BTreeMap<&'a SiteId, &'a str>,
    techniques: BTreeMap<&'a TechniqueId, &'a str>,
    references: BTreeMap<&'a ReferenceId, &'a Reference>,
    /// The words of the headings that have a name.
    headings: BTreeMap<ContentFile, BTreeMap<&'a str, String>>,
}

impl<'a> Identities<'a> {
    pub(super) fn of(draft: &'a Draft) -> Self {
        let title = |title: &'a Spanned<String>| title.value.as_str();
        let chapters = draft.chapters.iter();
        let sites = draft.sites.iter();
        let techniques = draft.techniques.iter();
        let references = draft.references.iter();
        Self {
            chapters: chapters
                .map(|it| (&it.id.value, title(&it.title)))
                .collect(),
            sites: sites.map(|it| (&it.id.value, title(&it.title))).collect(),
            techniques: techniques
                .map(|it| (&it.id.value, title(&it.title)))
                .collect(),
            references: references.map(|it| (&it.id.value, it)).collect(),
            headings: (draft.units().into_iter())
                .map(|(unit, body)| (unit, words_of_headings(body)))
                .collect(),
        }
    }

    /// The title of a chapter; its name if there is none.
    pub(super) fn chapter<'b>(&'b self, id: &'b ChapterId) -> &'b str {
        self.chapters.get(id).copied().unwrap_or(id.as_str())
    }

    /// The title of a site; its name if there is none.
    pub(super) fn site<'b>(&'b self, id: &'b SiteId) -> &'b str {
        self.sites.get(id).copied().unwrap_or(id.as_str())
    }

    /// The title of a technique; its name if there is none.
    pub(super) fn technique<'b>(&'b self, id: &'b TechniqueId) -> &'b str {
        self.techniques.get(id).copied().unwrap_or(id.as_str())
    }

    /// What a technique is called at a site.
    pub(super) fn title_at<'b>(&'b self, page: &'b SiteTechnique) -> &'b str {
        let own = page.title.as_ref().map(|title| title.value.as_str());
        own.unwrap_or_else(|| self.technique(&page.technique.value))
    }

    /// What identifies an article: its PMID, its DOI, its PMCID, its page or, without any of these, its title.
    pub(super) fn reference(&self, id: &ReferenceId) -> String {
        let Some(reference) = self.references.get(id) else {
            return id.to_string();
        };
        let facts = &reference.bibliographic;
        let rank = |identifier: &&Identifier| match identifier {
            Identifier::Pmid(_) => 0,
            Identifier::Doi(_) => 1,
            Identifier::Pmcid(_) => 2,
            Identifier::Address(_) => 3,
        };
        match facts.identifiers.iter().min_by_key(rank) {
            Some(Identifier::Address(url)) => url.clone(),
            Some(Identifier::Doi(doi)) => format!("doi:{}", doi.to_lowercase()),
            Some(identifier) => format!("{}:{identifier}", identifier.key()),
            None => facts.title.clone(),
        }
    }

    /// First author, year and title of an article.
    pub(super) fn mention(reference: &Reference) -> String {
        let facts = &reference.bibliographic;
        format!(
            "{} {}, {}",
            first_name(facts),
            facts.date.year,
            facts.title.trim_end_matches('.')
        )
    }

    /// A unit, or a heading in it, by titles.
    pub(super) fn place(&self, unit: &ContentFile, heading: Option<&str>) -> String {
        let place = match unit {
            ContentFile::Chapter(id) => format!("chapter: {}", self.chapter(id)),
            ContentFile::Site(id) => format!("site: {}", self.site(id)),
            ContentFile::SiteTechnique(site, technique) => {
                format!("site: {}: {}", self.site(site), self.technique(technique))
            }
            ContentFile::Technique(id) => format!("technique: {}", self.technique(id)),
            ContentFile::Reference(id) => format!("reference: {}", self.reference(id)),
        };
        match heading {
            Some(heading) => format!("{place}: {}", self.heading(unit, heading)),
            None => place,
        }
    }

    /// The words of the heading `{#id}` of a unit; its name if it is not there.
    fn heading(&self, unit: &ContentFile, id: &str) -> String {
        let words = self.headings.get(unit).and_then(|words| words.get(id));
        words.cloned().unwrap_or_else(|| id.to_owned())
    }
}

/// The words of the headings of a body by their names; of two with one name, those of the first.
fn words_of_headings(body: &Body) -> BTreeMap<&str, String> {
    let mut headings = BTreeMap::new();
    for node in body.nodes() {
        if let Node::Block(block) = node
            && let Block::Heading { id, content, .. } = &block.value
            && let Some(id) = id
        {
            headings
                .entry(id.as_str())
                .or_insert_with(|| super::canon::squeezed(&plain_text(content)));
        }
    }
    headings
}
