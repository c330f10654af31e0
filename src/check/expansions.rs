//! No editorial bracket repeats the glossary.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Inline, Node};
use crate::reading::Reading;
use crate::reading::prose::{self, Role};

/// Matches shorter than this are chance; also the number of extra words tolerated.
const FEW: usize = 2;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let glossary: Vec<(Words, &str)> = (reading.draft.glossary.iter())
        .map(|term| (Words::of(&term.definition.value), term.name.value.as_str()))
        .collect();
    if glossary.is_empty() {
        return;
    }
    for (_, body) in &reading.bodies {
        for node in body.nodes() {
            let Node::Inline(inline) = node else { continue };
            let Inline::Bracket(content) = &inline.value else {
                continue;
            };
            let said = Words::of(&prose::of_inlines(content, Role::Paragraph).text);
            let repeats = |(meaning, _): &&(Words, &str)| said.repeat(meaning);
            if let Some((_, term)) = glossary.iter().find(repeats) {
                found.push(Diagnostic::new(
                    Code::RepeatedExpansion,
                    inline.span,
                    format!("this bracket repeats the glossary's explanation of `{term}`"),
                    "delete the bracket; the word already links to the glossary",
                ));
            }
        }
    }
}

/// A text as it sounds, for comparing.
struct Words {
    /// Small letters and digits, with a space before, between and behind words.
    text: String,
    count: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self {
            text: " ".to_owned(),
            count: 0,
        };
        let runs = text.split(|c: char| !c.is_alphanumeric());
        for word in runs.filter(|word| !word.is_empty()) {
            words.text.push_str(&word.to_lowercase());
            words.text.push(' ');
            words.count += 1;
        }
        words
    }

    /// Whether they are the meaning or its beginning, but for a few words such as `that is`.
    fn repeat(&self, meaning: &Self) -> bool {
        if self.count < FEW || meaning.count < FEW {
            return false;
        }
        match self.count < meaning.count {
            true => meaning.text.starts_with(&self.text),
            false => self.count <= meaning.count + FEW && self.text.contains(&meaning.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeats(said: &str, meaning: &str) -> bool {
        Words::of(said).repeat(&Words::of(meaning))
    }

    #[test]
    fn a_repeat_may_leave_out_the_end_or_have_a_few_words_more() {
        let meaning = "destroying a tumour where it lies";
        for said in [
            "destroying a tumour",
            "destroying a tumour where it lies",
            "that is destroying a tumour where it lies",
        ] {
            assert!(repeats(said, meaning), "{said}");
        }
        for said in [
            "destroying",
            "destroying a tum",
            "where it lies",
            "in this trial destroying a tumour where it lies",
            "",
        ] {
            assert!(!repeats(said, meaning), "{said}");
        }
        assert!(!repeats(
            "by radiofrequency ablation in ten",
            "radiofrequency ablation"
        ));
        assert!(!repeats("mean", "mean"));
        assert!(!repeats("", ""));
    }
}
