//! The ways into the book: contents, landmarks and pages (`nav.xhtml`), and contents and pages for readers of EPUB 2
//! (`toc.ncx`).
//!
//! `epub-builder` writes both, with the titles of files and what these are. It knows no language, role, page list or
//! depth of these: they are added to what it wrote.

use epub_builder::ReferenceType;

use super::package::identifier;
use super::{Content, EpubError, parsed, part};
use crate::model::book::{Anchor, Book, Kind, Section};
use crate::render::html::{self, Addresses, KIND};
use crate::render::markup::{self, Element, element};

/// The name of the contents in the archive.
pub(super) const NAV: &str = "OEBPS/nav.xhtml";

/// The name of the contents for readers of EPUB 2 in the archive.
pub(super) const NCX: &str = "OEBPS/toc.ncx";

/// The section at which e-readers open the book: the first chapter, which says how to use it.
pub(super) fn opening(book: &Book) -> Option<&Section> {
    let chapter = (book.sections.iter()).find(|section| section.kind == Kind::Chapter);
    chapter.or_else(|| book.sections.iter().find(|it| !it.kind.is_front()))
}

/// What a section is among the landmarks: the first of its kind.
pub(super) fn landmark(book: &Book, section: &Section) -> Option<ReferenceType> {
    let is_first = |wanted: &dyn Fn(&Section) -> bool| {
        let first = book.sections.iter().find(|section| wanted(section));
        first.is_some_and(|first| first.anchor == section.anchor)
    };
    let landmark = match section.kind {
        Kind::Title => ReferenceType::TitlePage,
        Kind::Contents => ReferenceType::Toc,
        Kind::Index => ReferenceType::Index,
        Kind::Glossary => ReferenceType::Glossary,
        Kind::References => ReferenceType::Bibliography,
        Kind::Colophon => ReferenceType::Colophon,
        Kind::Imprint
        | Kind::Overview
        | Kind::Changes
        | Kind::Part
        | Kind::Chapter
        | Kind::Site
        | Kind::SiteTechnique
        | Kind::Technique => {
            let begins = opening(book).is_some_and(|it| it.anchor == section.anchor);
            return begins.then_some(ReferenceType::Text);
        }
    };
    is_first(&|other| other.kind == section.kind).then_some(landmark)
}

/// `nav.xhtml` with languages, roles and the list of pages.
pub(super) fn nav(
    written: &[u8],
    book: &Book,
    content: &Content<'_>,
    addresses: &Addresses,
) -> Result<Vec<u8>, EpubError> {
    let (labels, language) = (&book.labels, &book.meta.language);
    let mut root = parsed(written)?;
    root.set("lang", language);
    root.set("xml:lang", language);
    let title = part(&mut root, "title")?;
    *title = element("title").child(labels.navigation.as_str());
    let body = part(&mut root, "body")?;
    for nav in body.elements_mut() {
        match nav.attribute(KIND) {
            Some("toc") => nav.set("role", "doc-toc"),
            Some("landmarks") => {
                nav.set("hidden", "hidden");
                let list = nav.take_children();
                nav.push(element("h2").child(labels.landmarks.as_str()));
                for child in list {
                    nav.push(child);
                }
            }
            Some(_) | None => {}
        }
    }
    if !content.pages.is_empty() {
        let items = content.pages.iter().map(|(label, place)| {
            let link = element("a").link("href", place.clone());
            element("li").child(link.child(*label))
        });
        let list: html::Element = element("nav")
            .with(KIND, "page-list")
            .with("role", "doc-pagelist")
            .with("hidden", "hidden")
            .child(element("h2").child(labels.pages.as_str()))
            .child(element("ol").children(items));
        body.push(addresses.link(list));
    }
    Ok(markup::xml(&root, Some("html")))
}

/// `toc.ncx` with identifier, language, title, depth and the list of pages.
pub(super) fn ncx(
    written: &[u8],
    book: &Book,
    content: &Content<'_>,
    addresses: &Addresses,
) -> Result<Vec<u8>, EpubError> {
    let pages = &content.pages;
    let mut root = parsed(written)?;
    root.set("xml:lang", book.meta.language.as_str());
    let points = part(&mut root, "navMap")?;
    let (depth, number) = (depth(points), number(points));
    let meta = |(name, content): (&str, String)| {
        element("meta").with("name", name).with("content", content)
    };
    let facts = [
        ("dtb:uid", identifier(&book.meta)),
        ("dtb:depth", depth.to_string()),
        ("dtb:totalPageCount", pages.len().to_string()),
        ("dtb:maxPageNumber", last_number(pages).to_string()),
    ];
    *part(&mut root, "head")? = element("head").children(facts.map(meta));
    let title = element("text").child(book.meta.title.as_str());
    *part(&mut root, "docTitle")? = element("docTitle").child(title);
    if !pages.is_empty() {
        let list: html::Element = element("pageList").children(page_targets(pages, number));
        root.push(addresses.link(list));
    }
    Ok(markup::xml(&root, None))
}

/// How many levels of points are below an element.
fn depth(element: &Element) -> usize {
    let points = element
        .elements()
        .filter(|child| child.name() == "navPoint");
    points
        .map(|point| 1 + depth(point))
        .max()
        .unwrap_or_default()
}

/// How many points are below an element.
fn number(element: &Element) -> usize {
    let points = element
        .elements()
        .filter(|child| child.name() == "navPoint");
    points.map(|point| 1 + number(point)).sum()
}

/// The highest number among the labels of pages.
fn last_number(pages: &[(&str, Anchor)]) -> u32 {
    let numbers = pages.iter().filter_map(|(label, _)| label.parse().ok());
    numbers.max().unwrap_or_default()
}

/// The pages for readers of EPUB 2, in an order that goes on after `last`.
fn page_targets(pages: &[(&str, Anchor)], last: usize) -> impl Iterator<Item = html::Element> {
    (1..).zip(pages).map(move |(index, (label, place))| {
        let number = label.parse::<u32>().is_ok();
        element("pageTarget")
            .with("id", format!("target-{index}"))
            .with("type", if number { "normal" } else { "front" })
            .with_some("value", number.then_some(*label))
            .with("playOrder", (last + index).to_string())
            .child(element("navLabel").child(element("text").child(*label)))
            .child(element("content").link("src", place.clone()))
    })
}
