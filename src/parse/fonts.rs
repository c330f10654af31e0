//! `fonts/`: the fonts that a book brings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ttf_parser::{Face, Permissions, name_id};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Font;
use crate::source::Span;

/// Reads the fonts by their paths, in the order of these.
pub(super) fn parse(
    files: &BTreeMap<String, Arc<Vec<u8>>>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Font> {
    let mut names = BTreeSet::new();
    let read = |(path, bytes): (&String, &Arc<Vec<u8>>)| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let font = match names.insert(name.to_lowercase()) {
            true => font(name, bytes),
            false => Err((
                "another font has the same name of its file",
                "rename one of the two files",
            )),
        };
        let font = font.map_err(|(fault, help)| {
            let message = format!("`{path}` cannot be used as a font: {fault}");
            let place = Span::NOWHERE;
            found.push(Diagnostic::new(Code::InvalidFont, place, message, help));
        });
        font.ok()
    };
    files.iter().filter_map(read).collect()
}

/// A font, or why it is none and what to do.
fn font(name: &str, bytes: &Arc<Vec<u8>>) -> Result<Font, (&'static str, &'static str)> {
    const ANOTHER: &str = "take another font, such as one of Noto, as a TrueType or OpenType file";
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if !name.bytes().all(is_plain) {
        return Err((
            "its name has other characters than letters a to z, digits, `-` and `_`",
            "rename the file",
        ));
    }
    let face = Face::parse(bytes, 0);
    let face = face.map_err(|_| ("it is not a TrueType or OpenType font", ANOTHER))?;
    if face.permissions() == Some(Permissions::Restricted) {
        return Err(("its maker does not allow it in books", ANOTHER));
    }
    if face.is_variable() {
        return Err((
            "it is a variable font, which not every reading app can show",
            "take its static files, such as `…-Regular.ttf` and `…-Bold.ttf`",
        ));
    }
    let family =
        named(&face, name_id::TYPOGRAPHIC_FAMILY).or_else(|| named(&face, name_id::FAMILY));
    let family = family.filter(|family| family.chars().all(|letter| !letter.is_control()));
    let letters = letters(&face);
    if letters.is_empty() {
        return Err((
            "it has no letters that the fonts of the program lack",
            "remove it",
        ));
    }
    Ok(Font {
        name: name.to_owned(),
        family: family.ok_or(("it does not name its family", ANOTHER))?,
        is_bold: face.is_bold(),
        is_italic: face.is_italic(),
        letters,
        bytes: Arc::clone(bytes),
    })
}

/// A name of a font in English, or else in the first of its languages; names in other encodings than Unicode are not read.
fn named(face: &Face<'_>, wanted: u16) -> Option<String> {
    let names = face.names().into_iter();
    let mut names: Vec<_> = names
        .filter(|name| name.name_id == wanted && name.is_unicode())
        .collect();
    names.sort_by_key(|name| name.language().primary_language() != "English");
    names.into_iter().find_map(|name| name.to_string())
}

/// The letters that a font has and the fonts of the program need not have, in ranges: all but those of Latin text and its
/// punctuation (Unicode, Basic Latin to Latin Extended-B, and General Punctuation). Each letter of the planes for scripts is
/// looked up, because the ranges that a damaged font claims to have may have no end.
fn letters(face: &Face<'_>) -> Vec<(u32, u32)> {
    let all = ('\u{250}'..='\u{1fff}').chain('\u{2070}'..='\u{3ffff}');
    let has = |letter: &char| face.glyph_index(*letter).is_some_and(|glyph| glyph.0 != 0);
    let codes = all.filter(has).map(u32::from);
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for code in codes {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => ranges.push((code, code)),
        }
    }
    ranges
}
