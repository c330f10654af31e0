//! What the author wrote: parsed, not yet resolved. Every name still stands where it was typed.

use std::collections::BTreeMap;

pub use super::content::ContentFile;
use super::ledger::{Edition, EditionStatement, LedgerEntry};
use super::{
    Bibliographic, ChapterId, Date, PopulationId, ReferenceId, SiteId, TechniqueId, Variant,
};
use crate::diagnostic::{Code, Severity};
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
    /// `retractions.toml`: what journals have said of articles since they came out.
    pub notices: Vec<Notice>,
    /// The pictures, by their path below the content folder.
    pub images: BTreeMap<String, Picture>,
    /// The ledger: `releases/`, in order of their numbers.
    pub releases: Vec<LedgerEntry>,
    /// Which edition the book says it is; without it, what `handbook.toml` says.
    pub issue: Option<EditionStatement>,
}

/// A picture as a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// What is wrong with it, if anything is.
    pub fault: Option<String>,
    /// How many pixels it is wide; drawings have none.
    pub width: Option<u32>,
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

/// A code block `chart`: amounts, to be shown as bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What the bars are.
    pub title: Spanned<String>,
    /// What the amounts count: `%`, `people`.
    pub unit: Spanned<String>,
    /// Where they come from.
    pub reference: Option<Spanned<ReferenceId>>,
    /// What the bars show, for those who do not see them.
    pub alt: Spanned<String>,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

impl Chart {
    /// Whether the amounts are parts of a hundred.
    #[must_use]
    pub fn is_share(&self) -> bool {
        self.unit.value.starts_with('%')
    }
}

/// A `[[bar]]` of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub label: Spanned<String>,
    /// How much, if that could be read.
    pub value: Option<Spanned<Amount>>,
}

/// An amount of 0 or more, in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub u64);

impl Amount {
    /// A hundred.
    pub const HUNDRED: Self = Self(100_000);

    /// The amount nearest to `value`, if that is between 0 and `largest`.
    #[must_use]
    pub fn new(value: f64, largest: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the bounds that are asked for"
        )]
        let amount = |value: f64| Self((value * 1000.0).round() as u64);
        (0.0..=largest).contains(&value).then(|| amount(value))
    }

    /// Whether it has no fraction.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_multiple_of(1000)
    }

    /// How many thousandths of `whole` it is; 0 of nothing.
    #[must_use]
    pub fn thousandths_of(self, whole: Self) -> u64 {
        self.0
            .saturating_mul(1000)
            .checked_div(whole.0)
            .unwrap_or(0)
    }
}

impl std::fmt::Display for Amount {
    /// As a decimal, without zeros at its end.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{}.{:03}", self.0 / 1000, self.0 % 1000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
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

/// What the subject index lists: `heading` or `heading: subheading`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The heading.
    pub heading: String,
    /// What of it.
    pub subheading: Option<String>,
}

/// What a statement says that the book cannot make.
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
    /// When its texts were last compared with their sources, where they do not say it themselves.
    pub review: Review,
    /// Who publishes the book.
    pub publisher: String,
    /// Where mistakes can be reported.
    pub contact: Option<Spanned<String>>,
    /// Who paid for it.
    pub funding: Option<Spanned<String>>,
    /// Which interests of its authors could have had an influence on it.
    pub interests: Option<Spanned<String>>,
    /// The highest reading grade that a section should have.
    pub reading_grade: Option<u64>,
    /// How serious what rules find is in this book.
    pub rules: Vec<Rule>,
    /// Licence of the text as an SPDX identifier.
    pub licence: String,
    /// Two or three sentences on what the book is.
    pub description: String,
    /// The paragraph that every copy carries: what the book is not.
    pub disclaimer: String,
    /// Who made it.
    pub contributors: Vec<Contributor>,
    /// Labels of the populations, nearest to the reader's disease first.
    pub populations: Vec<Population>,
    /// The variants of the page to print, the one first whose pages the EPUB tells.
    pub variants: Vec<Spanned<Variant>>,
    /// Chapters in reading order.
    pub chapters: Vec<Spanned<ChapterId>>,
    /// Sites in reading order.
    pub sites: Vec<Spanned<SiteId>>,
}

