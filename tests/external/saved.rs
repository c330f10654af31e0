//! A released PDF that another program saved: which edition it is, `fascicle verify` can still tell.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::support::{copy, fascicle, root};

fn verified(folder: &Path) -> String {
    let output = fascicle(&["verify", "saved.pdf"], folder);
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_pdf_that_another_program_saved_still_tells_its_edition() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    copy(&root().join("tests/releases/before"), &path.join("content"));
    fascicle(&["release", "--date", "2026-02-01"], path);
    let pdf = path.join("dist/releases/1.0.0/two-sites-1.0.0.pdf");
    for change in ["--linearize", "--object-streams=disable"] {
        let saved = path.join("saved.pdf");
        let qpdf = Command::new("qpdf")
            .arg(change)
            .args([&pdf, &saved])
            .status();
        assert!(qpdf.expect("qpdf is installed").success());
        let told = verified(path);
        assert!(
            told.contains("says that it is edition 1.0.0, with the digest of its content")
                && told.contains("another program saved it, perhaps with changes"),
            "{told}"
        );
        // The digest is of another book.
        let mut bytes = fs::read(&saved).unwrap();
        let mark = b", content sha256 ";
        let found = bytes.windows(mark.len()).position(|it| it == mark).unwrap();
        let digit = &mut bytes[found + mark.len()];
        *digit = if *digit == b'0' { b'1' } else { b'0' };
        fs::write(&saved, bytes).unwrap();
        let told = verified(path);
        assert!(
            told.contains("neither its bytes nor the digest of its content"),
            "{told}"
        );
    }
}
