//! A stand-in for a folder while its files change, so that all of them seem to change at once.
//!
//! The stand-in is a folder beside the other one that shows the new set: its files by links to the same bytes, all else
//! by symbolic links into the folder that it stands for. It takes the place of the folder in one step, and gives it
//! back in one step when the work there is done. So the folder itself, which a terminal or a server may be in, stays the
//! same one. Where the system cannot exchange two folders, or link, there is none, and the files change one by one.

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) use absent::{left, lower, raise};
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) use linked::{left, lower, raise};

#[cfg(any(target_os = "linux", target_os = "macos"))]
mod linked {
    use std::ffi::{OsStr, OsString};
    use std::fs;
    use std::io::{self, ErrorKind};
    use std::os::unix::fs::{MetadataExt, symlink};
    use std::path::{Path, PathBuf};

    use rustix::fs::{CWD, RenameFlags, renameat_with};

    use crate::disk::{OWN, Unwritten, at};

    /// Puts a stand-in that shows `set`, and not what is `gone`, into the place of `folder`; gives the place where the
    /// folder is then, or nothing if it stays where it is.
    pub(in crate::disk) fn raise(folder: &Path, set: &Path, gone: &[String]) -> Option<PathBuf> {
        let beside = beside(folder)?;
        let real = beside.file_name().map(|name| Path::new("..").join(name))?;
        // What lies there already is somebody else's.
        fs::create_dir(&beside).ok()?;
        let scene = Scene { set, gone };
        let raised = symlink(real.join(OWN), beside.join(OWN))
            .and_then(|()| scene.show(folder, Path::new(""), &beside, &real))
            .and_then(|()| exchange(folder, &beside));
        if raised.is_err() {
            let _ = discard(&beside);
            return None;
        }
        Some(beside)
    }

    /// Puts the folder that is `behind` its stand-in back, and removes that.
    pub(in crate::disk) fn lower(folder: &Path, behind: &Path) -> Result<(), Unwritten> {
        exchange(folder, behind)
            .and_then(|()| dissolve(behind, folder, &real_name(behind)))
            .map_err(at(folder))
    }

    /// Where `folder` is, if a run was stopped while its stand-in was in its place. Removes a stand-in that is not; with a
    /// set that is `ready`, it never was.
    pub(in crate::disk) fn left(folder: &Path, ready: bool) -> Result<Option<PathBuf>, Unwritten> {
        let Some(beside) = beside(folder) else {
            return Ok(None);
        };
        if folder.join(OWN).is_symlink() {
            return Ok(Some(beside));
        }
        // One that is empty was stopped at its first or its last step; any other without the link is somebody else's.
        let _ = fs::remove_dir(&beside);
        let removed = match (beside.join(OWN).is_symlink(), ready) {
            (false, _) => Ok(()),
            (true, true) => discard(&beside),
            (true, false) => dissolve(&beside, folder, &real_name(&beside)),
        };
        removed.map_err(at(&beside))?;
        Ok(None)
    }

    /// Where the stand-in of a folder is made, and the folder waits.
    fn beside(folder: &Path) -> Option<PathBuf> {
        let mut name = OsString::from(".");
        name.push(folder.file_name()?);
        name.push(OWN);
        Some(folder.with_file_name(name))
    }

    /// The folder that waits, as its stand-in sees it.
    fn real_name(behind: &Path) -> PathBuf {
        Path::new("..").join(behind.file_name().unwrap_or_default())
    }

    fn exchange(one: &Path, other: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    /// What a stand-in shows.
    struct Scene<'a> {
        /// The folder with the new files.
        set: &'a Path,
        /// Paths of old ones that it does not show.
        gone: &'a [String],
    }

    impl Scene<'_> {
        /// Fills `view`, the part at `path` of the stand-in, which sees the same part of the folder as `real`.
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
                    fs::hard_link(new.join(&name), shown)?;
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
                    symlink(real.join(&name), shown)?;
                }
            }
            Ok(())
        }

        fn show_folder(
            &self,
            folder: &Path,
            path: &Path,
            view: &Path,
            real: &Path,
        ) -> io::Result<()> {
            fs::create_dir(view)?;
            self.show(folder, path, view, real)?;
            // Without the files that are gone, nothing may be left of it.
            let _ = fs::remove_dir(view);
            Ok(())
        }
    }

    /// What a folder within the stand-in sees of the same one, named `name`, behind it.
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

    /// Removes a stand-in that was never seen; its mark last, so that it can be told for one until it is gone.
    fn discard(view: &Path) -> io::Result<()> {
        for name in names(view)?.into_iter().filter(|name| name != OWN) {
            let path = view.join(name);
            match path.symlink_metadata()?.is_dir() {
                true => fs::remove_dir_all(path)?,
                false => fs::remove_file(path)?,
            }
        }
        fs::remove_file(view.join(OWN))?;
        fs::remove_dir(view)
    }

    /// Removes a stand-in that has been seen; what others have put there meanwhile goes to `folder`.
    fn dissolve(view: &Path, folder: &Path, real: &Path) -> io::Result<()> {
        for name in names(view)?.into_iter().filter(|name| name != OWN) {
            let (shown, place) = (view.join(&name), folder.join(&name));
            let kind = shown.symlink_metadata()?;
            if kind.is_dir() && place.is_dir() {
                dissolve(&shown, &place, &above(real, &name))?;
            } else if fs::read_link(&shown).is_ok_and(|target| target == real.join(&name))
                || fs::metadata(&place).is_ok_and(|other| same(&kind, &other))
            {
                fs::remove_file(shown)?;
            } else {
                fs::rename(shown, place)?;
            }
        }
        match fs::remove_file(view.join(OWN)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => fs::remove_dir(view),
        }
    }

    fn same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod absent {
    use std::path::{Path, PathBuf};

    use crate::disk::Unwritten;

    /// Leaves the folder in its place.
    pub(in crate::disk) fn raise(_: &Path, _: &Path, _: &[String]) -> Option<PathBuf> {
        None
    }

    /// Does nothing: no stand-in was raised.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(in crate::disk) fn lower(_: &Path, _: &Path) -> Result<(), Unwritten> {
        Ok(())
    }

    /// Finds no stand-in.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(in crate::disk) fn left(_: &Path, _: bool) -> Result<Option<PathBuf>, Unwritten> {
        Ok(None)
    }
}
