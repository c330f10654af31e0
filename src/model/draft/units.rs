//! Chapters, sites and techniques.

use super::{Body, Review};
use crate::model::{ChapterId, ReferenceId, SiteId, TechniqueId};
use crate::source::Spanned;

/// A free chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its file name.
    pub id: Spanned<ChapterId>,
    /// Its title.
    pub title: Spanned<String>,
    /// Its text.
    pub body: Body,
    /// When it was last compared with its sources.
    pub review: Review,
}

/// A place in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its folder name.
    pub id: Spanned<SiteId>,
    /// Its title.
    pub title: Spanned<String>,
    /// Other words for it, used to search PubMed.
    pub aliases: Vec<Spanned<String>>,
    /// English words for it, by which PubMed is searched instead, the first of which is typed.
    pub search: Vec<Spanned<String>>,
    /// The introduction.
    pub body: Body,
    /// When it was last compared with its sources.
    pub review: Review,
    /// The techniques used there, in order of their file names.
    pub techniques: Vec<SiteTechnique>,
}

/// What a technique does at one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteTechnique {
    /// The technique: its file name.
    pub technique: Spanned<TechniqueId>,
    /// Title instead of the technique's own, where the site has its own word for it.
    pub title: Option<Spanned<String>>,
    /// What the site says of it at a glance.
    pub glance: Glance,
    /// The explanation.
    pub body: Body,
    /// When it was last compared with its sources.
    pub review: Review,
}

/// What is said at a glance of a technique at a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    /// What the technique is, in a few words.
    pub in_short: Option<Spanned<String>>,
    /// What was found, in one figure.
    pub figure: Option<Fact>,
    /// What harm was reported.
    pub harm: Option<Fact>,
}

impl Glance {
    /// Each key with a fact and the reference that it is from.
    pub fn facts(&self) -> impl Iterator<Item = (&'static str, &Fact)> {
        let facts = [("figure", &self.figure), ("harm", &self.harm)];
        facts
            .into_iter()
            .filter_map(|(key, fact)| Some((key, fact.as_ref()?)))
    }

    /// All its texts.
    pub fn texts(&self) -> impl Iterator<Item = &Spanned<String>> {
        let facts = self.facts().map(|(_, fact)| &fact.text);
        self.in_short.iter().chain(facts)
    }
}

/// A finding in a few words, and the reference that it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The words.
    pub text: Spanned<String>,
    /// The reference.
    pub reference: Spanned<ReferenceId>,
}

/// A way to treat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Technique {
    /// Its file name.
    pub id: Spanned<TechniqueId>,
    /// Its title.
    pub title: Spanned<String>,
    /// Other names and abbreviations.
    pub aliases: Vec<Spanned<String>>,
    /// English words for it, by which PubMed is searched instead of all its names, the first of which is typed.
    pub search: Vec<Spanned<String>>,
    /// The explanation.
    pub body: Body,
    /// When it was last compared with its sources.
    pub review: Review,
}
