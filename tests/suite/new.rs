//! `fascicle new`: a book that can be built at once; and what README shows of a first book.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::support::{fascicle, files, root, unpack, xml_text};

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

/// A book in a language that the program does not have is built, too.
#[test]
fn a_new_book_in_another_language_is_built_at_once() {
    // The program has no words for Polish.
    for language in ["de-CH", "fr", "es", "pl"] {
        let folder = tempfile::tempdir().unwrap();
        let arguments = [
            "new",
            "book",
            "--title",
            "T",
            "--disease",
            "X",
            "--language",
            language,
        ];
        let output = fascicle(&arguments, folder.path());
        let said = text(&output.stderr);
        assert!(output.status.success() && !said.contains("\\n"), "{said}");
        assert_eq!(
            said.contains("\n\nThe program has no words for the language `pl`: "),
            language == "pl"
        );
        let book = folder.path().join("book");
        assert_eq!(book.join("content/labels.toml").exists(), language == "pl");
        let output = fascicle(&["check", "--format", "short"], &book);
        let report = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{language}: {report}");
        let mut warnings = report.lines().filter(|line| line.contains("warning"));
        assert!(
            warnings.all(|line| line.contains("[untranslated-search]")),
            "{report}"
        );
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
            &["--title", "T", "--disease", "gout", "--language", "Polish"],
            "`Polish` is not a language tag",
        ),
    ] {
        let output = fascicle(&[&["new", "book"], arguments].concat(), folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = text(&output.stderr);
        assert!(message.contains(said), "{message}");
        assert!(!folder.path().join("book").exists());
    }
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The words of a command, of which some are in quotation marks.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        1 => vec![part],
        _ => part.split_whitespace().collect(),
    });
    words.collect()
}

/// From nothing, and ten articles saved from PubMed, to a book without errors: the commands in README, and two edits.
#[test]
fn the_first_book_of_the_readme_is_made_in_few_commands() {
    let folder = tempfile::tempdir().unwrap();
    let saved = root().join("tests/first-book/citations.nbib");
    fs::copy(saved, folder.path().join("citations.nbib")).unwrap();
    let readme = readme();
    let (_, section) = readme.split_once("## Your first book\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let commands = section
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let mut here = folder.path().to_owned();
    let mut number = 0;
    for command in commands.flat_map(str::lines) {
        let command = command.split(" #").next().unwrap().trim();
        let words = words(command);
        number += 1;
        if words[0] == "cd" {
            here = here.join(words[1]);
            continue;
        }
        assert_eq!(words[0], "fascicle", "{command}");
        if words[1] == "build" {
            edit(&here, section);
        }
        let output = fascicle(&words[1..], &here);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{command}: {}",
            text(&output.stderr)
        );
        if matches!(words[1], "build" | "check") {
            assert_eq!(text(&output.stderr), "", "{command}");
        }
    }
    assert!(number < 10, "{number}");
    let epub = fs::read(here.join("dist/living-with-gout.epub")).unwrap();
    let pages: String = unpack(&epub)
        .into_values()
        .map(|page| xml_text(&page))
        .collect();
    for said in [
        "(Adams 2005)",
        "Jones",
        "J Made Up Things",
        "gout-book@example.org",
    ] {
        assert!(pages.contains(said), "{said}");
    }
}

/// The two edits: the file that the section shows, and where readers report mistakes.
fn edit(book: &Path, section: &str) {
    let (path, text) = blocks(section, "md").remove(0);
    fs::write(book.join(path), text).unwrap();
    let handbook = book.join("content/handbook.toml");
    let text = fs::read_to_string(&handbook).unwrap();
    let text = text.replace(
        "contact = \"not stated\"",
        "contact = \"gout-book@example.org\"",
    );
    fs::write(handbook, text).unwrap();
}

/// The blocks of code that have a path behind their kind.
fn blocks<'a>(page: &'a str, kind: &str) -> Vec<(&'a str, &'a str)> {
    let fence = format!("\n```{kind} ");
    let blocks = page.split(fence.as_str()).skip(1);
    blocks
        .map(|rest| {
            let (path, rest) = rest.split_once('\n').unwrap();
            (path, rest.split("```\n").next().unwrap())
        })
        .collect()
}

/// README shows a file of each kind: together they are a book.
#[test]
fn the_files_in_the_readme_are_a_book() {
    let folder = tempfile::tempdir().unwrap();
    let readme = readme();
    let (_, section) = readme.split_once("## Content format\n").unwrap();
    // Files have headings, too.
    let section = section.split("\n## Rules\n").next().unwrap();
    let mut written = 0;
    for kind in ["md", "toml"] {
        for (path, text) in blocks(section, kind) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
            written += 1;
        }
    }
    assert_eq!(written, 8);
    let output = fascicle(&["check", "--format", "short"], folder.path());
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

/// The workflow of a new book fetches the program that wrote it, from the repository that `PROGRAM` names.
#[test]
fn a_new_book_has_a_workflow_that_fetches_the_program() {
    let folder = tempfile::tempdir().unwrap();
    new(folder.path(), "Living with gout", "gout");
    let path = folder.path().join("book/.github/workflows/book.yml");
    let workflow = fs::read_to_string(path).unwrap();
    let version = format!("VERSION: {}\n", env!("CARGO_PKG_VERSION"));
    assert!(workflow.contains(&version), "{workflow}");
    // Its archive is the one that is published.
    let binaries = fs::read_to_string(root().join(".github/workflows/binaries.yml")).unwrap();
    let pack = fs::read_to_string(root().join(".ci/binary")).unwrap();
    assert!(workflow.contains("fascicle-$VERSION-x86_64-unknown-linux-musl.tar.gz"));
    assert!(workflow.contains("program-v$VERSION") && binaries.contains("\"program-v*\""));
    assert!(
        binaries.contains("x86_64-unknown-linux-musl")
            && pack.contains("name=fascicle-$version-$target")
    );
    for line in [&workflow, &binaries]
        .into_iter()
        .flat_map(|text| text.lines())
    {
        if let Some((_, action)) = line.split_once("uses: ") {
            let commit = action.split('@').nth(1).unwrap().split(' ').next().unwrap();
            assert_eq!(commit.len(), 40, "{line}");
        }
    }
    assert!(workflow.contains("\npermissions: {}\n") && binaries.contains("\npermissions: {}\n"));
}
