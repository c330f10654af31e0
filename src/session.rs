//! The steps of the pipeline in their order, for all commands and tests.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity, list};
use crate::load::{self, Project};
use crate::model::draft::{Draft, Picture};
use crate::model::ledger::{EditionStatement, Inventory};
use crate::outputs::{BuildOptions, Failure, Input, Output, outputs};
use crate::parse::parse;
use crate::pictures::Pictures;
use crate::render::typst::Fonts;
use crate::source::Source;
use crate::ui::Ui;
use crate::{check, ledger, release};

/// Reads a project: the text of the book, then the ledger of its releases.
#[must_use]
pub fn draft(project: &Project) -> (Draft, Vec<Diagnostic>) {
    let (mut draft, mut diagnostics) = parse(project);
    let (entries, found) = ledger::read(project);
    draft.releases = entries;
    diagnostics.extend(found);
    (draft, diagnostics)
}

/// Which characters content may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Characters {
    /// Those that the fonts of the PDF have.
    OfFonts,
    /// All.
    Any,
}

/// A handbook that has been read and checked.
pub(crate) struct Checked {
    /// Its content folder, as it is seen from where the command was given.
    pub(crate) folder: PathBuf,
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
        let mut found = findings(
            &self.draft,
            &self.project.sources,
            &self.misread,
            self.characters,
        );
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

    /// Makes its outputs; `None`, after the findings are shown, if they show that the content cannot be set.
    ///
    /// # Errors
    ///
    /// A fault of the program, as a sentence.
    pub(crate) fn make(
        &self,
        ui: &Ui,
        options: &BuildOptions,
    ) -> Result<Option<Vec<Output>>, String> {
        let pictures = ui.stage("pictures", || Pictures::of(&self.project.images));
        narrowed(ui, &pictures.narrowed);
        match outputs(ui, self.input(&pictures), options) {
            Ok(made) => Ok(Some(made)),
            Err(Failure::Content(diagnostics)) => {
                ui.diagnostics(&diagnostics, &self.shown());
                Ok(None)
            }
            Err(Failure::Program(message)) => Err(message),
        }
    }

    /// What its outputs are made from.
    pub(crate) fn input<'a>(&'a self, pictures: &'a Pictures) -> Input<'a> {
        Input {
            draft: &self.draft,
            sources: &self.project.sources,
            images: &pictures.files,
            diagnostics: &self.diagnostics,
            inventory: &self.inventory,
        }
    }
}

/// Reports which pictures have fewer pixels in the book than in their files.
fn narrowed(ui: &Ui, paths: &[String]) {
    let pixels = Picture::SHARP;
    match paths {
        [] => {}
        [one] => ui.remark(&format!(
            "`{one}` is wider than print needs: in the book it has {pixels} pixels across"
        )),
        several => ui.remark(&format!(
            "{} pictures are wider than print needs: in the book they have {pixels} pixels across: {}",
            several.len(),
            list(several.iter().map(String::as_str))
        )),
    }
}

/// All that is wrong with a draft of these files, at the levels that the book sets: what was misread, and what rules find.
pub(crate) fn findings(
    draft: &Draft,
    sources: &[Source],
    misread: &[Diagnostic],
    characters: Characters,
) -> Vec<Diagnostic> {
    let fonts = Fonts::with(&draft.fonts);
    let of_fonts = |character| fonts.can_set(character);
    let coverage: check::Coverage<'_> = match characters {
        Characters::OfFonts => &of_fonts,
        Characters::Any => &|_| true,
    };
    let mut found = misread.to_vec();
    found.extend(check::check(draft, sources, coverage));
    check::settle(draft, &mut found);
    found
}

/// Reads and checks a content folder.
pub(crate) fn read(ui: &Ui, folder: &Path, characters: Characters) -> Result<Checked, String> {
    let (project, mut misread) = ui
        .stage("load", || load::load(folder))
        .map_err(|error| error.to_string())?;
    let (mut draft, found) = ui.stage("parse", || draft(&project));
    misread.extend(found);
    let inventory = ui.stage("digest", || release::inventory(&draft, &project.images));
    draft.issue = Some(release::issue(&draft, &inventory));
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
