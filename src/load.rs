//! Disk → [`Project`]: the only reader of the content folder.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, SourceId, Span};
use crate::text::{is_forbidden, shown};

/// The files of a handbook, read once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Project {
    /// `handbook.toml`, `glossary.toml`, `labels.toml`, `retractions.toml`, the ledger and every Markdown file, sorted by path.
    pub sources: Vec<Source>,
    /// Every PNG, JPEG and SVG, by path below the content folder.
    pub images: BTreeMap<String, Vec<u8>>,
    /// Every font below `fonts/`, by path below the content folder.
    pub fonts: BTreeMap<String, Arc<Vec<u8>>>,
    /// The paths of all other files, sorted.
    pub others: Vec<String>,
}

/// A file or folder that cannot be read.
#[derive(Debug)]
pub struct LoadError {
    /// Which one.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read `{}`: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for LoadError {}

/// The largest file of Markdown: some 150,000 words, three books of the usual length.
const MAX_TEXT: usize = 1 << 20;

/// The largest file of TOML, but for those of the ledger, which grow with the book.
const MAX_TABLE: usize = 4 << 20;

/// The largest file that is read: spans count bytes in 32 bits, and a chapter is far smaller.
const MAX_FILE: u64 = 256 << 20;

/// The most bytes that all files have together: a book is held in memory, some parts of it several times.
const MAX_ALL: u64 = 1 << 30;

/// How many characters that are not text are reported for one file.
const MANY: usize = 1000;

/// The files of TOML that a book can have.
const TABLES: [&str; 4] = [
    "glossary.toml",
    "handbook.toml",
    "labels.toml",
    "retractions.toml",
];

/// What the paths of fonts begin with.
const FONTS: &str = "fonts/";

/// Reads all text, images and fonts below `root`.
///
/// Symbolic links are not followed, which is a finding, and names that begin with a dot are passed over. Text that
/// is not UTF-8 is a finding, too, not an error, so that it is reported with all others.
///
/// # Errors
///
/// A file or folder that the system does not let us read.
pub fn load(root: &Path) -> Result<(Project, Vec<Diagnostic>), LoadError> {
    let mut listing = DirectoryScan::default();
    list(root, "", &mut listing)?;
    listing.files.sort();
    listing.links.sort();
    let mut project = Project::default();
    let mut diagnostics: Vec<Diagnostic> = listing.links.iter().map(|path| linked(path)).collect();
    listing.strange.sort();
    diagnostics.extend(listing.strange.iter().map(|path| strange(path)));
    listing.unnameable.sort();
    diagnostics.extend(listing.unnameable.iter().map(|path| unnameable(path)));
    diagnostics.extend(clashes(&listing.files));
    let mut reader = Reader {
        root,
        left: MAX_ALL,
    };
    for path in listing.files {
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("md") => text(&mut reader, path, &mut project, &mut diagnostics)?,
            Some("toml") if is_known(&path) => {
                text(&mut reader, path, &mut project, &mut diagnostics)?;
            }
            Some("svg") => {
                let bytes = without_doctype(with_unix_ends(reader.read(&path)?));
                project.images.insert(path, bytes);
            }
            Some("png" | "jpg" | "jpeg") => {
                let bytes = reader.read(&path)?;
                project.images.insert(path, bytes);
            }
            Some("ttf" | "otf") if path.starts_with(FONTS) => {
                let bytes = reader.read(&path)?;
                project.fonts.insert(path, Arc::new(bytes));
            }
            // The text of their licence.
            Some("txt") if path.starts_with(FONTS) => {}
            _ if is_litter(&path) => {}
            _ => project.others.push(path),
        }
    }
    Ok((project, diagnostics))
}

/// The TOML files that a handbook has.
fn is_known(path: &str) -> bool {
    let entry = path.strip_prefix("releases/");
    TABLES.contains(&path) || entry.is_some_and(|name| !name.contains('/'))
}

