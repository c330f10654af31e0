//! `fascicle cite`: articles come from reference managers, and go to them.
//!
//! The files in `tests/cite` are written in the manner of the programs that they are named after. Beside each stands what its
//! import writes and says; `FASCICLE_BLESS=1` writes it again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::support::{copy, fascicle, files, root};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The book of the rules, without its reference, in `folder/content`.
fn book(folder: &Path) -> PathBuf {
    let content = folder.join("content");
    copy(&root().join("tests/rules/book"), &content);
    fs::remove_file(content.join("references/rose-1989.md")).unwrap();
    content
}

/// All references of a book, with their names.
fn references(content: &Path) -> BTreeMap<String, String> {
    let folder = content.join("references");
    let read = |file: &PathBuf| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        (file.display().to_string(), text)
    };
    files(&folder).iter().map(read).collect()
}

#[test]
fn what_reference_managers_export_is_imported() {
    for file in files(&root().join("tests/cite")) {
        if file.extension().is_some_and(|ending| ending == "txt") {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let content = book(folder.path());
        let name = file.to_str().unwrap();
        fs::copy(
            root().join("tests/cite").join(&file),
            folder.path().join(name),
        )
        .unwrap();
        let output = fascicle(&["cite", "import", name], folder.path());
        let mut found = text(&output.stderr);
        for (name, text) in references(&content) {
            found.push_str(&format!("\n=== {name}\n{text}"));
        }
        let expected = root().join("tests/cite").join(format!("{name}.txt"));
        if std::env::var_os("FASCICLE_BLESS").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let expected = fs::read_to_string(expected).unwrap_or_default();
        assert_eq!(found, expected, "{name}");
    }
}

/// The text of `tests/cite/pubmed.nbib` in other encodings gives the same files.
#[test]
fn every_encoding_of_exports_is_read_or_explained() {
    let source = fs::read(root().join("tests/cite/zotero.ris")).unwrap();
    let source = text(&source);
    let utf16 = |order: fn(u16) -> [u8; 2]| {
        let units = source.encode_utf16();
        units.flat_map(order).collect::<Vec<u8>>()
    };
    let latin: Vec<u8> = source
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let bom: Vec<u8> = "\u{feff}".bytes().chain(source.bytes()).collect();
    let with_bom = |mark: [u8; 2], rest: Vec<u8>| mark.into_iter().chain(rest).collect::<Vec<u8>>();
    let windows = source.replace('\n', "\r\n").into_bytes();
    let imported = |bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        let content = book(folder.path());
        fs::write(folder.path().join("file"), bytes).unwrap();
        let output = fascicle(&["cite", "import", "file"], folder.path());
        (
            references(&content),
            output.status.code(),
            text(&output.stderr),
        )
    };
    let (expected, code, _) = imported(source.as_bytes());
    assert_eq!((expected.len(), code), (2, Some(0)));
    for bytes in [
        bom,
        windows,
        utf16(u16::to_le_bytes),
        with_bom([0xff, 0xfe], utf16(u16::to_le_bytes)),
        with_bom([0xfe, 0xff], utf16(u16::to_be_bytes)),
        latin,
    ] {
        assert_eq!(imported(&bytes).0, expected);
    }
    for (bytes, said) in [
        (
            &b"PK\x03\x04..."[..],
            "this is an archive or a Word file: export the articles as",
        ),
        (b"%PDF-1.7", "this is a PDF"),
        (
            b"<!DOCTYPE html><html>",
            "this is a web page: on PubMed, choose \"Send to\", then \"Citation manager\"",
        ),
        (b"FN Clarivate Analytics", "export the articles as RIS"),
        (
            b"Dear Sir",
            "no article was found: save the articles as `.nbib` (PubMed), RIS",
        ),
        (b"", "the file is empty"),
        (b"a\0b\0\0\0", "this is no text"),
    ] {
        let (found, code, message) = imported(bytes);
        assert_eq!((found.len(), code), (0, Some(1)));
        assert!(message.contains(said), "{message}");
    }
}

#[test]
fn articles_that_are_there_are_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let content = book(folder.path());
    let nbib = root().join("tests/cite/pubmed.nbib");
    let nbib = nbib.to_str().unwrap();
    let placed = [
        "--site",
        "liver",
        "--technique",
        "cryoablation",
        "--population",
        "leiomyosarcoma",
    ];
    let import = |file: &str, more: &[&str]| {
        let output = fascicle(&[&["cite", "import", file], more].concat(), folder.path());
        text(&output.stderr)
    };
    import(nbib, &placed);
    let before = references(&content);
    let file = &before["charnock-1999-discern.md"];
    for line in [
        "population = \"leiomyosarcoma\"\n",
        "sites = [\"liver\"]\n",
        "techniques = [\"cryoablation\"]\n",
    ] {
        assert!(file.contains(line), "{file}");
    }
    // The same again, and by other identifiers, of which one file has the DOI, one the PMID and one both.
    assert!(
        import(nbib, &placed)
            .contains("content/references/charnock-1999-discern.md is this article already")
    );
    for other in ["web-of-science.ris", "zotero.json", "zotero.bib"] {
        let other = root().join("tests/cite").join(other);
        let message = import(other.to_str().unwrap(), &[]);
        assert!(
            message.contains("charnock-1999-discern.md is this article, and was left as it is"),
            "{message}"
        );
        assert!(
            message.contains("\n  pages = \"105–111\"    instead of \"105–11\""),
            "{message}"
        );
    }
    // Title and year alone.
    fs::write(
        folder.path().join("bare.ris"),
        "TY  - JOUR\nTI  - Discern: an instrument for judging the quality of written consumer health information on \
         treatment choices\nPY  - 1999\nVL  - 54\nER  - \n",
    )
    .unwrap();
    assert!(import("bare.ris", &[]).contains("volume = \"54\"    instead of \"53\""));
    for (name, text) in before {
        assert_eq!(references(&content)[&name], text);
    }
    // Twice in one import.
    let folder = tempfile::tempdir().unwrap();
    let content = book(folder.path());
    let output = fascicle(&["cite", "import", nbib, nbib], folder.path());
    assert!(
        text(&output.stderr)
            .contains("2 articles imported, 2 articles there already, 2 articles not read")
    );
    assert_eq!(references(&content).len(), 2);
}

