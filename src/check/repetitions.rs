//! The book says each thing once: no sentence stands in two places.

use std::collections::BTreeMap;

use super::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::ContentFile;
use crate::reading::Reading;
use crate::reading::readability::sentences;
use crate::source::Span;

/// Shorter sentences say little that could stand once: `What is not known.`
const FEWEST_WORDS: usize = 8;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let mut first_places: BTreeMap<String, Span> = BTreeMap::new();
    let running = reading.prose().filter(|(_, prose)| prose.is_running());
    // What an article found is read alone, and so are the comments on it.
    let told = running.filter(|(unit, _)| !matches!(unit, ContentFile::Reference(_)));
    for (_, prose) in told {
        for (start, sentence) in sentences(&prose.text) {
            let sentence = sentence.trim_end();
            // The same may be asked about several techniques.
            if sentence.ends_with('?') {
                continue;
            }
            let words: Vec<String> = words(sentence).map(|(_, it)| it.to_lowercase()).collect();
            let range = start..start + sentence.len();
            let Some(span) = reading.span(prose, range) else {
                continue;
            };
            if words.len() < FEWEST_WORDS {
                continue;
            }
            match first_places.get(&words.join(" ")) {
                Some(first) => found.push(repeated(span, *first)),
                None => {
                    first_places.insert(words.join(" "), span);
                }
            }
        }
    }
}

fn repeated(span: Span, first: Span) -> Diagnostic {
    let message = "this sentence stands in another place, too";
    let help = "keep the one that readers meet first, and link to it here if they need it";
    Diagnostic::new(Code::RepeatedSentence, span, message, help).related(first, "the first one")
}
