//! The number of the next edition: computed from what changed, raised by hand, never lowered.

use crate::model::ledger::{Change, Edition, Weight};

/// The edition after `last` with these changes; `last` itself if the content is the same.
#[must_use]
pub fn next(last: Edition, changes: &[Change]) -> Edition {
    let weight = changes
        .iter()
        .map(Change::weight)
        .max()
        .unwrap_or(Weight::Nothing);
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
    use crate::model::ledger::{ChangeKind, UnitKind};

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
