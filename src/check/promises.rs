//! The book promises nothing: words such as `cure` and `proven` appear only in quotations.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::rules::Promises;
use crate::model::draft::Draft;
use crate::reading::Reading;
use crate::source::{Span, Spanned};

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(rule) = &reading.words.rules.promises else {
        return;
    };
    let quotation = &reading.words.quotation;
    for (_, prose) in reading.prose() {
        let is_quoted = |at| prose.is_quoted(at, quotation);
        for (range, word) in promises(rule, &prose.text, is_quoted) {
            let span = reading.span(prose, range);
            found.extend(span.map(|span| promise(word, span)));
        }
    }
    for text in own_words(reading.draft) {
        let is_quoted = |at| quotation.is_open(&text.value[..at]);
        let promises = promises(rule, &text.value, is_quoted);
        found.extend(promises.map(|(_, word)| promise(word, text.span)));
    }
}

/// Texts by the authors of the book outside of bodies; titles of articles are quotations.
fn own_words(draft: &Draft) -> Vec<Spanned<String>> {
    let handbook = &draft.handbook;
    let chapters = draft.chapters.iter().map(|chapter| &chapter.title);
    let sites = draft.sites.iter().map(|site| &site.title);
    let techniques = draft.techniques.iter().map(|technique| &technique.title);
    let terms = draft.glossary.iter().map(|term| &term.definition);
    let titled = chapters.chain(sites).chain(techniques).chain(terms);
    let book = [&handbook.title, &handbook.subtitle, &handbook.description];
    let book = book.map(|text| Spanned::new(text.clone(), handbook.span));
    titled.cloned().chain(book).collect()
}

/// The promises in a text, and their places.
fn promises<'a>(
    rule: &Promises,
    text: &'a str,
    is_quoted: impl Fn(usize) -> bool,
) -> impl Iterator<Item = (Range<usize>, &'a str)> {
    super::words(text).filter(move |(range, word)| {
        rule.words.contains(&word.to_lowercase())
            && !is_quoted(range.start)
            && !is_open(rule, text, range)
    })
}

fn promise(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Promise,
        span,
        format!("`{word}` promises more than a study can show"),
        "write what was found, or put a quotation in quotation marks",
    )
    .label("a promise")
}

/// Whether the sentence asks, denies or hopes, and so promises nothing.
fn is_open(rule: &Promises, text: &str, range: &Range<usize>) -> bool {
    let ends = ['.', ';', '?', '!'];
    let before = text[..range.start].rsplit(ends).next().unwrap_or_default();
    let end = text[range.end..].find(ends);
    let asks = end.is_some_and(|at| text[range.end + at..].starts_with('?'));
    let mut words = before.split_whitespace().rev().take(5);
    asks || words.any(|word| {
        let word = word
            .trim_matches(|c: char| !c.is_alphabetic())
            .to_lowercase();
        rule.open.contains(&word)
    })
}
