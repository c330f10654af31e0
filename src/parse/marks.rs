//! Quotation marks as people type them, of which TOML knows two.

use crate::model::draft::NOT_STATED;

/// Marks that programs for letters put in the place of straight quotation marks.
pub(super) const CURLY: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '‚'];

/// Accents that stand on keys of their own, and look like marks.
pub(super) const ACCENTS: [char; 2] = ['´', '`'];

/// Marks that stand around a text, and of which one can have any other as its partner.
const DOUBLE: [char; 6] = ['"', '“', '”', '„', '«', '»'];
const SINGLE: [char; 6] = ['\'', '‘', '’', '‚', '´', '`'];

/// A text on one line between two commas, which look like a low mark, and a mark of any kind.
pub(super) fn behind_commas(typed: &str) -> Option<&str> {
    let inner = typed.trim().strip_prefix(",,")?;
    let text = inner.trim_end_matches(is_mark);
    let is_one = text.len() < inner.len() && !inner.contains('\n');
    is_one.then(|| text.trim())
}

/// A text whose last words alone stand in marks, as in `not "stated"`.
pub(super) fn with_marks_within(typed: &str) -> Option<String> {
    let last = typed.chars().next_back().filter(|last| is_mark(*last))?;
    let before = typed.strip_suffix(last)?;
    let (words, marked) = before.split_once(|it| is_partner(last, it))?;
    let is_pair = words.ends_with(' ') && !marked.contains(is_mark);
    let words = format!("{words}{marked}");
    is_pair.then(|| match words == NOT_STATED {
        true => words,
        false => typed.to_owned(),
    })
}

/// Whether a letter may stand around a text.
pub(super) fn is_mark(letter: char) -> bool {
    DOUBLE.contains(&letter) || SINGLE.contains(&letter)
}

/// Whether a text that begins with a mark may end with this letter.
pub(super) fn is_partner(mark: char, letter: char) -> bool {
    let is_of = |family: &[char]| family.contains(&mark) && family.contains(&letter);
    is_of(&DOUBLE) || is_of(&SINGLE)
}
