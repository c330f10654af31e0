//! Every technique, site, chapter and population that front matter names exists.

use super::handbook::suggestion;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::TechniqueId;
use crate::model::draft::{Draft, Reference, Site};
use crate::source::Spanned;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for site in &draft.sites {
        for page in &site.techniques {
            technique(draft, &page.technique, found);
            references_at(draft, site, &page.technique, found);
        }
    }
    for reference in &draft.references {
        names(draft, reference, found);
        unused(reference, found);
    }
}

fn technique(draft: &Draft, id: &Spanned<TechniqueId>, found: &mut Vec<Diagnostic>) {
    let known = draft
        .techniques
        .iter()
        .map(|technique| technique.id.value.as_str());
    if !known.clone().any(|name| name == id.value.as_str()) {
        let otherwise = format!("write `techniques/{}.md`", id.value);
        found.push(Diagnostic::new(
            Code::UnknownTechnique,
            id.span,
            format!("there is no technique `{}`", id.value),
            suggestion(id.value.as_str(), known, &otherwise),
        ));
    }
}

fn names(draft: &Draft, reference: &Reference, found: &mut Vec<Diagnostic>) {
    for id in &reference.techniques {
        technique(draft, id, found);
    }
    for id in &reference.sites {
        let known = draft.sites.iter().map(|site| site.id.value.as_str());
        if !known.clone().any(|name| name == id.value.as_str()) {
            found.push(Diagnostic::new(
                Code::UnknownSite,
                id.span,
                format!("there is no site `{}`", id.value),
                suggestion(id.value.as_str(), known, "write its `index.md`"),
            ));
        }
    }
    for id in &reference.chapters {
        let known = draft
            .chapters
            .iter()
            .map(|chapter| chapter.id.value.as_str());
        if !known.clone().any(|name| name == id.value.as_str()) {
            found.push(Diagnostic::new(
                Code::UnknownChapter,
                id.span,
                format!("there is no chapter `{}`", id.value),
                suggestion(id.value.as_str(), known, "write it in `chapters/`"),
            ));
        }
    }
    if let Some(id) = &reference.population {
        let known = draft
            .handbook
            .populations
            .iter()
            .map(|known| known.id.value.as_str());
        if !known.clone().any(|name| name == id.value.as_str()) {
            found.push(Diagnostic::new(
                Code::UnknownPopulation,
                id.span,
                format!("there is no population `{}`", id.value),
                suggestion(id.value.as_str(), known, "define it in `handbook.toml`"),
            ));
        }
    }
}

/// A reference stands in the lists of its techniques and chapters; without either, in none.
fn unused(reference: &Reference, found: &mut Vec<Diagnostic>) {
    if reference.techniques.is_empty() && reference.chapters.is_empty() {
        found.push(Diagnostic::new(
            Code::UnusedReference,
            reference.id.span,
            format!("`{}` names no technique and no chapter", reference.id.value),
            "add `techniques = [\"…\"]` or `chapters = [\"…\"]`, so that a list shows it",
        ));
    }
}

fn references_at(
    draft: &Draft,
    site: &Site,
    technique: &Spanned<TechniqueId>,
    found: &mut Vec<Diagnostic>,
) {
    let any = draft.references.iter().any(|reference| {
        reference.sites.iter().any(|id| id.value == site.id.value)
            && reference
                .techniques
                .iter()
                .any(|id| id.value == technique.value)
    });
    if !any {
        found.push(Diagnostic::new(
            Code::NoReference,
            technique.span,
            format!(
                "no reference is about `{}` at `{}`",
                technique.value, site.id.value
            ),
            "add the site and the technique to the front matter of a reference",
        ));
    }
}
