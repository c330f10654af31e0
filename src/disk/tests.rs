//! A run is stopped, or fails, at each step that changes the disk: what is seen is the old state or the new one, and the
//! next run mends the rest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::step::fault::{Fault, with};
use super::{Error, Ledger, OWN, Publication, write};
use crate::digest::sha256;
use crate::load::load;
use crate::model::ledger::Edition;
use crate::render::File;

/// A folder in memory, if there is a disk of it: the tests write thousands of files.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let folder = match memory.is_dir() {
        true => tempfile::tempdir_in(memory),
        false => tempfile::tempdir(),
    };
    folder.unwrap()
}

fn files(paths: &[&str], text: &str) -> Vec<File> {
    let file = |path: &&str| ((*path).to_owned(), text.as_bytes().to_vec());
    paths.iter().map(file).collect()
}

/// The files of set `number`, each with that number in it; every second set has some others.
fn set(number: u32) -> Vec<File> {
    let own: &[&str] = match number % 2 {
        0 => &["handouts/even.pdf", "handouts/sites/even.pdf"],
        _ => &["handouts/odd.pdf", "odd/odd.pdf"],
    };
    let paths = [&["a.pdf", "handouts/c.pdf"], own].concat();
    files(&paths, &number.to_string())
}

/// What can be read below a folder, but for names that begin with a dot.
fn shown(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
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
    files
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// Files of the user, which no run may change.
const MINE: [&str; 4] = [
    "mine.txt",
    "handouts/mine.pdf",
    "odd/mine/a.pdf",
    "releases/1.0.0/a.pdf",
];

fn put(folder: &Path, paths: &[&str]) {
    for path in paths {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "mine").unwrap();
    }
}

/// What is shown, without the files of the user, which are there.
fn without(folder: &Path, mine: &[&str]) -> BTreeMap<String, String> {
    let mut found = shown(folder);
    for path in mine {
        assert_eq!(found.remove(*path).as_deref(), Some("mine"), "{path}");
    }
    found
}

