//! What the reader gets: every text made, every number counted, every target resolved.
//!
//! A backend reads a [`Book`] from the first section to the last and only chooses syntax. The
//! single text it adds is page numbers, which exist only once pages do.

mod block;
mod glance;
mod inline;
mod walk;

pub use self::block::*;
pub use self::glance::{Glance, GlanceGroup, GlanceHeads, GlanceRow};
pub use self::inline::Inline;
pub use self::walk::{Node, every_inline, plain_text};
use std::collections::BTreeMap;
use std::fmt;

use super::draft::{CatalogueSubject, Role};
use super::{Date, Font, SiteId, TechniqueId};
use crate::source::Span;

/// A whole book, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Its metadata for catalogues and file properties.
    pub meta: Meta,
    /// The text of its cover.
    pub cover: Cover,
    /// The sections in reading order; [`Section::depth`] is their nesting.
    pub sections: Vec<Section>,
    /// A few pages each, printed apart from the book.
    pub handouts: Vec<Handout>,
    /// What a link to each place of the sections is called.
    pub link_names: BTreeMap<Anchor, LinkName>,
    /// What a search for words finds, in reading order.
    pub findable: Vec<Findable>,
    /// Words that the backends need for parts that are not text of the book: names of the
    /// navigation lists and of roles read out by screen readers.
    pub labels: Labels,
}

/// Something that a search for words finds: a section, a word of the glossary, an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findable {
    /// Its place.
    pub place: Anchor,
    /// What it is called.
    pub name: String,
    /// What it is, in a word.
    pub kind: String,
    /// Other words by which it is found.
    pub words: Vec<String>,
    /// Whether it is an article or a word, which come after sections that match as well.
    pub is_detail: bool,
}

/// A few pages on one technique, one site or one technique there, to be taken to a doctor. Only the PDF has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handout {
    /// What it is about.
    pub topic: Topic,
    /// Its metadata for file properties.
    pub meta: Meta,
    /// What is filled in by hand.
    pub fields: Vec<Text>,
    /// Its text. No link leads from it into the book.
    pub section: Section,
    /// What follows the text and takes the whole width of the page: the references, in full if they are about one question.
    pub references: Vec<Block>,
    /// Where its references are listed at once, if they can be.
    pub lookup: Option<QrLink>,
    /// Which book it is from, what that book has, and why there is no such list if there is none.
    pub about: Text,
    /// What a link to each of its places is called.
    pub link_names: BTreeMap<Anchor, LinkName>,
}

/// What a link to a place is called by those who hear it: the number of the page comes in between.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkName {
    /// What comes before the number.
    pub before: String,
    /// What comes behind it.
    pub after: String,
}

/// What a handout is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A technique, wherever it is used.
    Technique(TechniqueId),
    /// A site, with the techniques used there.
    Site(SiteId),
    /// A technique at a site, with all that was found.
    SiteTechnique(SiteId, TechniqueId),
}

impl Topic {
    /// The topic of that name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let Some(place) = name.strip_prefix("sites/") else {
            return Self::Technique(TechniqueId::from(name));
        };
        match place.split_once('/') {
            Some((site, technique)) => {
                Self::SiteTechnique(SiteId::from(site), TechniqueId::from(technique))
            }
            None => Self::Site(SiteId::from(place)),
        }
    }
}

impl fmt::Display for Topic {
    /// Its name: `cryoablation`, `sites/liver`, `sites/liver/cryoablation`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Technique(technique) => write!(f, "{technique}"),
            Self::Site(site) => write!(f, "sites/{site}"),
            Self::SiteTechnique(site, technique) => write!(f, "sites/{site}/{technique}"),
        }
    }
}

/// An address as a QR code, with the words below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrLink {
    /// The address.
    pub url: String,
    /// What is there.
    pub label: Text,
    /// What the code is, for those who do not see it.
    pub alt: String,
}

/// The metadata of the book for catalogues and file properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// Subtitle; may be empty.
    pub subtitle: String,
    /// File name of the outputs, without ending.
    pub slug: String,
    /// Language tag (BCP 47).
    pub language: String,
    /// Whether its lines run from right to left.
    pub is_right_to_left: bool,
    /// The fonts that it brings.
    pub fonts: Vec<Font>,
    /// Above a table that goes on from the page before.
    pub continued: String,
    /// Edition number.
    pub edition: String,
    /// Date of the edition.
    pub date: Date,
    /// SHA-256 of the content, where it was counted.
    pub digest: Option<String>,
    /// Who publishes it.
    pub publisher: String,
    /// Where the text of the licence is, if that is known.
    pub licence: Option<String>,
    /// The licence in words.
    pub rights: String,
    /// The printed edition whose pages the EPUB marks.
    pub printed: String,
    /// What the book is.
    pub description: String,
    /// Who made it.
    pub contributors: Vec<Person>,
    /// What catalogues list it under, the disease first.
    pub about: Vec<CatalogueSubject>,
    /// Subjects: the sites and techniques.
    pub subjects: Vec<String>,
}

/// Who had a part in the book, for catalogues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The name as catalogues sort it, if that is known.
    pub file_as: Option<String>,
    /// The part.
    pub role: Role,
}

