//! What the browser is shown, and how it is answered.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::editor::Editor;
use super::http::{Answer, Method, Request, Service};
use super::printer::Printer;
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::product::{HOME, media_type};
use crate::render::web::before_the_first;
use crate::source::{Places, Source};

/// How long there may be no news: then a line without any asks whether somebody is still there.
const SILENCE: Duration = Duration::from_secs(15);

/// What is shown, for all who ask.
pub(super) struct Desk {
    /// The content folder.
    folder: PathBuf,
    editor: Option<Editor>,
    /// What only pages of this server know.
    token: String,
    shown: Mutex<Shown>,
    news: Condvar,
    printer: Printer,
}

/// What is shown now.
#[derive(Default)]
struct Shown {
    /// Grows with all that is new.
    number: u64,
    /// The book when it was last whole.
    view: Option<Arc<View>>,
    /// The files that changed since the view before, by their paths.
    changed: Vec<String>,
    /// The files as they are, for places of findings.
    sources: Vec<String>,
    findings: Vec<Found>,
    /// Whether the files as they are can be read, so that the view is theirs.
    is_current: bool,
    /// Why they cannot even be looked at.
    problem: Option<String>,
}

/// A finding at its place in the files as they are.
struct Found {
    finding: Diagnostic,
    /// File, line and column, if it is in a file.
    place: Option<(String, usize, usize)>,
}

/// A place that is to be opened.
#[derive(Deserialize)]
struct Wanted {
    file: String,
    line: usize,
}

impl Desk {
    /// A desk without anything on it.
    pub(super) fn new(folder: &Path, editor: Option<Editor>) -> Result<Self, String> {
        let mut secret = [0; 16];
        getrandom::fill(&mut secret).map_err(|error| format!("no random numbers: {error}"))?;
        let secret = u128::from_be_bytes(secret);
        let folder = std::path::absolute(folder);
        Ok(Self {
            folder: folder.map_err(|error| format!("cannot find the content folder: {error}"))?,
            editor,
            token: format!("{secret:032x}"),
            shown: Mutex::default(),
            news: Condvar::new(),
            printer: Printer::default(),
        })
    }

    /// Shows another book.
    pub(super) fn show(&self, view: View, changed: &[String]) {
        self.change(|shown| {
            shown.view = Some(Arc::new(view));
            shown.changed = changed.to_vec();
            shown.problem = None;
        });
    }

    /// Shows what is wrong with the files as they are. If they cannot be read, the view stays as it is.
    pub(super) fn report(&self, findings: Vec<Diagnostic>, sources: &[Source], is_current: bool) {
        let mut places = Places::new(sources);
        let found = findings.into_iter().map(|finding| Found {
            place: places.place(finding.span).map(|place| {
                let start = place.start;
                (place.path.to_owned(), start.line, start.column)
            }),
            finding,
        });
        let found = found.collect();
        self.change(|shown| {
            shown.findings = found;
            shown.sources = sources.iter().map(|source| source.path.clone()).collect();
            shown.is_current = is_current;
            shown.problem = None;
        });
    }

    /// Shows why nothing new can be shown.
    pub(super) fn fail(&self, problem: String) {
        self.change(|shown| {
            shown.problem = Some(problem);
            shown.is_current = false;
        });
    }

