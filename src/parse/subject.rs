//! Marks of the subject index: `{index="subject"}`.

use super::file::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::Subject;
use crate::source::{Span, Spanned};

/// How a mark begins, and how it ends.
const OPEN: &str = "{index=\"";
const CLOSE: &str = "\"}";

/// How many bytes a mark may have, so that one that does not end is not looked for in all of a file.
const LONGEST: usize = 8 * 1024;

/// Whether a mark begins at byte `at` of `text`.
pub(super) fn begins(text: &str, at: usize) -> bool {
    text.get(at..)
        .is_some_and(|rest| rest.starts_with("{index"))
}

/// Where the mark that begins at byte `at` of `text` ends, if its line has an end of it.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix(OPEN)?;
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    let line = near.lines().next()?;
    Some(at + OPEN.len() + line.find(CLOSE)? + CLOSE.len())
}

/// The subjects of a mark at `span` of `text`.
pub(super) fn of_mark(text: &str, span: Span, found: &mut Findings) -> Vec<Spanned<Subject>> {
    let range = span.range();
    let value = Span::new(
        span.source,
        range.start + OPEN.len()..range.end - CLOSE.len(),
    );
    subjects(text, value, found)
}

/// The subjects in `heading; heading: subheading` at `span` of `text`.
pub(super) fn subjects(text: &str, span: Span, found: &mut Findings) -> Vec<Spanned<Subject>> {
    let mut subjects = Vec::new();
    let mut start = span.range().start;
    for part in text.get(span.range()).unwrap_or_default().split(';') {
        let place = Span::new(span.source, start..start + part.len());
        start += part.len() + 1;
        let (heading, subheading) = match part.split_once(':') {
            Some((heading, subheading)) => (heading.trim(), Some(subheading.trim())),
            None => (part.trim(), None),
        };
        if heading.is_empty() || subheading == Some("") {
            found.push(malformed(place, "this index mark names no heading"));
            continue;
        }
        let subject = Subject {
            heading: heading.to_owned(),
            subheading: subheading.map(str::to_owned),
        };
        subjects.push(Spanned::new(subject, place));
    }
    subjects
}

/// A mark that is not written as one.
pub(super) fn malformed(span: Span, message: &str) -> Diagnostic {
    let help = "write `{index=\"heading\"}` or `{index=\"heading: subheading\"}` behind a word, on one line, with `;` \
                between several";
    Diagnostic::new(Code::MalformedIndex, span, message, help)
}

/// The identifier and the subjects in the attributes of a heading: `#id index="subject"`, at `span` of `text`.
pub(super) fn of_heading(
    text: &str,
    span: Span,
    found: &mut Findings,
) -> Option<(Option<String>, Vec<Spanned<Subject>>)> {
    let inner = text.get(span.range())?;
    let (before, rest) = inner.split_once("index=\"")?;
    let (value, after) = rest.split_once('"')?;
    let others = format!("{before} {after}");
    let mut others = others.split_whitespace();
    let id = match others.next() {
        Some(id) => Some(id.strip_prefix('#')?.to_owned()),
        None => None,
    };
    if others.next().is_some() {
        return None;
    }
    let start = span.range().start + inner.len() - rest.len();
    let value = Span::new(span.source, start..start + value.len());
    Some((id, subjects(text, value, found)))
}
