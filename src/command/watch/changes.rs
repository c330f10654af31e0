//! Changes of a folder: each save once, however many files and events it has.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::load::is_passed_over;

/// A save has ended when nothing has changed for so long: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(15);

/// The same once more files have changed than an editor writes for one: git writes one after the other, and may pause.
const LONG_QUIET: Duration = Duration::from_millis(100);

/// How many files an editor may write to save one.
const OF_ONE: usize = 3;

/// After so long, what has changed is shown though more changes.
const LONGEST: Duration = Duration::from_secs(1);

/// How often the folder is looked through, for what no event reports: a folder on another machine, or shared with one.
const LOOK: Duration = Duration::from_secs(2);

/// The changes of one folder.
pub(super) struct Changes {
    folder: PathBuf,
    events: Receiver<notify::Result<Event>>,
    /// An event that was received, and not yet waited for.
    pending: bool,
    /// They send the events as long as they are there.
    _watchers: Vec<Box<dyn Watcher>>,
}

impl Changes {
    /// Those of `folder` and of all folders below it, from now on.
    pub(super) fn of(folder: &Path) -> Result<Self, String> {
        let fail =
            |error: &dyn std::fmt::Display| format!("cannot watch `{}`: {error}", folder.display());
        let folder = folder.canonicalize().map_err(|error| fail(&error))?;
        let (sender, events) = channel();
        let mut watchers = vec![looker(&folder, sender.clone()).map_err(|error| fail(&error))?];
        // Where the system sends no events, looking must do.
        watchers.extend(listener(&folder, sender).ok());
        Ok(Self {
            folder,
            events,
            pending: false,
            _watchers: watchers,
        })
    }

    /// Waits until something has changed, and nothing more does.
    pub(super) fn wait(&mut self) {
        let mut files = BTreeSet::new();
        while !std::mem::take(&mut self.pending) {
            match self.events.recv() {
                Ok(event) => self.pending = self.matters(&event),
                // The watchers are there as long as this is.
                Err(_) => std::thread::park(),
            }
        }
        let start = now();
        while start.elapsed() < LONGEST {
            let quiet = match files.len() {
                ..=OF_ONE => QUIET,
                _ => LONG_QUIET,
            };
            match self.events.recv_timeout(quiet) {
                Ok(event) => files.extend(event.into_iter().flat_map(|event| event.paths)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    /// Whether something has changed already.
    pub(super) fn is_pending(&mut self) -> bool {
        while !self.pending
            && let Ok(event) = self.events.try_recv()
        {
            self.pending = self.matters(&event);
        }
        self.pending
    }

    /// Whether an event may be about what is read. If some are lost, any may.
    fn matters(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else {
            return true;
        };
        let is_read = |path: &PathBuf| {
            let below = path.strip_prefix(&self.folder).unwrap_or(path);
            let mut names = below.iter();
            !names.any(|name| name.to_str().is_some_and(is_passed_over))
        };
        let is_change = !matches!(event.kind, EventKind::Access(_));
        is_change && (event.paths.is_empty() || event.paths.iter().any(is_read))
    }
}

type Sending = Sender<notify::Result<Event>>;

/// Sends what the system reports, at once.
fn listener(folder: &Path, sender: Sending) -> notify::Result<Box<dyn Watcher>> {
    let mut watcher = RecommendedWatcher::new(sender, Config::default())?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// Sends what it sees when it looks.
fn looker(folder: &Path, sender: Sending) -> notify::Result<Box<dyn Watcher>> {
    let config = Config::default().with_poll_interval(LOOK);
    let mut watcher = PollWatcher::new(sender, config)?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a save takes is never part of an output"
)]
fn now() -> Instant {
    Instant::now()
}