impl Handbook {
    /// The people with this role. Who made the book has not reviewed it, whatever it says.
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

/// A `[[notice]]` of `retractions.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Where it stands.
    pub span: Span,
    /// The article's PubMed identifier.
    pub pmid: Option<u64>,
    /// The article's digital object identifier.
    pub doi: Option<String>,
    /// What was said of it.
    pub kind: NoticeKind,
    /// When.
    pub date: Date,
    /// The address where it was said.
    pub source: Spanned<String>,
}

impl Notice {
    /// Whether it is about a reference: by PMID, or by DOI, whose letters may be large or small.
    #[must_use]
    pub fn is_about(&self, reference: &Reference) -> bool {
        let facts = &reference.bibliographic;
        let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => false,
        };
        (self.pmid.is_some() && self.pmid == facts.pmid) || same(&self.doi, &facts.doi)
    }
}

/// What a journal says of an article after it came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// It is withdrawn.
    Retraction,
    /// There is doubt about it.
    Concern,
    /// Part of it is put right.
    Correction,
}

/// A person or group and their part in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// The name as it is printed.
    pub name: String,
    /// What they did.
    pub role: Role,
    /// A clause that explains it; may be empty.
    pub note: String,
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
    /// Whether each of its references needs a bracket that says what its results cannot tell.
    pub caution: bool,
}

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

/// One reference and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its file name.
    pub id: Spanned<ReferenceId>,
    /// What identifies it; empty fields were reported.
    pub bibliographic: Bibliographic,
    /// Where the value of each key of its front matter stands.
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
    /// Where the value of `key` stands; the start of the file if the key is left out.
    #[must_use]
    pub fn place(&self, key: &str) -> Span {
        self.places.get(key).copied().unwrap_or(self.id.span)
    }
}

/// Text with its footnotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The blocks in order.
    pub blocks: Vec<Spanned<Block>>,
    /// Footnotes in the order of their definitions.
    pub footnotes: Vec<Footnote>,
}

/// A footnote's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// The name between `[^` and `]`.
    pub name: Spanned<String>,
    /// Its text.
    pub blocks: Vec<Spanned<Block>>,
}

/// A block of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `## Heading {#id index="subject"}`.
    Heading {
        /// 1 to 6, as typed.
        level: u8,
        /// The identifier given with `{#id}`.
        id: Option<String>,
        /// What the subject index lists all that is below the heading for.
        subjects: Vec<Spanned<Subject>>,
        /// The text.
        content: Vec<Spanned<Inline>>,
    },
    /// A paragraph.
    Paragraph(Vec<Spanned<Inline>>),
    /// A list.
    List {
        /// Number of the first item, for a numbered list.
        start: Option<u64>,
        /// The items.
        items: Vec<Item>,
    },
    /// `> quoted`.
    Quote(Vec<Spanned<Block>>),
    /// Code, fenced or indented.
    Code(String),
    /// A table.
    Table {
        /// Alignment of each column.
        columns: Vec<Alignment>,
        /// The header row.
        header: Vec<Vec<Spanned<Inline>>>,
        /// The other rows.
        rows: Vec<Vec<Vec<Spanned<Inline>>>>,
    },
    /// Amounts as bars.
    Chart(Chart),
    /// An image in a paragraph of its own.
    Image {
        /// The path as typed.
        path: String,
        /// The alternative text.
        alt: String,
        /// The title, which becomes the caption.
        caption: Option<String>,
    },
    /// `***`.
    Rule,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// For `- [ ]` and `- [x]`: whether it is ticked.
    pub task: Option<bool>,
    /// The text.
    pub blocks: Vec<Spanned<Block>>,
}

