//! What a release is: the number of an edition, what the book was made of, what changed, and which files there are.

use std::collections::BTreeMap;
use std::fmt;

use super::Date;
use crate::digest::{Digest, Fingerprint};
use crate::source::Span;

/// The number of an edition: `EDITION.REVISION.CORRECTION`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edition {
    /// Grows when sites, techniques or chapters come or go.
    pub edition: u32,
    /// Grows when evidence changes.
    pub revision: u32,
    /// Grows when words change.
    pub correction: u32,
}

impl Edition {
    /// The number of a book's first release, if nobody wants another.
    pub const FIRST: Self = Self {
        edition: 1,
        revision: 0,
        correction: 0,
    };

    /// The highest of its three numbers that can be read: one that no book reaches.
    pub const HIGHEST: u32 = 999_999;

    /// It, or the next one after it whose numbers can be read.
    #[must_use]
    pub fn readable(self) -> Option<Self> {
        let Self {
            edition, revision, ..
        } = self;
        let begun = |edition, revision| Self {
            edition,
            revision,
            correction: 0,
        };
        let all = [
            self,
            begun(edition, revision.saturating_add(1)),
            begun(edition.saturating_add(1), 0),
        ];
        let is_readable = |it: &Self| {
            let numbers = [it.edition, it.revision, it.correction];
            numbers.iter().all(|number| *number <= Self::HIGHEST)
        };
        all.into_iter().find(is_readable)
    }

    /// Reads `1.2.3`: three numbers without signs or needless zeros; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(number);
        let edition = Self {
            edition: parts.next()??,
            revision: parts.next()??,
            correction: parts.next()??,
        };
        parts.next().is_none().then_some(edition)
    }
}

fn number(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let short = text == "0" || !text.starts_with('0');
    let number = text.parse().ok().filter(|_| plain && short);
    number.filter(|number| *number <= Edition::HIGHEST)
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.edition, self.revision, self.correction)
    }
}

macro_rules! named {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $of:literal])+ $variant:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $of])+ $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name in the ledger: never reused for another meaning.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The one of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.name() == name)
            }
        }
    };
}

named! {
    /// Kinds of unit, in the order in which a reader cares for them.
    UnitKind {
        /// A site's introduction.
        Site = "site",
        /// A technique's own chapter.
        Technique = "technique",
        /// A technique at a site.
        SiteTechnique = "site-technique",
        /// A free chapter.
        Chapter = "chapter",
        /// A reference and its findings.
        Reference = "reference",
        /// How near a reference is to the reader's disease.
        Population = "population",
        /// A word of the glossary.
        Term = "term",
        /// What holds for the book as a whole.
        Configuration = "configuration",
    }
}

named! {
    /// What of a unit is evidence.
    Aspect {
        /// What identifies and locates an article.
        Facts = "facts",
        /// Whom it studied, how, how many, and which lists it belongs to.
        Label = "label",
        /// The label with the names of files in place of titles: a list is the same one if either of the two is.
        LabelByName = "label-by-name",
        /// What it found, word by word, without the compiler's comments.
        Findings = "findings",
        /// The references that a text cites.
        Sources = "sources",
    }
}

named! {
    /// Ways in which a unit can change, the gravest first.
    ChangeKind {
        /// It was not in the book before.
        Added = "added",
        /// It is in the book no more.
        Removed = "removed",
        /// Its journal has taken it back.
        Retracted = "retracted",
        /// It no longer counts as retracted.
        Reinstated = "reinstated",
        /// Its findings are others.
        Findings = "findings",
        /// Numbers in its text changed.
        Figures = "figures",
        /// It is labelled otherwise, or belongs to other lists.
        Label = "label",
        /// Its bibliographic facts are others.
        Facts = "facts",
        /// It cites other references.
        Sources = "sources",
        /// It is elsewhere in the book.
        Order = "order",
        /// Nothing but its words changed.
        Wording = "wording",
        /// Nothing of the content changed, but how it looks.
        Appearance = "appearance",
        /// Another version of the program made the files.
        Program = "program",
    }
}

/// A unit of the book: what the ledger keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRecord {
    /// What it is.
    pub kind: UnitKind,
    /// Its name in the content folder. It does not enter the digest.
    pub id: String,
    /// What a reader knows it by.
    pub title: String,
    /// The digest of all of it.
    pub digest: Digest,
    /// Digests of what of it is evidence.
    pub aspects: BTreeMap<Aspect, Fingerprint>,
    /// The numbers in its text, in reading order.
    pub figures: Vec<String>,
    /// Whether it is a reference that its journal has taken back.
    pub retracted: bool,
}

/// What a book is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory {
    /// The units, in the order of the book.
    pub units: Vec<UnitRecord>,
    /// The digest of all units: of the content without its appearance.
    pub content: Digest,
    /// The digest of how it looks.
    pub styles: Digest,
    /// What made, or would make, the files.
    pub program: Program,
}

