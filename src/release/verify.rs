//! Files compared with the ledger: which edition one is, and whether it is as it was released.

use std::fmt;

use super::compare::{self, Claim, Difference};
use super::members::Members;
use crate::digest::sha256;
use crate::model::ledger::{Artifact, Edition, LedgerEntry, Release};
use crate::render::File;

/// The newest release that has a file of these bytes, and its entry for the file.
#[must_use]
pub fn released<'a>(
    entries: &'a [LedgerEntry],
    bytes: &[u8],
) -> Option<(&'a Release, &'a Artifact)> {
    let digest = sha256(bytes);
    entries
        .iter()
        .rev()
        .find_map(|LedgerEntry { release, .. }| {
            let mut artifacts = release.artifacts.iter();
            Some((release, artifacts.find(|it| it.digest == digest)?))
        })
}

/// A file of an edition, compared with its entry in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The same bytes.
    Same,
    /// The digest of the entry, but another size: a release writes both of the same bytes.
    Forged {
        /// How many bytes the entry has.
        size: u64,
        /// How many the file has.
        found: usize,
    },
    /// Other bytes.
    Other {
        /// How many bytes were released.
        size: u64,
        /// How many there are now.
        found: usize,
    },
    /// It was not built.
    Missing,
    /// It was built, and the edition has none of its name.
    Surplus(Edition),
}

impl Comparison {
    /// Compares a file, if there is one, with the entry of its name.
    #[must_use]
    pub fn of(artifact: &Artifact, built: Option<&[u8]>) -> Self {
        let size = artifact.size;
        match built {
            None => Self::Missing,
            Some(built) => {
                let found = built.len();
                match (sha256(built) == artifact.digest, size == found as u64) {
                    (true, true) => Self::Same,
                    (true, false) => Self::Forged { size, found },
                    (false, _) => Self::Other { size, found },
                }
            }
        }
    }

    /// The files of a release, each compared with the one of its name that was built again, and then those that it has not.
    #[must_use]
    pub fn of_all(release: &Release, built: &[File]) -> Vec<(String, Self)> {
        let known = release.artifacts.iter();
        let known = known.map(|it| (it.name.clone(), Self::of(it, named(built, &it.name))));
        let is_known = |name: &str| release.artifacts.iter().any(|it| it.name == name);
        let others = built.iter().filter(|(name, _)| !is_known(name));
        let others = others.map(|(name, _)| (name.clone(), Self::Surplus(release.edition)));
        known.chain(others).collect()
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("the same bytes"),
            Self::Forged { size, found } => write!(
                f,
                "the ledger says that it has {size} bytes, and it has {found}: the entry was not written by a release"
            ),
            Self::Other { size, found } => {
                write!(
                    f,
                    "other bytes ({found} of them, where {size} were released)"
                )
            }
            Self::Missing => f.write_str("released, but not built from the sources here"),
            Self::Surplus(edition) => write!(
                f,
                "built from the sources here, but edition {edition} has no such file"
            ),
        }
    }
}

/// The bytes of the file of a name.
#[must_use]
pub fn named<'a>(files: &'a [File], name: &str) -> Option<&'a [u8]> {
    let file = files.iter().find(|(other, _)| other == name);
    file.map(|(_, bytes)| bytes.as_slice())
}

/// A file that was never released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreleased<'a> {
    /// What is written in it.
    pub claim: Option<Claim>,
    /// The release of the edition that is written in it.
    pub claimed: Option<&'a Release>,
    /// Whether it may be a file of a book.
    pub is_book: bool,
    /// The release that it is compared with: that of the edition written in it, or one with a file of its name or length,
    /// or else the newest.
    pub like: Option<&'a Release>,
}

