//! The number of the next edition: computed from what changed, raised by hand, never lowered.

use crate::model::ledger::{Change, ChangeKind, Edition, UnitKind};

/// How much a change weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The content is the same.
    Nothing,
    /// Words.
    Correction,
    /// Evidence: references, findings, labels, retractions, numbers.
    Revision,
    /// Sites, techniques or chapters came or went.
    Edition,
}

/// How much a change weighs.
#[must_use]
pub fn weight(change: &Change) -> Weight {
    match change.what {
        ChangeKind::Added | ChangeKind::Removed => match change.kind {
            UnitKind::Site | UnitKind::Technique | UnitKind::SiteTechnique | UnitKind::Chapter => {
                Weight::Edition
            }
            UnitKind::Reference | UnitKind::Population => Weight::Revision,
            UnitKind::Term | UnitKind::Configuration => Weight::Correction,
        },
        ChangeKind::Retracted
        | ChangeKind::Reinstated
        | ChangeKind::Findings
        | ChangeKind::Figures
        | ChangeKind::Label
        | ChangeKind::Facts
        | ChangeKind::Sources => Weight::Revision,
        ChangeKind::Order | ChangeKind::Wording => Weight::Correction,
        ChangeKind::Appearance | ChangeKind::Program => Weight::Nothing,
    }
}

/// The edition after `last` with these changes; `last` itself if the content is the same.
#[must_use]
pub fn next(last: Edition, changes: &[Change]) -> Edition {
    let weight = changes.iter().map(weight).max().unwrap_or(Weight::Nothing);
    let Edition {
        edition,
        revision,
        correction,
    } = last;
    let (edition, revision, correction) = match weight {
        Weight::Nothing => (edition, revision, correction),
        Weight::Correction => (edition, revision, correction.saturating_add(1)),
        Weight::Revision => (edition, revision.saturating_add(1), 0),
        Weight::Edition => (edition.saturating_add(1), 0, 0),
    };
    Edition {
        edition,
        revision,
        correction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_change_counts() {
        let change = |what, kind| Change {
            what,
            kind,
            id: String::new(),
            title: String::new(),
            figures: Vec::new(),
        };
        let wording = change(ChangeKind::Wording, UnitKind::Chapter);
        let reference = change(ChangeKind::Added, UnitKind::Reference);
        let site = change(ChangeKind::Removed, UnitKind::Site);
        let looks = change(ChangeKind::Appearance, UnitKind::Configuration);
        let last = Edition::parse("2.3.4").unwrap();
        let after = |changes: &[Change]| next(last, changes).to_string();
        assert_eq!(after(std::slice::from_ref(&looks)), "2.3.4");
        assert_eq!(after(&[looks, wording.clone()]), "2.3.5");
        assert_eq!(after(&[wording.clone(), reference.clone()]), "2.4.0");
        assert_eq!(after(&[wording, site, reference]), "3.0.0");
    }
}
