//! The pictures of a book: which it shows, of what type they are, and whether they move.

use crate::model::book::{Block, Book, Section};

/// The pictures of a book, each once, in reading order.
pub(super) fn shown(book: &Book) -> Vec<&str> {
    let mut found = Vec::new();
    for block in book.sections.iter().flat_map(Section::all_blocks) {
        if let Block::Figure { path, .. } = block
            && !found.contains(&path.as_str())
        {
            found.push(path);
        }
    }
    found
}

/// The media type of a picture, by the ending of its name.
pub(super) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => "image/jpeg",
    }
}

/// Whether a picture can move: an animated PNG, or a drawing with animations.
pub(super) fn moves(bytes: &[u8]) -> bool {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => has(b"acTL"),
        [0xff, 0xd8, ..] => false,
        _ => has(b"<animate") || has(b"<set") || has(b"animation"),
    }
}
