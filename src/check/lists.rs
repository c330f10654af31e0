//! Every reference is in a list, and the list of every technique at a site has one.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Reference};
use crate::model::{SiteId, TechniqueId};

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
    let referenced: BTreeSet<(&SiteId, &TechniqueId)> = (draft.references.iter())
        .flat_map(|reference| {
            let techniques = reference.techniques.iter().map(|id| &id.value);
            techniques.flat_map(|technique| {
                let sites = reference.sites.iter().map(|id| &id.value);
                sites.map(move |site| (site, technique))
            })
        })
        .collect();
    for site in &draft.sites {
        let names = site.techniques.iter().map(|page| &page.technique);
        for technique in names.filter(|name| !referenced.contains(&(&site.id.value, &name.value))) {
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
}
