//! What changed between editions, and their numbers and days.

use std::fs;
use std::process::Command;

use super::edition::record;
use super::released::{change, release, said, text, two_sites};
use super::support::{fascicle, unpack};

#[test]
fn changes_are_shown_in_the_book_and_beside_it() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    change(path, "references/rose-1989-autopsy.md", "34%", "43%");
    // Until it is released, what is built says so.
    fascicle(&["build", "--only", "epub"], path);
    let draft = unpack(&fs::read(path.join("dist/two-sites.epub")).unwrap());
    assert!(
        draft["OEBPS/title-page.xhtml"].contains("Draft of edition 1.1.0"),
        "{}",
        draft["OEBPS/title-page.xhtml"]
    );
    assert!(draft["OEBPS/content.opf"].contains(">1.1.0-draft<"));
    let second = release(path, &["--note", "Corrected <soon> after."]);
    assert_eq!(second.status.code(), Some(0), "{}", said(&second));
    let notes = fs::read_to_string(path.join("dist/releases/1.1.0/RELEASE_NOTES.md")).unwrap();
    let line = "Findings: Rose 1989, Metastatic patterns of uterine sarcoma (“34%” became “43%”)";
    assert!(
        notes.contains(line) && notes.contains("Corrected \\<soon\\> after."),
        "{notes}"
    );
    let epub = unpack(&fs::read(path.join("dist/releases/1.1.0/two-sites-1.1.0.epub")).unwrap());
    assert!(epub["OEBPS/changes.xhtml"].contains(line));
    let entry = fs::read_to_string(path.join("content/releases/1.1.0.toml")).unwrap();
    let digest = entry
        .lines()
        .find_map(|line| line.strip_prefix("content = "))
        .unwrap();
    let digest = digest.trim_matches('"');
    assert!(epub["OEBPS/content.opf"].contains(digest));
    let shown = epub["OEBPS/colophon.xhtml"].replace(' ', "");
    assert!(shown.contains(digest), "{shown}");
    let page = fs::read_to_string(path.join("dist/site/index.html")).unwrap();
    assert!(page.contains(line) && page.contains("Edition 1.0.0"));
    let changes = fascicle(&["changes", "1.0.0", "1.1.0", "--format", "markdown"], path);
    assert!(text(&changes.stdout).contains(line), "{}", said(&changes));
    // The content as it is has the number of the last edition, whatever it is compared with.
    let changes = fascicle(&["changes", "1.0.0", "--format", "json"], path);
    let json: serde_json::Value = serde_json::from_slice(&changes.stdout).unwrap();
    assert_eq!(
        (&json["to"], &json["released"]),
        (&"1.1.0".into(), &true.into())
    );
    assert_eq!(json["changes"][0]["what"], "findings");
    let changes = fascicle(&["changes", "--format", "json"], path);
    let json: serde_json::Value = serde_json::from_slice(&changes.stdout).unwrap();
    assert_eq!(json["changes"], serde_json::json!([]));
}

/// The first pages belong to what a reader looks for; the notes beside the book list every change.
#[test]
fn the_book_counts_changes_of_a_kind_that_are_many() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let glossary = path.join("content/glossary.toml");
    let mut terms = fs::read_to_string(&glossary).unwrap_or_default();
    for number in 10..25 {
        terms.push_str(&format!(
            "\n[[term]]\nname = \"term {number}\"\ndefinition = \"A word.\"\n"
        ));
    }
    fs::write(glossary, terms).unwrap();
    let second = release(path, &[]);
    assert_eq!(second.status.code(), Some(0), "{}", said(&second));
    let edition = path.join("dist/releases/1.0.1");
    let notes = fs::read_to_string(edition.join("RELEASE_NOTES.md")).unwrap();
    assert_eq!(notes.matches(": term ").count(), 15, "{notes}");
    let epub = unpack(&fs::read(edition.join("two-sites-1.0.1.epub")).unwrap());
    let shown = &epub["OEBPS/changes.xhtml"];
    assert!(!shown.contains(": term "), "{shown}");
    assert!(shown.contains("New word explained: 15 in all"), "{shown}");
    assert!(
        shown.contains("The release notes list every change."),
        "{shown}"
    );
}

