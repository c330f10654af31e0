//! The rules: stable names of everything that the program can report.

// The examples on the pages of rules have paths where Rust would have attributes.
#![allow(rustdoc::invalid_codeblock_attributes)]

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

/// A level is `fixed` where no book could be made of what breaks the rule, and `free` otherwise.
macro_rules! is_fixed {
    (fixed) => {
        true
    };
    (free) => {
        false
    };
}

impl Code {
    /// The rule of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|code| code.name() == name)
    }

    /// What it finds, in a sentence: the first paragraph of its page.
    #[must_use]
    pub fn summary(self) -> String {
        let mut paragraphs = self.page().split("\n\n");
        paragraphs.nth(1).unwrap_or_default().replace('\n', " ")
    }
}

macro_rules! codes {
    ($($variant:ident = $name:literal, $severity:ident, $change:ident;)+) => {
        /// A rule that content can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = include_str!(concat!("rules/", $name, ".md"))] $variant,)+
        }

        impl Code {
            /// Every rule, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name: kebab-case, never reused for another meaning.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it means, why it is a rule, and an example before and after, as Markdown.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("rules/", $name, ".md")),)+
                }
            }

            /// Whether a book must keep its level, because nothing could be made where it is found.
            #[must_use]
            pub fn is_fixed(self) -> bool {
                match self { $(Self::$variant => is_fixed!($change),)+ }
            }

            /// Whether it stops the build.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

// In the order in which findings at the same place are shown: the name, whose page is `rules/<name>.md`; the level; and
// whether a book can change the level.
codes! {
    MissingFile = "missing-file", Error, fixed;
    NotText = "not-text", Error, fixed;
    ConflictMarker = "conflict-marker", Error, fixed;
    InvalidUtf8 = "invalid-utf8", Error, fixed;
    UnlistedFile = "unlisted-file", Error, free;
    StrayFile = "stray-file", Warning, free;
    InvalidName = "invalid-name", Error, fixed;
    FrontMatter = "front-matter", Error, fixed;
    InvalidToml = "invalid-toml", Error, fixed;
    UnknownKey = "unknown-key", Error, fixed;
    MissingKey = "missing-key", Error, fixed;
    InvalidValue = "invalid-value", Error, fixed;
    InvalidDate = "invalid-date", Error, fixed;
    InvalidIdentifier = "invalid-identifier", Error, fixed;
    NoIdentifier = "no-identifier", Error, free;
    AddressOnly = "address-only", Warning, free;
    DuplicateId = "duplicate-id", Error, fixed;
    UnknownCitation = "unknown-citation", Error, fixed;
    MalformedCitation = "malformed-citation", Error, fixed;
    UnknownTechnique = "unknown-technique", Error, fixed;
    UnknownSite = "unknown-site", Error, fixed;
    UnknownChapter = "unknown-chapter", Error, fixed;
    UnknownPopulation = "unknown-population", Error, fixed;
    UnbalancedBracket = "unbalanced-bracket", Error, fixed;
    CrossingBracket = "crossing-bracket", Error, fixed;
    DeepBracket = "deep-bracket", Error, fixed;
    SkippedHeading = "skipped-heading", Error, fixed;
    MissingAlt = "missing-alt", Error, fixed;
    InvalidImage = "invalid-image", Error, fixed;
    InvalidFont = "invalid-font", Error, fixed;
    BrokenLink = "broken-link", Error, fixed;
    UnmatchedFootnote = "unmatched-footnote", Error, fixed;
    TooDeep = "too-deep", Error, fixed;
    TooLong = "too-long", Error, fixed;
    MalformedIndex = "malformed-index", Error, fixed;
    UnknownSubject = "unknown-subject", Error, fixed;
    ControlCharacter = "control-character", Error, fixed;
    UnsupportedCharacter = "unsupported-character", Error, fixed;
    SurplusCell = "surplus-cell", Error, fixed;
    MisplacedTable = "misplaced-table", Error, fixed;
    NoWords = "no-words", Error, fixed;
    MisplacedHeading = "misplaced-heading", Error, fixed;
    DuplicateReference = "duplicate-reference", Warning, free;
    Typesetting = "typesetting", Error, fixed;
    RawHtml = "raw-html", Warning, free;
    MisreadMarkup = "misread-markup", Warning, free;
    UnusedImage = "unused-image", Warning, free;
    UnusedKey = "unused-key", Warning, free;
    UnlistedCitation = "unlisted-citation", Warning, free;
    MissingPage = "missing-page", Warning, free;
    UnusedReference = "unused-reference", Warning, free;
    ImplausibleValue = "implausible-value", Warning, free;
    UnusedTerm = "unused-term", Warning, free;
    TamperedLedger = "tampered-ledger", Error, fixed;
    LedgerGap = "ledger-gap", Error, fixed;
    LedgerFork = "ledger-fork", Error, fixed;
    NoReference = "no-reference", Warning, free;
    SymbolicLink = "symbolic-link", Warning, free;
    CaseClash = "case-clash", Error, fixed;
    LineEnds = "line-ends", Error, fixed;
    MissingReview = "missing-review", Error, free;
    ReviewOverdue = "review-overdue", Error, free;
    ReviewDue = "review-due", Warning, free;
    NoAuthor = "no-author", Error, free;
    NoReviewer = "no-reviewer", Warning, free;
    MissingStatement = "missing-statement", Error, free;
    NotStated = "not-stated", Warning, free;
    Retracted = "retracted", Error, fixed;
    Corrected = "corrected", Warning, free;
    UntranslatedSearch = "untranslated-search", Warning, free;
    MissingCaution = "missing-caution", Error, free;
    MissingPart = "missing-part", Error, free;
    UnevenParts = "uneven-parts", Warning, free;
    Promise = "promise", Warning, free;
    NoDenominator = "no-denominator", Warning, free;
    UnlistedSource = "unlisted-source", Error, free;
    UnfoundedNumber = "unfounded-number", Error, free;
    LongInShort = "long-in-short", Warning, free;
    LongSentence = "long-sentence", Warning, free;
    LongParagraph = "long-paragraph", Warning, free;
    RepeatedSentence = "repeated-sentence", Warning, free;
    HardToRead = "hard-to-read", Warning, free;
    UnexplainedAbbreviation = "unexplained-abbreviation", Error, free;
    RepeatedExpansion = "repeated-expansion", Warning, free;
    AltIsCaption = "alt-is-caption", Error, free;
    LongAlt = "long-alt", Error, free;
    CoarsePicture = "coarse-picture", Warning, free;
    VagueLink = "vague-link", Warning, free;
    ExpiredAllowance = "expired-allowance", Warning, free;
    UnusedAllowance = "unused-allowance", Warning, free;
}
