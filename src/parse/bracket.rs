//! Editorial brackets: from loose marks to nested nodes.

use super::file::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::Inline;
use crate::source::{Span, Spanned};

/// How deeply brackets may be nested: a comment, and one within it.
const MAX_DEPTH: usize = 2;

/// How deep they are kept, so that no walk over them runs out of memory for its calls.
const DEEPEST: usize = 24;

/// A part of running text before its brackets are paired.
pub(super) enum Token {
    /// Anything but a bracket.
    Node(Spanned<Inline>),
    /// `[`.
    Open(Span),
    /// `]`.
    Close(Span),
}

/// A bracket that found no partner among its siblings.
#[derive(Clone, Copy)]
pub(super) enum UnmatchedBracket {
    /// `[`.
    Open(Span),
    /// `]`.
    Close(Span),
}

/// The brackets of one container (a paragraph, a table cell, an emphasis) while it is read.
#[derive(Default)]
pub(super) struct BracketStack {
    /// Those that are open, and what stands before each on its level.
    open: Vec<(Span, Vec<Spanned<Inline>>)>,
    /// What the innermost holds so far.
    level: Vec<Spanned<Inline>>,
    /// How many stand too deep to be shown; those around them are reported.
    left_out: usize,
    /// Closing ones without a partner here.
    loose: Vec<UnmatchedBracket>,
}

impl BracketStack {
    /// Reads the next part.
    pub(super) fn add(&mut self, piece: Token) {
        match piece {
            Token::Node(node) => push(&mut self.level, node),
            Token::Open(_) if self.open.len() == DEEPEST => self.left_out += 1,
            Token::Close(_) if self.left_out > 0 => self.left_out -= 1,
            Token::Open(span) => self.open.push((span, std::mem::take(&mut self.level))),
            Token::Close(span) => match self.open.pop() {
                Some((start, before)) => {
                    let content = std::mem::replace(&mut self.level, before);
                    let whole = Span {
                        end: span.end,
                        ..start
                    };
                    self.level
                        .push(Spanned::new(Inline::Bracket(content), whole));
                }
                None => self.loose.push(UnmatchedBracket::Close(span)),
            },
        }
    }

    /// What the container holds. What has no partner here goes to `loose`, to be reported once the whole text is known.
    pub(super) fn end(mut self, loose: &mut Vec<UnmatchedBracket>) -> Vec<Spanned<Inline>> {
        loose.append(&mut self.loose);
        let mut whole = Vec::new();
        for (span, mut before) in self.open {
            loose.push(UnmatchedBracket::Open(span));
            whole.append(&mut before);
        }
        whole.append(&mut self.level);
        whole
    }
}

/// Reports brackets within a bracket within a bracket.
pub(super) fn check_depth(content: &[Spanned<Inline>], depth: usize, diagnostics: &mut Findings) {
    for node in content {
        let is_bracket = matches!(node.value, Inline::Bracket(_));
        if is_bracket && depth == MAX_DEPTH {
            diagnostics.push(too_deep(node.span));
        } else {
            let depth = depth + usize::from(is_bracket);
            check_depth(node.value.children(), depth, diagnostics);
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
pub(super) fn report(mut loose: Vec<UnmatchedBracket>, diagnostics: &mut Findings) {
    loose.sort_by_key(|bracket| match bracket {
        UnmatchedBracket::Open(span) | UnmatchedBracket::Close(span) => *span,
    });
    let mut rest = loose.as_slice();
    while let [first, others @ ..] = rest {
        rest = others;
        match (*first, others.first()) {
            (UnmatchedBracket::Open(open), Some(UnmatchedBracket::Close(close))) => {
                rest = &others[1..];
                diagnostics.push(crossing(open, *close));
            }
            (UnmatchedBracket::Open(open), _) => {
                diagnostics.push(alone(open, "[", "]", "opened here"));
            }
            (UnmatchedBracket::Close(close), _) => {
                diagnostics.push(alone(close, "]", "[", "closed here"));
            }
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
