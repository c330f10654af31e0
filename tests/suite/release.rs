//! `fascicle release`: files, lists, site and ledger, as people call it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use fascicle::check::check;
use fascicle::load::load;
use fascicle::session::draft as parse;

use super::released::{assert_whole, change, release, said, text, two_sites};
use super::support::{copy, fascicle, files, small_book};

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
fn errors_stop_a_release() {
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
fn foreign_files_block_a_release() {
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
fn an_edition_without_a_ledger_entry_is_reported() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let begun = path.join("dist/releases/1.0.1");
    copy(&path.join("dist/releases/1.0.0"), &begun);
    let output = release(path, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = text(&output.stdout);
    assert!(told.contains("nothing to release"), "{told}");
    assert!(told.contains("edition 1.0.1 is in"), "{told}");
    assert!(begun.is_dir());
}
