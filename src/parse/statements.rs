//! The lines of TOML that belong together: a header, or a key with its value.

use toml::de::{DeTable, Error};

/// How far the end of a value is looked for.
const FAR: usize = 64 * 1024;

/// A header, or a key with its value, and what is wrong with it; or lines that hold neither.
#[derive(Debug)]
pub(super) struct Statement<'t> {
    /// Its lines, with their ends.
    pub(super) text: &'t str,
    pub(super) fault: Option<Error>,
}

impl Statement<'_> {
    /// Its key, if it has one.
    pub(super) fn key(&self) -> Option<&str> {
        let line = line(self.text);
        let (key, _) = line.split_once(['=', ':'])?;
        (self.begins() && !line.trim_start().starts_with('[')).then_some(key.trim())
    }

    /// Whether it begins as a header or a key.
    pub(super) fn begins(&self) -> bool {
        begins(line(self.text))
    }
}

/// The statements of a text.
#[derive(Debug)]
pub(super) struct Statements<'t> {
    rest: &'t str,
    /// How many bytes may be looked at more than once, so that the time grows with the text.
    budget: usize,
}

impl<'t> Statements<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            rest: text,
            budget: 4 * text.len() + FAR,
        }
    }

    /// The length of the first statement, and what is wrong with it.
    fn first(&mut self) -> (usize, Option<Error>) {
        let rest = self.rest;
        let line = line(rest);
        if is_blank(line) {
            return (line.len(), None);
        }
        let extent = self.extent();
        if let Some(whole) = extent.filter(|whole| !opens_another(&rest[..*whole])) {
            let fault = DeTable::parse(&rest[..whole]).err();
            let is_known = fault.is_none() && !self.goes_on(whole);
            let is_one = whole == line.len() || is_enclosed(&rest[..whole]);
            let is_line = is_one && begins(line) && !self.goes_on(whole);
            if is_known || fault.is_some() && is_line {
                return (whole, fault);
            }
        }
        // What is not closed ends before the next statement.
        let own = match DeTable::parse(line) {
            Ok(_) if !self.goes_on(line.len()) => line.len(),
            _ => up_to_next(rest),
        };
        (own, DeTable::parse(&rest[..own]).err())
    }

    /// Whether a key without a value, or with an empty text, ends here, and what was meant seems to stand in the lines below.
    fn goes_on(&self, end: usize) -> bool {
        let (before, below) = self.rest.split_at(end);
        let before = before.trim_end();
        let behind = before.strip_suffix("\"\"").unwrap_or(before).trim_end();
        let is_empty = begins(before) && behind.ends_with(['=', ':']);
        let next = line(below);
        is_empty && !is_blank(next) && !begins(next)
    }

    /// Up to the end of the line in which all brackets and marks are closed that are opened from the first line on.
    fn extent(&mut self) -> Option<usize> {
        let near = self.rest.floor_char_boundary(FAR.min(self.budget));
        let (end, is_closed) = closed(&self.rest.as_bytes()[..near]);
        self.budget -= end.min(self.budget);
        // What is cut off there does not end there.
        let is_whole = near == self.rest.len() || self.rest[..end].ends_with('\n');
        (is_closed && is_whole && end > 0).then_some(end)
    }
}

impl<'t> Iterator for Statements<'t> {
    type Item = Statement<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (length, fault) = self.first();
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(Statement { text, fault })
    }
}

fn line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or_default()
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Whether a line begins a header or a key with its value.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let behind = line.trim_start_matches(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '"')
    });
    let is_pair = behind.len() < line.len() && behind.trim_start().starts_with(['=', ':']);
    let name = line.trim_start_matches('[').trim_start();
    let is_header = name.len() < line.len() && name.starts_with(|c: char| c.is_ascii_lowercase());
    is_pair || is_header
}

/// Whether a text between three marks ends where another key begins its own: then it was not closed.
fn opens_another(statement: &str) -> bool {
    let marks = ["\"\"\"", "'''"];
    let begins_text = |it: &str| marks.iter().any(|marks| it.trim_start().starts_with(marks));
    let mut lines = statement.lines();
    let is_text = |it: &str| marks.iter().any(|marks| it.contains(marks));
    let value = |line| str::split_once(line, '=').map(|(_, value)| value);
    lines.next().is_some_and(is_text)
        && (lines.last()).is_some_and(|last| begins(last) && value(last).is_some_and(begins_text))
}

