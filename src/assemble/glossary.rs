//! The glossary: its words where sections first use them, and the list of all.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::uses::Used;
use super::{Context, cell, text_at};
use crate::model::book::{Anchor, Block, GlossaryEntry, Inline, Kind, Locator, Section};
use crate::model::draft::Term;
use crate::source::Span;

/// The name of the section that explains words.
const GLOSSARY: &str = "glossary";

impl Context<'_> {
    /// A text of the author, with links to the glossary at the words in it that `met` does not hold yet.
    pub(super) fn with_terms(
        &self,
        text: &str,
        origin: Span,
        section: &Anchor,
        met: &mut BTreeMap<usize, Vec<Locator>>,
    ) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut done = 0;
        let plain = |range: Range<usize>| {
            let text = text.get(range).filter(|text| !text.is_empty());
            text.map(|text| Inline::Text(text_at(text, Some(origin))))
        };
        for (range, term) in self.matcher.find(text) {
            if met.contains_key(&term) {
                continue;
            }
            let anchor = Anchor(format!("{}.._{}", section.0, self.term_id(term)));
            out.extend(plain(done..range.start));
            out.push(Inline::Term {
                target: self.definition(term),
                anchor: anchor.clone(),
                word: text_at(text.get(range.clone()).unwrap_or_default(), Some(origin)),
            });
            met.insert(term, vec![Locator::from(anchor)]);
            done = range.end;
        }
        out.extend(plain(done..text.len()));
        out
    }

    /// The words that the book explains, in order, each with the place where it is first used.
    pub(super) fn glossary(&self, used: &Used) -> Section {
        let title = &self.words.indexes.glossary;
        let mut section = self.section(GLOSSARY, Kind::Glossary, 2, title);
        let mut terms: Vec<_> = self.draft.glossary.iter().enumerate().collect();
        terms.sort_by_cached_key(|(_, term)| self.order.of_title(&term.name.value));
        let definitions = terms.into_iter().map(|(index, term)| GlossaryEntry {
            anchor: self.definition(index),
            term: text_at(&*term.name.value, Some(term.name.span)),
            meaning: self.tied(&term.definition),
            uses: (used
                .terms
                .get(&index)
                .into_iter()
                .flatten()
                .take(1)
                .cloned())
            .collect(),
        });
        section.blocks = vec![
            Block::Paragraph(cell(&self.words.indexes.glossary_intro)),
            Block::Glossary(definitions.collect()),
        ];
        section
    }

    /// The place of a word in the glossary.
    pub(super) fn definition(&self, term: usize) -> Anchor {
        Anchor(format!("{GLOSSARY}.{}", self.term_id(term)))
    }

    fn term_id(&self, term: usize) -> &str {
        self.term_ids.get(term).map_or("", String::as_str)
    }
}

/// Identifiers of the words of the glossary.
pub(super) fn term_ids(glossary: &[Term]) -> Vec<String> {
    ids("term", glossary.iter().map(|term| term.name.value.as_str()))
}

/// Identifiers for names: their ASCII letters and digits, with a number where that says nothing or too little.
pub(super) fn ids<'a>(prefix: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let id = |(index, name): (usize, &str)| {
        let name = name.to_lowercase();
        let parts = name.split(|letter: char| !letter.is_ascii_alphanumeric());
        let words: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let plain = format!("{prefix}-{}", words.join("-"));
        let id = match taken.contains(&plain) || words.is_empty() {
            true => format!("{plain}--{index}"),
            false => plain,
        };
        taken.insert(id.clone());
        id
    };
    names.enumerate().map(id).collect()
}
