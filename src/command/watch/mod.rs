//! `fascicle watch`: the book in a browser while it is written.
//!
//! This thread reads the folder after each save, and puts the book on the desk; others answer the browser from there. If
//! one file has changed, its text is shown at once; the whole book and what is wrong with it follow, because they take
//! longer.

mod changes;
mod desk;
mod editor;
mod http;
mod printer;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use editor::Editor;

use super::open::open;
use super::{Characters, Outcome, content_folder, finish};
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::load::{Project, load};
use crate::model::draft::Draft;
use crate::parse::renew;
use crate::release;
use crate::session::{draft, findings};
use crate::ui::{Ui, count};
use changes::Changes;
use desk::Desk;
use http::Server;
use view::View;

/// What is to be watched, and how.
pub(crate) struct WatchOptions {
    /// The content folder, if it is named.
    pub(crate) content: Option<PathBuf>,
    /// The port to listen on, if not a free one.
    pub(crate) port: Option<u16>,
    /// Whether the browser is to be opened.
    pub(crate) open: bool,
    /// What a click on a paragraph opens.
    pub(crate) editor: Option<Editor>,
}

/// Shows a content folder in a browser, and follows what is saved, for ever.
pub(crate) fn watch(ui: &Ui, options: WatchOptions) -> Outcome {
    finish(run(ui, options))
}

fn run(ui: &Ui, options: WatchOptions) -> Result<Outcome, String> {
    let folder = content_folder(options.content.as_deref())?;
    let mut changes = Changes::of(&folder)?;
    let server = Server::new(options.port)?;
    let address = server.address();
    let desk = Arc::new(Desk::new(&folder, options.editor)?);
    let service = Arc::clone(&desk);
    std::thread::spawn(move || server.serve(&service));
    ui.result(&address);
    ui.remark("the book is at this address while you write; Ctrl+C ends it");
    if options.open
        && let Err(problem) = open(&address)
    {
        ui.remark(&problem);
    }
    let mut follower = Follower::new(ui, &folder, &desk);
    loop {
        follower.follow(&mut changes);
        changes.wait();
    }
}

/// Reads the folder again and again.
struct Follower<'a> {
    ui: &'a Ui,
    folder: &'a Path,
    desk: &'a Desk,
    /// The files as they were read last.
    last: Option<Arc<Project>>,
    /// Whether it was said what is wrong with them.
    is_checked: bool,
    /// The files that have changed since it was said what is wrong.
    changed: BTreeSet<String>,
    /// What was read in them, if all of it could be.
    draft: Option<Draft>,
    revision: u64,
}

impl<'a> Follower<'a> {
    fn new(ui: &'a Ui, folder: &'a Path, desk: &'a Desk) -> Self {
        Self {
            ui,
            folder,
            desk,
            last: None,
            is_checked: false,
            changed: BTreeSet::new(),
            draft: None,
            revision: 0,
        }
    }

    /// Shows the folder as it is. A fault of the program must not end the preview.
    fn follow(&mut self, changes: &mut Changes) {
        let read = catch_unwind(AssertUnwindSafe(|| self.read(changes)));
        let problem = match read {
            Ok(Ok(())) => return,
            Ok(Err(problem)) => problem,
            Err(_) => "a fault of the program: what was saved cannot be shown; please report it"
                .to_owned(),
        };
        self.last = None;
        self.ui.remark(&problem);
        self.desk.fail(problem);
    }

    fn read(&mut self, changes: &mut Changes) -> Result<(), String> {
        let (project, misread) = load(self.folder).map_err(|error| error.to_string())?;
        if self.is_checked && self.last.as_deref() == Some(&project) {
            return Ok(());
        }
        let project = Arc::new(project);
        let files = differing(self.last.as_deref(), &project);
        self.is_checked = false;
        self.hurry(&project, &files);
        self.last = Some(Arc::clone(&project));
        self.show(&project, misread, &files, changes);
        Ok(())
    }

    /// If one file has changed and can be read, shows it before all else is read again.
    fn hurry(&mut self, project: &Arc<Project>, files: &[String]) {
        let [path] = files else { return };
        let paths = |project: &Project| -> Vec<String> {
            let sources = project.sources.iter();
            sources.map(|source| source.path.clone()).collect()
        };
        let is_same_set = (self.last.as_deref()).is_some_and(|last| paths(last) == paths(project));
        let Some(draft) = self.draft.as_mut().filter(|_| is_same_set) else {
            return;
        };
        let found = renew(draft, project, path);
        if found.is_none_or(|found| has_errors(&found)) {
            return;
        }
        let before = self.desk.view();
        let revision = self.revision + 1;
        let view = before.and_then(|view| view.renewed(revision, project, draft, path));
        if let Some(view) = view {
            self.revision = revision;
            self.desk.show(view, files);
        }
    }

    /// Shows all of the text, and then what is wrong with it, unless something else has changed by then.
    fn show(
        &mut self,
        project: &Arc<Project>,
        mut misread: Vec<Diagnostic>,
        files: &[String],
        changes: &mut Changes,
    ) {
        let (mut draft, found) = draft(project);
        misread.extend(found);
        let is_whole = !has_errors(&misread);
        let inventory = release::inventory(&draft, &project.images);
        draft.issue = Some(release::issue(&draft, &inventory));
        if is_whole {
            self.revision += 1;
            let before = self.desk.view();
            let view = View::new(self.revision, project, &draft, before.as_deref());
            self.desk.show(view, files);
        }
        self.changed.extend(files.iter().cloned());
        if !changes.is_pending() {
            let found = findings(&draft, &project.sources, &misread, Characters::OfFonts);
            self.announce(&found);
            self.changed.clear();
            self.desk.report(found, &project.sources, is_whole);
            self.is_checked = true;
        }
        self.draft = is_whole.then_some(draft);
    }

    /// A line for those who look at the terminal.
    fn announce(&self, found: &[Diagnostic]) {
        let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        let errors = found.iter().filter(is_error).count();
        let what = match (self.changed.len(), self.changed.first()) {
            (1, Some(one)) => format!("`{one}`"),
            (0, _) => "the book".to_owned(),
            (several, _) => count(several, "file"),
        };
        self.ui.remark(&format!(
            "{what}: {}, {}",
            count(errors, "error"),
            count(found.len() - errors, "warning")
        ));
    }
}

/// The paths of the files that are new, gone or otherwise than before. At first, none are.
fn differing(before: Option<&Project>, now: &Project) -> Vec<String> {
    let Some(before) = before else {
        return Vec::new();
    };
    let (old, new) = (bytes(before), bytes(now));
    let paths = old.keys().chain(new.keys());
    let differ = paths.filter(|path| old.get(*path) != new.get(*path));
    let mut differ: Vec<String> = differ.map(|path| (*path).to_owned()).collect();
    differ.sort();
    differ.dedup();
    differ
}

/// What each file holds, by its path.
fn bytes(project: &Project) -> BTreeMap<&str, &[u8]> {
    let texts = project.sources.iter();
    let texts = texts.map(|source| (source.path.as_str(), source.text.as_bytes()));
    let images = project.images.iter();
    let images = images.map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let others = project
        .others
        .iter()
        .map(|path| (path.as_str(), [].as_slice()));
    texts.chain(images).chain(others).collect()
}
