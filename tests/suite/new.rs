//! `fascicle new`: a book that can be built at once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::support::{fascicle, files, unpack, xml_text};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A new book in `folder/book`.
fn new(folder: &Path, title: &str, subject: &str) {
    let arguments = ["new", "book", "--title", title, "--disease", subject];
    let output = fascicle(&arguments, folder);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

#[test]
fn a_new_book_is_built_without_a_finding_and_speaks_of_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "Living with gout", "gout");
    let book = folder.path().join("book");
    let output = fascicle(&["build", "--format", "short"], &book);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    let made = text(&output.stdout);
    for file in [
        "living-with-gout.pdf",
        "living-with-gout-large-print.pdf",
        "living-with-gout.epub",
        "handouts/example-treatment.pdf",
        "handouts/sites/example-place.pdf",
        "handouts/sites/example-place/example-treatment.pdf",
    ] {
        assert!(
            made.lines().any(|line| line == format!("dist/{file}")),
            "{made}"
        );
    }
    let epub = fs::read(book.join("dist/living-with-gout.epub")).unwrap();
    let pages = unpack(&epub).into_iter();
    let mut said: String = pages
        .map(|(_, page)| xml_text(&page).to_lowercase())
        .collect();
    assert!(said.contains("a handbook on gout"));
    for file in files(&book.join("content")) {
        said.push_str(
            &fs::read_to_string(book.join("content").join(file))
                .unwrap()
                .to_lowercase(),
        );
    }
    for word in [
        "cancer",
        "tumour",
        "tumor",
        "oncolog",
        "sarcoma",
        "metasta",
        "chemo",
        "radiation",
        "ablation",
    ] {
        assert!(!said.contains(word), "{word}");
    }
}

/// Each file names all keys that files of its kind can have: in use, or in a comment.
#[test]
fn a_new_book_names_every_key() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "Living with gout", "gout");
    let content = folder.path().join("book/content");
    let mut kinds = 0;
    for path in files(&content) {
        let written = fs::read_to_string(content.join(&path)).unwrap();
        let (ending, changed) = match path.extension().unwrap().to_str().unwrap() {
            "md" => ("md", written.replacen("+++\n", "+++\nno-key = 1\n", 1)),
            "toml" => ("toml", format!("no-key = 1\n{written}")),
            _ => continue,
        };
        fs::write(content.join(&path), changed).unwrap();
        let output = fascicle(&["check", "--format", "short"], &content);
        fs::write(content.join(&path), &written).unwrap();
        let report = text(&output.stderr);
        let (_, keys) = report
            .split_once("the keys are ")
            .unwrap_or_else(|| panic!("{report}"));
        let keys: BTreeSet<&str> = keys
            .lines()
            .next()
            .unwrap()
            .split('`')
            .skip(1)
            .step_by(2)
            .collect();
        let spoken =
            |key: &str| ["title", "reviewed", "next-review"].contains(&key) && ending == "md";
        for key in keys.into_iter().filter(|key| !spoken(key)) {
            assert!(written.contains(key), "{}: `{key}`", path.display());
        }
        kinds += 1;
    }
    assert_eq!(kinds, 8);
}

#[test]
fn what_is_typed_stands_in_the_book_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    new(
        folder.path(),
        "“Why me?” \"Mine\" \\ [a] *b* {today}",
        "COPD (a disease of the lung) & {slug}",
    );
    let book = folder.path().join("book");
    let output = fascicle(&["check", "--format", "short"], &book);
    assert_eq!(text(&output.stderr), "");
    let handbook = fs::read_to_string(book.join("content/handbook.toml")).unwrap();
    let handbook: toml::Table = handbook.parse().unwrap();
    assert_eq!(
        handbook["title"].as_str(),
        Some("“Why me?” \"Mine\" \\ [a] *b* {today}")
    );
    assert_eq!(handbook["slug"].as_str(), Some("why-me-mine-a-b-today"));
    let label = handbook["population"][0]["label"].as_str();
    assert_eq!(label, Some("COPD (a disease of the lung) & {slug}"));
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/letter.txt"), "mine").unwrap();
    let arguments = ["new", "full", "--title", "T", "--disease", "d"];
    let output = fascicle(&arguments, folder.path());
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    assert!(
        message.contains("`full` is not empty, it holds `letter.txt`"),
        "{message}"
    );
    assert_eq!(files(&folder.path().join("full")).len(), 1);
    // A repository that has just been made is as good as nothing.
    fs::create_dir_all(folder.path().join("book/.git")).unwrap();
    new(folder.path(), "T", "d");
}

#[test]
fn what_cannot_be_asked_must_be_said() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, said) in [
        (&["--disease", "gout"][..], "add `--title \"…\"`"),
        (&["--title", "T"], "add `--disease \"…\"`"),
        (
            &["--title", " ", "--disease", "gout"],
            "`--title`: type at least a word",
        ),
        (
            &["--title", "T", "--disease", "gout", "--language", "tlh"],
            "for the language `tlh`; it has them for `de`, `en`",
        ),
    ] {
        let output = fascicle(&[&["new", "book"], arguments].concat(), folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = text(&output.stderr);
        assert!(message.contains(said), "{message}");
        assert!(!folder.path().join("book").exists());
    }
}
