//! The files of a release: what the ledger keeps of them, and the lists beside them.

use serde_json::Value;

use super::notes;
use crate::assemble::Notes;
use crate::digest::sha256;
use crate::model::draft::Handbook;
use crate::model::ledger::{Artifact, Change, Release};
use crate::render::File;
use crate::text::json;

/// The names of the lists beside the files.
pub const LISTS: [&str; 3] = ["SHA256SUMS", "RELEASE_NOTES.md", "release.json"];

/// The entries of the ledger for files.
#[must_use]
pub fn artifacts(files: &[File]) -> Vec<Artifact> {
    let artifact = |(name, bytes): &File| Artifact {
        name: name.clone(),
        size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        digest: sha256(bytes),
    };
    files.iter().map(artifact).collect()
}

/// The lists beside the files: `SHA256SUMS`, which `sha256sum --check` reads, the notes, and the whole entry for
/// programs.
#[must_use]
pub fn lists(handbook: &Handbook, release: &Release, of_changes: &Notes) -> Vec<File> {
    let sums = release.artifacts.iter();
    let sums = sums.map(|artifact| format!("{}  {}\n", artifact.digest, artifact.name));
    let text = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    vec![
        text("SHA256SUMS", sums.collect()),
        text("RELEASE_NOTES.md", notes::markdown(of_changes)),
        text(
            "release.json",
            json(&format!("{:#}\n", summary(handbook, release))).into_owned(),
        ),
    ]
}

fn summary(handbook: &Handbook, release: &Release) -> Value {
    let previous = release.previous.as_ref();
    let artifact = |artifact: &Artifact| {
        serde_json::json!({
            "name": artifact.name,
            "size": artifact.size,
            "sha256": artifact.digest.to_string(),
        })
    };
    serde_json::json!({
        "schema": "fascicle-release/1",
        "title": handbook.title,
        "slug": handbook.slug,
        "language": handbook.language.value,
        "edition": release.edition.to_string(),
        "date": release.date.to_string(),
        "previous": previous.map(|previous| previous.edition.to_string()),
        "note": release.note,
        "program": release.inventory.program.name,
        "program-sha256": release.inventory.program.sources.to_string(),
        "styles": release.inventory.styles.to_string(),
        "content": release.inventory.content.to_string(),
        "changes": changes(&release.changes),
        "artifacts": release.artifacts.iter().map(artifact).collect::<Vec<_>>(),
    })
}

/// What changed, for programs.
#[must_use]
pub fn changes(changes: &[Change]) -> Value {
    let figure =
        |(before, after): &(String, String)| serde_json::json!({"before": before, "after": after});
    let change = |change: &Change| {
        serde_json::json!({
            "what": change.what.name(),
            "kind": change.kind.name(),
            "id": change.id,
            "title": change.title,
            "figures": change.figures.iter().map(figure).collect::<Vec<_>>(),
        })
    };
    changes.iter().map(change).collect()
}
