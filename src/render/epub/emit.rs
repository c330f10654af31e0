//! Sections → XHTML, with the pages of the printed book marked.

use super::links::{Links, citation_id, note_mark};
use super::pages::Pages;
use crate::model::book::{
    Anchor, Block, Book, Display, Entry, Footnote, GlossaryEntry, IndexEntry, Inline, Item, Kind,
    Section, Subject, Text,
};
use crate::render::PageMap;
use crate::render::markup::{Element, Node, element};

/// What every section looks things up in.
pub(super) struct Emitter<'a> {
    pub(super) book: &'a Book,
    pub(super) pages: Pages<'a>,
    pub(super) links: Links<'a>,
}

/// The file that shows the cover.
pub(super) const COVER: &str = "cover.xhtml";

/// The picture on it.
pub(super) const COVER_PICTURE: &str = "cover.png";

/// The styles for narrow pages.
pub(super) const NARROW: &str = "narrow.css";

/// The name of the file that holds a place, in the EPUB.
pub(super) fn file(anchor: &Anchor) -> String {
    let section = anchor.0.split('.').next().unwrap_or_default();
    format!("{section}.xhtml")
}

/// The address of a place, seen from another file.
pub(super) fn href(anchor: &Anchor) -> String {
    if anchor.0.contains('.') {
        format!("{}#{}", file(anchor), anchor.0)
    } else {
        file(anchor)
    }
}

impl<'a> Emitter<'a> {
    pub(super) fn new(book: &'a Book, pages: Option<&'a PageMap>) -> Self {
        Self {
            book,
            pages: Pages::new(book, pages),
            links: Links::new(book),
        }
    }

    /// The XHTML file of a section.
    pub(super) fn section(&self, section: &Section) -> Element {
        self.file(section, self.body(section))
    }

    /// A section's blocks and footnotes.
    pub(super) fn body(&self, section: &Section) -> Vec<Node> {
        let footnotes = section.footnotes.iter();
        let footnotes = footnotes.map(|footnote| self.footnote(footnote).into());
        let mut body = self.blocks(&section.blocks);
        body.extend(footnotes);
        body
    }

    /// The XHTML file that a section begins with.
    pub(super) fn file(&self, section: &Section, body: Vec<Node>) -> Element {
        let (kind, role) = semantics(section.kind);
        let body = element("section")
            .with_some("epub:type", kind)
            .with_some("role", role)
            .with("id", section.anchor.0.as_str())
            .child(element("h1").children(self.pages.text(&section.title)))
            .children(body);
        page(&self.book.meta.language, &section.full_title, body)
    }