/// Where a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// At the start of the line.
    Start,
    /// In the middle.
    Center,
    /// At the end of the line.
    End,
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Characters.
    Text(String),
    /// `*emphasis*`.
    Emphasis(Vec<Spanned<Inline>>),
    /// `**strong**`.
    Strong(Vec<Spanned<Inline>>),
    /// `` `code` ``.
    Code(String),
    /// `[text](target)`.
    Link {
        /// The target as typed.
        target: String,
        /// The text.
        content: Vec<Spanned<Inline>>,
    },
    /// `[a comment by the compiler]`.
    Bracket(Vec<Spanned<Inline>>),
    /// `[@a; @b]`.
    Citation(Vec<Spanned<ReferenceId>>),
    /// `[^name]`.
    Footnote(String),
    /// `{index="subject"}`, behind a word.
    Index(Vec<Spanned<Subject>>),
    /// `...` or `…`: words left out.
    Omission,
    /// A line break that the author asked for.
    Break,
}

/// Whether inlines have a character that can be seen.
#[must_use]
pub fn has_words(inlines: &[Spanned<Inline>]) -> bool {
    inlines.iter().any(|inline| match &inline.value {
        Inline::Text(text) | Inline::Code(text) => text.chars().any(is_visible),
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Link { content, .. }
        | Inline::Bracket(content) => has_words(content),
        Inline::Citation(_) | Inline::Omission => true,
        Inline::Footnote(_) | Inline::Index(_) | Inline::Break => false,
    })
}

/// Neither white space nor a character that only shapes others (Unicode, general categories Cc and Cf).
fn is_visible(character: char) -> bool {
    !character.is_whitespace()
        && !character.is_control()
        && !matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// A node of a body, met in reading order.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// A block.
    Block(&'a Spanned<Block>),
    /// An inline.
    Inline(&'a Spanned<Inline>),
}

impl Body {
    /// Every node of some blocks, each before what it holds.
    #[must_use]
    pub fn nodes_of(blocks: &[Spanned<Block>]) -> Vec<Node<'_>> {
        let mut nodes = Vec::new();
        walk_blocks(blocks, &mut nodes);
        nodes
    }

    /// Every node, footnotes last, each before what it holds.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node<'_>> {
        let mut nodes = Vec::new();
        walk_blocks(&self.blocks, &mut nodes);
        for footnote in &self.footnotes {
            walk_blocks(&footnote.blocks, &mut nodes);
        }
        nodes
    }
}

fn walk_blocks<'a>(blocks: &'a [Spanned<Block>], nodes: &mut Vec<Node<'a>>) {
    for block in blocks {
        nodes.push(Node::Block(block));
        match &block.value {
            Block::Heading { content, .. } | Block::Paragraph(content) => {
                walk_inlines(content, nodes);
            }
            Block::List { items, .. } => {
                for item in items {
                    walk_blocks(&item.blocks, nodes);
                }
            }
            Block::Quote(blocks) => walk_blocks(blocks, nodes),
            Block::Table { header, rows, .. } => {
                let cells = header.iter().chain(rows.iter().flatten());
                cells.for_each(|cell| walk_inlines(cell, nodes));
            }
            Block::Code(_) | Block::Chart(_) | Block::Image { .. } | Block::Rule => {}
        }
    }
}

fn walk_inlines<'a>(inlines: &'a [Spanned<Inline>], nodes: &mut Vec<Node<'a>>) {
    for inline in inlines {
        nodes.push(Node::Inline(inline));
        match &inline.value {
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Bracket(content)
            | Inline::Link { content, .. } => walk_inlines(content, nodes),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Citation(_)
            | Inline::Footnote(_)
            | Inline::Index(_)
            | Inline::Omission
            | Inline::Break => {}
        }
    }
}
