//! Sentences and paragraphs are short.

use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Reading;
use crate::reading::prose::Prose;
use crate::reading::readability::{LONG_SENTENCE, sentences, words};

/// The most sentences that a paragraph should have.
const LONG_PARAGRAPH: usize = 6;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let running = reading.prose().filter(|(_, prose)| prose.is_running());
    for (_, prose) in running {
        paragraph(reading, prose, found);
    }
}

fn paragraph(reading: &Reading<'_>, prose: &Prose, found: &mut Vec<Diagnostic>) {
    let mut count = 0;
    for (start, sentence) in sentences(&prose.text) {
        count += 1;
        let length = words(sentence).count();
        let range = start..start + sentence.trim_end().len();
        if length > LONG_SENTENCE
            && let Some(span) = reading.span(prose, range)
        {
            found.push(Diagnostic::new(
                Code::LongSentence,
                span,
                format!("this sentence has {length} words"),
                format!("split it; {LONG_SENTENCE} words are enough"),
            ));
        }
    }
    if count > LONG_PARAGRAPH
        && let Some(span) = reading.span(prose, 0..prose.text.len().min(1))
    {
        found.push(Diagnostic::new(
            Code::LongParagraph,
            span,
            format!("this paragraph has {count} sentences"),
            format!("add an empty line where a new thought begins; {LONG_PARAGRAPH} sentences are enough"),
        ));
    }
}
