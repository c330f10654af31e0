//! The preview over a socket: who is answered, and what is shown after a save. `tests/watch` reads it in a browser.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fascicle::assemble::{assemble, renewed};
use fascicle::load::load;
use fascicle::model::content::ContentFile;
use fascicle::parse::renew;
use fascicle::session::draft;

use super::support::{copy, fascicle, root, small_book};

/// The program while it watches a book, until this is dropped.
struct Watch {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Watch {
    fn new(text: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), text);
        let mut child = Command::new(env!("CARGO_BIN_EXE_fascicle"))
            .arg("watch")
            .arg(folder.path())
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut address).unwrap();
        let port = address.trim().trim_end_matches('/').rsplit_once(':');
        let port = port.unwrap().1.parse().unwrap();
        Self {
            child,
            port,
            folder,
        }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// The answer to a request as it is written here, with `@` for the host.
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let host = format!("127.0.0.1:{}", self.port);
        let request = request.replace('@', &host).replace('\n', "\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET /{path} HTTP/1.1\nHost: @\n\n"))
    }

    /// What pages are sent, from the first on, until `holds` does.
    fn news(&self, what: &str, holds: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let request = format!(
            "GET /-/news HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            self.port
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut silence = 0;
        for line in BufReader::new(stream).lines() {
            let line = line.unwrap();
            let Some(told) = line.strip_prefix("data: ") else {
                // After some time without news, a line says so.
                silence += usize::from(line == ":");
                assert!(silence < 4, "{what}");
                continue;
            };
            let told = serde_json::from_str(told).unwrap();
            if holds(&told) {
                return told;
            }
        }
        panic!("{what}");
    }

    /// Waits until what is in the folder has been read and checked, after the view of that number.
    fn checked(&self, after: u64) -> serde_json::Value {
        self.news("never checked", |told| {
            told["current"] == true && told["revision"].as_u64().unwrap() > after
        })
    }

    fn shows(&self, text: &str) {
        wait(&format!("never shown: {text}"), || {
            self.get("chapter-only.html").contains(text)
        });
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Waits for something that comes by itself.
fn wait(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..3_000 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{what}");
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

fn chapter(text: &str) -> String {
    format!("+++\ntitle = \"Only\"\n+++\n\n{text}\n")
}

#[test]
fn only_this_machine_and_its_own_pages_are_answered() {
    let watch = Watch::new("The first words.", &[]);
    watch.shows("The first words.");
    let page = watch.get("chapter-only.html");
    assert_eq!(status(&page), "200");
    assert!(
        page.contains("data-file=\"chapters/only.md\" data-lines=\"5-5\""),
        "{page}"
    );
    let port = watch.port;
    for (fields, expected) in [
        (format!("Host: LOCALHOST:{port}"), "200"),
        (format!("Host: [::1]:{port}"), "403"),
        ("Host: @\nSec-Fetch-Site: same-origin".to_owned(), "200"),
        ("Host: @\nOrigin: http://@".to_owned(), "200"),
        ("Host: evil.example".to_owned(), "403"),
        (format!("Host: evil.example:{port}"), "403"),
        ("Host: 127.0.0.1".to_owned(), "403"),
        (format!("Host: @\nHost: evil.example:{port}"), "403"),
        ("Host: @\nOrigin: https://evil.example".to_owned(), "403"),
        ("Host: @\nOrigin: null".to_owned(), "403"),
        ("Host: @\nSec-Fetch-Site: cross-site".to_owned(), "403"),
        ("Host: @\nSec-Fetch-Site: same-site".to_owned(), "403"),
        ("X: y".to_owned(), "403"),
    ] {
        let answer = watch.ask(&format!("GET / HTTP/1.1\n{fields}\n\n"));
        assert_eq!(status(&answer), expected, "{fields}");
        assert_eq!(answer.contains("Small book"), expected == "200", "{fields}");
    }
    for request in [
        "PUT / HTTP/1.1\nHost: @\n\n",
        "HEAD / HTTP/1.1\nHost: @\n\n",
        "POST / HTTP/1.1\nHost: @\nContent-Length: 0\n\n",
    ] {
        assert_eq!(status(&watch.ask(request)), "405", "{request}");
    }
    assert_eq!(status(&watch.ask("GET ../x HTTP/1.1\nHost: @\n\n")), "400");
    assert_eq!(status(&watch.get("../../etc/passwd")), "404");
    assert_eq!(status(&watch.get("handbook.toml")), "404");
}

#[cfg(unix)]
#[test]
fn only_a_page_that_was_served_opens_the_editor_and_only_files_of_the_book() {
    let watch = Watch::new("Words.", &["--editor", "touch {file}.opened-at-{line}"]);
    let token = watch.checked(0)["token"].as_str().unwrap().to_owned();
    let open = |token: &str, file: &str| {
        let body = format!("{{\"file\":\"{file}\",\"line\":5}}");
        let length = body.len();
        let head = format!("POST /-/open HTTP/1.1\nHost: @\nX-Fascicle-Token: {token}\n");
        status(&watch.ask(&format!("{head}Content-Length: {length}\n\n{body}"))).to_owned()
    };
    assert_eq!(open("", "chapters/only.md"), "403");
    assert_eq!(open("0123456789abcdef", "chapters/only.md"), "403");
    assert_eq!(open(&token, "../../etc/passwd"), "404");
    assert_eq!(open(&token, "chapters/none.md"), "404");
    assert_eq!(open(&token, "chapters/only.md"), "200");
    let opened = watch.path("chapters/only.md.opened-at-5");
    wait("the editor never ran", || opened.exists());
}

#[test]
fn what_is_saved_is_shown_and_a_broken_file_keeps_what_was() {
    let watch = Watch::new("The first words.", &[]);
    watch.shows("The first words.");
    let first = watch.checked(0)["revision"].as_u64().unwrap();
    let only = watch.path("chapters/only.md");
    fs::write(&only, chapter("Second words, a [@nobody].")).unwrap();
    watch.shows("Second words");
    let told = watch.news("no finding", |told| {
        told["findings"].to_string().contains("nobody")
    });
    let finding = &told["findings"][0];
    assert_eq!(finding["file"], "chapters/only.md");
    assert_eq!(finding["line"], 5);
    assert_eq!(finding["page"], "chapter-only.html");
    fs::write(&only, "+++\ntitle = \"Only\n+++\n\nNever seen.\n").unwrap();
    let told = watch.news("never broken", |told| told["current"] == false);
    assert_eq!(told["findings"][0]["line"], 2);
    assert!(watch.get("chapter-only.html").contains("Second words"));
    // Saved as vim does it: into another file, which then takes the name.
    let beside = watch.path("chapters/.only.md.new");
    fs::write(&beside, chapter("Third words.")).unwrap();
    fs::rename(&beside, &only).unwrap();
    watch.shows("Third words.");
    let told = watch.checked(first);
    assert_eq!(told["findings"].as_array().unwrap().len(), 0, "{told}");
}

#[test]
fn a_picture_that_is_saved_again_is_asked_for_again() {
    let watch = Watch::new("Words before a picture.", &[]);
    let drawing = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path fill=\"{colour}\" d=\"M0 0H9V9Z\"/></svg>"
        )
    };
    let path = watch.path("chapters/way.svg");
    fs::write(&path, drawing("red")).unwrap();
    fs::write(
        watch.path("chapters/only.md"),
        chapter("![The way home.](way.svg)"),
    )
    .unwrap();
    watch.shows("<img");
    let address = || {
        let page = watch.get("chapter-only.html");
        let behind = page.split("<img src=\"").nth(1);
        let address = behind.and_then(|behind| behind.split('"').next());
        address.unwrap_or_default().to_owned()
    };
    let first = address();
    assert!(watch.get(&first).contains("red"), "{first}");
    fs::write(&path, drawing("blue")).unwrap();
    wait("the address stays the same", || address() != first);
    assert!(watch.get(&address()).contains("blue"));
}

#[test]
fn pages_with_a_drawing_that_is_refused_are_not_printed() {
    let watch = Watch::new("Words before a picture.", &[]);
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script/></svg>";
    fs::write(watch.path("chapters/way.svg"), drawing).unwrap();
    fs::write(
        watch.path("chapters/only.md"),
        chapter("![The way home.](way.svg)"),
    )
    .unwrap();
    watch.shows("<img");
    let page = watch.get("-/paper?place=chapter-only");
    assert!(
        page.contains("`chapters/way.svg` cannot be shown: "),
        "{page}"
    );
}

#[test]
fn files_that_come_and_go_are_seen_and_those_of_editors_are_not() {
    let watch = Watch::new("Words.", &[]);
    watch.checked(0);
    let handbook = fs::read_to_string(watch.path("handbook.toml")).unwrap();
    fs::write(watch.path("chapters/new.md"), chapter("A new chapter.")).unwrap();
    let both = handbook.replace("[\"only\"]", "[\"only\", \"new\"]");
    fs::write(watch.path("handbook.toml"), both).unwrap();
    watch.news("never shown", |_| {
        watch.get("chapter-new.html").contains("A new chapter.")
    });
    fs::remove_file(watch.path("chapters/new.md")).unwrap();
    fs::write(watch.path("handbook.toml"), &handbook).unwrap();
    let told = watch.news("never gone", |told| {
        told["current"] == true && status(&watch.get("chapter-new.html")) == "404"
    });
    let before = told["revision"].as_u64().unwrap();
    for name in [".only.md.swp", "only.md~", "#only.md#", ".#only.md"] {
        fs::write(watch.path("chapters").join(name), "nothing of the book").unwrap();
    }
    fs::write(watch.path("chapters/only.md"), chapter("The last words.")).unwrap();
    watch.shows("The last words.");
    let told = watch.checked(before);
    assert_eq!(told["findings"].as_array().unwrap().len(), 0, "{told}");
}

#[test]
fn a_folder_without_a_book_says_what_is_wrong_until_there_is_one() {
    let watch = Watch::new("Words.", &[]);
    watch.checked(0);
    let handbook = watch.path("handbook.toml");
    let text = fs::read_to_string(&handbook).unwrap();
    fs::remove_file(&handbook).unwrap();
    let told = watch.news("never missed", |told| told["current"] == false);
    assert!(
        told["findings"].to_string().contains("handbook.toml"),
        "{told}"
    );
    assert!(watch.get("chapter-only.html").contains("Words."));
    fs::write(&handbook, text).unwrap();
    watch.checked(told["revision"].as_u64().unwrap());
}

#[test]
fn published_pages_have_no_places_and_no_other_script() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "Words.");
    let build = ["build", ".", "--only", "web,epub"];
    let output = fascicle(&build, folder.path());
    assert!(output.status.success(), "{output:?}");
    let page = fs::read_to_string(folder.path().join("dist/web/chapter-only.html")).unwrap();
    assert!(
        !page.contains("data-file") && !page.contains("preview"),
        "{page}"
    );
}

