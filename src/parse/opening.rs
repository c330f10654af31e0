//! How a file begins that has no front matter, though it should: with a heading, or with the marks of YAML.

use std::ops::Range;

use super::file::File;
use super::values::as_list;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::quoted;

/// Reports a file that begins otherwise, in one finding; returns where its text begins then.
pub(super) fn report(file: &mut File, needs_title: bool) -> Option<usize> {
    let text = file.source.text.as_str();
    let blank = text.len() - text.trim_start().len();
    let first = text[blank..].lines().next().unwrap_or_default();
    if first.trim_end() == "---" {
        return Some(yaml(file, blank));
    }
    if !needs_title {
        return None;
    }
    let place = blank..blank + first.len();
    let title = first
        .strip_prefix('#')
        .filter(|rest| !rest.starts_with('#'))
        .map(str::trim);
    let (help, end) = match title {
        Some(title) => (
            format!(
                "put the lines `+++`, `title = {}` and `+++` in the place of `{}`",
                quoted(title),
                first.trim_end()
            ),
            place.end,
        ),
        None => (
            "begin it with the lines `+++`, `title = \"\"` and `+++`, with the title between the marks".to_owned(),
            0,
        ),
    };
    file.report(Diagnostic::new(
        Code::FrontMatter,
        file.span(if title.is_some() { place } else { 0..0 }),
        "this file has no front matter, which gives its title",
        help,
    ));
    Some(end)
}

/// Reports front matter in the manner of other programs; returns where it ends.
fn yaml(file: &mut File, start: usize) -> usize {
    let text = file.source.text.as_str();
    let mut end = start;
    let mut keys = Vec::new();
    for (index, line) in text[start..].split_inclusive('\n').enumerate() {
        end += line.len();
        if index > 0 && matches!(line.trim_end(), "---" | "...") {
            break;
        }
        // Comments, and lines of TOML as they are, stay.
        let is_key = index > 0 && !line.trim_start().starts_with('#');
        let pair = line
            .split_once(':')
            .filter(|(key, _)| is_key && !key.contains('='));
        if let Some((key, value)) = pair {
            keys.push(format!("`{} = {}`", key.trim(), toml(key.trim(), value)));
        }
    }
    let keys = match keys.as_slice() {
        [] => String::new(),
        keys => format!(
            " and, between them, {}",
            keys.iter().take(3).cloned().collect::<Vec<_>>().join(", ")
        ),
    };
    file.report(Diagnostic::new(
        Code::FrontMatter,
        file.span(Range {
            start,
            end: start + 3,
        }),
        "front matter stands between two lines `+++`, not `---`",
        format!("type `+++` for both{keys}"),
    ));
    end
}

/// A value of YAML as TOML.
fn toml(key: &str, value: &str) -> String {
    const LISTS: [&str; 5] = ["aliases", "authors", "chapters", "sites", "techniques"];
    let value = value.trim();
    if LISTS.contains(&key) && !value.contains('"') {
        return as_list(value);
    }
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    match is_number || value.starts_with(['"', '[']) {
        true => value.to_owned(),
        false => quoted(value.trim_matches('\'')),
    }
}
