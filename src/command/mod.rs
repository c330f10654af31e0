//! The commands, one file each, and what they share.

pub(crate) mod again;
pub(crate) mod build;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod cite;
mod day;
pub(crate) mod explain;
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

/// The folder with `handbook.toml`: the one named, or the nearest `content/` or folder above.
pub(crate) fn content_folder(named: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(named) = named {
        return match named.is_dir() {
            true => Ok(with_handbook(named)),
            false if named.exists() => Err(format!(
                "`{}` is a file: name the folder that holds `handbook.toml`",
                named.display()
            )),
            false => Err(format!("there is no folder `{}`", named.display())),
        };
    }
    let here = std::env::current_dir().map_err(|error| format!("no current folder: {error}"))?;
    for folder in here.ancestors() {
        for candidate in [folder.join("content"), folder.to_owned()] {
            if candidate.join("handbook.toml").is_file() {
                // Shown as short as it can be.
                let short = candidate
                    .strip_prefix(&here)
                    .map(Path::to_owned)
                    .unwrap_or(candidate);
                return Ok(if short.as_os_str().is_empty() {
                    PathBuf::from(".")
                } else {
                    short
                });
            }
        }
    }
    Err(
        "no `handbook.toml` here or above; name the content folder: `fascicle build CONTENT`"
            .to_owned(),
    )
}

/// The folder itself, or `content/` in it if the handbook is there.
fn with_handbook(named: &Path) -> PathBuf {
    let below = named.join("content");
    let has = |folder: &Path| folder.join("handbook.toml").is_file();
    match !has(named) && has(&below) {
        true => below,
        false => named.to_owned(),
    }
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
