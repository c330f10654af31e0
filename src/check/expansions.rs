//! No editorial bracket says what the glossary says already.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Inline, Node};
use crate::reading::Reading;
use crate::reading::prose::{self, Role};

/// A repeat of fewer words is chance.
const FEW: usize = 2;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let glossary: Vec<(String, &str)> = (reading.draft.glossary.iter())
        .map(|term| (plain(&term.definition.value), term.name.value.as_str()))
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
            let said = plain(&prose::of_inlines(content, Role::Paragraph).text);
            let repeats = |(meaning, _): &&(String, &str)| is_repeat(&said, meaning);
            if let Some((_, term)) = glossary.iter().find(repeats) {
                found.push(Diagnostic::new(
                    Code::RepeatedExpansion,
                    inline.span,
                    format!("this bracket repeats what the glossary says of `{term}`"),
                    "take the bracket out; the word leads to the glossary by itself",
                ));
            }
        }
    }
}

/// Whether what is said is the meaning, or its beginning, but for a few words such as `that is`.
fn is_repeat(said: &str, meaning: &str) -> bool {
    let count = |text: &str| text.split(' ').count();
    let is_part = |part: &str, whole: &str| format!(" {whole} ").contains(&format!(" {part} "));
    let begins = || format!("{meaning} ").starts_with(&format!("{said} "));
    match count(said) >= count(meaning) {
        true => {
            is_part(meaning, said) && count(said) <= count(meaning) + FEW && count(meaning) >= FEW
        }
        false => count(said) >= FEW && begins(),
    }
}

/// Small letters and digits, with single spaces.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeat_may_leave_out_the_end_or_have_a_few_words_more() {
        let meaning = "destroying a tumour where it lies";
        for said in [
            "destroying a tumour",
            "destroying a tumour where it lies",
            "that is destroying a tumour where it lies",
        ] {
            assert!(is_repeat(said, meaning), "{said}");
        }
        for said in [
            "destroying",
            "destroying a tum",
            "where it lies",
            "in this trial destroying a tumour where it lies",
            "",
        ] {
            assert!(!is_repeat(said, meaning), "{said}");
        }
        assert!(!is_repeat(
            "by radiofrequency ablation in ten",
            "radiofrequency ablation"
        ));
        assert!(!is_repeat("mean", "mean"));
        assert!(!is_repeat("", ""));
    }
}
