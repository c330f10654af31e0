//! The download site: one page, its style and script, and the feeds; below it, the web edition.

mod feeds;

use std::collections::BTreeMap;

use crate::assemble::{self, Download, EditionView, Notes, SiteWords};
use crate::model::book::Topic;
use crate::model::draft::Handbook;
use crate::model::ledger::{Edition, Release};
use crate::product::{HOME, Product, READ, media_type};
use crate::render::File;
use crate::render::markup::{Element, Node, element, html};
use crate::styles;

/// All that a site is made from.
#[derive(Debug)]
pub struct SiteInput<'a> {
    /// The book.
    pub handbook: &'a Handbook,
    /// Its releases, in any order.
    pub releases: Vec<&'a Release>,
    /// Where the site will be, if that is known.
    pub website: Option<&'a str>,
    /// Where the files of earlier editions are, with `{edition}` for the number.
    pub downloads: Option<&'a str>,
    /// The files that are here: edition and name.
    pub kept: Vec<(String, String)>,
    /// The cover of the newest edition, a PNG, if there is one.
    pub cover: Option<Vec<u8>>,
    /// Whether the lines of the book run from right to left.
    pub is_right_to_left: bool,
    /// The pages of the web edition.
    pub reading: Vec<File>,
    /// Other names of the topics of handouts, by which they are found.
    pub names: BTreeMap<Topic, Vec<String>>,
    /// The articles of editions that were retracted since, by what a reader knows them by.
    pub retracted: BTreeMap<Edition, Vec<String>>,
}

/// Where a file of an edition is on the site.
#[must_use]
pub fn place(edition: &str, name: &str) -> String {
    format!("editions/{edition}/{name}")
}

impl SiteInput<'_> {
    /// The releases, the newest first.
    fn newest_first(&self) -> Vec<&Release> {
        let mut releases = self.releases.clone();
        releases.sort_by_key(|release| std::cmp::Reverse(release.edition));
        releases
    }

    fn has(&self, edition: &str, name: &str) -> bool {
        let mut kept = self.kept.iter();
        kept.any(|(of, file)| of == edition && file == name)
    }

    /// Where a file is, as seen from the page; `None` if nobody knows.
    pub(super) fn href(&self, edition: &str, name: &str) -> Option<String> {
        if self.has(edition, name) {
            return Some(place(edition, name));
        }
        let folder = self.downloads?.replace("{edition}", edition);
        Some(format!("{}/{name}", folder.trim_end_matches('/')))
    }

    /// The address of a page or file of the site: in full where that is known.
    pub(super) fn address(&self, path: &str) -> String {
        match self.website {
            // Files of earlier editions may be on another host.
            Some(website) if !path.contains("://") => {
                format!("{}/{path}", website.trim_end_matches('/'))
            }
            Some(_) | None => path.to_owned(),
        }
    }
}

/// The files of the releases that the site takes over: edition and name.
#[must_use]
pub fn copies(input: &SiteInput<'_>) -> Vec<(String, String)> {
    let mut copies = Vec::new();
    for release in &input.releases {
        let edition = release.edition.to_string();
        let names = release
            .artifacts
            .iter()
            .map(|artifact| artifact.name.as_str());
        for name in names.chain(["SHA256SUMS"]) {
            if input.has(&edition, name) {
                copies.push((edition.clone(), name.to_owned()));
            }
        }
    }
    copies
}

/// The page, its style and script, the feeds, and the pages to read.
#[must_use]
pub fn site(input: &SiteInput<'_>) -> Vec<File> {
    let handbook = input.handbook;
    let editions: Vec<EditionView> = (input.newest_first().into_iter())
        .map(|release| {
            let retracted = input.retracted.get(&release.edition);
            let retracted = retracted.map_or(&[][..], Vec::as_slice);
            assemble::edition_view(handbook, release, retracted)
        })
        .collect();
    let words = assemble::site_words(handbook);
    let style = styles::get("site.css").unwrap_or_default();
    let style = styles::toward(input.is_right_to_left, style);
    let script = styles::get("site.js").unwrap_or_default();
    let file = |name: &str, bytes: Vec<u8>| (name.to_owned(), bytes);
    let mut files = vec![
        file("index.html", html(&page(input, &words, &editions))),
        file("site.css", style.as_bytes().to_vec()),
        file("site.js", script.as_bytes().to_vec()),
        file("feed.xml", feeds::atom(input, &editions)),
        file("opds.xml", feeds::opds(input, &words, &editions)),
        file("opds.json", feeds::opds_2(input, &editions)),
    ];
    files.extend(
        input
            .cover
            .iter()
            .map(|cover| file("cover.png", cover.clone())),
    );
    files.extend(input.reading.iter().cloned());
    files
}

