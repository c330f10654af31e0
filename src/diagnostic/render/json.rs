//! Lines of JSON: an object for each finding, for other programs.

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::source::{Places, Span};
use crate::text;

/// Name and version of this format; a key may be added without a new version, none is taken away.
const SCHEMA: &str = "fascicle-diagnostic/1";

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    /// `null` for what is not in a file.
    place: Option<Place<'a>>,
    label: &'a str,
    help: &'a str,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    label: &'a str,
    place: Option<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    start: Point,
    end: Point,
}

/// Lines and columns count from 1, columns in characters; offsets from 0, in bytes of UTF-8.
#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    offset: u32,
}

/// An object on one line.
pub(super) fn line(diagnostic: &Diagnostic, places: &mut Places<'_>) -> String {
    let line = Line {
        schema: SCHEMA,
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        place: place(diagnostic.span, places),
        label: &diagnostic.label,
        help: &diagnostic.help,
        related: (diagnostic.related.iter())
            .map(|(span, label)| Related {
                label,
                place: place(*span, places),
            })
            .collect(),
    };
    // Text, numbers and lists of these can always be written.
    let line = serde_json::to_string(&line).unwrap_or_default();
    text::json(&line).into_owned()
}

fn place<'a>(span: Span, places: &mut Places<'a>) -> Option<Place<'a>> {
    let found = places.place(span)?;
    let point = |location: crate::source::Location, offset| Point {
        line: location.line,
        column: location.column,
        offset,
    };
    Some(Place {
        path: found.path,
        start: point(found.start, span.start),
        end: point(found.end, span.end),
    })
}
