//! The pictures of a book: of what type they are, and whether they move.

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
