//! [`Project`] → [`Draft`]: front matter, Markdown, editorial brackets and citations.
//!
//! Never stops at the first error: what cannot be read is reported and left empty, so that one
//! run finds everything.

mod astray;
mod bracket;
mod caption;
mod chart;
mod citation;
mod fences;
mod fields;
mod file;
mod fonts;
mod glossary;
mod handbook;
mod keys;
mod labels;
mod lists;
mod markdown;
mod marks;
mod meant;
mod notices;
mod opening;
mod other;
mod picture;
mod places;
mod quotes;
mod rules;
mod scalars;
pub mod schema;
mod slips;
mod statements;
mod subject;
mod svg;
mod syntax;
mod unit;
mod values;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Quotation, Words};
use crate::load::Project;
use crate::model::content::is_entry;
use crate::model::draft::{
    Chapter, Draft, Notice, Reference, See, Site, SiteTechnique, Technique, Term,
};
use crate::model::{SiteId, id_of, is_valid_id};
use crate::source::{Source, SourceId, Spanned};

pub(crate) use fields::Fields;
pub(crate) use file::{File, Slate};
pub use markdown::body;
pub(crate) use svg::is_panic_caught;

/// Reads every file of `project`.
#[must_use]
pub fn parse(project: &Project) -> (Draft, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut draft = Draft {
        handbook: handbook::missing(),
        chapters: Vec::new(),
        sites: Vec::new(),
        techniques: Vec::new(),
        references: Vec::new(),
        glossary: Vec::new(),
        see: Vec::new(),
        notices: Vec::new(),
        images: (project.images.iter())
            .map(|(path, bytes)| (path.clone(), picture::read(path, bytes)))
            .collect(),
        others: project.others.clone(),
        fonts: fonts::parse(&project.fonts, &mut diagnostics),
        releases: Vec::new(),
        issue: None,
    };
    let mut pages = Vec::new();
    // Its language, and the words that the book has for it, are those of all texts.
    let handbook = numbered(project).find(|(_, source)| source.path == "handbook.toml");
    if let Some((id, source)) = handbook {
        draft.handbook = handbook::parse(&mut File {
            id,
            source,
            slate: &Slate::new(),
            diagnostics: &mut diagnostics,
        });
    }
    let labels = numbered(project).find(|(_, source)| source.path == "labels.toml");
    if let Some((id, source)) = labels {
        draft.handbook.labels = labels::parse(&mut File {
            id,
            source,
            slate: &Slate::new(),
            diagnostics: &mut diagnostics,
        });
    }
    let words = Words::of_book(&draft.handbook);
    let quotation = &words.quotation;
    let sources: Vec<(SourceId, &Source)> = numbered(project).collect();
    let read = sources.into_par_iter().map(|(id, source)| {
        let mut diagnostics = Vec::new();
        let mut file = File {
            id,
            source,
            slate: &Slate::new(),
            diagnostics: &mut diagnostics,
        };
        (unit(&mut file, quotation), diagnostics)
    });
    let read: Vec<(Unit, Vec<Diagnostic>)> = read.collect();
    for (unit, found) in read {
        diagnostics.extend(found);
        match unit {
            Unit::Glossary(terms, see) => (draft.glossary, draft.see) = (terms, see),
            Unit::Notices(notices) => draft.notices = notices,
            Unit::Chapter(chapter) => draft.chapters.push(*chapter),
            Unit::Site(site) => draft.sites.push(*site),
            Unit::SiteTechnique(site, page) => pages.push((site, *page)),
            Unit::Technique(technique) => draft.techniques.push(*technique),
            Unit::Reference(reference) => draft.references.push(*reference),
            Unit::Other => {}
        }
    }
    let meant = project.others.iter().filter(|path| other::is_meant(path));
    diagnostics.extend(meant.map(|path| other::stray(path)));
    for (site, page) in pages {
        attach(&mut draft.sites, &site, page, &mut diagnostics);
    }
    if handbook.is_none() {
        diagnostics.push(other::no_handbook(&project.others));
    }
    (draft, diagnostics)
}

/// The files with their numbers.
fn numbered(project: &Project) -> impl Iterator<Item = (SourceId, &Source)> {
    (0..).map(SourceId).zip(&project.sources)
}

/// What one file holds.
enum Unit {
    Glossary(Vec<Term>, Vec<See>),
    Notices(Vec<Notice>),
    Chapter(Box<Chapter>),
    Site(Box<Site>),
    SiteTechnique(SiteId, Box<SiteTechnique>),
    Technique(Box<Technique>),
    Reference(Box<Reference>),
    /// What is read elsewhere, or nothing of the book.
    Other,
}