/// The feeds: file, media type.
const FEEDS: [(&str, &str); 3] = [
    ("feed.xml", "application/atom+xml"),
    ("opds.xml", feeds::OPDS),
    ("opds.json", feeds::OPDS_2),
];

/// What the page may do: nothing from another host, and no script but its own.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
                      form-action 'none'; base-uri 'none'";

fn page(input: &SiteInput<'_>, words: &SiteWords, editions: &[EditionView]) -> Element {
    let handbook = input.handbook;
    let feed = |(href, kind): (&'static str, &'static str)| {
        let link = element("link").with("rel", "alternate");
        link.with("type", kind).with("href", href)
    };
    let head = element("head")
        .child(element("meta").with("charset", "utf-8"))
        .child(
            element("meta")
                .with("http-equiv", "Content-Security-Policy")
                .with("content", POLICY),
        )
        .child(
            element("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
        )
        .child(element("title").child(handbook.title.as_str()))
        .child(
            element("meta")
                .with("name", "description")
                .with("content", handbook.description.as_str()),
        )
        .child(
            element("link")
                .with("rel", "stylesheet")
                .with("href", "site.css"),
        )
        .child(element("script").with("src", "site.js").with("defer", ""))
        .children(input.website.map(|_| {
            element("link")
                .with("rel", "canonical")
                .with("href", input.address(""))
        }))
        .child(icon(input))
        .children(FEEDS.map(feed));
    let skip = element("a").with("class", "skip").with("href", "#newest");
    let body = element("body")
        .child(skip.child(words.skip.as_str()))
        .child(header(input, words, editions.first()))
        .child(main(input, words, editions))
        .child(footer(words, editions));
    element("html")
        .with("lang", handbook.language.value.as_str())
        .with_some("dir", input.is_right_to_left.then_some("rtl"))
        .child(head)
        .child(body)
}

/// The picture in the tab of a browser: the cover, or none.
fn icon(input: &SiteInput<'_>) -> Element {
    let href = match input.cover {
        Some(_) => "cover.png",
        None => "data:,",
    };
    element("link").with("rel", "icon").with("href", href)
}

fn header(input: &SiteInput<'_>, words: &SiteWords, newest: Option<&EditionView>) -> Element {
    let handbook = input.handbook;
    let cover = input.cover.as_ref().map(|_| {
        element("img")
            .with("src", "cover.png")
            .with("alt", words.cover.as_str())
            .with("width", "150")
    });
    let subtitle = Some(handbook.subtitle.as_str()).filter(|text| !text.is_empty());
    element("header")
        .children(cover)
        .child(element("h1").child(handbook.title.as_str()))
        .children(subtitle.map(|text| paragraph(text).with("class", "subtitle")))
        .child(start(input, words, newest))
        .child(paragraph(&handbook.description))
        .child(paragraph(&handbook.disclaimer).with("class", "notice"))
}

fn main(input: &SiteInput<'_>, words: &SiteWords, editions: &[EditionView]) -> Element {
    let (newest, earlier) = match editions {
        [newest, earlier @ ..] => (Some(newest), earlier),
        [] => (None, editions),
    };
    element("main")
        .children(newest.map(|shown| newest_edition(input, words, shown)))
        .children(newest.map(|shown| changed(words, &shown.notes)))
        .child(earlier_editions(input, words, earlier))
        .child(follow(words))
}

/// The two things that most people want: to read the book here, and to take it along.
fn start(input: &SiteInput<'_>, words: &SiteWords, newest: Option<&EditionView>) -> Element {
    let hint = |text: &str| paragraph(text).with("class", "hint");
    let home = format!("{READ}/{HOME}");
    let read = input.reading.iter().any(|(path, _)| *path == home);
    let read = read.then(|| {
        let (label, what) = &words.read;
        let link = element("a").with("href", home).child(label.as_str());
        element("li").child(link).child(hint(what))
    });
    let is_pdf = |file: &&Download| matches!(file.product, Some(Product::Pdf(_)));
    let take = newest.and_then(|shown| {
        let pdf = shown.downloads.iter().find(is_pdf)?;
        let link = element("a")
            .with("href", input.href(&shown.edition, &pdf.name)?)
            .with("type", media_type(&pdf.name));
        let what = format!("{}, {}", pdf.label, pdf.size);
        let link = link.child(words.take.as_str());
        Some(element("li").child(link).child(hint(&what)))
    });
    let list = element("ul").with("class", "start");
    list.children(read).children(take)
}

/// The field that finds handouts. It is hidden until the script shows it: without one, nothing can be found by typing.
fn finder(words: &SiteWords) -> Element {
    let label = element("label").with("for", "find");
    let input = element("input")
        .with("id", "find")
        .with("type", "search")
        .with("autocomplete", "off")
        .with("spellcheck", "false");
    let status = element("p").with("class", "hint").with("role", "status");
    element("form")
        .with("role", "search")
        .with("class", "finder")
        .with("hidden", "")
        .with("data-found", words.found.as_str())
        .with("data-nothing", words.nothing.as_str())
        .child(label.child(words.find.as_str()))
        .child(input)
        .child(status)
}

fn section(id: &'static str, title: &str) -> Element {
    let heading = element("h2").with("id", format!("{id}-title"));
    element("section")
        .with("id", id)
        .with("aria-labelledby", format!("{id}-title"))
        .child(heading.child(title))
}

fn newest_edition(input: &SiteInput<'_>, words: &SiteWords, shown: &EditionView) -> Element {
    section("newest", &shown.title).children(files(input, words, shown))
}

/// The lists of an edition's files.
fn files(input: &SiteInput<'_>, words: &SiteWords, shown: &EditionView) -> Vec<Element> {
    let list = |class: &'static str, wanted: &dyn Fn(&Download) -> bool| {
        let chosen = shown.downloads.iter().filter(|file| wanted(file));
        let items: Vec<Element> = chosen
            .map(|file| item(input, &shown.edition, file))
            .collect();
        let list = element("ul").with("class", class);
        (!items.is_empty()).then(|| list.children(items))
    };
    let heading = |name: &'static str, text: &str| element(name).child(text);
    let mut out = Vec::new();
    let is_cover = |file: &Download| file.product == Some(Product::Cover);
    if let Some(list) = list("files books", &|file| file.is_book() && !is_cover(file)) {
        out.push(heading("h3", &words.books));
        out.push(paragraph(&words.books_intro));
        out.push(list);
    }
    out.extend(list("files", &is_cover));
    let handouts = |wanted: fn(&Topic) -> bool| {
        let chosen: Vec<&Download> = (shown.downloads.iter())
            .filter(|file| topic(file).is_some_and(wanted))
            .collect();
        let items = chosen.chunk_by(|one, next| topic(one) == topic(next));
        let items: Vec<Element> = items
            .map(|papers| {
                let articles = papers
                    .first()
                    .and_then(|first| articles(input, shown, first));
                on_papers(input, &shown.edition, papers).children(articles)
            })
            .collect();
        let list = element("ul").with("class", "files handouts");
        (!items.is_empty()).then(|| list.children(items))
    };
    let handouts = [
        (
            &words.handouts_sites,
            handouts(|topic| matches!(topic, Topic::Site(_))),
        ),
        (
            &words.handouts_site_techniques,
            handouts(|topic| matches!(topic, Topic::SiteTechnique(..))),
        ),
        (
            &words.handouts_techniques,
            handouts(|topic| matches!(topic, Topic::Technique(_))),
        ),
    ];
    if handouts.iter().any(|(_, list)| list.is_some()) {
        out.push(heading("h3", &words.handouts));
        out.push(paragraph(&words.handouts_intro));
        // Earlier editions are seldom taken from.
        let newest = input.releases.iter().map(|release| release.edition).max();
        let is_newest = newest.is_some_and(|newest| newest.to_string() == shown.edition);
        out.extend(is_newest.then(|| finder(words)));
    }
    for (title, list) in handouts {
        if let Some(list) = list {
            out.push(heading("h4", title));
            out.push(list);
        }
    }
    let href = |file: &Download| input.href(&shown.edition, &file.name);
    if !shown.downloads.iter().any(|file| href(file).is_some()) {
        out.push(paragraph(&words.not_kept));
    }
    let summary = element("summary").child(words.checksums.as_str());
    let checksums = checksums(&shown.downloads);
    out.push(element("details").child(summary).child(checksums));
    out
}

