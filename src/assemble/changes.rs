//! What changed since the edition before, in words: for the front matter, and for everything that tells of a release.

use super::Maker;
use super::words::{Words, fill};
use crate::model::book::{Block, Inline, Item, Kind as Of, Section};
use crate::model::release::{Change, Issue, Kind, Status, What};

/// What changed, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// The heading of all.
    pub title: String,
    /// What stands before the groups, sentence by sentence: the editor's own, and which edition this is compared with.
    pub intro: Vec<String>,
    /// A heading, and a line for each change.
    pub groups: Vec<(String, Vec<String>)>,
}

/// What changed in an issue, in the words of the language of a book.
#[must_use]
pub fn notes(language: &str, issue: &Issue) -> Notes {
    let words = Words::of(language);
    let since = match issue.since {
        None => words.changes_first.clone(),
        Some(_) if issue.changes.is_empty() => words.changes_none.clone(),
        Some(edition) => fill(&words.changes_since, &[("edition", &edition.to_string())]),
    };
    let note = Some(issue.note.clone()).filter(|note| !note.is_empty());
    let title = match issue.status {
        Status::Draft => &words.changes_draft,
        Status::Released | Status::Unrecorded => &words.changes,
    };
    Notes {
        title: title.clone(),
        intro: note.into_iter().chain([since]).collect(),
        groups: groups(&words, &issue.changes),
    }
}

fn groups(words: &Words, changes: &[Change]) -> Vec<(String, Vec<String>)> {
    let headings = [
        &words.changes_book,
        &words.changes_evidence,
        &words.changes_words,
        &words.changes_looks,
    ];
    let group = |(number, heading): (usize, &&String)| {
        let here = changes.iter().filter(|change| group_of(change) == number);
        let lines: Vec<String> = here.map(|change| line(words, change)).collect();
        (!lines.is_empty()).then(|| ((*heading).clone(), lines))
    };
    headings.iter().enumerate().filter_map(group).collect()
}

/// The heading under which a change stands, counted from 0.
fn group_of(change: &Change) -> usize {
    match (change.what, change.kind) {
        (
            What::Added | What::Removed,
            Kind::Site | Kind::Technique | Kind::SiteTechnique | Kind::Chapter,
        ) => 0,
        (What::Added | What::Removed, Kind::Reference | Kind::Population)
        | (
            What::Retracted
            | What::Reinstated
            | What::Findings
            | What::Figures
            | What::Label
            | What::Facts
            | What::Sources,
            _,
        ) => 1,
        (What::Added | What::Removed, Kind::Term | Kind::Configuration)
        | (What::Order | What::Wording, _) => 2,
        (What::Appearance | What::Program, _) => 3,
    }
}

fn line(words: &Words, change: &Change) -> String {
    let label = label(words, change);
    let values = [
        ("kind", kind(words, change.kind)),
        ("title", change.title.as_str()),
    ];
    let line = fill(label, &values);
    if change.figures.is_empty() {
        return line;
    }
    let figure = |(before, after): &(String, String)| {
        let label = match (before.is_empty(), after.is_empty()) {
            (true, _) => &words.figure_added,
            (false, true) => &words.figure_removed,
            (false, false) => &words.figure_changed,
        };
        fill(label, &[("before", before), ("after", after)])
    };
    let figures: Vec<String> = change.figures.iter().map(figure).collect();
    format!("{line} ({})", figures.join("; "))
}

fn label<'a>(words: &'a Words, change: &Change) -> &'a str {
    match (change.what, change.kind) {
        (What::Added, _) => &words.change_added,
        (What::Removed, _) => &words.change_removed,
        (What::Retracted, _) => &words.change_retracted,
        (What::Reinstated, _) => &words.change_reinstated,
        (What::Findings, _) => &words.change_findings,
        (What::Figures, _) => &words.change_figures,
        (What::Label, Kind::Configuration) => &words.change_evidence_to,
        (What::Label, Kind::Population) => &words.change_label_population,
        (What::Label, _) => &words.change_label,
        (What::Facts, _) => &words.change_facts,
        (What::Sources, _) => &words.change_sources,
        (What::Order, Kind::Site) => &words.change_order_site,
        (What::Order, Kind::Population) => &words.change_order_population,
        (What::Order, _) => &words.change_order_chapter,
        (What::Wording, Kind::Configuration) if change.id == "see-also" => {
            &words.change_wording_index
        }
        (What::Wording, Kind::Configuration) => &words.change_wording_book,
        (What::Wording, _) => &words.change_wording,
        (What::Appearance, _) => &words.change_appearance,
        (What::Program, _) => &words.change_program,
    }
}

fn kind(words: &Words, kind: Kind) -> &str {
    match kind {
        Kind::Site => &words.kind_site,
        Kind::Technique => &words.kind_technique,
        Kind::SiteTechnique => &words.kind_site_technique,
        Kind::Chapter => &words.kind_chapter,
        Kind::Reference => &words.kind_reference,
        Kind::Population => &words.kind_population,
        Kind::Term => &words.kind_term,
        Kind::Configuration => &words.kind_configuration,
    }
}

impl Maker<'_> {
    /// The section that tells what changed, if there is a ledger to tell it.
    pub(super) fn changes(&self) -> Option<Section> {
        let issue = self.draft.issue.as_ref();
        let issue = issue.filter(|issue| issue.status != Status::Unrecorded)?;
        let notes = notes(&self.draft.handbook.language.value, issue);
        let mut section = self.section("changes", Of::Changes, 1, &notes.title);
        for sentence in &notes.intro {
            section.blocks.push(Block::Paragraph(self.cell(sentence)));
        }
        for (number, (heading, lines)) in notes.groups.iter().enumerate() {
            let name = format!("changes-{}", number + 1);
            section
                .blocks
                .push(self.heading(&section.anchor, &name, heading));
            let item = |line: &String| Item {
                task: None,
                blocks: vec![Block::Paragraph(vec![Inline::Text(self.text(line))])],
            };
            section.blocks.push(Block::List {
                start: None,
                items: lines.iter().map(item).collect(),
            });
        }
        Some(section)
    }
}
