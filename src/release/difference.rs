//! Two inventories → what changed: by unit and by kind.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::model::ledger::{Aspect, Change, ChangeKind, Inventory, UnitKind, UnitRecord};

/// What changed from `before` to `after`: the gravest first, then by kind and title.
///
/// Units belong together if they are of the same kind and have the same name in the content folder; of the others,
/// those with equal content, or else with the same title. So a file that was only renamed is no change, and one that was
/// renamed and changed is still the same unit.
#[must_use]
pub fn difference(before: &Inventory, after: &Inventory) -> Vec<Change> {
    let pairs = Pairs::of(&before.units, &after.units);
    let mut changes = Vec::new();
    changes.extend(
        pairs
            .removed
            .iter()
            .map(|unit| change(unit, of_unit(unit, ChangeKind::Removed))),
    );
    changes.extend(
        pairs
            .added
            .iter()
            .map(|unit| change(unit, of_unit(unit, ChangeKind::Added))),
    );
    for (before, after) in &pairs.both {
        changed(before, after, &mut changes);
    }
    for kind in [UnitKind::Site, UnitKind::Chapter, UnitKind::Population] {
        changes.extend(
            pairs
                .reordered(kind)
                .then(|| of_book(ChangeKind::Order, kind)),
        );
    }
    let book = UnitKind::Configuration;
    if changes.is_empty() && before.content != after.content {
        changes.push(of_book(ChangeKind::Wording, book));
    }
    if before.styles != after.styles {
        changes.push(of_book(ChangeKind::Appearance, book));
    }
    if before.program.name != after.program.name {
        changes.push(of_book(ChangeKind::Program, book));
    }
    changes.sort_by_cached_key(|change| (change.what, change.kind, change.title.to_lowercase()));
    changes
}

/// What the beginning or the end of a unit is to a reader: of the book's own labels, other words.
fn of_unit(unit: &UnitRecord, what: ChangeKind) -> ChangeKind {
    let is_labels = unit.kind == UnitKind::Configuration && unit.id == "labels";
    match is_labels {
        true => ChangeKind::Wording,
        false => what,
    }
}

fn change(unit: &UnitRecord, what: ChangeKind) -> Change {
    Change {
        what,
        kind: unit.kind,
        id: unit.id.clone(),
        title: unit.title.clone(),
        figures: Vec::new(),
    }
}

/// A change of no one unit.
fn of_book(what: ChangeKind, kind: UnitKind) -> Change {
    Change {
        what,
        kind,
        id: String::new(),
        title: String::new(),
        figures: Vec::new(),
    }
}

/// Units before and after.
pub(super) struct Pairs<'a> {
    removed: Vec<&'a UnitRecord>,
    added: Vec<&'a UnitRecord>,
    /// In the order of the book as it is now.
    pub(super) both: Vec<(&'a UnitRecord, &'a UnitRecord)>,
    /// The place of each in the earlier book.
    places: Vec<usize>,
}

