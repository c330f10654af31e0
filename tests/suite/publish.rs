//! `fascicle release`, `changes` and `verify`, as people call them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use fascicle::check::check;
use fascicle::digest::{Digest, sha256};
use fascicle::ledger;
use fascicle::load::load;
use fascicle::model::ledger::Release;
use fascicle::session::draft as parse;

use super::support::{copy, fascicle, files, root, small_book, unpack};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// A folder with the small book of the release tests.
fn two_sites() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &root().join("tests/releases/before"),
        &folder.path().join("content"),
    );
    folder
}

fn release(folder: &Path, arguments: &[&str]) -> Output {
    let all = [&["release", "--date", "2026-02-01"], arguments].concat();
    fascicle(&all, folder)
}

fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join("content").join(file);
    let before = fs::read_to_string(&path).unwrap();
    assert!(before.contains(from), "{before}");
    fs::write(path, before.replace(from, to)).unwrap();
}

/// Every file that `SHA256SUMS` names is there with these bytes, and nothing else is.
fn assert_whole(folder: &Path) {
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    let mut named =
        BTreeSet::from(["SHA256SUMS", "RELEASE_NOTES.md", "release.json"].map(PathBuf::from));
    for line in sums.lines() {
        let (digest, name) = line.split_once("  ").unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        assert_eq!(Some(sha256(&bytes)), Digest::parse(digest), "{name}");
        named.insert(PathBuf::from(name));
    }
    assert!(named.len() >= 5, "{named:?}");
    assert_eq!(files(folder).into_iter().collect::<BTreeSet<_>>(), named);
}

#[test]
fn a_release_is_files_lists_site_and_an_entry() {
    let folder = two_sites();
    let path = folder.path();
    let dry = release(path, &["--dry-run"]);
    assert_eq!(dry.status.code(), Some(0), "{}", said(&dry));
    assert!(
        text(&dry.stdout).starts_with("Edition 1.0.0, 2026-02-01\n"),
        "{}",
        said(&dry)
    );
    assert!(!path.join("dist").exists() && !path.join("content/releases").exists());
    let first = release(path, &[]);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert_whole(&path.join("dist/releases/1.0.0"));
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(path.join("dist/releases/1.0.0/release.json")).unwrap())
            .unwrap();
    assert_eq!(
        (&json["edition"], &json["date"]),
        (&"1.0.0".into(), &"2026-02-01".into())
    );
    // The same content makes no release.
    let again = release(path, &["--date", "2026-05-01"]);
    assert_eq!(again.status.code(), Some(2), "a day is given once");
    let again = fascicle(&["release", "--date", "2026-05-01"], path);
    assert_eq!(again.status.code(), Some(0));
    assert!(
        text(&again.stdout).contains("nothing to release"),
        "{}",
        said(&again)
    );
    // What is built from it is what was released.
    let built = fascicle(&["build"], path);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    let same = |built: &str, released: &str| {
        let bytes = |file: &str| fs::read(path.join("dist").join(file)).unwrap();
        assert!(
            bytes(built) == bytes(&format!("releases/1.0.0/two-sites-1.0.0{released}")),
            "{built}"
        );
    };
    same("two-sites.pdf", ".pdf");
    same("two-sites.epub", ".epub");
    same("handouts/cryoablation.pdf", "-handout--cryoablation.pdf");
}

#[test]
fn what_changed_is_told_in_the_book_and_beside_it() {
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
    let shown = epub["OEBPS/imprint.xhtml"].replace(' ', "");
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

#[test]
fn numbers_are_raised_and_never_lowered_and_days_go_on() {
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
fn numbers_end_where_the_ledger_ends() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &["--edition", "1.0.999999"]);
    let reworded = ("Find the site", "Look for the site");
    change(path, "chapters/how-to-use.md", reworded.0, reworded.1);
    let beyond = release(path, &[]);
    assert_eq!(beyond.status.code(), Some(2), "{}", said(&beyond));
    assert!(
        said(&beyond).contains("as in `--edition 2.0.0`"),
        "{}",
        said(&beyond)
    );
    let raised = release(path, &["--edition", "2.0.0"]);
    assert_eq!(raised.status.code(), Some(0), "{}", said(&raised));
}

