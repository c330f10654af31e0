//! Nothing is promised: words such as `cure` and `proven` stand only where somebody else is quoted.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Reading;

/// Words that promise, by their beginnings, as English has them.
const PROMISES: [&str; 12] = [
    "cure",
    "cured",
    "cures",
    "curing",
    "proven",
    "guarantee",
    "guaranteed",
    "guarantees",
    "guaranteeing",
    "miracle",
    "miracles",
    "miraculous",
];

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    if !reading.is_english() {
        return;
    }
    for (_, prose) in reading.prose() {
        for (range, word) in super::words(&prose.text) {
            let is_promise = PROMISES.contains(&word.to_lowercase().as_str());
            if !is_promise || prose.is_quoted(range.start) || is_open(&prose.text, &range) {
                continue;
            }
            let Some(span) = reading.span(prose, range.clone()) else {
                continue;
            };
            found.push(
                Diagnostic::new(
                    Code::Promise,
                    span,
                    format!("`{word}` promises more than a study can show"),
                    "say what was found, or put the words of others in quotation marks",
                )
                .label("a promise"),
            );
        }
    }
}

/// Words before a promise that take it back, ask for it, or say that it is only wished for.
const OPEN: [&str; 16] = [
    "no",
    "not",
    "cannot",
    "nor",
    "never",
    "neither",
    "without",
    "aim",
    "aims",
    "hope",
    "hopes",
    "hoped",
    "intent",
    "intention",
    "whether",
    "if",
];

/// Whether the sentence asks, denies or hopes, and so promises nothing.
fn is_open(text: &str, range: &Range<usize>) -> bool {
    let ends = ['.', ';', '?', '!'];
    let before = text[..range.start].rsplit(ends).next().unwrap_or_default();
    let end = text[range.end..].find(ends);
    let asks = end.is_some_and(|at| text[range.end + at..].starts_with('?'));
    let mut words = before.split_whitespace().rev().take(5);
    asks || words.any(|word| {
        let word = word
            .trim_matches(|c: char| !c.is_alphabetic())
            .to_lowercase();
        OPEN.contains(&word.as_str())
    })
}
