//! An entry of the ledger as text, and the order of entries.

use crate::digest::sha256;
use crate::model::ledger::{Aspect, Change, LedgerEntry, Release, UnitRecord};
use crate::text::quoted;

/// The format of entries.
pub const SCHEMA: &str = "fascicle-release/1";

/// The key that ends an entry: the digest of all text before it.
pub const SEAL: &str = "seal";

const HEAD: &str = "\
# Written by `fascicle release`. Do not change or delete it: the entry is sealed, and the next one holds its digest.
";

/// The newest entry of a ledger that has been checked.
#[must_use]
pub fn last(releases: &[LedgerEntry]) -> Option<&LedgerEntry> {
    releases.iter().max_by_key(|entry| entry.release.edition)
}

/// The entry as the text of its file.
#[must_use]
pub fn text(release: &Release) -> String {
    let Release {
        edition,
        date,
        previous,
        note,
        changes,
        inventory,
        artifacts,
    } = release;
    let mut out = Writer(HEAD.to_owned());
    out.value("schema", SCHEMA);
    out.value("edition", &edition.to_string());
    out.value("date", &date.to_string());
    if let Some(previous) = previous {
        out.value("previous", &previous.edition.to_string());
        out.value("previous-sha256", &previous.digest.to_string());
    }
    out.value("note", note);
    out.value("program", &inventory.program.name);
    out.value("program-sha256", &inventory.program.sources.to_string());
    out.value("styles", &inventory.styles.to_string());
    out.value("content", &inventory.content.to_string());
    out.rows("changes", changes.iter().map(change));
    out.rows("units", inventory.units.iter().map(unit));
    let artifacts = artifacts.iter().map(|artifact| {
        let (name, size) = (quoted(&artifact.name), artifact.size);
        let digest = artifact.digest;
        format!("name = {name}, size = {size}, sha256 = \"{digest}\"")
    });
    out.rows("artifacts", artifacts);
    let seal = sha256(out.0.as_bytes()).to_string();
    out.value(SEAL, &seal);
    out.0
}

/// TOML while it is written.
struct Writer(String);

impl Writer {
    fn value(&mut self, key: &str, text: &str) {
        self.0.push_str(&format!("{key} = {}\n", quoted(text)));
    }

    /// A list with a line for each table, so that a comparison of two entries reads well.
    fn rows(&mut self, key: &str, rows: impl Iterator<Item = String>) {
        self.0.push_str(&format!("{key} = [\n"));
        rows.for_each(|row| self.0.push_str(&format!("  {{ {row} }},\n")));
        self.0.push_str("]\n");
    }
}

fn change(change: &Change) -> String {
    let Change {
        what,
        kind,
        id,
        title,
        figures,
    } = change;
    let mut row = format!("what = \"{}\", kind = \"{}\"", what.name(), kind.name());
    if !id.is_empty() {
        row.push_str(&format!(", id = {}, title = {}", quoted(id), quoted(title)));
    }
    if !figures.is_empty() {
        let list = |texts: Vec<String>| texts.join(", ");
        let before = list(figures.iter().map(|(before, _)| quoted(before)).collect());
        let after = list(figures.iter().map(|(_, after)| quoted(after)).collect());
        row.push_str(&format!(", before = [{before}], after = [{after}]"));
    }
    row
}

fn unit(unit: &UnitRecord) -> String {
    let UnitRecord {
        kind,
        id,
        title,
        digest,
        aspects,
        figures,
        retracted,
    } = unit;
    let (kind, id, title) = (kind.name(), quoted(id), quoted(title));
    let mut row = format!("kind = \"{kind}\", id = {id}, title = {title}, sha256 = \"{digest}\"");
    for aspect in Aspect::ALL {
        if let Some(print) = aspects.get(aspect) {
            row.push_str(&format!(", {} = \"{print}\"", aspect.name()));
        }
    }
    if !figures.is_empty() {
        row.push_str(&format!(", figures = {}", quoted(&figures.join(" "))));
    }
    if *retracted {
        row.push_str(", retracted = true");
    }
    row
}
