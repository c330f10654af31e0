//! What of a text is evidence: its words, its figures, and the references that it cites.

use std::collections::BTreeSet;

use crate::language::is_quotation_mark;
use crate::model::ReferenceId;
use crate::model::draft::{Block, Body, Chart, Inline};
use crate::source::Spanned;

/// The evidence in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// The whole text, with the comments by the compiler.
    all: String,
    /// The text outside of comments.
    outside: String,
    /// The references that it cites.
    pub(super) cites: BTreeSet<ReferenceId>,
}

impl Evidence {
    /// Of a body with its footnotes.
    pub(super) fn of(body: &Body) -> Self {
        let mut evidence = Self::default();
        evidence.blocks(&body.blocks);
        for footnote in &body.footnotes {
            evidence.blocks(&footnote.blocks);
        }
        evidence
    }

    /// Of a text without markup.
    pub(super) fn of_text(text: &str) -> Self {
        Self {
            all: text.to_owned(),
            outside: text.to_owned(),
            cites: BTreeSet::new(),
        }
    }

    /// Adds a text without markup that is from a reference.
    pub(super) fn add(&mut self, text: &str, reference: &ReferenceId) {
        self.append(&format!("{text}\n"), false);
        self.cites.insert(reference.clone());
    }

    /// The numbers, in reading order.
    pub(super) fn figures(&self) -> Vec<String> {
        figures(&self.all)
    }

    /// The words outside of comments, in small letters, without the punctuation around them. Signs such as `<`
    /// are words, too.
    pub(super) fn words(&self) -> String {
        let words = self.outside.split_whitespace();
        let words = words.map(|word| word.trim_matches(is_punctuation).to_lowercase());
        words
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn append(&mut self, text: &str, comment: bool) {
        self.all.push_str(text);
        if !comment {
            self.outside.push_str(text);
        }
    }

    fn blocks(&mut self, blocks: &[Spanned<Block>]) {
        for block in blocks {
            self.block(&block.value);
            self.append("\n", false);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Code(text) => self.append(text, false),
            Block::Chart(chart) => self.chart(chart),
            _ => {}
        }
        for part in block.children() {
            self.blocks(part.blocks());
            self.inlines(part.inlines(), false);
            self.append("\n", false);
        }
    }

    fn chart(&mut self, chart: &Chart) {
        self.cites
            .extend(chart.reference.iter().map(|id| id.value.clone()));
        for bar in &chart.bars {
            let amount = bar.value.as_ref().map(|amount| amount.value.to_string());
            let amount = amount.unwrap_or_default();
            let (label, unit) = (&bar.label.value, &chart.unit.value);
            let space = if chart.is_share() { "" } else { " " };
            self.append(&format!("{label} {amount}{space}{unit}\n"), false);
        }
    }

    fn inlines(&mut self, inlines: &[Spanned<Inline>], comment: bool) {
        for inline in inlines {
            if let Inline::Citation(cited) = &inline.value {
                self.cites
                    .extend(cited.iter().map(|it| it.id.value.clone()));
            }
            self.append(inline.value.characters(), comment);
            let comment = comment || matches!(inline.value, Inline::Bracket(_));
            self.inlines(inline.value.children(), comment);
        }
    }
}

/// Marks before and behind a word that do not make it another word.
fn is_punctuation(character: char) -> bool {
    is_quotation_mark(character) || ".,;:!?()".contains(character)
}

/// The numbers in a text, with their decimals, thousands and per-cent signs. Digits in words, as in `p53`, are none.
fn figures(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut before = ' ';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !first.is_ascii_digit() || before.is_alphabetic() {
            before = match first.is_ascii_digit() {
                // The digits of a word belong to it.
                true => before,
                false => first,
            };
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let figure = &rest[..length(rest)];
        found.push(figure.to_owned());
        rest = &rest[figure.len()..];
        before = '0';
    }
    found
}

/// How many bytes the number has with which `text` begins.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next_is_digit = characters
            .peek()
            .is_some_and(|(_, next)| next.is_ascii_digit());
        match character {
            '0'..='9' => end = at + 1,
            '.' | ',' | '·' | '\u{202f}' | '\u{2009}' if next_is_digit => {}
            '%' | '‰' => return at + character.len_utf8(),
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_numbers_as_they_are_written() {
        let text = "In 1,204 people (27%, 95% CI 1.2–3.4) p53 and L4 were 0.5, then 2003.";
        assert_eq!(
            figures(text),
            ["1,204", "27%", "95%", "1.2", "3.4", "0.5", "2003"]
        );
        assert!(figures("").is_empty());
    }

    #[test]
    fn words_are_more_than_letters() {
        let words = |text| Evidence::of_text(text).words();
        assert_eq!(
            words("Half lived, (P < 0.05)."),
            words("half lived P < 0.05")
        );
        assert_ne!(words("P < 0.05"), words("P > 0.05"));
        assert_ne!(words("lived longer"), words("did not live longer"));
    }
}
