//! [`Draft`] → figures for its editor: how much each file says, how hard it is to read, what it rests on.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::draft::{Block, Body, Draft, Inline, Reference, Unit};
use crate::model::{SiteId, TechniqueId};
use crate::readability::{LONG_SENTENCE, grade, sentences, words};
use crate::source::Spanned;

/// Figures for a whole handbook.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Name and version of this format.
    pub schema: &'static str,
    /// One for each file with text, in the order of [`Draft::units`].
    pub sections: Vec<Section>,
    /// All of them together; a reference counts once.
    pub whole: Section,
}

/// Figures for one file.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Section {
    /// Path below the content folder; empty for the whole.
    pub path: String,
    /// Words of running text: no headings, tables or citation marks.
    pub words: usize,
    /// Sentences of running text.
    pub sentences: usize,
    /// School grade of the United States that can read it, for English: the formula of Kincaid and others (1975).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading_grade: Option<f64>,
    /// The beginnings of sentences of more than 30 words.
    pub long_sentences: Vec<String>,
    /// The references in its citation list.
    pub references: usize,
    /// How many of them there are of each population.
    pub populations: BTreeMap<String, usize>,
    /// How many there are of each decade, by its first year.
    pub decades: BTreeMap<u16, usize>,
    /// The year of the newest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<u16>,
}

/// Counts what `draft` holds.
#[must_use]
pub fn report(draft: &Draft) -> Report {
    let english = draft.handbook.language.value.starts_with("en");
    let mut all = Vec::new();
    let mut sections = Vec::new();
    for (unit, body) in draft.units() {
        let mut texts = Vec::new();
        collect(body, &mut texts);
        let references: Vec<&Reference> = (draft.references.iter())
            .filter(|reference| belongs(reference, &unit))
            .collect();
        sections.push(section(unit.path(), &texts, english, &references));
        all.append(&mut texts);
    }
    let references: Vec<&Reference> = draft.references.iter().collect();
    Report {
        schema: "fascicle-report/1",
        sections,
        whole: section(String::new(), &all, english, &references),
    }
}

/// Whether a reference stands in the citation list of a unit; a site has those of all its techniques.
fn belongs(reference: &Reference, unit: &Unit) -> bool {
    let at = |site: &SiteId| reference.sites.iter().any(|named| named.value == *site);
    let by = |technique: &TechniqueId| {
        reference
            .techniques
            .iter()
            .any(|named| named.value == *technique)
    };
    match unit {
        Unit::Chapter(chapter) => reference
            .chapters
            .iter()
            .any(|named| named.value == *chapter),
        Unit::Site(site) => at(site),
        Unit::SiteTechnique(site, technique) => at(site) && by(technique),
        Unit::Technique(technique) => by(technique),
        Unit::Reference(_) => false,
    }
}

fn section(path: String, texts: &[String], english: bool, references: &[&Reference]) -> Section {
    let mut section = Section {
        path,
        references: references.len(),
        ..Section::default()
    };
    for sentence in texts.iter().flat_map(|text| sentences(text)) {
        let count = words(sentence).count();
        if count > LONG_SENTENCE {
            let beginning: Vec<&str> = sentence.split_whitespace().take(8).collect();
            section
                .long_sentences
                .push(format!("{} …", beginning.join(" ")));
        }
        section.words += count;
        section.sentences += usize::from(count > 0);
    }
    section.reading_grade = english.then(|| grade(texts)).flatten();
    for reference in references {
        if let Some(population) = &reference.population {
            let count = section.populations.entry(population.value.to_string());
            *count.or_default() += 1;
        }
        let year = reference.bibliographic.date.year;
        *section.decades.entry(year / 10 * 10).or_default() += 1;
        section.newest = section.newest.max(Some(year));
    }
    section
}

/// The running text of a body, a paragraph each.
fn collect(body: &Body, texts: &mut Vec<String>) {
    let notes = body.footnotes.iter().flat_map(|footnote| &footnote.blocks);
    for block in body.blocks.iter().chain(notes) {
        running_text(&block.value, texts);
    }
}

fn running_text(block: &Block, texts: &mut Vec<String>) {
    match block {
        Block::Paragraph(content) => {
            let mut text = String::new();
            plain(content, &mut text);
            texts.push(text);
        }
        Block::List { items, .. } => {
            for block in items.iter().flat_map(|item| &item.blocks) {
                running_text(&block.value, texts);
            }
        }
        Block::Quote(blocks) => {
            for block in blocks {
                running_text(&block.value, texts);
            }
        }
        Block::Heading { .. }
        | Block::Code(_)
        | Block::Table { .. }
        | Block::Chart(_)
        | Block::Image { .. }
        | Block::Rule => {}
    }
}

fn plain(content: &[Spanned<Inline>], text: &mut String) {
    for inline in content {
        match &inline.value {
            Inline::Text(characters) | Inline::Code(characters) => text.push_str(characters),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Bracket(content)
            | Inline::Link { content, .. } => plain(content, text),
            Inline::Omission => text.push('…'),
            Inline::Break => text.push(' '),
            Inline::Citation(_) | Inline::Footnote(_) | Inline::Index(_) => {}
        }
    }
}