/// A program that makes books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its name and version.
    pub name: String,
    /// The digest of its sources and of the versions of all that it is built with: between two versions, too, it may
    /// come to make other files of the same content.
    pub sources: Digest,
}

/// One line of what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In which way.
    pub what: ChangeKind,
    /// What kind of unit.
    pub kind: UnitKind,
    /// The unit.
    pub id: String,
    /// What a reader knows it by.
    pub title: String,
    /// Numbers that changed: before, after; one of the two may be empty.
    pub figures: Vec<(String, String)>,
}

impl Change {
    /// How much it weighs: which number of the edition it raises, and under which heading the notes list it.
    #[must_use]
    pub fn weight(&self) -> Weight {
        match self.what {
            ChangeKind::Added | ChangeKind::Removed => match self.kind {
                UnitKind::Site
                | UnitKind::Technique
                | UnitKind::SiteTechnique
                | UnitKind::Chapter => Weight::Edition,
                UnitKind::Reference | UnitKind::Population => Weight::Revision,
                UnitKind::Term | UnitKind::Configuration => Weight::Correction,
            },
            ChangeKind::Retracted
            | ChangeKind::Reinstated
            | ChangeKind::Findings
            | ChangeKind::Figures
            | ChangeKind::Label
            | ChangeKind::Facts
            | ChangeKind::Sources => Weight::Revision,
            ChangeKind::Order | ChangeKind::Wording => Weight::Correction,
            ChangeKind::Appearance | ChangeKind::Program => Weight::Nothing,
        }
    }
}

/// How much a change weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The content is the same.
    Nothing,
    /// Words.
    Correction,
    /// Evidence: references, findings, labels, retractions, numbers.
    Revision,
    /// Sites, techniques or chapters were added or removed.
    Edition,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its digest.
    pub digest: Digest,
}

/// The entry before another one in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previous {
    /// Its number.
    pub edition: Edition,
    /// The digest of its file.
    pub digest: Digest,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its number.
    pub edition: Edition,
    /// The day.
    pub date: Date,
    /// The entry before it.
    pub previous: Option<Previous>,
    /// A sentence by the editor; may be empty.
    pub note: String,
    /// What changed since the entry before it.
    pub changes: Vec<Change>,
    /// What the book is made of.
    pub inventory: Inventory,
    /// The files.
    pub artifacts: Vec<Artifact>,
}

impl Release {
    /// The edition statement in a book of this release.
    #[must_use]
    pub fn statement(&self) -> EditionStatement {
        EditionStatement {
            edition: self.edition,
            date: self.date,
            status: Status::Released,
            content: self.inventory.content,
            since: self.previous.as_ref().map(|previous| previous.edition),
            changes: self.changes.clone(),
            note: self.note.clone(),
        }
    }
}

/// An entry of the ledger as it was read, with the places of what must fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The entry.
    pub release: Release,
    /// The digest of the file.
    pub digest: Digest,
    /// The start of the file.
    pub span: Span,
    /// The place of the number.
    pub edition: Span,
    /// The place of the date.
    pub date: Span,
    /// Where the entry before it is named.
    pub previous: Span,
    /// The place of the digest of the content.
    pub content: Span,
    /// The seal at the end of the file, the digest that it should be, and its place.
    pub seal: (Digest, Digest, Span),
}

/// The edition that a book names as its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionStatement {
    /// Its number; of a draft, that which it would have.
    pub edition: Edition,
    /// The day of the release; of a draft, of the release before it.
    pub date: Date,
    /// Whether the content is that of a release.
    pub status: Status,
    /// The digest of the content.
    pub content: Digest,
    /// The edition before it, if there is one.
    pub since: Option<Edition>,
    /// What changed since that.
    pub changes: Vec<Change>,
    /// A sentence by the editor; may be empty.
    pub note: String,
}

/// How an edition relates to the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The ledger is empty: edition and date are those in `handbook.toml`.
    Unrecorded,
    /// The content is that of the newest entry.
    Released,
    /// The content is another one.
    Draft,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_three_plain_numbers() {
        let edition = Edition::parse("12.0.3").unwrap();
        assert_eq!(edition.to_string(), "12.0.3");
        assert!(Edition::parse("2.0.0") > Edition::parse("1.10.0"));
        assert!(Edition::parse("999999.0.0").is_some());
        for wrong in [
            "",
            "1",
            "1.0",
            "1.0.0.0",
            "1.0.x",
            "01.0.0",
            "1.+1.0",
            "1.0.1000000",
            "1.0.99999999999",
            "1..0",
        ] {
            assert_eq!(Edition::parse(wrong), None, "{wrong}");
        }
    }
}
