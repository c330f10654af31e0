//! `fascicle verify`: what it says of files and editions.

use std::fs;
use std::path::Path;
use std::process::Command;

use fascicle::digest::{Digest, sha256};
use fascicle::ledger;
use fascicle::load::load;
use fascicle::model::ledger::Release;
use fascicle::session::draft as parse;

use super::released::{change, release, said, text, two_sites};
use super::support::{copy, fascicle};

#[test]
fn one_flipped_byte_is_named() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    // From another folder, in another time zone, with another number of threads.
    let other = tempfile::tempdir().unwrap();
    copy(&path.join("content"), &other.path().join("content"));
    let verify = |what: &str| {
        Command::new(env!("CARGO_BIN_EXE_fascicle"))
            .args(["verify", what])
            .current_dir(other.path())
            .env("TZ", "Pacific/Kiritimati")
            .env("RAYON_NUM_THREADS", "3")
            .output()
            .unwrap()
    };
    let edition = verify("1.0.0");
    assert_eq!(edition.status.code(), Some(0), "{}", said(&edition));
    for ending in ["pdf", "epub"] {
        let released = path.join(format!("dist/releases/1.0.0/two-sites-1.0.0.{ending}"));
        let output = verify(released.to_str().unwrap());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(
            text(&output.stdout).contains("is of edition 1.0.0"),
            "{}",
            said(&output)
        );
        assert!(
            text(&output.stdout).contains("has the same bytes"),
            "{}",
            said(&output)
        );
        let bytes = fs::read(&released).unwrap();
        let at = bytes.len() / 2;
        let forged = other.path().join(format!("forged.{ending}"));
        fs::write(&forged, flipped(&bytes, at)).unwrap();
        let output = verify(forged.to_str().unwrap());
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let told = text(&output.stdout);
        assert!(told.contains(&format!("byte {at} is ")), "{told}");
        assert!(told.contains("all others are the same"), "{told}");
        assert!(told.contains(", in "), "{told}");
    }
    let output = verify("content/handbook.toml");
    assert_eq!(output.status.code(), Some(1));
    // Of other sources, it tells in what.
    change(
        other.path(),
        "chapters/how-to-use.md",
        "Find the site",
        "Look for the site",
    );
    let output = verify("1.0.0");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains("Wording or pictures only: How to use this book"),
        "{}",
        said(&output)
    );
}

/// What `verify` says of a file, and its exit code.
fn verified(folder: &Path, what: &str) -> (String, Option<i32>) {
    let output = fascicle(&["verify", what], folder);
    (said(&output), output.status.code())
}

/// The bytes with one bit of the one at `at` turned round.
fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1;
    bytes
}

/// Where `mark` first ends.
fn at(bytes: &[u8], mark: &[u8]) -> usize {
    let found = bytes.windows(mark.len()).position(|window| window == mark);
    found.unwrap() + mark.len()
}

