//! The files of `styles/`, embedded by `build.rs`.

/// Path below `styles/` and text of every file, sorted by path.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/styles.rs"));

/// The text of the file at `path` below `styles/`.
#[must_use]
pub(crate) fn get(path: &str) -> Option<&'static str> {
    let at = FILES.binary_search_by_key(&path, |(path, _)| path).ok()?;
    FILES.get(at).map(|(_, text)| *text)
}

/// Path below `styles/` and text of every file, sorted by path.
#[must_use]
pub(crate) fn all() -> &'static [(&'static str, &'static str)] {
    FILES
}
