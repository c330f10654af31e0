//! The ways into the book: contents, landmarks and pages (`nav.xhtml`), and contents for readers
//! of EPUB 2 (`toc.ncx`).

use super::Content;
use super::document::COVER;
use crate::model::book::{Anchor, Book, Kind, Section};
use crate::render::html::{Element, KIND, Node};
use crate::render::markup::element;

/// `nav.xhtml`.
pub(super) fn nav(book: &Book, content: &Content<'_>) -> Element {
    let labels = &book.labels;
    let contents = element("nav")
        .with(KIND, "toc")
        .with("role", "doc-toc")
        .with("id", "toc")
        .child(element("h1").child(labels.contents.as_str()))
        .child(contents(&book.sections));
    let landmarks = element("nav")
        .with(KIND, "landmarks")
        .with("hidden", "hidden")
        .child(element("h2").child(labels.landmarks.as_str()))
        .child(landmarks(book, content));
    let pages = &content.pages;
    let list = (!pages.is_empty()).then(|| {
        element("nav")
            .with(KIND, "page-list")
            .with("role", "doc-pagelist")
            .with("hidden", "hidden")
            .child(element("h2").child(labels.pages.as_str()))
            .child(element("ol").children(pages.iter().map(|(label, place)| item(place, label))))
    });
    element("div")
        .child(contents)
        .child(landmarks)
        .children(list)
}

fn item(place: &Anchor, text: &str) -> Element {
    element("li").child(element("a").link("href", place.clone()).child(text))
}

/// What the contents list: everything but the title page.
fn listed(sections: &[Section]) -> Vec<&Section> {
    sections
        .iter()
        .filter(|section| section.kind != Kind::Title)
        .collect()
}

fn contents(sections: &[Section]) -> Element {
    list(&listed(sections), 1)
}

/// The sections of `depth` as a list, each with those below it.
fn list(sections: &[&Section], depth: u8) -> Element {
    let mut items = Vec::new();
    let mut rest = sections;
    while let [first, others @ ..] = rest {
        let below = others
            .iter()
            .take_while(|section| section.depth > depth)
            .count();
        let (below, after) = others.split_at(below);
        let mut item = item(&first.anchor, &first.title.text);
        if !below.is_empty() {
            item = item.child(list(below, depth + 1));
        }
        items.push(item);
        rest = after;
    }
    element("ol").children(items)
}

fn landmarks(book: &Book, content: &Content<'_>) -> Element {
    let find = |kind: Kind| book.sections.iter().find(|section| section.kind == kind);
    let body = book
        .sections
        .iter()
        .find(|section| !section.kind.is_front());
    let marks = [
        ("titlepage", find(Kind::Title)),
        ("toc", find(Kind::Contents)),
        ("bodymatter", body),
        ("index", find(Kind::Index)),
        ("glossary", find(Kind::Glossary)),
        ("bibliography", find(Kind::References)),
    ];
    let link = |kind: &str| element("a").with(KIND, kind);
    let cover = content.cover.then(|| {
        let link = link("cover").with("href", COVER);
        element("li").child(link.child(book.cover.name.as_str()))
    });
    let items = marks.into_iter().filter_map(|(kind, section)| {
        let Section { anchor, title, .. } = section?;
        let link = link(kind).link("href", anchor.clone());
        Some(element("li").child(link.child(title.text.as_str())))
    });
    element("ol").children(cover).children(items)
}

/// `toc.ncx`.
pub(super) fn ncx(book: &Book, identifier: &str, content: &Content<'_>) -> Element {
    let pages = &content.pages;
    let meta =
        |name: &str, content: &str| element("meta").with("name", name).with("content", content);
    let mut order = 0;
    let points = points(&listed(&book.sections), 1, &mut order);
    element("ncx")
        .with("xmlns", "http://www.daisy.org/z3986/2005/ncx/")
        .with("version", "2005-1")
        .with("xml:lang", book.meta.language.as_str())
        .child(
            element("head")
                .child(meta("dtb:uid", identifier))
                .child(meta("dtb:depth", "3"))
                .child(meta("dtb:totalPageCount", &pages.len().to_string()))
                .child(meta("dtb:maxPageNumber", &last_number(pages).to_string())),
        )
        .child(element("docTitle").child(element("text").child(book.meta.title.as_str())))
        .child(element("navMap").children(points))
        .children(
            (!pages.is_empty()).then(|| element("pageList").children(page_targets(pages, order))),
        )
}

/// The highest number among the labels of pages.
fn last_number(pages: &[(&str, Anchor)]) -> u32 {
    let numbers = pages.iter().filter_map(|(label, _)| label.parse().ok());
    numbers.max().unwrap_or_default()
}

/// The pages for readers of EPUB 2, in an order that goes on after `last`.
fn page_targets(pages: &[(&str, Anchor)], last: usize) -> impl Iterator<Item = Element> {
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

fn points(sections: &[&Section], depth: u8, order: &mut usize) -> Vec<Node> {
    let mut points = Vec::new();
    let mut rest = sections;
    while let [first, others @ ..] = rest {
        let below = others
            .iter()
            .take_while(|section| section.depth > depth)
            .count();
        let (below, after) = others.split_at(below);
        *order += 1;
        let text = element("text").child(first.title.text.as_str());
        let point = element("navPoint")
            .with("id", format!("point-{order}"))
            .with("playOrder", order.to_string())
            .child(element("navLabel").child(text))
            .child(element("content").link("src", first.anchor.clone()))
            .children(self::points(below, depth + 1, order));
        points.push(point.into());
        rest = after;
    }
    points
}