#[test]
fn what_is_wrong_stops_a_release() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let entry = path.join("content/releases/1.0.0.toml");
    let before = fs::read_to_string(&entry).unwrap();
    fs::write(&entry, before.replace("2026-02-01", "2026-01-01")).unwrap();
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for the site",
    );
    for command in ["release", "changes", "build", "check"] {
        let output = fascicle(&[command, "--message-format", "short"], path);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{command}: {}",
            said(&output)
        );
        assert!(
            text(&output.stderr).contains("1.0.0.toml"),
            "{}",
            said(&output)
        );
        assert!(
            text(&output.stderr).contains("error[tampered-ledger]"),
            "{}",
            said(&output)
        );
    }
    assert!(!path.join("dist/releases/1.0.1").exists());
}

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
fn damaged_and_foreign_files_are_told_apart() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let name = |ending: &str| format!("dist/releases/1.0.0/two-sites-1.0.0{ending}");
    let epub = fs::read(path.join(name(".epub"))).unwrap();
    let pdf = fs::read(path.join(name(".pdf"))).unwrap();
    let handout = fs::read(path.join(name("-handout--cryoablation.pdf"))).unwrap();
    let package = at(&epub, b"OEBPS/content.opf");
    let text = at(&pdf, b"/Contents ");
    let text = std::str::from_utf8(&pdf[text..text + 8]).unwrap();
    let text = format!("\n{} 0 obj", text.split(' ').next().unwrap());
    let text = at(&pdf, text.as_bytes()) + 200;
    let edition = at(&pdf, b"edition 1.0");
    // What is told of a file is told on a terminal, which it could steer.
    let mut steering = pdf.clone();
    steering[edition] = b'\x1b';
    let cases: [(&str, Vec<u8>, &[&str]); 10] = [
        (
            "steering",
            steering,
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
            &["the text of page 1 of the file", "all others"],
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
            "is no PDF or EPUB of a book that this program made",
        ),
        ("empty", b"", "is no PDF or EPUB"),
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
fn a_file_alone_says_which_edition_it_is() {
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

/// Another program or other styles may give other bytes: that is told, and is no fault of the file.
#[test]
fn what_another_program_made_is_not_blamed_on_the_file() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let entry = path.join("content/releases/1.0.0.toml");
    let epub = "dist/releases/1.0.0/two-sites-1.0.0.epub";
    // As if the released EPUB, and with it the digest in the ledger, were of another program.
    let rewrite = |change: &dyn Fn(&mut Release)| {
        let (project, _) = load(&path.join("content")).unwrap();
        let mut release = parse(&project).0.releases[0].release.clone();
        change(&mut release);
        fs::write(&entry, ledger::text(&release)).unwrap();
    };
    let bytes = [&fs::read(path.join(epub)).unwrap()[..], b"."].concat();
    fs::write(path.join(epub), &bytes).unwrap();
    rewrite(&|release| {
        let artifacts = release.artifacts.iter_mut();
        let epub = artifacts.into_iter().find(|it| it.name.ends_with("epub"));
        epub.unwrap().digest = sha256(&bytes);
    });
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

#[test]
fn the_site_leads_to_what_is_there() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for the site",
    );
    // The files of the first edition are elsewhere.
    fs::remove_dir_all(path.join("dist/releases")).unwrap();
    // What somebody else put there stays.
    let mine = ["CNAME", ".nojekyll", "editions/mine.html", "mine/a.html"];
    let mine = mine.map(|name| path.join("dist/site").join(name));
    for place in &mine {
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, "mine").unwrap();
    }
    let elsewhere = "https://example.org/files/v{edition}/";
    let output = release(
        path,
        &[
            "--website",
            "https://example.org/book/",
            "--downloads",
            elsewhere,
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let site = path.join("dist/site");
    assert!(
        !site.join("editions/1.0.0").exists(),
        "what no page leads to goes"
    );
    assert!(mine.iter().all(|place| fs::read(place).unwrap() == b"mine"));
    let page = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(
        page.contains("https://example.org/files/v1.0.0/two-sites-1.0.0.epub"),
        "{page}"
    );
    // What a reader who does not know which file to take is told, and that the first opens everywhere.
    assert!(page.contains("If you are not sure which one to take, take the first."));
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    let order = [
        "PDF to print on A4 paper",
        "EPUB for phones",
        "For a place in the body",
        ">Liver<",
        "For a technique",
        ">Cryoablation<",
        "Checksums",
    ];
    assert!(order.map(place).is_sorted(), "{:?}", order.map(place));
    let mut links = 0;
    for href in page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        if !href.starts_with('#') && !href.contains("://") {
            assert!(site.join(href).is_file(), "{href}");
            links += 1;
        }
    }
    assert!(links >= 9, "{links}");
    let feed = fs::read_to_string(site.join("opds.xml")).unwrap();
    assert!(
        feed.contains("https://example.org/book/editions/1.0.1/two-sites-1.0.1.epub"),
        "{feed}"
    );
    assert!(
        !feed.contains("1.0.0"),
        "a catalogue has the newest edition alone"
    );
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(site.join("opds.json")).unwrap()).unwrap();
    assert_eq!(json["publications"].as_array().unwrap().len(), 4);
}