impl<'a> Unreleased<'a> {
    /// What is known of a file of these bytes.
    #[must_use]
    pub fn of(entries: &'a [LedgerEntry], name: Option<&str>, bytes: &[u8]) -> Self {
        let releases = || entries.iter().map(|entry| &entry.release);
        let claim = compare::claim(bytes);
        let claimed = claim
            .as_ref()
            .and_then(|claim| releases().find(|it| it.edition.to_string() == claim.edition));
        let is_alike = |artifact: &Artifact| {
            Some(artifact.name.as_str()) == name || artifact.size == bytes.len() as u64
        };
        let similar = releases()
            .rev()
            .find(|release| release.artifacts.iter().any(is_alike));
        let begins_as_one = bytes.starts_with(b"%PDF") || bytes.starts_with(b"PK");
        let newest = releases().max_by_key(|release| release.edition);
        let newest = newest.filter(|_| begins_as_one && claim.is_none());
        Self {
            is_book: claim.is_some() || similar.is_some() || begins_as_one,
            like: claimed.or(similar).or(newest),
            claim,
            claimed,
        }
    }
}

impl Unreleased<'_> {
    /// Whether the digest of the content that is written in it is that of the edition that is written in it.
    #[must_use]
    pub fn has_content_of_claim(&self) -> bool {
        let digest = self
            .claim
            .as_ref()
            .and_then(|claim| claim.content.as_deref());
        let released = self.claimed.map(|it| it.inventory.content.to_string());
        digest.is_some() && digest == released.as_deref()
    }
}

/// The file that is most like another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether at least half of the bytes are the same; some are by chance, even in files that have nothing to do with each
    /// other.
    pub is_alike: bool,
    /// Where they differ, if they do.
    pub difference: Option<Difference>,
}

/// The one of the `originals` that is most like a file; `None` if there are none.
#[must_use]
pub fn nearest<'a>(originals: &'a [File], bytes: &[u8]) -> Option<Nearest<'a>> {
    let alike = |(_, original): &&File| compare::alike(original, bytes);
    let (name, original) = originals.iter().max_by_key(alike)?;
    Some(Nearest {
        name,
        is_alike: compare::alike(original, bytes) * 2 >= bytes.len(),
        difference: compare::first_difference(original, bytes),
    })
}

/// The EPUB among the `originals`, and what of it is in another EPUB, which was packed again or edited. One in which bytes
/// were changed, added or cut off is not: there the bytes say more.
#[must_use]
pub fn members<'a>(originals: &'a [File], bytes: &[u8]) -> Option<(&'a str, Members)> {
    let is_epub = |(_, original): &&File| original.starts_with(b"PK");
    let (name, original) = originals.iter().find(is_epub)?;
    let is_cut = original.starts_with(bytes) || bytes.starts_with(original);
    let is_whole = original.len() != bytes.len() && !is_cut && bytes.starts_with(b"PK");
    let members = is_whole.then(|| Members::of(original, bytes))??;
    // Some files are the same in all EPUBs.
    let others = members.changed.len() + members.missing.len();
    (members.same >= others).then_some((name.as_str(), members))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> File {
        (name.to_owned(), bytes.to_vec())
    }

    #[test]
    fn a_file_is_compared_with_its_entry() {
        let artifact = Artifact {
            name: "a.pdf".to_owned(),
            size: 3,
            digest: sha256(b"abc"),
        };
        let of = |built: Option<&[u8]>| Comparison::of(&artifact, built);
        assert_eq!(of(Some(b"abc")), Comparison::Same);
        assert_eq!(of(Some(b"abx!")), Comparison::Other { size: 3, found: 4 });
        assert_eq!(of(None), Comparison::Missing);
        let forged = Artifact {
            size: 4,
            ..artifact.clone()
        };
        let found = Comparison::of(&forged, Some(b"abc"));
        assert_eq!(found, Comparison::Forged { size: 4, found: 3 });
    }

    #[test]
    fn the_nearest_file_has_the_most_bytes_of_another() {
        let originals = [file("one", b"aaaa"), file("two", b"abcd")];
        let found = nearest(&originals, b"abce").unwrap();
        assert_eq!((found.name, found.is_alike), ("two", true));
        assert_eq!(found.difference.map(|it| it.offset), Some(3));
        assert!(!nearest(&originals, b"zzzzz").unwrap().is_alike);
        assert_eq!(nearest(&[], b"a"), None);
    }
}
