//! Sentences and paragraphs are short, and no section is harder to read than the book wants.

use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Reading;
use crate::reading::prose::{Prose, running};
use crate::reading::readability::{LONG_SENTENCE, grade, sentences, words};

/// The most sentences that a paragraph should have.
const LONG_PARAGRAPH: usize = 6;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let running = reading.prose().filter(|(_, prose)| prose.is_running());
    for (_, prose) in running {
        paragraph(reading, prose, found);
    }
    if let (Some(limit), true) = (reading.draft.handbook.reading_grade, reading.is_english()) {
        grades(reading, limit, found);
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
                format!("make two of it; {LONG_SENTENCE} words are enough"),
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
            format!("leave an empty line where a new thought begins; {LONG_PARAGRAPH} sentences are enough"),
        ));
    }
}

/// The reading grade of each unit against the limit of the book.
fn grades(reading: &Reading<'_>, limit: u64, found: &mut Vec<Diagnostic>) {
    for (unit, prose) in reading.units() {
        let place = prose.iter().find_map(|prose| reading.span(prose, 0..1));
        #[expect(clippy::cast_precision_loss, reason = "grades are small numbers")]
        let over = grade(running(prose)).filter(|grade| *grade > limit as f64);
        if let (Some(grade), Some(span)) = (over, place) {
            found.push(Diagnostic::new(
                Code::HardToRead,
                span,
                format!(
                    "`{}` needs reading grade {grade}, above the book's {limit}",
                    unit.path()
                ),
                "use shorter sentences and everyday words",
            ));
        }
    }
}
