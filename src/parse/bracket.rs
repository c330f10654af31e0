//! Editorial brackets: from loose marks to nested nodes.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::Inline;
use crate::source::{Span, Spanned};

/// How deep brackets may stand in one another: a comment, and one within it.
const MAX_DEPTH: usize = 2;

/// How deep they are kept, so that no walk over them runs out of memory for its calls.
const DEEPEST: usize = 24;

/// A part of running text before its brackets are paired.
pub(super) enum Piece {
    /// Anything but a bracket.
    Node(Spanned<Inline>),
    /// `[`.
    Open(Span),
    /// `]`.
    Close(Span),
}

/// A bracket that found no partner among its siblings.
#[derive(Clone, Copy)]
pub(super) enum Loose {
    /// `[`.
    Open(Span),
    /// `]`.
    Close(Span),
}

/// Pairs the brackets of one container (a paragraph, a table cell, an emphasis).
///
/// What has no partner here goes to `loose`, to be reported once the whole text is known.
pub(super) fn nest(pieces: Vec<Piece>, loose: &mut Vec<Loose>) -> Vec<Spanned<Inline>> {
    let mut open: Vec<(Span, Vec<Spanned<Inline>>)> = Vec::new();
    let mut level = Vec::new();
    // Brackets that stand too deep to be shown are left out; those around them are reported.
    let mut left_out = 0_usize;
    for piece in pieces {
        match piece {
            Piece::Node(node) => push(&mut level, node),
            Piece::Open(_) if open.len() == DEEPEST => left_out += 1,
            Piece::Close(_) if left_out > 0 => left_out -= 1,
            Piece::Open(span) => open.push((span, std::mem::take(&mut level))),
            Piece::Close(span) => match open.pop() {
                Some((start, before)) => {
                    let content = std::mem::replace(&mut level, before);
                    let whole = Span {
                        end: span.end,
                        ..start
                    };
                    level.push(Spanned::new(Inline::Bracket(content), whole));
                }
                None => loose.push(Loose::Close(span)),
            },
        }
    }
    let mut whole = Vec::new();
    for (span, mut before) in open {
        loose.push(Loose::Open(span));
        whole.append(&mut before);
    }
    whole.append(&mut level);
    whole
}

/// Reports brackets within a bracket within a bracket.
pub(super) fn check_depth(
    content: &[Spanned<Inline>],
    depth: usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for node in content {
        match &node.value {
            Inline::Bracket(_) if depth == MAX_DEPTH => diagnostics.push(too_deep(node.span)),
            Inline::Bracket(content) => check_depth(content, depth + 1, diagnostics),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
                check_depth(content, depth, diagnostics);
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Citation(_)
            | Inline::Footnote(_)
            | Inline::Index(_)
            | Inline::Omission
            | Inline::Break => {}
        }
    }
}

/// Adds a node, joining text to text.
fn push(level: &mut Vec<Spanned<Inline>>, node: Spanned<Inline>) {
    if let (
        Some(Spanned {
            value: Inline::Text(before),
            span,
        }),
        Inline::Text(text),
    ) = (level.last_mut(), &node.value)
    {
        before.push_str(text);
        span.end = node.span.end;
    } else {
        level.push(node);
    }
}

/// Reports the brackets without partners: an opening one that is followed by a closing one
/// elsewhere crosses a paragraph or an emphasis; any other stands alone.
pub(super) fn report(mut loose: Vec<Loose>, diagnostics: &mut Vec<Diagnostic>) {
    loose.sort_by_key(|bracket| match bracket {
        Loose::Open(span) | Loose::Close(span) => *span,
    });
    let mut rest = loose.as_slice();
    while let [first, others @ ..] = rest {
        rest = others;
        match (*first, others.first()) {
            (Loose::Open(open), Some(Loose::Close(close))) => {
                rest = &others[1..];
                diagnostics.push(crossing(open, *close));
            }
            (Loose::Open(open), _) => diagnostics.push(alone(open, "[", "]", "opened here")),
            (Loose::Close(close), _) => diagnostics.push(alone(close, "]", "[", "closed here")),
        }
    }
}

fn alone(span: Span, mark: &str, partner: &str, label: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnbalancedBracket,
        span,
        format!("the editorial bracket `{mark}` has no `{partner}`"),
        format!("add `{partner}` in the same paragraph, or write `\\{mark}` for a plain bracket"),
    )
    .label(label)
}

fn crossing(open: Span, close: Span) -> Diagnostic {
    Diagnostic::new(
        Code::CrossingBracket,
        open,
        "this editorial bracket ends in another paragraph or emphasis",
        "close it with `]` where it began, and open a new one with `[` where the next part begins",
    )
    .label("opened here")
    .related(close, "closed here")
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::DeepBracket,
        span,
        "editorial brackets are nested more than once",
        "use commas or dashes for the innermost one, or write `\\[` and `\\]` for plain brackets",
    )
    .label("the third level")
}
