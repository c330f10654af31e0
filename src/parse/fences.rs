//! Where the front matter of a file begins and ends.

use std::ops::Range;

use toml::de::DeTable;

use super::file::File;
use super::keys::Key;
use super::statements::Statements;
use crate::diagnostic::{Code, Diagnostic, nearest};

/// The mark that opens and closes front matter.
pub(super) const FENCE: &str = "+++";

/// Splits a file into the byte ranges of its front matter, which can have these keys, and its body; empty lines may stand before both.
///
/// A file that does not begin with `+++` is all body; [`super::opening`] says what else it may begin with.
pub(super) fn split(file: &mut File, keys: &[Key]) -> (Range<usize>, Range<usize>) {
    let text = file.source.text.as_str();
    let blank = text.len() - text.trim_start().len();
    let begins = text[..blank].rfind('\n').map_or(0, |at| at + 1);
    let first = text[begins..].lines().next().unwrap_or_default();
    let place = begins..begins + first.trim_end().len();
    let Some(start) = opening(file, place.clone()) else {
        return (0..0, 0..text.len());
    };
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim() == FENCE {
            return (start..end, end + line.len()..text.len());
        }
        end += line.len();
    }
    let message = "the front matter has no closing `+++`";
    let (end, other) = end_of_keys(&text[start..], keys);
    let line = text[start + other..].split_inclusive('\n').next();
    if let Some(line) = line.filter(|line| is_like_fence(line, &['+', '-', '=', '*', ' '])) {
        let help = format!("type `{FENCE}` in the place of `{}`", line.trim());
        let at = start + other;
        let typed = at..at + line.trim_end().len();
        file.report(fault(file, typed, message, help));
        return (start..at, at + line.len()..text.len());
    }
    let help = "add a line `+++` between the front matter and the text";
    file.report(fault(file, place, message, help.to_owned()).label("opened here"));
    (start..start + end, start + end..text.len())
}

/// Where the keys begin, if a file has front matter whose first line is at `place`; what is wrong there is reported.
fn opening(file: &mut File, place: Range<usize>) -> Option<usize> {
    let text = file.source.text.as_str();
    let (begins, first) = (place.start, text[place.clone()].trim());
    let below = text[place.end..]
        .find('\n')
        .map_or(text.len(), |at| place.end + at + 1);
    if first == FENCE {
        return Some(below);
    }
    let (message, help, start) = if is_like_fence(first, &['+', ' ']) {
        let help = format!("type `{FENCE}` in the place of `{first}`");
        ("front matter stands between two lines `+++`", help, below)
    } else if let Some(before) = text_before_keys(&text[begins..]) {
        let message = "a file begins with its front matter, and here words stand before it";
        let help = format!("put these words below the second `{FENCE}`");
        (message, help, begins + before + FENCE.len())
    } else if has_keys_before_fence(&text[begins..]) {
        let help = format!("add a line `{FENCE}` above this one");
        ("the front matter has no opening `+++`", help, begins)
    } else {
        return None;
    };
    file.report(fault(file, place, message, help));
    Some(start)
}

/// Where the first line `+++` is, if words stand before it, and keys alone between it and the second.
fn text_before_keys(text: &str) -> Option<usize> {
    let first = text.find(&format!("\n{FENCE}\n"))? + 1;
    let behind = &text[first + FENCE.len()..];
    let second = behind.find(&format!("\n{FENCE}"))?;
    (!is_keys(&text[..first]) && is_keys(&behind[..second])).then_some(first)
}

/// A fault of front matter whose keys are read all the same.
fn fault(file: &File, place: Range<usize>, message: &str, help: String) -> Diagnostic {
    Diagnostic::new(Code::FrontMatter, file.span(place), message, help).understood()
}

/// Whether a line has nothing but signs of which one may take it for `+++`.
fn is_like_fence(line: &str, signs: &[char]) -> bool {
    let line = line.trim();
    line.len() > 1 && line.chars().all(|it| signs.contains(&it))
}

/// Whether a text begins with keys alone, up to a line `+++`.
fn has_keys_before_fence(text: &str) -> bool {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if line.trim() == FENCE {
            return is_keys(&text[..end]);
        }
        end += line.len();
    }
    false
}

/// Whether a text begins as a sentence does in which a colon stands behind the first word: `Note: …`.
fn is_sentence(text: &str, keys: &[Key]) -> bool {
    let Some((word, _)) = text.trim_start().split_once(['=', ':']) else {
        return false;
    };
    let is_colon = text.trim_start()[word.len()..].starts_with(':');
    let names = keys.iter().map(|key| key.name);
    is_colon && nearest(&word.trim().to_lowercase(), names).is_none()
}

fn is_keys(text: &str) -> bool {
    DeTable::parse(text).is_ok_and(|table| !table.get_ref().is_empty())
}

/// Where the keys end with which a text begins, and the notes directly below them; and where something else begins. Both are
/// its end, if nothing else stands there.
fn end_of_keys(text: &str, keys: &[Key]) -> (usize, usize) {
    let mut end = 0;
    let mut at = 0;
    let mut is_near = false;
    for statement in Statements::of(text) {
        let is_note = statement.text.trim_start().starts_with('#');
        let is_empty = statement.text.trim().is_empty();
        let is_key = statement.begins() && !is_sentence(statement.text, keys);
        if statement.fault.is_some() && !is_key {
            return (end, at);
        }
        at += statement.text.len();
        is_near = (is_near || !is_note) && !is_empty;
        if is_near {
            end = at;
        }
    }
    (text.len(), text.len())
}