    fn change(&self, change: impl FnOnce(&mut Shown)) {
        let mut shown = self.shown();
        change(&mut shown);
        shown.number += 1;
        self.news.notify_all();
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        // Whoever panicked left it whole.
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The book that is shown.
    pub(super) fn view(&self) -> Option<Arc<View>> {
        self.shown().view.clone()
    }

    /// What there is to know, once it is newer than `seen`; `None` after some time without news.
    fn next(&self, seen: u64) -> Option<(u64, String)> {
        let is_old = |shown: &mut Shown| shown.number == seen;
        let waited = self.news.wait_timeout_while(self.shown(), SILENCE, is_old);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (shown.number != seen).then(|| (shown.number, self.told(&shown).to_string()))
    }

    /// All that pages show beside the text.
    fn told(&self, shown: &Shown) -> Value {
        let pages = shown.view.as_deref().map(View::pages_of_files);
        let pages = pages.unwrap_or_default();
        let changed = shown.changed.iter();
        let changed = changed.map(|file| json!({ "file": file, "page": pages.get(&**file) }));
        json!({
            "token": self.token,
            "editor": self.editor.is_some(),
            "revision": shown.view.as_ref().map_or(0, |view| view.revision),
            "whole": shown.view.as_ref().is_some_and(|view| view.is_whole),
            "current": shown.is_current,
            "problem": shown.problem,
            "changed": changed.collect::<Vec<_>>(),
            "findings": shown.findings.iter().map(|found| found.told(&pages)).collect::<Vec<_>>(),
        })
    }

    fn page(&self, name: &str) -> Answer {
        let bytes = match self.view() {
            Some(view) => view.file(name),
            None => before_the_first(name),
        };
        match bytes {
            Some(bytes) => Answer::File(media_of_page(name), bytes),
            None => Answer::Refusal(404, "the book has no such page"),
        }
    }

    /// The printed page of a place.
    fn paper(&self, query: &str) -> Answer {
        let place = query.strip_prefix("place=").unwrap_or_default();
        let told = match self.view() {
            Some(view) => self.printer.page(&view, place),
            None => json!({ "problem": "there is no book yet" }),
        };
        Answer::File(media_type("paper.json"), told.to_string().into_bytes())
    }

    /// A printed page by its number: `12.png`, counted from 0.
    fn sheet(&self, name: &str) -> Answer {
        let number = name.strip_suffix(".png").and_then(|name| name.parse().ok());
        let found = number.zip(self.view());
        let png = found.and_then(|(number, view)| self.printer.png(&view, number));
        match png {
            Some(bytes) => Answer::File("image/png", bytes),
            None => Answer::Refusal(404, "the book has no such page"),
        }
    }

    fn pdf(&self) -> Answer {
        match self.view().map(|view| self.printer.pdf(&view)) {
            Some(Ok(bytes)) => Answer::File(media_type("book.pdf"), bytes),
            Some(Err(_)) => Answer::Refusal(500, "the pages cannot be laid out"),
            None => Answer::Refusal(404, "there is no book yet"),
        }
    }

    /// Opens the editor, if a page of this server asks for a file of the book.
    fn open(&self, request: &Request) -> Answer {
        if request.token != self.token {
            return Answer::Refusal(403, "another site asks");
        }
        let Some(editor) = &self.editor else {
            return Answer::Refusal(
                404,
                "no editor was named: `fascicle watch --editor COMMAND`",
            );
        };
        let wanted = serde_json::from_slice::<Wanted>(&request.body).ok();
        let is_read = |wanted: &Wanted| self.shown().sources.contains(&wanted.file);
        let Some(wanted) = wanted.filter(is_read) else {
            return Answer::Refusal(404, "the book has no such file");
        };
        match editor.open(&self.folder.join(wanted.file), wanted.line) {
            Ok(()) => Answer::File("text/plain", Vec::new()),
            Err(_) => Answer::Refusal(500, "the editor cannot be started"),
        }
    }
}

impl Service for Desk {
    fn answer(&self, request: &Request) -> Answer {
        match (request.method, request.path.as_str()) {
            (Method::Post, "-/open") => self.open(request),
            (Method::Post, _) => Answer::Refusal(405, "pages are only read here"),
            (Method::Get, "-/news") => Answer::News,
            (Method::Get, "-/paper") => self.paper(&request.query),
            (Method::Get, "-/book.pdf") => self.pdf(),
            (Method::Get, "") => self.page(HOME),
            (Method::Get, name) => match name.strip_prefix("-/paper/") {
                Some(sheet) => self.sheet(sheet),
                None => self.page(name),
            },
        }
    }

    fn news(&self, out: &mut dyn Write) -> io::Result<()> {
        // What has never been seen; the first thing shown has another number.
        let mut seen = u64::MAX;
        loop {
            match self.next(seen) {
                Some((number, told)) => {
                    seen = number;
                    out.write_all(format!("data: {told}\n\n").as_bytes())?;
                }
                None => out.write_all(b":\n\n")?,
            }
            out.flush()?;
        }
    }
}

impl Found {
    fn told(&self, pages: &BTreeMap<&str, String>) -> Value {
        let Diagnostic {
            severity,
            code,
            message,
            help,
            ..
        } = &self.finding;
        let (file, line, column) = match &self.place {
            Some((file, line, column)) => (Some(file.as_str()), Some(line), Some(column)),
            None => (None, None, None),
        };
        json!({
            "severity": severity.name(),
            "code": code.name(),
            "message": message,
            "help": help,
            "file": file,
            "line": line,
            "column": column,
            "page": file.and_then(|file| pages.get(file)),
        })
    }
}

/// The media type of what a browser shows, by its name.
fn media_of_page(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        Some((_, "png")) => "image/png",
        Some((_, "jpg" | "jpeg")) => "image/jpeg",
        _ => media_type(name),
    }
}
