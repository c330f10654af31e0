//! Every picture and chart says in words what it shows: not what its caption says, and not too long.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Block, Draft, Node};
use crate::source::Span;

/// The most characters that words for a picture may have: screen readers read them in one go.
const LONGEST: usize = 250;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (_, body) in draft.units() {
        for node in body.nodes() {
            let Node::Block(block) = node else { continue };
            match &block.value {
                Block::Image { alt, caption, .. } => {
                    missing(alt, block.span, found);
                    words(alt, caption.as_deref(), block.span, found);
                }
                Block::Chart(chart) => {
                    let (alt, caption) = (&chart.alt, &chart.title.value);
                    words(&alt.value, Some(caption), alt.span, found);
                }
                _ => {}
            }
        }
    }
}

/// A chart without them lacks a key.
fn missing(alt: &str, span: Span, found: &mut Vec<Diagnostic>) {
    if alt.trim().is_empty() {
        found.push(
            Diagnostic::new(
                Code::MissingAlt,
                span,
                "this image has no alternative text",
                "say in a sentence what it shows: `![sentence](file.png)`",
            )
            .label("nothing to read aloud"),
        );
    }
}

/// What they must not be.
fn words(alt: &str, caption: Option<&str>, span: Span, found: &mut Vec<Diagnostic>) {
    let plain = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    if !alt.trim().is_empty() && caption.is_some_and(|caption| plain(caption) == plain(alt)) {
        found.push(Diagnostic::new(
            Code::AltIsCaption,
            span,
            "the alternative text says the same as the caption",
            "say what can be seen; the caption is read aloud as well",
        ));
    }
    let length = alt.chars().count();
    if length > LONGEST {
        found.push(Diagnostic::new(
            Code::LongAlt,
            span,
            format!("the alternative text has {length} characters"),
            format!("say it in {LONGEST} at most, and tell the rest in the text"),
        ));
    }
}
