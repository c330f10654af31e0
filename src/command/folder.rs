//! Which folder holds the book: the one that was named, or the nearest; or where it is, if another was named.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{list, nearest};
use crate::load::is_passed_over;
use crate::model::content::{HANDBOOK, is_misnamed_handbook};

/// How many folders below the one that was named are looked through, level by level, and how many levels.
const MOST: usize = 2000;
const LEVELS: usize = 3;

/// How the folder is named on the command line.
#[derive(Debug, Clone, Copy)]
enum Naming {
    /// By its name alone.
    Plain,
    /// Behind `--content`.
    Option,
}

impl Naming {
    /// The folder of a book, as it is typed.
    fn typed(self, folder: &Path) -> String {
        match self {
            Self::Plain => folder.display().to_string(),
            Self::Option => format!("--content {}", folder.display()),
        }
    }
}

/// The folder with `handbook.toml`: the one named, or the nearest `content/` or folder above.
pub(crate) fn content_folder(named: Option<&Path>) -> Result<PathBuf, String> {
    folder(named, Naming::Plain)
}

/// The same, for a command that has it behind `--content`.
pub(crate) fn content_option(named: Option<&Path>) -> Result<PathBuf, String> {
    folder(named, Naming::Option)
}

fn folder(named: Option<&Path>, naming: Naming) -> Result<PathBuf, String> {
    match named {
        Some(named) if named.is_dir() => of_folder(named, naming),
        Some(named) if named.exists() => Err(is_file(named)),
        Some(named) => Err(is_missing(named)),
        None => nearest_here(naming),
    }
}

/// The folder itself, or `content/` in it. Where neither has the handbook, but a folder above or below has, that one was meant.
fn of_folder(named: &Path, naming: Naming) -> Result<PathBuf, String> {
    let below = named.join("content");
    let both = [named, &below];
    let holds = both.iter().find(|folder| has_handbook(folder));
    let holds = holds.or_else(|| both.iter().find(|folder| has_misnamed(folder)));
    if let Some(folder) = holds {
        return Ok(folder.to_path_buf());
    }
    let whole = named.canonicalize().ok();
    let mut above = whole.iter().flat_map(|whole| whole.ancestors());
    let books = match above.find(|folder| has_book(folder)) {
        Some(above) => vec![shortest(above)],
        None => below_here(named),
    };
    match books.as_slice() {
        [] => Ok(named.to_owned()),
        books => Err(format!(
            "`{}` holds no `{HANDBOOK}`; {} in its place",
            named.display(),
            instead(books, naming)
        )),
    }
}

/// What to type, where books are in these folders.
fn instead(books: &[PathBuf], naming: Naming) -> String {
    let here = PathBuf::from(".");
    match books {
        [book] if is_here(book) => format!("the book is here: type `{}`", naming.typed(&here)),
        [book] => format!(
            "a book is in `{}`: type `{}`",
            book.display(),
            naming.typed(book)
        ),
        books => {
            let names: Vec<String> = books
                .iter()
                .map(|book| book.display().to_string())
                .collect();
            let names = list(names.iter().map(String::as_str));
            let how = match naming {
                Naming::Plain => "type one of them",
                Naming::Option => "type `--content` and one of them",
            };
            format!("there are books in {names}: {how}")
        }
    }
}

/// A whole path as seen from here, if it is below.
fn shortest(whole: &Path) -> PathBuf {
    let here = Path::new(".").canonicalize();
    let below = here.ok().and_then(|here| whole.strip_prefix(here).ok());
    or_here(below.unwrap_or(whole)).to_owned()
}

/// Whether this is the folder in which the command was given, or its `content/`.
fn is_here(book: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    let book = whole(book);
    book.is_some()
        && [".", "content"]
            .iter()
            .any(|here| whole(Path::new(here)) == book)
}

fn is_file(named: &Path) -> String {
    let mut above = named.ancestors().skip(1);
    let help = match above.find(|folder| has_handbook(or_here(folder))) {
        Some(folder) => format!(
            "type the folder of its book, `{}`",
            or_here(folder).display()
        ),
        None => format!("name the folder that holds `{HANDBOOK}`"),
    };
    format!("`{}` is a file: {help}", named.display())
}

fn is_missing(named: &Path) -> String {
    let beside = or_here(named.parent().unwrap_or(Path::new("")));
    let folders = folders(beside);
    let beside_it: Vec<String> = folders
        .iter()
        .map(|path| plain(path).display().to_string())
        .collect();
    let typed = named.display().to_string();
    let help = match nearest(&typed, beside_it.iter().map(String::as_str)) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => String::new(),
    };
    format!("there is no folder `{typed}`{help}")
}

/// The nearest `content/` or folder above with a handbook; or here with one of another name, which is reported then.
fn nearest_here(naming: Naming) -> Result<PathBuf, String> {
    let here = std::env::current_dir().map_err(|error| format!("no current folder: {error}"))?;
    let both = |folder: &Path| [folder.join("content"), folder.to_owned()];
    let mut candidates = here.ancestors().flat_map(both);
    let found = candidates.find(|folder| has_handbook(folder));
    let found = found.or_else(|| both(&here).into_iter().find(|folder| has_misnamed(folder)));
    if let Some(folder) = found {
        // Shown as short as it can be.
        let short = folder.strip_prefix(&here).map(Path::to_owned);
        return Ok(or_here(&short.unwrap_or(folder)).to_owned());
    }
    Err(match below_here(Path::new(".")).as_slice() {
        [] => {
            let folder = match naming {
                Naming::Plain => "fascicle build CONTENT",
                Naming::Option => "--content CONTENT",
            };
            format!("no `{HANDBOOK}` here or above; name the content folder: `{folder}`")
        }
        books => format!("no `{HANDBOOK}` here or above; {}", instead(books, naming)),
    })
}

fn has_handbook(folder: &Path) -> bool {
    folder.join(HANDBOOK).is_file()
}

/// Whether a folder, or `content/` in it, has a handbook.
pub(super) fn has_book(folder: &Path) -> bool {
    has_handbook(folder) || has_handbook(&folder.join("content"))
}

/// Whether a folder has a file that was meant to be the handbook, such as `handbook.toml.txt`.
fn has_misnamed(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.any(|name| is_misnamed_handbook(&name))
}

/// The nearest folders below that hold books, as one would type them.
fn below_here(folder: &Path) -> Vec<PathBuf> {
    let mut level = vec![folder.to_owned()];
    let mut looked = 0;
    for _ in 0..LEVELS {
        let next: Vec<PathBuf> = level.iter().flat_map(|folder| folders(folder)).collect();
        looked += next.len();
        if looked > MOST {
            break;
        }
        let books: Vec<PathBuf> = (next.iter())
            .filter(|folder| has_book(folder))
            .map(|folder| plain(folder))
            .collect();
        if !books.is_empty() {
            return books;
        }
        level = next;
    }
    Vec::new()
}

/// The folders in a folder by their names, but for hidden ones; links are not followed.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter(|entry| !is_passed_over(&entry.file_name().to_string_lossy()))
        .map(|entry| folder.join(entry.file_name()))
        .collect();
    folders.sort();
    folders
}

/// A path without `./` before it and `/` behind it.
fn plain(path: &Path) -> PathBuf {
    let path: PathBuf = path.components().collect();
    path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
}

/// A path, or `.` for an empty one.
fn or_here(path: &Path) -> &Path {
    match path.as_os_str().is_empty() {
        true => Path::new("."),
        false => path,
    }
}
