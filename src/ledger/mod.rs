//! The ledger of releases: its entries as text, read and written, and what seals them.

mod entry;
mod read;

pub use entry::{SCHEMA, SEAL, last, text};
pub use read::read;
pub(crate) use read::restore;

use crate::digest::{Digest, sha256};
use crate::model::ledger::UnitRecord;

/// The name of the canonical form. Another form has another name, so that digests of the two are never compared.
const FORM: &str = "fascicle-content/1";

/// The digest of the whole: of the kinds and digests of the units, a line each.
#[must_use]
pub fn whole(units: &[UnitRecord]) -> Digest {
    let mut text = format!("{FORM}\n");
    for unit in units {
        text.push_str(&format!("{} {}\n", unit.kind.name(), unit.digest));
    }
    sha256(text.as_bytes())
}
