//! Pages at the addresses of earlier editions: each leads to what has taken its place.

use super::Edition;
use super::page::{Head, Page};
use crate::product::HOME;
use crate::render::File;
use crate::render::html::{Addresses, direction};
use crate::render::markup::{Element, element, html as document};

/// A page for each place that has moved or is gone, unless a page of today has its name.
pub(super) fn pages<'a>(
    edition: Edition<'a>,
    head: &'a Head,
    (today, addresses): (&'a [Page<'a>], &'a Addresses),
) -> impl Iterator<Item = File> + 'a {
    let moved = edition.moved.iter();
    let moved = moved.filter(|(old, _)| addresses.get(old).is_none());
    moved.map(move |(old, new)| {
        let address = new.as_ref().and_then(|new| addresses.get(new));
        let target = address.and_then(|address| today.iter().find(|page| page.name == address));
        let page = page(edition, head, target);
        (format!("{}.html", old.0), document(&page))
    })
}

/// A page that leads on at once to its `target`, or says that there is none.
fn page(edition: Edition<'_>, head: &Head, target: Option<&Page<'_>>) -> Element {
    let book = edition.book;
    let labels = &book.labels.web;
    let (policy, files) = head.elements(Some(&book.meta));
    let named = |name: &'static str, content: &str| {
        element("meta").with("name", name).with("content", content)
    };
    let on = target.map(|target| {
        element("meta")
            .with("http-equiv", "refresh")
            .with("content", format!("0; url={}", target.name))
    });
    let canonical = target.and_then(|target| edition.site?.canonical(&target.name));
    let canonical = canonical.map(|full| {
        let link = element("link").with("rel", "canonical");
        link.with("href", full)
    });
    let (words, address, title) = match target {
        Some(target) => (&labels.moved, target.name.as_str(), &target.title),
        None => (&labels.gone, HOME, &book.labels.contents),
    };
    let link = element("a").with("href", address);
    let main = element("main")
        .with("id", "text")
        .child(element("h1").child(book.meta.title.as_str()))
        .child(element("p").child(words.as_str()))
        .child(element("p").child(link.child(title.as_str())));
    let head = element("head")
        .child(element("meta").with("charset", "utf-8"))
        .child(policy)
        .children(on)
        .child(named("viewport", "width=device-width, initial-scale=1"))
        .child(named("robots", "noindex"))
        .child(element("title").child(book.meta.title.as_str()))
        .children(canonical)
        // There is nothing to search for here.
        .children(files.into_iter().filter(|file| !file.holds("script")));
    element("html")
        .with("lang", book.meta.language.as_str())
        .with_some("dir", direction(&book.meta))
        .child(head)
        .child(element("body").child(main))
}
