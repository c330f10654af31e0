//! An edition on the disk: its files, the download site, and last its entry in the ledger, which makes it one.
//!
//! Without its entry, a folder of files is no edition, and the next run puts another in its place. The site is read all
//! the time: its files go to their places one by one, the page that leads to them last, so that at no moment the site is
//! without a page or a file that it leads to.

use std::fs;
use std::path::{Path, PathBuf};

use super::kept::LONGEST;
use super::list::{is_as_written, list_of, read_list, write_list};
use super::staged::{
    beside, discard, move_file, remove_with_empty_parents, replace, stage, write_beside,
};
use super::{Error, at, can_change, lock, set, step, try_lock};
use crate::digest::sha256;
use crate::load::{Project, load, read_file};
use crate::model::ledger::Edition;
use crate::product::{RELEASES, SITE};
use crate::release::files::LISTS;
use crate::render::File;
use crate::render::site::{self, SiteInput};
use crate::source::Source;

/// The list of the files of the site that were written, below the folder of all outputs.
const SITE_LIST: &str = ".fascicle/site";

/// An edition that is about to be written. No other run writes into its folders or its ledger meanwhile.
#[derive(Debug)]
pub(crate) struct Publication {
    out: PathBuf,
    /// The folder of the edition's files.
    folder: PathBuf,
    /// The entry in the ledger.
    entry: PathBuf,
    change: Ledger,
    _locks: [fs::File; 2],
}

/// What becomes of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ledger {
    /// It gets an entry for the edition.
    Grows,
    /// It has the entry, and stays as it is.
    Stays,
}

/// What has been written.
#[derive(Debug)]
pub(crate) struct Published {
    /// The folder of the edition's files.
    pub(crate) folder: PathBuf,
    /// The page of the site.
    pub(crate) page: PathBuf,
    /// The entry in the ledger.
    pub(crate) entry: PathBuf,
}

impl Publication {
    /// Takes the next place in the ledger of `content`, or that of the edition, which is as it was when the project was read and can be written, and
    /// the folder of outputs, whose edition of that number has nothing in it that is no part of an edition.
    pub(crate) fn begin(
        out: &Path,
        content: &Path,
        project: &Project,
        (edition, change): (Edition, Ledger),
    ) -> Result<Self, Error> {
        let entry = content.join("releases").join(format!("{edition}.toml"));
        let ledger = lock_ledger(content, project, &entry, change)?;
        // A build would move the folder meanwhile.
        let outputs = lock(out)?;
        set::finish(out)?;
        let folder = out.join(RELEASES).join(edition.to_string());
        reject_foreign_files(&folder)?;
        Ok(Self {
            out: out.to_owned(),
            folder,
            entry,
            change,
            _locks: [ledger, outputs],
        })
    }

    /// The files of the other editions that are in the folder of releases: edition and name.
    pub(crate) fn kept(&self) -> Vec<(String, String)> {
        let releases = self.out.join(RELEASES);
        let mut kept = Vec::new();
        for edition in names(&releases) {
            let folder = releases.join(&edition);
            if folder != self.folder {
                let files = names(&folder).into_iter();
                kept.extend(files.map(|name| (edition.clone(), name)));
            }
        }
        kept
    }

    /// The files of the site that are copies of those of editions: of the files that are `made` for this edition, or else
    /// of those in the folder of releases, which have to be as they were released.
    pub(crate) fn copies(&self, input: &SiteInput<'_>, made: &[File]) -> Result<Vec<File>, Error> {
        let artifacts = || input.releases.iter().flat_map(|release| &release.artifacts);
        let copy = |(edition, name): (String, String)| {
            let path = self.out.join(RELEASES).join(&edition).join(&name);
            let is_new = path.parent() == Some(&self.folder);
            let new = made.iter().find(|(other, _)| is_new && *other == name);
            let bytes = match new {
                Some((_, bytes)) => bytes.clone(),
                None => read_file(&path, LONGEST).map_err(at(&path))?,
            };
            let mut same = artifacts().filter(|it| it.name == name);
            if same.any(|it| it.digest != sha256(&bytes)) {
                let why = "it is not as it was released: take it back from a copy, or remove it";
                return Err(Error::because(&path, why));
            }
            Ok((site::place(&edition, &name), bytes))
        };
        site::copies(input).into_iter().map(copy).collect()
    }

