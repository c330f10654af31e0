//! Finds the terms of the glossary in a text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::draft::Term;

/// Finds terms as whole words, the longest first.
///
/// A form with a capital after its first letter, such as `CT`, is found as it is written; others are
/// found whatever their capitals.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    /// Forms and the numbers of their terms, by their first word in small letters.
    forms: BTreeMap<String, Vec<(String, usize)>>,
}

impl Matcher {
    /// A matcher for the terms of a glossary, which it names by their numbers.
    #[must_use]
    pub fn new(glossary: &[Term]) -> Self {
        let mut forms: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for (index, term) in glossary.iter().enumerate() {
            for form in std::iter::once(&term.name).chain(&term.forms) {
                let first = words(&form.value).next();
                if let Some(word) = first.and_then(|word| form.value.get(word)) {
                    let entry = forms.entry(word.to_lowercase()).or_default();
                    entry.push((form.value.clone(), index));
                }
            }
        }
        for candidates in forms.values_mut() {
            candidates.sort_by_key(|(form, index)| (usize::MAX - form.len(), *index));
        }
        Self { forms }
    }

    /// The places of terms in `text`, in order, none within another.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut end = 0;
        words(text).filter_map(move |word| {
            let start = word.start;
            if self.forms.is_empty() || start < end {
                return None;
            }
            let candidates = self.forms.get(&text.get(word)?.to_lowercase())?;
            let rest = text.get(start..)?;
            let (length, term) = candidates
                .iter()
                .find_map(|(form, term)| Some((length(rest, form)?, *term)))?;
            end = start + length;
            Some((start..end, term))
        })
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
