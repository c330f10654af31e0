//! Who looked at a book, and when it is to be looked at again.

use std::fs;

use super::support::{fascicle, small_book};

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A small book with some of its `handbook.toml` written otherwise.
fn book(changes: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    small_book(&content, "Five<sup>th</sup> edition.");
    let mut handbook = fs::read_to_string(content.join("handbook.toml")).unwrap();
    for (old, new) in changes {
        assert!(handbook.contains(old), "{old}");
        handbook = handbook.replace(old, new);
    }
    fs::write(content.join("handbook.toml"), handbook).unwrap();
    folder
}

/// The dates of a draft are compared with the last edition; those of an edition with its own day.
#[test]
fn a_release_is_refused_when_a_review_is_overdue_on_its_day() {
    let rules =
        "[rules]\nraw-html = { level = \"allow\", reason = \"soon\", until = \"2026-12-31\" }";
    let folder = book(&[("[rules]", rules)]);
    let release = |day: &str| {
        let arguments = ["release", "--dry-run", "--format", "short", "--date", day];
        fascicle(&arguments, folder.path())
    };
    let output = fascicle(&["check", "--format", "short"], folder.path());
    assert_eq!(
        (output.status.code(), said(&output)),
        (Some(0), String::new())
    );

    let output = release("2026-06-30");
    assert_eq!(
        (output.status.code(), said(&output)),
        (Some(0), String::new())
    );

    let output = release("2026-12-15");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let due = "warning[review-due]: the review is due within 47 days of the edition";
    assert!(said(&output).contains(due), "{}", said(&output));

    let output = release("2027-01-15");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for found in ["[review-due]", "[raw-html]", "[expired-allowance]"] {
        assert!(said(&output).contains(found), "{}", said(&output));
    }

    let output = release("2027-02-01");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let overdue = "the review was due on 2027-01-31, before this edition (2027-02-01)";
    assert!(said(&output).contains(overdue), "{}", said(&output));
    assert!(output.stdout.is_empty());
}

#[test]
fn authors_do_not_count_as_reviewers() {
    let folder = book(&[
        ("Dr. Somebody", "the Volunteers"),
        ("[rules]", "[rules]\nraw-html = \"warning\""),
    ]);
    let output = fascicle(&["check", "--report", "--format", "short"], folder.path());
    assert!(said(&output).contains("[no-reviewer]"), "{}", said(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["reviewers"], serde_json::json!([]));
}