#[test]
fn damaged_and_foreign_files_are_distinguished() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let name = |ending: &str| format!("dist/releases/1.0.0/two-sites-1.0.0{ending}");
    let epub = fs::read(path.join(name(".epub"))).unwrap();
    let pdf = fs::read(path.join(name(".pdf"))).unwrap();
    let handout = fs::read(path.join(name("-handout--cryoablation.pdf"))).unwrap();
    let package = at(&epub, b"OEBPS/content.opf");
    let text = at(&pdf, b"/Filter/FlateDecode>>\nstream\n");
    let links = at(&pdf, b"/Type/ObjStm");
    let edition = at(&pdf, b"edition 1.0");
    // What is told of a file is told on a terminal, which it could steer.
    let mut control = pdf.clone();
    control[edition] = b'\x1b';
    let cases: [(&str, Vec<u8>, &[&str]); 11] = [
        (
            "control",
            control,
            &["does not say which edition it is", "the metadata"],
        ),
        // Without the package, the file cannot say which edition it is; with its first byte, not what it is.
        (
            "package",
            flipped(&epub, package + 40),
            &["in the file `OEBPS/content.opf`", "all others"],
        ),
        (
            "first",
            flipped(&epub, 0),
            &["byte 0 is 0x51 instead of 0x50", "`mimetype`"],
        ),
        (
            "page",
            flipped(&pdf, text),
            &["the text of a page", "all others"],
        ),
        (
            "links",
            flipped(&pdf, links + 100),
            &["the structure, the links and the bookmarks", "all others"],
        ),
        (
            "number",
            flipped(&pdf, edition),
            &["edition 1.0/0, which was never released", "the metadata"],
        ),
        (
            "last",
            flipped(&pdf, pdf.len() - 2),
            &["the table of objects at the end of the file"],
        ),
        (
            "handout",
            flipped(&handout, handout.len() / 2),
            &["`two-sites-1.0.0-handout--cryoablation.pdf`"],
        ),
        (
            "cut.pdf",
            pdf[..pdf.len() / 2].to_vec(),
            &["it ends after", "more should follow"],
        ),
        (
            "cut.epub",
            epub[..epub.len() / 2].to_vec(),
            &["two-sites-1.0.0.epub`", "it ends after"],
        ),
        (
            "longer",
            [&pdf[..], b"\n"].concat(),
            &["bytes, but has 1 more"],
        ),
    ];
    // The released files lie here; without them, they are built again.
    for round in ["kept", "built again"] {
        for (name, bytes, expected) in &cases {
            fs::write(path.join(name), bytes).unwrap();
            let (told, code) = verified(path, name);
            assert_eq!(code, Some(1), "{round}, {name}: {told}");
            assert!(!told.contains('\x1b'), "{round}, {name}: {told:?}");
            for part in *expected {
                assert!(told.contains(part), "{round}, {name}: {told}");
            }
        }
        let _ = fs::remove_dir_all(path.join("dist"));
    }
    for (name, bytes, expected) in [
        (
            "foreign.pdf",
            &b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"[..],
            "is like no file of edition 1.0.0",
        ),
        (
            "foreign.txt",
            b"A text.",
            "is not a PDF or an EPUB of a book that this program made",
        ),
        ("empty", b"", "is not a PDF or an EPUB"),
    ] {
        fs::write(path.join(name), bytes).unwrap();
        let (told, code) = verified(path, name);
        assert_eq!(code, Some(1), "{name}: {told}");
        assert!(told.contains(expected), "{name}: {told}");
    }
    let (told, code) = verified(path, "content");
    assert_eq!(code, Some(2));
    assert!(told.contains("`content` is a folder"), "{told}");
}

/// Without the sources, a file can still say what it is.
#[test]
fn a_file_without_sources_shows_its_edition() {
    let folder = two_sites();
    release(folder.path(), &[]);
    let elsewhere = tempfile::tempdir().unwrap();
    for ending in ["pdf", "epub"] {
        let name = format!("two-sites-1.0.0.{ending}");
        let released = folder.path().join("dist/releases/1.0.0").join(&name);
        fs::copy(released, elsewhere.path().join(&name)).unwrap();
        let (told, code) = verified(elsewhere.path(), &name);
        assert_eq!(code, Some(1), "{told}");
        assert!(
            told.starts_with(&format!("`{name}` says that it is edition 1.0.0\n")),
            "{told}"
        );
        assert!(told.contains("`--content`"), "{told}");
    }
}

/// Changes the entry of the first edition in the ledger.
fn rewrite(folder: &Path, change: &dyn Fn(&mut Release)) {
    let (project, _) = load(&folder.join("content")).unwrap();
    let mut release = parse(&project).0.releases[0].release.clone();
    change(&mut release);
    let entry = folder.join("content/releases/1.0.0.toml");
    fs::write(entry, ledger::text(&release)).unwrap();
}

/// Puts bytes in the place of the released EPUB, also in the ledger.
fn as_if_released(folder: &Path, bytes: &[u8]) {
    let epub = "dist/releases/1.0.0/two-sites-1.0.0.epub";
    fs::write(folder.join(epub), bytes).unwrap();
    rewrite(folder, &|release| {
        let artifacts = release.artifacts.iter_mut();
        let epub = artifacts.into_iter().find(|it| it.name.ends_with("epub"));
        let epub = epub.unwrap();
        (epub.size, epub.digest) = (bytes.len() as u64, sha256(bytes));
    });
}

