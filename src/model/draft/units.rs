//! Chapters, sites and techniques.

use super::{Body, Review};
use crate::model::{ChapterId, SiteId, TechniqueId};
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
    /// The explanation.
    pub body: Body,
    /// When it was last compared with its sources.
    pub review: Review,
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
    /// What kind of treatment it is.
    pub category: Option<Spanned<Category>>,
    /// The explanation.
    pub body: Body,
    /// When it was last compared with its sources.
    pub review: Review,
}

/// Kinds of technique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Cutting out.
    Surgery,
    /// Destroying with a needle.
    Ablation,
    /// Closing vessels, with or without a drug or radiation.
    Embolization,
    /// Giving a drug to one part of the body alone.
    Perfusion,
    /// Radiation from outside or inside.
    Radiation,
    /// Heating without a needle.
    Heat,
    /// None of these.
    Other,
}
