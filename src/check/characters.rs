//! Every character can be shown: XML allows it, and the fonts of the book have it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Coverage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::Draft;
use crate::source::{Source, Span, is_typed};
use crate::text::is_forbidden;

pub(super) fn check(
    draft: &Draft,
    sources: &[Source],
    can_set: Coverage<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for (text, span) in draft.texts() {
        // Nearly all text is plain.
        if text
            .bytes()
            .any(|byte| !matches!(byte, b' '..=b'~' | b'\n'))
        {
            let source = sources.get(span.source.0 as usize);
            let written = source.and_then(|source| source.text.get(span.range()));
            let place = Place {
                span,
                verbatim: written.is_some_and(|typed| is_typed(text, typed)),
            };
            found.extend(within_a_word(text, place));
            characters(text, place, can_set, found);
        }
    }
}

/// The place of a text.
#[derive(Clone, Copy)]
struct Place {
    span: Span,
    /// Whether the file has this text there, letter for letter: only then the place of each character is known.
    verbatim: bool,
}

impl Place {
    /// The place of a part of the text, or else of the whole.
    fn part(self, part: Range<usize>) -> Span {
        let Self { span, verbatim } = self;
        let start = span.range().start;
        match verbatim {
            true => Span::new(span.source, start + part.start..start + part.end),
            false => span,
        }
    }
}

/// Reports what is invisible between two letters, as programs for letters and web pages leave it: no search finds such a
/// word. Scripts that need these characters between words are others.
fn within_a_word(text: &str, place: Place) -> Option<Diagnostic> {
    let is_letter = |it: &char| it.is_alphabetic() && *it < '\u{530}';
    let (at, name) = text.char_indices().find_map(|(at, character)| {
        let name = match character {
            '\u{ad}' => "a soft hyphen",
            '\u{200b}' => "a space without width",
            '\u{feff}' => "a byte order mark",
            _ => return None,
        };
        let before = text[..at].chars().next_back().filter(is_letter);
        let after = text[at + character.len_utf8()..].chars().next();
        (before.is_some() && after.as_ref().is_some_and(is_letter)).then_some((at, name))
    })?;
    let is_end =
        |it: char| !it.is_alphabetic() && !matches!(it, '\u{ad}' | '\u{200b}' | '\u{feff}');
    let start = text[..at].rfind(is_end).map_or(0, |end| {
        end + text[end..].chars().next().map_or(0, char::len_utf8)
    });
    let end = text[at..].find(is_end).map_or(text.len(), |end| at + end);
    let word: String = text[start..end]
        .chars()
        .filter(|it| it.is_alphabetic())
        .collect();
    let place = place.part(start..end);
    let message = format!("there is {name} in the word `{word}`, so no search finds it");
    let help = format!("type `{word}` anew; the book hyphenates words itself");
    Some(Diagnostic::new(Code::ControlCharacter, place, message, help).label("invisible, but here"))
}

fn characters(text: &str, whole: Place, can_set: Coverage<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for (at, character) in text
        .char_indices()
        .filter(|(_, character)| seen.insert(*character))
    {
        let code = u32::from(character);
        let place = whole.part(at..at + character.len_utf8());
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
