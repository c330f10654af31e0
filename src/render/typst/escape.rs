//! Text as Typst markup that shows just this text.

use crate::language::Tag;

/// Adds `text` to `out` so that Typst reads it as text.
///
/// `start` says whether markup that counts only at the beginning of a line, or directly behind a
/// function call, could begin here.
pub(super) fn markup(text: &str, out: &mut String) {
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, character)) = letters.next() {
        let after = letters.peek().map(|(_, next)| *next);
        escape(character, before, after, &text[..at], out);
        before = Some(character);
    }
}

/// The byte of `text` that stands at byte `offset` of its markup.
pub(super) fn original(text: &str, offset: usize) -> usize {
    let mut written = String::new();
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, character)) = letters.next() {
        let after = letters.peek().map(|(_, next)| *next);
        escape(character, before, after, &text[..at], &mut written);
        if written.len() > offset {
            return at;
        }
        before = Some(character);
    }
    text.len()
}

/// A language tag as Typst takes it: the language and the region, as source. Typst knows regions of two letters.
pub(super) fn language(tag: &str) -> (String, String) {
    let tag = Tag::parse(tag);
    let language = tag.as_ref().map_or("en", Tag::language);
    let region = tag.as_ref().and_then(Tag::region);
    let region = region.filter(|region| region.len() == 2);
    let region = region.map_or_else(|| "none".to_owned(), string);
    (string(language), region)
}

fn escape(
    character: char,
    before: Option<char>,
    after: Option<char>,
    so_far: &str,
    out: &mut String,
) {
    let needed = match character {
        // Markup wherever it stands.
        '\\' | '#' | '$' | '*' | '_' | '`' | '<' | '>' | '@' | '~' | '"' | '\'' | '[' | ']' => true,
        // Comments and addresses.
        '/' => {
            before.is_none_or(|c| matches!(c, '/' | ':' | ' ' | '\t'))
                || after.is_none_or(|c| matches!(c, '/' | '*'))
        }
        // Dashes, soft hyphens, minus signs, list items.
        '-' => !(before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic)),
        // Ellipses, enumerations, and what could go on with a call.
        '.' => {
            before.is_none()
                || before == Some('.')
                || after == Some('.')
                || so_far
                    .trim_start()
                    .bytes()
                    .all(|byte| byte.is_ascii_digit())
        }
        // At the beginning of a line, or behind a call.
        '=' | '+' | '(' | ';' | ':' | '{' => before.is_none_or(|c| matches!(c, ' ' | '\t')),
        _ => false,
    };
    if is_newline(character) {
        out.push_str(&format!("\\u{{{:x}}}", u32::from(character)));
        return;
    }
    if needed {
        out.push('\\');
    }
    out.push(character);
}

/// What Typst takes for the end of a line.
fn is_newline(character: char) -> bool {
    matches!(
        character,
        '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// `text` as a Typst string, with its quotation marks.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            _ if character.is_control() || is_newline(character) => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else Typst reads is a fault"
)]
mod tests {
    use proptest::prelude::*;
    use typst::syntax::{SyntaxKind, SyntaxNode, parse};

    use super::*;

    /// The text that Typst reads in `markup`; anything but text fails.
    fn read(node: &SyntaxNode, out: &mut String) {
        match node.kind() {
            SyntaxKind::Markup => node.children().for_each(|child| read(child, out)),
            SyntaxKind::Text | SyntaxKind::Space => out.push_str(node.leaf_text()),
            SyntaxKind::Escape => match node.leaf_text().strip_prefix("\\u{") {
                Some(code) => {
                    let code = u32::from_str_radix(code.trim_end_matches('}'), 16).unwrap();
                    out.push(char::from_u32(code).unwrap());
                }
                None => out.push_str(&node.leaf_text()[1..]),
            },
            other => panic!("{other:?} in {node:?}"),
        }
    }

    /// Fails unless Typst reads `text` as itself behind a call and at the beginning of a line.
    fn is_read_as_itself(text: &str) {
        let mut source = String::from("#f[x]");
        markup(text, &mut source);
        let root = parse(&source);
        let (errors, _) = root.errors_and_warnings();
        assert!(errors.is_empty(), "{source:?}");
        let mut back = String::new();
        for child in root.children().skip(2) {
            read(child, &mut back);
        }
        assert_eq!(back, text, "{source}");
        let mut alone = String::new();
        markup(text, &mut alone);
        let mut back = String::new();
        read(&parse(&alone), &mut back);
        assert_eq!(back, text, "{alone}");
    }

    #[test]
    fn a_region_of_digits_is_left_out() {
        let quoted = |text: &str| format!("\"{text}\"");
        assert_eq!(language("en-GB"), (quoted("en"), quoted("GB")));
        assert_eq!(language("zh-Hant-TW"), (quoted("zh"), quoted("TW")));
        for tag in ["sr-Latn", "es-419", "de"] {
            let (_, region) = language(tag);
            assert_eq!(region, "none", "{tag}");
        }
    }

    #[test]
    fn what_would_begin_an_item_is_read_as_itself() {
        for text in [
            "0. one",
            " 0. one",
            "\t12. one",
            " + one",
            "\t- one",
            " / one: two",
            "= one",
        ] {
            is_read_as_itself(text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_is_read_as_itself(
            text in "[ -~\n–…“é]{0,40}|\\PC{0,30}|[-./0-9 =+:(]{0,12}|[ \t]{0,2}[-./0-9=+:(]{1,2} ?a"
        ) {
            is_read_as_itself(&text);
        }

        #[test]
        fn places_are_found_again(text in "[ -~é]{0,40}") {
            let mut out = String::new();
            for (at, character) in text.char_indices() {
                out.clear();
                markup(&text, &mut out);
                let mut prefix = String::new();
                let mut before = None;
                let mut letters = text.char_indices().peekable();
                while let Some((here, c)) = letters.next() {
                    if here == at { break; }
                    escape(c, before, letters.peek().map(|(_, n)| *n), &text[..here], &mut prefix);
                    before = Some(c);
                }
                prop_assert!(out[prefix.len()..].trim_start_matches('\\').starts_with(character)
                    || character == '\\');
                prop_assert_eq!(original(&text, prefix.len()), at);
            }
        }
    }
}
