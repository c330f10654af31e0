//! A page: one section or, for the one that opens the book, several; and what stands around it.

use super::{Edition, Files, contents, search};
use crate::model::book::{Anchor, Entry, Meta, Section, Topic};
use crate::model::draft::Role;
use crate::product::HOME;
use crate::render::File;
use crate::render::html::{self, Addresses, Html};
use crate::render::markup::{Element, element, html as document};

/// The styles for the fonts that a book brings.
pub(super) const FONTS: &str = "fonts.css";

/// What pages load, and what they may do.
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// The policy for their content.
    pub policy: &'static str,
    /// The files that they use: name, and path below `styles/`.
    pub files: &'static [&'static [(&'static str, &'static str)]],
}

impl Head {
    /// The elements for this, between which others may stand: the policy; the styles and scripts.
    pub(super) fn elements(self, meta: Option<&Meta>) -> (Element, Vec<Element>) {
        let policy = element("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with("content", self.policy);
        let files = self.files.iter().copied().flatten().map(|(name, _)| *name);
        let fonts = meta.filter(|meta| !meta.fonts.is_empty()).map(|_| FONTS);
        let files = files.chain(fonts).map(|name| match name.rsplit_once('.') {
            Some((_, "js")) => element("script").with("src", name).with("defer", ""),
            _ => element("link").with("rel", "stylesheet").with("href", name),
        });
        (policy, files.collect())
    }
}

/// A page of the web edition.
pub(super) struct Page<'a> {
    /// The name of its file.
    pub name: String,
    /// What it is about, in words of its own.
    pub title: String,
    /// The place that it shows.
    pub place: &'a Anchor,
    /// The section that it belongs to.
    pub section: &'a Section,
}

impl<'a> Page<'a> {
    /// The page of a section.
    pub(super) fn of(section: &'a Section) -> Self {
        Self {
            name: format!("{}.html", section.anchor.0),
            title: section.full_title.clone(),
            place: &section.anchor,
            section,
        }
    }

    /// The page of an article that a section tells in full.
    pub(super) fn of_article(section: &'a Section, entry: &'a Entry) -> Self {
        Self {
            name: format!("{}.html", entry.anchor.0),
            title: format!("{} – {}", entry.key.text, section.title.text),
            place: &entry.anchor,
            section,
        }
    }

    /// Whether it opens the book.
    pub(super) fn is_home(&self) -> bool {
        self.name == HOME
    }
}

/// What a page needs to know of the whole.
pub(super) struct Surroundings<'a> {
    pub edition: Edition<'a>,
    pub head: Head,
    pub pages: &'a [Page<'a>],
    pub html: &'a Html<'a>,
    pub addresses: &'a Addresses,
}

