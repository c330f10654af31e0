//! What the tests of releases share: a book in a folder, its releases, and looking at what they left.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use fascicle::digest::{Digest, sha256};

use super::support::{copy, fascicle, files, root};

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) fn said(output: &Output) -> String {
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// A folder with the small book of the release tests.
pub(crate) fn two_sites() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &root().join("tests/releases/before"),
        &folder.path().join("content"),
    );
    folder
}

pub(crate) fn release(folder: &Path, arguments: &[&str]) -> Output {
    let all = [&["release", "--date", "2026-02-01"], arguments].concat();
    fascicle(&all, folder)
}

pub(crate) fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join("content").join(file);
    let before = fs::read_to_string(&path).unwrap();
    assert!(before.contains(from), "{before}");
    fs::write(path, before.replace(from, to)).unwrap();
}

/// Every file that `SHA256SUMS` names is there with these bytes, and nothing else is.
pub(crate) fn assert_whole(folder: &Path) {
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    let mut named =
        BTreeSet::from(["SHA256SUMS", "RELEASE_NOTES.md", "release.json"].map(PathBuf::from));
    for line in sums.lines() {
        let (digest, name) = line.split_once("  ").unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        assert_eq!(Some(sha256(&bytes)), Digest::parse(digest), "{name}");
        named.insert(PathBuf::from(name));
    }
    assert!(named.len() >= 5, "{named:?}");
    assert_eq!(files(folder).into_iter().collect::<BTreeSet<_>>(), named);
}