/// The words on the cover of the book, and for those who do not see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// What the cover is called among the parts of the book.
    pub name: String,
    /// Title of the book.
    pub title: String,
    /// Subtitle; may be empty.
    pub subtitle: String,
    /// Who made it; may be empty.
    pub people: String,
    /// Who publishes it.
    pub publisher: String,
    /// Edition and date.
    pub edition: String,
    /// All of this in words, for those who do not see the cover.
    pub alt: String,
    /// What is on the back, in paragraphs.
    pub back: Vec<String>,
}

/// Words for what is not text of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// Name of the table of contents.
    pub contents: String,
    /// Title of the file with the table of contents.
    pub navigation: String,
    /// Name of the list of pages.
    pub pages: String,
    /// Name of the landmarks.
    pub landmarks: String,
    /// What an editorial bracket is.
    pub editorial: String,
    /// What an omission mark is.
    pub omission: String,
    /// The word before a page number.
    pub page: String,
    /// In the title of a file that continues a section.
    pub continued: String,
    /// The name of a footnote's way back.
    pub back: String,
    /// A name before what it names, with `{name}` for it: `Found:`.
    pub named: String,
    /// In an empty cell of a table.
    pub none: String,
    /// What a screen reader says after a comment that text follows.
    pub editorial_end: String,
    /// Stands for a page number where there are no pages.
    pub see: String,
    /// States of a box in a task list: open, ticked.
    pub boxes: (String, String),
    /// How the book can be read, for people who choose by that.
    pub accessibility: Accessibility,
    /// Words of the web edition.
    pub web: WebLabels,
}

/// Words around the sections of the web edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebLabels {
    /// The link that passes over the head of a page.
    pub skip: String,
    /// The name of the search.
    pub search: String,
    /// What may be typed there.
    pub search_hint: String,
    /// How much was found, with `{count}` for the number.
    pub found: String,
    /// That nothing was found, and what to do then.
    pub nothing: String,
    /// The name of the links to what a page is part of.
    pub way: String,
    /// The name of the ways to the pages before and after.
    pub turn: String,
    /// The page before.
    pub previous: String,
    /// The page after.
    pub next: String,
    /// The name of what there is on paper.
    pub paper: String,
    /// Where the section is in print, with `{page}` for the number.
    pub on_paper: String,
    /// The handout about the section.
    pub handout: String,
    /// The articles of that, for a reference manager.
    pub citations: String,
    /// The way to the files to download and to earlier editions.
    pub others: String,
    /// That a page has another address now, which follows.
    pub moved: String,
    /// That a page is in the book no more; the address of the contents follows.
    pub gone: String,
    /// What every reader must know first.
    pub disclaimer: String,
}

/// Sentences on how the book can be read; each is shown where it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessibility {
    /// Of each book.
    pub text: String,
    /// Pictures are described in words.
    pub pictures: String,
    /// Charts have their amounts beside them.
    pub charts: String,
    /// There are tables.
    pub tables: String,
    /// There are comments by the compiler.
    pub comments: String,
    /// The pages of the printed edition are marked.
    pub pages: String,
}

/// A place that can be linked to: unique in the book, made of ASCII letters, digits, `-` and `.`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub String);

/// A number for every text, unique in the book. The page map speaks in these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId {
    /// Which section it is in, from 0.
    pub section: u32,
    /// Which text of the section it is, from 0.
    pub number: u32,
}

/// A run of characters that a reader sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Its number.
    pub id: TextId,
    /// The characters.
    pub text: String,
    /// Where the author wrote it, if the author did.
    pub origin: Option<Span>,
}

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The title page.
    Title,
    /// Edition, people, licence, what the book is not.
    Imprint,
    /// The book on one page.
    Overview,
    /// What changed since the edition before.
    Changes,
    /// The table of contents.
    Contents,
    /// The heading of a part.
    Part,
    /// A free chapter.
    Chapter,
    /// A site's introduction.
    Site,
    /// A technique at a site.
    SiteTechnique,
    /// A technique's own chapter.
    Technique,
    /// An index.
    Index,
    /// The list of all references.
    References,
    /// The glossary.
    Glossary,
    /// How the book was made.
    Colophon,
}

impl Kind {
    /// Whether the section is before the body, where pages have roman numbers.
    #[must_use]
    pub fn is_front(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Imprint | Self::Overview | Self::Changes | Self::Contents
        )
    }
}

/// What has a heading in the contents: in print it begins a page or goes on behind another, in the EPUB it is a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its place; also the name of its file in the EPUB.
    pub anchor: Anchor,
    /// What it is.
    pub kind: Kind,
    /// Level in the outline, from 1.
    pub depth: u8,
    /// The heading.
    pub title: Text,
    /// The title for use without its context, unique in the book: `Cryoablation – Liver`.
    pub full_title: String,
    /// The running heads: on the left, and on the right, which may be empty.
    pub running: (String, String),
    /// The mark at the edge of its pages, if it has one.
    pub thumb: Option<ThumbTab>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The footnotes, in order of their first mark.
    pub footnotes: Vec<Footnote>,
}

/// A mark at the edge of pages, by which a site is found in the closed book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThumbTab {
    /// Which one it is, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// Its words.
    pub site: String,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// Its place.
    pub anchor: Anchor,
    /// The mark.
    pub mark: String,
    /// The text.
    pub blocks: Vec<Block>,
}
