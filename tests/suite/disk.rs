//! What a build leaves on the disk: one set of files, whole, whatever happens to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::released::{change, two_sites};
use super::support::{fascicle, files, small_book};

/// What lies below a folder, with its bytes.
fn set(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |path: PathBuf| {
        let bytes = fs::read(folder.join(&path)).unwrap();
        (path, bytes)
    };
    files(folder).into_iter().map(read).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let name = |path: PathBuf| path.to_str().unwrap().replace('\\', "/");
    files(folder).into_iter().map(name).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn files_that_the_book_no_longer_has_are_removed() {
    let folder = two_sites();
    let path = folder.path();
    let out = path.join("dist");
    let build = |arguments: &[&str]| {
        let output = fascicle(&[&["build"], arguments].concat(), path);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output)
    };
    build(&["--only", "handouts"]);
    build(&["--only", "epub"]);
    fs::write(out.join("handouts/mine.pdf"), "mine").unwrap();
    let all = [
        "handouts/cryoablation.pdf",
        "handouts/cryoablation.ris",
        "handouts/mine.pdf",
        "handouts/sites/liver/cryoablation.pdf",
        "handouts/sites/liver/cryoablation.ris",
        "handouts/sites/liver.pdf",
        "handouts/sites/liver.ris",
        "handouts/sites/lung/cryoablation.pdf",
        "handouts/sites/lung/cryoablation.ris",
        "handouts/sites/lung.pdf",
        "handouts/sites/lung.ris",
        "two-sites.epub",
    ];
    assert_eq!(names(&out), all);
    fs::remove_dir_all(path.join("content/sites/lung")).unwrap();
    change(path, "handbook.toml", "\"liver\", \"lung\"", "\"liver\"");
    change(path, "handbook.toml", "two-sites", "one-site");
    for reference in files(&path.join("content/references")) {
        let name = format!("references/{}", reference.display());
        let text = fs::read_to_string(path.join("content").join(&name)).unwrap();
        let text = text.replace("\"liver\", \"lung\"", "\"liver\"");
        fs::write(path.join("content").join(name), text).unwrap();
    }
    // A build of one output leaves the others as they are.
    build(&["--only", "epub"]);
    let handouts = [&all[..11], &["one-site.epub"]].concat();
    assert_eq!(names(&out), handouts);
    let told = build(&["--only", "handouts"]);
    assert!(
        told.contains("removed `dist/handouts/sites/lung.pdf`"),
        "{told}"
    );
    assert_eq!(names(&out), [&all[..7], &["one-site.epub"]].concat());
}

/// Runs at the same time wait for one another, and leave the set of the last.
#[test]
fn builds_at_the_same_time_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let book = |number: u32| folder.path().join(format!("book-{number}"));
    let run = |number: u32| {
        small_book(&book(number), &format!("Book {number}."));
        Command::new(env!("CARGO_BIN_EXE_fascicle"))
            .args([
                "build",
                &format!("book-{number}"),
                "--only",
                "epub",
                "-o",
                "out",
            ])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let runs: Vec<_> = (0..8).map(run).collect();
    for run in runs {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    let out = set(&folder.path().join("out"));
    let alone = (0..8).map(|number| {
        let name = format!("book-{number}");
        let built = fascicle(
            &["build", &name, "--only", "epub", "-o", "alone"],
            folder.path(),
        );
        assert!(built.status.success());
        set(&folder.path().join("alone"))
    });
    assert!(alone.collect::<Vec<_>>().contains(&out));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 10);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_cannot_be_written_is_reported_as_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "Hello.");
    fs::write(folder.path().join("file"), "").unwrap();
    // Nobody may write there, not even who may write everywhere.
    for out in ["/proc/fascicle", "/proc", "file", "file/below"] {
        let output = fascicle(&["build", "--only", "epub", "-o", out], folder.path());
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        let expected = format!("error: cannot write `{out}");
        assert!(said(&output).starts_with(&expected), "{}", said(&output));
    }
}

/// The system refuses a file that grows too large as it does one for which there is no room.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_set() {
    let folder = two_sites();
    let path = folder.path();
    let out = path.join("dist");
    assert!(
        fascicle(&["build", "--only", "handouts"], path)
            .status
            .success()
    );
    let before = set(&out);
    change(
        path,
        "handbook.toml",
        "title = \"Two sites\"",
        "title = \"Two places\"",
    );
    // In blocks of 512 bytes; without the signal, the program hears of it as of any other error.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" build --only handouts";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_fascicle")])
        .current_dir(path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("error: cannot write `"),
        "{}",
        said(&output)
    );
    assert!(said(&output).contains(".pdf`: "), "{}", said(&output));
    assert_eq!(set(&out), before);
    assert!(
        !out.join(".fascicle/new").exists(),
        "what was written takes no room"
    );
    assert!(
        fascicle(&["build", "--only", "handouts"], path)
            .status
            .success()
    );
    assert_ne!(set(&out), before);
}

/// A folder in which nothing can be changed, within one in which it can, as another user may have left it.
#[cfg(target_os = "linux")]
#[test]
fn a_build_replaces_all_files_or_none() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    let folder = two_sites();
    let path = folder.path();
    let is_root = fs::metadata(path).unwrap().uid() == 0;
    // Whoever may do everything runs it as somebody else, who may not reach the program where it is.
    let program = path.join("fascicle");
    fs::copy(env!("CARGO_BIN_EXE_fascicle"), &program).unwrap();
    let build = || {
        let mut command = Command::new(&program);
        command.args(["build", "--only", "epub,handouts"]);
        command.current_dir(path);
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        command.output().unwrap()
    };
    let dist = path.join("dist");
    fs::create_dir_all(&dist).unwrap();
    for folder in [path, &dist] {
        if is_root {
            chown(folder, Some(65_534), Some(65_534)).unwrap();
        }
    }
    assert_eq!(build().status.code(), Some(0));
    let before = set(&dist);
    let handouts = dist.join("handouts");
    if is_root {
        chown(&handouts, Some(0), Some(0)).unwrap();
        chown(path, Some(0), Some(0)).unwrap();
    } else {
        fs::set_permissions(&handouts, fs::Permissions::from_mode(0o555)).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).unwrap();
    }
    change(path, "handbook.toml", "two-sites", "other-sites");
    let output = build();
    fs::set_permissions(&handouts, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("cannot write"), "{}", said(&output));
    assert!(set(&dist) == before);
}

#[test]
fn outputs_do_not_go_among_the_content() {
    let folder = two_sites();
    let before = set(folder.path());
    let read = [
        "content",
        "content/chapters",
        "content/references/new/below",
        "content/sites/liver",
        "content/techniques/../techniques",
        "content/releases",
    ];
    for out in read {
        for command in ["build", "release"] {
            let output = fascicle(&[command, "content", "-o", out], folder.path());
            assert_eq!(output.status.code(), Some(2), "{out}: {}", said(&output));
            let told = said(&output);
            assert!(told.contains("name another with `-o DIR`"), "{out}: {told}");
        }
    }
    assert!(set(folder.path()) == before);
    // A book may be where its outputs are.
    let beside = fascicle(
        &["build", ".", "--only", "epub"],
        &folder.path().join("content"),
    );
    assert_eq!(beside.status.code(), Some(0), "{}", said(&beside));
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_is_lost_on_a_full_disk_is_a_fault() {
    let full = || {
        fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_fascicle"));
    let output = command.arg("explain").stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("cannot write to standard output"));
}
