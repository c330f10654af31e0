//! Every reference is in a list, and the list of every technique at a site has one.

use crate::citation::Lists;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::TechniqueId;
use crate::model::draft::{ContentFile, Draft, Reference};
use crate::source::Spanned;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for reference in &draft.references {
        unused(reference, found);
    }
    empty(draft, found);
}

/// A reference appears in the lists of its techniques and chapters; without either, in no list.
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

/// A technique at a site has the references that name both.
fn empty(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let lists = Lists::new(draft);
    for site in &draft.sites {
        let site_id = &site.id.value;
        let is_empty = |technique: &&Spanned<TechniqueId>| {
            let file = ContentFile::SiteTechnique(site_id.clone(), technique.value.clone());
            lists.of(&file).is_empty()
        };
        let techniques = site.techniques.iter().map(|page| &page.technique);
        for technique in techniques.filter(is_empty) {
            found.push(Diagnostic::new(
                Code::NoReference,
                technique.span,
                format!("no reference is about `{}` at `{site_id}`", technique.value),
                "add the site and the technique to the front matter of a reference",
            ));
        }
    }
}
