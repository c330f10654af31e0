//! [`Book`] → the web edition: a page for each section, with the ways to the others, and a search.
//!
//! The name of a page is the place of its section, so its address stays as long as the section keeps its name. Nothing
//! but the search needs a script, and no page asks another host for anything.

mod articles;
mod contents;
mod moved;
mod page;
mod preview;
mod search;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::html::{self, Addresses, Html};
use super::markup::{element, xml};
use super::{File, PageMap};
use crate::model::book::{Anchor, Book, Kind, Meta, Section, Topic};
use crate::product::{HOME, READ};
use crate::styles;
use page::{Head, Page, Surroundings};
pub use preview::{Preview, before_the_first};

/// The files that every page uses: name, and path below `styles/`.
const SHARED: [(&str, &str); 5] = [
    ("book.css", "epub.css"),
    ("spoken.css", "spoken.css"),
    ("columns.css", COLUMNS),
    ("web.css", "web/web.css"),
    ("search.js", "web/search.js"),
];

/// The path of the styles of tables in columns, which are repeated for each width.
const COLUMNS: &str = "columns.css";

/// The head of published pages: nothing from another host, and no script but the search.
const HEAD: Head = Head {
    policy: "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; script-src 'self'; \
             form-action 'self'; base-uri 'none'",
    files: &[&SHARED],
};

/// The file with the addresses of all pages, which belongs beside the page of the download site.
pub const SITEMAP: &str = "sitemap.xml";

/// What the web edition is made from.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    /// The book.
    pub book: &'a Book,
    /// The pages of the printed book, if they are known.
    pub pages: Option<&'a PageMap>,
    /// The pictures by their path below the content folder.
    pub images: &'a BTreeMap<String, Vec<u8>>,
    /// The files on a topic, as far as they are there.
    pub files: &'a (dyn Fn(&Topic) -> Files + Sync),
    /// The places that earlier editions had, and those that have taken their place; `None` for what is in the book no more.
    pub moved: &'a BTreeMap<Anchor, Option<Anchor>>,
    /// The download site that the pages are part of.
    pub site: Option<Site<'a>>,
}

/// The files on a topic: their addresses as seen from a page.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The handout.
    pub handout: Option<String>,
    /// Its articles, for a reference manager.
    pub citations: Option<String>,
}

/// A download site.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The address of its page, as seen from those of the web edition.
    pub page: &'a str,
    /// Where it is, without a slash at the end, if that is known.
    pub address: Option<&'a str>,
    /// Whether it has a picture of the cover.
    pub has_cover: bool,
}

impl Site<'_> {
    /// The full address of a page of the web edition, if it is known.
    fn canonical(self, name: &str) -> Option<String> {
        let address = self.address?;
        Some(match name {
            HOME => format!("{address}/{READ}/"),
            name => format!("{address}/{READ}/{name}"),
        })
    }
}

/// The files of the web edition, the home page first.
///
/// The same book gives the same bytes.
#[must_use]
pub fn web(edition: Edition<'_>) -> Vec<File> {
    let book = edition.book;
    let html = Html::new(book, edition.pages);
    let pages = pages(book);
    let trees = trees(book, &html);
    let addresses = addresses(&pages, &trees);
    let trees = trees.into_iter().map(without_pages);
    let trees: Vec<html::Element> = trees.collect();
    let around = Surroundings {
        edition,
        head: HEAD,
        pages: &pages,
        html: &html,
        addresses: &addresses,
    };
    let trees: Vec<_> = trees.into_iter().enumerate().collect();
    let mut files: Vec<File> = (trees.into_par_iter())
        .map(|(number, tree)| around.file(number, tree))
        .collect();
    files.extend(moved::pages(edition, &HEAD, (&pages, &addresses)));
    files.extend(sitemap(edition.site, &pages));
    files.push(search::index(book, &addresses));
    files.extend(shared(&HEAD, Some(&book.meta)));
    files.extend(html::fonts::files(&book.meta.fonts));
    files.extend(book.pictures().into_iter().filter_map(|path| {
        let bytes = edition.images.get(path)?;
        Some((html::picture(path), bytes.clone()))
    }));
    files
}

