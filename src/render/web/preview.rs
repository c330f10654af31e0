//! The web edition for those who write it: a page when it is asked for, each block with its place in the files.

use std::collections::BTreeMap;

use super::page::{Head, Page, Surroundings};
use super::{
    Edition, SHARED, addresses, articles, home, opens, pages, search, shared, trees, without_pages,
};
use crate::digest::sha256;
use crate::model::book::{Anchor, Block, Section};
use crate::model::content::ContentFile;
use crate::product::HOME;
use crate::render::html::{self, Addresses, Html};
use crate::render::markup::{Element, element, html as document};
use crate::source::Source;

/// The head of the pages: they follow what is saved, and may ask the server that they come from.
const HEAD: Head = Head {
    policy: "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; script-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'",
    files: &[
        &SHARED,
        &[
            ("preview.css", "web/preview.css"),
            ("preview.js", "web/preview.js"),
        ],
    ],
};

/// A book that is shown while it is written.
pub struct Preview<'a> {
    edition: Edition<'a>,
    sources: &'a [Source],
    pages: Vec<Page<'a>>,
    html: Html<'a>,
    addresses: &'a Addresses,
}

impl<'a> Preview<'a> {
    /// The pages of an edition that was read from `sources`. `addresses` are those of [`Self::addresses`].
    #[must_use]
    pub fn new(edition: Edition<'a>, sources: &'a [Source], addresses: &'a Addresses) -> Self {
        Self {
            edition,
            sources,
            pages: pages(edition.book),
            html: Html::new(edition.book, edition.pages).with_places(sources),
            addresses,
        }
    }

    /// Where each place of an edition is: to be made once, as it takes longer than a page.
    #[must_use]
    pub fn addresses(edition: Edition<'a>) -> Addresses {
        let html = Html::new(edition.book, edition.pages);
        addresses(&pages(edition.book), &trees(edition.book, &html))
    }

    /// The same after some sections changed.
    #[must_use]
    pub fn renewed_addresses(
        edition: Edition<'a>,
        mut before: Addresses,
        changed: &[Anchor],
    ) -> Addresses {
        let html = Html::new(edition.book, edition.pages);
        let sections = edition.book.sections.iter().filter(|it| !opens(it));
        for section in sections.filter(|section| changed.contains(&section.anchor)) {
            let pages: Vec<Page<'_>> = articles::pages(section).collect();
            let trees = articles::trees(section, html.section(section));
            before.add(pages.iter().map(|page| page.name.as_str()).zip(&trees));
        }
        before
    }

    /// A file of the edition: a page, a picture, or what pages use.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<Vec<u8>> {
        let edition = self.edition;
        if let Some(number) = self.pages.iter().position(|page| page.name == name) {
            return self.page(number);
        }
        let meta = &edition.book.meta;
        let mut files = shared(&HEAD, Some(meta)).chain(html::fonts::files(&meta.fonts));
        if let Some((_, bytes)) = files.find(|(other, _)| other == name) {
            return Some(bytes);
        }
        if name == search::INDEX {
            let (_, rows) = search::index(edition.book, self.addresses);
            return Some(rows);
        }
        self.picture(name).cloned()
    }

    fn page(&self, number: usize) -> Option<Vec<u8>> {
        let page = self.pages.get(number)?;
        let around = Surroundings {
            edition: self.edition,
            head: HEAD,
            pages: &self.pages,
            html: &self.html,
            addresses: self.addresses,
        };
        let mut tree = without_pages(self.tree(page)?);
        self.name_pictures(&mut tree);
        let (_, bytes) = around.file(number, tree);
        Some(bytes)
    }

    /// Gives the address of each picture the digest of its bytes, so that a browser asks for it again when it was saved again.
    fn name_pictures(&self, tree: &mut html::Element) {
        if tree.name() == "img"
            && let Some(name) = tree.attribute("src").map(str::to_owned)
            && let Some(bytes) = self.picture(&name)
        {
            tree.set("src", format!("{name}?{}", sha256(bytes)));
        }
        for element in tree.elements_mut() {
            self.name_pictures(element);
        }
    }

    /// The picture of a name in the edition.
    fn picture(&self, name: &str) -> Option<&'a Vec<u8>> {
        let pictures = self.edition.book.pictures().into_iter();
        let mut pictures = pictures.filter(|path| html::picture(path) == name);
        self.edition.images.get(pictures.next()?)
    }

    fn tree(&self, page: &Page<'_>) -> Option<html::Element> {
        if page.is_home() {
            let sections = self.edition.book.sections.iter();
            let sections: Vec<&Section> = sections.filter(|section| opens(section)).collect();
            return home(&sections, &self.html);
        }
        let trees = articles::trees(page.section, self.html.section(page.section));
        let mut both = articles::pages(page.section).zip(trees);
        both.find_map(|(other, tree)| (other.name == page.name).then_some(tree))
    }

    /// The page that shows each file of the content folder, by its path; those that no page shows as a whole, such as
    /// `handbook.toml`, are left out.
    #[must_use]
    pub fn pages_of_files(&self) -> BTreeMap<&'a str, String> {
        let mut found = BTreeMap::new();
        let path = |source: u32| self.sources.get(source as usize).map(|it| it.path.as_str());
        for section in &self.edition.book.sections {
            let mut note = |path: Option<&'a str>, place: &Anchor| {
                if let (Some(path), Some(address)) = (path, self.addresses.get(place)) {
                    found.entry(path).or_insert_with(|| address.to_owned());
                }
            };
            let own = section.title.origin.map(|origin| origin.source.0);
            note(own.and_then(path), &section.anchor);
            for block in &section.blocks {
                if let Block::Glossary(words) = block {
                    let origin = words.iter().find_map(|word| word.term.origin);
                    note(origin.and_then(|it| path(it.source.0)), &section.anchor);
                }
                if let Block::Articles(entries) = block {
                    for entry in entries {
                        let path = ContentFile::Reference(entry.reference.clone()).path();
                        let source = self.sources.iter().find(|source| source.path == path);
                        note(source.map(|source| source.path.as_str()), &entry.anchor);
                    }
                }
            }
        }
        found
    }
}

/// The page that is shown while there is no book yet: an empty one that follows what is saved. Also the files that it
/// uses, by their names.
#[must_use]
pub fn before_the_first(name: &str) -> Option<Vec<u8>> {
    let (policy, files) = HEAD.elements(None);
    let head = element("head")
        .child(element("meta").with("charset", "utf-8"))
        .child(policy)
        .child(element("title").child("fascicle watch"))
        .child(element("link").with("rel", "icon").with("href", "data:,"))
        .children(files.into_iter().filter(|file| !is_search(file)));
    let body = element("body").child(element("main").with("id", "text"));
    let root = element("html").with("lang", "en").child(head).child(body);
    match name {
        HOME => Some(document(&root)),
        name => shared(&HEAD, None).find_map(|(shared, bytes)| (shared == name).then_some(bytes)),
    }
}

/// The script of the search, which needs its form.
fn is_search(file: &Element) -> bool {
    file.attribute("src") == Some("search.js")
}
