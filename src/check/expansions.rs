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

/// Whether what is said is the meaning, or its beginning.
fn is_repeat(said: &str, meaning: &str) -> bool {
    let whole = || {
        meaning[said.len()..]
            .chars()
            .next()
            .is_none_or(|next| next == ' ')
    };
    said.split(' ').count() >= FEW && meaning.starts_with(said) && whole()
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
