//! `fascicle release`: a new edition, if the content changed: its files, the download site, and last the ledger.

use std::fs::{self, File as Disk, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::verify::other_making;
use super::{Characters, Checked, Outcome, apart, content_folder, read};
use crate::assemble;
use crate::diagnostic::has_errors;
use crate::digest::sha256;
use crate::disk::{List, can_change, move_file, read_list, take_away};
use crate::ledger;
use crate::load::{Project, load};
use crate::model::Date;
use crate::model::ledger::{Edition, LedgerEntry, Previous, Release};
use crate::outputs::{BuildOptions, Failure, outputs, released};
use crate::product::{RELEASES, SITE};
use crate::release::canon::squeezed;
use crate::release::files;
use crate::release::{difference, edition, notes};
use crate::render::File;
use crate::render::site::{self, SiteInput};
use crate::render::typst::can_set;
use crate::source::Source;
use crate::text::is_forbidden;
use crate::ui::{self, Ui};

/// What is wanted of a release.
#[derive(Debug)]
pub(crate) struct ReleaseOptions {
    /// The content folder, if it was named.
    pub(crate) content: Option<PathBuf>,
    /// Folder for the outputs.
    pub(crate) out: PathBuf,
    /// The day, if not today.
    pub(crate) date: Option<Date>,
    /// The number, if it is to be greater than what changed asks for.
    pub(crate) edition: Option<Edition>,
    /// A sentence by the editor; may be empty.
    pub(crate) note: String,
    /// Whether only to say what would be released.
    pub(crate) dry_run: bool,
    /// Where the site will be, if that is known.
    pub(crate) website: Option<String>,
    /// Where the files of earlier editions are, with `{edition}` for the number.
    pub(crate) downloads: Option<String>,
}

/// Releases a content folder.
pub(crate) fn release(ui: &Ui, options: &ReleaseOptions) -> Outcome {
    match run(ui, options) {
        Ok(outcome) => outcome,
        Err(message) => {
            ui::error(&format!("error: {message}"));
            Outcome::Fault
        }
    }
}

fn run(ui: &Ui, options: &ReleaseOptions) -> Result<Outcome, String> {
    let folder = content_folder(options.content.as_deref())?;
    apart(&folder, &options.out)?;
    // What a link leads to was not read.
    let ledger = folder.join("releases");
    if ledger.is_symlink() || (ledger.exists() && !ledger.is_dir()) {
        return Err(format!(
            "`{}` is not a folder: put the one with the ledger itself there",
            ledger.display()
        ));
    }
    let mut checked = read(ui, &folder, Characters::OfFonts)?;
    ui.diagnostics(&checked.diagnostics, &checked.shown());
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    let Some(mut release) = next(&checked, options)? else {
        let last = ledger::last(&checked.draft.releases).map(|entry| &entry.release);
        if let Some(last) = last {
            let Release { edition, date, .. } = last;
            let text =
                format!("the content is that of edition {edition} of {date}: nothing to release");
            ui.result(&text);
            for sentence in other_making(&checked.inventory, last) {
                ui.result(&sentence);
            }
            let releases = options.out.join(RELEASES);
            for edition in unrecorded(&releases, last.edition) {
                ui.result(&format!(
                    "edition {edition} lies in `{}`, but not in the ledger: if its release was ended before its end, the \
                     site may lead to it until the next one",
                    releases.display()
                ));
            }
        }
        return Ok(Outcome::Done);
    };
    if let Some(character) = unprintable(&release.note) {
        let code = u32::from(character);
        return Err(format!(
            "no book can show the character U+{code:04X} of `--note`: take it out"
        ));
    }
    let new = checked.reissue(ui, release.statement());
    ui.diagnostics(&new, &checked.shown());
    if has_errors(&new) {
        return Ok(Outcome::Errors);
    }
    let language = checked.draft.handbook.language.value.clone();
    let told = assemble::notes(&language, &release.statement());
    let Release { edition, date, .. } = &release;
    if options.dry_run {
        ui.result(&format!(
            "Edition {edition}, {date}\n\n{}",
            notes::text(&told).trim_end()
        ));
        return Ok(Outcome::Done);
    }
    let mut made = match outputs(ui, checked.input(), &BuildOptions::released()) {
        Ok(made) => released(made, &checked.draft.handbook, *edition),
        Err(Failure::Content(diagnostics)) => {
            ui.diagnostics(&diagnostics, &checked.shown());
            return Ok(Outcome::Errors);
        }
        Err(Failure::Program(message)) => return Err(message),
    };
    release.artifacts = files::artifacts(&made);
    made.extend(files::lists(&checked.draft.handbook, &release, &told));
    publish(ui, options, &folder, &checked, &release, &made).map_err(unwritable)?;
    Ok(Outcome::Done)
}

/// The first character of a note that XML forbids or no font has.
fn unprintable(note: &str) -> Option<char> {
    let mut characters = note.chars();
    characters.find(|character| is_forbidden(*character) || !can_set(*character))
}

/// The release to make, without its files; `None` if the content is that of the last one, and no other number is wanted.
fn next(checked: &Checked, options: &ReleaseOptions) -> Result<Option<Release>, String> {
    let draft = &checked.draft;
    let last = ledger::last(&draft.releases);
    let changes = last.map_or_else(Vec::new, |last| {
        difference(&last.release.inventory, &checked.inventory)
    });
    let computed = match last {
        Some(last) => edition::next(last.release.edition, &changes),
        None => Edition {
            edition: 0,
            revision: 0,
            correction: 1,
        },
    };
    let wanted = match last {
        Some(_) => computed.max(draft.handbook.edition.unwrap_or(computed)),
        None => draft.handbook.edition.unwrap_or(Edition::FIRST),
    };
    let number = options.edition.unwrap_or(wanted);
    if number < computed {
        let reason = match last {
            Some(last) => format!(
                "what changed since {} asks for {computed}",
                last.release.edition
            ),
            None => "numbers begin with 0.0.1".to_owned(),
        };
        return Err(format!(
            "edition {number} is too low: {reason}; leave out `--edition`, or raise it"
        ));
    }
    if last.is_some_and(|last| last.release.edition == number) {
        return Ok(None);
    }
    // What the ledger could not be read with again is not written into it.
    if Edition::parse(&number.to_string()).is_none() {
        return Err(format!(
            "edition {number} has a number above 999999: raise the one before it, as in `--edition {}.0.0`",
            number.edition.saturating_add(1).min(999_999)
        ));
    }
    let date = match options.date {
        Some(date) => date,
        None => today()?,
    };
    // The ledger never goes back: a mistyped year would be the day of every later edition.
    let latest = clock().and_then(|now| Date::of_epoch(now + YEAR));
    let sealed = last.is_some_and(|last| last.release.date >= date);
    if latest.is_some_and(|latest| date > latest) && !sealed {
        return Err(format!(
            "{date} is more than a year ahead of the clock of this machine: correct one of the two"
        ));
    }
    if let Some(Release {
        edition,
        date: before,
        ..
    }) = last.map(|last| &last.release)
        && date < *before
    {
        return Err(format!(
            "{date} is before {before}, the day of edition {edition}; write `--date {before}` or later"
        ));
    }
    Ok(Some(Release {
        edition: number,
        date,
        previous: last.map(previous),
        note: squeezed(&options.note),
        changes,
        inventory: checked.inventory.clone(),
        artifacts: Vec::new(),
    }))
}

fn previous(entry: &LedgerEntry) -> Previous {
    Previous {
        edition: entry.release.edition,
        digest: entry.digest,
    }
}

/// The day, in Greenwich, of `SOURCE_DATE_EPOCH`, or else of the clock.
fn today() -> Result<Date, String> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().ok(),
        Err(std::env::VarError::NotUnicode(_)) => None,
        Err(std::env::VarError::NotPresent) => clock(),
    };
    let date = seconds.and_then(Date::of_epoch);
    date.ok_or_else(|| {
        "`SOURCE_DATE_EPOCH` is not a number of seconds since 1970: correct or unset it, or give the day with `--date`"
            .to_owned()
    })
}

