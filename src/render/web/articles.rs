//! Articles on the web: a list of all, and a page for each, whose address can be passed on.

use super::page::Page;
use crate::model::book::{Anchor, Block, Entry, Section, plain_text};
use crate::render::html::{Element, Node};
use crate::render::markup::element;

/// The pages of a section whose tree is `whole`: one, and one more for each article that it tells in full.
pub(super) fn pages(section: &Section, mut whole: Element) -> Vec<(Page<'_>, Element)> {
    let mut entries: &[Entry] = &[];
    let mut items = Vec::new();
    let mut notes = Vec::new();
    for (block, child) in blocks(section, whole.take_children()) {
        match (block, child) {
            (Some(Block::Articles(all)), Node::Element(mut list)) => {
                entries = all;
                items = list.take_children();
                whole.push(lines(all));
            }
            (None, Node::Element(note)) if note.name() == "aside" && !entries.is_empty() => {
                notes.push(note);
            }
            (_, child) => whole.push(child),
        }
    }
    let articles = entries.iter().zip(items).map(|(entry, item)| {
        let tree = article(item, &notes);
        (Page::of_article(section, entry), tree)
    });
    let mut pages = vec![(Page::of(section), Element::clone(&whole))];
    pages.extend(articles);
    pages
}

/// The children of a section's tree, those that show the articles beside their block.
fn blocks(section: &Section, children: Vec<Node>) -> impl Iterator<Item = (Option<&Block>, Node)> {
    let articles = section
        .blocks
        .iter()
        .find(|block| matches!(block, Block::Articles(_)));
    children.into_iter().map(move |child| {
        let is_list =
            matches!(&child, Node::Element(list) if list.attribute("class") == Some("articles"));
        (articles.filter(|_| is_list), child)
    })
}

/// A line for each article: its key, which leads to its page, and its title.
fn lines(entries: &[Entry]) -> Element {
    let line = |entry: &Entry| {
        let link = element("a").link("href", entry.anchor.clone());
        element("li")
            .child(link.child(entry.key.text.as_str()))
            .child(format!(" {}", plain_text(&entry.title)))
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