/// What a file is a handout on.
fn topic(file: &Download) -> Option<&Topic> {
    match &file.product {
        Some(Product::Handout(topic, _)) => Some(topic),
        Some(_) | None => None,
    }
}

/// The link to the articles of a handout, for a reference manager.
fn articles(input: &SiteInput<'_>, shown: &EditionView, file: &Download) -> Option<Element> {
    let Some(Product::Handout(topic, _)) = &file.product else {
        return None;
    };
    let mut downloads = shown.downloads.iter();
    let articles = downloads
        .find(|other| matches!(&other.product, Some(Product::Citations(of)) if of == topic))?;
    let href = input.href(&shown.edition, &articles.name)?;
    let link = element("a")
        .with("href", href)
        .with("type", media_type(&articles.name));
    let link = link.child(articles.label.as_str());
    Some(element("p").with("class", "hint").child(link))
}

/// A handout, on one paper or several: behind the first, the others are named by their papers.
fn on_papers(input: &SiteInput<'_>, edition: &str, papers: &[&Download]) -> Element {
    let [first, others @ ..] = papers else {
        return element("li");
    };
    let other = |file: &&Download| {
        let label = match file.hint.is_empty() {
            true => file.label.as_str(),
            false => file.hint.as_str(),
        };
        [" · ".into(), linked(input, edition, file, label)]
    };
    let names = topic(first).and_then(|topic| input.names.get(topic));
    let names = names.filter(|names| !names.is_empty());
    element("li")
        .with_some("data-names", names.map(|names| names.join(" ")))
        .child(linked(input, edition, first, &first.label))
        .child(file_size(first))
        .children(others.iter().flat_map(other))
}