#[test]
fn names_that_the_book_has_not_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    book(folder.path());
    let nbib = root().join("tests/cite/pubmed.nbib");
    for (option, name, said) in [
        (
            "--site",
            "livre",
            "`--site livre`: there is no such site; did you mean `liver`?",
        ),
        (
            "--technique",
            "heat",
            "there is no such technique; known: `cryoablation`",
        ),
        (
            "--population",
            "all",
            "known: `leiomyosarcoma`, `other-cancer`",
        ),
    ] {
        let output = fascicle(
            &["cite", "import", nbib.to_str().unwrap(), option, name],
            folder.path(),
        );
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(said),
            "{}",
            text(&output.stderr)
        );
    }
}

/// What has been imported can be built once somebody has said whom the articles studied.
#[test]
fn a_population_that_nobody_chose_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    book(folder.path());
    let ris = root().join("tests/cite/pmc.ris");
    fascicle(&["cite", "import", ris.to_str().unwrap()], folder.path());
    let output = fascicle(&["check", "--format", "short"], folder.path());
    let message = text(&output.stderr);
    let found = "nobody has said whom this article studied (help: write `population = \"leiomyosarcoma\"` or \
                 `population = \"other-cancer\"`)";
    assert!(message.contains(found), "{message}");
}

#[test]
fn the_standard_input_is_read_and_the_standard_output_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let content = book(folder.path());
    let input = fs::File::open(root().join("tests/cite/pubmed.nbib")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fascicle"))
        .args(["cite", "import", "-"])
        .current_dir(folder.path())
        .stdin(Stdio::from(input))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("error: -:"));
    assert_eq!(references(&content).len(), 2);
}

/// The bibliographic keys of each reference, by its title.
fn facts(content: &Path) -> BTreeMap<String, toml::Table> {
    let mut all = BTreeMap::new();
    for (name, text) in references(content) {
        let front = text.split("+++\n").nth(1).unwrap();
        let mut table: toml::Table = front.parse().unwrap();
        // Formats end titles with a full stop, which is no part of them.
        let title = table["title"]
            .as_str()
            .unwrap()
            .trim_end_matches('.')
            .to_owned();
        table.insert("title".to_owned(), title.into());
        for key in [
            "population",
            "design",
            "patients",
            "sites",
            "techniques",
            "chapters",
            "kept",
        ] {
            table.remove(key);
        }
        let title = format!("{:?} {:?}", table["title"], table["date"]);
        assert!(all.insert(title, table).is_none(), "{name}");
    }
    all
}

/// Every reference of the handbook, in every format.
#[test]
fn what_is_exported_and_imported_again_is_the_same() {
    let handbook = root().join("content");
    let expected = facts(&handbook);
    for format in ["ris", "nbib", "bibtex", "csl-json"] {
        let exported = fascicle(&["cite", "export", "--format", format], root());
        assert_eq!(
            exported.status.code(),
            Some(0),
            "{}",
            text(&exported.stderr)
        );
        let folder = tempfile::tempdir().unwrap();
        let content = book(folder.path());
        fs::write(folder.path().join("file"), &exported.stdout).unwrap();
        let imported = fascicle(&["cite", "import", "file"], folder.path());
        assert_eq!(
            imported.status.code(),
            Some(0),
            "{format}: {}",
            text(&imported.stderr)
        );
        let found = facts(&content);
        for (title, facts) in &expected {
            assert_eq!(found.get(title), Some(facts), "{format}: {title}");
        }
        assert_eq!(found.len(), expected.len());
    }
}

#[test]
fn an_export_has_what_was_asked_for() {
    let count = |more: &[&str]| {
        let output = fascicle(&[&["cite", "export"], more].concat(), root());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout).matches("TY  - JOUR\r\n").count()
    };
    let all = files(&root().join("content/references")).len();
    assert_eq!(count(&[]), all);
    let liver = count(&["--site", "liver"]);
    let both = count(&["--site", "liver", "--technique", "cryoablation"]);
    assert!(
        0 < both && both < liver && liver < all,
        "{both} {liver} {all}"
    );
    let output = fascicle(&["cite", "export", "--site", "livre"], root());
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("did you mean `liver`?"));
}
