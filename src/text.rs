//! Characters: which of them are text, how the others are shown, and how TOML holds them.

use std::borrow::Cow;

/// Control characters, and what else XML 1.0 (production 2, `Char`) does not allow; and characters that show what stands
/// near them in another order than it is written in: `12–34` as `34–12`, or `12` as `21`.
pub(crate) fn is_forbidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
        || turns(character)
        || matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// The marks, embeddings, overrides and isolates of Unicode Standard Annex #9 that let text run from right to left. Those
/// that keep it running from left to right turn nothing round in a book that does.
fn turns(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200f}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2067}' | '\u{2068}'
    )
}

/// Whether a terminal, or somebody who reads there, could take a character for something else than text: it moves the
/// cursor, ends a line, or changes the order of others.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || is_forbidden(character)
        || matches!(
            character,
            '\u{200e}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202a}'
                | '\u{202c}'
                | '\u{2066}'
                | '\u{2069}'
        )
}

/// Foreign text within a line of ours, with escapes for what is no character to be read: `\n`, `\u{1b}`.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match is_hidden(character) {
            true => out.extend(character.escape_default()),
            false => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Lines of a file, with signs as long in place of what is no character to be read, so that every other place stays where
/// it is.
pub(crate) fn blanked(lines: &str) -> Cow<'_, str> {
    let is_blanked = |character: char| is_hidden(character) && !matches!(character, '\n' | '\t');
    if !lines.contains(is_blanked) {
        return Cow::Borrowed(lines);
    }
    let blank = |character: char| match (is_blanked(character), character.len_utf8()) {
        (false, _) => character,
        (true, 1) => ' ',
        (true, 2) => '\u{a0}',
        (true, _) => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(lines.chars().map(blank).collect())
}

/// JSON with escapes for what is no character to be read. All such stand within its strings, but for its line ends.
pub(crate) fn json(text: &str) -> Cow<'_, str> {
    let is_escaped = |character: char| is_hidden(character) && character != '\n';
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match is_escaped(character) {
            // All of them are in the first plane of Unicode.
            true => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            false => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// The text as a basic string of TOML 1.0.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\0'..='\u{1f}' | '\u{7f}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor() {
        let text = "a\u{1b}[31m\r\n::b\u{9b}\u{202e}\u{2028}c\td";
        assert_eq!(
            shown(text),
            "a\\u{1b}[31m\\r\\n::b\\u{9b}\\u{202e}\\u{2028}c\\td"
        );
        let blank = blanked(text);
        assert_eq!(blank, "a [31m \n::b\u{a0}\u{fffd}\u{fffd}c\td");
        assert_eq!(blank.len(), text.len());
        assert_eq!(json("[\"\u{202e}ä\u{7f}\"]\n"), "[\"\\u202eä\\u007f\"]\n");
    }
}