/// What systems and editors leave in folders.
fn is_litter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_autosave = name.starts_with('#') && name.ends_with('#');
    matches!(name, "Thumbs.db" | "desktop.ini") || name.ends_with('~') || is_autosave
}

/// Whether a file or folder of that name is never read: what is hidden, and what systems and editors leave in folders.
pub(crate) fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || is_litter(name)
}

fn text(
    reader: &mut Reader<'_>,
    path: String,
    project: &mut Project,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), LoadError> {
    let bytes = reader.read(&path)?;
    let id = SourceId(u32::try_from(project.sources.len()).unwrap_or(u32::MAX));
    let strange = too_long(&path, bytes.len()).or_else(|| no_text_at_all(&path, &bytes));
    if let Some((what, help)) = strange {
        diagnostics.push(Diagnostic::new(
            Code::NotText,
            Span::new(id, 0..0),
            what,
            help,
        ));
        let text = String::new();
        project.sources.push(Source { path, text });
        return Ok(());
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => plain(&text),
        Err(error) => {
            let (before, _) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
            let at = plain(&String::from_utf8_lossy(before)).len();
            diagnostics.push(not_utf8(id, at));
            plain(&String::from_utf8_lossy(error.as_bytes()))
        }
    };
    let text = without_controls(id, text, diagnostics);
    let text = with_line_ends(id, text, diagnostics);
    diagnostics.extend(conflict(id, &path, &text));
    project.sources.push(Source { path, text });
    Ok(())
}

/// A text without a byte order mark, which is no text, and with the line ends of Unix: Windows ends lines with two
/// characters, and a book does not depend on where it was checked out.
fn plain(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n")
}

fn not_utf8(id: SourceId, at: usize) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidUtf8,
        Span::new(id, at..at + char::REPLACEMENT_CHARACTER.len_utf8()),
        "this file is not UTF-8",
        "save the file with the encoding UTF-8 and type this character again",
    )
    .label("the first byte that is not UTF-8")
}

/// What a file is whose bytes are no text in UTF-8 at all, and what to do.
fn no_text_at_all(path: &str, bytes: &[u8]) -> Option<(String, String)> {
    const KINDS: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "a Word file or an archive"),
        (b"\xd0\xcf\x11\xe0", "a Word file"),
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "a text with formats (RTF)"),
        (b"\x89PNG", "a picture"),
    ];
    let is_utf16 = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        // Every second byte of Latin letters is nothing.
        [first, 0, third, 0, ..] => *first != 0 && *third != 0,
        [0, second, 0, fourth, ..] => *second != 0 && *fourth != 0,
        _ => false,
    };
    if is_utf16 {
        return Some((
            "this file is saved as UTF-16, which Windows calls Unicode".to_owned(),
            "save it as UTF-8: in Notepad, \"Save as\", then \"Encoding\"".to_owned(),
        ));
    }
    let (_, kind) = KINDS.iter().find(|(start, _)| bytes.starts_with(start))?;
    Some((
        format!("this is {kind}, and no text"),
        format!("copy its text into a new file, and save that as plain text in UTF-8 as `{path}`"),
    ))
}

/// What is wrong with a text of so many bytes, and what to do. A text takes many times its bytes while it is read, so that
/// one that nobody wrote by hand could fill the memory.
fn too_long(path: &str, bytes: usize) -> Option<(String, String)> {
    let most = match path.rsplit_once('.') {
        _ if path.starts_with("releases/") => return None,
        Some((_, "toml")) => MAX_TABLE,
        Some(_) | None => MAX_TEXT,
    };
    let (most, has) = (most >> 20, bytes.div_ceil(1 << 20));
    (bytes > most << 20).then(|| {
        (
            format!("this file has {has} MiB; a file of text may have {most} MiB"),
            "split it into several files, or remove what does not belong here".to_owned(),
        )
    })
}

