//! The ways into the book: contents, landmarks and pages (`nav.xhtml`), and contents for readers
//! of EPUB 2 (`toc.ncx`).

use super::emit::{COVER, file, page};
use super::package::Content;
use crate::model::book::{Book, Kind, Section};
use crate::render::markup::{Element, Node, element};

/// `nav.xhtml`.
pub(super) fn nav(book: &Book, content: &Content<'_>, pages: &[(String, String)]) -> Element {
    let labels = &book.labels;
    let contents = element("nav")
        .with("epub:type", "toc")
        .with("role", "doc-toc")
        .with("id", "toc")
        .child(element("h1").child(labels.contents.as_str()))
        .child(contents(&book.sections));
    let landmarks = element("nav")
        .with("epub:type", "landmarks")
        .with("hidden", "hidden")
        .child(element("h2").child(labels.landmarks.as_str()))
        .child(landmarks(book, content));
    let list = (!pages.is_empty()).then(|| {
        element("nav")
            .with("epub:type", "page-list")
            .with("role", "doc-pagelist")
            .with("hidden", "hidden")
            .child(element("h2").child(labels.pages.as_str()))
            .child(
                element("ol").children(pages.iter().map(|(label, href)| item(href, label, None))),
            )
    });
    let title = labels.navigation.as_str();
    let body = element("div")
        .child(contents)
        .child(landmarks)
        .children(list);
    page(&book.meta.language, title, body)
}

fn item(href: &str, text: &str, kind: Option<&str>) -> Element {
    let link = element("a")
        .with_some("epub:type", kind)
        .with("href", href)
        .child(text);
    element("li").child(link)
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
        let mut item = item(&file(&first.anchor), &first.title.text, None);
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
    let cover = content.cover;
    let cover = cover.then(|| item(COVER, &book.cover.name, Some("cover")));
    let items = marks.into_iter().filter_map(|(kind, section)| {
        section.map(|section| item(&file(&section.anchor), &section.title.text, Some(kind)))
    });
    element("ol").children(cover).children(items)
}

/// `toc.ncx`.
pub(super) fn ncx(book: &Book, identifier: &str, pages: &[(String, String)]) -> Element {
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
fn last_number(pages: &[(String, String)]) -> u32 {
    let numbers = pages.iter().filter_map(|(label, _)| label.parse().ok());
    numbers.max().unwrap_or_default()
}

/// The pages for readers of EPUB 2, in an order that goes on after `last`.
fn page_targets(pages: &[(String, String)], last: usize) -> impl Iterator<Item = Element> {
    (1..).zip(pages).map(move |(index, (label, address))| {
        let number = label.parse::<u32>().is_ok();
        element("pageTarget")
            .with("id", format!("target-{index}"))
            .with("type", if number { "normal" } else { "front" })
            .with_some("value", number.then_some(label.as_str()))
            .with("playOrder", (last + index).to_string())
            .child(element("navLabel").child(element("text").child(label.as_str())))
            .child(element("content").with("src", address.as_str()))
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
            .child(element("content").with("src", file(&first.anchor)))
            .children(self::points(below, depth + 1, order));
        points.push(point.into());
        rest = after;
    }
    points
}