/// An archive (APPNOTE 4.3 and 4.5.3) with one file of four bytes, of which it says that it has as many as can be written.
fn with_a_forged_size() -> Vec<u8> {
    let name = b"mimetype";
    let fixed = |size: u32, extra: u8| {
        let sizes = [size.to_le_bytes(), 4_u32.to_le_bytes()].concat();
        [&[0; 12][..], &sizes, &[8, 0, extra, 0]].concat()
    };
    let mut bytes = [b"PK\x03\x04\x14\0", &fixed(4, 0)[..], name, b"book"].concat();
    let directory = u32::try_from(bytes.len()).unwrap();
    bytes.extend(
        [
            b"PK\x01\x02\x14\0\x14\0",
            &fixed(u32::MAX, 12)[..],
            &[0; 14],
            name,
        ]
        .concat(),
    );
    bytes.extend([&[1, 0, 8, 0][..], &u64::MAX.to_le_bytes()].concat());
    let length = u32::try_from(bytes.len()).unwrap() - directory;
    bytes.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    bytes.extend([length.to_le_bytes(), directory.to_le_bytes()].concat());
    bytes.extend([0; 2]);
    bytes
}

/// What an archive says of its files need not be true.
#[test]
fn forged_archives_are_compared_all_the_same() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let forged = with_a_forged_size();
    as_if_released(path, &forged);
    for (at, part) in [
        (4, "the header of the file `mimetype`"),
        (40, "the file `mimetype`"),
    ] {
        fs::write(path.join("flipped.epub"), flipped(&forged, at)).unwrap();
        let (told, code) = verified(path, "flipped.epub");
        assert_eq!(code, Some(1), "{told}");
        assert!(
            told.contains(&format!("byte {at} is ")) && told.contains(part),
            "{told}"
        );
    }
    // A million times the mark of an end: whatever looks for the beginning of each would never be done.
    let ends = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0".repeat(1_000_000);
    fs::write(path.join("ends.epub"), ends).unwrap();
    let (told, code) = verified(path, "ends.epub");
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("`ends.epub` does not say which edition it is"),
        "{told}"
    );
}

/// Another program or other styles may give other bytes: that is told, and is no fault of the file.
#[test]
fn files_of_another_program_are_not_reported_as_damaged() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let epub = "dist/releases/1.0.0/two-sites-1.0.0.epub";
    let rewrite = |change: &dyn Fn(&mut Release)| rewrite(path, change);
    // As if the released EPUB were of another program.
    let bytes = [&fs::read(path.join(epub)).unwrap()[..], b"."].concat();
    as_if_released(path, &bytes);
    // The same content, styles and program: these bytes should come again, and do not.
    let (told, code) = verified(path, "1.0.0");
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("the same content, styles and program give other bytes"),
        "{told}"
    );
    let (told, code) = verified(path, epub);
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("as it was released") && told.contains("it has other bytes"),
        "{told}"
    );
    rewrite(&|release| release.inventory.program.sources = Digest([7; 32]));
    let other =
        "edition 1.0.0 was made with a program of other sources (SHA-256 0707070707070707…, here ";
    let (told, code) = verified(path, epub);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains(other) && told.contains("check out its tag `v1.0.0`"),
        "{told}"
    );
    let (told, code) = verified(path, "1.0.0");
    assert_eq!(code, Some(1), "it is not proven: {told}");
    assert!(
        told.contains(other) && !told.contains("cannot be built again"),
        "{told}"
    );
    rewrite(&|release| {
        release.inventory.program.name = "fascicle 0.0.1".to_owned();
        release.inventory.styles = Digest([7; 32]);
    });
    let same = fascicle(&["release"], path);
    let told = said(&same);
    assert_eq!(same.status.code(), Some(0), "{told}");
    for part in [
        "nothing to release",
        "edition 1.0.0 was made with fascicle 0.0.1, and this is",
        "edition 1.0.0 was made with other styles or variants of the page",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

/// The ledger is enough to tell whether a file is as it was released.
#[test]
fn a_released_file_is_recognized_while_the_content_has_errors() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "See [@nobody]. Find the site",
    );
    let epub = "dist/releases/1.0.0/two-sites-1.0.0.epub";
    let (told, code) = verified(path, epub);
    assert!(
        told.contains("is of edition 1.0.0 of 2026-02-01, as it was released"),
        "{told}"
    );
    assert_eq!(code, Some(1));
    fs::write(path.join(epub), "").unwrap();
    let (told, _) = verified(path, epub);
    assert!(told.contains("were never released"), "{told}");
}