    fn blocks(&self, blocks: &[Block]) -> Vec<Node> {
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Vec<Node> {
        let node: Node = match block {
            Block::Heading {
                anchor,
                level,
                content,
            } => element(heading(*level))
                .with("id", anchor.0.as_str())
                .children(self.inlines(content))
                .into(),
            Block::Paragraph(content) => element("p").children(self.inlines(content)).into(),
            Block::Display(kind, content) => {
                let class = match kind {
                    Display::Title => "title",
                    Display::Subtitle => "subtitle",
                    Display::Edition => "edition",
                    Display::Notice => "notice",
                    Display::Search => "search",
                };
                element("p")
                    .with("class", class)
                    .children(self.inlines(content))
                    .into()
            }
            Block::List { start, items } => self.list(*start, items).into(),
            Block::Quote(blocks) => element("blockquote").children(self.blocks(blocks)).into(),
            Block::Code(text) => element("pre")
                .child(element("code").children(self.pages.text(text)))
                .into(),
            Block::Table(table) => self.table(table).into(),
            Block::Figure {
                path,
                alt,
                caption,
                origin: _,
            } => {
                let image = element("img")
                    .with("src", image(path))
                    .with("alt", alt.as_str());
                let caption = caption.as_ref();
                let caption =
                    caption.map(|text| element("figcaption").children(self.pages.text(text)));
                element("figure").child(image).children(caption).into()
            }
            Block::Chart(chart) => self.chart(chart).into(),
            Block::Rule => element("hr").into(),
            Block::RangeEnd(_) => return Vec::new(),
            Block::Citations(entries) => element("ul")
                .with("class", "citations")
                .with("role", "list")
                .children(entries.iter().map(|entry| self.entry(entry)))
                .into(),
            Block::References(listings) => element("ul")
                .with("class", "references")
                .with("role", "list")
                .children(listings.iter().map(|listing| {
                    let content = element("p").children(self.inlines(&listing.content));
                    element("li")
                        .with("id", listing.anchor.0.as_str())
                        .with("epub:type", "biblioentry")
                        .child(content)
                        .children(self.citations_of(&listing.anchor))
                }))
                .into(),
            Block::Glossary(definitions) => element("dl")
                .children(definitions.iter().map(|word| self.definition(word)))
                .into(),
            Block::Subjects(groups) => {
                return groups
                    .iter()
                    .map(|group| subjects(self, group).into())
                    .collect();
            }
            Block::Index(lines) => element("ul")
                .with("class", "index")
                .with("role", "list")
                .children(lines.iter().map(|line| self.line(line)))
                .into(),
        };
        vec![node]
    }

    fn list(&self, start: Option<u64>, items: &[Item]) -> Element {
        let list = match start {
            Some(1) => element("ol"),
            Some(start) => element("ol").with("start", start.to_string()),
            None => element("ul"),
        };
        let tasks = items.iter().any(|item| item.task.is_some());
        let class = tasks.then_some("tasks");
        list.with_some("class", class)
            .children(items.iter().map(|item| self.item(item)))
    }

    fn item(&self, item: &Item) -> Element {
        let mark = item.task.map(|ticked| {
            let (open, done) = &self.book.labels.boxes;
            let (sign, label) = if ticked { ("☒", done) } else { ("☐", open) };
            element("span")
                .with("role", "img")
                .with("aria-label", label.as_str())
                .child(sign)
        });
        let content = match item.blocks.as_slice() {
            [Block::Paragraph(content)] => self.inlines(content),
            blocks => self.blocks(blocks),
        };
        let space = mark.as_ref().map(|_| Node::from(" "));
        element("li")
            .children(mark)
            .children(space)
            .children(content)
    }

    fn entry(&self, entry: &Entry) -> Element {
        let label = element("p")
            .with("class", "label")
            .child(
                element("span")
                    .with("class", format!("population rank-{}", entry.rank.min(2)))
                    .children(self.pages.text(&entry.population)),
            )
            .children(entry.details.iter().flat_map(|details| {
                let details = self.pages.text(details);
                std::iter::once(" · ".into()).chain(details)
            }));
        let line = |class: &str, text: &Text| {
            element("p")
                .with("class", class)
                .children(self.pages.text(text))
        };
        element("li")
            .with("id", entry.anchor.0.as_str())
            .with("class", "entry")
            .with("epub:type", "biblioentry")
            .child(label)
            .children(entry.notices.iter().map(|notice| {
                element("p")
                    .with("class", "notice")
                    .children(self.inlines(notice))
            }))
            .child(line("source", &entry.source))
            .child(
                element("p")
                    .with("class", "article")
                    .children(self.inlines(&entry.title)),
            )
            .child(line("authors", &entry.authors))
            .children(entry.place.as_ref().map(|place| line("place", place)))
            .child(
                element("div")
                    .with("class", "findings")
                    .children(self.blocks(&entry.findings)),
            )
            .child(
                element("p")
                    .with("class", "links")
                    .children(self.inlines(&entry.identifiers)),
            )
            .children(self.citations_of(&entry.anchor))
    }

    /// A word and its meaning, in one element: a reader that shows where a link leads shows both.
    fn definition(&self, definition: &GlossaryEntry) -> Element {
        let pages = self.page_links(&definition.uses);
        let pages =
            (!pages.is_empty()).then(|| element("span").with("class", "pages").children(pages));
        let space = pages.as_ref().map(|_| Node::from(" "));
        let term = element("dt").child(
            element("dfn")
                .with("epub:type", "glossterm")
                .children(self.pages.text(&definition.term)),
        );
        let meaning = element("dd")
            .with("epub:type", "glossdef")
            .children(self.pages.text(&definition.meaning))
            .children(space)
            .children(pages);
        element("div")
            .with("id", definition.anchor.0.as_str())
            .child(term)
            .child(meaning)
    }

    fn line(&self, line: &IndexEntry) -> Element {
        // Where there are no pages, the words are the link already.
        let pages = match self.pages.are_known() {
            true => self.page_links(&line.targets),
            false => Vec::new(),
        };
        let space = (!pages.is_empty()).then(|| Node::from(" "));
        let pages =
            (!pages.is_empty()).then(|| element("span").with("class", "pages").children(pages));
        element("li")
            .with("class", format!("depth-{}", line.depth.min(3)))
            .children(self.inlines(&line.content))
            .children(space)
            .children(pages)
    }

    fn footnote(&self, footnote: &Footnote) -> Element {
        let mark = element("p")
            .with("class", "mark")
            .child(footnote.mark.as_str());
        element("aside")
            .with("epub:type", "footnote")
            .with("role", "doc-footnote")
            .with("id", footnote.anchor.0.as_str())
            .child(mark)
            .children(self.blocks(&footnote.blocks))
            .child(self.marks_of(&footnote.anchor))
    }

    pub(super) fn inlines(&self, inlines: &[Inline]) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (index, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Bracket(content) => {
                    let is_last = index + 1 == inlines.len();
                    nodes.push(self.comment(content, is_last).into());
                }
                inline => nodes.extend(self.inline(inline)),
            }
        }
        nodes
    }

    /// A comment by the compiler. Its brackets are seen; who hears the book is told what it is, once, and where it
    /// ends if text follows it.
    fn comment(&self, content: &[Inline], is_last: bool) -> Element {
        let labels = &self.book.labels;
        let end = (!is_last).then(|| spoken(&format!(" – {}", labels.editorial_end)));
        element("span")
            .with("class", "editorial")
            .with("role", "note")
            .child(seen("["))
            .child(spoken(&format!("{} ", labels.editorial)))
            .children(self.nested(content))
            .children(end)
            .child(seen("]"))
    }

    /// What stands in a comment: one within it is told by its brackets alone.
    fn nested(&self, content: &[Inline]) -> Vec<Node> {
        let inner = |inline: &Inline| match inline {
            Inline::Bracket(content) => {
                let mut nodes = vec![Node::from("[")];
                nodes.extend(self.nested(content));
                nodes.push("]".into());
                nodes
            }
            inline => self.inline(inline),
        };
        content.iter().flat_map(inner).collect()
    }

    fn inline(&self, inline: &Inline) -> Vec<Node> {
        let node: Node = match inline {
            Inline::Text(text) => return self.pages.text(text),
            Inline::Pages(targets) => return self.page_links(targets),
            Inline::Emphasis(content) => element("em").children(self.inlines(content)).into(),
            Inline::Strong(content) => element("strong").children(self.inlines(content)).into(),
            Inline::Struck(content) => element("s").children(self.inlines(content)).into(),
            Inline::Foreign { language, content } => element("span")
                .with("lang", language.as_str())
                .with("xml:lang", language.as_str())
                .children(self.inlines(content))
                .into(),
            Inline::Code(text) => element("code").children(self.pages.text(text)).into(),
            Inline::Internal { target, content } => element("a")
                .with("href", href(target))
                .children(self.inlines(content))
                .into(),
            Inline::External { url, content } => element("a")
                .with("href", url.as_str())
                .children(self.inlines(content))
                .into(),
            Inline::Bracket(content) => self.comment(content, true).into(),
            Inline::Citation { target, mark } => element("a")
                .with("href", href(target))
                .with("id", citation_id(mark.id))
                .with("epub:type", "biblioref")
                .with("role", "doc-biblioref")
                .children(self.pages.text(mark))
                .into(),
            Inline::Term {
                target,
                anchor,
                word,
            } => element("a")
                .with("href", href(target))
                .with("id", anchor.0.as_str())
                .with("epub:type", "glossref")
                .with("role", "doc-glossref")
                .children(self.pages.text(word))
                .into(),
            Inline::IndexAnchor(anchor) => element("span").with("id", anchor.0.as_str()).into(),
            Inline::Footnote {
                target,
                mark,
                repeat,
            } => element("a")
                .with("href", format!("#{}", target.0))
                .with("id", note_mark(target, *repeat))
                .with("epub:type", "noteref")
                .with("role", "doc-noteref")
                .with("class", "noteref")
                .child(mark.as_str())
                .into(),
            Inline::Omission(text) => {
                let sign = self.pages.text(text).into_iter().map(|node| match node {
                    Node::Text(sign) => seen(&sign).into(),
                    mark @ Node::Element(_) => mark,
                });
                element("span")
                    .with("class", "omission")
                    .children(sign)
                    .child(spoken(&format!(" ({})", self.book.labels.omission)))
                    .into()
            }
            Inline::Break => element("br").into(),
        };
        vec![node]
    }
}

