//! Findings as text, one file a format.

mod github;
mod human;
mod json;
mod short;

use annotate_snippets::Renderer;

use super::Diagnostic;
use crate::source::{Places, Source, SourceId};
use crate::text;

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

/// The text of `diagnostics`, in the given order; empty if there are none.
///
/// Whatever they quote from files is shown with escapes: none of it moves the cursor of a terminal or begins a line,
/// which other programs could take for a command.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &[Source], format: Format) -> String {
    let mut places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let shown = shown(diagnostic);
        let (text, end) = match format {
            Format::Colored => (human::excerpt(&shown, sources, &Renderer::styled()), "\n\n"),
            Format::Human => (human::excerpt(&shown, sources, &Renderer::plain()), "\n\n"),
            Format::Short => (short::line(&shown, &mut places), "\n"),
            // Its strings have escapes of their own, from which other programs get the characters back.
            Format::Json => (json::line(diagnostic, &mut places), "\n"),
            Format::Github => (github::line(&shown, &mut places), "\n"),
        };
        out.push_str(&text);
        out.push_str(end);
    }
    out
}

/// A finding whose words can be shown.
fn shown(diagnostic: &Diagnostic) -> Diagnostic {
    let shown = |words: &str| text::shown(words).into_owned();
    let related = diagnostic.related.iter();
    Diagnostic {
        message: shown(&diagnostic.message),
        subject: shown(&diagnostic.subject),
        label: shown(&diagnostic.label),
        related: related.map(|(span, label)| (*span, shown(label))).collect(),
        help: shown(&diagnostic.help),
        ..*diagnostic
    }
}

fn source(sources: &[Source], id: SourceId) -> Option<&Source> {
    sources.get(id.0 as usize)
}
