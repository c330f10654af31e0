//! With an excerpt of the source, for people.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::source;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};
use crate::text;

/// The longest excerpt, in bytes: for more than this, only the place is shown.
const LONGEST: usize = 4000;

/// A title, an excerpt of the source with carets, and what to type.
pub(super) fn excerpt(diagnostic: &Diagnostic, sources: &[Source], renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.name());
    let (lines, path);
    let mut primary = Group::with_title(title);
    if let Some(source) = source(sources, diagnostic.span.source) {
        let (window, first, offset) = window(source, diagnostic.span);
        lines = text::blanked(window);
        path = text::shown(&source.path);
        primary = match lines.len() > LONGEST {
            true => primary.element(origin(source, &path, diagnostic.span)),
            false => primary.element(snippet(diagnostic, source, &path, (&lines, first, offset))),
        };
        for (span, label) in elsewhere(diagnostic, source) {
            if let Some(other) = self::source(sources, span.source) {
                let place = other.location(span.range().start);
                let path = text::shown(&other.path);
                let note = format!("{label}: {path}:{}:{}", place.line, place.column);
                primary = primary.element(Level::NOTE.message(note));
            }
        }
    }
    if !diagnostic.help.is_empty() {
        primary = primary.element(Level::HELP.message(diagnostic.help.as_str()));
    }
    let renderer = renderer.clone().decor_style(DecorStyle::Ascii);
    renderer.render(&[primary])
}

/// The place alone, where the lines are too long to show.
fn origin<'a>(source: &Source, path: &'a str, span: Span) -> Origin<'a> {
    let place = source.location(span.range().start);
    Origin::path(path)
        .line(place.line)
        .char_column(place.column)
}

/// The lines in which something was found, with the places in them that explain it.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    source: &'a Source,
    path: &'a str,
    (window, first, offset): (&'a str, usize, usize),
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let place = |span: Span| shifted(window, offset, span);
    let primary = annotation(
        AnnotationKind::Primary,
        place(diagnostic.span),
        &diagnostic.label,
    );
    let near = |(span, _): &&(Span, String)| is_near(diagnostic, source, *span);
    let related = diagnostic.related.iter().filter(near);
    let related =
        related.map(|(span, label)| annotation(AnnotationKind::Context, place(*span), label));
    Snippet::source(window)
        .path(path)
        .line_start(first)
        .annotations(std::iter::once(primary).chain(related))
}

/// The places that explain a finding and are not in its excerpt.
fn elsewhere<'a>(
    diagnostic: &'a Diagnostic,
    source: &'a Source,
) -> impl Iterator<Item = &'a (Span, String)> {
    let far = |(span, _): &&(Span, String)| !is_near(diagnostic, source, *span);
    diagnostic.related.iter().filter(far)
}

/// Whether the excerpt of a finding shows `span`, too.
fn is_near(diagnostic: &Diagnostic, source: &Source, span: Span) -> bool {
    let (window, _, offset) = window(source, diagnostic.span);
    span.source == diagnostic.span.source
        && window.len() <= LONGEST
        && contains(window, offset, span)
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

/// The lines that `span` touches, the number of the first, and its byte offset.
fn window(source: &Source, span: Span) -> (&str, usize, usize) {
    let text = source.text.as_str();
    let from = text.floor_char_boundary(span.range().start);
    let to = text.floor_char_boundary(span.range().end).max(from);
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
    let start = window.floor_char_boundary(span.range().start.saturating_sub(offset));
    let end = window
        .floor_char_boundary(span.range().end.saturating_sub(offset))
        .max(start);
    start..end
}
