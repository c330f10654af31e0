//! Lists of the files that were written, as `sha256sum --check` reads them.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};

use super::staged::write_beside;
use super::{Error, OWN, at};
use crate::digest::{Digest, sha256};
use crate::product::{RELEASES, SITE};
use crate::render::File;

/// Files by path with `/`, and the digest of each.
pub(super) type List = BTreeMap<String, Digest>;

/// The list of these files.
pub(super) fn list_of(files: &[File]) -> List {
    let files = files.iter();
    files
        .map(|(path, bytes)| (path.clone(), sha256(bytes)))
        .collect()
}

/// The files of a list; none if there is no list. Nothing but a path to a file below the folder, and none of the
/// program's own, is taken from it: it may have been changed.
pub(super) fn read_list(path: &Path) -> Result<List, Error> {
    let text = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(List::new()),
        read => read.map_err(at(path))?,
    };
    let entry = |line: &str| {
        let (digest, path) = line.split_once("  ")?;
        let mut parts = Path::new(path).components();
        let below = parts.all(|part| matches!(part, Component::Normal(_)));
        let own = ["", OWN, RELEASES, SITE].contains(&path.split('/').next().unwrap_or(""));
        Some((path.to_owned(), Digest::parse(digest)?)).filter(|_| below && !own)
    };
    let text = String::from_utf8_lossy(&text);
    Ok(text.lines().filter_map(entry).collect())
}

/// The text of a list.
pub(super) fn text_of(list: &List) -> String {
    let mut text = String::new();
    for (path, digest) in list {
        text.push_str(&format!("{digest}  {path}\n"));
    }
    text
}

/// Puts a list into its place.
pub(super) fn write_list(path: &Path, list: &List) -> Result<(), Error> {
    write_beside(path, text_of(list).as_bytes())
}

/// Whether the file at `path` below `folder` still has the bytes that were written.
pub(super) fn is_as_written(folder: &Path, path: &str, digest: Digest) -> bool {
    fs::read(folder.join(path)).is_ok_and(|bytes| sha256(&bytes) == digest)
}
