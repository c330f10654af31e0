//! `fascicle cite`: articles that PubMed or a reference manager saved become references of the book, and the other way.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::folder::has_book;
use super::{Outcome, content_option, write_new};
use crate::citation::export::{self, Format};
use crate::citation::file::{self, Placing};
use crate::citation::import::{self, Fault};
use crate::citation::known::{self, Difference};
use crate::citation::record::Record;
use crate::diagnostic::{list, nearest};
use crate::load;
use crate::model::content::ContentFile;
use crate::model::draft::{Draft, Reference};
use crate::model::{ReferenceId, SiteId, TechniqueId};
use crate::session;
use crate::ui::{self, MessageFormat, Ui};

/// What to import, and where it belongs.
#[derive(Debug)]
pub(crate) struct ImportOptions {
    /// The files; `-` is the standard input.
    pub(crate) files: Vec<PathBuf>,
    /// The content folder, if it was named.
    pub(crate) content: Option<PathBuf>,
    /// Sites of the articles.
    pub(crate) sites: Vec<String>,
    /// Techniques of the articles.
    pub(crate) techniques: Vec<String>,
    /// Whom the articles studied.
    pub(crate) population: Option<String>,
}

/// Imports articles.
pub(crate) fn import(ui: &Ui, options: &ImportOptions) -> Outcome {
    match run_import(ui, options) {
        Ok(outcome) => outcome,
        Err(message) => {
            ui::error(&message);
            Outcome::Fault
        }
    }
}

fn run_import(ui: &Ui, options: &ImportOptions) -> Result<Outcome, String> {
    reject_folders(options)?;
    let content = content_option(options.content.as_deref())?;
    let (project, _) = load::load(&content).map_err(|error| error.to_string())?;
    let (draft, _) = session::draft(&project);
    let mut shelf = Shelf {
        placing: placing(options, &draft)?,
        taken: (draft.references.iter())
            .map(|reference| reference.id.value.clone())
            .collect(),
        content,
        draft: &draft,
        new: Vec::new(),
        known: 0,
    };
    let mut unread = 0;
    for path in &options.files {
        unread += import_file(ui, path, &mut shelf)?;
    }
    let count = |number: usize, what: &str| match number {
        0 => None,
        1 => Some(format!("1 article {what}")),
        number => Some(format!("{number} articles {what}")),
    };
    let sums = [
        count(shelf.new.len(), "imported"),
        count(shelf.known, "there already"),
        count(unread, "not read"),
    ];
    ui.remark(&sums.into_iter().flatten().collect::<Vec<_>>().join(", "));
    if options.population.is_none() && !shelf.new.is_empty() {
        ui.remark("whom they studied is still `population = \"?\"`: choose it in each file; `fascicle check` lists them");
    }
    Ok(match unread {
        0 => Outcome::Done,
        _ => Outcome::Errors,
    })
}

/// A folder among the files of articles is that of the book, unless that is named.
fn reject_folders(options: &ImportOptions) -> Result<(), String> {
    let Some(folder) = options.files.iter().find(|path| path.is_dir()) else {
        return Ok(());
    };
    let is_book = has_book(folder);
    let folder = folder.display().to_string();
    Err(match options.content {
        None if is_book && folder.contains(' ') => {
            format!("`{folder}` is a folder: type `--content \"{folder}\"`")
        }
        None if is_book => format!("`{folder}` is a folder: type `--content {folder}`"),
        Some(_) | None => format!("`{folder}` is a folder: name the files of articles in it"),
    })
}

/// Imports a file; returns how many of its articles could not be read.
fn import_file(ui: &Ui, path: &Path, shelf: &mut Shelf<'_>) -> Result<usize, String> {
    let name = path.display().to_string();
    let bytes = bytes(path).map_err(|error| format!("cannot read `{name}`: {error}"))?;
    let imported = match import::read(&bytes) {
        Ok(imported) => imported,
        Err(message) => {
            ui::error(&format!("{name}: {message}"));
            return Ok(1);
        }
    };
    if let Some(remark) = imported.remark {
        ui.remark(&format!("{name}: {remark}"));
    }
    for record in imported.records {
        shelf.add(ui, record)?;
    }
    for Fault { line, message } in &imported.faults {
        ui::error(&format!("{name}:{line}: {message}"));
    }
    Ok(imported.faults.len())
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What to export.
#[derive(Debug)]
pub(crate) struct ExportOptions {
    /// The content folder, if it was named.
    pub(crate) content: Option<PathBuf>,
    /// Only articles about one of these sites, if any is named.
    pub(crate) sites: Vec<String>,
    /// Only articles about one of these techniques, if any is named.
    pub(crate) techniques: Vec<String>,
}

/// Prints articles of the book for a reference manager.
pub(crate) fn export(ui: &Ui, options: &ExportOptions) -> Outcome {
    match run_export(ui, options) {
        Ok(()) => Outcome::Done,
        Err(message) => {
            ui::error(&message);
            Outcome::Fault
        }
    }
}

fn run_export(ui: &Ui, options: &ExportOptions) -> Result<(), String> {
    let content = content_option(options.content.as_deref())?;
    let (project, _) = load::load(&content).map_err(|error| error.to_string())?;
    let (draft, _) = session::draft(&project);
    known_places(&options.sites, &options.techniques, &draft)?;
    let is_wanted = |reference: &&Reference| {
        let sites: Vec<&str> = reference.sites.iter().map(|id| id.value.as_str()).collect();
        let techniques = reference.techniques.iter().map(|id| id.value.as_str());
        let techniques: Vec<&str> = techniques.collect();
        let has = |wanted: &[String], names: &[&str]| {
            wanted.is_empty() || wanted.iter().any(|name| names.contains(&name.as_str()))
        };
        has(&options.sites, &sites) && has(&options.techniques, &techniques)
    };
    let references: Vec<&Reference> = draft.references.iter().filter(is_wanted).collect();
    let format = match ui.format() {
        MessageFormat::Nbib => Format::Nbib,
        MessageFormat::Bibtex => Format::Bibtex,
        MessageFormat::CslJson | MessageFormat::Json => Format::CslJson,
        _ => Format::Ris,
    };
    let text = export::references(format, &references);
    Ui::document(text.trim_end_matches(['\r', '\n']));
    Ok(())
}

/// The references of a book, to which others are added.
struct Shelf<'a> {
    content: PathBuf,
    draft: &'a Draft,
    placing: Placing,
    /// The names that files have.
    taken: BTreeSet<ReferenceId>,
    /// What was imported in this run.
    new: Vec<(Record, ReferenceId)>,
    /// How many articles were there already.
    known: usize,
}