/// What git leaves where two people changed the same lines.
fn conflict(id: SourceId, path: &str, text: &str) -> Option<Diagnostic> {
    let mut start = 0;
    let mut first = None;
    for line in text.split_inclusive('\n') {
        let place = start..start + line.trim_end().len();
        start += line.len();
        match first.clone() {
            None if line.starts_with("<<<<<<< ") => first = Some(place),
            Some(first) if line.starts_with(">>>>>>> ") => {
                let (message, help) = of_conflict(path);
                let found =
                    Diagnostic::new(Code::ConflictMarker, Span::new(id, first), message, help);
                let last = Span::new(id, place);
                return Some(found.label("begins here").related(last, "ends here"));
            }
            _ => {}
        }
    }
    None
}

/// What a conflict is, and how it ends.
fn of_conflict(path: &str) -> (&'static str, &'static str) {
    // An entry of the ledger is sealed: it can only be kept or not.
    match path.starts_with("releases/") {
        true => (
            "two people released this edition, and git left both entries here",
            "keep the entry of the edition that readers have, with `git checkout --ours` or `--theirs` and this file; `fascicle \
             release` then makes the next edition of what the other one had",
        ),
        false => (
            "two people changed this, and git left both versions here",
            "keep one of the two, or parts of both, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`",
        ),
    }
}

/// The bytes with the line ends of Unix. An SVG is text, and git may check it out on Windows with those of Windows: the
/// digest of the book, and the EPUB, must not depend on it.
fn with_unix_ends(bytes: Vec<u8>) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut rest = bytes.into_iter().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&b'\n') {
            kept.push(byte);
        }
    }
    kept
}

/// A drawing without its DOCTYPE, which many programs write and none needs: it names a file elsewhere. One that defines
/// something itself is kept, to be refused.
fn without_doctype(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return bytes;
    };
    let root = text.find("<svg").unwrap_or(text.len());
    let start = text[..root].find("<!DOCTYPE");
    let declaration = start.and_then(|start| {
        let end = start + text[start..root].find('>')? + 1;
        (!text[start..end].contains('[')).then_some(start..end)
    });
    match declaration {
        Some(range) => [&bytes[..range.start], &bytes[range.end..]].concat(),
        None => bytes,
    }
}

/// Reports characters that are not text at their places, and puts blanks of the same length there,
/// so that every other place stays where it is.
fn without_controls(id: SourceId, text: String, diagnostics: &mut Vec<Diagnostic>) -> String {
    if !text.chars().any(is_forbidden) {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut reported = 0;
    for (at, character) in text.char_indices() {
        if !is_forbidden(character) {
            clean.push(character);
            continue;
        }
        let length = character.len_utf8();
        reported += 1;
        if reported <= MANY {
            diagnostics.push(no_text(id, at, character));
        }
        clean.push(match length {
            1 => ' ',
            2 => '\u{a0}',
            _ => char::REPLACEMENT_CHARACTER,
        });
    }
    clean
}

fn no_text(id: SourceId, at: usize, character: char) -> Diagnostic {
    let code = u32::from(character);
    Diagnostic::new(
        Code::ControlCharacter,
        Span::new(id, at..at + character.len_utf8()),
        format!("the character U+{code:04X} is not text"),
        "delete it; it often comes along when text is copied from another program",
    )
    .label("invisible, but here")
}

/// Reports lines that end with a carriage return alone, as on computers before 2001, and ends them as others do.
fn with_line_ends(id: SourceId, text: String, diagnostics: &mut Vec<Diagnostic>) -> String {
    let alone = |(at, _): &(usize, &str)| text.as_bytes().get(at + 1) != Some(&b'\n');
    let returns: Vec<usize> = (text.match_indices('\r').filter(alone))
        .map(|(at, _)| at)
        .collect();
    let Some(first) = returns.first() else {
        return text;
    };
    diagnostics.push(Diagnostic::new(
        Code::LineEnds,
        Span::new(id, *first..*first),
        "this line ends with a carriage return alone",
        "save the file with line ends of Unix (LF) or Windows (CRLF)",
    ));
    let mut bytes = text.into_bytes();
    for at in returns {
        bytes[at] = b'\n';
    }
    // One ASCII byte replaces another.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Reads files, until all of them have too many bytes.
struct Reader<'a> {
    root: &'a Path,
    /// How many bytes there may still be.
    left: u64,
}

impl Reader<'_> {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, LoadError> {
        let path = self.root.join(path);
        match read_file(&path, MAX_FILE.min(self.left)) {
            Ok(bytes) => {
                self.left -= bytes.len() as u64;
                Ok(bytes)
            }
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                let message = match self.left < MAX_FILE {
                    true => "with it, the files of the book have more than 1 GiB",
                    false => "the file is larger than 256 MiB",
                };
                let error = io::Error::other(message);
                Err(LoadError { path, error })
            }
            Err(error) => Err(LoadError { path, error }),
        }
    }
}