impl<'a> Pairs<'a> {
    pub(super) fn of(before: &'a [UnitRecord], after: &'a [UnitRecord]) -> Self {
        let now: BTreeSet<_> = after
            .iter()
            .map(|unit| (unit.kind, unit.id.as_str()))
            .collect();
        let mut named = BTreeMap::new();
        let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut titled: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, unit) in before.iter().enumerate().rev() {
            named.insert((unit.kind, unit.id.as_str()), place);
            if !now.contains(&(unit.kind, unit.id.as_str())) {
                let same_text = alike.entry((unit.kind, unit.digest));
                same_text.or_default().push(place);
                let same_title = titled.entry((unit.kind, unit.title.as_str()));
                same_title.or_default().push(place);
            }
        }
        // A unit whose content is still in the book is not paired with another one of its title.
        let kept: BTreeSet<_> = after.iter().map(|unit| (unit.kind, unit.digest)).collect();
        for places in titled.values_mut() {
            places.retain(|place| !kept.contains(&(before[*place].kind, before[*place].digest)));
        }
        let mut pairs = Self {
            removed: Vec::new(),
            added: Vec::new(),
            both: Vec::new(),
            places: Vec::new(),
        };
        let mut taken = BTreeSet::new();
        for unit in after {
            let same_name = named.remove(&(unit.kind, unit.id.as_str()));
            let same_text = || alike.get_mut(&(unit.kind, unit.digest)).and_then(Vec::pop);
            let same_title = || {
                let places = titled.get_mut(&(unit.kind, unit.title.as_str()));
                places.and_then(Vec::pop)
            };
            match same_name.or_else(same_text).or_else(same_title) {
                Some(place) => {
                    taken.insert(place);
                    pairs.both.push((&before[place], unit));
                    pairs.places.push(place);
                }
                None => pairs.added.push(unit),
            }
        }
        let gone = before
            .iter()
            .enumerate()
            .filter(|(place, _)| !taken.contains(place));
        pairs.removed = gone.map(|(_, unit)| unit).collect();
        pairs
    }

    /// Whether the units of a kind that were there before are in another order now.
    fn reordered(&self, kind: UnitKind) -> bool {
        let pairs = self.both.iter().zip(&self.places);
        let of_kind = pairs.filter(|((_, after), _)| after.kind == kind);
        !of_kind.map(|(_, place)| place).is_sorted()
    }
}

/// What changed in a unit that was there before.
fn changed(before: &UnitRecord, after: &UnitRecord, changes: &mut Vec<Change>) {
    let start = changes.len();
    match (before.retracted, after.retracted) {
        (false, true) => changes.push(change(after, ChangeKind::Retracted)),
        (true, false) => changes.push(change(after, ChangeKind::Reinstated)),
        (true, true) | (false, false) => {}
    }
    let figures = figures(&before.figures, &after.figures);
    let mut reported = figures.is_empty();
    let same = |aspect| before.aspects.get(&aspect) == after.aspects.get(&aspect);
    // The new title of a site is reported once, and not with each article about it.
    let by_name = before.aspects.contains_key(&Aspect::LabelByName) && same(Aspect::LabelByName);
    let retitled = by_name && !same(Aspect::Label);
    for aspect in Aspect::ALL {
        // The notice of a retraction is reported as the retraction.
        let known = *aspect == Aspect::Facts && before.retracted != after.retracted;
        if known || same(*aspect) {
            continue;
        }
        let what = match aspect {
            Aspect::Facts => ChangeKind::Facts,
            Aspect::Label if retitled => continue,
            Aspect::Label => ChangeKind::Label,
            Aspect::LabelByName => continue,
            Aspect::Findings => ChangeKind::Findings,
            Aspect::Sources => ChangeKind::Sources,
        };
        let mut change = change(after, what);
        if what == ChangeKind::Findings {
            change.figures.clone_from(&figures);
            reported = true;
        }
        changes.push(change);
    }
    if !reported {
        changes.push(Change {
            figures,
            ..change(after, ChangeKind::Figures)
        });
    }
    if changes.len() == start && before.digest != after.digest && !retitled {
        changes.push(change(after, ChangeKind::Wording));
    }
}

/// The numbers that were replaced, dropped or added; neighbours count as one.
fn figures(before: &[String], after: &[String]) -> Vec<(String, String)> {
    let replaced = |op: DiffOp| match op {
        DiffOp::Equal { .. } => None,
        DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => Some((
            before[op.old_range()].join(", "),
            after[op.new_range()].join(", "),
        )),
    };
    let ops = capture_diff_slices(Algorithm::Myers, before, after);
    ops.into_iter().filter_map(replaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn figures_that_changed_stand_side_by_side() {
        let pair = |before: &str, after: &str| (before.to_owned(), after.to_owned());
        let changed = figures(&list("12 27% 3 5"), &list("12 34% 3 5 8"));
        assert_eq!(changed, [pair("27%", "34%"), pair("", "8")]);
        assert!(figures(&list("1 2"), &list("1 2")).is_empty());
    }
}