/// Whether the lines behind the first belong to its value: a table in curly brackets, or a list of such. Without the last
/// bracket, they would be statements of their own.
fn is_enclosed(statement: &str) -> bool {
    let (first, below) = statement.split_once('\n').unwrap_or_default();
    let value = first.split_once('=').map(|(_, value)| value.trim_start());
    let last = below.trim_end().lines().last().unwrap_or_default();
    let is_closed = match value {
        Some(value) if value.starts_with('{') => last.contains('}'),
        Some(value) if value.starts_with('[') => last.trim_start().starts_with([']', '}']),
        _ => false,
    };
    let mut below = below.lines();
    is_closed && !below.any(|line| begins(line) && line.trim_start().starts_with('['))
}

/// The first line, and those behind it that are no statements themselves. Of a text between three marks, these may have
/// empty lines between them; a text between others goes on up to the line that ends with a mark.
fn up_to_next(text: &str) -> usize {
    let first = line(text);
    let is_text = first.contains("\"\"\"");
    let value = first.split_once('=').map(|(_, value)| value.trim());
    let is_marked = |it: &str| it.len() > 1 && it.starts_with(['"', '\'', '“', '„', '«']);
    let needs_mark =
        !is_text && begins(first) && value.is_some_and(|it| is_marked(it) && it != "\"\"");
    let mut end = first.len();
    let mut last = end;
    while let Some(next) = text[end..].split_inclusive('\n').next() {
        let is_empty = next.trim().is_empty();
        let is_note = next.trim_start().starts_with('#');
        if is_note || begins(next) || is_empty && !is_text {
            break;
        }
        end += next.len();
        if next.trim_end().ends_with(['"', '\'', '”', '“', '»']) {
            last = end;
        }
    }
    match needs_mark {
        true => last,
        false => end,
    }
}

/// How far a text goes up to the end of the line in which all is closed; whether there is such a line. A text in marks that
/// does not end on its line is not closed.
fn closed(bytes: &[u8]) -> (usize, bool) {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        let next = match byte {
            b'"' | b'\'' if rest.starts_with(&[*byte; 3]) => lines(rest, *byte),
            b'"' | b'\'' => text(rest, *byte),
            b'#' => Some(
                rest.iter()
                    .position(|it| *it == b'\n')
                    .unwrap_or(rest.len()),
            ),
            b'\n' if depth == 0 => return (at + 1, true),
            b'[' | b'{' => {
                depth += 1;
                Some(1)
            }
            b']' | b'}' => {
                let less = depth.checked_sub(1);
                depth = less.unwrap_or_default();
                less.map(|_| 1)
            }
            _ => Some(1),
        };
        match next {
            Some(next) => at += next,
            None => return (at, false),
        }
    }
    (at, depth == 0)
}

/// The length of a text in marks that stands on one line.
fn text(bytes: &[u8], mark: u8) -> Option<usize> {
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'\n' => return None,
            b'\\' if mark == b'"' => at += 2,
            byte if *byte == mark => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// The length of a text between three marks.
fn lines(bytes: &[u8], mark: u8) -> Option<usize> {
    let mut at = 3;
    loop {
        match bytes.get(at)? {
            b'\\' if mark == b'"' => at += 2,
            byte if *byte == mark && bytes[at..].starts_with(&[mark; 3]) => {
                // It may end with a mark of its own.
                let marks = bytes[at..].iter().take(5).take_while(|it| **it == mark);
                return Some(at + marks.count());
            }
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_closed_ends_before_the_next_statement() {
        let text = "a = [\"x]\n\n[[b]]\nc = [\n  1,\n]\nd = \"\"\"\ne = 1\n\"\"\"\nf = \"x\ny\"\ni = \"x\n= 3\n# note\ng = [\n 1,\nh = 2\n";
        let statements: Vec<(&str, bool)> = Statements::of(text)
            .map(|it| (it.text, it.fault.is_some()))
            .collect();
        assert_eq!(
            statements,
            [
                ("a = [\"x]\n", true),
                ("\n", false),
                ("[[b]]\n", false),
                ("c = [\n  1,\n]\n", false),
                ("d = \"\"\"\ne = 1\n\"\"\"\n", false),
                ("f = \"x\ny\"\n", true),
                ("i = \"x\n", true),
                ("= 3\n", true),
                ("# note\n", false),
                ("g = [\n 1,\n", true),
                ("h = 2\n", false),
            ]
        );
    }
}