/// Characters for the eye.
fn seen(text: &str) -> Element {
    element("span").with("aria-hidden", "true").child(text)
}

/// Words for the ear.
fn spoken(text: &str) -> Element {
    element("span").with("class", "spoken").child(text)
}

/// Subjects that begin with the same letter.
fn subjects(emitter: &Emitter<'_>, group: &[Subject]) -> Element {
    let line = |subject: &Subject| {
        element("li")
            .with("id", subject.anchor.0.as_str())
            .with("class", format!("depth-{}", subject.depth))
            .children(emitter.inlines(&subject.content))
    };
    element("ul")
        .with("class", "subjects")
        .with("role", "list")
        .children(group.iter().map(line))
}

/// The cover as an XHTML file.
pub(super) fn cover(book: &Book) -> Element {
    let picture = element("img")
        .with("src", COVER_PICTURE)
        .with("role", "doc-cover")
        .with("alt", book.cover.alt.as_str());
    let body = element("section")
        .with("epub:type", "cover")
        .with("class", "cover")
        .child(picture);
    page(&book.meta.language, &book.cover.name, body)
}

/// An XHTML file around `body`.
pub(super) fn page(language: &str, title: &str, body: Element) -> Element {
    let style = |href: &str| {
        element("link")
            .with("rel", "stylesheet")
            .with("type", "text/css")
            .with("href", href)
    };
    let head = element("head")
        .child(element("title").child(title))
        .child(style("stylesheet.css"))
        .child(style(NARROW));
    element("html")
        .with("xmlns", "http://www.w3.org/1999/xhtml")
        .with("xmlns:epub", "http://www.idpf.org/2007/ops")
        .with("lang", language)
        .with("xml:lang", language)
        .child(head)
        .child(element("body").child(body))
}

