//! Characters: which of them are text.

/// Control characters, and what else XML 1.0 (production 2, `Char`) does not allow; and U+202D and U+202E, which show all
/// that follows in another order than it is written in: `12` as `21`.
pub(crate) fn is_forbidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
        || matches!(character, '\u{202d}' | '\u{202e}' | '\u{fffe}' | '\u{ffff}')
}
