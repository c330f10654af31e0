//! `fascicle release --again`: an edition whose files were lost, and what `verify` says of one that another program saved.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use fascicle::digest::Digest;
use fascicle::ledger;
use fascicle::load::load;
use fascicle::session::draft as parse;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::released::{assert_whole, change, release, said, two_sites};
use super::support::{fascicle, files};

/// Every file below a folder.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |file: PathBuf| (file.clone(), fs::read(folder.join(file)).unwrap());
    files(folder).into_iter().map(read).collect()
}

const EPUB: &str = "dist/releases/1.0.0/two-sites-1.0.0.epub";

#[test]
fn a_lost_edition_is_made_again_with_its_site() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &["--website", "https://example.org/"]);
    let (dist, content) = (bytes(&path.join("dist")), bytes(&path.join("content")));
    fs::remove_dir_all(path.join("dist")).unwrap();
    let again = || {
        fascicle(
            &["release", "--again", "--website", "https://example.org/"],
            path,
        )
    };
    let output = again();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("are there again, byte for byte"));
    assert_whole(&path.join("dist/releases/1.0.0"));
    assert_eq!(bytes(&path.join("dist")), dist);
    // A file that was damaged is replaced.
    fs::write(path.join(EPUB), "damaged").unwrap();
    let output = fascicle(
        &[
            "release",
            "--again",
            "1.0.0",
            "--website",
            "https://example.org/",
        ],
        path,
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(bytes(&path.join("dist")), dist);
    assert_eq!(
        bytes(&path.join("content")),
        content,
        "the ledger is as it was"
    );
}

#[test]
fn what_cannot_be_made_again_is_explained_and_not_written() {
    let folder = two_sites();
    let path = folder.path();
    let again = |edition: &[&str]| {
        let output = fascicle(&[&["release", "--again"], edition].concat(), path);
        (said(&output), output.status.code())
    };
    let (told, code) = again(&[]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("the ledger has no edition yet"), "{told}");
    release(path, &[]);
    fs::remove_dir_all(path.join("dist")).unwrap();
    // With a program that is not that of the release.
    let entry = path.join("content/releases/1.0.0.toml");
    let sealed = fs::read(&entry).unwrap();
    let (project, _) = load(&path.join("content")).unwrap();
    let mut release = parse(&project).0.releases[0].release.clone();
    release.artifacts[0].digest = Digest([7; 32]);
    release.inventory.program.sources = Digest([7; 32]);
    fs::write(&entry, ledger::text(&release)).unwrap();
    let (told, code) = again(&[]);
    assert_eq!(code, Some(1), "{told}");
    for part in [
        &format!("{}: other bytes", release.artifacts[0].name) as &str,
        "edition 1.0.0 was made with a program of other sources",
        "check out its tag `v1.0.0`, and its program with it",
        "nothing was written",
    ] {
        assert!(told.contains(part), "{told}");
    }
    assert!(!path.join("dist/releases").exists() && !path.join("dist/site").exists());
    // Of other content.
    fs::write(&entry, sealed).unwrap();
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for the site",
    );
    let (told, code) = again(&["1.0.0"]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("other content than edition 1.0.0"), "{told}");
    assert!(!path.join("dist/releases").exists());
    let (told, code) = again(&["3.0.0"]);
    assert_eq!(code, Some(2), "{told}");
}

/// The files of an EPUB, changed, in a new archive.
fn packed(epub: &[u8], change: impl Fn(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(epub)).unwrap();
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        members.push((member.name().to_owned(), content));
    }
    change(&mut members);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in members {
        writer.start_file(name, stored).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_epub_that_was_packed_again_is_compared_file_by_file() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let epub = fs::read(path.join(EPUB)).unwrap();
    let verified = |bytes: Vec<u8>| {
        fs::write(path.join("book.epub"), bytes).unwrap();
        let output = fascicle(&["verify", "book.epub"], path);
        assert_eq!(output.status.code(), Some(1));
        said(&output)
    };
    let told = verified(packed(&epub, |_| {}));
    assert!(
        told.contains("says that it is edition 1.0.0, with the digest of its content"),
        "{told}"
    );
    assert!(
        told.contains("another program packed it again: all "),
        "{told}"
    );
    let told = verified(packed(&epub, |members| {
        for (name, content) in members.iter_mut() {
            if name.ends_with("glossary.xhtml") {
                content.extend(b"<!-- -->");
            }
        }
        members.retain(|(name, _)| !name.ends_with("toc.ncx"));
        members.push(("META-INF/calibre_bookmarks.txt".to_owned(), b"1".to_vec()));
    }));
    for part in [
        "beside `two-sites-1.0.0.epub`, as it was released:",
        "`OEBPS/glossary.xhtml` in it differs from the released one",
        "`OEBPS/toc.ncx` in it is missing",
        "`META-INF/calibre_bookmarks.txt` in it was added",
        "files in it that are as released: ",
    ] {
        assert!(told.contains(part), "{told}");
    }
}
