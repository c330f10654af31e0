//! What became of the units of earlier editions: where they are today, and which articles were retracted since.

use std::collections::BTreeMap;

use super::difference::Pairs;
use crate::model::content::ContentFile;
use crate::model::ledger::{Inventory, LedgerEntry, UnitKind, UnitRecord};
use crate::model::{ChapterId, ReferenceId, SiteId, TechniqueId, is_valid_id};

/// The files that earlier editions had under a name that no file has today: each with its name of today, or `None` if the
/// book has it no more. Entries are in the order of their editions; a name that was used twice is that of its last use.
#[must_use]
pub fn moved(
    entries: &[LedgerEntry],
    today: &Inventory,
) -> BTreeMap<ContentFile, Option<ContentFile>> {
    let mut moved = BTreeMap::new();
    for (entry, later) in entries.iter().zip(followed(entries, today)) {
        for unit in &entry.release.inventory.units {
            if let Some(file) = file(unit) {
                let now = later.get(&(unit.kind, unit.id.as_str()));
                moved.insert(file, now.and_then(|now| self::file(now)));
            }
        }
    }
    let names = today.units.iter().filter_map(file);
    for name in names {
        moved.remove(&name);
    }
    moved
}

/// The articles of each entry that were not retracted then and are today, by what a reader knows them by.
#[must_use]
pub fn retracted(entries: &[LedgerEntry], today: &Inventory) -> Vec<Vec<String>> {
    let of = |(entry, later): (&LedgerEntry, Later<'_>)| {
        let units = entry.release.inventory.units.iter();
        let sound = units.filter(|unit| !unit.retracted);
        let now = sound.filter_map(|unit| later.get(&(unit.kind, unit.id.as_str())).copied());
        let retracted = now.filter(|now| now.retracted);
        retracted.map(|now| now.title.clone()).collect()
    };
    let entries = entries.iter().zip(followed(entries, today));
    entries.map(of).collect()
}

/// The units of an edition, by kind and name, as they are today.
type Later<'a> = BTreeMap<(UnitKind, &'a str), &'a UnitRecord>;

/// The units of each entry as they are today, followed from edition to edition.
fn followed<'a>(entries: &'a [LedgerEntry], today: &'a Inventory) -> Vec<Later<'a>> {
    let mut next = &today.units;
    let own = |unit: &'a UnitRecord| ((unit.kind, unit.id.as_str()), unit);
    let mut later: Later<'_> = next.iter().map(own).collect();
    let mut all = Vec::new();
    for entry in entries.iter().rev() {
        let units = &entry.release.inventory.units;
        let pairs = Pairs::of(units, next).both.into_iter();
        later = pairs
            .filter_map(|(before, after)| {
                let now = later.get(&(after.kind, after.id.as_str()))?;
                Some(((before.kind, before.id.as_str()), *now))
            })
            .collect();
        all.push(later.clone());
        next = units;
    }
    all.reverse();
    all
}

/// The file of a unit; `None` for what has none of its own. An entry of a ledger can be forged: what is no name of a file
/// leads nowhere.
fn file(unit: &UnitRecord) -> Option<ContentFile> {
    let id = unit.id.as_str();
    if !id.split('/').all(is_valid_id) {
        return None;
    }
    Some(match unit.kind {
        UnitKind::Site => ContentFile::Site(SiteId::from(id)),
        UnitKind::Technique => ContentFile::Technique(TechniqueId::from(id)),
        UnitKind::SiteTechnique => {
            let (site, technique) = id.split_once('/')?;
            ContentFile::SiteTechnique(SiteId::from(site), TechniqueId::from(technique))
        }
        UnitKind::Chapter => ContentFile::Chapter(ChapterId::from(id)),
        UnitKind::Reference => ContentFile::Reference(ReferenceId::from(id)),
        UnitKind::Population | UnitKind::Term | UnitKind::Configuration => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;
    use crate::model::Date;
    use crate::model::ledger::{Edition, Program, Release};
    use crate::source::{SourceId, Span};

    fn unit(id: &str, title: &str, text: &str, retracted: bool) -> UnitRecord {
        UnitRecord {
            kind: UnitKind::Reference,
            id: id.to_owned(),
            title: title.to_owned(),
            digest: sha256(text.as_bytes()),
            aspects: BTreeMap::new(),
            figures: Vec::new(),
            retracted,
        }
    }

    fn inventory(units: Vec<UnitRecord>) -> Inventory {
        Inventory {
            units,
            content: sha256(b""),
            styles: sha256(b""),
            program: Program {
                name: String::new(),
                sources: sha256(b""),
            },
        }
    }

    fn entry(units: Vec<UnitRecord>) -> LedgerEntry {
        let span = Span {
            source: SourceId(0),
            start: 0,
            end: 0,
        };
        let release = Release {
            edition: Edition::FIRST,
            date: Date::default(),
            previous: None,
            note: String::new(),
            changes: Vec::new(),
            inventory: inventory(units),
            artifacts: Vec::new(),
        };
        LedgerEntry {
            release,
            digest: sha256(b""),
            span,
            edition: span,
            date: span,
            previous: span,
            content: span,
            seal: (sha256(b""), sha256(b""), span),
        }
    }

    fn reference(id: &str) -> ContentFile {
        ContentFile::Reference(ReferenceId::from(id))
    }

    #[test]
    fn a_file_is_followed_through_all_its_names() {
        let entries = [
            entry(vec![unit("a", "A", "1", false), unit("x", "X", "9", false)]),
            // Renamed; and renamed with other words, which the title tells.
            entry(vec![unit("b", "A", "1", false), unit("y", "X", "8", false)]),
            entry(vec![unit("b", "A", "2", false)]),
        ];
        let today = inventory(vec![unit("c", "A", "3", false), unit("d", "D", "4", false)]);
        let moved = moved(&entries, &today);
        let to = Some(reference("c"));
        let expected = [("a", to.clone()), ("b", to), ("x", None), ("y", None)];
        assert_eq!(
            moved,
            expected.map(|(id, to)| (reference(id), to)).into(),
            "the first and the second name lead to the third"
        );
    }

    #[test]
    fn a_name_that_is_used_again_leads_nowhere_else() {
        let entries = [entry(vec![unit("a", "A", "1", false)])];
        let today = inventory(vec![
            unit("b", "A", "1", false),
            unit("a", "New", "2", false),
        ]);
        assert!(moved(&entries, &today).is_empty());
    }

    #[test]
    fn an_edition_knows_what_was_retracted_after_it() {
        let entries = [
            entry(vec![unit("a", "A", "1", false), unit("b", "B", "2", true)]),
            entry(vec![unit("c", "A", "3", true), unit("b", "B", "2", true)]),
        ];
        let today = inventory(vec![unit("c", "A", "3", true), unit("b", "B", "2", true)]);
        let expected = [vec!["A".to_owned()], vec![]];
        assert_eq!(retracted(&entries, &today), expected);
    }

    #[test]
    fn a_forged_name_leads_to_no_file() {
        for id in ["x/../../y", "..", "a b", ""] {
            assert!(file(&unit(id, "Title", "text", false)).is_none(), "{id}");
        }
        assert!(file(&unit("rose-1989", "Title", "text", false)).is_some());
    }
}
