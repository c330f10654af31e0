//! What holds for every book.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use fascicle::diagnostic::Severity;
use fascicle::model::Variant;
use fascicle::render::{epub, typst};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::support::{
    copy, escaped, files, pipeline, root, small_book, squeezed, unpack, xml_text,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any text comes back equal from the EPUB, and never stops the PDF; or a rule says why not.
    #[test]
    fn text_comes_back_equal(text in "[ -~]{1,60}|\\PC{1,40}|[#$@*<>&\\[\\]\\\\/`~_=+.\\-]{1,20}") {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), &format!("begin{}end", escaped(&text)));
        let (_, diagnostics, book) = pipeline(folder.path());
        let Some(book) = book else {
            let mut errors = diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
            prop_assert!(errors.all(|diagnostic| {
                matches!(diagnostic.code.name(), "unsupported-character" | "control-character")
            }), "{:?}", diagnostics);
            return Ok(());
        };
        let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), None).unwrap());
        let chapter = &files["OEBPS/chapter-only.xhtml"];
        let start = chapter.find("begin").unwrap();
        let end = chapter.rfind("end</p>").unwrap() + 3;
        prop_assert_eq!(
            squeezed(&xml_text(&chapter[start..end])),
            squeezed(&format!("begin{text}end").nfc().collect::<String>())
        );
        let pdf = typst::pdf(&book, &BTreeMap::new());
        prop_assert!(pdf.is_ok(), "{:?}", pdf.err());
    }

    /// Nothing that looks like Markdown stops the program otherwise than by a message.
    #[test]
    fn nothing_panics(text in "([\\[\\]@^!(){}*_`#>\\-+|:~=<&;.0-9a-c \n\t\\\\]|\\+\\+\\+\n){0,80}") {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), &text);
        let (_, diagnostics, book) = pipeline(folder.path());
        match book {
            Some(book) => {
                let pdf = typst::pdf(&book, &BTreeMap::new());
                prop_assert!(pdf.is_ok(), "{:?}", pdf.err());
                epub::epub(&book, None, &BTreeMap::new(), None).unwrap();
            }
            None => prop_assert!(!diagnostics.is_empty()),
        }
    }
}

fn build(folder: &Path, zone: &str, threads: &str) -> Vec<(String, Vec<u8>)> {
    let output = Command::new(env!("CARGO_BIN_EXE_fascicle"))
        .args(["build", "-o", "out"])
        .current_dir(folder)
        .env("TZ", zone)
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let out = folder.join("out");
    let read = |file: std::path::PathBuf| {
        (
            file.display().to_string(),
            fs::read(out.join(&file)).unwrap(),
        )
    };
    files(&out).into_iter().map(read).collect()
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let first = tempfile::tempdir().unwrap();
    let second = tempfile::tempdir().unwrap();
    copy(&root().join("content"), &first.path().join("content"));
    // The other way round, so that the disk lists the files in another order.
    for file in files(&root().join("content")).into_iter().rev() {
        let target = second.path().join("content").join(&file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(root().join("content").join(&file), target).unwrap();
    }
    let one = build(first.path(), "Pacific/Kiritimati", "1");
    let two = build(second.path(), "America/Los_Angeles", "4");
    let content = root().join("content");
    // For each technique, each site and each technique there.
    let handouts = files(&content.join("techniques")).len() + files(&content.join("sites")).len();
    // A PDF for each variant, the cover for a press, the EPUB, the handouts on each paper, their articles for reference managers, and the report.
    let papers = Variant::ALL.len() - 1;
    let beside_web = one.iter().filter(|(path, _)| !path.starts_with("web"));
    assert_eq!(
        beside_web.count(),
        Variant::ALL.len() + 2 + handouts * (papers + 1) + 1
    );
    assert_eq!(one.len(), two.len());
    for ((name, bytes), (_, others)) in one.iter().zip(&two) {
        assert!(bytes == others, "{name} differs");
    }
}
