//! The commands, one file each, and what they share.

pub(crate) mod build;
pub(crate) mod changes;
pub(crate) mod check;
mod day;
pub(crate) mod explain;
pub(crate) mod new;
pub(crate) mod release;
pub(crate) mod verify;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{self, Project};
use crate::model::content::FOLDERS;
use crate::model::draft::Draft;
use crate::model::ledger::{EditionStatement, Inventory};
use crate::outputs::Input;
use crate::source::Source;
use crate::ui::Ui;
use crate::{check as rules, release as releases, render, session};

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

/// Which characters content may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Characters {
    /// Those that the fonts of the PDF have.
    OfFonts,
    /// All.
    Any,
}

/// The folder with `handbook.toml`: the one named, or the nearest `content/` or folder above.
pub(crate) fn content_folder(named: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(named) = named {
        return match named.is_dir() {
            true => Ok(named.to_owned()),
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

/// A handbook that has been read and checked.
pub(crate) struct Checked {
    /// Its content folder, as it is seen from where the command was given.
    folder: PathBuf,
    characters: Characters,
    /// What could not be read as it should.
    misread: Vec<Diagnostic>,
    pub(crate) project: Project,
    pub(crate) draft: Draft,
    /// All that is wrong, on the day of the edition.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What the book is made of.
    pub(crate) inventory: Inventory,
}

impl Checked {
    /// All that is wrong, at the levels that the book and the command line set.
    fn findings(&self, ui: &Ui) -> Vec<Diagnostic> {
        let can_set: rules::Coverage<'_> = match self.characters {
            Characters::OfFonts => &render::typst::can_set,
            Characters::Any => &|_| true,
        };
        let mut found = self.misread.clone();
        found.extend(rules::check(&self.draft, &self.project.sources, can_set));
        rules::settle(&self.draft, &mut found);
        if ui.denies_warnings() {
            for finding in &mut found {
                finding.severity = Severity::Error;
            }
        }
        found
    }

    /// Makes it another edition, and returns the findings that are new on its day: a review may be overdue by then, or an
    /// exception have ended.
    pub(crate) fn reissue(&mut self, ui: &Ui, issue: EditionStatement) -> Vec<Diagnostic> {
        self.draft.issue = Some(issue);
        let found = self.findings(ui);
        let new = |finding: &&Diagnostic| !self.diagnostics.contains(finding);
        let new = found.iter().filter(new).cloned().collect();
        self.diagnostics = found;
        new
    }

    /// The files with the paths by which they are seen from where the command was given, for showing places in them.
    pub(crate) fn shown(&self) -> Vec<Source> {
        let mut sources = self.project.sources.clone();
        for source in &mut sources {
            let path = match self.folder == Path::new(".") {
                true => PathBuf::from(&source.path),
                false => self.folder.join(&source.path),
            };
            source.path = path.display().to_string();
        }
        sources
    }

    /// What its outputs are made from.
    pub(crate) fn input(&self) -> Input<'_> {
        Input {
            draft: &self.draft,
            sources: &self.project.sources,
            images: &self.project.images,
            diagnostics: &self.diagnostics,
        }
    }
}

/// Reads and checks a content folder.
pub(crate) fn read(ui: &Ui, folder: &Path, characters: Characters) -> Result<Checked, String> {
    let (project, mut misread) = ui
        .stage("load", || load::load(folder))
        .map_err(|error| error.to_string())?;
    let (mut draft, found) = ui.stage("parse", || session::draft(&project));
    misread.extend(found);
    let inventory = ui.stage("digest", || releases::inventory(&draft, &project.images));
    draft.issue = Some(releases::issue(&draft, &inventory));
    let mut checked = Checked {
        folder: folder.to_owned(),
        characters,
        misread,
        project,
        draft,
        diagnostics: Vec::new(),
        inventory,
    };
    checked.diagnostics = ui.stage("check", || checked.findings(ui));
    Ok(checked)
}
