//! Findings as text, one file a format.

mod github;
mod human;
mod json;
mod short;

use annotate_snippets::Renderer;

use super::Diagnostic;
use crate::source::{Places, Source, SourceId};

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
    let mut places = Places::new(sources);
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
            Format::Short => (short::line(diagnostic, &mut places), "\n"),
            Format::Json => (json::line(diagnostic, &mut places), "\n"),
            Format::Github => (github::line(diagnostic, &mut places), "\n"),
        };
        out.push_str(&text);
        out.push_str(end);
    }
    out
}

fn source(sources: &[Source], id: SourceId) -> Option<&Source> {
    sources.get(id.0 as usize)
}
