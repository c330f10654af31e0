//! One line each, for editors and scripts.

use std::fmt::Write as _;

use crate::diagnostic::Diagnostic;
use crate::source::Places;
use crate::text;

/// `path:line:column: severity[code]: message (help)`.
pub(super) fn line(diagnostic: &Diagnostic, places: &mut Places<'_>) -> String {
    let Diagnostic {
        code,
        severity,
        message,
        help,
        ..
    } = diagnostic;
    let mut out = match places.place(diagnostic.span) {
        Some(place) => format!(
            "{}:{}:{}: ",
            text::shown(place.path),
            place.start.line,
            place.start.column
        ),
        None => String::new(),
    };
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{}[{}]: {message}", severity.name(), code.name());
    if !help.is_empty() {
        let _ = write!(out, " (help: {help})");
    }
    out
}
