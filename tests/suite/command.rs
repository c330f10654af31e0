//! The program as people call it.

use std::fs;

use super::support::{copy, fascicle, files, root, small_book, unpack};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_report_has_the_reading_figures_of_each_file() {
    let folder = tempfile::tempdir().unwrap();
    let long = "One two three four five six seven eight nine ten ".repeat(4);
    small_book(
        folder.path(),
        &format!("A short one. {long} end. Another [comment].\n\n- An item"),
    );
    let output = fascicle(&["check", "--report"], folder.path());
    assert!(output.status.success());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], "fascicle-report/1");
    let section = &report["sections"][0];
    assert_eq!(section["path"], "chapters/only.md");
    assert_eq!(
        (&section["words"], &section["sentences"]),
        (&48.into(), &4.into())
    );
    let long = serde_json::json!([{
        "path": "chapters/only.md", "line": 5, "column": 14,
        "words": 41, "beginning": "One two three four five six seven eight …",
    }]);
    assert_eq!(section["long-sentences"], long);
    assert_eq!(report["whole"]["long-sentences"], long);
    assert!(section["reading-grade"].as_f64().unwrap() > report_grade("A short one."));
}

/// The report tells when a section is to be looked at again, and what is left to mend, wherever the folder is.
#[test]
fn a_build_writes_the_report_that_check_prints() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    small_book(&content, "It was 5% in all.");
    let chapter = fs::read_to_string(content.join("chapters/only.md")).unwrap();
    let own = "title = \"Only\"\nnext-review = \"2026-04-30\"";
    let chapter = chapter.replace("title = \"Only\"", own);
    fs::write(content.join("chapters/only.md"), chapter).unwrap();
    let handbook = fs::read_to_string(content.join("handbook.toml")).unwrap();
    let handbook = handbook.replace("Nobody paid for it.", "not stated");
    fs::write(content.join("handbook.toml"), handbook).unwrap();

    let built = fascicle(&["build", "--variant", "screen"], folder.path());
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    let written = fs::read(folder.path().join("dist/report.json")).unwrap();
    // From another folder, under another path.
    let name = content.to_str().unwrap();
    let printed = fascicle(&["check", name, "--report"], root());
    assert_eq!(text(&printed.stdout), text(&written));

    let report: serde_json::Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(report["date"], "2026-01-31");
    assert_eq!(report["reviewers"], serde_json::json!(["Dr. Somebody"]));
    let section = &report["sections"][0];
    assert_eq!(section["reviewed"], "2026-01-31");
    assert_eq!(section["next-review"], "2026-04-30");
    let codes = |section: &serde_json::Value| -> Vec<(String, String, u64, u64)> {
        let findings = section["findings"].as_array().unwrap().iter();
        let words = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        findings
            .map(|finding| {
                assert_eq!(finding["severity"], "warning");
                let (line, column) = (&finding["line"], &finding["column"]);
                let (line, column) = (line.as_u64().unwrap(), column.as_u64().unwrap());
                (
                    words(&finding["code"]),
                    words(&finding["path"]),
                    line,
                    column,
                )
            })
            .collect()
    };
    let finding =
        |code: &str, path: &str, line, column| (code.to_owned(), path.to_owned(), line, column);
    let own = [
        finding("review-due", "chapters/only.md", 3, 15),
        finding("no-denominator", "chapters/only.md", 6, 8),
    ];
    assert_eq!(codes(section), own);
    let mut all = own.to_vec();
    all.push(finding("not-stated", "handbook.toml", 11, 11));
    assert_eq!(codes(&report["whole"]), all);

    // What was asked for alone is made alone.
    let only = fascicle(&["build", "--only", "epub", "-o", "epub"], folder.path());
    assert_eq!(text(&only.stdout), "epub/small.epub\n");
}

fn report_grade(text: &str) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), text);
    let output = fascicle(&["check", "--report"], folder.path());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    report["sections"][0]["reading-grade"].as_f64().unwrap()
}

