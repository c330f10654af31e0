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

/// All rules as a table of Markdown, with links to their pages beside it and to the files that look for them.
#[must_use]
pub fn overview() -> String {
    let mut out = String::from(
        "# Rules\n\nWhat the program finds, and what it takes for an error. `fascicle explain RULE` prints the page of a \
         rule. Those marked * can\nhave another level in `[rules]` of `handbook.toml`.\n\n| rule | level | what it finds \
         | found by |\n|---|---|---|---|\n",
    );
    for code in Code::ALL {
        let (name, level) = (code.name(), code.severity().name());
        let mark = if code.is_fixed() { "" } else { " *" };
        let summary = code.summary().replace('|', "\\|");
        let files = code.found_in().iter();
        let files: Vec<String> = files
            .map(|file| format!("[{file}](../../{file})"))
            .collect();
        out.push_str(&format!(
            "| [{name}]({name}.md) | {level}{mark} | {summary} | {} |\n",
            files.join(", ")
        ));
    }
    out
}

macro_rules! codes {
    ($($variant:ident = $name:literal, $severity:ident, $change:ident, [$($file:literal),+];)+) => {
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

            /// The files of the program that look for it, below `src/`.
            #[must_use]
            pub fn found_in(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($file),+],)+ }
            }

            /// Whether it stops the build.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

