//! Sections → XHTML, with the pages of the printed book marked.

use std::collections::BTreeMap;

use super::xhtml::{Element, Node, element};
use crate::model::book::{
    Anchor, Bar, Block, Book, Chart, Definition, Display, Entry, Footnote, IndexLine, Inline, Item,
    Kind, Locator, Node as BookNode, Section, Subject, Table, Text, TextId,
};
use crate::model::draft::Alignment;
use crate::render::PageMap;

/// What every section looks things up in.
pub(super) struct Emitter<'a> {
    book: &'a Book,
    pages: Option<&'a PageMap>,
    /// The page of every place.
    places: BTreeMap<&'a Anchor, usize>,
    /// The pages that begin in every text, with their bytes.
    breaks: BTreeMap<TextId, Vec<(usize, usize)>>,
}

/// The file that shows the cover.
pub(super) const COVER: &str = "cover.xhtml";

/// The picture on it.
pub(super) const COVER_PICTURE: &str = "cover.png";

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

/// The name of the place where a page begins.
pub(super) fn page_id(label: &str) -> String {
    format!("page-{label}")
}

impl<'a> Emitter<'a> {
    pub(super) fn new(book: &'a Book, pages: Option<&'a PageMap>) -> Self {
        let places = pages.map(|pages| pages.places(book)).unwrap_or_default();
        let mut breaks: BTreeMap<TextId, Vec<(usize, usize)>> = BTreeMap::new();
        let mut waiting = Vec::new();
        let mut last = None;
        for (index, page) in pages.iter().flat_map(|map| &map.pages).enumerate() {
            waiting.push(index);
            // A page without text of its own is marked where the next one begins.
            if let Some(start) = page.start {
                let here = waiting.drain(..).map(|page| (start.offset, page));
                breaks.entry(start.text).or_default().extend(here);
                last = Some(start);
            }
        }
        // Nor does the last page begin later than the one before it.
        if let Some(start) = last {
            let here = waiting.into_iter().map(|page| (start.offset, page));
            breaks.entry(start.text).or_default().extend(here);
        }
        Self {
            book,
            pages,
            places,
            breaks,
        }
    }

