//! What is a change of the content and what is not. `tests/examples` has one of each kind with its number and notes.

use std::collections::BTreeMap;
use std::fs;

use fascicle::assemble;
use fascicle::digest::Digest;
use fascicle::load::load;
use fascicle::model::ledger::{Edition, Inventory, Status};
use fascicle::release::{difference, issue, notes};
use fascicle::session::draft as parse;

use super::edition::{book, record};
use super::support::{copy, files, root};

/// Other styles and another program are recorded, but make no edition.
#[test]
fn styles_alone_make_no_edition() {
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
    let told = notes::text(&assemble::notes(&draft.handbook, &told));
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
fn white_space_is_not_content() {
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
fn line_ends_of_drawings_are_not_content() {
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
fn entries_of_the_ledger_are_read_as_written() {
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
