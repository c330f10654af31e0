//! Files that are written beside their places, and then go there.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::{Error, at, step};
use crate::render::File;

/// Where something is written before it goes to its place: `.NAME.new` beside it.
pub(super) fn beside(place: &Path) -> PathBuf {
    renamed(place, ".new")
}

/// `.NAME` with an ending, beside a place.
fn renamed(place: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(ending);
    place.with_file_name(name)
}

/// Writes `files` below a new folder, each by `write`.
pub(super) fn stage(
    folder: &Path,
    files: &[File],
    write: impl Fn(&Path, &[u8]) -> io::Result<()>,
) -> Result<(), Error> {
    step::remove_dir_all(folder).map_err(at(folder))?;
    step::create_dir_all(folder).map_err(at(folder))?;
    let written = files.iter().try_for_each(|(path, bytes)| {
        let mut parts = Path::new(path).components();
        if !parts.all(|part| matches!(part, Component::Normal(_))) {
            return Err(Error::because(
                Path::new(path),
                "it leads out of its folder",
            ));
        }
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        let written = step::create_dir_all(parent).and_then(|()| write(&path, bytes));
        written.map_err(at(&path))
    });
    if written.is_err() {
        discard(folder);
    }
    written
}

/// Removes what could not be written whole, so that it takes no room; that it may stay is no further fault.
pub(super) fn discard(folder: &Path) {
    let _ = step::remove_dir_all(folder);
}

/// Puts a staged folder into the place of another one as a whole.
pub(super) fn replace(folder: &Path) -> Result<(), Error> {
    let old = renamed(folder, ".old");
    step::remove_dir_all(&old).map_err(at(&old))?;
    if folder.exists() {
        step::rename(folder, &old).map_err(at(folder))?;
    }
    step::rename(&beside(folder), folder).map_err(at(folder))?;
    step::remove_dir_all(&old).map_err(at(&old))
}

/// Puts a file into its place as a whole.
pub(super) fn write_beside(place: &Path, bytes: &[u8]) -> Result<(), Error> {
    let parent = place.parent().unwrap_or(place);
    let beside = beside(place);
    let written = step::create_dir_all(parent)
        .and_then(|()| step::store(&beside, bytes))
        .and_then(|()| step::rename(&beside, place));
    if written.is_err() {
        let _ = step::remove_file(&beside);
    }
    written.map_err(at(place))
}

/// Moves every file below `from` to the same place below `to`.
pub(super) fn move_all(from: &Path, to: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        let place = to.join(entry.file_name());
        if entry.file_type().map_err(at(from))?.is_dir() {
            step::create_dir_all(&place).map_err(at(&place))?;
            move_all(&entry.path(), &place)?;
        } else {
            move_file(&entry.path(), &place)?;
        }
    }
    Ok(())
}

/// Moves a file, and makes the folders above its place; where that is on another disk, by way of a file beside it.
pub(super) fn move_file(from: &Path, to: &Path) -> Result<(), Error> {
    let parent = to.parent().unwrap_or(to);
    step::create_dir_all(parent).map_err(at(to))?;
    match step::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            let bytes = fs::read(from).map_err(at(from))?;
            write_beside(to, &bytes)?;
            step::remove_file(from).map_err(at(from))
        }
        moved => moved.map_err(at(to)),
    }
}

/// Removes a file, and the folders above it that are empty then.
pub(super) fn remove_with_empty_parents(folder: &Path, path: &str) -> Result<(), Error> {
    let place = folder.join(path);
    match step::remove_file(&place) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(at(&place)(error)),
        _ => {}
    }
    let above = Path::new(path).ancestors().skip(1);
    for parent in above.filter(|parent| !parent.as_os_str().is_empty()) {
        if step::remove_dir(&folder.join(parent)).is_err() {
            break;
        }
    }
    Ok(())
}
