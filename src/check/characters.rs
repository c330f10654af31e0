//! Every character can be shown: XML allows it, and the fonts of the book have it.

use std::collections::BTreeSet;

use super::Coverage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::Draft;
use crate::source::Span;
use crate::text::is_forbidden;

pub(super) fn check(draft: &Draft, can_set: Coverage<'_>, found: &mut Vec<Diagnostic>) {
    for (text, span) in draft.texts() {
        characters(text, span, can_set, found);
    }
}

fn characters(text: &str, span: Span, can_set: Coverage<'_>, found: &mut Vec<Diagnostic>) {
    // Nearly all text is plain.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return;
    }
    // The place of a character is known only if the file has exactly this text.
    let verbatim = span.range().len() == text.len();
    let mut seen = BTreeSet::new();
    for (at, character) in text
        .char_indices()
        .filter(|(_, character)| seen.insert(*character))
    {
        let code = u32::from(character);
        let start = span.range().start + at;
        let place = match verbatim {
            true => Span::new(span.source, start..start + character.len_utf8()),
            false => span,
        };
        if is_forbidden(character) {
            found.push(
                Diagnostic::new(
                    Code::ControlCharacter,
                    place,
                    format!("the character U+{code:04X} is not text"),
                    "delete it; it often comes along when text is copied from another program",
                )
                .label("invisible, but here"),
            );
        } else if !can_set(character) {
            found.push(
                Diagnostic::new(
                    Code::UnsupportedCharacter,
                    place,
                    format!("the book's fonts do not have `{character}` (U+{code:04X})"),
                    "use another character, or write it in words",
                )
                .label("cannot be printed"),
            );
        }
    }
}