impl Shelf<'_> {
    /// Writes the file of an article, or says what is there already.
    fn add(&mut self, ui: &Ui, record: Record) -> Result<(), String> {
        if let Some(reference) = known::find(&record, &self.draft.references) {
            self.known += 1;
            let differences = known::differences(&record, &self.placing, reference);
            let told = told(&self.path(&reference.id.value), reference, &differences);
            told.lines().for_each(|line| ui.remark(line));
            return Ok(());
        }
        let mut new = self.new.iter();
        if let Some((_, id)) = new.find(|(other, _)| known::are_same(&record, other)) {
            self.known += 1;
            ui.remark(&format!(
                "{} is this article, too: `{}`",
                self.path(id),
                record.title
            ));
            return Ok(());
        }
        let id = file::id(&record, &self.taken);
        let path = self.content.join(ContentFile::Reference(id.clone()).path());
        write_new(&path, &file::text(&record, &self.placing))?;
        ui.result(&path.display().to_string());
        self.taken.insert(id.clone());
        self.new.push((record, id));
        Ok(())
    }

    fn path(&self, id: &ReferenceId) -> String {
        let path = self.content.join(ContentFile::Reference(id.clone()).path());
        path.display().to_string()
    }
}

/// What an import would change in a file that is there.
fn told(path: &str, reference: &Reference, differences: &[Difference]) -> String {
    let title = &reference.bibliographic.title;
    if differences.is_empty() {
        return format!("{path} is this article already: `{title}`");
    }
    let mut text =
        format!("{path} is this article, and was left as it is; the import has otherwise:");
    for Difference { key, before, after } in differences {
        text.push_str(&match before {
            Some(before) => format!("\n  {key} = {after}    instead of {before}"),
            None => format!("\n  {key} = {after}    which is missing"),
        });
    }
    text
}

/// Where the articles belong, if the book has the places.
fn placing(options: &ImportOptions, draft: &Draft) -> Result<Placing, String> {
    known_places(&options.sites, &options.techniques, draft)?;
    let populations = draft
        .handbook
        .populations
        .iter()
        .map(|population| population.id.value.as_str());
    let population = options.population.as_slice();
    known_names("population", "--population", population, populations)?;
    Ok(Placing {
        population: options.population.clone(),
        sites: options
            .sites
            .iter()
            .map(|id| SiteId::from(id.as_str()))
            .collect(),
        techniques: options
            .techniques
            .iter()
            .map(|id| TechniqueId::from(id.as_str()))
            .collect(),
        language: draft.handbook.language.value.clone(),
    })
}

/// Fails if the book has not all these sites and techniques.
fn known_places(sites: &[String], techniques: &[String], draft: &Draft) -> Result<(), String> {
    let known = draft.sites.iter().map(|site| site.id.value.as_str());
    known_names("site", "--site", sites, known)?;
    let known = draft
        .techniques
        .iter()
        .map(|technique| technique.id.value.as_str());
    known_names("technique", "--technique", techniques, known)
}

/// Fails if a name is not that of something in the book.
fn known_names<'a>(
    kind: &str,
    option: &str,
    typed: &[String],
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), String> {
    let is_unknown = |name: &&String| !known.clone().any(|other| other == name.as_str());
    let Some(name) = typed.iter().find(is_unknown) else {
        return Ok(());
    };
    let help = match nearest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.clone().next().is_none() => format!("the book has no {kind} yet"),
        None => format!("known: {}", list(known)),
    };
    Err(format!(
        "`{option} {name}`: there is no such {kind}; {help}"
    ))
}
