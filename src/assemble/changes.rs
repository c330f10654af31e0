//! What changed since the edition before, in words: for the front matter, and for everything that tells of a release.

use super::{Context, cell, text_of};
use crate::language::{Collation, Words, fill};
use crate::model::book::{Block, Inline, Item, Kind, Section};
use crate::model::draft::Handbook;
use crate::model::ledger::{Change, ChangeKind, EditionStatement, Status, UnitKind, Weight};

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

/// What changed in an issue, in the words of a book.
#[must_use]
pub fn notes(handbook: &Handbook, issue: &EditionStatement) -> Notes {
    let words = &*Words::of_book(handbook);
    let since = match issue.since {
        None => words.changes.first.clone(),
        Some(_) if issue.changes.is_empty() => words.changes.none.clone(),
        Some(edition) => fill(&words.changes.since, &[("edition", &edition.to_string())]),
    };
    let note = Some(issue.note.clone()).filter(|note| !note.is_empty());
    let title = match issue.status {
        Status::Draft => &words.changes.draft,
        Status::Released | Status::Unrecorded => &words.changes.title,
    };
    Notes {
        title: title.clone(),
        intro: note.into_iter().chain([since]).collect(),
        groups: groups(
            words,
            &Collation::of(&handbook.language.value, words),
            &issue.changes,
        ),
    }
}

/// The lines of each group: changes of one kind in the order of their titles.
fn groups(words: &Words, order: &Collation, changes: &[Change]) -> Vec<(String, Vec<String>)> {
    let group = |weight: &Weight| {
        let heading = match weight {
            Weight::Edition => &words.changes.book,
            Weight::Revision => &words.changes.evidence,
            Weight::Correction => &words.changes.words,
            Weight::Nothing => &words.changes.looks,
        };
        let here = sorted(order, changes, *weight);
        let lines: Vec<String> = here.iter().map(|change| line(words, change)).collect();
        (!lines.is_empty()).then(|| (heading.clone(), lines))
    };
    WEIGHTS.iter().filter_map(group).collect()
}

/// Every weight, the most of it first.
const WEIGHTS: [Weight; 4] = [
    Weight::Edition,
    Weight::Revision,
    Weight::Correction,
    Weight::Nothing,
];

/// The changes of a weight: those of one kind in the order of their titles.
fn sorted<'c>(order: &Collation, changes: &'c [Change], weight: Weight) -> Vec<&'c Change> {
    let here = changes.iter().filter(|change| change.weight() == weight);
    let mut here: Vec<&Change> = here.collect();
    here.sort_by_cached_key(|change| (change.what, change.kind, order.of_title(&change.title)));
    here
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
            (true, _) => &words.change.figure_added,
            (false, true) => &words.change.figure_removed,
            (false, false) => &words.change.figure_changed,
        };
        fill(label, &[("before", before), ("after", after)])
    };
    let figures: Vec<String> = change.figures.iter().map(figure).collect();
    format!("{line} ({})", figures.join(words.semicolon()))
}

fn label<'a>(words: &'a Words, change: &Change) -> &'a str {
    match (change.what, change.kind) {
        (ChangeKind::Added, _) => &words.change.added,
        (ChangeKind::Removed, _) => &words.change.removed,
        (ChangeKind::Retracted, _) => &words.change.retracted,
        (ChangeKind::Reinstated, _) => &words.change.reinstated,
        (ChangeKind::Findings, _) => &words.change.findings,
        (ChangeKind::Figures, _) => &words.change.figures,
        (ChangeKind::Label, UnitKind::Configuration) => &words.change.evidence_to,
        (ChangeKind::Label, UnitKind::Population) => &words.change.label_population,
        (ChangeKind::Label, _) => &words.change.label,
        (ChangeKind::Facts, _) => &words.change.facts,
        (ChangeKind::Sources, _) => &words.change.sources,
        (ChangeKind::Order, UnitKind::Site) => &words.change.order_site,
        (ChangeKind::Order, UnitKind::Population) => &words.change.order_population,
        (ChangeKind::Order, _) => &words.change.order_chapter,
        (ChangeKind::Wording, UnitKind::Configuration) if change.id == "see-also" => {
            &words.change.wording_index
        }
        (ChangeKind::Wording, UnitKind::Configuration) if change.id == "labels" => {
            &words.change.wording_labels
        }
        (ChangeKind::Wording, UnitKind::Configuration) => &words.change.wording_book,
        (ChangeKind::Wording, _) => &words.change.wording,
        (ChangeKind::Appearance, _) => &words.change.appearance,
        (ChangeKind::Program, _) => &words.change.program,
    }
}

fn kind(words: &Words, kind: UnitKind) -> &str {
    match kind {
        UnitKind::Site => &words.unit.site,
        UnitKind::Technique => &words.unit.technique,
        UnitKind::SiteTechnique => &words.unit.site_technique,
        UnitKind::Chapter => &words.unit.chapter,
        UnitKind::Reference => &words.unit.reference,
        UnitKind::Population => &words.unit.population,
        UnitKind::Term => &words.unit.term,
        UnitKind::Configuration => &words.unit.configuration,
    }
}

/// Up to how many changes of a kind the book names each: its first pages belong to what a reader looks for.
const NAMED: usize = 3;

/// The changes in the order of the notes, those of a kind together: each named, or how many there are.
fn in_short(words: &Words, order: &Collation, changes: &[Change]) -> Vec<String> {
    // Where the words name no kind of unit, changes of all kinds are counted together.
    let of = |change: &Change| {
        let label = label(words, change);
        (
            label.to_owned(),
            label.contains("{kind}").then_some(change.kind),
        )
    };
    let sorted = WEIGHTS.iter().map(|weight| sorted(order, changes, *weight));
    let sorted: Vec<&Change> = sorted.flatten().collect();
    let kinds = sorted.chunk_by(|one, next| of(one) == of(next));
    let lines = |same: &[&Change]| match same {
        [first, ..] if same.len() > NAMED => {
            let count = same.len().to_string();
            let title = fill(&words.change.counted, &[("count", &count)]);
            let values = [("kind", kind(words, first.kind)), ("title", &title)];
            vec![fill(label(words, first), &values)]
        }
        same => same.iter().map(|change| line(words, change)).collect(),
    };
    kinds.flat_map(lines).collect()
}

impl Context<'_> {
    /// The section on what changed, if there is a ledger.
    pub(super) fn changes(&self) -> Option<Section> {
        let issue = self.draft.issue.as_ref();
        let issue = issue.filter(|issue| issue.status != Status::Unrecorded)?;
        let notes = notes(&self.draft.handbook, issue);
        let mut section = self.section("changes", Kind::Changes, 1, &notes.title);
        for sentence in &notes.intro {
            section.blocks.push(Block::Paragraph(cell(sentence)));
        }
        let lines = in_short(self.words, &self.order, &issue.changes);
        let item = |line: &String| Item {
            task: None,
            blocks: vec![Block::Paragraph(vec![Inline::Text(text_of(line))])],
        };
        if !lines.is_empty() {
            section.blocks.push(Block::List {
                start: None,
                items: lines.iter().map(item).collect(),
            });
        }
        if lines.len() < issue.changes.len() {
            let every = cell(&self.words.changes.every);
            section.blocks.push(Block::Paragraph(every));
        }
        Some(section)
    }
}
