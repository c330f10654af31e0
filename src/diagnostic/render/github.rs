//! Annotations of GitHub Actions, which shows them beside the changed lines.
//!
//! The form is that of "Workflow commands for GitHub Actions": `::error file=…,line=…::message`.

use crate::diagnostic::Diagnostic;
use crate::source::Places;
use crate::text;

/// A workflow command on one line.
pub(super) fn line(diagnostic: &Diagnostic, places: &mut Places<'_>) -> String {
    let mut properties = Vec::new();
    if let Some(place) = places.place(diagnostic.span) {
        properties.push(format!(
            "file={}",
            property(&text::shown(&place.path.replace('\\', "/")))
        ));
        properties.push(format!("line={}", place.start.line));
        properties.push(format!("endLine={}", place.end.line));
        // Columns are for places within one line.
        if place.start.line == place.end.line {
            properties.push(format!("col={}", place.start.column));
            properties.push(format!("endColumn={}", place.end.column));
        }
    }
    properties.push(format!("title={}", property(diagnostic.code.name())));
    let mut message = diagnostic.message.clone();
    if !diagnostic.help.is_empty() {
        message = format!("{message}\nhelp: {}", diagnostic.help);
    }
    for (span, label) in &diagnostic.related {
        if let Some(place) = places.place(*span) {
            let at = place.start;
            message = format!(
                "{message}\n{label}: {}:{}:{}",
                text::shown(place.path),
                at.line,
                at.column
            );
        }
    }
    format!(
        "::{} {}::{}",
        diagnostic.severity.name(),
        properties.join(","),
        data(&message)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
