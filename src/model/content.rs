//! The content folder: which files it has, and where.

use super::{ChapterId, ReferenceId, SiteId, TechniqueId};

/// The folders within the content folder that hold files of the book.
pub const FOLDERS: [&str; 6] = [
    "chapters",
    "fonts",
    "references",
    "releases",
    "sites",
    "techniques",
];

/// The file at the top of the folder.
pub const HANDBOOK: &str = "handbook.toml";

/// Whether somebody may have meant a file of this name to be the [`HANDBOOK`]: `Handbook.toml`, `handbook.toml.txt`.
#[must_use]
pub fn is_misnamed_handbook(name: &str) -> bool {
    const ENDINGS: [&str; 8] = [
        "toml", "toml.txt", "txt", "tml", "md", "yaml", "yml", "json",
    ];
    let lower = name.to_lowercase();
    let ending = lower.strip_prefix("handbook.");
    name != HANDBOOK && ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// A file with text, named by what it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContentFile {
    /// `chapters/<chapter>.md`.
    Chapter(ChapterId),
    /// `sites/<site>/index.md`.
    Site(SiteId),
    /// `sites/<site>/<technique>.md`.
    SiteTechnique(SiteId, TechniqueId),
    /// `techniques/<technique>.md`.
    Technique(TechniqueId),
    /// `references/<reference>.md`.
    Reference(ReferenceId),
}

impl ContentFile {
    /// Its path below the content folder.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Chapter(chapter) => format!("chapters/{chapter}.md"),
            Self::Site(site) => format!("sites/{site}/index.md"),
            Self::SiteTechnique(site, technique) => format!("sites/{site}/{technique}.md"),
            Self::Technique(technique) => format!("techniques/{technique}.md"),
            Self::Reference(reference) => format!("references/{reference}.md"),
        }
    }

    /// The one at a path below the content folder; `None` for what is no text of a book.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        let id = |name: &str| name.strip_suffix(".md").map(str::to_owned);
        Some(match parts.as_slice() {
            ["chapters", name] => Self::Chapter(ChapterId(id(name)?)),
            ["sites", site, "index.md"] => Self::Site(SiteId::from(*site)),
            ["sites", site, name] => {
                Self::SiteTechnique(SiteId::from(*site), TechniqueId(id(name)?))
            }
            ["techniques", name] => Self::Technique(TechniqueId(id(name)?)),
            ["references", name] => Self::Reference(ReferenceId(id(name)?)),
            _ => return None,
        })
    }
}

/// Whether a path below the content folder is that of an entry of the ledger.
#[must_use]
pub fn is_entry(path: &str) -> bool {
    let name = path.strip_prefix("releases/");
    let name = name.and_then(|name| name.strip_suffix(".toml"));
    name.is_some_and(|name| !name.contains('/'))
}
