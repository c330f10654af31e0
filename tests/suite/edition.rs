//! A book without errors and what is in it, and the entries of its ledger.

use std::fs;
use std::path::Path;

use fascicle::check::{check, settle};
use fascicle::diagnostic::{self, Format};
use fascicle::ledger;
use fascicle::load::load;
use fascicle::model::Date;
use fascicle::model::draft::Draft;
use fascicle::model::ledger::{Edition, Inventory, Release};
use fascicle::release::inventory;
use fascicle::session::draft as parse;

/// A book without errors, with the ledger that is in its folder.
pub(crate) fn book(folder: &Path) -> (Draft, Inventory) {
    let (project, mut diagnostics) = load(folder).unwrap();
    let (draft, found) = parse(&project);
    diagnostics.extend(found);
    diagnostics.extend(check(&draft, &project.sources, &|_| true));
    settle(&draft, &mut diagnostics);
    let report = diagnostic::render(&diagnostics, &project.sources, Format::Short);
    assert!(
        !diagnostic::has_errors(&diagnostics),
        "{}: {report}",
        folder.display()
    );
    let inventory = inventory(&draft, &project.images);
    (draft, inventory)
}

/// Writes an entry of the ledger without files for the content as it is.
pub(crate) fn record(folder: &Path, edition: &str) {
    let (_, inventory) = book(folder);
    let release = Release {
        edition: Edition::parse(edition).unwrap(),
        date: Date::parse("2026-01-31").unwrap(),
        previous: None,
        note: String::new(),
        changes: Vec::new(),
        inventory,
        artifacts: Vec::new(),
    };
    fs::create_dir_all(folder.join("releases")).unwrap();
    fs::write(
        folder.join(format!("releases/{edition}.toml")),
        ledger::text(&release),
    )
    .unwrap();
}
