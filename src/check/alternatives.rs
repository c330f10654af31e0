//! Every picture and chart has an alternative text that is short and does not repeat the caption.

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
                "describe it in a sentence: `![sentence](file.png)`",
            )
            .label("a screen reader has nothing to read"),
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
            "the alternative text repeats the caption",
            "describe what is in the picture; screen readers also read the caption",
        ));
    }
    let length = alt.chars().count();
    if length > LONGEST {
        found.push(Diagnostic::new(
            Code::LongAlt,
            span,
            format!("the alternative text has {length} characters"),
            format!("use at most {LONGEST}, and move the rest into the text"),
        ));
    }
}
