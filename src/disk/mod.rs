//! Writing to the disk: a set of files, or an edition with its site and its entry in the ledger; all of it, or nothing.
//!
//! Whatever is written is [staged](staged) first: written whole beside its place, so that a full disk changes nothing. Then
//! it goes to its place by renaming. A [build](set) changes its files all at once; of an [edition](publication), the entry
//! in the ledger comes last and makes it one. Whatever an interrupted run leaves, the next run finishes or replaces.
//! Each [step](step) that changes the disk is a point at which the tests stop a run, or let it fail.

mod kept;
mod list;
mod publication;
mod set;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod shadow;
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
#[path = "no_shadow.rs"]
mod shadow;
mod staged;
mod step;
#[cfg(test)]
mod tests;

pub(crate) use kept::{Damaged, LONGEST, kept};
pub(crate) use publication::{Ledger, Publication, Published, unrecorded};
pub(crate) use set::write;

use std::fmt;
use std::fs::{self, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Where the program keeps what it has to know about the folder of outputs.
const OWN: &str = ".fascicle";

/// What a run holds while it writes.
const LOCK: &str = ".fascicle/lock";

/// What cannot be written, and why.
#[derive(Debug)]
pub(crate) struct Error {
    path: PathBuf,
    reason: io::Error,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write `{}`: {}", self.path.display(), self.reason)
    }
}

impl Error {
    /// An error whose reason is a sentence.
    fn because(path: &Path, reason: impl Into<String>) -> Self {
        at(path)(io::Error::other(reason.into()))
    }
}

/// Adds the path to the error of a step.
fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |reason| Error { path, reason }
}

/// Keeps other runs from writing below `out` until this one ends, however it does; waits until none writes there.
fn lock(out: &Path) -> Result<fs::File, Error> {
    shadow::take_back(out)?;
    let (own, path) = (out.join(OWN), out.join(LOCK));
    step::create_dir_all(out).map_err(at(out))?;
    step::create_dir_all(&own).map_err(at(&own))?;
    let locked = fs::File::create(&path).and_then(|file| match file.lock() {
        Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
        _ => Ok(file),
    });
    locked.map_err(at(&path))
}

/// Keeps other releases from being written until this one ends; fails if there is one.
fn try_lock(file: fs::File) -> io::Result<fs::File> {
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(io::Error::other("another release is being written")),
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether names can be changed in a folder, as far as the system reports before it is tried.
fn can_change(folder: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK)?;
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    let _ = folder;
    Ok(())
}
