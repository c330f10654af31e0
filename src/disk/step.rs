//! The steps that change the disk. In tests, each is a point at which a run can be stopped, or can fail.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

/// Makes a folder, and those above it.
pub(super) fn create_dir_all(path: &Path) -> io::Result<()> {
    fault::point()?;
    fs::create_dir_all(path)
}

/// Makes a folder.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn create_dir(path: &Path) -> io::Result<()> {
    fault::point()?;
    fs::create_dir(path)
}

/// Writes a file through to the disk, so that no name refers to less than was written.
pub(super) fn store(path: &Path, bytes: &[u8]) -> io::Result<()> {
    filled(path, bytes)?.sync_all()
}

/// Writes a file, and lets the system choose when it reaches the disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    filled(path, bytes).map(drop)
}

fn filled(path: &Path, bytes: &[u8]) -> io::Result<fs::File> {
    fault::point()?;
    let mut file = fs::File::create(path)?;
    fault::point().or_else(|fault| {
        file.write_all(&bytes[..bytes.len() / 2])?;
        Err(fault)
    })?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Renames a file or a folder.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fault::point()?;
    fs::rename(from, to)
}

/// Lets two folders change their names in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    fault::point()?;
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Gives a file a second name.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn hard_link(file: &Path, name: &Path) -> io::Result<()> {
    fault::point()?;
    fs::hard_link(file, name)
}

/// Makes a symbolic link.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn symlink(target: &Path, name: &Path) -> io::Result<()> {
    fault::point()?;
    std::os::unix::fs::symlink(target, name)
}

/// Removes a file or a link.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    fault::point()?;
    fs::remove_file(path)
}

/// Removes an empty folder.
pub(super) fn remove_dir(path: &Path) -> io::Result<()> {
    fault::point()?;
    fs::remove_dir(path)
}

/// Removes a folder with all that is in it; one that is not there is removed already.
pub(super) fn remove_dir_all(path: &Path) -> io::Result<()> {
    fault::point()?;
    fault::empty(path)?;
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(not(test))]
mod fault {
    use std::io;
    use std::path::Path;

    /// No step fails without a reason.
    #[expect(clippy::unnecessary_wraps, reason = "in tests it can fail")]
    pub(super) fn point() -> io::Result<()> {
        Ok(())
    }

    /// Leaves a folder as it is.
    #[expect(clippy::unnecessary_wraps, reason = "in tests it can fail")]
    pub(super) fn empty(_: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// The points at which a test lets a run stop or fail, counted on each thread.
#[cfg(test)]
pub(super) mod fault {
    use std::cell::Cell;
    use std::io::{self, ErrorKind};
    use std::path::Path;

    /// What happens at a point.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(in crate::disk) enum Fault {
        /// The run ends there: none of its later steps changes the disk.
        Stop,
        /// The step fails as on a full disk; those after it are possible again.
        Full,
    }

    thread_local! {
        static PLANNED: Cell<Option<(Fault, usize)>> = const { Cell::new(None) };
        static PASSED: Cell<usize> = const { Cell::new(0) };
    }

    /// Runs `run` with a fault at one point; returns its result, and how many points there were.
    pub(in crate::disk) fn with<T>(
        planned: Option<(Fault, usize)>,
        run: impl FnOnce() -> T,
    ) -> (T, usize) {
        PLANNED.set(planned);
        PASSED.set(0);
        let result = run();
        PLANNED.set(None);
        (result, PASSED.get())
    }

    /// Fails if that was planned.
    pub(super) fn point() -> io::Result<()> {
        let here = PASSED.replace(PASSED.get() + 1);
        match PLANNED.get() {
            Some((Fault::Stop, at)) if here >= at => Err(io::Error::other("stopped")),
            Some((Fault::Full, at)) if here == at => Err(ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }

    /// Removes what is in a folder, a point each.
    pub(super) fn empty(path: &Path) -> io::Result<()> {
        for entry in std::fs::read_dir(path).into_iter().flatten() {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => super::remove_dir_all(&entry.path())?,
                false => super::remove_file(&entry.path())?,
            }
        }
        Ok(())
    }
}
