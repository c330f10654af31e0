//! No shadow: on this system two folders cannot change their names in one step, and files change one by one.

use std::path::{Path, PathBuf};

use super::Error;

/// Leaves the folder in its place.
pub(super) fn swap_in(_: &Path, _: &Path, _: &[String]) -> Option<PathBuf> {
    None
}

/// Does nothing: no shadow was swapped in.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn swap_out(_: &Path, _: &Path) -> Result<(), Error> {
    Ok(())
}

/// Finds no shadow.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn recover(_: &Path, _: bool) -> Result<Option<PathBuf>, Error> {
    Ok(None)
}

/// Has nothing to put back.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn take_back(_: &Path) -> Result<(), Error> {
    Ok(())
}