/// What a run that was killed may leave: no release or a whole one, and a ledger that can be read.
fn assert_sound(path: &Path, at: &str) {
    let (project, mut diagnostics) = load(&path.join("content")).unwrap();
    let (draft, found) = parse(&project);
    diagnostics.extend(found);
    diagnostics.extend(check(&draft, &project.sources, &|_| true));
    assert!(diagnostics.is_empty(), "{at}: {diagnostics:?}");
    let releases = path.join("dist/releases");
    for entry in fs::read_dir(&releases).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().unwrap().starts_with('.') {
            assert_whole(&entry.path());
        }
    }
    for entry in fs::read_dir(path.join("content/releases"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name().into_string().unwrap();
        if let Some(edition) = name
            .strip_suffix(".toml")
            .filter(|name| !name.starts_with('.'))
        {
            assert_whole(&releases.join(edition));
            let page = fs::read_to_string(path.join("dist/site/index.html")).unwrap();
            assert!(page.contains(&format!("Edition {edition}")), "{at}");
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tells when to kill")]
fn clock() -> Instant {
    Instant::now()
}

/// Runs `release` and kills it as soon as `now` says so; whether it was killed.
fn killed(path: &Path, now: impl Fn(Duration) -> bool) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fascicle"))
        .args(["release", "--date", "2026-02-01", "--quiet"])
        .current_dir(path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = clock();
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if now(start.elapsed()) {
            child.kill().unwrap();
            child.wait().unwrap();
            return true;
        }
        std::thread::sleep(Duration::from_micros(100));
    }
}

/// Half of the kills come at points of time, half at points of what has been written.
#[test]
fn a_killed_release_leaves_no_half() {
    let kills: u32 = (0..5).map(ten_kills).sum();
    assert!(kills >= 25, "only {kills} of 50 came in time");
}

/// Makes a first release and changes the book ten times; how often the release was killed before its end.
fn ten_kills(round: u32) -> u32 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    small_book(&path.join("content"), "Word 0.");
    let start = clock();
    assert!(!killed(path, |_| false));
    let whole = start.elapsed();
    let mut kills = 0;
    for number in 1..=10_u32 {
        let (from, to) = (format!("Word {}.", number - 1), format!("Word {number}."));
        change(path, "chapters/only.md", &from, &to);
        let next = |name: &str| path.join(format!("dist/releases/{name}"));
        let edition = format!("1.{number}.0");
        let points: [PathBuf; 7] = [
            next(&format!(".{edition}.new")),
            next(&format!(".{edition}.new/small-{edition}.epub")),
            next(&format!(".{edition}.new/release.json")),
            next(&edition),
            path.join("dist/.site.new/index.html"),
            path.join(format!("dist/.site.new/editions/{edition}")),
            path.join(format!("dist/site/editions/{edition}/SHA256SUMS")),
        ];
        let point = &points[(round * 5 + number / 2) as usize % points.len()];
        kills += u32::from(match number % 2 {
            0 => killed(path, |_| point.exists()),
            _ => killed(path, |elapsed| {
                elapsed >= whole * (round * 10 + number) / 50
            }),
        });
        assert_sound(path, &format!("{edition} killed"));
        // The next run finishes it.
        let finished = release(path, &[]);
        assert_eq!(finished.status.code(), Some(0), "{}", said(&finished));
        assert_sound(path, &format!("{edition} finished"));
        assert!(
            path.join(format!("content/releases/{edition}.toml"))
                .is_file(),
            "{edition}"
        );
        assert!(
            !next(&format!(".{edition}.new")).exists() && !path.join("dist/.site.new").exists()
        );
    }
    kills
}

/// Two runs at once make one release.
#[test]
fn runs_at_the_same_time_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    small_book(&path.join("content"), "Word.");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fascicle"));
        command
            .args(["release", "--date", "2026-02-01"])
            .current_dir(path);
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let runs: Vec<_> = (0..4).map(|_| run()).collect();
    let mut done = 0;
    for run in runs {
        let output = run.wait_with_output().unwrap();
        done += u32::from(output.status.success());
        assert!(
            matches!(output.status.code(), Some(0 | 2)),
            "{}",
            said(&output)
        );
    }
    assert!(done >= 1);
    assert_sound(path, "at the same time");
    assert!(path.join("content/releases/1.0.0.toml").is_file());
}