/// A year in seconds.
const YEAR: u64 = 366 * 86_400;

/// Seconds since 1970, if the clock of the machine can be believed at all.
fn clock() -> Option<u64> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the day of a release, unless it is given"
    )]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(since.as_secs())
}

/// A place on the disk, and why it could not be written.
type Unwritten = (PathBuf, io::Error);

fn unwritable((path, error): Unwritten) -> String {
    format!("cannot write `{}`: {error}", path.display())
}

/// Writes the files, the site and last the ledger. Each appears as a whole or not at all; without its entry in the
/// ledger, a folder is no release, and the next run puts another in its place.
fn publish(
    ui: &Ui,
    options: &ReleaseOptions,
    content: &Path,
    checked: &Checked,
    release: &Release,
    made: &[File],
) -> Result<(), Unwritten> {
    let number = release.edition.to_string();
    let releases = options.out.join(RELEASES);
    let folder = releases.join(&number);
    let entry = content.join("releases").join(format!("{number}.toml"));
    // No other run takes the next place in the ledger, wherever it writes its files.
    let next = lock_ledger(content, checked, &entry)?;
    // A build would move the folder meanwhile.
    let alone = crate::disk::lock(&options.out)?;
    let lock = lock(&releases)?;
    ui.stage("write", || replace(&folder, made))?;
    let entries = checked.draft.releases.iter().map(|entry| &entry.release);
    let all = entries.chain([release]).collect();
    let site = renew_site(ui, options, checked, all)?;
    write_entry(&entry, &ledger::text(release))?;
    drop((lock, alone, next));
    for (name, _) in made {
        ui.result(&folder.join(name).display().to_string());
    }
    ui.result(&site.join("index.html").display().to_string());
    ui.result(&entry.display().to_string());
    Ok(())
}

