//! What a release makes of changes. In `tests/releases`, `before/` is a book; each other folder holds the files that are
//! other `after/`, the names of those that are `gone.txt`, and the number and the notes that are `expected.md`.
//!
//! `FASCICLE_BLESS=1 cargo test` rewrites the expectations.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fascicle::assemble;
use fascicle::check::{check, settle};
use fascicle::diagnostic::{self, Format};
use fascicle::digest::Digest;
use fascicle::ledger;
use fascicle::load::load;
use fascicle::model::Date;
use fascicle::model::draft::Draft;
use fascicle::model::ledger::{Edition, Inventory, Release, Status};
use fascicle::release::{difference, inventory, issue, notes};
use fascicle::session::draft as parse;

use super::support::{copy, files, root};

/// A book without errors, with the ledger that lies in its folder.
fn book(folder: &Path) -> (Draft, Inventory) {
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
fn record(folder: &Path, edition: &str) {
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

/// The book of the tests with the first entry of a ledger, and what a case changes.
fn changed(case: &Path, folder: &Path) {
    copy(&root().join("tests/releases/before"), folder);
    record(folder, "1.0.0");
    if case.join("after").is_dir() {
        copy(&case.join("after"), folder);
    }
    let gone = fs::read_to_string(case.join("gone.txt")).unwrap_or_default();
    gone.lines()
        .for_each(|path| fs::remove_file(folder.join(path)).unwrap());
}

#[test]
fn changes_give_the_expected_numbers_and_notes() {
    let bless = std::env::var_os("FASCICLE_BLESS").is_some();
    let mut failures = String::new();
    let mut count = 0;
    let mut cases: Vec<_> = fs::read_dir(root().join("tests/releases"))
        .unwrap()
        .collect();
    cases.sort_by_key(|case| case.as_ref().unwrap().file_name());
    for case in cases {
        let case = case.unwrap().path();
        if case.ends_with("before") {
            continue;
        }
        count += 1;
        let folder = tempfile::tempdir().unwrap();
        changed(&case, folder.path());
        let (draft, inventory) = book(folder.path());
        let mut issue = issue(&draft, &inventory);
        let last = &ledger::last(&draft.releases).unwrap().release;
        if issue.status == Status::Released {
            // Nothing is released; what can be seen all the same is told.
            assert_eq!(issue.edition, last.edition, "{}", case.display());
            issue.since = Some(last.edition);
            issue.changes = difference(&last.inventory, &inventory);
        }
        let told = notes::markdown(&assemble::notes("en-GB", &issue));
        let found = format!("Edition {} ({:?})\n\n{told}", issue.edition, issue.status);
        let expected = case.join("expected.md");
        if bless {
            fs::write(&expected, found).unwrap();
        } else if fs::read_to_string(&expected).unwrap() != found {
            writeln!(failures, "{}:\n{found}", expected.display()).unwrap();
        }
    }
    assert!(count >= 14, "only {count} cases found");
    assert!(failures.is_empty(), "{failures}");
}

/// Other styles and another program are recorded, but make no edition.
#[test]
fn looks_alone_make_no_edition() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/releases/before"), folder.path());
    record(folder.path(), "1.0.0");
    let (draft, before) = book(folder.path());
    let mut after = before.clone();
    after.styles = Digest([7; 32]);
    after.program.name = "fascicle 99.0.0".to_owned();
    let issue = issue(&draft, &after);
    assert_eq!(
        (issue.edition.to_string().as_str(), issue.status),
        ("1.0.0", Status::Released)
    );
    let told = fascicle::model::ledger::EditionStatement {
        since: Some(issue.edition),
        changes: difference(&before, &after),
        ..issue
    };
    let told = notes::text(&assemble::notes("en", &told));
    let expected =
        "Appearance\n  - How the book looks\n  - Made with another version of the program\n";
    assert!(told.ends_with(expected), "{told}");
}

/// A retraction makes a revision, and stands before all other evidence.
#[test]
fn a_retraction_makes_a_revision() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/releases/before"), folder.path());
    let (_, before) = book(folder.path());
    let mut after = before.clone();
    let is_rose = |unit: &&mut fascicle::model::ledger::UnitRecord| unit.id == "rose-1989-autopsy";
    let rose = after.units.iter_mut().find(is_rose).unwrap();
    rose.retracted = true;
    rose.figures.clear();
    let last = Edition::parse("1.0.0").unwrap();
    let changes = difference(&before, &after);
    assert_eq!(
        fascicle::release::edition::next(last, &changes).to_string(),
        "1.1.0"
    );
    assert_eq!(changes[0].what.name(), "retracted");
    let back = difference(&after, &before);
    assert_eq!(back[0].what.name(), "reinstated");
}

/// What cannot be seen is not content.
#[test]
fn every_byte_of_white_space_may_change() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("content"), folder.path());
    let (_, before) = book(folder.path());
    for file in files(folder.path()) {
        let path = folder.path().join(&file);
        if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path).unwrap();
            // Two line ends for one between blocks, Windows' line ends everywhere, blanks behind them in none.
            let text = text.replace("\n\n", "\n\n\n").replace('\n', "\r\n");
            fs::write(&path, text).unwrap();
        }
    }
    let (_, after) = book(folder.path());
    let units = |inventory: &Inventory| -> BTreeMap<_, _> {
        let pair = |unit: &fascicle::model::ledger::UnitRecord| {
            ((unit.kind, unit.id.clone()), unit.digest)
        };
        inventory.units.iter().map(pair).collect()
    };
    let (before_units, after_units) = (units(&before), units(&after));
    for (unit, digest) in &before_units {
        assert_eq!(after_units.get(unit), Some(digest), "{unit:?}");
    }
    assert_eq!(before.content, after.content);
}

/// On Windows, git checks texts out with other line ends, and an SVG is a text.
#[test]
fn a_picture_is_the_same_on_windows() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/releases/before"), folder.path());
    let picture = folder.path().join("chapters/ink.svg");
    let text = fs::read_to_string(&picture).unwrap().replace("><", ">\n<");
    fs::write(&picture, &text).unwrap();
    let (_, unix) = book(folder.path());
    fs::write(&picture, text.replace('\n', "\r\n")).unwrap();
    let (_, windows) = book(folder.path());
    assert_eq!(unix.content, windows.content);
}

/// The entry is read again as it was written.
#[test]
fn an_entry_survives_its_file() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("content"), folder.path());
    let _ = fs::remove_dir_all(folder.path().join("releases"));
    record(folder.path(), "1.0.0");
    let (draft, inventory) = book(folder.path());
    assert_eq!(draft.releases[0].release.inventory, inventory);
    // On Windows, git may check it out with other line ends; editors put one more at the end, or a mark at the start.
    let path = folder.path().join("releases/1.0.0.toml");
    let text = fs::read_to_string(&path).unwrap();
    for other in [
        text.replace('\n', "\r\n"),
        format!("{text}\n\n"),
        text.trim_end().to_owned(),
        format!("\u{feff}{text}"),
    ] {
        fs::write(&path, other).unwrap();
        let again = &book(folder.path()).0.releases[0];
        assert_eq!(again.release, draft.releases[0].release);
        assert_eq!(
            again.digest, draft.releases[0].digest,
            "what the next entry holds of it"
        );
    }
    // Nothing may stand behind the seal.
    fs::write(&path, format!("{text}# Seen and approved.\n")).unwrap();
    let (project, _) = load(folder.path()).unwrap();
    let (written, sealed, _) = parse(&project).0.releases[0].seal;
    assert_ne!(written, sealed);
}
