//! Two files compared byte by byte: where they differ, and in what part of the book that is.

use std::fmt;
use std::io::Read as _;
use std::ops::Range;

use super::archive;

/// Where two files differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The first byte that differs, from 0.
    pub offset: usize,
    /// The byte that is expected there, and the one that was found; `None` behind the end.
    pub bytes: (Option<u8>, Option<u8>),
    /// How many bytes differ, those that one file has more than the other among them.
    pub count: usize,
    /// The part of the book at that place, if it is known.
    pub place: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            offset,
            bytes,
            count,
            place,
        } = self;
        match bytes {
            (Some(wanted), Some(found)) => {
                write!(f, "byte {offset} is {found:#04x} instead of {wanted:#04x}")?;
            }
            (_, None) => {
                return write!(
                    f,
                    "it ends after {offset} bytes; {count} more should follow"
                );
            }
            (None, _) => {
                return write!(
                    f,
                    "it should end after {offset} bytes, but has {count} more"
                );
            }
        }
        if let Some(place) = place {
            write!(f, ", in {place}")?;
        }
        match count {
            1 => write!(f, "; all others are the same"),
            count => write!(f, "; {count} bytes differ in all"),
        }
    }
}

/// The first difference of `found` from `wanted`, if there is one.
#[must_use]
pub fn first_difference(wanted: &[u8], found: &[u8]) -> Option<Difference> {
    let pairs = wanted.iter().zip(found);
    let end = wanted.len().min(found.len());
    let offset = pairs.clone().position(|(a, b)| a != b).unwrap_or(end);
    let count = wanted.len().max(found.len()) - alike(wanted, found);
    (count > 0).then(|| Difference {
        offset,
        bytes: (wanted.get(offset).copied(), found.get(offset).copied()),
        count,
        place: place(wanted, offset),
    })
}

/// How many bytes are the same at the same place.
#[must_use]
pub fn alike(wanted: &[u8], found: &[u8]) -> usize {
    wanted.iter().zip(found).filter(|(a, b)| a == b).count()
}

/// The part of the book at a byte of a PDF or an EPUB.
fn place(bytes: &[u8], offset: usize) -> Option<String> {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => place_in_pdf(bytes, offset),
        [b'P', b'K', ..] => place_in_zip(bytes, offset),
        _ => None,
    }
}

/// The entry of an archive, or what is around them.
fn place_in_zip(bytes: &[u8], offset: usize) -> Option<String> {
    let offset = u64::try_from(offset).ok()?;
    let mut archive = archive::open(bytes)?;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).ok()?;
        let data = entry.data_start();
        // It may claim to have more bytes than there can be.
        let end = data.saturating_add(entry.compressed_size());
        if (entry.header_start()..data).contains(&offset) {
            return Some(format!("the header of the file `{}`", entry.name()));
        }
        if (data..end).contains(&offset) {
            return Some(format!("the file `{}`", entry.name()));
        }
    }
    Some("the list of files at the end of the archive".to_owned())
}

/// The object of a PDF (ISO 32000-1, 7.3.10), and what it is, by the names in its own dictionary.
fn place_in_pdf(bytes: &[u8], offset: usize) -> Option<String> {
    let (number, range) = object(bytes, offset)?;
    if !range.contains(&offset) {
        return Some("the table of objects at the end of the file".to_owned());
    }
    let text = bytes.get(range)?;
    let dictionary = match find(text, b"stream") {
        Some(end) => &text[..end],
        None => text,
    };
    let what = KINDS
        .iter()
        .find(|(mark, _)| find(dictionary, mark.as_bytes()).is_some());
    let what = what.map_or_else(String::new, |(_, what)| format!(", {what}"));
    Some(format!("object {number}{what}"))
}

/// Names in the dictionary of an object, and what it then is.
const KINDS: [(&str, &str); 7] = [
    ("/Type/Metadata", "the metadata: title, dates, edition"),
    (
        "/Type/ObjStm",
        "the structure, the links and the bookmarks, or some of them",
    ),
    ("/Type/XRef", "the table of objects"),
    ("/Type/CMap", "a font"),
    ("/CIDFontType", "a font"),
    ("/Subtype/Image", "a picture"),
    ("/Filter", "the text of a page, or part of a font"),
];

/// The number of the last object that begins at or before a byte, and its bytes.
fn object(bytes: &[u8], offset: usize) -> Option<(u32, Range<usize>)> {
    let before = bytes.get(..offset.saturating_add(1).min(bytes.len()))?;
    let mark = (0..before.len())
        .rev()
        .find(|at| before[*at..].starts_with(b" 0 obj"))?;
    let digits = before[..mark]
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit());
    let start = mark - digits.count();
    let number = std::str::from_utf8(&bytes[start..mark])
        .ok()?
        .parse()
        .ok()?;
    let end = find(&bytes[mark..], b"endobj").map_or(bytes.len(), |end| mark + end + 6);
    Some((number, start..end))
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

/// What a PDF or an EPUB says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its edition.
    pub edition: String,
    /// The digest of the content that it is made of, if it has one.
    pub content: Option<String>,
}

/// What is written in a PDF or an EPUB. Most programs that save it again leave that as it is.
#[must_use]
pub fn claim(bytes: &[u8]) -> Option<Claim> {
    if bytes.starts_with(b"PK") {
        let mut archive = archive::open(bytes)?;
        let mut package = String::new();
        let entry = archive.by_name("OEBPS/content.opf").ok()?;
        // As long as any package can be; a forged archive may claim to hold more than memory does.
        entry.take(64 << 20).read_to_string(&mut package).ok()?;
        let package = package.as_bytes();
        return Some(Claim {
            edition: between(package, b"\"schema:version\">", b"<")?,
            content: between(package, b"\"schema:sha256\">", b"<"),
        });
    }
    if !bytes.starts_with(b"%PDF") {
        return None;
    }
    let edition = between(bytes, b"edition ", b", content sha256 ")?;
    let start = format!("edition {edition}, content sha256 ");
    let at = find(bytes, start.as_bytes())? + start.len();
    let digest = bytes.get(at..at + 64);
    let digest = digest.filter(|digest| digest.iter().all(u8::is_ascii_hexdigit));
    let content = digest.map(|digest| String::from_utf8_lossy(digest).into_owned());
    Some(Claim { edition, content })
}

/// The text behind the first `start` that `end` follows soon.
fn between(bytes: &[u8], start: &[u8], end: &[u8]) -> Option<String> {
    let mut rest = bytes;
    while let Some(at) = find(rest, start) {
        rest = &rest[at + start.len()..];
        let near = &rest[..rest.len().min(80)];
        if let Some(length) = find(near, end) {
            // It is shown on a terminal.
            let claimed = String::from_utf8(near[..length].to_vec()).ok()?;
            return Some(claimed).filter(|claimed| !claimed.contains(char::is_control));
        }
    }
    None
}
