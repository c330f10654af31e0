//! The stable names of everything the program can find wrong.

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// The book is built; the editor should look.
    Warning,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// A rule that content can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every rule, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name: kebab-case, never reused for another meaning.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Whether it stops the build.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// A file that the book needs is not there.
    MissingFile = "missing-file", Error;
    /// A file is not UTF-8.
    InvalidUtf8 = "invalid-utf8", Error;
    /// A chapter or site that `handbook.toml` does not list would be left out of the book.
    UnlistedFile = "unlisted-file", Error;
    /// A Markdown file lies where the book has no place for it.
    StrayFile = "stray-file", Warning;
    /// The name of a file or folder cannot serve as an identifier.
    InvalidName = "invalid-name", Error;
    /// Front matter is not opened or closed by a line `+++`.
    FrontMatter = "front-matter", Error;
    /// TOML that cannot be read.
    InvalidToml = "invalid-toml", Error;
    /// A key that the format does not have.
    UnknownKey = "unknown-key", Error;
    /// A required key is missing or empty.
    MissingKey = "missing-key", Error;
    /// A value of the wrong type or outside its range.
    InvalidValue = "invalid-value", Error;
    /// A date that is not a date.
    InvalidDate = "invalid-date", Error;
    /// A PMID, PMCID, DOI or address that is malformed.
    InvalidIdentifier = "invalid-identifier", Error;
    /// A reference without PMID, PMCID, DOI or address.
    NoIdentifier = "no-identifier", Error;
    /// Two entries with the same identifier.
    DuplicateId = "duplicate-id", Error;
    /// `[@id]` names no reference.
    UnknownCitation = "unknown-citation", Error;
    /// A citation that is not written as `[@id]` or `[@a; @b]`.
    MalformedCitation = "malformed-citation", Error;
    /// A technique that the book does not have.
    UnknownTechnique = "unknown-technique", Error;
    /// A site that the book does not have.
    UnknownSite = "unknown-site", Error;
    /// A chapter that the book does not have.
    UnknownChapter = "unknown-chapter", Error;
    /// A population that `handbook.toml` does not define.
    UnknownPopulation = "unknown-population", Error;
    /// An editorial bracket without its partner.
    UnbalancedBracket = "unbalanced-bracket", Error;
    /// An editorial bracket that crosses a paragraph or another element.
    CrossingBracket = "crossing-bracket", Error;
    /// An editorial bracket nested more than once.
    DeepBracket = "deep-bracket", Error;
    /// A heading level that is skipped.
    SkippedHeading = "skipped-heading", Error;
    /// An image without alternative text.
    MissingAlt = "missing-alt", Error;
    /// An image that is missing, outside the content folder, inline, broken, or of another kind.
    InvalidImage = "invalid-image", Error;
    /// A link inside the book that leads nowhere.
    BrokenLink = "broken-link", Error;
    /// A footnote that is used but not defined, or defined but not used.
    UnmatchedFootnote = "unmatched-footnote", Error;
    /// Quotes or lists nested deeper than a page can show.
    TooDeep = "too-deep", Error;
    /// A mark of the subject index that is not written as `{index="heading"}` behind a word, or stands where there
    /// can be none.
    MalformedIndex = "malformed-index", Error;
    /// The subject index has no heading that something leads to.
    UnknownSubject = "unknown-subject", Error;
    /// A control character or another character that XML does not allow.
    ControlCharacter = "control-character", Error;
    /// A character that none of the embedded fonts has.
    UnsupportedCharacter = "unsupported-character", Error;
    /// A heading or a link without words.
    NoWords = "no-words", Error;
    /// A heading where there can be none.
    MisplacedHeading = "misplaced-heading", Error;
    /// Two references with the same PMID, PMCID or DOI.
    DuplicateReference = "duplicate-reference", Warning;
    /// Typst could not set this.
    Typesetting = "typesetting", Error;
    /// HTML in Markdown, which is shown as text.
    RawHtml = "raw-html", Warning;
    /// A reference that no list of the book would show.
    UnusedReference = "unused-reference", Warning;
    /// An amount that can hardly be right, such as a part larger than the whole.
    ImplausibleValue = "implausible-value", Warning;
    /// A term of the glossary that nothing in the book says.
    UnusedTerm = "unused-term", Warning;
    /// An entry of the ledger is not as it was written.
    TamperedLedger = "tampered-ledger", Error;
    /// An entry of the ledger that another one follows is missing.
    LedgerGap = "ledger-gap", Error;
    /// Two entries of the ledger follow the same one.
    LedgerFork = "ledger-fork", Error;
    /// A technique at a site without a reference for it.
    NoReference = "no-reference", Warning;
}
