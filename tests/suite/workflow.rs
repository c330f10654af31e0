//! The workflows that release books, this one and those that `fascicle new` begins, step by step, in a scratch repository: all
//! but what GitHub's own actions do.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::support::{copy, fascicle, root};

/// That of this repository.
fn workflow() -> String {
    fs::read_to_string(root().join(".github/workflows/release.yml")).unwrap()
}

/// That of a new book.
fn new_workflow() -> String {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "--title",
        "Living with gout",
        "--disease",
        "gout",
        "--language",
        "en",
    ];
    let output = fascicle(&[&["new", "book"], &arguments[..]].concat(), folder.path());
    assert!(output.status.success());
    fs::read_to_string(folder.path().join("book/.github/workflows/book.yml")).unwrap()
}

/// The script of the step of that name.
fn script(text: &str, name: &str) -> String {
    let step = text
        .split("      - ")
        .find(|step| step.starts_with(&format!("name: {name}\n")));
    let step = step.unwrap_or_else(|| panic!("there is no step `{name}`"));
    let run = step.split("        run: |\n").nth(1).unwrap();
    let lines = run
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with("          "));
    let lines = lines.map(|line| line.trim_start_matches("          "));
    lines.collect::<Vec<_>>().join("\n")
}

struct Scratch {
    folder: tempfile::TempDir,
    workflow: String,
}