/// The addresses of all pages and of the download site, for search engines (sitemaps.org, protocol 0.9), if it is known
/// where they will be.
fn sitemap(site: Option<Site<'_>>, pages: &[Page<'_>]) -> Option<File> {
    let site = site?;
    let above = format!("{}/", site.address?);
    let pages = (pages.iter()).filter_map(|page| site.canonical(&page.name));
    let address = |address: String| element("url").child(element("loc").child(address));
    let all = std::iter::once(above).chain(pages).map(address);
    let root = element("urlset")
        .with("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")
        .children(all);
    Some((SITEMAP.to_owned(), xml(&root, None)))
}

/// The files that pages with this head use.
fn shared(head: &Head, meta: Option<&Meta>) -> impl Iterator<Item = File> {
    let files = head.files.iter().copied().flatten();
    let fonts = meta.and_then(|meta| html::fonts::stylesheet(&meta.fonts));
    let fonts = fonts.map(|style| (page::FONTS, style));
    let files = files.map(|(name, style)| {
        let text = match *style {
            COLUMNS => html::columns(),
            style => styles::get(style).unwrap_or_default().to_owned(),
        };
        let is_style = matches!(name.rsplit_once('.'), Some((_, "css")));
        let is_mirrored = is_style && meta.is_some_and(|meta| meta.is_right_to_left);
        (*name, styles::toward(is_mirrored, &text).into_owned())
    });
    let files: Vec<(&str, String)> = files.chain(fonts).collect();
    files
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
}

/// The pages in reading order. The sections that open the book share the first one.
fn pages(book: &Book) -> Vec<Page<'_>> {
    let first = book.sections.iter().find(|section| opens(section));
    let home = first.map(|first| Page {
        name: HOME.to_owned(),
        ..Page::of(first)
    });
    let others = book.sections.iter().filter(|section| !opens(section));
    home.into_iter()
        .chain(others.flat_map(articles::pages))
        .collect()
}

/// What these pages show, in the same order.
fn trees(book: &Book, html: &Html<'_>) -> Vec<html::Element> {
    let (first, others): (Vec<&Section>, Vec<&Section>) =
        book.sections.iter().partition(|section| opens(section));
    let others = others.par_iter();
    let others = others.flat_map_iter(|section| articles::trees(section, html.section(section)));
    let mut trees: Vec<html::Element> = home(&first, html).into_iter().collect();
    trees.par_extend(others);
    trees
}

/// Where each place is.
fn addresses(pages: &[Page<'_>], trees: &[html::Element]) -> Addresses {
    let names = pages.iter().map(|page| page.name.as_str());
    Addresses::new(names.zip(trees))
}

/// What the page that opens the book shows. Only its first section has a heading of the first level.
fn home(sections: &[&Section], html: &Html<'_>) -> Option<html::Element> {
    let (first, others) = sections.split_first()?;
    let others = others.iter().map(|section| {
        let mut tree = html.section(section);
        tree.rename("h1", "h2");
        tree
    });
    Some(element("div").child(html.section(first)).children(others))
}

/// The same, where marks of printed pages are places alone: HTML has no role for them that could have a name.
fn without_pages(mut tree: html::Element) -> html::Element {
    if tree.attribute("role") == Some("doc-pagebreak") {
        tree.remove("role");
        tree.remove("aria-label");
    }
    for child in tree.elements_mut() {
        let plain = without_pages(std::mem::replace(child, element("span")));
        *child = plain;
    }
    tree
}

/// Whether a section is on the page that opens the book.
fn opens(section: &Section) -> bool {
    matches!(section.kind, Kind::Title | Kind::Contents)
}