/// A label that leads to a file, if that is there.
fn linked(input: &SiteInput<'_>, edition: &str, file: &Download, label: &str) -> Node {
    match input.href(edition, &file.name) {
        Some(href) => {
            let kind = media_type(&file.name);
            let link = element("a").with("href", href).with("type", kind);
            link.child(label).into()
        }
        None => label.into(),
    }
}

fn file_size(file: &Download) -> Element {
    let size = format!(" ({})", file.size);
    element("span").with("class", "size").child(size)
}

fn item(input: &SiteInput<'_>, edition: &str, file: &Download) -> Element {
    let size = file_size(file);
    let name = linked(input, edition, file, &file.label);
    let hint = Some(file.hint.as_str()).filter(|hint| !hint.is_empty());
    let hint = hint.map(|hint| paragraph(hint).with("class", "hint"));
    element("li").child(name).child(size).children(hint)
}

fn checksums(downloads: &[Download]) -> Element {
    let mut list = element("dl");
    for file in downloads {
        let digest = element("code").child(file.digest.as_str());
        list = list
            .child(element("dt").child(file.name.as_str()))
            .child(element("dd").child(digest));
    }
    list
}

fn changed(words: &SiteWords, notes: &Notes) -> Element {
    section("changes", &words.changes).children(told(notes, "h3"))
}

/// What changed, below a heading.
pub(super) fn told(notes: &Notes, heading: &'static str) -> Vec<Element> {
    let mut out: Vec<Element> = notes.intro.iter().map(|text| paragraph(text)).collect();
    for (title, lines) in &notes.groups {
        out.push(element(heading).child(title.as_str()));
        let lines = lines.iter().map(|line| element("li").child(line.as_str()));
        out.push(element("ul").children(lines));
    }
    out
}

fn earlier_editions(input: &SiteInput<'_>, words: &SiteWords, earlier: &[EditionView]) -> Element {
    let section = section("earlier", &words.earlier);
    if earlier.is_empty() {
        return section.child(paragraph(&words.none_earlier));
    }
    let edition = |shown: &EditionView| {
        let summary = element("summary").child(shown.title.as_str());
        let notice = shown.retracted.as_ref().map(|(intro, lines)| {
            let lines = lines.iter().map(|line| element("li").child(line.as_str()));
            element("div")
                .with("class", "notice")
                .child(paragraph(intro))
                .child(element("ul").children(lines))
        });
        element("details")
            .with("id", format!("edition-{}", shown.edition))
            .with_some("open", notice.as_ref().map(|_| ""))
            .child(summary)
            .children(notice)
            .children(told(&shown.notes, "h3"))
            .children(files(input, words, shown))
    };
    section.children(earlier.iter().map(edition))
}

fn follow(words: &SiteWords) -> Element {
    let labels = [&words.feed, &words.opds, &words.opds_2];
    let link = |((href, kind), label): ((&'static str, &'static str), &String)| {
        let link = element("a").with("href", href).with("type", kind);
        element("li").child(link.child(label.as_str()))
    };
    let links = FEEDS.into_iter().zip(labels).map(link);
    section("follow", &words.follow).child(element("ul").children(links))
}

fn footer(words: &SiteWords, editions: &[EditionView]) -> Element {
    let colophon = editions.first().map(|shown| {
        let text = paragraph(&shown.colophon);
        text.with("class", "colophon")
    });
    element("footer")
        .child(paragraph(&format!("{} {}", words.publisher, words.licence)))
        .children(colophon)
}

fn paragraph(text: &str) -> Element {
    element("p").child(text)
}
