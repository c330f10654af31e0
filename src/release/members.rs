//! Two EPUBs compared file by file: what an archive that was packed again, or edited, still has as it was released.

use std::collections::BTreeMap;
use std::io::Read as _;

use super::archive;
use crate::digest::{Digest, sha256_of};

/// The most bytes of all files of an EPUB that are read: a forged archive may hold more than anybody waits for.
const MOST: u64 = 1 << 30;

/// How many names of a kind are listed; a book has hundreds of files.
const LISTED: usize = 20;

/// What the files in an EPUB are, beside those of the one that was released.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// How many are as released.
    pub same: usize,
    /// Those that differ.
    pub changed: Vec<String>,
    /// Those that it does not have.
    pub missing: Vec<String>,
    /// Those that the released one does not have.
    pub added: Vec<String>,
}

impl Members {
    /// The files of `found` beside those of `released`; `None` if either is no archive that can be read to its end.
    #[must_use]
    pub fn of(released: &[u8], found: &[u8]) -> Option<Self> {
        let (released, mut found) = (digests(released)?, digests(found)?);
        let mut members = Self::default();
        for (name, digest) in released {
            match found.remove(&name) {
                None => members.missing.push(name),
                Some(same) if same == digest => members.same += 1,
                Some(_) => members.changed.push(name),
            }
        }
        members.added = found.into_keys().collect();
        Some(members)
    }

    /// A sentence for what is as released, and one for each kind of difference.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let Self {
            same,
            changed,
            missing,
            added,
        } = self;
        if changed.is_empty() && missing.is_empty() && added.is_empty() {
            return vec![format!(
                "another program packed it again: all {same} files in it are as released"
            )];
        }
        let kinds = [
            (changed, "differs from the released one"),
            (missing, "is missing"),
            (added, "was added"),
        ];
        let mut sentences = Vec::new();
        for (names, what) in kinds {
            let listed = names.iter().take(LISTED);
            sentences.extend(listed.map(|name| format!("`{name}` in it {what}")));
            if let Some(more) = names.len().checked_sub(LISTED).filter(|more| *more > 0) {
                sentences.push(format!("{more} more: each {what}"));
            }
        }
        sentences.push(format!("files in it that are as released: {same}"));
        sentences
    }
}

/// The files of an archive by their names; folders are none.
fn digests(bytes: &[u8]) -> Option<BTreeMap<String, Digest>> {
    let mut archive = archive::open(bytes)?;
    let mut digests = BTreeMap::new();
    let mut left = MOST;
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).ok()?;
        if member.is_dir() {
            continue;
        }
        let name = member.name().to_owned();
        // A byte more than what is left shows that there is more.
        let (digest, length) = sha256_of(member.by_ref().take(left + 1)).ok()?;
        left = left.checked_sub(length)?;
        digests.insert(name, digest);
    }
    Some(digests)
}