/// A book in which each kind of file was read again alone, and the sections that are then as if all was made again.
#[test]
fn the_text_that_is_shown_first_is_that_of_the_whole_book() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("content"), folder.path());
    for path in [
        "chapters/how-to-use.md",
        "sites/liver/index.md",
        "sites/liver/cryoablation.md",
        "techniques/cryoablation.md",
        "references/rose-1989-autopsy.md",
    ] {
        let (project, _) = load(folder.path()).unwrap();
        let (mut before, _) = draft(&project);
        let book = assemble(&before);
        let text = fs::read_to_string(folder.path().join(path)).unwrap();
        fs::write(
            folder.path().join(path),
            format!("{text}\nA new paragraph.\n"),
        )
        .unwrap();
        let (project, _) = load(folder.path()).unwrap();
        assert_eq!(
            renew(&mut before, &project, path),
            Some(Vec::new()),
            "{path}"
        );
        let (all, _) = draft(&project);
        assert!(before == all, "{path}");
        let file = ContentFile::at(path).unwrap();
        let (soon, changed) = renewed(&book, &all, &file).unwrap();
        let whole = assemble(&all);
        assert!(soon.sections == whole.sections, "{path}");
        assert!(!changed.is_empty());
        assert!(soon.sections != book.sections, "{path}");
    }
}
