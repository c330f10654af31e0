//! [`Project`] → [`Draft`]: front matter, Markdown, editorial brackets and citations.
//!
//! Never stops at the first error: what cannot be read is reported and left empty, so that one
//! run finds everything.

mod bracket;
mod chart;
mod fields;
mod file;
mod glossary;
mod handbook;
mod labels;
mod markdown;
mod notices;
mod opening;
mod other;
mod picture;
mod quotes;
mod rules;
mod slips;
mod subject;
mod svg;
mod syntax;
mod unit;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::Words;
use crate::load::Project;
use crate::model::content::is_entry;
use crate::model::draft::{Draft, Site, SiteTechnique};
use crate::model::{SiteId, id_of, is_valid_id};
use crate::source::SourceId;

pub(crate) use fields::Fields;
pub(crate) use file::File;
pub use markdown::body;

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
        releases: Vec::new(),
        issue: None,
    };
    let mut pages = Vec::new();
    let sources = || (0..).map(SourceId).zip(&project.sources);
    // Its language, and the words that the book has for it, are those of all texts.
    let handbook = sources().find(|(_, source)| source.path == "handbook.toml");
    if let Some((id, source)) = handbook {
        draft.handbook = handbook::parse(&mut File {
            id,
            source,
            diagnostics: &mut diagnostics,
        });
    }
    let labels = sources().find(|(_, source)| source.path == "labels.toml");
    if let Some((id, source)) = labels {
        draft.handbook.labels = labels::parse(&mut File {
            id,
            source,
            diagnostics: &mut diagnostics,
        });
    }
    let words = Words::of_book(&draft.handbook);
    let quotation = &words.quotation;
    for (id, source) in sources() {
        let mut file = File {
            id,
            source,
            diagnostics: &mut diagnostics,
        };
        let parts: Vec<&str> = source.path.split('/').collect();
        match parts.as_slice() {
            ["handbook.toml" | "labels.toml"] => {}
            ["glossary.toml"] => (draft.glossary, draft.see) = glossary::parse(&mut file),
            // The ledger is no text of the book: see [`crate::ledger::read`].
            _ if is_entry(&source.path) => {}
            ["retractions.toml"] => draft.notices = notices::parse(&mut file),
            ["chapters", name] => {
                let name = file.name(name);
                draft
                    .chapters
                    .push(unit::chapter(&mut file, &name, quotation));
            }
            ["sites", folder, "index.md"] => {
                let name = file.name(folder);
                draft.sites.push(unit::site(&mut file, &name, quotation));
            }
            ["sites", folder, name] => {
                let name = file.name(name);
                let folder = match is_valid_id(folder) {
                    true => (*folder).to_owned(),
                    false => id_of(folder, "a"),
                };
                pages.push((
                    SiteId(folder),
                    unit::site_technique(&mut file, &name, quotation),
                ));
            }
            ["techniques", name] => {
                let name = file.name(name);
                draft
                    .techniques
                    .push(unit::technique(&mut file, &name, quotation));
            }
            ["references", name] => {
                let name = file.name(name);
                draft
                    .references
                    .push(unit::reference(&mut file, &name, quotation));
            }
            _ => file.report(Diagnostic::new(
                Code::StrayFile,
                file.start(),
                format!("`{}` is not part of the book", source.path),
                "move it to `chapters/`, `sites/<site>/`, `techniques/` or `references/`",
            )),
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

fn attach(sites: &mut [Site], id: &SiteId, page: SiteTechnique, diagnostics: &mut Vec<Diagnostic>) {
    match sites.iter_mut().find(|site| site.id.value == *id) {
        Some(site) => site.techniques.push(page),
        None => diagnostics.push(Diagnostic::new(
            Code::MissingFile,
            page.technique.span,
            format!("the site `{id}` has no introduction"),
            format!("write `sites/{id}/index.md` with a `title`"),
        )),
    }
}