fn build(out: &Path, number: u32) -> Result<(), Error> {
    write(out, &set(number), |_| true).map(drop)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// There is one set, and nothing else of what runs write.
fn assert_mended(out: &Path, number: u32) {
    assert_eq!(without(out, &MINE), expected(number));
    assert_eq!(names(&out.join(OWN)), ["files", "lock"]);
    assert!(!out.join(OWN).is_symlink());
    assert_eq!(names(out.parent().unwrap()), ["out"]);
}

/// A folder with set 1 and files of the user.
fn with_a_set() -> (tempfile::TempDir, PathBuf) {
    let folder = folder();
    let out = folder.path().join("out");
    put(&out, &MINE);
    build(&out, 1).unwrap();
    (folder, out)
}

#[test]
fn a_build_that_stops_or_fails_at_any_step_shows_one_set() {
    let (_folder, out) = with_a_set();
    let (_, steps) = with(None, || build(&out, 2));
    assert!(steps > 60, "{steps}");
    for fault in [Fault::Stop, Fault::Full] {
        let (mut old, mut new) = (0, 0);
        for at in 0..steps {
            let (_folder, out) = with_a_set();
            let (result, _) = with(Some((fault, at)), || build(&out, 2));
            let found = without(&out, &MINE);
            assert!(
                found == expected(1) || found == expected(2),
                "{fault:?} at step {at}: {found:?}"
            );
            assert!(result.is_err() || found == expected(2), "{fault:?} {at}");
            old += usize::from(found == expected(1));
            new += usize::from(found == expected(2));
            build(&out, 4).unwrap();
            assert_mended(&out, 4);
        }
        assert!(old > 10 && new > 10, "{fault:?}: {old} old, {new} new");
    }
}

#[test]
fn a_first_build_that_stops_shows_all_or_nothing() {
    let build_first = |folder: &Path, planned| with(planned, || build(&folder.join("out"), 1));
    let (_, steps) = build_first(folder().path(), None);
    for at in 0..steps {
        let folder = folder();
        let (result, _) = build_first(folder.path(), Some((Fault::Stop, at)));
        assert!(result.is_err(), "{at}");
        let out = folder.path().join("out");
        let found = shown(&out);
        assert!(found.is_empty() || found == expected(1), "{at}: {found:?}");
        build(&out, 2).unwrap();
        assert_eq!(shown(&out), expected(2), "{at}");
    }
}

/// The run that finishes what another one began may be stopped, too.
#[test]
fn a_run_that_stops_while_it_mends_shows_one_set() {
    let (_folder, out) = with_a_set();
    let (_, steps) = with(None, || build(&out, 2));
    for first in 0..steps {
        for second in (first % 7..steps).step_by(7) {
            let (_folder, out) = with_a_set();
            let (_, _) = with(Some((Fault::Stop, first)), || build(&out, 2));
            let (_, _) = with(Some((Fault::Stop, second)), || build(&out, 2));
            let found = without(&out, &MINE);
            assert!(
                found == expected(1) || found == expected(2),
                "steps {first} and {second}: {found:?}"
            );
            build(&out, 4).unwrap();
            assert_mended(&out, 4);
        }
    }
}

#[test]
fn a_set_that_cannot_be_written_leaves_the_old_one() {
    let (_folder, out) = with_a_set();
    fs::create_dir(out.join("folder.pdf")).unwrap();
    for wrong in ["a.pdf/below-a-file", "folder.pdf"] {
        let mut files = set(2);
        files.push((wrong.to_owned(), Vec::new()));
        let error = write(&out, &files, |_| true).unwrap_err();
        assert!(error.to_string().contains(".pdf"), "{error}");
        assert_eq!(without(&out, &MINE), expected(1));
        assert_eq!(names(&out.join(OWN)), ["files", "lock"]);
    }
}

#[test]
fn only_what_an_earlier_run_wrote_is_removed() {
    let folder = folder();
    let out = folder.path().join("out");
    let write = |paths: &[&str], renews: fn(&str) -> bool| {
        let texts = paths
            .iter()
            .map(|path| ((*path).to_owned(), path.as_bytes().to_vec()));
        write(&out, &texts.collect::<Vec<_>>(), renews).unwrap()
    };
    let first = [
        "a.pdf",
        "b.epub",
        "handouts/c.pdf",
        "handouts/sites/d.pdf",
        "changed.pdf",
    ];
    write(&first, |_| true);
    put(folder.path(), &["outside.pdf"]);
    put(&out, &["mine.pdf", "handouts/mine.pdf", "changed.pdf"]);
    // A list that somebody has changed leads nowhere else.
    let (mine, list) = (sha256(b"mine"), out.join(".fascicle/files"));
    let outside = folder.path().join("outside.pdf");
    let mut text = fs::read_to_string(&list).unwrap();
    let absolute = outside.display();
    text.push_str(&format!("{mine}  ../outside.pdf\n{mine}  {absolute}\n"));
    fs::write(&list, text).unwrap();
    let some = write(&["b.epub"], |path| path.ends_with("epub"));
    assert!(some.removed.is_empty(), "{some:?}");
    let all = write(&["b.epub"], |_| true);
    let removed = ["a.pdf", "handouts/c.pdf", "handouts/sites/d.pdf"];
    assert_eq!(all.removed, removed.map(|path| out.join(path)));
    let left = ["b.epub", "changed.pdf", "handouts/mine.pdf", "mine.pdf"];
    assert_eq!(shown(&out).into_keys().collect::<Vec<_>>(), left);
    assert!(outside.exists() && !out.join("handouts/sites").exists());
}

/// A list that cannot be read is no empty list: its files would be forgotten.
#[cfg(unix)]
#[test]
fn a_list_that_cannot_be_read_is_an_error() {
    let (_folder, out) = with_a_set();
    let list = out.join(".fascicle/files");
    fs::remove_file(&list).unwrap();
    fs::create_dir(&list).unwrap();
    let error = build(&out, 2).unwrap_err().to_string();
    assert!(error.contains(".fascicle/files`: "), "{error}");
    assert_eq!(without(&out, &MINE), expected(1));
}

/// A build of set 2 that was stopped while the shadow was in the place of the folder.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn stopped_behind_its_shadow() -> (tempfile::TempDir, PathBuf) {
    for at in 0.. {
        let (folder, out) = with_a_set();
        let (result, _) = with(Some((Fault::Stop, at)), || build(&out, 2));
        assert!(result.is_err(), "no step has the shadow in its place");
        if out.join(OWN).is_symlink() {
            return (folder, out);
        }
    }
    unreachable!("the loop has no end")
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_folder_whose_shadow_was_removed_is_put_back() {
    let (_folder, out) = stopped_behind_its_shadow();
    fs::remove_dir_all(&out).unwrap();
    build(&out, 4).unwrap();
    assert_mended(&out, 4);
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_folder_whose_shadow_was_renamed_is_found() {
    let (folder, out) = stopped_behind_its_shadow();
    let other = folder.path().join("other");
    fs::rename(&out, &other).unwrap();
    build(&other, 4).unwrap();
    assert_eq!(without(&other, &MINE), expected(4));
    assert_eq!(names(folder.path()), ["other"]);
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_copy_of_a_shadow_is_refused_and_explained() {
    use std::os::unix::fs::symlink;
    // As `cp -a` copies it: links stay links.
    let copy = |from: &Path, to: &Path| {
        fs::create_dir_all(to).unwrap();
        for name in names(from) {
            match fs::read_link(from.join(&name)) {
                Ok(target) => symlink(target, to.join(&name)).unwrap(),
                Err(_) if from.join(&name).is_dir() => {}
                Err(_) => drop(fs::copy(from.join(&name), to.join(&name)).unwrap()),
            }
        }
    };
    let (folder, out) = stopped_behind_its_shadow();
    let (beside, elsewhere) = (folder.path().join("copy"), folder.path().join("below/copy"));
    copy(&out, &beside);
    copy(&out, &elsewhere);
    let error = build(&beside, 4).unwrap_err().to_string();
    assert!(error.contains("copy`: it is a copy of `"), "{error}");
    let error = build(&elsewhere, 4).unwrap_err().to_string();
    assert!(error.contains("put the two side by side again"), "{error}");
    build(&out, 4).unwrap();
    assert_eq!(without(&out, &MINE), expected(4));
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn two_folders_for_one_name_are_refused_and_explained() {
    let (folder, out) = stopped_behind_its_shadow();
    fs::remove_dir_all(&out).unwrap();
    put(&out, &["mine.txt"]);
    let error = build(&out, 4).unwrap_err().to_string();
    assert!(error.contains("has put its files aside"), "{error}");
    assert_eq!(
        shown(&folder.path().join(".out.fascicle/handouts")).len(),
        3
    );
}

/// An edition: what it writes, and where.
struct Books {
    folder: tempfile::TempDir,
}

const SITE_MINE: [&str; 3] = ["mine.txt", "site/CNAME", "site/editions/mine.txt"];

impl Books {
    fn new() -> Self {
        let books = Self { folder: folder() };
        put(&books.path("dist"), &SITE_MINE);
        put(&books.path("content"), &["handbook.toml"]);
        books
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn edition_files(edition: &str) -> Vec<File> {
        let book = format!("book-{edition}.epub");
        let sums = format!("{}  {book}\n", sha256(edition.as_bytes()));
        let mut files = files(&[&book], edition);
        files.push(("SHA256SUMS".to_owned(), sums.into_bytes()));
        files
    }

    /// The page, last, names the files that it leads to.
    fn site_files(edition: &str) -> Vec<File> {
        let (old, new) = (
            "editions/1.0.0/book.epub",
            format!("editions/{edition}/book.epub"),
        );
        let feed = format!("feed-{edition}.xml");
        let paths = [old, &new, &feed];
        let mut site = files(&[old], "1.0.0");
        site.extend(files(&[&new, &feed], edition));
        site.dedup_by(|one, other| one.0 == other.0);
        site.push(("index.html".to_owned(), paths.join("\n").into_bytes()));
        site
    }

    fn publish(&self, edition: &str) -> Result<(), Error> {
        let (out, content) = (self.path("dist"), self.path("content"));
        let (project, _) = load(&content).unwrap();
        let number = Edition::parse(edition).unwrap();
        let place = Publication::begin(&out, &content, &project, (number, Ledger::Grows))?;
        let (files, site) = (Self::edition_files(edition), Self::site_files(edition));
        place.publish(&files, &site, edition).map(drop)
    }

    /// The editions in the ledger, each a whole entry with its files and its place on the site.
    fn assert_sound(&self, at: &str) -> Vec<String> {
        let entries = shown(&self.path("content/releases"));
        for (name, text) in &entries {
            assert_eq!(*name, format!("{text}.toml"), "{at}");
            assert!(self.path("dist/releases").join(text).is_dir(), "{at}");
        }
        let releases = names(&self.path("dist/releases"));
        for edition in releases.iter().filter(|name| !name.starts_with('.')) {
            let found = shown(&self.path("dist/releases").join(edition));
            let whole: BTreeMap<String, String> = (Self::edition_files(edition).into_iter())
                .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
                .collect();
            assert_eq!(found, whole, "{at}");
        }
        let page = fs::read_to_string(self.path("dist/site/index.html")).unwrap();
        for path in page.lines() {
            let file = self.path("dist/site").join(path);
            let text = fs::read_to_string(&file).unwrap();
            assert!(path.contains(&text), "{at}: {path}");
        }
        for path in SITE_MINE {
            let text = fs::read_to_string(self.path("dist").join(path)).unwrap();
            assert_eq!(text, "mine", "{at}: {path}");
        }
        if let Some(newest) = entries.values().last() {
            assert!(page.contains(newest), "{at}: {page}");
        }
        entries.into_values().collect()
    }
}

#[test]
fn a_release_that_stops_or_fails_at_any_step_is_none_or_whole() {
    let with_one = || {
        let books = Books::new();
        books.publish("1.0.0").unwrap();
        books
    };
    let (result, steps) = {
        let books = with_one();
        with(None, || books.publish("1.1.0"))
    };
    result.unwrap();
    assert!(steps > 40, "{steps}");
    for fault in [Fault::Stop, Fault::Full] {
        let mut begun = 0;
        for step in 0..steps {
            let at = format!("{fault:?} at step {step}");
            let books = with_one();
            let (result, _) = with(Some((fault, step)), || books.publish("1.1.0"));
            let entries = books.assert_sound(&at);
            if result.is_ok() {
                assert_eq!(entries, ["1.0.0", "1.1.0"], "{at}");
            } else {
                assert_eq!(entries, ["1.0.0"], "{at}");
                begun += usize::from(books.path("dist/releases/1.1.0").exists());
                books.publish("1.1.0").unwrap();
            }
            assert_eq!(books.assert_sound(&at), ["1.0.0", "1.1.0"], "{at}");
            let site = shown(&books.path("dist/site"));
            let stale = site.keys().any(|path| path == "feed-1.0.0.xml");
            assert!(
                !stale && site.contains_key("feed-1.1.0.xml"),
                "{at}: {site:?}"
            );
            assert_eq!(
                names(&books.path("dist/releases")),
                ["1.0.0", "1.1.0"],
                "{at}"
            );
            assert_eq!(names(&books.path("content/releases")).len(), 2, "{at}");
            let left = [".fascicle", "mine.txt", "releases", "site"];
            assert_eq!(names(&books.path("dist")), left, "{at}");
        }
        assert!(begun > 10, "{fault:?}: {begun}");
    }
}

/// What a stopped run has put on the site is removed by the next one, which may be of another edition.
#[test]
fn a_site_keeps_no_file_of_a_release_that_stopped() {
    let with_one = || {
        let books = Books::new();
        books.publish("1.0.0").unwrap();
        books
    };
    let (_, steps) = with(None, || with_one().publish("1.1.0"));
    for step in 0..steps {
        let books = with_one();
        let (_, _) = with(Some((Fault::Stop, step)), || books.publish("1.1.0"));
        if books.assert_sound("stopped") == ["1.0.0"] {
            books.publish("1.2.0").unwrap();
            let site = shown(&books.path("dist/site"));
            let stale = site.keys().find(|path| path.contains("1.1.0"));
            assert_eq!(stale, None, "stopped at step {step}");
        }
    }
}

#[test]
fn a_release_does_not_follow_a_ledger_that_was_changed_meanwhile() {
    let books = Books::new();
    let (out, content) = (books.path("dist"), books.path("content"));
    let (project, _) = load(&content).unwrap();
    books.publish("1.0.0").unwrap();
    let number = Edition::parse("1.1.0").unwrap();
    let begun = Publication::begin(&out, &content, &project, (number, Ledger::Grows));
    let error = begun.unwrap_err().to_string();
    assert!(
        error.contains("another run has released an edition"),
        "{error}"
    );
    assert!(!out.join("releases/1.1.0").exists());
}
