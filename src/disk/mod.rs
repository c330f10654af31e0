//! Writing a set of files: all of them, or none.
//!
//! The new set is written whole into [`OWN`], a folder beside the files, and one renaming there then marks it as ready;
//! that is the moment from which it counts. Its files then go to their places, each by renaming, and what an earlier set
//! had and this one has not goes away. A run that is stopped before that moment leaves the old set as it was; one that
//! is stopped after it leaves the rest to the next run, which begins by finishing it. Meanwhile a [stand-in](shadow)
//! shows the new set in the place of the folder, where the system can put it there in one step: then no moment, and no
//! run that is stopped, shows some files of one set and some of the other.

mod shadow;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::digest::{Digest, sha256};
use crate::product::{RELEASES, SITE};
use crate::render::File;

/// Where the program keeps what it has to know about the folder.
pub(crate) const OWN: &str = ".fascicle";
/// The list of the files that were written and are still part of the set, as `sha256sum --check` reads it.
const LIST: &str = ".fascicle/files";
/// What a run holds while it writes.
const LOCK: &str = ".fascicle/lock";
/// Where a set is written; what lies there is no set yet.
const NEW: &str = ".fascicle/new";
/// Where a whole set waits for its places.
const READY: &str = ".fascicle/ready";
/// The files of a set, within [`NEW`] and [`READY`].
const SET: &str = "set";
/// The next list of files, within [`NEW`] and [`READY`].
const NEXT: &str = "files";

/// A path, and why it cannot be written.
pub(crate) type Unwritten = (PathBuf, io::Error);

/// The files of a set, by path with `/`, and what was written into each.
pub(crate) type List = BTreeMap<String, Digest>;

/// What has been written.
#[derive(Debug)]
pub(crate) struct Written {
    /// The files of the set.
    pub(crate) files: Vec<PathBuf>,
    /// Those of an earlier set that went away.
    pub(crate) gone: Vec<PathBuf>,
}

/// Writes `files` below `out`, in the place of those that are there. Of what earlier runs wrote and `files` lacks, that
/// goes away which this run `renews`, by its path: which it would have written, were it still part of the book.
pub(crate) fn write(
    out: &Path,
    files: &[File],
    renews: impl Fn(&str) -> bool,
) -> Result<Written, Unwritten> {
    let lock = lock(out)?;
    let folder = fs::canonicalize(out).map_err(at(out))?;
    let behind = shadow::left(&folder, folder.join(READY).is_dir())?;
    settle(&folder, behind)?;
    let new = folder.join(NEW);
    remove(&new)?;
    let mut next = read_list(&folder.join(LIST));
    next.retain(|path, _| !renews(path));
    next.extend((files.iter()).map(|(path, bytes)| (path.clone(), sha256(bytes))));
    let written = prepare(&new, files, &next)
        .and_then(|()| {
            files
                .iter()
                .try_for_each(|(path, _)| can_lie(&folder, path))
        })
        .and_then(|()| can_go(&folder, &next))
        .and_then(|()| {
            let ready = folder.join(READY);
            fs::rename(&new, &ready).map_err(at(&ready))
        });
    if let Err(error) = written {
        // What could not be written takes no room; that it is left behind is no further fault.
        let _ = fs::remove_dir_all(&new);
        return Err(error);
    }
    let gone = gone(&folder);
    settle(&folder, None)?;
    drop(lock);
    Ok(Written {
        files: files.iter().map(|(path, _)| out.join(path)).collect(),
        gone: gone.iter().map(|path| out.join(path)).collect(),
    })
}

/// Keeps other runs from writing below `out` until this one ends, however it does; waits until none writes there.
pub(crate) fn lock(out: &Path) -> Result<fs::File, Unwritten> {
    let (own, path) = (out.join(OWN), out.join(LOCK));
    if own.is_symlink() && !own.exists() {
        // Of a stand-in whose folder somebody has removed.
        fs::remove_file(&own).map_err(at(&own))?;
    }
    fs::create_dir_all(out).map_err(at(out))?;
    fs::create_dir_all(&own).map_err(at(&own))?;
    let locked = fs::File::create(&path).and_then(|file| match file.lock() {
        Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
        _ => Ok(file),
    });
    locked.map_err(at(&path))
}

