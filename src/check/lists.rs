//! Every reference is in a list, and the list of every technique at a site has one.

use std::collections::{BTreeMap, BTreeSet};

use crate::citation::Lists;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::draft::{Body, ContentFile, Draft, Inline, Node, Reference, SiteTechnique};
use crate::model::{ReferenceId, SiteId, TechniqueId};
use crate::source::Spanned;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for reference in &draft.references {
        unused(reference, found);
        pages(draft, reference, found);
    }
    let unlisted = cited(draft);
    empty(draft, &unlisted, found);
    found.extend(unlisted.into_values().flatten());
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
        // A file of another name may be the one that is missing.
        let is_astray = |page: &SiteTechnique| {
            let name = &page.technique.value;
            let near = meant(draft, name.as_str());
            !has(draft, name)
                && (near.is_none()
                    || reference
                        .techniques
                        .iter()
                        .any(|it| near == Some(it.value.as_str())))
        };
        if site.techniques.iter().any(is_astray) {
            continue;
        }
        let names =
            |technique: &TechniqueId| reference.techniques.iter().any(|it| it.value == *technique);
        if !site
            .techniques
            .iter()
            .any(|page| names(&page.technique.value))
        {
            let page = ContentFile::SiteTechnique(name.value.clone(), first.value.clone());
            found.push(
                Diagnostic::new(
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
                )
                .about(format!("{}/{}", name.value, first.value)),
            );
        }
    }
}

/// A reference that is cited for a technique at a site, and names only one of the two, is not in the list there. One that
/// names another site or technique may be cited for comparison.
fn cited(draft: &Draft) -> Unlisted {
    let mut found = Unlisted::new();
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
                    let page = (site.id.value.clone(), technique.clone());
                    let finding = unlisted(reference, id, &page.0, technique);
                    found.entry(page).or_default().push(finding);
                }
            }
        }
    }
    found
}

/// What is said of the citations at a site that are in no list there, by site and technique.
type Unlisted = BTreeMap<(SiteId, TechniqueId), Vec<Diagnostic>>;

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
    .about(id.value.as_str())
    .related(reference.id.span, "the reference")
}

/// A technique at a site has the references that name both.
fn empty(draft: &Draft, unlisted: &Unlisted, found: &mut Vec<Diagnostic>) {
    // The list of a page lacks what is cited there and not listed, unless the book allows that.
    let mut rules = draft.handbook.rules.iter();
    let is_allowed =
        rules.any(|it| it.code.value == Code::UnlistedCitation && it.severity.is_none());
    let is_cited = |site: &SiteId, technique: &TechniqueId| {
        !is_allowed && unlisted.contains_key(&(site.clone(), technique.clone()))
    };
    let lists = Lists::new(draft);
    let astray = Astray::of(draft);
    for site in &draft.sites {
        let site_id = &site.id.value;
        let is_empty = |technique: &&Spanned<TechniqueId>| {
            let file = ContentFile::SiteTechnique(site_id.clone(), technique.value.clone());
            lists.of(&file).is_empty()
                && !astray.may_be_about(site_id, &technique.value)
                && !is_cited(site_id, &technique.value)
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

fn has(draft: &Draft, technique: &TechniqueId) -> bool {
    let mut techniques = draft.techniques.iter();
    techniques.any(|it| it.id.value == *technique)
}

/// The technique that a name is like.
fn meant<'d>(draft: &'d Draft, name: &str) -> Option<&'d str> {
    let techniques = draft.techniques.iter();
    nearest(name, techniques.map(|it| it.id.value.as_str()))
}

/// References that name a site or a technique which is not in the book, and what they may be about.
struct Astray<'d> {
    draft: &'d Draft,
    /// The sites and the techniques that references name.
    sites: BTreeSet<&'d SiteId>,
    techniques: BTreeSet<&'d TechniqueId>,
}

impl<'d> Astray<'d> {
    fn of(draft: &'d Draft) -> Self {
        let references = draft.references.iter();
        let sites = references.clone().flat_map(|it| &it.sites);
        let techniques = references.flat_map(|it| &it.techniques);
        Self {
            draft,
            sites: sites.map(|it| &it.value).collect(),
            techniques: techniques.map(|it| &it.value).collect(),
        }
    }

    /// Whether a reference with such a name may be about a technique at a site: each of its names is theirs, or one that
    /// is in the book under no such name and was meant to be theirs.
    fn may_be_about(&self, site: &SiteId, technique: &TechniqueId) -> bool {
        let is_of_site = |name: &SiteId| name == site || self.is_site(name, site);
        let is_of_technique =
            |name: &TechniqueId| name == technique || self.is_technique(name, technique);
        // A file that is no technique of the book is reported as that.
        !has(self.draft, technique)
            || self.draft.references.iter().any(|it| {
                it.sites.iter().any(|it| is_of_site(&it.value))
                    && it.techniques.iter().any(|it| is_of_technique(&it.value))
            })
    }

    /// Whether a name that no site has was meant to be that of a site: one like it, or one that no reference names, if
    /// none is like it.
    fn is_site(&self, name: &SiteId, site: &SiteId) -> bool {
        let mut sites = self.draft.sites.iter().map(|it| it.id.value.as_str());
        let is_known = sites.clone().any(|it| it == name.as_str());
        !is_known
            && match nearest(name.as_str(), sites.by_ref()) {
                Some(near) => near == site.as_str(),
                None => !self.sites.contains(site),
            }
    }

    fn is_technique(&self, name: &TechniqueId, technique: &TechniqueId) -> bool {
        !has(self.draft, name)
            && match meant(self.draft, name.as_str()) {
                Some(near) => near == technique.as_str(),
                None => !self.techniques.contains(technique),
            }
    }
}
