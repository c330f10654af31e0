//! The keys of each file of a book: what the readers of this room ask for, and what an editor is offered.

use toml::de::DeValue;

use crate::diagnostic::Code;
use crate::model::Variant;

/// A key of a table.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether it must be there.
    pub(crate) needed: bool,
    /// What it can hold.
    pub(crate) kind: Kind,
    /// What it says, in a sentence or two.
    pub(crate) about: &'static str,
}

/// What a key can hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A text that is not empty.
    Text,
    /// A text, which may be empty.
    Words,
    /// A text, or a number without quotation marks.
    Label,
    /// A text of this form, a regular expression.
    Form(&'static str),
    /// One of some words.
    OneOf(fn() -> Vec<&'static str>),
    /// A list of texts.
    Texts,
    /// A list of some words.
    AnyOf(fn() -> Vec<&'static str>),
    /// A list of identifiers: names of files or folders.
    Ids,
    /// A year, a month or a day; or days alone.
    Date(Precision),
    /// A whole number, which may be in quotation marks.
    Number,
    /// A number of 0 or more.
    Amount,
    /// Yes or no.
    Bool,
    /// A table with these keys.
    Table(&'static [Key]),
    /// Any number of tables with these keys.
    Tables(&'static [Key]),
    /// A table with a level for any rule that can have another.
    Rules,
}

impl Kind {
    /// Whether a value is of the form that this kind has.
    pub(crate) fn holds(self, value: &DeValue<'_>) -> bool {
        match (self, value) {
            (Self::Table(_) | Self::Rules, value) => value.is_table(),
            (Self::Tables(_), DeValue::Array(array)) => {
                array.iter().all(|it| it.get_ref().is_table())
            }
            (Self::Texts | Self::AnyOf(_) | Self::Ids, DeValue::Array(array)) => {
                array.iter().all(|it| it.get_ref().is_str())
            }
            (Self::Bool, value) => value.is_bool(),
            (Self::Tables(_) | Self::Texts | Self::AnyOf(_) | Self::Ids, _) => false,
            (_, value) => !(value.is_bool() || value.is_table() || value.is_array()),
        }
    }
}

/// How much of a date is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Precision {
    Year,
    Day,
}

/// What an identifier looks like (`model::is_valid_id`).
pub(crate) const ID: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/// A language tag (BCP 47): a language, perhaps with a script, a region and variants.
const TAG: &str = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";

/// The number of an edition.
const EDITION: &str = r"^[0-9]+\.[0-9]+\.[0-9]+$";

const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key {
        name,
        needed: true,
        kind,
        about,
    }
}

const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key {
        name,
        needed: false,
        kind,
        about,
    }
}

const REVIEWED: Key = optional(
    "reviewed",
    Kind::Date(Precision::Year),
    "When the text was last compared with its sources; without it, the date in `handbook.toml`.",
);

const NEXT_REVIEW: Key = optional(
    "next-review",
    Kind::Date(Precision::Year),
    "When the text is to be compared with its sources again; without it, the date in `handbook.toml`.",
);

const ALIASES: Key = optional(
    "aliases",
    Kind::Texts,
    "Other names of it, which indexes and searches have, too.",
);

const SEARCH: Key = optional(
    "search",
    Kind::Texts,
    "English words by which PubMed finds articles about it; without them, its title and aliases.",
);

/// `handbook.toml`.
pub(crate) const HANDBOOK: &[Key] = &[
    needed("title", Kind::Text, "The title of the book."),
    optional("subtitle", Kind::Words, "The line below the title."),
    needed(
        "slug",
        Kind::Form(ID),
        "The beginning of the names of all files: lower-case letters, digits, and single hyphens between words; a letter first.",
    ),
    needed(
        "language",
        Kind::Form(TAG),
        "The language of the text, and of the words that the program adds, as a tag such as `en-GB`.",
    ),
    optional(
        "edition",
        Kind::Form(EDITION),
        "The number of the first edition; later, the least number of the next one.",
    ),
    optional(
        "date",
        Kind::Date(Precision::Day),
        "The day of the first edition; later, the ledger has it.",
    ),
    optional(
        "evidence-to",
        Kind::Date(Precision::Year),
        "Up to when articles were looked for.",
    ),
    REVIEWED,
    NEXT_REVIEW,
    optional(
        "contact",
        Kind::Words,
        "Where readers report mistakes: an address of mail or of a page, or `not stated`.",
    ),
    optional(
        "funding",
        Kind::Words,
        "Who paid for the book, or `not stated`.",
    ),
    optional(
        "interests",
        Kind::Words,
        "What its authors could gain by what it says, or `not stated`.",
    ),
    optional(
        "disease",
        Kind::Text,
        "What readers call the disease, if the words for PubMed are in another language.",
    ),
    optional(
        "search",
        Kind::Texts,
        "English words for the disease; each search of PubMed asks for any of them.",
    ),
    optional(
        "subject",
        Kind::Tables(SUBJECT),
        "What catalogues list the book under; without it, the words of `search`.",
    ),
    optional(
        "reading-grade",
        Kind::Number,
        "The school grade in the United States up to which readers understand the text.",
    ),
    optional(
        "rules",
        Kind::Rules,
        "Levels of rules in this book; `fascicle explain` lists the rules.",
    ),
    needed("publisher", Kind::Text, "Who publishes the book."),
    needed(
        "licence",
        Kind::Text,
        "What others may do with the text, as an identifier of SPDX such as `CC-BY-4.0`.",
    ),
    optional(
        "font-licence",
        Kind::Words,
        "The licence of the fonts in `fonts/`, as an identifier of SPDX such as `OFL-1.1`.",
    ),
    needed(
        "description",
        Kind::Text,
        "For whom the book is, in one or two sentences; libraries and shops show it.",
    ),
    needed(
        "disclaimer",
        Kind::Text,
        "The notice on the first page that the book is not medical advice.",
    ),
    optional(
        "contributor",
        Kind::Tables(CONTRIBUTOR),
        "Everybody who had a part in the book.",
    ),
    optional(
        "population",
        Kind::Tables(POPULATION),
        "Whom articles studied, nearest to the reader's disease first.",
    ),
    optional(
        "variants",
        Kind::AnyOf(variants),
        "The pages to make; the EPUB marks the pages of the first.",
    ),
    optional(
        "chapters",
        Kind::Ids,
        "The order of the files in `chapters/`.",
    ),
    optional("sites", Kind::Ids, "The order of the folders in `sites/`."),
];

const SUBJECT: &[Key] = &[
    needed("term", Kind::Text, "The words for it in the vocabulary."),
    optional(
        "code",
        Kind::Form("^.*[^: ].*:.*[^: ].*$"),
        "The vocabulary and the code there: `MeSH:D007890`.",
    ),
];

const CONTRIBUTOR: &[Key] = &[
    needed("name", Kind::Text, "The name."),
    optional(
        "file-as",
        Kind::Words,
        "The name as catalogues sort it: `Roe, Jane`.",
    ),
    needed(
        "role",
        Kind::OneOf(|| vec!["compiler", "editor", "reviewer"]),
        "The part in the book.",
    ),
    optional("note", Kind::Words, "What the book adds to the name."),
];

const POPULATION: &[Key] = &[
    needed("id", Kind::Text, "The name by which references name it."),
    needed("label", Kind::Text, "What readers see."),
    optional("description", Kind::Words, "What it means, in a sentence."),
    optional(
        "caution",
        Kind::Bool,
        "Whether each article of it needs a comment in brackets that says what it cannot tell these readers.",
    ),
];

/// A level of a rule that is more than a word.
pub(crate) const RULE: &[Key] = &[
    needed("level", Kind::OneOf(levels), "The level in this book."),
    optional("reason", Kind::Text, "Why it is allowed."),
    optional(
        "until",
        Kind::Date(Precision::Year),
        "Up to when it is allowed.",
    ),
];

/// `chapters/*.md`.
pub(crate) const CHAPTER: &[Key] = &[
    needed("title", Kind::Text, "The title of the chapter."),
    REVIEWED,
    NEXT_REVIEW,
];

/// `sites/*/index.md`.
pub(crate) const SITE: &[Key] = &[
    needed("title", Kind::Text, "The name of the site."),
    ALIASES,
    SEARCH,
    REVIEWED,
    NEXT_REVIEW,
];

/// `sites/*/*.md`.
pub(crate) const SITE_TECHNIQUE: &[Key] = &[
    optional(
        "title",
        Kind::Words,
        "The name of the technique at this site, if it has another one here.",
    ),
    optional(
        "in-short",
        Kind::Text,
        "For the table at a glance: what it is, in at most seven words.",
    ),
    optional(
        "figure",
        Kind::Table(FACT),
        "For the table at a glance: one figure with its number of people.",
    ),
    optional(
        "harm",
        Kind::Table(FACT),
        "For the table at a glance: a harm that was reported.",
    ),
    REVIEWED,
    NEXT_REVIEW,
];

const FACT: &[Key] = &[
    needed("text", Kind::Text, "The fact, in a few words."),
    needed("reference", Kind::Form(ID), "The reference that has it."),
];

/// `techniques/*.md`.
pub(crate) const TECHNIQUE: &[Key] = &[
    needed("title", Kind::Text, "The name of the technique."),
    ALIASES,
    SEARCH,
    REVIEWED,
    NEXT_REVIEW,
];

/// `references/*.md`.
pub(crate) const REFERENCE: &[Key] = &[
    needed("title", Kind::Text, "The title of the article."),
    needed(
        "authors",
        Kind::Texts,
        "Family names and initials, as PubMed has them: `Rose PG`; `et al.` at the end for others.",
    ),
    optional(
        "language",
        Kind::Form(TAG),
        "The language of the title, if it is not that of the book.",
    ),
    needed(
        "journal",
        Kind::Text,
        "The journal, with the short name that PubMed has.",
    ),
    needed(
        "date",
        Kind::Date(Precision::Year),
        "When it was published: a year, a month or a day.",
    ),
    optional("volume", Kind::Label, "The volume of the journal."),
    optional("issue", Kind::Label, "The issue of the volume."),
    optional(
        "pages",
        Kind::Label,
        "The pages, or the number of the article.",
    ),
    optional("affiliation", Kind::Label, "Where the first author works."),
    optional("pmid", Kind::Number, "The number in PubMed."),
    optional(
        "pmcid",
        Kind::Label,
        "The number in PubMed Central, such as `PMC1756830`.",
    ),
    optional(
        "doi",
        Kind::Label,
        "The DOI, such as `10.1136/jech.53.2.105`.",
    ),
    optional(
        "url",
        Kind::Label,
        "An address, for what has no other identifier.",
    ),
    needed(
        "population",
        Kind::Text,
        "Whom it studied: the `id` of a `[[population]]`.",
    ),
    optional("design", Kind::Words, "The kind of study, in a few words."),
    optional("patients", Kind::Number, "The number of patients."),
    optional("sites", Kind::Ids, "The sites that it is about."),
    optional("techniques", Kind::Ids, "The techniques that it is about."),
    optional(
        "kept",
        Kind::Words,
        "Why the book keeps an article that was withdrawn.",
    ),
    optional("chapters", Kind::Ids, "The chapters whose lists show it."),
];

/// `glossary.toml`.
pub(crate) const GLOSSARY: &[Key] = &[
    optional(
        "term",
        Kind::Tables(TERM),
        "A word that readers may not know.",
    ),
    optional(
        "see",
        Kind::Tables(SEE),
        "A heading of the index of subjects that leads to others.",
    ),
];

const TERM: &[Key] = &[
    needed("name", Kind::Text, "The word or the abbreviation."),
    optional(
        "forms",
        Kind::Texts,
        "Plurals and other forms that the text uses.",
    ),
    needed(
        "definition",
        Kind::Text,
        "What it means, in a sentence or two.",
    ),
];

const SEE: &[Key] = &[
    needed("name", Kind::Text, "The heading."),
    optional("to", Kind::Texts, "The headings that it leads to."),
];

/// `retractions.toml`.
pub(crate) const RETRACTIONS: &[Key] = &[optional(
    "notice",
    Kind::Tables(NOTICE),
    "A notice that a journal published about an article.",
)];

const NOTICE: &[Key] = &[
    optional("pmid", Kind::Number, "The number of the article in PubMed."),
    optional("doi", Kind::Words, "The DOI of the article."),
    needed(
        "kind",
        Kind::OneOf(|| vec!["retraction", "concern", "correction"]),
        "What the journal did.",
    ),
    needed(
        "date",
        Kind::Date(Precision::Year),
        "When the notice was published.",
    ),
    needed("source", Kind::Text, "Where the notice is."),
];

/// A block `chart` in a text.
pub(crate) const CHART: &[Key] = &[
    needed("title", Kind::Text, "What the bars are."),
    needed("unit", Kind::Text, "What the amounts count: `%`, `people`."),
    needed(
        "reference",
        Kind::Form(ID),
        "The reference that has the amounts.",
    ),
    needed(
        "alt",
        Kind::Text,
        "What the bars show, for those who do not see them.",
    ),
    optional("bar", Kind::Tables(BAR), "The bars, from the top."),
];

const BAR: &[Key] = &[
    needed("label", Kind::Text, "What it is."),
    needed("value", Kind::Amount, "How much."),
];

/// The names of the page variants.
fn variants() -> Vec<&'static str> {
    Variant::ALL.iter().map(|variant| variant.name()).collect()
}

/// The levels that a rule can have.
pub(crate) fn levels() -> Vec<&'static str> {
    vec!["error", "warning", "allow"]
}

/// The rules whose level a book can change.
pub(crate) fn free_rules() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| !code.is_fixed())
}