/// Puts the files of the set that is ready, if there is one, into their places; ends without a stand-in. The folder is
/// `behind` it already if a run was stopped then.
fn settle(folder: &Path, behind: Option<PathBuf>) -> Result<(), Unwritten> {
    let ready = folder.join(READY);
    let behind = match behind {
        None if ready.is_dir() => shadow::raise(folder, &ready.join(SET), &gone(folder)),
        behind => behind,
    };
    place_all(behind.as_deref().unwrap_or(folder))?;
    match behind {
        Some(behind) => shadow::lower(folder, &behind),
        None => Ok(()),
    }
}

/// Puts the files of the set that is ready, if there is one, into their places.
fn place_all(folder: &Path) -> Result<(), Unwritten> {
    let ready = folder.join(READY);
    if !ready.is_dir() {
        return Ok(());
    }
    let gone = gone(folder);
    let set = ready.join(SET);
    if set.is_dir() {
        move_all(&set, folder)?;
    }
    for path in &gone {
        take_away(folder, path)?;
    }
    let (next, list) = (ready.join(NEXT), folder.join(LIST));
    if next.exists() {
        fs::rename(&next, &list).map_err(at(&list))?;
    }
    // Its files are in their places, so it can go in any order.
    remove(&ready)
}

fn prepare(new: &Path, files: &[File], next: &List) -> Result<(), Unwritten> {
    let set = new.join(SET);
    fs::create_dir_all(&set).map_err(at(&set))?;
    for (path, bytes) in files {
        let path = set.join(path);
        let folder = path.parent().unwrap_or(new);
        fs::create_dir_all(folder)
            .and_then(|()| store(&path, bytes))
            .map_err(at(&path))?;
    }
    let list = (next.iter()).map(|(path, digest)| format!("{digest}  {path}\n"));
    let path = new.join(NEXT);
    store(&path, list.collect::<String>().as_bytes()).map_err(at(&path))
}

/// Writes a file through to the disk, so that a name never stands for less than was written.
fn store(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Refuses a file in whose place a folder lies, below another file, or where none can be written, before anything is
/// changed.
fn can_lie(folder: &Path, path: &str) -> Result<(), Unwritten> {
    let place = folder.join(path);
    if place.is_dir() {
        return Err((place, ErrorKind::IsADirectory.into()));
    }
    let mut above = place.ancestors().skip(1);
    match above.find(|above| above.exists()) {
        Some(file) if !file.is_dir() => Err((file.to_owned(), ErrorKind::NotADirectory.into())),
        Some(above) => can_change(above).map_err(at(&place)),
        None => Ok(()),
    }
}

/// Refuses it, before anything is changed, if a file that the next list lacks could not be removed.
fn can_go(folder: &Path, next: &List) -> Result<(), Unwritten> {
    let old = read_list(&folder.join(LIST));
    let mut going = (old.keys().filter(|path| !next.contains_key(*path)))
        .map(|path| folder.join(path))
        .filter(|place| place.exists());
    going.try_for_each(|place| match place.parent() {
        Some(above) => can_change(above).map_err(at(&place)),
        None => Ok(()),
    })
}

/// Whether names can be changed in a folder, as far as the system tells before it is tried.
pub(crate) fn can_change(folder: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK)?;
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    let _ = folder;
    Ok(())
}

/// The files of a list; of one that cannot be read, none. Nothing but a path to a file below the folder, and none of the
/// program's own, is taken from it: it may have been changed.
pub(crate) fn read_list(path: &Path) -> List {
    let text = fs::read_to_string(path).unwrap_or_default();
    let entry = |line: &str| {
        let (digest, path) = line.split_once("  ")?;
        let mut parts = Path::new(path).components();
        let below = parts.all(|part| matches!(part, Component::Normal(_)));
        let own = ["", OWN, RELEASES, SITE].contains(&path.split('/').next().unwrap_or(""));
        Some((path.to_owned(), Digest::parse(digest)?)).filter(|_| below && !own)
    };
    text.lines().filter_map(entry).collect()
}

/// The paths that the list has and the next one, which is ready, has not, where what lies there is what was written.
fn gone(folder: &Path) -> Vec<String> {
    let next = folder.join(READY).join(NEXT);
    if !next.exists() {
        return Vec::new();
    }
    let next = read_list(&next);
    let written = |path: &str, digest: Digest| {
        fs::read(folder.join(path)).is_ok_and(|bytes| sha256(&bytes) == digest)
    };
    (read_list(&folder.join(LIST)).into_iter())
        .filter(|(path, digest)| !next.contains_key(path) && written(path, *digest))
        .map(|(path, _)| path)
        .collect()
}