/// A file that was renamed and changed is the same chapter; white space that nobody sees is no change.
#[test]
fn file_names_and_white_space_are_no_changes() {
    let folder = two_sites();
    let path = folder.path();
    change(
        path,
        "handbook.toml",
        "slug =",
        "contact = \"Write to us.\"\nslug =",
    );
    release(path, &[]);
    change(path, "handbook.toml", "Write to us.", "Write  to us. ");
    let chapters = path.join("content/chapters");
    fs::rename(chapters.join("how-to-use.md"), chapters.join("usage.md")).unwrap();
    change(path, "handbook.toml", "\"how-to-use\"", "\"usage\"");
    let same = release(path, &["--dry-run"]);
    assert!(
        said(&same).contains("nothing to release"),
        "{}",
        said(&same)
    );
    change(path, "chapters/usage.md", "Find the site", "Look for it");
    let next = release(path, &["--dry-run"]);
    assert!(
        text(&next.stdout).starts_with("Edition 1.0.1,"),
        "{}",
        said(&next)
    );
}

#[test]
fn edition_numbers_and_dates_never_go_back() {
    let folder = two_sites();
    let path = folder.path();
    assert_eq!(
        release(path, &["--edition", "1.4.0"]).status.code(),
        Some(0)
    );
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for the site",
    );
    for (arguments, reason) in [
        (&["release", "--edition", "1.4.0"][..], "asks for 1.4.1"),
        (&["release", "--edition", "1.0.0"], "too low"),
        (
            &["release", "--edition", "1.5"],
            "edition, revision and correction",
        ),
        (&["release", "--date", "2025-12-31"], "before 2026-02-01"),
        (&["release", "--date", "2026-02-30"], "year, month and day"),
        (
            &["release", "--date", "9999-12-31"],
            "more than a year ahead",
        ),
        (
            &["changes", "7.0.0"],
            "there is no edition 7.0.0; there are 1.4.0",
        ),
        (&["verify", "7.0.0"], "there is no edition 7.0.0"),
        (&["verify", "nothing.pdf"], "neither an edition"),
        #[cfg(unix)]
        (&["verify", "/dev/zero"], "nor a file"),
    ] {
        let output = fascicle(arguments, path);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(text(&output.stderr).contains(reason), "{}", said(&output));
    }
    for epoch in ["", "junk", "-1", "1e9", "253402300800"] {
        let output = Command::new(env!("CARGO_BIN_EXE_fascicle"))
            .args(["release", "--dry-run"])
            .current_dir(path)
            .env("SOURCE_DATE_EPOCH", epoch)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{epoch}: {}", said(&output));
        assert!(text(&output.stderr).contains("`SOURCE_DATE_EPOCH` is not a number"));
    }
    // Raised in `handbook.toml`, where those who only commit can do it.
    change(
        path,
        "handbook.toml",
        "edition = \"1.0.0\"",
        "edition = \"2.0.0\"",
    );
    let raised = release(path, &["--dry-run"]);
    assert!(
        text(&raised.stdout).starts_with("Edition 2.0.0,"),
        "{}",
        said(&raised)
    );
}

/// A number that the ledger could not be read with again is not written into it.
#[test]
fn edition_numbers_above_999999_are_refused() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &["--edition", "1.0.999999"]);
    let reworded = ("Find the site", "Look for the site");
    change(path, "chapters/how-to-use.md", reworded.0, reworded.1);
    let beyond = release(path, &[]);
    assert_eq!(beyond.status.code(), Some(2), "{}", said(&beyond));
    assert!(
        said(&beyond).contains("as in `--edition 1.1.0`"),
        "{}",
        said(&beyond)
    );
    let raised = release(path, &["--edition", "1.1.0"]);
    assert_eq!(raised.status.code(), Some(0), "{}", said(&raised));
}

/// A book whose last number is the highest one could have no other edition for ever.
#[test]
fn the_highest_edition_is_refused_before_it_is_made() {
    let folder = two_sites();
    let path = folder.path();
    change(path, "handbook.toml", "\"1.0.0\"", "\"999999.0.0\"");
    let refused = |arguments: &[&str], part: &str| {
        let output = release(path, arguments);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(part), "{}", said(&output));
    };
    refused(
        &[],
        "no edition could follow 999999.0.0, since 999999 is the highest number: write a smaller one",
    );
    // An entry of an earlier program.
    change(path, "handbook.toml", "\"999999.0.0\"", "\"1.0.0\"");
    record(&path.join("content"), "999999.999999.999999");
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for the site",
    );
    refused(
        &[],
        "no number is left for an edition after 999999.999999.999999, since 999999 is the highest: delete the entries in \
         `releases/` that begin with 999999",
    );
}