/// Two runs with other numbers, or other folders for their files, do not take the same place in the ledger.
#[test]
fn runs_at_the_same_time_do_not_fork_the_ledger() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for it",
    );
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fascicle"));
        command
            .args(["release", "--date", "2026-02-01"])
            .args(arguments);
        command
            .current_dir(path)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let runs = [
        run(&[]),
        run(&["--edition", "2.0.0"]),
        run(&["-o", "elsewhere", "--note", "Another."]),
    ];
    let outputs = runs.map(|run| run.wait_with_output().unwrap());
    let done = outputs
        .iter()
        .filter(|output| output.status.success())
        .count();
    assert_eq!(done, 1, "{}", outputs.iter().map(said).collect::<String>());
    assert_eq!(files(&path.join("content/releases")).len(), 2);
    let output = fascicle(&["check"], path);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn what_is_in_the_way_of_a_release_stays() {
    let folder = two_sites();
    let path = folder.path();
    let mine = path.join("dist/releases/1.0.0/mine.txt");
    fs::create_dir_all(mine.parent().unwrap()).unwrap();
    fs::write(&mine, "mine").unwrap();
    let refused = release(path, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("mine.txt`: it is not part of a release"),
        "{}",
        said(&refused)
    );
    fs::remove_dir_all(mine.parent().unwrap()).unwrap();
    assert_eq!(release(path, &[]).status.code(), Some(0));
    // A file of an earlier edition that was damaged is not offered to readers.
    fs::write(path.join("dist/releases/1.0.0/two-sites-1.0.0.epub"), "").unwrap();
    let page = fs::read(path.join("dist/site/index.html")).unwrap();
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for it",
    );
    let refused = release(path, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("it is not as it was released"),
        "{}",
        said(&refused)
    );
    assert!(fs::read(path.join("dist/site/index.html")).unwrap() == page);
    assert!(!path.join("content/releases/1.0.1.toml").exists());
}

/// A ledger that cannot be written, or was not read, is told before anything changes.
#[test]
fn a_release_without_a_place_in_the_ledger_changes_nothing() {
    let folder = two_sites();
    let path = folder.path();
    let ledger = path.join("content/releases");
    fs::write(&ledger, "mine").unwrap();
    let refused = release(path, &[]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(
        text(&refused.stderr).contains("content/releases` is not a folder"),
        "{}",
        said(&refused)
    );
    assert_eq!(fs::read(&ledger).unwrap(), b"mine");
    #[cfg(unix)]
    {
        fs::remove_file(&ledger).unwrap();
        fs::create_dir(path.join("elsewhere")).unwrap();
        std::os::unix::fs::symlink("../elsewhere", &ledger).unwrap();
        let refused = release(path, &[]);
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(
            text(&refused.stderr).contains("content/releases` is not a folder"),
            "{}",
            said(&refused)
        );
    }
    assert!(!path.join("dist/releases/1.0.0").exists());
    assert!(!path.join("dist/site").exists());
}

/// A run was killed before its entry was written, and then the content was taken back.
#[test]
fn an_edition_without_an_entry_is_told() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let begun = path.join("dist/releases/1.0.1");
    copy(&path.join("dist/releases/1.0.0"), &begun);
    let output = release(path, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = text(&output.stdout);
    assert!(told.contains("nothing to release"), "{told}");
    assert!(told.contains("edition 1.0.1 lies in"), "{told}");
    assert!(begun.is_dir());
}

/// Files of an edition that had another `slug` are still what they were.
#[test]
fn earlier_editions_keep_their_names() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    change(
        path,
        "handbook.toml",
        "slug = \"two-sites\"",
        "slug = \"sites\"",
    );
    let output = release(path, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let page = fs::read_to_string(path.join("dist/site/index.html")).unwrap();
    let (newest, earlier) = page.split_once("id=\"earlier\"").unwrap();
    assert!(newest.contains("sites-1.0.1-handout--cryoablation.pdf"));
    let handouts = earlier.split_once("For a technique").unwrap().1;
    let handouts = handouts.split_once("<details").unwrap().0;
    assert!(
        handouts.contains(
            "two-sites-1.0.0-handout--cryoablation.pdf\" type=\"application/pdf\">Cryoablation<"
        ),
        "{earlier}"
    );
}

/// A file that was renamed and changed is the same chapter; white space that nobody sees is no change.
#[test]
fn names_of_files_and_white_space_count_for_nothing() {
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

/// The ledger is enough to tell whether a file is as it was released.
#[test]
fn a_file_is_known_while_the_content_has_errors() {
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