    /// The XHTML file of a section.
    pub(super) fn section(&self, section: &Section) -> Element {
        let (kind, role) = semantics(section.kind);
        let mut body = element("section")
            .with_some("epub:type", kind)
            .with_some("role", role);
        body = body.with("id", section.anchor.0.as_str());
        body = body.child(element("h1").children(self.text(&section.title)));
        body = body.children(self.blocks(&section.blocks));
        body = body.children(
            section
                .footnotes
                .iter()
                .map(|footnote| self.footnote(footnote)),
        );
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
                .child(element("code").children(self.text(text)))
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
                let caption = caption.map(|text| element("figcaption").children(self.text(text)));
                element("figure").child(image).children(caption).into()
            }
            Block::Chart(chart) => self.chart(chart).into(),
            Block::Rule => element("hr").into(),
            Block::End(_) => return Vec::new(),
            Block::Citations(entries) => element("ul")
                .with("class", "citations")
                .children(entries.iter().map(|entry| self.entry(entry)))
                .into(),
            Block::References(listings) => element("ul")
                .with("class", "references")
                .children(listings.iter().map(|listing| {
                    let content = element("p").children(self.inlines(&listing.content));
                    element("li")
                        .with("id", listing.anchor.0.as_str())
                        .child(content)
                }))
                .into(),
            Block::Definitions(definitions) => element("dl")
                .children(definitions.iter().flat_map(|word| self.definition(word)))
                .into(),
            Block::Subjects(groups) => {
                return groups
                    .iter()
                    .map(|group| subjects(self, group).into())
                    .collect();
            }
            Block::Index(lines) => element("ul")
                .with("class", "index")
                .children(lines.iter().map(|line| self.line(line)))
                .into(),
        };
        vec![node]
    }

    /// A drawing, and the amounts as a table.
    fn chart(&self, chart: &Chart) -> Element {
        let rows = chart.bars.iter().map(|bar| {
            let label = element("th").with("scope", "row");
            let value = element("td").with("class", "end");
            element("tr")
                .child(label.children(self.text(&bar.label)))
                .child(value.children(self.text(&bar.value)))
        });
        let table = element("table").child(element("tbody").children(rows));
        let caption = element("figcaption").children(self.inlines(&chart.caption));
        element("figure")
            .with("class", "chart")
            .child(caption)
            .child(drawing(chart))
            .child(table)
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

    fn table(&self, table: &Table) -> Element {
        let caption = table.caption.as_ref();
        let caption = caption.map(|text| element("caption").children(self.text(text)));
        let header = table
            .header
            .iter()
            .zip(&table.columns)
            .map(|(cell, alignment)| {
                let cell = element("th")
                    .with("scope", "col")
                    .children(self.inlines(cell));
                cell.with_some("class", alignment_class(*alignment))
            });
        let rows = table.rows.iter().map(|row| {
            let cells = row.iter().zip(&table.columns).enumerate();
            element("tr").children(cells.map(|(index, (cell, alignment))| {
                let cell = self.inlines(cell);
                let element = if index == 0 && table.row_headers {
                    element("th").with("scope", "row")
                } else {
                    element("td")
                };
                element
                    .children(cell)
                    .with_some("class", alignment_class(*alignment))
            }))
        });
        // The names of many columns stand upright, so that the table fits a phone.
        let wide = (table.columns.len() > 5).then_some("wide");
        element("table")
            .with_some("class", wide)
            .children(caption)
            .child(element("thead").child(element("tr").children(header)))
            .child(element("tbody").children(rows))
    }

    fn entry(&self, entry: &Entry) -> Element {
        let label = element("p")
            .with("class", "label")
            .child(
                element("span")
                    .with("class", format!("population rank-{}", entry.rank.min(2)))
                    .children(self.text(&entry.population)),
            )
            .children(entry.details.iter().flat_map(|details| {
                let details = self.text(details);
                std::iter::once(" · ".into()).chain(details)
            }));
        let line =
            |class: &str, text: &Text| element("p").with("class", class).children(self.text(text));
        element("li")
            .with("id", entry.anchor.0.as_str())
            .with("class", "entry")
            .child(label)
            .child(line("source", &entry.source))
            .child(line("article", &entry.title))
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
    }

    fn definition(&self, definition: &Definition) -> [Element; 2] {
        let pages = self.page_links(&definition.uses);
        let pages =
            (!pages.is_empty()).then(|| element("span").with("class", "pages").children(pages));
        let space = pages.as_ref().map(|_| Node::from(" "));
        let term = element("dt")
            .with("id", definition.anchor.0.as_str())
            .child(element("dfn").children(self.text(&definition.term)));
        let meaning = element("dd")
            .children(self.text(&definition.meaning))
            .children(space)
            .children(pages);
        [term, meaning]
    }

    fn line(&self, line: &IndexLine) -> Element {
        let pages = self.page_links(&line.targets);
        let separator = (!pages.is_empty()).then(|| Node::from(" "));
        // Where there are no pages, the words are the link already.
        let pages = if self.pages.is_some() {
            pages
        } else {
            Vec::new()
        };
        element("li")
            .with("class", format!("depth-{}", line.depth.min(3)))
            .children(self.inlines(&line.content))
            .children(separator.filter(|_| !pages.is_empty()))
            .children(
                (!pages.is_empty()).then(|| element("span").with("class", "pages").children(pages)),
            )
    }

    /// Links to places by their pages, as [`Inline::Pages`] says; by a word where there are no pages.
    fn page_links(&self, locators: &[Locator]) -> Vec<Node> {
        let labels = &self.book.labels;
        let runs = self.runs(locators);
        let mut links: Vec<Node> = Vec::new();
        for (index, (from, pages)) in runs.iter().enumerate() {
            let spoken = pages
                .as_ref()
                .map(|pages| format!("{} {pages}", labels.page));
            let text = match pages {
                Some(pages) => pages.clone(),
                None if runs.len() == 1 => labels.see.clone(),
                None => format!("{}\u{a0}{}", labels.see, index + 1),
            };
            if !links.is_empty() {
                links.push(", ".into());
            }
            let link = element("a")
                .with("href", href(from))
                .with_some("aria-label", spoken);
            links.push(link.child(text).into());
        }
        links
    }

    /// The first place of each run of pages, and the pages in words: `12`, `12–14`.
    fn runs<'l>(&self, locators: &'l [Locator]) -> Vec<(&'l Anchor, Option<String>)> {
        let mut runs: Vec<(&Anchor, Option<(usize, usize)>)> = Vec::new();
        for Locator { from, to } in locators {
            let first = self.places.get(from).copied();
            let last = to.as_ref().and_then(|to| self.places.get(to).copied());
            let pages = first.map(|first| (first, last.unwrap_or(first)));
            if let (Some((first, last)), Some((_, Some(before)))) = (pages, runs.last_mut())
                && (before.0..=before.1 + 1).contains(&first)
            {
                before.1 = before.1.max(last);
            } else {
                runs.push((from, pages));
            }
        }
        let words = |(first, last): (usize, usize)| {
            let (first, last) = (self.label(first)?, self.label(last)?);
            Some(if first == last {
                first.to_owned()
            } else {
                format!("{first}–{last}")
            })
        };
        runs.into_iter()
            .map(|(from, pages)| (from, pages.and_then(words)))
            .collect()
    }

    fn label(&self, page: usize) -> Option<&'a str> {
        self.pages?.pages.get(page).map(|page| page.label.as_str())
    }

    fn footnote(&self, footnote: &Footnote) -> Element {
        let back = element("a")
            .with("href", format!("#{}", note_mark(&footnote.anchor, 0)))
            .with("role", "doc-backlink")
            .with("aria-label", self.book.labels.back.as_str())
            .child("↩");
        let mark = element("p")
            .with("class", "mark")
            .child(footnote.mark.as_str());
        element("aside")
            .with("epub:type", "footnote")
            .with("role", "doc-footnote")
            .with("id", footnote.anchor.0.as_str())
            .child(mark)
            .children(self.blocks(&footnote.blocks))
            .child(element("p").child(back))
    }

    fn inlines(&self, inlines: &[Inline]) -> Vec<Node> {
        inlines
            .iter()
            .flat_map(|inline| self.inline(inline))
            .collect()
    }

    fn inline(&self, inline: &Inline) -> Vec<Node> {
        let node: Node = match inline {
            Inline::Text(text) => return self.text(text),
            Inline::Pages(targets) => return self.page_links(targets),
            Inline::Emphasis(content) => element("em").children(self.inlines(content)).into(),
            Inline::Strong(content) => element("strong").children(self.inlines(content)).into(),
            Inline::Code(text) => element("code").children(self.text(text)).into(),
            Inline::Internal { target, content } => element("a")
                .with("href", href(target))
                .children(self.inlines(content))
                .into(),
            Inline::External { url, content } => element("a")
                .with("href", url.as_str())
                .children(self.inlines(content))
                .into(),
            Inline::Bracket(content) => element("span")
                .with("class", "editorial")
                .with("role", "note")
                .with("aria-label", self.book.labels.editorial.as_str())
                .child("[")
                .children(self.inlines(content))
                .child("]")
                .into(),
            Inline::Citation { target, mark } => element("a")
                .with("href", href(target))
                .with("epub:type", "biblioref")
                .with("role", "doc-biblioref")
                .children(self.text(mark))
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
                .children(self.text(word))
                .into(),
            Inline::Mark(anchor) => element("span").with("id", anchor.0.as_str()).into(),
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
            Inline::Omission(text) => element("span")
                .with("class", "omission")
                .with("title", self.book.labels.omission.as_str())
                .children(self.text(text))
                .into(),
            Inline::Break => element("br").into(),
        };
        vec![node]
    }

    /// A text, with the marks of the pages that begin in it.
    fn text(&self, text: &Text) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut done = 0;
        for (offset, page) in self.breaks.get(&text.id).into_iter().flatten() {
            if let Some(before) = text
                .text
                .get(done..*offset)
                .filter(|before| !before.is_empty())
            {
                nodes.push(before.into());
                done = *offset;
            }
            if let Some(label) = self.label(*page) {
                nodes.push(page_break(label).into());
            }
        }
        if let Some(rest) = text.text.get(done..).filter(|rest| !rest.is_empty()) {
            nodes.push(rest.into());
        }
        nodes
    }

    /// Where each page is marked: its label and its address, in the order of the pages.
    pub(super) fn page_list(&self) -> Vec<(String, String)> {
        let mut files = BTreeMap::new();
        for section in &self.book.sections {
            for node in section.nodes() {
                if let BookNode::Text(text) = node {
                    files.insert(text.id, file(&section.anchor));
                }
            }
        }
        let mut list = Vec::new();
        for (text, breaks) in &self.breaks {
            for (_, page) in breaks {
                let label = self.label(*page).unwrap_or_default().to_owned();
                let file = files.get(text).cloned().unwrap_or_default();
                list.push((*page, label.clone(), format!("{file}#{}", page_id(&label))));
            }
        }
        list.sort();
        list.into_iter()
            .map(|(_, label, href)| (label, href))
            .collect()
    }
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
        .children(group.iter().map(line))
}

