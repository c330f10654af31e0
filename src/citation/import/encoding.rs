//! Bytes → text: UTF-8, UTF-16, and what Windows and older programs write.

/// A text, and what is to be said of how it was read.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) remark: Option<&'static str>,
}

/// The text of a file, with line ends of Unix.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    if let Some(what) = binary(bytes) {
        return Err(format!(
            "this is {what}: export the articles as `.nbib` (PubMed), RIS, BibTeX or CSL-JSON"
        ));
    }
    let (text, remark) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => in_utf8(rest),
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes), None),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes), None),
        // Texts of these formats begin with a letter or a mark of ASCII.
        [first, 0, ..] if *first != 0 => (utf16(bytes, u16::from_le_bytes), None),
        [0, _, ..] => (utf16(bytes, u16::from_be_bytes), None),
        _ => in_utf8(bytes),
    };
    if text.contains('\0') {
        return Err(
            "this is no text: export the articles as `.nbib` (PubMed), RIS, BibTeX or CSL-JSON"
                .to_owned(),
        );
    }
    Ok(Decoded {
        text: text.replace("\r\n", "\n").replace('\r', "\n"),
        remark,
    })
}

/// What bytes are that are certainly no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 4] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "an archive or a Word file"),
        (b"\xd0\xcf\x11\xe0", "a Word or Excel file"),
        (b"SQLite format 3", "a database"),
    ];
    let kind = KINDS.iter().find(|(start, _)| bytes.starts_with(start));
    kind.map(|(_, what)| *what)
}

fn in_utf8(bytes: &[u8]) -> (String, Option<&'static str>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (
            bytes.iter().map(|byte| windows_1252(*byte)).collect(),
            Some(
                "the file is not UTF-8 and was read as Windows-1252 (Latin-1): look at letters with accents",
            ),
        ),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The character of a byte: as in Latin-1, but for the marks that Windows has where Latin-1 has control characters
/// (WHATWG, "Encoding", index windows-1252).
fn windows_1252(byte: u8) -> char {
    const MARKS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => MARKS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