impl Scratch {
    /// A repository with a book, one that it is pushed to, and programs in place of those that would go out.
    fn new(workflow: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Self { folder, workflow };
        let work = scratch.path("work");
        copy(&root().join("tests/releases/before"), &work.join("content"));
        fs::write(work.join(".gitignore"), "/target\n/dist\n").unwrap();
        fs::create_dir_all(work.join("target/debug")).unwrap();
        symlink(
            env!("CARGO_BIN_EXE_fascicle"),
            work.join("target/debug/fascicle"),
        )
        .unwrap();
        fs::create_dir(scratch.path("bin")).unwrap();
        let program = scratch.path("bin/fascicle");
        symlink(env!("CARGO_BIN_EXE_fascicle"), program).unwrap();
        let gh = scratch.path("bin/gh");
        // A draft is there, as when a run before has failed.
        let script = "#!/bin/sh\necho \"$@\" >> \"$GH_LOG\"\ncase $* in *--paginate*) echo 17 ;; *download*) cp ../published/* . ;; esac\n";
        fs::write(&gh, script).unwrap();
        fs::set_permissions(&gh, fs::Permissions::from_mode(0o755)).unwrap();
        let setup = "git init --quiet --bare --initial-branch main ../origin\n\
            git init --quiet --initial-branch main .\n\
            git remote add origin ../origin\n\
            git config user.name Somebody\ngit config user.email somebody@example.org\n\
            git add .\ngit commit --quiet --message First\ngit push --quiet origin main\n";
        scratch.run(setup, "");
        scratch
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a script as GitHub does.
    fn run(&self, script: &str, edition: &str) -> String {
        let output = self.output(script, edition);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{script}\n{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        said
    }

    fn output(&self, script: &str, edition: &str) -> Output {
        let path = std::env::var("PATH").unwrap();
        Command::new("bash")
            .args([
                "--noprofile",
                "--norc",
                "-e",
                "-o",
                "pipefail",
                "-c",
                script,
            ])
            .current_dir(self.path("work"))
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("GH_LOG", self.path("gh.log"))
            .env("GITHUB_OUTPUT", self.path("output"))
            .env("GITHUB_REF_NAME", "main")
            .env("GITHUB_REPOSITORY", "somebody/book")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("SITE", "https://example.org/book/")
            .env("FILES", "https://example.org/files/v{edition}")
            .env("SOURCE_DATE_EPOCH", "1790000000")
            .env("EDITION", edition)
            .env("PROGRAM", "somebody/fascicle")
            .env("VERSION", "1.2.3")
            .env("RUNNER_TEMP", self.path("."))
            .env("GITHUB_PATH", self.path("paths"))
            .output()
            .unwrap()
    }

    /// The steps of the job `release`, on a push; the edition that was released, if one was.
    fn push(&self) -> Option<String> {
        fs::write(self.path("output"), "").unwrap();
        let step = |name| script(&self.workflow, name);
        self.run(&step("Release the content, if it changed"), "");
        let output = fs::read_to_string(self.path("output")).unwrap();
        let edition = output.trim().strip_prefix("edition=").unwrap().to_owned();
        if edition.is_empty() {
            return None;
        }
        for name in [
            "Upload the files as a draft",
            "Commit the ledger and tag it",
            "Publish the files",
        ] {
            self.run(&step(name), &edition);
        }
        Some(edition)
    }

    /// What the other repository has at a name.
    fn pushed(&self, name: &str) -> String {
        self.run(
            &format!("git --git-dir ../origin ls-tree -r --name-only {name}"),
            "",
        )
    }
}

#[test]
fn a_push_releases_changed_content() {
    releases(&Scratch::new(workflow()));
}

#[test]
fn a_push_releases_a_book_that_was_begun_with_new() {
    let scratch = Scratch::new(new_workflow());
    let check = "fascicle check --format github";
    assert!(scratch.workflow.contains(&format!("run: {check}\n")));
    scratch.run(check, "");
    releases(&scratch);
}

/// The program is that of the archive that `PROGRAM` publishes, if its checksum is right.
#[test]
fn a_new_book_fetches_the_program() {
    let scratch = Scratch::new(new_workflow());
    let name = "fascicle-1.2.3-x86_64-unknown-linux-musl";
    let pack = format!(
        "mkdir -p ../packed/{name} ../published && cd ../packed && echo program > {name}/fascicle\n\
         tar -czf ../published/{name}.tar.gz {name} && cd ../published\n\
         sha256sum {name}.tar.gz > {name}.tar.gz.sha256"
    );
    scratch.run(&pack, "");
    let fetch = script(&scratch.workflow, "Fetch the program");
    scratch.run(&fetch, "");
    let path = fs::read_to_string(scratch.path("paths")).unwrap();
    let program = Path::new(path.trim()).join("fascicle");
    assert_eq!(fs::read_to_string(program).unwrap(), "program\n");
    let calls = fs::read_to_string(scratch.path("gh.log")).unwrap();
    assert!(
        calls.starts_with("release download program-v1.2.3 --repo somebody/fascicle"),
        "{calls}"
    );
    let spoil = "rm -r ../program && echo more >> ../published/*.tar.gz";
    scratch.run(spoil, "");
    assert!(!scratch.output(&fetch, "").status.success());
    let unset = format!("PROGRAM=\n{fetch}");
    let said = scratch.output(&unset, "").stdout;
    assert!(String::from_utf8_lossy(&said).contains("set the variable PROGRAM"));
}

fn releases(scratch: &Scratch) {
    assert_eq!(scratch.push().as_deref(), Some("1.0.0"));
    for name in ["main", "v1.0.0"] {
        assert!(
            scratch.pushed(name).contains("content/releases/1.0.0.toml"),
            "{name}"
        );
    }
    let calls = fs::read_to_string(scratch.path("gh.log")).unwrap();
    let calls: Vec<&str> = calls.lines().collect();
    let starts = [
        "api --paginate repos/somebody/book/releases --jq .[] | select(.draft and .tag_name == \"v1.0.0\")",
        "api --method DELETE repos/somebody/book/releases/17",
        "release create v1.0.0",
        "api --paginate repos/somebody/book/releases",
        "api --method PATCH repos/somebody/book/releases/17 -F draft=false",
    ];
    assert_eq!(calls.len(), starts.len(), "{calls:?}");
    for (call, start) in calls.iter().zip(starts) {
        assert!(call.starts_with(start), "{call}");
    }
    assert!(calls[2].contains("--draft"), "{calls:?}");
    for file in [
        "two-sites-1.0.0.pdf",
        "two-sites-1.0.0.epub",
        "SHA256SUMS",
        "-handout--cryoablation.pdf",
    ] {
        assert!(calls[2].contains(file), "{file}: {calls:?}");
    }
    assert!(scratch.path("work/dist/site/index.html").is_file());
    // A push that changes nothing that a reader sees.
    assert_eq!(scratch.push(), None);
    // One that does, from a clone without the files of the first edition.
    fs::remove_dir_all(scratch.path("work/dist")).unwrap();
    let chapter = scratch.path("work/content/chapters/how-to-use.md");
    let text = fs::read_to_string(&chapter).unwrap();
    fs::write(&chapter, text.replace("Find the site", "Look for the site")).unwrap();
    scratch.run(
        "git commit --quiet --all --message Reword\ngit push --quiet origin main",
        "",
    );
    assert_eq!(scratch.push().as_deref(), Some("1.0.1"));
    assert!(
        scratch
            .pushed("v1.0.1")
            .contains("content/releases/1.0.1.toml")
    );
    let page = fs::read_to_string(scratch.path("work/dist/site/index.html")).unwrap();
    assert!(
        page.contains("https://example.org/files/v1.0.0/two-sites-1.0.0.epub"),
        "{page}"
    );
    assert_eq!(scratch.run("git status --porcelain", ""), "");
}

#[test]
fn the_workflows_have_the_least_rights() {
    least_rights(&workflow());
    least_rights(&new_workflow());
}

fn least_rights(text: &str) {
    assert!(text.contains("\npermissions: {}\n"));
    for line in text.lines().filter(|line| line.contains("uses:")) {
        let commit = line.split('@').nth(1).unwrap().split(' ').next().unwrap();
        assert!(
            commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{line}"
        );
    }
    let rights: Vec<&str> = (text.lines().map(str::trim))
        .filter(|line| line.ends_with(": write"))
        .collect();
    assert_eq!(
        rights,
        [
            "contents: write",
            "contents: write",
            "pages: write",
            "id-token: write"
        ]
    );
    // No text from outside is put into a script.
    for (number, line) in text.lines().enumerate() {
        let script = line.starts_with("          ")
            && !line.trim_start().contains(": ${{")
            && !line.contains(": https");
        assert!(
            !(script && line.contains("${{")),
            "line {}: {line}",
            number + 1
        );
    }
}
