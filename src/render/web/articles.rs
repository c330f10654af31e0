//! Articles on the web: a list of all, and a page for each, whose address can be passed on.

use super::page::Page;
use crate::model::book::{Anchor, Block, Entry, Section, plain_text};
use crate::render::html::{Element, Node, isolates};
use crate::render::markup::element;

/// The pages of a section: its own, and one more for each article that it tells in full.
pub(super) fn pages(section: &Section) -> impl Iterator<Item = Page<'_>> {
    let articles = entries(section).iter();
    let articles = articles.map(|entry| Page::of_article(section, entry));
    std::iter::once(Page::of(section)).chain(articles)
}

/// What these pages show, made of the section's tree.
pub(super) fn trees(section: &Section, mut whole: Element) -> Vec<Element> {
    let entries = entries(section);
    let mut items = Vec::new();
    let mut notes = Vec::new();
    for child in whole.take_children() {
        match child {
            Node::Element(mut list) if is_list(&list) && !entries.is_empty() => {
                items = list.take_children();
                whole.push(lines(entries));
            }
            Node::Element(note) if note.name() == "aside" && !items.is_empty() => notes.push(note),
            child @ (Node::Element(_) | Node::Text(_)) => whole.push(child),
        }
    }
    let articles = items.into_iter().map(|item| article(item, &notes));
    let mut trees: Vec<Element> = articles.collect();
    trees.insert(0, whole);
    trees
}

/// The articles that a section tells in full.
fn entries(section: &Section) -> &[Entry] {
    let mut blocks = section.blocks.iter();
    let entries = blocks.find_map(|block| {
        let Block::Articles(entries) = block else {
            return None;
        };
        Some(entries.as_slice())
    });
    entries.unwrap_or_default()
}

fn is_list(element: &Element) -> bool {
    element.attribute("class") == Some("articles")
}

/// A line for each article: its key, which leads to its page, and its title.
fn lines(entries: &[Entry]) -> Element {
    let line = |entry: &Entry| {
        let link = element("a").link("href", entry.anchor.clone());
        let title = format!(" {}", plain_text(&entry.title));
        element("li")
            .child(link.child(entry.key.text.as_str()))
            .children(isolates::elements(vec![title.into()]))
    };
    element("ul")
        .with("class", "articles")
        .with("role", "list")
        .children(entries.iter().map(line))
}

/// The page of an article: its key is the heading. Of the footnotes, it has those that it refers to.
fn article(item: Node, notes: &[Element]) -> Element {
    let Node::Element(mut item) = item else {
        return element("section");
    };
    item.rename_itself("section");
    // Before the label are marks of pages.
    let is_label = |child: &Node| matches!(child, Node::Element(it) if it.name() == "p");
    let mut children = item.take_children();
    let label = children.iter().position(is_label).unwrap_or_default();
    let mut parts = children.split_off(label).into_iter();
    let mut item = item.children(children);
    let mut heading = element("h1");
    if let Some(Node::Element(mut label)) = parts.next() {
        let mut words = label.take_children().into_iter();
        if let Some(Node::Element(mut key)) = words.next() {
            heading = heading.children(key.take_children());
        }
        // The dot between the key and what follows it.
        item = item.child(heading).child(label.children(words.skip(1)));
    }
    let mut item = item.children(parts);
    let own = notes.iter().filter(|note| {
        let place = note.attribute("id").map(|id| Anchor(id.to_owned()));
        place.is_some_and(|place| item.leads_to(&place))
    });
    let own: Vec<Element> = own.cloned().collect();
    for note in own {
        item.push(note);
    }
    item
}