    /// Writes the files of the edition, the site, in the order of its files, and the text of the entry.
    pub(crate) fn publish(
        self,
        files: &[File],
        site: &[File],
        entry: &str,
    ) -> Result<Published, Error> {
        let (new, pages) = (beside(&self.folder), self.out.join(SITE));
        stage(&new, files, step::store)?;
        // What the site holds is in the releases, too, and is safe there.
        if let Err(error) = stage(&beside(&pages), site, step::write) {
            discard(&new);
            return Err(error);
        }
        replace(&self.folder)?;
        renew_site(&self.out, &pages, site)?;
        if self.change == Ledger::Grows {
            write_beside(&self.entry, entry.as_bytes())?;
        }
        Ok(Published {
            folder: self.folder,
            page: pages.join("index.html"),
            entry: self.entry,
        })
    }
}

/// Puts the staged files of the site into their places, in their order; last, removes what earlier runs wrote and this one
/// did not. At no moment a file is missing that was there and stays, and nothing of somebody else's is removed.
fn renew_site(out: &Path, site: &Path, files: &[File]) -> Result<(), Error> {
    let list = out.join(SITE_LIST);
    let (old, new) = (read_list(&list)?, list_of(files));
    // A run that is interrupted from now on leaves no file that the next one does not know.
    let mut both = old.clone();
    both.extend(new.clone());
    write_list(&list, &both)?;
    let staged = beside(site);
    for (path, _) in files {
        move_file(&staged.join(path), &site.join(path))?;
    }
    for (path, digest) in old.iter().filter(|(path, _)| !new.contains_key(*path)) {
        if is_as_written(site, path, *digest) {
            remove_with_empty_parents(site, path)?;
        }
    }
    write_list(&list, &new)?;
    step::remove_dir_all(&staged).map_err(at(&staged))
}

/// Keeps other runs from writing the next entry of a ledger, which is as it was when it was read, and can be written.
fn lock_ledger(
    content: &Path,
    project: &Project,
    entry: &Path,
    change: Ledger,
) -> Result<fs::File, Error> {
    // A file that every book has: another one would be among the entries.
    let file = fs::File::open(content.join("handbook.toml")).and_then(try_lock);
    let file = file.map_err(at(entry))?;
    let (now, _) = load(content).map_err(|error| at(&error.path)(error.error))?;
    let is_new = change == Ledger::Grows;
    if entry.exists() == is_new || entries(&now) != entries(project) {
        return Err(Error::because(
            entry,
            match change {
                Ledger::Grows => {
                    "another run has released an edition meanwhile; run `fascicle release` again"
                }
                Ledger::Stays => {
                    "the ledger has changed meanwhile; run `fascicle release --again` once more"
                }
            },
        ));
    }
    if is_new {
        let mut above = entry.ancestors().skip(1);
        let above = above.find(|above| above.exists()).unwrap_or(content);
        can_change(above).map_err(at(entry))?;
    }
    Ok(file)
}

/// The entries of the ledger.
fn entries(project: &Project) -> Vec<&Source> {
    let sources = project.sources.iter();
    sources
        .filter(|source| source.path.starts_with("releases/"))
        .collect()
}

/// Fails if there is something in the folder of an edition that no run wrote: all that is neither a list nor named by it.
fn reject_foreign_files(folder: &Path) -> Result<(), Error> {
    if !folder.exists() {
        return Ok(());
    }
    let listed = read_list(&folder.join("SHA256SUMS"))?;
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !LISTS.contains(&name.as_str()) && !listed.contains_key(&name) {
            let why = "it is not part of a release: move it elsewhere";
            return Err(Error::because(&entry.path(), why));
        }
    }
    Ok(())
}

/// Editions among the releases that are newer than the last one and have no entry: a run was interrupted while it made
/// them, or the ledger here is an older one.
pub(crate) fn unrecorded(out: &Path, last: Edition) -> Vec<Edition> {
    let mut editions: Vec<Edition> = (names(&out.join(RELEASES)).iter())
        .filter_map(|name| Edition::parse(name))
        .filter(|edition| *edition > last)
        .collect();
    editions.sort_unstable();
    editions
}

/// The names in a folder, in no order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.collect()
}
