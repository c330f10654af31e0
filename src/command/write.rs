//! Writing a set of files: all of them, or none.
//!
//! The new set is written whole into a folder beside the files, which one renaming then marks as ready; that is the
//! moment from which the new set counts. Its files then go to their places, each by renaming. A run that is stopped
//! before that moment leaves the old set as it was; one that is stopped after it leaves the rest to the next run, which
//! begins by finishing it. So a file is never half written, and after the next run no set is mixed.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::outputs::Output;

/// Where a set is written; what lies there is no set yet.
const NEW: &str = ".fascicle-new";
/// Where a whole set waits for its places.
const READY: &str = ".fascicle-ready";

/// A path, and why it cannot be written.
pub(crate) type Unwritten = (PathBuf, io::Error);

/// Writes `files` below `out`, in the place of those that are there; gives their paths.
pub(crate) fn write(out: &Path, files: &[Output]) -> Result<Vec<PathBuf>, Unwritten> {
    fs::create_dir_all(out).map_err(at(out))?;
    finish(out)?;
    let new = out.join(NEW);
    remove(&new)?;
    let written = prepare(&new, files).and_then(|()| {
        let ready = out.join(READY);
        fs::rename(&new, &ready).map_err(at(&ready))
    });
    if let Err(error) = written {
        // What could not be written takes no room; that it is left behind is no further fault.
        let _ = fs::remove_dir_all(&new);
        return Err(error);
    }
    finish(out)?;
    Ok(files.iter().map(|file| out.join(&file.path)).collect())
}

fn prepare(new: &Path, files: &[Output]) -> Result<(), Unwritten> {
    fs::create_dir_all(new).map_err(at(new))?;
    for Output { path, bytes } in files {
        let path = new.join(path);
        let folder = path.parent().unwrap_or(new);
        fs::create_dir_all(folder)
            .and_then(|()| store(&path, bytes))
            .map_err(at(&path))?;
    }
    Ok(())
}

/// Writes a file through to the disk, so that a name never stands for less than was written.
fn store(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Puts the files of a set that is ready into their places, if there is one.
fn finish(out: &Path) -> Result<(), Unwritten> {
    let ready = out.join(READY);
    if ready.is_dir() {
        settle(&ready, out)?;
        remove(&ready)?;
    }
    Ok(())
}

/// Renames every file below `from` to the same place below `to`.
fn settle(from: &Path, to: &Path) -> Result<(), Unwritten> {
    for entry in fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        let place = to.join(entry.file_name());
        if entry.file_type().map_err(at(from))?.is_dir() {
            fs::create_dir_all(&place).map_err(at(&place))?;
            settle(&entry.path(), &place)?;
        } else {
            fs::rename(entry.path(), &place).map_err(at(&place))?;
        }
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<(), Unwritten> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err((folder.to_owned(), error)),
        _ => Ok(()),
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Unwritten {
    let path = path.to_owned();
    move |error| (path, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(word: &str) -> Vec<Output> {
        let file = |path: &str| Output {
            path: path.to_owned(),
            bytes: word.as_bytes().to_vec(),
        };
        ["a.pdf", "b.epub", "handouts/c.pdf"].map(file).into()
    }

    fn words(out: &Path) -> Vec<String> {
        let read = |file: Output| fs::read_to_string(out.join(file.path)).unwrap_or_default();
        set("").into_iter().map(read).collect()
    }

    #[test]
    fn a_set_that_was_not_ready_is_nothing_and_one_that_was_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        write(out, &set("old")).unwrap();
        // Stopped while it was written.
        prepare(&out.join(NEW), &set("new")[..1]).unwrap();
        assert_eq!(words(out), ["old", "old", "old"]);
        finish(out).unwrap();
        assert_eq!(words(out), ["old", "old", "old"]);
        // Stopped after one file of a ready set was in its place.
        remove(&out.join(NEW)).unwrap();
        prepare(&out.join(READY), &set("new")).unwrap();
        fs::rename(out.join(READY).join("a.pdf"), out.join("a.pdf")).unwrap();
        assert_eq!(words(out), ["new", "old", "old"]);
        finish(out).unwrap();
        assert_eq!(words(out), ["new", "new", "new"]);
        write(out, &set("newer")).unwrap();
        assert_eq!(words(out), ["newer", "newer", "newer"]);
        let left = fs::read_dir(out).unwrap().count();
        assert_eq!(left, 3, "nothing else is left behind");
    }

    #[test]
    fn what_cannot_be_written_leaves_the_old_set() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        write(out, &set("old")).unwrap();
        let mut files = set("new");
        files.push(Output {
            path: "a.pdf/below-a-file".to_owned(),
            bytes: Vec::new(),
        });
        let (path, _) = write(out, &files).unwrap_err();
        assert!(path.starts_with(out), "{}", path.display());
        assert_eq!(words(out), ["old", "old", "old"]);
        assert!(!out.join(NEW).exists());
    }
}
