//! The commands, one file each, and what they share.

pub(crate) mod again;
pub(crate) mod build;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod cite;
mod day;
pub(crate) mod explain;
mod folder;
pub(crate) mod labels;
pub(crate) mod manual;
pub(crate) mod new;
mod open;
pub(crate) mod release;
pub(crate) mod schema;
pub(crate) mod verify;
pub(crate) mod watch;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use folder::{content_folder, content_option};

use crate::model::content::FOLDERS;
use crate::session::{Characters, Checked, read};
use crate::ui;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Done,
    /// The content has errors.
    Errors,
    /// The command line, the disk or the program is at fault.
    Fault,
}

/// How a command ended; a fault is reported.
fn finish(ended: Result<Outcome, String>) -> Outcome {
    ended.unwrap_or_else(|message| {
        ui::error(&message);
        Outcome::Fault
    })
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())
    };
    write().map_err(|error: io::Error| format!("cannot write `{}`: {error}", path.display()))
}

/// Fails if outputs would go among the files that are read: an interrupted run may leave links in their place.
fn reject_output_in_content(content: &Path, out: &Path) -> Result<(), String> {
    let (Ok(content_path), Some(out_path)) = (content.canonicalize(), resolved(out)) else {
        return Ok(());
    };
    let is_read = out_path.strip_prefix(&content_path).is_ok_and(|below| {
        let first = below.components().next();
        first.is_none_or(|first| FOLDERS.iter().any(|name| first.as_os_str() == *name))
    });
    match is_read {
        true => Err(format!(
            "the outputs cannot go into `{}`, which is part of the content folder `{}`: name another with `-o DIR`",
            out.display(),
            content.display()
        )),
        false => Ok(()),
    }
}

/// A path without links, whose end need not exist.
fn resolved(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let mut above = absolute.ancestors();
    let existing = above.find_map(|above| Some((above, above.canonicalize().ok()?)));
    let (above, resolved) = existing?;
    Some(resolved.join(absolute.strip_prefix(above).ok()?))
}