/// The bars of a chart, each below its label: legible where the page is 320 pixels wide.
fn drawing(chart: &Chart) -> Element {
    const WIDTH: u64 = 320;
    const ROW: u64 = 44;
    let row = |(top, bar): (u64, &Bar)| {
        let text = |x: u64, y: u64, text: &str| {
            element("text")
                .with("x", x.to_string())
                .with("y", y.to_string())
                .with("fill", "currentColor")
                .with("font-size", "14")
                .child(text)
        };
        // Beside the longest bar there is room for its amount.
        let length = bar.length * (WIDTH - 90) / 1000;
        let rect = element("rect")
            .with("y", (top + 20).to_string())
            .with("width", length.to_string())
            .with("height", "16")
            .with("fill", "currentColor");
        let value = text(length + 6, top + 33, &bar.value.text);
        [text(0, top + 14, &bar.label.text), rect, value]
    };
    let height = ROW * u64::try_from(chart.bars.len()).unwrap_or(u64::MAX);
    let rows = (0..height).step_by(44).zip(&chart.bars).flat_map(row);
    element("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("role", "img")
        .with("aria-label", chart.alt.as_str())
        .with("viewBox", format!("0 0 {WIDTH} {height}"))
        .child(element("title").child(chart.alt.as_str()))
        .children(rows)
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
    let head = element("head").child(element("title").child(title)).child(
        element("link")
            .with("rel", "stylesheet")
            .with("type", "text/css")
            .with("href", "stylesheet.css"),
    );
    element("html")
        .with("xmlns", "http://www.w3.org/1999/xhtml")
        .with("xmlns:epub", "http://www.idpf.org/2007/ops")
        .with("lang", language)
        .with("xml:lang", language)
        .child(head)
        .child(element("body").child(body))
}

/// The path of a picture in the EPUB.
pub(super) fn image(path: &str) -> String {
    format!("images/{}", path.replace('/', "-"))
}

fn page_break(label: &str) -> Element {
    element("span")
        .with("epub:type", "pagebreak")
        .with("role", "doc-pagebreak")
        .with("id", page_id(label))
        .with("aria-label", label)
}

fn note_mark(footnote: &Anchor, repeat: usize) -> String {
    format!("{}.{repeat}", footnote.0)
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

fn alignment_class(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::Start => None,
        Alignment::Center => Some("center"),
        Alignment::End => Some("end"),
    }
}

/// The `epub:type` (EPUB 3 Structural Semantics) and the role (DPUB-ARIA 1.1) of a section.
fn semantics(kind: Kind) -> (Option<&'static str>, Option<&'static str>) {
    match kind {
        Kind::Title => (Some("titlepage"), None),
        Kind::Imprint => (Some("imprint"), None),
        Kind::Contents => (None, None),
        Kind::Part => (Some("part"), Some("doc-part")),
        Kind::Chapter | Kind::Site | Kind::SiteTechnique | Kind::Technique => {
            (Some("chapter"), Some("doc-chapter"))
        }
        Kind::Index => (Some("index"), Some("doc-index")),
        Kind::References => (Some("bibliography"), Some("doc-bibliography")),
        Kind::Glossary => (Some("glossary"), Some("doc-glossary")),
    }
}
