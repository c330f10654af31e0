//! Characters: which of them are text, and how TOML holds them.

/// Control characters, and what else XML 1.0 (production 2, `Char`) does not allow; and U+202D and U+202E, which show all
/// that follows in another order than it is written in: `12` as `21`.
pub(crate) fn is_forbidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
        || matches!(character, '\u{202d}' | '\u{202e}' | '\u{fffe}' | '\u{ffff}')
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
