//! TOML that cannot be read: what was typed, and what to type instead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::file::File;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Date;
use crate::text::quoted;

/// Marks that programs for letters put in the place of straight quotation marks.
const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '«'];

/// Reports what the parser could not read, once for each line; returns the keys on these lines.
pub(super) fn report(
    file: &mut File,
    range: &Range<usize>,
    errors: &[toml::de::Error],
) -> BTreeSet<String> {
    let text = file.source.text.as_str();
    let mut lines: BTreeMap<usize, (Range<usize>, &toml::de::Error)> = BTreeMap::new();
    for error in errors {
        let place = error.span().unwrap_or(0..0);
        let place = range.start + place.start..range.start + place.end;
        let line = text[range.start..place.start]
            .rfind('\n')
            .map_or(range.start, |at| range.start + at + 1);
        lines.entry(line).or_insert((place, error));
    }
    let mut lost = BTreeSet::new();
    for (start, (place, error)) in lines {
        let line = text[start..range.end].lines().next().unwrap_or_default();
        let key = line.split(['=', ':']).next().unwrap_or_default().trim();
        lost.insert(key.trim_start_matches("[[see]]").trim().to_owned());
        let found = if error.message().contains("duplicate key") {
            twice(file, range, key, place)
        } else {
            let (message, help) = explain(line, error.message());
            Diagnostic::new(Code::InvalidToml, file.span(place), message, help)
        };
        file.report(found);
    }
    lost
}

/// What is wrong with a line, and what to type.
fn explain(line: &str, error: &str) -> (String, String) {
    let line = line.trim();
    let value = line.split_once('=').map(|(_, value)| value.trim_start());
    let straight: String = line
        .chars()
        .map(|c| if CURLY.contains(&c) { '"' } else { c })
        .collect();
    let begins_curly = value.is_some_and(|value| value.trim_start_matches('[').starts_with(CURLY));
    let is_cured = || line.contains(CURLY) && straight.parse::<toml::Table>().is_ok();
    if begins_curly || is_cured() {
        return (
            "these are curly quotation marks".to_owned(),
            format!("type `{straight}`"),
        );
    }
    if line.starts_with('[') && line.trim_end_matches(']').contains(']') {
        let (head, rest) = line.split_at(line.rfind(']').map_or(line.len(), |at| at + 1));
        let rest = match rest.trim() {
            "" => return other(error),
            rest => rest,
        };
        return (
            format!("`{}` stands on a line of its own", head.trim()),
            format!("put `{rest}` on the next line"),
        );
    }
    let Some((key, value)) = line.split_once(['=', ':']) else {
        return other(error);
    };
    let (key, value) = (key.trim(), value.trim());
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if !is_key || value.contains("\"\"\"") {
        return other(error);
    }
    let marks = value.matches('"').count() - value.matches("\\\"").count();
    let said = match (marks, line[key.len()..].trim_start().starts_with(':')) {
        (_, true) => "keys and values have a `=` between them",
        (1, _) => "the quotation mark has no partner",
        (0, _) => "a text stands in quotation marks",
        _ => return other(error),
    };
    let dates = ["date", "reviewed", "next-review", "evidence-to"];
    let date = Date::of_words(value).filter(|_| dates.contains(&key));
    if let Some(date) = date {
        return (said.to_owned(), format!("type `{key} = \"{date}\"`"));
    }
    if value.is_empty() {
        return (
            "this key has no value".to_owned(),
            format!("type `{key} = \"\"` with the value between the marks"),
        );
    }
    let typed = match value.starts_with('[') {
        true => as_list(value),
        false => as_text(value.trim_matches('"')),
    };
    (said.to_owned(), format!("type `{key} = {typed}`"))
}

/// What is none of the common slips.
fn other(error: &str) -> (String, String) {
    let message: Vec<&str> = error.lines().map(str::trim).collect();
    (
        message.join(", "),
        "write a key, `=` and a value: a text in quotation marks, a number, or a list in square brackets".to_owned(),
    )
}

/// A key that stands twice.
fn twice(file: &File, range: &Range<usize>, key: &str, place: Range<usize>) -> Diagnostic {
    let text = &file.source.text;
    let mut start = range.start;
    let mut first = None;
    for line in text[range.clone()].split_inclusive('\n') {
        let name = line.split('=').next().unwrap_or_default().trim();
        if name == key && line.contains('=') && first.is_none() {
            first = Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    let found = Diagnostic::new(
        Code::InvalidToml,
        file.span(place),
        format!("`{key}` stands here twice"),
        "delete one of the two lines",
    );
    match first {
        Some(first) => found
            .label("again here")
            .related(file.span(first), "first here"),
        None => found,
    }
}

/// A value as a text in quotation marks; of a list, it is the first one.
pub(super) fn as_text(typed: &str) -> String {
    let typed = typed.trim();
    match typed.starts_with('[') {
        true => first_of(typed),
        false => in_marks(typed),
    }
}

/// A value as a list: `"A, B"` is two texts, and so is `[A, B]`.
pub(super) fn as_list(typed: &str) -> String {
    let marks = ['"', '\'', '“', '”', '„', ' '];
    let inner = typed.trim().trim_matches(['[', ']']).trim_matches(marks);
    let separator = if inner.contains(';') { ';' } else { ',' };
    let parts = inner
        .split(separator)
        .map(|part| part.trim().trim_matches(marks))
        .filter(|part| !part.is_empty());
    format!("[{}]", parts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// The first text of a list.
pub(super) fn first_of(typed: &str) -> String {
    let inner = typed.trim_start_matches('[').trim_end_matches(']');
    let first = inner.split("\",").next().unwrap_or_default();
    in_marks(first.trim().trim_matches('"'))
}

/// A text in quotation marks, unless it stands in them.
fn in_marks(typed: &str) -> String {
    let typed = typed.trim();
    match typed.starts_with('"') && typed.ends_with('"') && typed.len() > 1 {
        true => typed.to_owned(),
        false => quoted(typed.trim_matches('\'')),
    }
}