/// Removes a file, and the folders above it that are empty then.
pub(crate) fn take_away(folder: &Path, path: &str) -> Result<(), Unwritten> {
    let place = folder.join(path);
    match fs::remove_file(&place) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err((place, error)),
        _ => {}
    }
    let above = Path::new(path).ancestors().skip(1);
    for parent in above.filter(|parent| !parent.as_os_str().is_empty()) {
        if fs::remove_dir(folder.join(parent)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Moves every file below `from` to the same place below `to`.
fn move_all(from: &Path, to: &Path) -> Result<(), Unwritten> {
    for entry in fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        let place = to.join(entry.file_name());
        if entry.file_type().map_err(at(from))?.is_dir() {
            fs::create_dir_all(&place).map_err(at(&place))?;
            move_all(&entry.path(), &place)?;
        } else {
            move_file(&entry.path(), &place).map_err(at(&place))?;
        }
    }
    Ok(())
}

/// Renames a file; where its place is on another disk, by way of a file beside it.
pub(crate) fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            let name = to.file_name().unwrap_or_default().to_string_lossy();
            let beside = to.with_file_name(format!(".{name}.new"));
            store(&beside, &fs::read(from)?)?;
            fs::rename(&beside, to)?;
            fs::remove_file(from)
        }
        moved => moved,
    }
}

fn remove(folder: &Path) -> Result<(), Unwritten> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err((folder.to_owned(), error)),
        _ => Ok(()),
    }
}

