//! What the author wrote: parsed, not yet resolved. Every name is still where it was typed.

mod body;
mod evidence;
mod handbook;
mod labels;
mod texts;
mod units;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

pub use self::body::*;
pub use self::evidence::{Notice, NoticeKind, Reference};
pub(crate) use self::handbook::NOT_STATED;
pub use self::handbook::{
    CatalogueSubject, Contributor, Handbook, Population, Review, Reviewed, Role, Rule, See,
    SubjectCode, Term,
};
pub use self::labels::Labels;
pub use self::units::{Chapter, Fact, Glance, Site, SiteTechnique, Technique};
pub use self::walk::{Node, has_words, plain_text};
pub use super::content::ContentFile;
use super::ledger::{Edition, EditionStatement, LedgerEntry};
use super::{Date, Font, SiteId};
use crate::source::{Span, Spanned};

/// All the content of a handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// `handbook.toml`.
    pub handbook: Handbook,
    /// `chapters/`, in order of their file names.
    pub chapters: Vec<Chapter>,
    /// `sites/`, in order of their folder names.
    pub sites: Vec<Site>,
    /// `techniques/`, in order of their file names.
    pub techniques: Vec<Technique>,
    /// `references/`, in order of their file names.
    pub references: Vec<Reference>,
    /// The terms of `glossary.toml`, in its order.
    pub glossary: Vec<Term>,
    /// The references of `glossary.toml` from one heading of the subject index to others.
    pub see: Vec<See>,
    /// `retractions.toml`: later notices by journals about articles.
    pub notices: Vec<Notice>,
    /// The pictures, by their path below the content folder.
    pub images: BTreeMap<String, Picture>,
    /// The paths of files that the book cannot use, sorted.
    pub others: Vec<String>,
    /// The fonts: `fonts/`, in order of their file names.
    pub fonts: Vec<Font>,
    /// The ledger: `releases/`, in order of their numbers.
    pub releases: Vec<LedgerEntry>,
    /// The edition that the book names as its own; without it, that of `handbook.toml`.
    pub issue: Option<EditionStatement>,
}

/// A picture as a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// What is wrong with it, if anything is.
    pub fault: Option<String>,
    /// How many pixels it is wide, upright; drawings have none.
    pub width: Option<u32>,
    /// The letters in a drawing, which are set in the fonts of the book.
    pub letters: BTreeSet<char>,
}

impl Picture {
    /// The pixels of a picture that is printed as wide as the text: 132 mm, at 300 to the inch.
    pub const SHARP: u32 = 1559;
}

impl Draft {
    /// The number of the edition, as it is shown.
    #[must_use]
    pub fn edition(&self) -> String {
        match &self.issue {
            Some(issue) => issue.edition.to_string(),
            None => self.handbook.edition.unwrap_or(Edition::FIRST).to_string(),
        }
    }

    /// The date of the edition.
    #[must_use]
    pub fn date(&self) -> Date {
        let issue = self.issue.as_ref().map(|issue| issue.date);
        issue.or(self.handbook.date).unwrap_or_default()
    }

    /// When each section was last compared with its sources, the book's own dates standing in.
    #[must_use]
    pub fn reviews(&self) -> Vec<Reviewed> {
        let own = &self.handbook.review;
        let mut reviews = Vec::new();
        let mut add = |unit: ContentFile, name: &str, span: Span, review: &Review| {
            reviews.push(Reviewed {
                unit,
                name: Spanned::new(name.to_owned(), span),
                review: Review {
                    reviewed: review.reviewed.clone().or_else(|| own.reviewed.clone()),
                    next: review.next.clone().or_else(|| own.next.clone()),
                },
            });
        };
        for chapter in &self.chapters {
            let Spanned { value: id, span } = &chapter.id;
            let unit = ContentFile::Chapter(id.clone());
            add(unit, &chapter.title.value, *span, &chapter.review);
        }
        for site in &self.sites {
            let Spanned { value: id, span } = &site.id;
            add(
                ContentFile::Site(id.clone()),
                &site.title.value,
                *span,
                &site.review,
            );
            for page in &site.techniques {
                let Spanned {
                    value: technique,
                    span,
                } = &page.technique;
                let unit = ContentFile::SiteTechnique(id.clone(), technique.clone());
                add(unit, technique.as_str(), *span, &page.review);
            }
        }
        for technique in &self.techniques {
            let Spanned { value: id, span } = &technique.id;
            let unit = ContentFile::Technique(id.clone());
            add(unit, &technique.title.value, *span, &technique.review);
        }
        reviews
    }

    /// What is said of a unit at a glance, if it is a technique at a site.
    #[must_use]
    pub fn glance(&self, unit: &ContentFile) -> Option<&Glance> {
        let ContentFile::SiteTechnique(id, technique) = unit else {
            return None;
        };
        let site = self.sites.iter().find(|site| site.id.value == *id)?;
        let mut pages = site.techniques.iter();
        let found = pages.find(|page| page.technique.value == *technique);
        found.map(|page| &page.glance)
    }

    /// The text of a unit, if the book has it.
    #[must_use]
    pub fn body(&self, unit: &ContentFile) -> Option<&Body> {
        let site = |id: &SiteId| self.sites.iter().find(|site| site.id.value == *id);
        match unit {
            ContentFile::Chapter(id) => {
                let mut chapters = self.chapters.iter();
                let found = chapters.find(|chapter| chapter.id.value == *id);
                found.map(|chapter| &chapter.body)
            }
            ContentFile::Site(id) => site(id).map(|site| &site.body),
            ContentFile::SiteTechnique(id, technique) => {
                let mut pages = site(id)?.techniques.iter();
                let found = pages.find(|page| page.technique.value == *technique);
                found.map(|page| &page.body)
            }
            ContentFile::Technique(id) => {
                let mut techniques = self.techniques.iter();
                let found = techniques.find(|technique| technique.id.value == *id);
                found.map(|technique| &technique.body)
            }
            ContentFile::Reference(id) => {
                let mut references = self.references.iter();
                let found = references.find(|reference| reference.id.value == *id);
                found.map(|reference| &reference.body)
            }
        }
    }

    /// Every unit and its text.
    #[must_use]
    pub fn units(&self) -> Vec<(ContentFile, &Body)> {
        let mut units = Vec::new();
        for chapter in &self.chapters {
            units.push((
                ContentFile::Chapter(chapter.id.value.clone()),
                &chapter.body,
            ));
        }
        for site in &self.sites {
            let id = &site.id.value;
            units.push((ContentFile::Site(id.clone()), &site.body));
            for page in &site.techniques {
                let technique = page.technique.value.clone();
                units.push((
                    ContentFile::SiteTechnique(id.clone(), technique),
                    &page.body,
                ));
            }
        }
        for technique in &self.techniques {
            units.push((
                ContentFile::Technique(technique.id.value.clone()),
                &technique.body,
            ));
        }
        for reference in &self.references {
            units.push((
                ContentFile::Reference(reference.id.value.clone()),
                &reference.body,
            ));
        }
        units
    }
}
