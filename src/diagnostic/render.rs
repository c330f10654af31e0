//! Findings as text: with an excerpt of the source for people, or one line each.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{Diagnostic, Severity};
use crate::source::{Source, SourceId, Span, floor_char_boundary};

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Excerpt, caret, label and help, with ANSI colours.
    Colored,
    /// Excerpt, caret, label and help, without colours.
    Human,
    /// `path:line:column: severity[code]: message (help)`, one line each.
    Short,
}

/// The text of `diagnostics`, in the given order; empty if there are none. The paths of `sources`
/// are shown as they are.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &[Source], format: Format) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        match format {
            Format::Colored => out.push_str(&excerpt(diagnostic, sources, Renderer::styled())),
            Format::Human => out.push_str(&excerpt(diagnostic, sources, Renderer::plain())),
            Format::Short => out.push_str(&line(diagnostic, sources)),
        }
        out.push_str(if format == Format::Short {
            "\n"
        } else {
            "\n\n"
        });
    }
    out
}

fn line(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let Diagnostic {
        code,
        message,
        help,
        ..
    } = diagnostic;
    let severity = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut out = match source(sources, diagnostic.span.source) {
        Some(source) => {
            let place = source.location(diagnostic.span.range().start);
            format!("{}:{}:{}: ", source.path, place.line, place.column)
        }
        None => String::new(),
    };
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{severity}[{}]: {message}", code.name());
    if !help.is_empty() {
        let _ = write!(out, " (help: {help})");
    }
    out
}

fn excerpt(diagnostic: &Diagnostic, sources: &[Source], renderer: Renderer) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.name());
    let mut primary = Group::with_title(title);
    if let Some(source) = source(sources, diagnostic.span.source) {
        let (window, line_start, offset) = window(source, diagnostic.span);
        let place = |span: Span| shifted(window, offset, span);
        let mut snippet = Snippet::source(window)
            .path(source.path.as_str())
            .line_start(line_start)
            .annotation(annotation(
                AnnotationKind::Primary,
                place(diagnostic.span),
                &diagnostic.label,
            ));
        for (span, label) in &diagnostic.related {
            if span.source == diagnostic.span.source && contains(window, offset, *span) {
                snippet =
                    snippet.annotation(annotation(AnnotationKind::Context, place(*span), label));
            }
        }
        primary = primary.element(snippet);
        for (span, label) in &diagnostic.related {
            if (span.source != diagnostic.span.source || !contains(window, offset, *span))
                && let Some(other) = self::source(sources, span.source)
            {
                let place = other.location(span.range().start);
                let text = format!("{label}: {}:{}:{}", other.path, place.line, place.column);
                primary = primary.element(Level::NOTE.message(text));
            }
        }
    }
    if !diagnostic.help.is_empty() {
        primary = primary.element(Level::HELP.message(diagnostic.help.as_str()));
    }
    renderer.decor_style(DecorStyle::Ascii).render(&[primary])
}

fn annotation(
    kind: AnnotationKind,
    range: std::ops::Range<usize>,
    label: &str,
) -> annotate_snippets::Annotation<'_> {
    let annotation = kind.span(range);
    if label.is_empty() {
        annotation
    } else {
        annotation.label(label)
    }
}

fn source(sources: &[Source], id: SourceId) -> Option<&Source> {
    sources.get(id.0 as usize)
}

/// The lines that `span` touches, the number of the first, and its byte offset.
fn window(source: &Source, span: Span) -> (&str, usize, usize) {
    let text = source.text.as_str();
    let from = floor_char_boundary(text, span.range().start);
    let to = floor_char_boundary(text, span.range().end).max(from);
    let start = text[..from].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[to..]
        .find('\n')
        .map_or(text.len(), |newline| to + newline);
    (&text[start..end], source.location(start).line, start)
}

fn contains(window: &str, offset: usize, span: Span) -> bool {
    let range = span.range();
    range.start >= offset && range.end <= offset + window.len()
}

fn shifted(window: &str, offset: usize, span: Span) -> std::ops::Range<usize> {
    let start = floor_char_boundary(window, span.range().start.saturating_sub(offset));
    let end = floor_char_boundary(window, span.range().end.saturating_sub(offset)).max(start);
    start..end
}
