//! References, and later notices by journals about them.

use std::collections::BTreeMap;

use super::Body;
use crate::model::{
    Bibliographic, ChapterId, Date, Identifier, PopulationId, ReferenceId, SiteId, TechniqueId,
};
use crate::source::{Span, Spanned};

/// One reference and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its file name.
    pub id: Spanned<ReferenceId>,
    /// What identifies it; empty fields were reported.
    pub bibliographic: Bibliographic,
    /// The place of the value of each key of its front matter.
    pub places: BTreeMap<&'static str, Span>,
    /// Whom it studied.
    pub population: Option<Spanned<PopulationId>>,
    /// Kind of study, in words.
    pub design: Option<Spanned<String>>,
    /// Number of patients.
    pub patients: Option<u64>,
    /// Sites that it speaks of.
    pub sites: Vec<Spanned<SiteId>>,
    /// Techniques that it speaks of.
    pub techniques: Vec<Spanned<TechniqueId>>,
    /// Why the book keeps it, though it was retracted.
    pub kept: Option<Spanned<String>>,
    /// Chapters whose list it belongs to.
    pub chapters: Vec<Spanned<ChapterId>>,
    /// The findings.
    pub body: Body,
}

impl Reference {
    /// The place of the value of `key`; the start of the file if the key is left out.
    #[must_use]
    pub fn place(&self, key: &str) -> Span {
        self.places.get(key).copied().unwrap_or(self.id.span)
    }
}

/// A `[[notice]]` of `retractions.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its place.
    pub span: Span,
    /// The article: its PMID, its DOI, or both.
    pub article: Vec<Identifier>,
    /// The kind of notice.
    pub kind: NoticeKind,
    /// When.
    pub date: Date,
    /// The address of the notice.
    pub source: Spanned<String>,
}

impl Notice {
    /// Whether it is about a reference, by any of its identifiers.
    #[must_use]
    pub fn is_about(&self, reference: &Reference) -> bool {
        self.identifies(reference).is_some()
    }

    /// The identifier of a reference by which it is about it.
    #[must_use]
    pub fn identifies<'a>(&self, reference: &'a Reference) -> Option<&'a Identifier> {
        let mut identifiers = reference.bibliographic.identifiers.iter();
        identifiers.find(|own| self.article.iter().any(|named| named.is_same(own)))
    }
}

/// What a journal does about an article after publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// It is withdrawn.
    Retraction,
    /// There is doubt about it.
    Concern,
    /// Part of it is corrected.
    Correction,
}