// In the order in which findings at the same place are shown: the name, whose page is `rules/<name>.md`; the level, and
// whether a book can change it; and the files that look for it.
codes! {
    MissingFile = "missing-file", Error, fixed, ["parse/mod.rs"];
    InvalidUtf8 = "invalid-utf8", Error, fixed, ["load.rs"];
    UnlistedFile = "unlisted-file", Error, free, ["check/order.rs"];
    StrayFile = "stray-file", Warning, free, ["parse/mod.rs"];
    InvalidName = "invalid-name", Error, fixed, ["load.rs", "parse/markdown.rs", "parse/mod.rs", "parse/release.rs"];
    FrontMatter = "front-matter", Error, fixed, ["parse/front_matter.rs"];
    InvalidToml = "invalid-toml", Error, fixed, ["parse/front_matter.rs", "parse/markdown.rs"];
    UnknownKey = "unknown-key", Error, fixed, ["parse/front_matter.rs"];
    MissingKey = "missing-key", Error, fixed, ["check/charts.rs", "check/handbook.rs", "check/index.rs", "parse/front_matter.rs", "parse/release.rs", "parse/rules.rs", "parse/unit.rs"];
    InvalidValue = "invalid-value", Error, fixed, ["check/charts.rs", "check/handbook.rs", "check/references.rs", "parse/chart.rs", "parse/front_matter.rs", "parse/handbook.rs", "parse/release.rs", "parse/rules.rs"];
    InvalidDate = "invalid-date", Error, fixed, ["check/review.rs", "parse/front_matter.rs", "parse/handbook.rs"];
    InvalidIdentifier = "invalid-identifier", Error, fixed, ["check/references.rs", "check/retractions.rs"];
    NoIdentifier = "no-identifier", Error, free, ["check/references.rs", "parse/notices.rs"];
    DuplicateId = "duplicate-id", Error, fixed, ["check/footnotes.rs", "check/headings.rs", "check/names.rs"];
    UnknownCitation = "unknown-citation", Error, fixed, ["check/citations.rs"];
    MalformedCitation = "malformed-citation", Error, fixed, ["parse/markdown.rs"];
    UnknownTechnique = "unknown-technique", Error, fixed, ["check/names.rs"];
    UnknownSite = "unknown-site", Error, fixed, ["check/names.rs", "check/order.rs"];
    UnknownChapter = "unknown-chapter", Error, fixed, ["check/names.rs", "check/order.rs"];
    UnknownPopulation = "unknown-population", Error, fixed, ["check/names.rs"];
    UnbalancedBracket = "unbalanced-bracket", Error, fixed, ["parse/bracket.rs"];
    CrossingBracket = "crossing-bracket", Error, fixed, ["parse/bracket.rs"];
    DeepBracket = "deep-bracket", Error, fixed, ["parse/bracket.rs"];
    SkippedHeading = "skipped-heading", Error, fixed, ["check/headings.rs"];
    MissingAlt = "missing-alt", Error, fixed, ["check/alternatives.rs"];
    InvalidImage = "invalid-image", Error, fixed, ["check/images.rs", "parse/markdown.rs"];
    BrokenLink = "broken-link", Error, fixed, ["check/links.rs"];
    UnmatchedFootnote = "unmatched-footnote", Error, fixed, ["check/footnotes.rs", "parse/markdown.rs"];
    TooDeep = "too-deep", Error, fixed, ["check/footnotes.rs", "parse/markdown.rs"];
    TooLong = "too-long", Error, fixed, ["check/lengths.rs"];
    MalformedIndex = "malformed-index", Error, fixed, ["check/index.rs", "parse/subject.rs"];
    UnknownSubject = "unknown-subject", Error, fixed, ["check/index.rs"];
    ControlCharacter = "control-character", Error, fixed, ["check/characters.rs", "load.rs"];
    UnsupportedCharacter = "unsupported-character", Error, fixed, ["check/characters.rs"];
    NoWords = "no-words", Error, fixed, ["check/headings.rs", "check/wording.rs"];
    MisplacedHeading = "misplaced-heading", Error, fixed, ["check/headings.rs"];
    DuplicateReference = "duplicate-reference", Warning, free, ["check/duplicates.rs"];
    Typesetting = "typesetting", Error, fixed, ["render/typst/mod.rs"];
    RawHtml = "raw-html", Warning, free, ["parse/markdown.rs"];
    UnusedReference = "unused-reference", Warning, free, ["check/lists.rs"];
    ImplausibleValue = "implausible-value", Warning, free, ["check/charts.rs", "check/percentages.rs"];
    UnusedTerm = "unused-term", Warning, free, ["check/glossary.rs"];
    TamperedLedger = "tampered-ledger", Error, fixed, ["check/ledger.rs"];
    LedgerGap = "ledger-gap", Error, fixed, ["check/ledger.rs"];
    LedgerFork = "ledger-fork", Error, fixed, ["check/ledger.rs"];
    NoReference = "no-reference", Warning, free, ["check/lists.rs"];
    SymbolicLink = "symbolic-link", Warning, free, ["load.rs"];
    CaseClash = "case-clash", Error, fixed, ["load.rs"];
    LineEnds = "line-ends", Error, fixed, ["load.rs"];
    MissingReview = "missing-review", Error, free, ["check/review.rs"];
    ReviewOverdue = "review-overdue", Error, free, ["check/review.rs"];
    ReviewDue = "review-due", Warning, free, ["check/review.rs"];
    NoAuthor = "no-author", Error, free, ["check/people.rs"];
    NoReviewer = "no-reviewer", Warning, free, ["check/people.rs"];
    MissingStatement = "missing-statement", Error, free, ["check/statements.rs"];
    NotStated = "not-stated", Warning, free, ["check/statements.rs"];
    Retracted = "retracted", Error, fixed, ["check/retractions.rs"];
    Corrected = "corrected", Warning, free, ["check/retractions.rs"];
    MissingCaution = "missing-caution", Error, free, ["check/cautions.rs"];
    MissingPart = "missing-part", Error, free, ["check/parts.rs"];
    UnevenParts = "uneven-parts", Warning, free, ["check/parts.rs"];
    Promise = "promise", Warning, free, ["check/promises.rs"];
    NoDenominator = "no-denominator", Warning, free, ["check/percentages.rs"];
    LongSentence = "long-sentence", Warning, free, ["check/sentences.rs"];
    LongParagraph = "long-paragraph", Warning, free, ["check/sentences.rs"];
    HardToRead = "hard-to-read", Warning, free, ["check/grades.rs"];
    UnexplainedAbbreviation = "unexplained-abbreviation", Error, free, ["check/abbreviations.rs"];
    RepeatedExpansion = "repeated-expansion", Warning, free, ["check/expansions.rs"];
    AltIsCaption = "alt-is-caption", Error, free, ["check/alternatives.rs"];
    LongAlt = "long-alt", Error, free, ["check/alternatives.rs"];
    CoarsePicture = "coarse-picture", Warning, free, ["check/images.rs"];
    VagueLink = "vague-link", Warning, free, ["check/wording.rs"];
    ExpiredAllowance = "expired-allowance", Warning, free, ["check/levels.rs"];
    UnusedAllowance = "unused-allowance", Warning, free, ["check/levels.rs"];
}
