//! What made a release, compared with the program that runs.

use crate::model::ledger::{Inventory, Release};

/// One sentence for each way in which this program differs from the one that made the release. If there is none, the same
/// content gives the same bytes.
#[must_use]
pub fn other_making(here: &Inventory, release: &Release) -> Vec<String> {
    let Release {
        edition, inventory, ..
    } = release;
    let (then, now) = (&inventory.program, &here.program);
    let mut sentences = Vec::new();
    if then.name != now.name {
        sentences.push(format!(
            "edition {edition} was made with {}, and this is {}",
            then.name, now.name
        ));
    } else if then.sources != now.sources {
        let (then, now) = (then.sources.fingerprint(), now.sources.fingerprint());
        sentences.push(format!(
            "edition {edition} was made with a program of other sources (SHA-256 {then}…, here {now}…)"
        ));
    }
    if inventory.styles != here.styles {
        sentences.push(format!(
            "edition {edition} was made with other styles or variants of the page"
        ));
    }
    sentences
}