/// Makes the site of `all` releases, the newest of which lies in its folder. Returns the folder of the site.
fn renew_site(
    ui: &Ui,
    options: &ReleaseOptions,
    checked: &Checked,
    all: Vec<&Release>,
) -> Result<PathBuf, Unwritten> {
    let releases = options.out.join(RELEASES);
    let newest = all.iter().max_by_key(|release| release.edition);
    let input = SiteInput {
        handbook: &checked.draft.handbook,
        website: options.website.as_deref(),
        downloads: options.downloads.as_deref(),
        kept: kept(&releases),
        cover: newest.and_then(|newest| cover(&releases, newest)),
        releases: all,
    };
    let site = options.out.join(SITE);
    ui.stage("site", || {
        let mut pages = site::site(&input);
        for (edition, name) in site::copies(&input) {
            let path = releases.join(&edition).join(&name);
            let bytes = fs::read(&path).map_err(at(&path))?;
            let artifacts = input.releases.iter().flat_map(|it| &it.artifacts);
            if (artifacts.filter(|it| it.name == name)).any(|it| it.digest != sha256(&bytes)) {
                let why = "it is not as it was released: take it back from a copy, or remove it";
                return Err((path, io::Error::other(why)));
            }
            pages.push((format!("editions/{edition}/{name}"), bytes));
        }
        // Files before the feeds, and those before the page that leads to them.
        pages.reverse();
        renew(&options.out, &site, &pages)
    })?;
    Ok(site)
}

/// Editions that lie among the releases, are newer than the last one and have no entry: a run was ended while it made
/// them, or the ledger here is an older one.
fn unrecorded(releases: &Path, last: Edition) -> Vec<Edition> {
    let mut editions: Vec<Edition> = (names(releases).iter())
        .filter_map(|name| Edition::parse(name))
        .filter(|edition| *edition > last)
        .collect();
    editions.sort_unstable();
    editions
}

/// Keeps other runs from writing below `releases` at the same time; the lock goes with the run, however that ends.
fn lock(releases: &Path) -> Result<Disk, Unwritten> {
    let path = releases.join(".lock");
    let locked = fs::create_dir_all(releases)
        .and_then(|()| Disk::create(&path))
        .and_then(alone);
    locked.map_err(at(&path))
}

/// Keeps other runs from writing the next entry of a ledger, which is as it was when it was read, and can be written.
fn lock_ledger(content: &Path, checked: &Checked, entry: &Path) -> Result<Disk, Unwritten> {
    // A file that every book has: another one would lie among the entries.
    let path = content.join("handbook.toml");
    let file = Disk::open(&path).and_then(alone).map_err(at(&path))?;
    let (now, _) = load(content).map_err(|error| (error.path, error.error))?;
    let entries = |project: &Project| -> Vec<Source> {
        let sources = project.sources.iter();
        let entries = sources.filter(|source| source.path.starts_with("releases/"));
        entries.cloned().collect()
    };
    if entry.exists() || entries(&now) != entries(&checked.project) {
        let why = "another run has released an edition meanwhile; run `fascicle release` again";
        return Err((entry.to_owned(), io::Error::other(why)));
    }
    let mut above = entry.ancestors().skip(1);
    let above = above.find(|above| above.exists()).unwrap_or(content);
    can_change(above).map_err(at(entry))?;
    Ok(file)
}

fn alone(file: Disk) -> io::Result<Disk> {
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(io::Error::other("another release is being written")),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The cover of an edition, if its EPUB lies in its folder and has one.
fn cover(releases: &Path, release: &Release) -> Option<Vec<u8>> {
    let mut names = release.artifacts.iter().map(|artifact| &artifact.name);
    let epub = names.find(|name| Path::new(name).extension().is_some_and(|it| it == "epub"))?;
    let path = releases.join(release.edition.to_string()).join(epub);
    let mut archive = zip::ZipArchive::new(Disk::open(path).ok()?).ok()?;
    let mut picture = archive.by_name("OEBPS/cover.png").ok()?;
    let mut bytes = Vec::new();
    picture.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The files of every edition that lie in the folder of releases.
fn kept(releases: &Path) -> Vec<(String, String)> {
    let mut kept = Vec::new();
    for edition in names(releases) {
        let files = names(&releases.join(&edition));
        kept.extend(files.into_iter().map(|name| (edition.clone(), name)));
    }
    kept
}

/// What lies in a folder, in no order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.collect()
}

/// Puts a folder with `files` in the place of `folder`, which no entry of the ledger speaks of yet: written beside it,
/// then renamed. What a killed run left there goes; what is somebody else's is in the way.
fn replace(folder: &Path, files: &[File]) -> Result<(), Unwritten> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let beside = beside(folder);
    let old = folder.with_file_name(format!(".{name}.old"));
    ours(folder)?;
    remove(&old)?;
    prepare(&beside, files, write)?;
    if folder.exists() {
        fs::rename(folder, &old).map_err(at(folder))?;
    }
    fs::rename(&beside, folder).map_err(at(folder))?;
    remove(&old)
}