/// Reads a file of at most `most` bytes.
///
/// What was a file when its folder was listed may be something else by now. So it is opened once, without following a
/// link and without waiting, and then the opened file is asked what it is.
///
/// # Errors
///
/// [`io::ErrorKind::FileTooLarge`] for more bytes; what is no file, or what the system does not let us read.
pub(crate) fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let too_large = || io::Error::from(io::ErrorKind::FileTooLarge);
    if metadata.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // It may grow while it is read.
    file.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(too_large()),
        false => Ok(bytes),
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn open(path: &Path) -> io::Result<fs::File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn open(path: &Path) -> io::Result<fs::File> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("it is a link"));
    }
    fs::File::open(path)
}

/// What a folder holds, as paths with `/` between their parts.
#[derive(Debug, Default)]
struct DirectoryScan {
    files: Vec<String>,
    /// Symbolic links: to follow them could lead out of the folder, or round in a ring.
    links: Vec<String>,
    /// What is neither file nor folder: to read a pipe could take for ever.
    strange: Vec<String>,
    /// What has a name that cannot be typed, as it is shown.
    unnameable: Vec<String>,
}

/// Collects what is below `folder`.
fn list(folder: &Path, prefix: &str, listing: &mut DirectoryScan) -> Result<(), LoadError> {
    let fail = |error| LoadError {
        path: folder.to_owned(),
        error,
    };
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let name = match name.into_string() {
            Ok(name) if shown(&name) == name => name,
            Ok(name) => {
                let shown = shown(&name);
                listing.unnameable.push(format!("{prefix}{shown}"));
                continue;
            }
            Err(name) => {
                let shown = name.to_string_lossy();
                listing.unnameable.push(format!("{prefix}{shown}"));
                continue;
            }
        };
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().map_err(fail)?;
        if kind.is_dir() {
            list(&entry.path(), &format!("{path}/"), listing)?;
        } else if kind.is_file() {
            listing.files.push(path);
        } else if kind.is_symlink() {
            listing.links.push(path);
        } else {
            listing.strange.push(path);
        }
    }
    Ok(())
}

fn linked(path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SymbolicLink,
        Span::NOWHERE,
        format!("`{path}` is a symbolic link, and was ignored"),
        "replace it with the file or the folder itself",
    )
}

fn strange(path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SymbolicLink,
        Span::NOWHERE,
        format!("`{path}` is neither a file nor a folder, and was ignored"),
        "put a file there",
    )
}

fn unnameable(path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidName,
        Span::NOWHERE,
        format!("the name of `{path}` has characters that are not text"),
        "rename it: lower-case letters a to z, digits, and single hyphens between words",
    )
}

/// Files whose paths differ in capitals alone: on many systems, one would take the place of the other.
fn clashes(files: &[String]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for path in files {
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            found.push(Diagnostic::new(
                Code::CaseClash,
                Span::NOWHERE,
                format!("`{other}` and `{path}` differ only in capitals"),
                "rename one of them; Windows and macOS can keep only one of the two",
            ));
        }
    }
    found
}