impl Surroundings<'_> {
    /// The file of the page of that number.
    pub(super) fn file(&self, number: usize, tree: html::Element) -> File {
        let Some(page) = self.pages.get(number) else {
            return (String::new(), Vec::new());
        };
        let book = self.edition.book;
        let skip = element("a").with("class", "skip").with("href", "#text");
        let main = element("main")
            .with("id", "text")
            .children(contents::way(
                book,
                self.addresses,
                page.section,
                page.place,
            ))
            .child(self.addresses.link(tree))
            .children(self.on_paper(page))
            .child(self.turn(number));
        let body = element("body")
            .child(skip.child(book.labels.web.skip.as_str()))
            .child(self.header(page))
            .child(main)
            .children(contents::contents(book, self.addresses, page.section))
            .child(self.footer(page));
        let kind = match page.is_home() {
            true => "https://schema.org/Book",
            false => "https://schema.org/Chapter",
        };
        let root = element("html")
            .with("lang", book.meta.language.as_str())
            .with_some("dir", html::direction(&book.meta))
            .with("itemscope", "")
            .with("itemtype", kind)
            .child(self.head(page))
            .child(body);
        (page.name.clone(), document(&root))
    }

    /// The title of a page, as tabs and lists of links show it.
    fn title(&self, page: &Page<'_>) -> String {
        let book = &self.edition.book.meta.title;
        match page.is_home() {
            true => book.clone(),
            false => format!("{} – {book}", page.title),
        }
    }

    fn head(&self, page: &Page<'_>) -> Element {
        let meta = &self.edition.book.meta;
        let title = self.title(page);
        let named = |name: &'static str, content: &str| {
            element("meta").with("name", name).with("content", content)
        };
        let shared = |property: &'static str, content: &str| {
            let shared = element("meta").with("property", property);
            shared.with("content", content)
        };
        let (policy, files) = self.head.elements(Some(meta));
        let site = self.edition.site;
        let canonical = site.and_then(|site| site.canonical(&page.name));
        let cover = site.filter(|site| site.has_cover);
        let cover = cover.and_then(|site| site.address);
        let cover = cover.map(|address| shared("og:image", &format!("{address}/cover.png")));
        let known = canonical.iter().flat_map(|full| {
            let link = element("link").with("rel", "canonical");
            [
                link.with("href", full.as_str()),
                shared("og:url", full.as_str()),
            ]
        });
        element("head")
            .child(element("meta").with("charset", "utf-8"))
            .child(policy)
            .child(named("viewport", "width=device-width, initial-scale=1"))
            .child(element("title").child(title.as_str()))
            .child(named("description", &meta.description))
            .child(named("color-scheme", "light dark"))
            .child(shared("og:type", "book"))
            .child(shared("og:title", &title))
            .child(shared("og:description", &meta.description))
            .child(shared("og:site_name", &meta.title))
            .child(shared("og:locale", &meta.language.replace('-', "_")))
            .children(known)
            .children(cover)
            .child(property("name", &page.title))
            .child(element("link").with("rel", "icon").with("href", "data:,"))
            .children(files)
    }

    /// The title of the book, which leads home, and the search, which the script shows.
    fn header(&self, page: &Page<'_>) -> Element {
        let book = self.edition.book;
        let home = (!page.is_home()).then(|| {
            let link = element("a").with("href", HOME);
            element("p")
                .with("class", "book")
                .child(link.child(book.meta.title.as_str()))
        });
        element("header")
            .children(home)
            .child(search::form(&book.labels.web))
    }

    /// Where the page is in print, its handout, and the articles of that.
    fn on_paper(&self, page: &Page<'_>) -> Option<Element> {
        let labels = &self.edition.book.labels.web;
        let number = self.html.page_of(page.place);
        let number = number.filter(|_| !page.is_home()).map(|number| {
            let text = labels.on_paper.replace("{page}", number);
            element("li").child(text)
        });
        let files = self.files(page.place);
        let link = |address: String, label: &str| {
            let link = element("a").with("href", address);
            element("li").child(link.child(label))
        };
        let handout = files.handout.map(|to| link(to, &labels.handout));
        let citations = files.citations.map(|to| link(to, &labels.citations));
        let items = number.into_iter().chain(handout).chain(citations);
        let items: Vec<Element> = items.collect();
        (!items.is_empty()).then(|| {
            element("aside")
                .with("class", "paper")
                .with("aria-label", labels.paper.as_str())
                .child(element("ul").children(items))
        })
    }

    fn files(&self, place: &Anchor) -> Files {
        let handouts = self.edition.book.handouts.iter();
        let topic = handouts.map(|handout| &handout.topic);
        let mut topics = topic.filter(|topic| section_of(topic) == *place);
        let topic = topics.next();
        topic.map(self.edition.files).unwrap_or_default()
    }

    /// The pages before and after.
    fn turn(&self, number: usize) -> Element {
        let labels = &self.edition.book.labels.web;
        let link = |page: Option<&Page<'_>>, relation: &'static str, label: &str| {
            let page = page?;
            let title = page.title.as_str();
            let link = element("a")
                .with("href", page.name.as_str())
                .with("rel", relation);
            let label = element("span")
                .with("class", "label")
                .child(format!("{label}: "));
            let link = link.child(label).child(title);
            Some(element("p").with("class", relation).child(link))
        };
        let before = number
            .checked_sub(1)
            .and_then(|before| self.pages.get(before));
        element("nav")
            .with("class", "turn")
            .with("aria-label", labels.turn.as_str())
            .children(link(before, "prev", &labels.previous))
            .children(link(self.pages.get(number + 1), "next", &labels.next))
    }

    /// Edition, licence and what the book is not; for programs, also who made it. Of a page that is not the book itself, it
    /// is what the page is part of.
    fn footer(&self, page: &Page<'_>) -> Element {
        let book = self.edition.book;
        let meta = &book.meta;
        let line = |text: &str| element("p").child(text);
        let whole = match page.is_home() {
            true => element("footer"),
            false => element("footer")
                .with("itemprop", "isPartOf")
                .with("itemscope", "")
                .with("itemtype", "https://schema.org/Book")
                .child(property("name", &meta.title)),
        };
        let compilers = meta.contributors.iter();
        let compilers = compilers.filter(|person| person.role == Role::Compiler);
        let others = self.edition.site.map(|site| {
            let way = element("a").with("href", site.page);
            element("p").child(way.child(book.labels.web.others.as_str()))
        });
        whole
            .children(compilers.map(|person| property("author", &person.name)))
            .child(property("publisher", &meta.publisher))
            .child(property("inLanguage", &meta.language))
            .child(property("datePublished", &meta.date.to_string()))
            .children(
                meta.licence
                    .iter()
                    .map(|licence| property("license", licence)),
            )
            .child(line(&book.cover.edition).with("itemprop", "bookEdition"))
            .child(line(&book.labels.web.disclaimer))
            .child(line(&meta.rights))
            .children(others)
    }
}

/// What programs learn of the page, or of the book (schema.org, as microdata).
fn property(name: &'static str, value: &str) -> Element {
    let property = element("meta").with("itemprop", name);
    property.with("content", value)
}

/// The section that a handout is about.
fn section_of(topic: &Topic) -> Anchor {
    Anchor(match topic {
        Topic::Technique(technique) => format!("technique-{technique}"),
        Topic::Site(site) => format!("site-{site}"),
        Topic::SiteTechnique(site, technique) => format!("site-{site}--{technique}"),
    })
}