/// Their targets are looked up by name, whatever their number.
#[test]
fn thousands_of_links_and_footnotes_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let mut body = "## Here {#here}\n\n".to_owned();
    for number in 0..4_000 {
        body.push_str(&format!(
            "See [the place](#here).[^{number}]\n\n[^{number}]: Its note.\n\n"
        ));
    }
    small_book(folder.path(), &body);
    let output = fascicle(&["check", "--format", "short"], folder.path());
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn build_writes_its_files_and_prints_their_names() {
    let folder = tempfile::tempdir().unwrap();
    small_book(&folder.path().join("content"), "Hello.");
    let output = fascicle(&["build"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
    let written: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    assert_eq!(
        written,
        [
            "dist/small.pdf",
            "dist/small-cover.pdf",
            "dist/small.epub",
            "dist/web/index.html",
            "dist/report.json"
        ]
    );
    assert!(
        fs::read(folder.path().join("dist/small.pdf"))
            .unwrap()
            .starts_with(b"%PDF-1.7")
    );
    let others = files(&folder.path().join("dist"));
    let others = others.iter().filter(|path| !path.starts_with("web"));
    assert_eq!(others.count(), 4);
}

#[test]
fn only_builds_the_kinds_that_it_names() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "Hello.");
    for (only, names) in [
        ("pdf", &["small-cover.pdf", "small.pdf"][..]),
        ("epub", &["small.epub"]),
        ("epub,pdf", &["small-cover.pdf", "small.epub", "small.pdf"]),
    ] {
        let output = fascicle(&["build", "-o", only, "--only", only], folder.path());
        assert_eq!(output.status.code(), Some(0));
        let names: Vec<std::path::PathBuf> = names.iter().map(Into::into).collect();
        assert_eq!(files(&folder.path().join(only)), names);
    }
    // The EPUB beside the PDF tells its pages.
    let has_pages = |only: &str| {
        let book = fs::read(folder.path().join(only).join("small.epub")).unwrap();
        unpack(&book)["OEBPS/nav.xhtml"].contains("page-list")
    };
    assert!(has_pages("epub,pdf") && !has_pages("epub"));
}

#[test]
fn a_build_with_errors_keeps_the_old_files() {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &root().join("tests/cases/ten-mistakes/content"),
        &folder.path().join("content"),
    );
    fs::create_dir(folder.path().join("dist")).unwrap();
    fs::write(folder.path().join("dist/old.pdf"), "old").unwrap();
    let output = fascicle(&["build", "--format", "short"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(
        files(&folder.path().join("dist")),
        [std::path::PathBuf::from("old.pdf")]
    );
    assert_eq!(
        fs::read(folder.path().join("dist/old.pdf")).unwrap(),
        b"old"
    );
}

#[test]
fn check_reports_ten_mistakes_in_one_run() {
    let folder = root().join("tests/cases/ten-mistakes");
    let output = fascicle(&["check", "content", "--format", "short"], &folder);
    assert_eq!(output.status.code(), Some(1));
    let report = text(&output.stderr);
    for code in [
        "unknown-key",
        "missing-key",
        "invalid-date",
        "unknown-citation",
        "duplicate-id",
        "unbalanced-bracket",
        "skipped-heading",
        "missing-alt",
        "invalid-utf8",
        "unknown-technique",
    ] {
        let line = report
            .lines()
            .find(|line| line.contains(&format!("error[{code}]")));
        let line = line.unwrap_or_else(|| panic!("no {code} in\n{report}"));
        let place: Vec<&str> = line.splitn(4, ':').collect();
        assert!(
            place[0].ends_with(".md") || place[0].ends_with(".toml"),
            "{line}"
        );
        assert!(place[1].parse::<usize>().unwrap() >= 1, "{line}");
        assert!(place[2].parse::<usize>().unwrap() >= 1, "{line}");
        assert!(line.contains("(help: "), "{line}");
    }
}

/// Other programs read findings from standard output, each on a line of its own; nothing else is there.
#[test]
fn json_and_github_findings_go_to_standard_output() {
    let folder = root().join("tests/cases/ten-mistakes");
    for command in ["check", "build"] {
        let output = fascicle(&[command, "content", "--format", "json"], &folder);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr), "");
        let mut places = Vec::new();
        for line in text(&output.stdout).lines() {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(finding["schema"], "fascicle-diagnostic/1");
            let place = &finding["place"];
            let path = place["path"].as_str().unwrap().to_owned();
            places.push((path, place["start"]["offset"].as_u64().unwrap()));
        }
        assert!(places.len() >= 10);
        assert!(places.is_sorted(), "{places:?}");
        let output = fascicle(&[command, "content", "--format", "github"], &folder);
        assert_eq!(text(&output.stderr), "");
        let lines = text(&output.stdout);
        assert!(lines.lines().count() >= 10);
        assert!(
            lines
                .lines()
                .all(|line| line.starts_with("::error file=content/")),
            "{lines}"
        );
    }
}