/// Says where an error happened.
pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Unwritten {
    let path = path.to_owned();
    move |error| (path, error)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use super::*;

    /// The files of set `number`, each with that number in it; every second set has some others.
    fn set(number: u32) -> Vec<File> {
        let more = (0..12).map(|index| format!("handouts/h{index}-{}.pdf", number % 2 * index));
        let paths = ["a.pdf", "b.epub", "report.json", "handouts/sites/c.pdf"].map(str::to_owned);
        let file = |path| (path, number.to_string().into_bytes());
        paths.into_iter().chain(more).map(file).collect()
    }

    /// What can be read below a folder, but for names that begin with a dot.
    fn shown(folder: &Path) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                let below = shown(&path).into_iter();
                found.extend(below.map(|(path, text)| (format!("{name}/{path}"), text)));
            } else {
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
        found
    }

    fn expected(number: u32) -> BTreeMap<String, String> {
        let files = set(number).into_iter();
        files.map(|(path, _)| (path, number.to_string())).collect()
    }

    #[test]
    fn a_set_that_was_not_ready_is_nothing_and_one_that_was_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        write(&out, &set(1), |_| true).unwrap();
        let stopped = |place: &str, number: u32| {
            let list = set(number).into_iter();
            let list = list.map(|(path, bytes)| (path, sha256(&bytes))).collect();
            prepare(&out.join(place), &set(number), &list).unwrap();
        };
        // Stopped while it was written.
        stopped(NEW, 2);
        settle(&out, None).unwrap();
        assert_eq!(shown(&out), expected(1));
        // Stopped after one file of a ready set was in its place.
        remove(&out.join(NEW)).unwrap();
        stopped(READY, 2);
        fs::rename(out.join(READY).join("set/a.pdf"), out.join("a.pdf")).unwrap();
        settle(&out, None).unwrap();
        assert_eq!(shown(&out), expected(2));
        write(&out, &set(3), |_| true).unwrap();
        assert_eq!(shown(&out), expected(3));
        let left = |folder: &Path| fs::read_dir(folder).unwrap().count();
        assert_eq!(
            (left(&out.join(OWN)), left(folder.path())),
            (2, 1),
            "nothing is left behind"
        );
    }

    #[test]
    fn what_cannot_be_written_leaves_the_old_set() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        write(out, &set(1), |_| true).unwrap();
        fs::create_dir(out.join("folder.pdf")).unwrap();
        for wrong in ["a.pdf/below-a-file", "folder.pdf"] {
            let mut files = set(2);
            files.push((wrong.to_owned(), Vec::new()));
            let (path, _) = write(out, &files, |_| true).unwrap_err();
            assert!(
                path.to_str().unwrap().contains(".pdf"),
                "{}",
                path.display()
            );
            assert_eq!(shown(out), expected(1));
            assert!(!out.join(NEW).exists() && !out.join(READY).exists());
        }
    }

    #[test]
    fn only_what_an_earlier_run_wrote_goes_away() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let files = |paths: &[&str]| -> Vec<File> {
            let file = |path: &&str| ((*path).to_owned(), path.as_bytes().to_vec());
            paths.iter().map(file).collect()
        };
        let first = [
            "a.pdf",
            "b.epub",
            "handouts/c.pdf",
            "handouts/sites/d.pdf",
            "changed.pdf",
        ];
        write(&out, &files(&first), |_| true).unwrap();
        let outside = folder.path().join("outside.pdf");
        for path in [
            &outside,
            &out.join("mine.pdf"),
            &out.join("handouts/mine.pdf"),
        ] {
            fs::write(path, "mine").unwrap();
        }
        fs::write(out.join("changed.pdf"), "mine").unwrap();
        // A list that somebody has changed leads nowhere else.
        let mine = sha256(b"mine");
        let mut list = fs::read_to_string(out.join(LIST)).unwrap();
        list.push_str(&format!(
            "{mine}  ../outside.pdf\n{mine}  {}\n",
            outside.display()
        ));
        fs::write(out.join(LIST), list).unwrap();
        let some = write(&out, &files(&["b.epub"]), |path| path.ends_with("epub")).unwrap();
        assert!(some.gone.is_empty(), "{some:?}");
        let all = write(&out, &files(&["b.epub"]), |_| true).unwrap();
        let gone = ["a.pdf", "handouts/c.pdf", "handouts/sites/d.pdf"];
        assert_eq!(all.gone, gone.map(|path| out.join(path)));
        let left = ["b.epub", "changed.pdf", "handouts/mine.pdf", "mine.pdf"];
        assert_eq!(shown(&out).into_keys().collect::<Vec<_>>(), left);
        assert!(outside.exists() && !out.join("handouts/sites").exists());
    }

    /// Where the runs write that the test below kills: it runs itself, with this variable set.
    const KILLED: &str = "FASCICLE_TEST_KILLED";

    #[test]
    fn a_run_that_is_killed_shows_one_set() {
        if let Some(out) = std::env::var_os(KILLED) {
            write_on(Path::new(&out));
        }
        // In memory, if there is a disk of it: no time goes by waiting for the disk, where every kill finds the old set.
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        let folder = folder.unwrap();
        let out = folder.path().join("out");
        let mine = ["mine.txt", "handouts/mine.pdf", "releases/1.0.0/a.pdf"];
        for path in mine {
            fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
            fs::write(out.join(path), "mine").unwrap();
        }
        let (mut random, mut amid, mut last) = (20_261_124_u64, 0, 0);
        for round in 0..150 {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            run_and_kill(&out, Duration::from_micros((random >> 40) % 4_000));
            amid += u32::from(out.join(READY).exists() || out.join(OWN).is_symlink());
            let mut found = shown(&out);
            for path in mine {
                assert_eq!(found.remove(path).as_deref(), Some("mine"), "round {round}");
            }
            let Some(number) = found.get("a.pdf").map(|number| number.parse().unwrap()) else {
                assert!(found.is_empty(), "round {round}: {found:?}");
                continue;
            };
            assert_eq!(found, expected(number), "round {round}");
            assert!(number >= last, "round {round}: set {number} after {last}");
            last = number;
        }
        assert!(
            amid >= 20 || !memory.is_dir(),
            "only {amid} of 150 were killed while files changed their places"
        );
        write(&out, &set(last + 1), |_| true).unwrap();
        let mut found = shown(&out);
        found.retain(|_, text| text != "mine");
        assert_eq!(found, expected(last + 1));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(!out.join(OWN).is_symlink());
    }

    /// Writes one set after another.
    fn write_on(out: &Path) {
        let last = fs::read_to_string(out.join("a.pdf"));
        let last = last.map_or(0, |number| number.parse().unwrap());
        writeln!(io::stdout(), "\n{KILLED}").unwrap();
        for number in last + 1.. {
            write(out, &set(number), |_| true).unwrap();
        }
    }

    /// Lets another process write sets, and kills it after some time.
    fn run_and_kill(out: &Path, time: Duration) {
        let mut run = Command::new(std::env::current_exe().unwrap())
            .args(["--nocapture", "--exact"])
            .arg("disk::tests::a_run_that_is_killed_shows_one_set")
            .env(KILLED, out)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(run.stdout.take().unwrap());
        let mut lines = said.lines().map(Result::unwrap);
        lines.find(|line| line == KILLED).unwrap();
        std::thread::sleep(time);
        run.kill().unwrap();
        run.wait().unwrap();
    }
}
