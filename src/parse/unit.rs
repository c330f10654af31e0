//! Chapters, sites, techniques and references: one Markdown file each.

use std::collections::BTreeMap;

use super::fences::split;
use super::fields::Fields;
use super::file::File;
use super::handbook::ids;
use super::keys::{self, Key};
use super::{markdown, opening};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Quotation;
use crate::model::draft::{Body, Chapter, Fact, Glance, Reference, Site, SiteTechnique, Technique};
use crate::model::pmid_in;
use crate::model::{
    Authors, Bibliographic, ChapterId, Identifier, PopulationId, ReferenceId, SiteId, TechniqueId,
};
use crate::source::{Span, Spanned};

pub(super) fn chapter(file: &mut File, name: &Spanned<String>, quotation: &Quotation) -> Chapter {
    let (mut fields, body) = parts(file, keys::CHAPTER, quotation);
    let title = fields.text(file, "title");
    let review = fields.review(file);
    fields.finish(file);
    Chapter {
        review,
        id: id(name, ChapterId),
        title,
        body,
    }
}

pub(super) fn site(file: &mut File, name: &Spanned<String>, quotation: &Quotation) -> Site {
    let (mut fields, body) = parts(file, keys::SITE, quotation);
    let title = fields.text(file, "title");
    let aliases = fields.texts(file, "aliases");
    let search = fields.texts(file, "search");
    let review = fields.review(file);
    fields.finish(file);
    Site {
        review,
        id: id(name, SiteId),
        title,
        aliases,
        search,
        body,
        techniques: Vec::new(),
    }
}

pub(super) fn site_technique(
    file: &mut File,
    name: &Spanned<String>,
    quotation: &Quotation,
) -> SiteTechnique {
    let (mut fields, body) = parts(file, keys::SITE_TECHNIQUE, quotation);
    let title = fields.optional::<String>(file, "title");
    let glance = Glance {
        in_short: fields.optional_text(file, "in-short"),
        figure: fact(&mut fields, file, "figure"),
        harm: fact(&mut fields, file, "harm"),
    };
    let review = fields.review(file);
    fields.finish(file);
    SiteTechnique {
        review,
        technique: id(name, TechniqueId),
        title,
        glance,
        body,
    }
}

/// `key = { text = "…", reference = "…" }`.
fn fact(fields: &mut Fields, file: &mut File, key: &'static str) -> Option<Fact> {
    let example = "{ text = \"…\", reference = \"…\" }";
    let mut table = fields.table(file, key, &format!("write `{key} = {example}`"))?;
    let text = table.text(file, "text");
    let reference = table.text(file, "reference");
    table.finish(file);
    let is_whole = !text.value.is_empty() && !reference.value.is_empty();
    is_whole.then(|| Fact {
        text,
        reference: id(&reference, ReferenceId),
    })
}

pub(super) fn technique(
    file: &mut File,
    name: &Spanned<String>,
    quotation: &Quotation,
) -> Technique {
    let (mut fields, body) = parts(file, keys::TECHNIQUE, quotation);
    let title = fields.text(file, "title");
    let aliases = fields.texts(file, "aliases");
    let search = fields.texts(file, "search");
    let review = fields.review(file);
    fields.former(file, "category");
    fields.finish(file);
    Technique {
        review,
        id: id(name, TechniqueId),
        title,
        aliases,
        search,
        body,
    }
}

pub(super) fn reference(
    file: &mut File,
    name: &Spanned<String>,
    quotation: &Quotation,
) -> Reference {
    let (mut fields, body) = parts(file, keys::REFERENCE, quotation);
    let bibliographic = bibliographic(&mut fields, file);
    let population = fields
        .required::<String>(file, "population")
        .map(|text| Spanned::new(PopulationId(text.value), text.span));
    let mut reference = Reference {
        id: id(name, ReferenceId),
        bibliographic,
        places: BTreeMap::new(),
        population,
        design: fields.optional(file, "design"),
        patients: (fields.number(file, "patients", |text| text.trim().parse().ok()))
            .map(|number| number.value),
        sites: ids(fields.texts(file, "sites"), SiteId),
        techniques: ids(fields.texts(file, "techniques"), TechniqueId),
        kept: fields.optional(file, "kept"),
        chapters: ids(fields.texts(file, "chapters"), ChapterId),
        body,
    };
    reference.places = fields.places(file);
    fields.finish(file);
    reference
}

fn bibliographic(fields: &mut Fields, file: &mut File) -> Bibliographic {
    let title = fields.text(file, "title").value;
    let authors = authors(fields, file);
    let text =
        |fields: &mut Fields, file: &mut File, key| fields.label(file, key).map(|text| text.value);
    let language = fields.optional::<String>(file, "language");
    let language = language.filter(|language| super::handbook::is_language(language, file));
    Bibliographic {
        title,
        language: language.map(|language| language.value),
        authors,
        journal: fields.text(file, "journal").value,
        date: fields.date(file, "date").value,
        volume: text(fields, file, "volume"),
        issue: text(fields, file, "issue"),
        pages: text(fields, file, "pages"),
        affiliation: text(fields, file, "affiliation"),
        identifiers: identifiers(fields, file),
    }
}

/// The ways to an article, in the order in which they are shown.
fn identifiers(fields: &mut Fields, file: &mut File) -> Vec<Identifier> {
    let pmid = fields.number(file, "pmid", pmid_in);
    let mut identifiers: Vec<Identifier> =
        (pmid.into_iter().map(|pmid| Identifier::Pmid(pmid.value))).collect();
    for (key, read) in [
        ("pmcid", Identifier::pmcid as fn(&str) -> Identifier),
        ("doi", Identifier::doi),
        ("url", Identifier::address),
    ] {
        let text = fields.label(file, key);
        identifiers.extend(text.map(|text| read(&text.value)));
    }
    identifiers
}

fn authors(fields: &mut Fields, file: &mut File) -> Authors {
    let found = file.diagnostics.len();
    let authors = fields.required_texts(file, "authors");
    if authors.is_empty() && file.diagnostics.len() == found {
        file.report(Diagnostic::new(
            Code::MissingKey,
            fields.place(file, "authors"),
            "`authors` is empty",
            "write family names and initials, as PubMed does: `authors = [\"Rose PG\"]`",
        ));
    }
    Authors::parse(authors.iter().map(|author| author.value.as_str()))
}

/// The front matter, which can have these keys, and the body of a file.
fn parts<'a>(
    file: &mut File<'a>,
    keys: &'static [Key],
    quotation: &Quotation,
) -> (Fields<'a>, Body) {
    let (front, mut rest) = split(file, keys);
    let opening = match rest.start {
        0 => opening::report(file, keys.iter().any(|key| key.needed)),
        _ => None,
    };
    let mut fields = Fields::parse(file, front, Some(keys));
    if let Some(start) = opening {
        rest.start = start;
        fields.demand_nothing();
    }
    let (body, found) = markdown::read(file.id, file.source, rest, quotation);
    file.diagnostics.extend(found);
    (fields, body)
}

fn id<T>(name: &Spanned<String>, id: fn(String) -> T) -> Spanned<T> {
    let span: Span = name.span;
    Spanned::new(id(name.value.clone()), span)
}
