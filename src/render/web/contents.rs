//! The contents beside a page: the parts of the book, and what stands beside and below the page.

use std::collections::BTreeSet;

use super::opens;
use crate::model::book::{Anchor, Book, Section};
use crate::render::html::Addresses;
use crate::render::markup::{Element, element};

/// The contents as seen from the page of a section; `None` on the page that shows all of them.
pub(super) fn contents(book: &Book, addresses: &Addresses, here: &Section) -> Option<Element> {
    if opens(here) {
        return None;
    }
    let sections: Vec<&Section> = book.sections.iter().filter(|it| !opens(it)).collect();
    let parents = parents(&sections);
    let at = sections.iter().position(|it| it.anchor == here.anchor)?;
    let path: BTreeSet<usize> = std::iter::successors(Some(at), |at| parents[*at]).collect();
    let is_shown = |at: &usize| parents[*at].is_none_or(|parent| path.contains(&parent));
    let shown = (0..sections.len()).filter(is_shown).map(|other| {
        let section = sections[other];
        let link = element("a")
            .with_some("href", addresses.get(&section.anchor))
            .with_some("aria-current", (other == at).then_some("page"));
        (section.depth, link.child(section.title.text.as_str()))
    });
    let label = element("h2").with("id", "contents-title");
    let nav = element("nav")
        .with("class", "contents")
        .with("aria-labelledby", "contents-title")
        .child(label.child(book.labels.contents.as_str()))
        .child(nested(&mut shown.peekable(), 1));
    Some(nav)
}

/// The sections above that of a page, from the outermost; links to them stand above its heading.
pub(super) fn way(
    book: &Book,
    addresses: &Addresses,
    here: &Section,
    place: &Anchor,
) -> Option<Element> {
    let before = book
        .sections
        .iter()
        .take_while(|it| it.anchor != here.anchor);
    let mut above: Vec<&Section> = Vec::new();
    for section in before.filter(|it| !opens(it)) {
        above.retain(|it| it.depth < section.depth);
        above.push(section);
    }
    above.retain(|it| it.depth < here.depth);
    // An article is below the section that tells it.
    above.extend((here.anchor != *place).then_some(here));
    let links = above.iter().map(|section| {
        let link = element("a").with_some("href", addresses.get(&section.anchor));
        element("li").child(link.child(section.title.text.as_str()))
    });
    let list = element("ol").children(links);
    (!above.is_empty()).then(|| {
        element("nav")
            .with("class", "way")
            .with("aria-label", book.labels.web.way.as_str())
            .child(list)
    })
}

/// The section above each one, by number.
fn parents(sections: &[&Section]) -> Vec<Option<usize>> {
    let mut above: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(sections.len());
    for (at, section) in sections.iter().enumerate() {
        while above
            .last()
            .is_some_and(|last| sections[*last].depth >= section.depth)
        {
            above.pop();
        }
        parents.push(above.last().copied());
        above.push(at);
    }
    parents
}

/// A list of the links down to `depth`, with lists of those below them.
fn nested(
    links: &mut std::iter::Peekable<impl Iterator<Item = (u8, Element)>>,
    depth: u8,
) -> Element {
    let mut items: Vec<Element> = Vec::new();
    while let Some((level, link)) = links.next_if(|(level, _)| *level >= depth) {
        debug_assert!(level >= depth);
        let below = links.peek().is_some_and(|(next, _)| *next > depth);
        let below = below.then(|| nested(links, depth + 1));
        items.push(element("li").child(link).children(below));
    }
    element("ul").children(items)
}
