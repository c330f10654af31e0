//! The set of files of a build: all of them change at once.
//!
//! The new set is written whole into [`OWN`](super::OWN), a folder beside the files, and one renaming there then marks it
//! as ready; from that moment on it counts. Its files then go to their places, each by renaming, and what an earlier set
//! had and this one has not is removed. A run that is interrupted before that moment leaves the old set as it was; one
//! that is interrupted after it leaves the rest to the next run, which begins by finishing it. Meanwhile a
//! [shadow](super::shadow) shows the new set in the place of the folder, where the system can put it there in one step:
//! then at no moment, and after no interrupted run, some files are of one set and some of the other.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::list::{List, is_as_written, list_of, read_list, text_of};
use super::staged::{discard, move_all, remove_with_empty_parents, stage};
use super::{Error, at, can_change, lock, shadow, step};
use crate::render::File;

/// The list of the files that were written and are still part of the set.
const LIST: &str = ".fascicle/files";
/// Where a set is written; what is there is no set yet.
const NEW: &str = ".fascicle/new";
/// Where a whole set waits for its places.
const READY: &str = ".fascicle/ready";
/// The files of a set, within [`NEW`] and [`READY`].
const SET: &str = "set";
/// The next list of files, within [`NEW`] and [`READY`].
const NEXT: &str = "files";

/// What has been written.
#[derive(Debug)]
pub(crate) struct Written {
    /// The files of the set.
    pub(crate) files: Vec<PathBuf>,
    /// Those of an earlier set that were removed.
    pub(crate) removed: Vec<PathBuf>,
}

/// Writes `files` below `out`, in the place of those that are there. Removes files of earlier builds that this build would
/// have written but no longer has; `renews` says for a path whether this build makes files of its kind.
pub(crate) fn write(
    out: &Path,
    files: &[File],
    renews: impl Fn(&str) -> bool,
) -> Result<Written, Error> {
    let lock = lock(out)?;
    let folder = finish(out)?;
    let mut next = read_list(&folder.join(LIST))?;
    next.retain(|path, _| !renews(path));
    next.extend(list_of(files));
    let new = folder.join(NEW);
    let written = prepare(&new, files, &next)
        .and_then(|()| {
            let mut paths = files.iter().map(|(path, _)| path);
            paths.try_for_each(|path| can_place(&folder, path))
        })
        .and_then(|()| can_remove(&folder, &next))
        .and_then(|()| {
            let ready = folder.join(READY);
            step::rename(&new, &ready).map_err(at(&ready))
        });
    if let Err(error) = written {
        discard(&new);
        return Err(error);
    }
    let removed = obsolete(&folder)?;
    finish_pending(&folder, None)?;
    drop(lock);
    Ok(Written {
        files: files.iter().map(|(path, _)| out.join(path)).collect(),
        removed: removed.iter().map(|path| out.join(path)).collect(),
    })
}

/// Ends what an interrupted run began below `out`, which is locked; returns the folder.
pub(super) fn finish(out: &Path) -> Result<PathBuf, Error> {
    let folder = fs::canonicalize(out).map_err(at(out))?;
    let behind = shadow::recover(&folder, folder.join(READY).is_dir())?;
    finish_pending(&folder, behind)?;
    Ok(folder)
}

/// Puts the files of the set that is ready, if there is one, into their places; ends without a shadow. The folder is
/// `behind` it already if a run was interrupted then.
fn finish_pending(folder: &Path, behind: Option<PathBuf>) -> Result<(), Error> {
    let ready = folder.join(READY);
    let behind = match behind {
        None if ready.is_dir() => shadow::swap_in(folder, &ready.join(SET), &obsolete(folder)?),
        behind => behind,
    };
    place_all(behind.as_deref().unwrap_or(folder))?;
    match behind {
        Some(behind) => shadow::swap_out(folder, &behind),
        None => Ok(()),
    }
}

/// Puts the files of the set that is ready, if there is one, into their places.
fn place_all(folder: &Path) -> Result<(), Error> {
    let ready = folder.join(READY);
    if !ready.is_dir() {
        return Ok(());
    }
    let obsolete = obsolete(folder)?;
    let set = ready.join(SET);
    if set.is_dir() {
        move_all(&set, folder)?;
    }
    for path in &obsolete {
        remove_with_empty_parents(folder, path)?;
    }
    let (next, list) = (ready.join(NEXT), folder.join(LIST));
    if next.exists() {
        step::rename(&next, &list).map_err(at(&list))?;
    }
    // Its files are in their places, so it can be removed in any order.
    step::remove_dir_all(&ready).map_err(at(&ready))
}

fn prepare(new: &Path, files: &[File], next: &List) -> Result<(), Error> {
    step::remove_dir_all(new).map_err(at(new))?;
    stage(&new.join(SET), files, step::store)?;
    let path = new.join(NEXT);
    step::store(&path, text_of(next).as_bytes()).map_err(at(&path))
}

/// Refuses a file in whose place there is a folder, below another file, or where none can be written, before anything is
/// changed.
fn can_place(folder: &Path, path: &str) -> Result<(), Error> {
    let place = folder.join(path);
    if place.is_dir() {
        return Err(at(&place)(ErrorKind::IsADirectory.into()));
    }
    let mut above = place.ancestors().skip(1);
    match above.find(|above| above.exists()) {
        Some(file) if !file.is_dir() => Err(at(file)(ErrorKind::NotADirectory.into())),
        Some(above) => can_change(above).map_err(at(&place)),
        None => Ok(()),
    }
}

/// Fails, before anything is changed, if a file that the next list lacks could not be removed.
fn can_remove(folder: &Path, next: &List) -> Result<(), Error> {
    let old = read_list(&folder.join(LIST))?;
    let mut removed = (old.keys().filter(|path| !next.contains_key(*path)))
        .map(|path| folder.join(path))
        .filter(|place| place.exists());
    removed.try_for_each(|place| match place.parent() {
        Some(above) => can_change(above).map_err(at(&place)),
        None => Ok(()),
    })
}

/// The paths that the list has and the next one, which is ready, has not, where the files are still as they were written.
fn obsolete(folder: &Path) -> Result<Vec<String>, Error> {
    let next = folder.join(READY).join(NEXT);
    if !next.exists() {
        return Ok(Vec::new());
    }
    let next = read_list(&next)?;
    let old = read_list(&folder.join(LIST))?.into_iter();
    let obsolete = old
        .filter(|(path, digest)| !next.contains_key(path) && is_as_written(folder, path, *digest));
    Ok(obsolete.map(|(path, _)| path).collect())
}
