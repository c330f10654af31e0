//! Findings as text, one file a format.

mod github;
mod human;
mod json;
mod short;

use std::collections::BTreeMap;

use annotate_snippets::Renderer;

use super::Diagnostic;
use crate::source::{Lines, Location, Source, SourceId, Span};

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Excerpt, caret, label and help, with ANSI colours.
    Colored,
    /// Excerpt, caret, label and help, without colours.
    Human,
    /// `path:line:column: severity[code]: message (help)`, one line each.
    Short,
    /// An object of JSON on each line.
    Json,
    /// Annotations of GitHub Actions, one line each.
    Github,
}

/// The text of `diagnostics`, in the given order; empty if there are none. The paths of `sources`
/// are shown as they are.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &[Source], format: Format) -> String {
    let mut files = Files::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let (text, end) = match format {
            Format::Colored => (
                human::excerpt(diagnostic, sources, &Renderer::styled()),
                "\n\n",
            ),
            Format::Human => (
                human::excerpt(diagnostic, sources, &Renderer::plain()),
                "\n\n",
            ),
            Format::Short => (short::line(diagnostic, &mut files), "\n"),
            Format::Json => (json::line(diagnostic, &mut files), "\n"),
            Format::Github => (github::line(diagnostic, &mut files), "\n"),
        };
        out.push_str(&text);
        out.push_str(end);
    }
    out
}

/// A stretch of a file as people name it.
struct Place<'a> {
    path: &'a str,
    start: Location,
    end: Location,
}

/// The sources, with the lines of those that something was found in.
struct Files<'a> {
    sources: &'a [Source],
    lines: BTreeMap<SourceId, Lines>,
}

impl<'a> Files<'a> {
    fn new(sources: &'a [Source]) -> Self {
        Self {
            sources,
            lines: BTreeMap::new(),
        }
    }

    /// Where a span is; `None` for what is not in a file.
    fn place(&mut self, span: Span) -> Option<Place<'a>> {
        let source = source(self.sources, span.source)?;
        let lines = (self.lines)
            .entry(span.source)
            .or_insert_with(|| Lines::new(&source.text));
        let range = span.range();
        Some(Place {
            path: &source.path,
            start: lines.location(&source.text, range.start),
            end: lines.location(&source.text, range.end),
        })
    }
}

fn source(sources: &[Source], id: SourceId) -> Option<&Source> {
    sources.get(id.0 as usize)
}