/// The path of a picture in the EPUB, of letters that are the same in names of files and in addresses: any other is
/// told by its number, so that no two pictures meet.
pub(super) fn image(path: &str) -> String {
    let mut name = String::from("images/");
    for letter in path.chars() {
        match letter {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '.' | '-' | '/' => name.push(letter),
            other => name.push_str(&format!("_{:x}_", u32::from(other))),
        }
    }
    name
}

fn heading(level: u8) -> &'static str {
    match level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        6.. => "h6",
    }
}

/// The `epub:type` (EPUB 3 Structural Semantics) and the role (DPUB-ARIA 1.1) of a section.
fn semantics(kind: Kind) -> (Option<&'static str>, Option<&'static str>) {
    match kind {
        Kind::Title => (Some("titlepage"), None),
        Kind::Imprint => (Some("imprint"), None),
        Kind::Changes | Kind::Contents => (None, None),
        Kind::Part => (Some("part"), Some("doc-part")),
        Kind::Chapter | Kind::Site | Kind::SiteTechnique | Kind::Technique => {
            (Some("chapter"), Some("doc-chapter"))
        }
        Kind::Index => (Some("index"), Some("doc-index")),
        Kind::References => (Some("bibliography"), Some("doc-bibliography")),
        Kind::Glossary => (Some("glossary"), Some("doc-glossary")),
    }
}
