//! Every reference is in a list, and the list of every technique at a site has one.

use crate::citation::Lists;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Body, ContentFile, Draft, Inline, Node, Reference};
use crate::model::{ReferenceId, SiteId, TechniqueId};
use crate::source::Spanned;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for reference in &draft.references {
        unused(reference, found);
        pages(draft, reference, found);
    }
    empty(draft, found);
    cited(draft, found);
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

/// A reference that names a site and techniques is in a list there.
fn pages(draft: &Draft, reference: &Reference, found: &mut Vec<Diagnostic>) {
    let Some(first) = reference.techniques.first() else {
        return;
    };
    for name in &reference.sites {
        let mut sites = draft.sites.iter();
        let Some(site) = sites.find(|site| site.id.value == name.value) else {
            continue;
        };
        let names =
            |technique: &TechniqueId| reference.techniques.iter().any(|it| it.value == *technique);
        if !site
            .techniques
            .iter()
            .any(|page| names(&page.technique.value))
        {
            let page = ContentFile::SiteTechnique(name.value.clone(), first.value.clone());
            found.push(Diagnostic::new(
                Code::MissingPage,
                name.span,
                format!(
                    "`{}` has no file for any technique of this reference",
                    name.value
                ),
                format!(
                    "write `{}`, or take `{}` out of `sites`",
                    page.path(),
                    name.value
                ),
            ));
        }
    }
}

/// A reference that is cited for a technique at a site, and names only one of the two, is not in the list there. One that
/// names another site or technique may be cited for comparison.
fn cited(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for site in &draft.sites {
        for page in &site.techniques {
            let forgets = |reference: &Reference| {
                let has_site = reference.sites.iter().any(|it| it.value == site.id.value);
                let mut techniques = reference.techniques.iter();
                let has_technique = techniques.any(|it| it.value == page.technique.value);
                (has_technique && reference.sites.is_empty())
                    || (has_site && reference.techniques.is_empty())
            };
            for id in citations(&page.body) {
                let mut references = draft.references.iter();
                let reference = references.find(|reference| reference.id.value == id.value);
                if let Some(reference) = reference.filter(|reference| forgets(reference)) {
                    let technique = &page.technique.value;
                    found.push(unlisted(reference, id, &site.id.value, technique));
                }
            }
        }
    }
}

/// The references that a text cites.
fn citations(body: &Body) -> impl Iterator<Item = &Spanned<ReferenceId>> {
    let nodes = body.nodes().into_iter();
    let cited = nodes.filter_map(|node| match node {
        Node::Inline(inline) => match &inline.value {
            Inline::Citation(cited) => Some(cited.iter().map(|it| &it.id)),
            _ => None,
        },
        Node::Block(_) => None,
    });
    cited.flatten()
}

fn unlisted(
    reference: &Reference,
    id: &Spanned<ReferenceId>,
    site: &SiteId,
    technique: &TechniqueId,
) -> Diagnostic {
    Diagnostic::new(
        Code::UnlistedCitation,
        id.span,
        format!("`{}` is cited here, and is not in the list below", id.value),
        format!("add `{site}` to its `sites` and `{technique}` to its `techniques`"),
    )
    .related(reference.id.span, "the reference")
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
