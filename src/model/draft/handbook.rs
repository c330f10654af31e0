//! `handbook.toml` and `glossary.toml`: what the book is, and the words that it explains.

use super::{ContentFile, Labels};
use crate::diagnostic::{Code, Severity};
use crate::model::ledger::Edition;
use crate::model::{ChapterId, Date, PopulationId, SiteId, Variant};
use crate::source::{Span, Spanned};

/// The value of a statement that the book cannot make.
pub(crate) const NOT_STATED: &str = "not stated";

/// `handbook.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handbook {
    /// The start of the file.
    pub span: Span,
    /// Title of the book.
    pub title: String,
    /// Subtitle; may be empty.
    pub subtitle: String,
    /// File name of the outputs, without ending.
    pub slug: String,
    /// Language tag (BCP 47), such as `en-GB`.
    pub language: Spanned<String>,
    /// The number of the first edition; from then on the least number of the next one.
    pub edition: Option<Edition>,
    /// Date of the edition until there is a release, to the day.
    pub date: Option<Date>,
    /// The month up to which evidence was gathered.
    pub evidence_to: Option<Date>,
    /// When its texts were last compared with their sources, for those without dates of their own.
    pub review: Review,
    /// Who publishes the book.
    pub publisher: String,
    /// Where mistakes can be reported.
    pub contact: Option<Spanned<String>>,
    /// Who paid for it.
    pub funding: Option<Spanned<String>>,
    /// Which interests of its authors could have had an influence on it.
    pub interests: Option<Spanned<String>>,
    /// What the disease is called in a sentence; the first word for it where this is not said.
    pub disease: Option<Spanned<String>>,
    /// The words for the disease, any of which a search of PubMed asks for.
    pub search: Vec<Spanned<String>>,
    /// What catalogues list the book under, the nearest subject first.
    pub subjects: Vec<CatalogueSubject>,
    /// The highest reading grade that a section should have.
    pub reading_grade: Option<u64>,
    /// How serious what rules find is in this book.
    pub rules: Vec<Rule>,
    /// Licence of the text as an SPDX identifier.
    pub licence: String,
    /// The licence of the fonts that the book brings.
    pub font_licence: Option<Spanned<String>>,
    /// Two or three sentences on what the book is.
    pub description: String,
    /// The paragraph that every copy carries: what the book is not.
    pub disclaimer: String,
    /// Who made it.
    pub contributors: Vec<Contributor>,
    /// Labels of the populations, nearest to the reader's disease first.
    pub populations: Vec<Population>,
    /// The variants of the page to print, first the one whose pages the EPUB marks.
    pub variants: Vec<Spanned<Variant>>,
    /// Chapters in reading order.
    pub chapters: Vec<Spanned<ChapterId>>,
    /// Sites in reading order.
    pub sites: Vec<Spanned<SiteId>>,
    /// `labels.toml`: words of the program that the book says otherwise.
    pub labels: Labels,
}

impl Handbook {
    /// The people with this role. An author who is listed as a reviewer does not count as one.
    pub fn people(&self, role: Role) -> impl Iterator<Item = &Contributor> {
        let is_author = |name: &str| {
            let authors = self.contributors.iter();
            let mut authors = authors.filter(|person| person.role != Role::Reviewer);
            authors.any(|author| author.name.to_lowercase() == name.to_lowercase())
        };
        let people = self.contributors.iter();
        people.filter(move |person| {
            person.role == role && (role != Role::Reviewer || !is_author(&person.name))
        })
    }
}

/// When a text was last compared with its sources, and when it is to be compared again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// The last time.
    pub reviewed: Option<Spanned<Date>>,
    /// The next time.
    pub next: Option<Spanned<Date>>,
}

/// A section, and when it was compared with its sources; references are not compared again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The section.
    pub unit: ContentFile,
    /// What it is called, and the start of its file.
    pub name: Spanned<String>,
    /// When; the dates of the book where it has none of its own.
    pub review: Review,
}

/// A key of `[rules]`: how serious what a rule finds is in this book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The rule.
    pub code: Spanned<Code>,
    /// How serious it is; `None` if it is allowed.
    pub severity: Option<Severity>,
    /// Why it is allowed.
    pub reason: String,
    /// The last day on which it is allowed.
    pub until: Date,
}

impl Rule {
    /// Whether all is there that it needs: what is allowed has a reason and a last day.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.severity.is_some() || !self.reason.is_empty() && self.until != Date::LAST
    }
}

/// A person or group and their part in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// The name as it is printed.
    pub name: String,
    /// The name as catalogues sort it: `Roe, Jane`.
    pub file_as: Option<String>,
    /// What they did.
    pub role: Role,
    /// A clause that explains it; may be empty.
    pub note: String,
}

/// A `[[subject]]`: what catalogues list the book under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueSubject {
    /// The words for it.
    pub term: String,
    /// Its place in a vocabulary.
    pub code: Option<SubjectCode>,
}

/// The code of a subject in a vocabulary: `MeSH:D007890`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectCode {
    /// The vocabulary, such as `MeSH`, LCSH or Thema.
    pub authority: String,
    /// The code there.
    pub code: String,
}

/// The part somebody had in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Gathered the references and wrote the findings.
    Compiler,
    /// Edited the text.
    Editor,
    /// Reviewed it, as a clinician or otherwise, and is not its author.
    Reviewer,
}

/// How near a reference is to the reader's disease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// The name used in the front matter of references.
    pub id: Spanned<PopulationId>,
    /// The label that readers see.
    pub label: String,
    /// What the label means; may be empty.
    pub description: String,
    /// Whether each of its references needs a bracket that says what its results cannot predict.
    pub caution: bool,
}

/// A `[[term]]` of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word or abbreviation.
    pub name: Spanned<String>,
    /// Other forms of it that the text uses.
    pub forms: Vec<Spanned<String>>,
    /// What it means.
    pub definition: Spanned<String>,
}

/// A `[[see]]` of the glossary: a heading of the subject index that leads to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct See {
    /// The heading.
    pub name: Spanned<String>,
    /// The headings that it leads to.
    pub to: Vec<Spanned<String>>,
}