/// Reads one file.
fn unit(file: &mut File, quotation: &Quotation) -> Unit {
    let source = file.source;
    let parts: Vec<&str> = source.path.split('/').collect();
    match parts.as_slice() {
        ["handbook.toml" | "labels.toml"] => Unit::Other,
        ["glossary.toml"] => {
            let (terms, see) = glossary::parse(file);
            Unit::Glossary(terms, see)
        }
        // The ledger is no text of the book: see [`crate::ledger::read`].
        _ if is_entry(&source.path) => Unit::Other,
        ["retractions.toml"] => Unit::Notices(notices::parse(file)),
        ["chapters", name] => {
            let name = file.name(name);
            Unit::Chapter(Box::new(unit::chapter(file, &name, quotation)))
        }
        ["sites", folder, index] if index.eq_ignore_ascii_case("index.md") => {
            // By a name in capitals, some systems find it, and others not.
            let name = if *index == "index.md" {
                file.name(folder)
            } else {
                file.name("Index.md");
                Spanned::new(id_of(folder, "a"), file.start())
            };
            Unit::Site(Box::new(unit::site(file, &name, quotation)))
        }
        ["sites", folder, name] => {
            let name = file.name(name);
            let folder = match is_valid_id(folder) {
                true => (*folder).to_owned(),
                false => id_of(folder, "a"),
            };
            let page = unit::site_technique(file, &name, quotation);
            Unit::SiteTechnique(SiteId(folder), Box::new(page))
        }
        ["techniques", name] => {
            let name = file.name(name);
            Unit::Technique(Box::new(unit::technique(file, &name, quotation)))
        }
        ["references", name] => {
            let name = file.name(name);
            Unit::Reference(Box::new(unit::reference(file, &name, quotation)))
        }
        [folder, ..] if other::meant_folder(folder).is_some() => {
            file.report(other::misnamed_folder(folder));
            Unit::Other
        }
        _ => {
            file.report(
                Diagnostic::new(
                    Code::StrayFile,
                    file.start(),
                    format!("`{}` is not part of the book", source.path),
                    "move it to `chapters/`, `sites/<site>/`, `techniques/` or `references/`",
                )
                .about(source.path.as_str()),
            );
            Unit::Other
        }
    }
}

/// Reads one file of `project` again, whose names are those of the draft: the draft is then as if all of them were read
/// again. `None` if the file holds no unit of the draft.
pub fn renew(draft: &mut Draft, project: &Project, path: &str) -> Option<Vec<Diagnostic>> {
    let (id, source) = numbered(project).find(|(_, source)| source.path == path)?;
    let mut diagnostics = Vec::new();
    let mut file = File {
        id,
        source,
        slate: &Slate::new(),
        diagnostics: &mut diagnostics,
    };
    let words = Words::of_book(&draft.handbook);
    match unit(&mut file, &words.quotation) {
        Unit::Chapter(new) => {
            let mut all = draft.chapters.iter_mut();
            let old = all.find(|old| old.id.value == new.id.value)?;
            *old = *new;
        }
        Unit::Site(mut new) => {
            let mut all = draft.sites.iter_mut();
            let old = all.find(|old| old.id.value == new.id.value)?;
            new.techniques = std::mem::take(&mut old.techniques);
            *old = *new;
        }
        Unit::SiteTechnique(site, new) => {
            let mut all = draft.sites.iter_mut();
            let site = all.find(|old| old.id.value == site)?;
            let mut all = site.techniques.iter_mut();
            let old = all.find(|old| old.technique.value == new.technique.value)?;
            *old = *new;
        }
        Unit::Technique(new) => {
            let mut all = draft.techniques.iter_mut();
            let old = all.find(|old| old.id.value == new.id.value)?;
            *old = *new;
        }
        Unit::Reference(new) => {
            let mut all = draft.references.iter_mut();
            let old = all.find(|old| old.id.value == new.id.value)?;
            *old = *new;
        }
        Unit::Glossary(..) | Unit::Notices(_) | Unit::Other => return None,
    }
    Some(diagnostics)
}

fn attach(sites: &mut [Site], id: &SiteId, page: SiteTechnique, diagnostics: &mut Vec<Diagnostic>) {
    match sites.iter_mut().find(|site| site.id.value == *id) {
        Some(site) => site.techniques.push(page),
        None if diagnostics
            .iter()
            .any(|it| it.code == Code::MissingFile && it.subject == id.as_str()) => {}
        None => diagnostics.push(
            Diagnostic::new(
                Code::MissingFile,
                page.technique.span,
                format!("the site `{id}` has no introduction"),
                format!("write `sites/{id}/index.md` with a `title`"),
            )
            .about(id.as_str()),
        ),
    }
}