#[test]
fn the_report_is_not_mixed_with_findings() {
    let folder = root().join("tests/cases/ten-mistakes");
    let output = fascicle(
        &["check", "content", "--report", "--format", "json"],
        &folder,
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], "fascicle-report/1");
    assert!(text(&output.stderr).lines().count() >= 10);
}

#[test]
fn denied_warnings_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "Some <b>HTML</b>.");
    for (arguments, code, word) in [
        (&["check", "--format", "short"][..], 0, "warning[raw-html]"),
        (
            &["check", "--format", "short", "--deny-warnings"],
            1,
            "error[raw-html]",
        ),
        (
            &["build", "--format", "short", "--deny-warnings"],
            1,
            "error[raw-html]",
        ),
    ] {
        let output = fascicle(arguments, folder.path());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(
            text(&output.stderr).contains(word),
            "{}",
            text(&output.stderr)
        );
    }
    assert!(!folder.path().join("dist").exists());
}

#[test]
fn usage_and_disk_errors_exit_with_two() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["build"][..],
        &["check", "nowhere"],
        &["bind"],
        &["build", "--only", "mobi"],
    ] {
        let output = fascicle(arguments, folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    small_book(folder.path(), "Hello.");
    fs::write(folder.path().join("dist"), "a file, not a folder").unwrap();
    let output = fascicle(&["build"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("cannot write `dist`"),
        "{}",
        text(&output.stderr)
    );
}

/// Every command that the help lists, whichever they are.
#[test]
fn every_command_has_examples_in_its_help() {
    let help = text(&fascicle(&["--help"], root()).stdout);
    assert!(help.contains("Exit codes: 0"), "{help}");
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    // A description that goes on is further to the right.
    let names = commands.lines().filter_map(|line| line.strip_prefix("  "));
    let names = names.filter(|line| !line.starts_with(' '));
    let names: Vec<&str> = names.filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains(&"build") && names.len() >= 7, "{names:?}");
    for command in names.iter().filter(|name| **name != "help") {
        let help = text(&fascicle(&[command, "--help"], root()).stdout);
        assert!(help.contains("Examples:\n"), "{command}: {help}");
    }
}

#[test]
fn the_book_is_found_from_a_folder_within() {
    let folder = tempfile::tempdir().unwrap();
    small_book(&folder.path().join("content"), "Hello.");
    let output = fascicle(&["check"], &folder.path().join("content/chapters"));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

/// Nobody reads hundreds of findings of one kind; other programs get all of them.
#[test]
fn many_findings_of_one_kind_are_summed_up() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), &"A <b>word</b>.\n\n".repeat(30));
    let count = |format: &str| {
        let output = fascicle(&["check", "--format", format], folder.path());
        let all = [output.stdout, output.stderr].concat();
        text(&all).matches("raw-html").count()
    };
    assert_eq!((count("short"), count("json")), (21, 60));
    let output = fascicle(&["check", "--format", "short"], folder.path());
    let said = "40 more like this are in this file";
    assert!(text(&output.stderr).contains(said));
    // The report of the book has them all.
    let report = text(&fascicle(&["check"], folder.path()).stderr);
    assert!(report.contains("0 errors, 60 warnings"), "{report}");
}

