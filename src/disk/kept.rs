//! The files of an edition in the folder of releases.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::digest::sha256;
use crate::load::read_file;
use crate::model::ledger::{Artifact, Release};
use crate::product::RELEASES;
use crate::render::File;

/// No book comes near it: a file that is longer is not read.
pub(crate) const LONGEST: u64 = 1 << 30;

/// A file at the place of one of an edition, which has other bytes.
#[derive(Debug)]
pub(crate) struct Damaged<'a> {
    /// The entry in the ledger.
    pub(crate) artifact: &'a Artifact,
    /// Its place.
    pub(crate) path: PathBuf,
    /// Its bytes, if it can be read and is not much too long.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// The files of an edition below `out` that are as they were released, and those that are not. Files may be missing.
pub(crate) fn kept<'a>(out: &Path, release: &'a Release) -> (Vec<File>, Vec<Damaged<'a>>) {
    let folder = out.join(RELEASES).join(release.edition.to_string());
    let (mut kept, mut damaged) = (Vec::new(), Vec::new());
    for artifact in &release.artifacts {
        let path = folder.join(&artifact.name);
        // Somewhat more than it has, so that its end can be found.
        let most = artifact.size.saturating_add(1 << 20).min(LONGEST);
        match read_file(&path, most) {
            Ok(bytes) if sha256(&bytes) == artifact.digest => {
                kept.push((artifact.name.clone(), bytes));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            read => damaged.push(Damaged {
                artifact,
                path,
                bytes: read.ok(),
            }),
        }
    }
    (kept, damaged)
}
