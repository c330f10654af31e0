//! A shadow of a folder while its files change, so that all of them seem to change at once.
//!
//! The shadow is a folder beside the other one that shows the new set: its files by links to the same bytes, all else by
//! symbolic links into the folder that it is the shadow of. It takes the place of the folder in one step, and gives it
//! back in one step when the work there is done. So the folder itself, which a terminal or a server may be in, stays the
//! same one. Where the system cannot exchange two folders, or link, there is none, and the files change one by one.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::{Error, OWN, at, step};

/// Puts a shadow that shows `set`, and not what is `gone`, into the place of `folder`; gives the place where the
/// folder is then, or nothing if it stays where it is.
pub(super) fn swap_in(folder: &Path, set: &Path, gone: &[String]) -> Option<PathBuf> {
    let beside = beside(folder)?;
    let real = beside.file_name().map(|name| Path::new("..").join(name))?;
    // A folder that is there already is somebody else's.
    step::create_dir(&beside).ok()?;
    let scene = Scene { set, gone };
    let swapped = step::symlink(&real.join(OWN), &beside.join(OWN))
        .and_then(|()| scene.show(folder, Path::new(""), &beside, &real))
        .and_then(|()| step::exchange(folder, &beside));
    if swapped.is_err() {
        let _ = discard(&beside);
        return None;
    }
    Some(beside)
}

/// Puts the folder that is `behind` its shadow back, and removes that.
pub(super) fn swap_out(folder: &Path, behind: &Path) -> Result<(), Error> {
    step::exchange(folder, behind)
        .and_then(|()| dissolve(behind, folder, &real_name(behind)))
        .map_err(at(folder))
}

/// Where the folder is, if a run was interrupted while the shadow of `folder` was in its place. Otherwise removes what is
/// left of a shadow; with a set that is `ready`, it never was in the place of the folder.
pub(super) fn recover(folder: &Path, ready: bool) -> Result<Option<PathBuf>, Error> {
    let Some(beside) = beside(folder) else {
        return Ok(None);
    };
    if folder.join(OWN).is_symlink() {
        return behind(folder, &beside).map(Some);
    }
    if is_folder(&beside.join(OWN)) {
        let why = format!(
            "an interrupted run has put its files aside, into `{}`, and there are others here: move one of the two \
             folders elsewhere",
            beside.display()
        );
        return Err(Error::because(folder, why));
    }
    // An empty folder is our own leftover; one with something in it but without our link is not ours.
    let _ = step::remove_dir(&beside);
    let removed = match (beside.join(OWN).is_symlink(), ready) {
        (false, _) => Ok(()),
        (true, true) => discard(&beside),
        (true, false) => dissolve(&beside, folder, &real_name(&beside)),
    };
    removed.map_err(at(&beside))?;
    Ok(None)
}

/// The folder that the shadow at `folder` shows. It has another name than `beside` if the shadow was renamed; if it was
/// copied, the folder belongs to the first one.
fn behind(folder: &Path, beside: &Path) -> Result<PathBuf, Error> {
    let own = fs::canonicalize(folder.join(OWN)).map_err(at(folder))?;
    let real = own.parent().unwrap_or(folder).to_owned();
    let first = original(&real).filter(|first| real != *beside && first.join(OWN).is_symlink());
    match first {
        None => Ok(real),
        Some(first) => Err(Error::because(
            folder,
            format!(
                "it is a copy of `{}`, which an interrupted run has left: build into that one again, then copy it",
                first.display()
            ),
        )),
    }
}

/// The folder whose shadow `beside` was made for.
fn original(beside: &Path) -> Option<PathBuf> {
    let name = beside.file_name()?.to_str()?;
    let name = name.strip_prefix('.')?.strip_suffix(OWN)?;
    Some(beside.with_file_name(name))
}

/// Puts the folder of outputs back if a run was interrupted while its shadow was in its place, and the shadow was removed
/// since then.
pub(super) fn take_back(out: &Path) -> Result<(), Error> {
    let Some(beside) = beside(out) else {
        return Ok(());
    };
    if out.symlink_metadata().is_err() && is_folder(&beside.join(OWN)) {
        return match step::rename(&beside, out) {
            // Another run has put it back.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            renamed => renamed.map_err(at(out)),
        };
    }
    let own = out.join(OWN);
    let real = match fs::read_link(&own) {
        Ok(target) if !own.exists() => target.parent().map(Path::to_owned),
        _ => return Ok(()),
    };
    // A shadow without the folder that it shows.
    let real = real.unwrap_or_default();
    let is_shown = |name: &OsString| {
        let target = fs::read_link(out.join(name));
        name != OWN && target.is_ok_and(|target| target == real.join(name))
    };
    if names(out).map_err(at(out))?.iter().any(is_shown) {
        let why = format!(
            "an interrupted run has left links to `{}` in it, and that is not there: put the two side by side again, or \
             remove this one",
            real.display()
        );
        return Err(Error::because(out, why));
    }
    step::remove_file(&own).map_err(at(&own))
}