/// Whether all that lies in the folder of a release was written by runs.
fn ours(folder: &Path) -> Result<(), Unwritten> {
    match foreign(folder).map_err(at(folder))? {
        None => Ok(()),
        Some(path) => {
            let why = "it is not part of a release: move it elsewhere";
            Err((path, io::Error::other(why)))
        }
    }
}

/// What lies in the folder of a release that no run wrote: all that is neither a list nor on that of its files.
fn foreign(folder: &Path) -> io::Result<Option<PathBuf>> {
    if !folder.exists() {
        return Ok(None);
    }
    let listed = read_list(&folder.join("SHA256SUMS"));
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !files::LISTS.contains(&name.as_str()) && !listed.contains_key(&name) {
            return Ok(Some(entry.path()));
        }
    }
    Ok(None)
}

/// The list of the files of the site that were written, below the folder of all outputs.
const SITE_LIST: &str = ".fascicle/site";

/// Gives a folder that is read all the time new `files`: written beside it, then each renamed to its place, in their
/// order; last, what earlier runs wrote and is not among them goes. At no moment a file is missing that was there and
/// stays, and nothing of somebody else's goes.
fn renew(out: &Path, folder: &Path, files: &[File]) -> Result<(), Unwritten> {
    let beside = beside(folder);
    let list = out.join(SITE_LIST);
    let new: List = (files.iter())
        .map(|(name, bytes)| (name.clone(), sha256(bytes)))
        .collect();
    let old = read_list(&list);
    // What the site holds lies in the releases, too, and is safe there.
    prepare(&beside, files, |path, bytes| fs::write(path, bytes))?;
    // A run that is killed from now on leaves no file that the next one does not know.
    let mut both = old.clone();
    both.extend(new.clone());
    write_list(&list, &both)?;
    for (name, _) in files {
        let place = folder.join(name);
        let parent = place.parent().unwrap_or(folder);
        let moved = fs::create_dir_all(parent).and_then(|()| move_file(&beside.join(name), &place));
        moved.map_err(at(&place))?;
    }
    for (name, digest) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        if fs::read(folder.join(name)).is_ok_and(|bytes| sha256(&bytes) == *digest) {
            take_away(folder, name)?;
        }
    }
    write_list(&list, &new)?;
    remove(&beside)
}

fn write_list(path: &Path, list: &List) -> Result<(), Unwritten> {
    let beside = path.with_extension("new");
    let lines = (list.iter()).map(|(name, digest)| format!("{digest}  {name}\n"));
    let lines: Vec<String> = lines.collect();
    let written = fs::write(&beside, lines.concat()).and_then(|()| fs::rename(&beside, path));
    written.map_err(at(path))
}

/// Where a folder is written before it takes its place.
fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.new"))
}

/// Writes `files` into a new folder.
fn prepare(
    folder: &Path,
    files: &[File],
    write: impl Fn(&Path, &[u8]) -> io::Result<()>,
) -> Result<(), Unwritten> {
    remove(folder)?;
    let written = files.iter().try_for_each(|(path, bytes)| {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        let written = fs::create_dir_all(parent).and_then(|()| write(&path, bytes));
        written.map_err(at(&path))
    });
    if written.is_err() {
        // What could not be written takes no room; that it is left behind is no further fault.
        let _ = fs::remove_dir_all(folder);
    }
    written
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Unwritten {
    let path = path.to_owned();
    move |error| (path, error)
}

fn remove(folder: &Path) -> Result<(), Unwritten> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err((folder.to_owned(), error)),
        _ => Ok(()),
    }
}

/// Writes an entry of the ledger beside its place, then renames it.
fn write_entry(path: &Path, text: &str) -> Result<(), Unwritten> {
    let folder = path.parent().unwrap_or(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.new"));
    let written = fs::create_dir_all(folder)
        .and_then(|()| write(&beside, text.as_bytes()))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| (path.to_owned(), error))
}

/// Writes a file through to the disk, so that a name never stands for less than was written.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Disk::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