/// The folder above the content is as good as the content folder.
#[test]
fn the_folder_above_the_content_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    small_book(&folder.path().join("book/content"), "Hello.");
    let output = fascicle(&["check", "book"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

/// Whoever names the folder above or below the book gets one message, with what to type.
#[test]
fn a_folder_beside_the_book_says_where_the_book_is() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().join("books/gout");
    small_book(&here.join("content"), "Hello.");
    fs::create_dir_all(here.join("dist/web")).unwrap();
    let said = |arguments: &[&str], place: &str| {
        let output = fascicle(arguments, &folder.path().join(place));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = text(&output.stderr);
        assert_eq!(said.lines().count(), 1, "{said}");
        said
    };
    for (argument, place, wanted) in [
        ("..", "books/gout", "the book is here: type `.`"),
        (
            "content/chapters",
            "books/gout",
            "the book is here: type `.`",
        ),
        ("dist/web", "books/gout", "the book is here: type `.`"),
        ("gout/dist", "books", "a book is in `gout`: type `gout`"),
        ("books", "", "a book is in `books/gout`: type `books/gout`"),
        (".", "", "a book is in `books/gout`: type `books/gout`"),
        ("contents", "books/gout", "did you mean `content`?"),
        (
            "content/handbook.toml",
            "books/gout",
            "type the folder of its book, `content`",
        ),
    ] {
        let found = said(&["check", argument], place);
        assert!(found.contains(wanted), "{argument} in {place}: {found}");
    }
    let found = said(&["build"], "books");
    assert!(found.contains("type `gout`"), "{found}");
    small_book(&folder.path().join("books/lupus"), "Hello.");
    let found = said(&["check"], "books");
    assert!(
        found.contains("`gout`, `lupus`: type one of them"),
        "{found}"
    );
}

/// A folder behind `--content` is told with it.
#[test]
fn the_folder_of_an_option_is_told_with_the_option() {
    let folder = tempfile::tempdir().unwrap();
    for book in ["gout", "lupus"] {
        small_book(&folder.path().join(book), "Hello.");
        fs::write(folder.path().join("articles.ris"), "").unwrap();
        let plain = match book {
            "gout" => "a book is in `gout`: type `--content gout`",
            _ => "`gout`, `lupus`: type `--content` and one of them",
        };
        for (arguments, wanted) in [
            (&["cite", "import", "articles.ris"][..], plain),
            (&["cite", "export"], plain),
            (
                &["cite", "import", "articles.ris", "gout"],
                "`gout` is a folder: type `--content gout`",
            ),
            (
                &["cite", "import", "gout", "--content", "gout"],
                "`gout` is a folder: name the files of articles in it",
            ),
        ] {
            let found = text(&fascicle(arguments, folder.path()).stderr);
            assert!(found.contains(wanted), "{arguments:?}: {found}");
        }
    }
}

/// A handbook that Notepad saved is found, and what to do with it.
#[test]
fn a_handbook_of_another_name_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    small_book(&content, "Hello.");
    fs::rename(
        content.join("handbook.toml"),
        content.join("handbook.toml.txt"),
    )
    .unwrap();
    for arguments in [&["check"][..], &["check", "."], &["check", "content"]] {
        let found = text(&fascicle(arguments, folder.path()).stderr);
        let wanted = "rename `handbook.toml.txt` to `handbook.toml`";
        assert!(
            found.contains(wanted) && found.contains("1 error"),
            "{found}"
        );
    }
}

/// A technique whose file is gone is missed in many files, and for one reason.
#[test]
fn a_name_that_many_files_have_is_reported_once() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    copy(&root().join("content"), &content);
    fs::remove_file(content.join("techniques/histotripsy.md")).unwrap();
    let found = text(&fascicle(&["check", "--format", "human"], folder.path()).stderr);
    let said = found.matches("there is no technique `histotripsy`").count();
    assert_eq!(said, 1, "{found}");
    assert!(found.contains("more places, first here"), "{found}");
    // The same where it got another name, at its site as well.
    copy(&root().join("content"), &content);
    for folder in ["techniques", "sites/liver"] {
        let place = content.join(folder);
        fs::rename(place.join("histotripsy.md"), place.join("sound.md")).unwrap();
    }
    let found = text(&fascicle(&["check", "--format", "short"], folder.path()).stderr);
    let said = found.matches("there is no technique `histotripsy`").count();
    assert!(said > 0, "{found}");
    let follows = ["missing-page", "no-reference"]
        .iter()
        .any(|rule| found.contains(rule));
    assert!(!follows, "{found}");
}

#[test]
fn a_build_counts_warnings_and_shows_them_to_those_who_ask() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "In half of them (50%) it grew.");
    let report = |arguments: &[&str]| text(&fascicle(arguments, folder.path()).stderr);
    let build = ["build", "--only", "epub"];
    assert_eq!(report(&build), "1 warning; `fascicle check` shows them\n");
    let all = report(&[&build[..], &["-v"]].concat());
    assert!(
        all.contains("no-denominator") && all.contains(" s\n"),
        "{all}"
    );
    let short = report(&[&build[..], &["--format", "short"]].concat());
    assert!(short.contains("warning[no-denominator]"), "{short}");
    let error = report(&[&build[..], &["--deny-warnings"]].concat());
    assert!(error.contains("no-denominator"), "{error}");
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let bash = fascicle(&["completions", "bash"], folder.path());
    let script = text(&bash.stdout);
    let man = fascicle(&["man", "pages"], folder.path());
    assert_eq!(man.status.code(), Some(0), "{}", text(&man.stderr));
    for command in ["build", "check", "cite-import", "release", "watch"] {
        let page = folder.path().join(format!("pages/fascicle-{command}.1"));
        let page = fs::read_to_string(page).unwrap();
        assert!(
            page.contains(".SH SYNOPSIS") && page.contains("Examples:"),
            "{page}"
        );
        assert!(
            command.split('-').all(|word| script.contains(word)),
            "{command}"
        );
    }
}