/// Whether there is a folder, and no link to one.
fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|it| it.is_dir())
}

/// Where the shadow of a folder is made, and the folder waits.
fn beside(folder: &Path) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(folder.file_name()?);
    name.push(OWN);
    Some(folder.with_file_name(name))
}

/// The folder that waits, as its shadow sees it.
fn real_name(behind: &Path) -> PathBuf {
    Path::new("..").join(behind.file_name().unwrap_or_default())
}

/// What a shadow shows.
struct Scene<'a> {
    /// The folder with the new files.
    set: &'a Path,
    /// Paths of old ones that it does not show.
    gone: &'a [String],
}

impl Scene<'_> {
    /// Fills `view`, the part at `path` of the shadow, which sees the same part of the folder as `real`.
    fn show(&self, folder: &Path, path: &Path, view: &Path, real: &Path) -> io::Result<()> {
        let old = folder.join(path);
        if let Ok(metadata) = fs::metadata(&old) {
            if metadata.dev() != fs::metadata(view)?.dev() {
                return Err(ErrorKind::CrossesDevices.into());
            }
            fs::set_permissions(view, metadata.permissions())?;
        }
        let new = self.set.join(path);
        for name in names(&new)? {
            let shown = view.join(&name);
            if new.join(&name).is_dir() {
                self.show_folder(folder, &path.join(&name), &shown, &above(real, &name))?;
            } else {
                step::hard_link(&new.join(&name), &shown)?;
            }
        }
        for name in names(&old)? {
            let (path, shown) = (path.join(&name), view.join(&name));
            let hidden = self.gone.iter().any(|gone| Path::new(gone) == path);
            // The new set or the program's own link may be there already.
            if hidden || shown.symlink_metadata().is_ok() {
                continue;
            }
            if self
                .gone
                .iter()
                .any(|gone| Path::new(gone).starts_with(&path))
            {
                self.show_folder(folder, &path, &shown, &above(real, &name))?;
            } else {
                step::symlink(&real.join(&name), &shown)?;
            }
        }
        Ok(())
    }

    fn show_folder(&self, folder: &Path, path: &Path, view: &Path, real: &Path) -> io::Result<()> {
        step::create_dir(view)?;
        self.show(folder, path, view, real)?;
        // Without the files that are gone, nothing may be left of it.
        let _ = step::remove_dir(view);
        Ok(())
    }
}

/// What a folder within the shadow sees of the same one, named `name`, behind it.
fn above(real: &Path, name: &OsStr) -> PathBuf {
    Path::new("..").join(real).join(name)
}

/// The names in a folder; none if there is no such folder.
fn names(folder: &Path) -> io::Result<Vec<OsString>> {
    match fs::read_dir(folder) {
        Ok(entries) => (entries.map(|entry| Ok(entry?.file_name()))).collect(),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Removes a shadow that was never seen; its mark last, so that it is recognized as one until then.
fn discard(view: &Path) -> io::Result<()> {
    for name in names(view)?.into_iter().filter(|name| name != OWN) {
        let path = view.join(name);
        match path.symlink_metadata()?.is_dir() {
            true => step::remove_dir_all(&path)?,
            false => step::remove_file(&path)?,
        }
    }
    step::remove_file(&view.join(OWN))?;
    step::remove_dir(view)
}

/// Removes a shadow that has been in use; files that others have put there meanwhile go to `folder`.
fn dissolve(view: &Path, folder: &Path, real: &Path) -> io::Result<()> {
    for name in names(view)?.into_iter().filter(|name| name != OWN) {
        let (shown, place) = (view.join(&name), folder.join(&name));
        let kind = shown.symlink_metadata()?;
        if kind.is_dir() && place.is_dir() {
            dissolve(&shown, &place, &above(real, &name))?;
        } else if fs::read_link(&shown).is_ok_and(|target| target == real.join(&name))
            || fs::metadata(&place).is_ok_and(|other| same(&kind, &other))
        {
            step::remove_file(&shown)?;
        } else {
            step::rename(&shown, &place)?;
        }
    }
    match step::remove_file(&view.join(OWN)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => step::remove_dir(view),
    }
}

fn same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}
