//! Finds the terms of the glossary in a text.

use std::ops::Range;

use crate::model::draft::Term;

/// Finds terms as whole words, the longest first.
///
/// A form with a capital after its first letter, such as `CT`, is found as it is written; others are
/// found whatever their capitals.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    /// In order of their folded letters, so that those with one beginning are side by side, and of their terms.
    forms: Vec<Form>,
}

/// A form of a term.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    /// Its letters as they are looked up.
    folded: String,
    /// The number of the term.
    term: usize,
    written: String,
}

impl Form {
    fn after(&self, length: usize) -> &[u8] {
        self.folded.as_bytes().get(length..).unwrap_or_default()
    }
}

impl Matcher {
    /// A matcher for the terms of a glossary, which it names by their numbers.
    #[must_use]
    pub fn new(glossary: &[Term]) -> Self {
        let form = |term: usize, form: &str| Form {
            folded: form.chars().map(folded).collect(),
            term,
            written: form.to_owned(),
        };
        let mut forms = Vec::new();
        for (index, term) in glossary.iter().enumerate() {
            let written = std::iter::once(&term.name).chain(&term.forms);
            let written = written.filter(|it| words(&it.value).next().is_some());
            forms.extend(written.map(|it| form(index, &it.value)));
        }
        forms.sort();
        Self { forms }
    }

    /// The places of terms in `text`, in order, none within another.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut end = 0;
        words(text).filter_map(move |word| {
            let start = word.start;
            if start < end {
                return None;
            }
            let (length, term) = self.longest(text.get(start..)?)?;
            end = start + length;
            Some((start..end, term))
        })
    }

    /// The length of the longest form that `text` begins with, and its term.
    fn longest(&self, text: &str) -> Option<(usize, usize)> {
        // The forms that begin as the text does, letter by letter.
        let mut alike = &*self.forms;
        let mut length_alike = 0;
        let mut ended = Vec::new();
        for letter in text.chars() {
            let mut letters = [0; 4];
            let letter = folded(letter).encode_utf8(&mut letters).as_bytes();
            let from = alike.partition_point(|form| form.after(length_alike) < letter);
            alike = &alike[from..];
            let to = alike.partition_point(|form| form.after(length_alike).starts_with(letter));
            alike = &alike[..to];
            if alike.is_empty() {
                break;
            }
            length_alike += letter.len();
            let whole = alike.partition_point(|form| form.folded.len() == length_alike);
            ended.push(&alike[..whole]);
        }
        let mut ended = ended.iter().rev().flat_map(|forms| *forms);
        ended.find_map(|form| Some((length(text, &form.written)?, form.term)))
    }
}

/// A letter as it is looked up: small, and any space alike. What is found is compared as it is.
fn folded(letter: char) -> char {
    match letter {
        '\u{a0}' => ' ',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// How many bytes of `text` are `form`, if it begins with it as whole words.
fn length(text: &str, form: &str) -> Option<usize> {
    let exact = form.chars().skip(1).any(char::is_uppercase);
    let mut letters = text.char_indices();
    for wanted in form.chars() {
        let (_, found) = letters.next()?;
        let same = wanted == found
            || (!exact && wanted.to_lowercase().eq(found.to_lowercase()))
            || (wanted == ' ' && found == '\u{a0}');
        if !same {
            return None;
        }
    }
    match letters.next() {
        Some((_, next)) if next.is_alphanumeric() => None,
        Some((at, _)) => Some(at),
        None => Some(text.len()),
    }
}

/// The runs of letters and digits in `text`.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = letters.find(|(_, letter)| letter.is_alphanumeric())?;
        while letters
            .next_if(|(_, letter)| letter.is_alphanumeric())
            .is_some()
        {}
        let end = letters.peek().map_or(text.len(), |(at, _)| *at);
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span, Spanned};

    fn found(forms: &[&str], text: &str) -> Vec<String> {
        let span = Span::new(SourceId(0), 0..0);
        let term = |form: &&str| Term {
            name: Spanned::new((*form).to_owned(), span),
            forms: Vec::new(),
            definition: Spanned::new(String::new(), span),
        };
        let glossary: Vec<Term> = forms.iter().map(term).collect();
        let matcher = Matcher::new(&glossary);
        matcher
            .find(text)
            .map(|(range, term)| format!("{term}:{}", &text[range]))
            .collect()
    }

    #[test]
    fn whole_words_are_found_and_the_longest_first() {
        let forms = ["local control", "local", "CT", "ablation"];
        assert_eq!(
            found(
                &forms,
                "Local\u{a0}control of locals; a CT, no ct. (Ablation) local"
            ),
            ["0:Local\u{a0}control", "2:CT", "3:Ablation", "1:local"]
        );
        assert!(found(&forms, "éCT CT2 ablations").is_empty());
        assert!(found(&[], "ablation").is_empty());
        assert!(found(&["", "-"], "a - b").is_empty());
    }
}
