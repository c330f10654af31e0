//! Names of places: sections, entries, headings, and where they end.

use crate::model::ReferenceId;
use crate::model::book::{Anchor, Block, Locator};
use crate::model::draft::{ContentFile, Site, SiteTechnique};

/// The place of a unit: the name of its section.
#[must_use]
pub fn anchor(unit: &ContentFile) -> Anchor {
    Anchor(match unit {
        ContentFile::Chapter(chapter) => format!("chapter-{chapter}"),
        ContentFile::Site(site) => format!("site-{site}"),
        ContentFile::SiteTechnique(site, technique) => format!("site-{site}--{technique}"),
        ContentFile::Technique(technique) => format!("technique-{technique}"),
        ContentFile::Reference(reference) => return article(reference),
    })
}

/// The name of the section that tells each article in full.
pub(super) const ARTICLES: &str = "references";

/// The place where an article is told in full.
pub(super) fn article(reference: &ReferenceId) -> Anchor {
    Anchor(format!("{ARTICLES}.{reference}"))
}

/// The place of a reference in the citation list of a section. The two dots keep it apart from
/// headings, whose names hold none.
pub(super) fn entry(section: &Anchor, reference: &ReferenceId) -> Anchor {
    Anchor(format!("{}..{reference}", section.0))
}

/// The place where a section first cites an article that it does not list.
pub(super) fn cited(section: &Anchor, reference: &ReferenceId) -> Anchor {
    Anchor(format!("{}.._cited-{reference}", section.0))
}

/// The place where a section, or what stands below a heading, ends.
pub(super) fn end(of: &Anchor) -> Anchor {
    Anchor(format!("{}.._end", of.0))
}

/// The mark of that place.
pub(super) fn end_of(section: &Anchor) -> Block {
    Block::RangeEnd(end(section))
}

/// All from where a section begins to where it, or the last one below it, ends.
pub(super) fn whole(first: &Anchor, last: &Anchor) -> Locator {
    Locator {
        from: first.clone(),
        to: Some(end(last)),
    }
}

/// The file of a technique at a site.
pub(super) fn page_file(site: &Site, page: &SiteTechnique) -> ContentFile {
    ContentFile::SiteTechnique(site.id.value.clone(), page.technique.value.clone())
}

/// The place of a technique at a site.
pub(super) fn page_anchor(site: &Site, page: &SiteTechnique) -> Anchor {
    anchor(&page_file(site, page))
}
