//! Sections → elements, with the pages of the printed book marked.

use super::notes::{citation, note_mark};
use super::places::{both, of_block, of_flow, of_inlines};
use super::{Element, Emitter, KIND, Node, breaks, picture};
use crate::model::book::{
    Block, Definition, Display, Entry, Footnote, GlossaryEntry, IndexEntry, Inline, Item, Kind,
    Locator, ShortEntry, Subject, Text,
};
use crate::render::markup::element;

impl Emitter<'_> {
    /// The section with its heading, its blocks and its footnotes.
    pub(super) fn section(self) -> Element {
        let section = self.section;
        let (kind, role) = semantics(section.kind);
        let footnotes = section.footnotes.iter();
        let footnotes = footnotes.map(|footnote| self.footnote(footnote));
        element("section")
            .with_some(KIND, kind)
            .with_some("role", role)
            .with("id", section.anchor.0.as_str())
            .child(self.placed(
                element("h1").children(self.text(&section.title)),
                section.title.origin,
            ))
            .children(self.blocks(&section.blocks))
            .children(footnotes)
    }

    /// A text, with the marks of the pages that begin in it.
    pub(super) fn text(&self, text: &Text) -> Vec<Node> {
        self.html.pages.text(text)
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
            Block::DefinitionList(definitions) => element("dl")
                .children(definitions.iter().map(|item| self.explained(item)))
                .into(),
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
                    .with("src", picture(path))
                    .with("alt", alt.as_str());
                let caption = caption.as_ref();
                let caption = caption.map(|text| element("figcaption").children(self.text(text)));
                element("figure").child(image).children(caption).into()
            }
            Block::Glance(glance) => self.glance(glance).into(),
            Block::Chart(chart) => self.chart(chart).into(),
            Block::Rule => element("hr").into(),
            Block::RangeEnd(_) => return Vec::new(),
            Block::Articles(entries) => element("ul")
                .with("class", "articles")
                .with("role", "list")
                .children(entries.iter().map(|entry| self.entry(entry)))
                .into(),
            Block::References(entries) => element("ul")
                .with("class", "references")
                .with("role", "list")
                .children(entries.iter().map(|entry| self.short_entry(entry)))
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
        vec![match node {
            Node::Element(element) => self.placed(element, of_block(block)).into(),
            text @ Node::Text(_) => text,
        }]
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
            let (open, done) = &self.html.book.labels.boxes;
            let (sign, label) = if ticked { ("☒", done) } else { ("☐", open) };
            element("span")
                .with("role", "img")
                .with("aria-label", label.as_str())
                .child(sign)
        });
        let content = self.flow(&item.blocks);
        let space = mark.as_ref().map(|_| Node::from(" "));
        let item_element = element("li")
            .children(mark)
            .children(space)
            .children(content);
        self.placed(item_element, of_flow(&item.blocks))
    }

    /// A term and its meanings, in one element that is never split.
    fn explained(&self, item: &Definition) -> Element {
        let meanings = item.meanings.iter();
        let term = element("dt").children(self.inlines(&item.term));
        let meaning = |blocks: &Vec<Block>| {
            let meaning = element("dd").children(self.flow(blocks));
            self.placed(meaning, of_flow(blocks))
        };
        element("div")
            .child(self.placed(term, of_inlines(&item.term)))
            .children(meanings.map(meaning))
    }

    /// Blocks of an item; a paragraph that stands alone needs no element of its own.
    fn flow(&self, blocks: &[Block]) -> Vec<Node> {
        match blocks {
            [Block::Paragraph(content)] => self.inlines(content),
            blocks => self.blocks(blocks),
        }
    }

    /// A reference in short. The page of its article is named where there are pages; its key leads there as well.
    fn short_entry(&self, entry: &ShortEntry) -> Element {
        let page = entry.page.as_ref();
        let page = page.filter(|_| self.html.pages.are_known());
        let page = page.map(|page| {
            let mut nodes = self.text(&page.label);
            nodes.extend(self.page_links(&[page.target.clone().into()]));
            nodes
        });
        let line = element("li")
            .with("id", entry.anchor.0.as_str())
            .with("class", rank(entry.rank))
            .children(self.inlines(&entry.content))
            .children(page.into_iter().flatten());
        self.placed(line, self.file_of(&entry.reference))
    }

    fn entry(&self, entry: &Entry) -> Element {
        let label = element("p")
            .with("class", "label")
            .child(
                element("strong")
                    .with("class", rank(entry.rank))
                    .children(self.text(&entry.key)),
            )
            .child(" · ")
            .child(
                element("span")
                    .with("class", "population")
                    .children(self.text(&entry.population)),
            )
            .children(entry.details.iter().flat_map(|details| {
                let details = self.text(details);
                std::iter::once(" · ".into()).chain(details)
            }));
        let line =
            |class: &str, text: &Text| element("p").with("class", class).children(self.text(text));
        // Source, title, authors and identifiers are one piece, to be copied as a reference. On paper, the identifiers are
        // behind the findings, and so are the pages that begin with them.
        let links = element("p")
            .with("class", "links")
            .children(self.inlines(&entry.identifiers));
        let (links, pages) = breaks::parted(links);
        let article = element("li")
            .with("id", entry.anchor.0.as_str())
            .with("class", "entry")
            .with(KIND, "biblioentry")
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
            .children((entry.affiliation.as_ref()).map(|place| line("place", place)))
            .child(links)
            .child(
                element("div")
                    .with("class", "findings")
                    .children(self.blocks(&entry.findings)),
            )
            .children(pages)
            .children(self.citations_of(entry));
        self.placed(article, self.file_of(&entry.reference))
    }

    /// A word and its meaning, in one element: a reader that shows where a link leads shows both.
    fn definition(&self, definition: &GlossaryEntry) -> Element {
        let pages = self.page_links(&definition.uses);
        let pages =
            (!pages.is_empty()).then(|| element("span").with("class", "pages").children(pages));
        let space = pages.as_ref().map(|_| Node::from(" "));
        let term = element("dt").child(
            element("dfn")
                .with(KIND, "glossterm")
                .children(self.text(&definition.term)),
        );
        let meaning = element("dd")
            .with(KIND, "glossdef")
            .children(self.text(&definition.meaning))
            .children(space)
            .children(pages);
        let origins = [definition.term.origin, definition.meaning.origin];
        let definition = element("div")
            .with("id", definition.anchor.0.as_str())
            .child(term)
            .child(meaning);
        self.placed(definition, origins.into_iter().flatten().reduce(both))
    }

    fn line(&self, line: &IndexEntry) -> Element {
        // Where there are no pages, the words are the link already.
        let pages = match self.html.pages.are_known() {
            true => self.pages_with_main(&line.targets),
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

    /// The pages of a line; those that are about nothing else are emphasized.
    fn pages_with_main(&self, locators: &[Locator]) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (is_main, run) in Locator::runs(locators) {
            if !nodes.is_empty() {
                nodes.push(", ".into());
            }
            match is_main {
                true => nodes.push(element("strong").children(self.page_links(run)).into()),
                false => nodes.extend(self.page_links(run)),
            }
        }
        nodes
    }

    fn footnote(&self, footnote: &Footnote) -> Element {
        let mark = element("p")
            .with("class", "mark")
            .child(footnote.mark.as_str());
        element("aside")
            .with(KIND, "footnote")
            .with("role", "doc-footnote")
            .with("id", footnote.anchor.0.as_str())
            .child(mark)
            .children(self.blocks(&footnote.blocks))
            .child(self.marks_of(&footnote.anchor))
    }

    pub(super) fn inlines(&self, inlines: &[Inline]) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (index, inline) in inlines.iter().enumerate() {
            if let Inline::Bracket(content) = inline {
                let is_last = index + 1 == inlines.len();
                nodes.push(self.comment(content, is_last).into());
            } else {
                nodes.extend(self.inline(inline));
            }
        }
        nodes
    }

    /// A comment by the compiler. Its brackets are seen; who hears the book is told what it is, once, and where it
    /// ends if text follows it.
    fn comment(&self, content: &[Inline], is_last: bool) -> Element {
        let labels = &self.html.book.labels;
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
        let inner = |inline: &Inline| {
            let Inline::Bracket(content) = inline else {
                return self.inline(inline);
            };
            let mut nodes = vec![Node::from("[")];
            nodes.extend(self.nested(content));
            nodes.push("]".into());
            nodes
        };
        content.iter().flat_map(inner).collect()
    }

    fn inline(&self, inline: &Inline) -> Vec<Node> {
        let node: Node = match inline {
            Inline::Text(text) => return self.text(text),
            Inline::Pages(targets) => return self.page_links(targets),
            Inline::PrintedPage { .. } => return Vec::new(),
            Inline::Emphasis(content) => element("em").children(self.inlines(content)).into(),
            Inline::Strong(content) => element("strong").children(self.inlines(content)).into(),
            Inline::Struck(content) => element("s").children(self.inlines(content)).into(),
            Inline::Foreign { language, content } => element("span")
                .with("lang", language.as_str())
                .with("xml:lang", language.as_str())
                .children(self.inlines(content))
                .into(),
            Inline::Code(text) => element("code").children(self.text(text)).into(),
            Inline::Internal { target, content } => element("a")
                .link("href", target.clone())
                .children(self.inlines(content))
                .into(),
            Inline::External { url, content } => element("a")
                .with("href", url.as_str())
                .children(self.inlines(content))
                .into(),
            Inline::Bracket(content) => self.comment(content, true).into(),
            Inline::Citation { target, mark } => element("a")
                .link("href", target.clone())
                .with("id", citation(&self.section.anchor, mark.id).0)
                .with(KIND, "biblioref")
                .with("role", "doc-biblioref")
                .children(self.text(mark))
                .into(),
            Inline::Term {
                target,
                anchor,
                word,
            } => element("a")
                .link("href", target.clone())
                .with("id", anchor.0.as_str())
                .with(KIND, "glossref")
                .with("role", "doc-glossref")
                .children(self.text(word))
                .into(),
            Inline::Mark { sign, label } => element("span")
                .with("class", "sign")
                .with("role", "img")
                .with("aria-label", label.as_str())
                .children(self.text(sign))
                .into(),
            Inline::IndexAnchor(anchor) => element("span").with("id", anchor.0.as_str()).into(),
            Inline::Footnote {
                target,
                mark,
                repeat,
            } => element("a")
                .link("href", target.clone())
                .with("id", note_mark(target, *repeat).0)
                .with(KIND, "noteref")
                .with("role", "doc-noteref")
                .with("class", "noteref")
                .child(mark.as_str())
                .into(),
            Inline::Omission(text) => {
                let sign = self.text(text).into_iter().map(|node| match node {
                    Node::Text(sign) => seen(&sign).into(),
                    mark @ Node::Element(_) => mark,
                });
                element("span")
                    .with("class", "omission")
                    .children(sign)
                    .child(spoken(&format!(" ({})", self.html.book.labels.omission)))
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

/// The class of a reference, by the rank of its population.
fn rank(rank: usize) -> String {
    format!("rank-{}", rank.min(2))
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
        Kind::Overview | Kind::Changes | Kind::Contents => (None, None),
        Kind::Part => (Some("part"), Some("doc-part")),
        Kind::Chapter | Kind::Site | Kind::SiteTechnique | Kind::Technique => {
            (Some("chapter"), Some("doc-chapter"))
        }
        Kind::Index => (Some("index"), Some("doc-index")),
        Kind::References => (Some("bibliography"), Some("doc-bibliography")),
        Kind::Glossary => (Some("glossary"), Some("doc-glossary")),
        Kind::Colophon => (Some("colophon"), Some("doc-colophon")),
    }
}
