//! [`Book`] → Typst source, small and readable; how it looks is in `styles/handbook.typ` and `styles/handout.typ`.

use std::fmt::Write as _;
use std::ops::Range;

use super::escape::{self, string};
use super::qr;
use crate::model::book::{
    Anchor, Block, Book, Chart, Definition, Display, Entry, GlossaryEntry, Handout, IndexEntry,
    Inline, Item, Kind, Locator, Meta, QrLink, Section, Subject, Table, Text, TextId,
};
use crate::model::draft::{Alignment, Role};
use crate::source::Span;

/// Typst source, and which text of the book each part of it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Emitted {
    /// The source.
    pub source: String,
    /// The texts, in the order of the source.
    pub texts: Vec<EmittedText>,
}

/// A text of the book in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmittedText {
    /// Its bytes in the source.
    pub range: Range<usize>,
    /// Which text; pictures have none.
    pub id: Option<TextId>,
    /// Its characters.
    pub text: String,
    /// How the characters are written in the source.
    pub syntax: Syntax,
    /// Where the author wrote it.
    pub origin: Option<Span>,
    /// How it follows the pages.
    pub flow: Flow,
}

/// How characters are written in Typst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// As markup, with escapes.
    Markup,
    /// As a string.
    String,
}

/// How a text follows the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// In reading order.
    Main,
    /// Again at the top of each page of a table.
    Repeated,
    /// At the foot of a page.
    Foot,
}

impl Emitted {
    /// The text at byte `offset` of the source.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<&EmittedText> {
        let index = self.texts.partition_point(|text| text.range.end <= offset);
        self.texts
            .get(index)
            .filter(|text| text.range.contains(&offset))
    }

    /// The author's place for byte `offset` of the source.
    #[must_use]
    pub fn origin(&self, offset: usize) -> Option<Span> {
        self.at(offset)?.origin
    }
}

/// Writes the source of a book.
#[must_use]
pub fn emit(book: &Book) -> Emitted {
    let mut emitter = Emitter::default();
    emitter.preamble("handbook", &book.meta);
    let mut front = true;
    for section in &book.sections {
        let opens_body = front && !section.kind.is_front();
        front &= section.kind.is_front();
        emitter.section(section, opens_body);
    }
    emitter.out
}

/// Writes the source of a handout.
#[must_use]
pub fn emit_handout(handout: &Handout) -> Emitted {
    let mut emitter = Emitter::default();
    emitter.preamble("handout", &handout.meta);
    emitter.sheet(handout);
    emitter.out
}

struct Emitter {
    out: Emitted,
    flow: Flow,
    /// Level of the section in the outline.
    depth: u8,
}

impl Default for Emitter {
    fn default() -> Self {
        Self {
            out: Emitted::default(),
            flow: Flow::Main,
            depth: 1,
        }
    }
}

impl Emitter {
    fn put(&mut self, source: &str) {
        self.out.source.push_str(source);
    }

    /// The settings of `style`, a file and its function.
    fn preamble(&mut self, style: &str, meta: &Meta) {
        let compilers = meta
            .contributors
            .iter()
            .filter(|(_, role)| *role == Role::Compiler);
        let authors = array(compilers.map(|(name, _)| name.as_str()));
        let (language, region) = escape::language(&meta.language);
        // Where catalogues and `fascicle verify` find which edition a file is.
        let edition = format!("edition {}", meta.edition);
        let digest = meta
            .digest
            .as_ref()
            .map(|digest| format!("content sha256 {digest}"));
        let subjects = meta.subjects.iter().chain([&edition]).chain(&digest);
        let subjects = array(subjects.map(String::as_str));
        let date = meta.date;
        self.put(&format!(
            "#import \"/styles/{style}.typ\": *\n#show: {style}.with(\n"
        ));
        for (name, value) in [
            ("title", string(&meta.title)),
            ("authors", authors),
            ("description", string(&meta.description)),
            ("keywords", subjects),
            ("language", language),
            ("region", region),
            (
                "date",
                format!(
                    "datetime(year: {}, month: {}, day: {})",
                    date.year,
                    date.month.unwrap_or(1),
                    date.day.unwrap_or(1)
                ),
            ),
        ] {
            self.put(&format!("  {name}: {value},\n"));
        }
        self.put(")\n");
    }

    fn section(&mut self, section: &Section, opens_body: bool) {
        self.depth = section.depth;
        if section.kind == Kind::Title {
            self.put("\n#title-page[\n#book-title[");
            self.text(&section.title);
            self.put(&format!("]{}\n\n", label(&section.anchor)));
        } else {
            let (left, right) = (string(&section.running.0), string(&section.running.1));
            if opens_body {
                self.put("\n#body-matter\n#set page(numbering: \"1\")");
            }
            let thumb = section.thumb.as_ref().map_or_else(String::new, |thumb| {
                let site = string(&thumb.site);
                format!(", thumb: ({}, {}, {site})", thumb.number, thumb.of)
            });
            self.put(&format!("\n#section({left}, {right}{thumb})[\n"));
            if opens_body {
                self.put("#counter(page).update(1)\n");
            }
            self.head(section.depth, &section.anchor);
            self.text(&section.title);
            self.put("]\n\n");
        }
        let footnotes = Footnotes(section);
        self.blocks(&section.blocks, &footnotes);
        self.put("\n]\n");
    }

    fn sheet(&mut self, handout: &Handout) {
        let section = &handout.section;
        let (left, right) = (string(&section.running.0), string(&section.running.1));
        let footnotes = Footnotes(section);
        self.put(&format!("\n#sheet({left}, {right})[\n"));
        self.head(section.depth, &section.anchor);
        self.text(&section.title);
        self.put("]\n\n#beside[\n");
        self.blocks(&section.blocks, &footnotes);
        self.put("\n][\n");
        if let Some(lookup) = &handout.lookup {
            self.lookup(lookup);
        }
        self.text(&handout.about);
        self.put("\n]\n\n");
        self.blocks(&handout.references, &footnotes);
        self.put("\n]\n");
    }

    /// A QR code, drawn in modules of 1 by 1.
    fn lookup(&mut self, lookup: &QrLink) {
        let Some(code) = qr::svg(&lookup.url) else {
            return;
        };
        let (url, alt) = (string(&lookup.url), string(&lookup.alt));
        self.put(&format!(
            "#lookup({url}, {}, {}, {alt})[",
            string(&code.svg),
            code.modules
        ));
        self.text(&lookup.label);
        self.put("]\n");
    }

    fn head(&mut self, level: u8, anchor: &Anchor) {
        let level = level.min(6);
        self.put(&format!("#head({level}, {})[", label(anchor)));
    }

    fn blocks(&mut self, blocks: &[Block], footnotes: &Footnotes<'_>) {
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                self.put("\n\n");
            }
            self.block(block, footnotes);
        }
    }

    fn block(&mut self, block: &Block, footnotes: &Footnotes<'_>) {
        match block {
            Block::Heading {
                anchor,
                level,
                content,
            } => {
                self.head(self.depth + level - 1, anchor);
                self.inlines(content, footnotes);
                self.put("]");
            }
            Block::Paragraph(content) => self.inlines(content, footnotes),
            Block::Display(kind, content) => {
                let function = match kind {
                    Display::Title => "book-title",
                    Display::Subtitle => "subtitle",
                    Display::Edition => "edition",
                    Display::Notice => "notice",
                    Display::Search => "search",
                };
                self.put(&format!("#{function}["));
                self.inlines(content, footnotes);
                self.put("]");
            }
            Block::List { start, items } => self.list(*start, items, footnotes),
            Block::DefinitionList(definitions) => self.definition_list(definitions, footnotes),
            Block::Quote(blocks) => {
                self.put("#quote(block: true)[");
                self.blocks(blocks, footnotes);
                self.put("]");
            }
            Block::Code(text) => {
                self.put("#code(raw(block: true, ");
                self.string(text);
                self.put("))");
            }
            Block::Table(table) => self.table(table, footnotes),
            Block::Figure {
                path,
                alt,
                caption,
                origin,
            } => self.picture(path, alt, caption.as_ref(), *origin),
            Block::Chart(chart) => self.chart(chart, footnotes),
            Block::Rule => self.put("#change-of-subject"),
            Block::RangeEnd(anchor) => self.put(&format!("#mark({})", label(anchor))),
            Block::Citations(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        self.put("\n\n");
                    }
                    self.entry(entry, index + 1 == entries.len(), footnotes);
                }
            }
            Block::References(listings) => {
                for listing in listings {
                    self.put(&format!("#listing({})[", label(&listing.anchor)));
                    self.inlines(&listing.content, footnotes);
                    self.put("]\n");
                }
            }
            Block::Glossary(definitions) => self.definitions(definitions),
            Block::Subjects(groups) => self.subjects(groups, footnotes),
            Block::Index(lines) => self.index(lines, footnotes),
        }
    }

    fn index(&mut self, lines: &[IndexEntry], footnotes: &Footnotes<'_>) {
        for (index, line) in lines.iter().enumerate() {
            // Neither the first line is left alone nor the last.
            let is_at_edge = index == 0 || index + 2 == lines.len();
            let next = lines.get(index + 1);
            let leads = next.is_some_and(|next| is_at_edge || next.depth > line.depth);
            self.put(&format!(
                "#index-line({}, leads: {leads}, {})[",
                line.depth,
                locators(&line.targets)
            ));
            self.inlines(&line.content, footnotes);
            self.put("]\n");
        }
    }

    fn picture(&mut self, path: &str, alt: &str, caption: Option<&Text>, origin: Span) {
        self.put("#picture(");
        let start = self.out.source.len();
        let path = string(&format!("/content/{path}"));
        self.put(&format!("image({path}, alt: {})", string(alt)));
        let range = start..self.out.source.len();
        self.record(range, None, alt, Syntax::String, Some(origin));
        self.put(", caption: ");
        match caption {
            Some(caption) => {
                self.put("[");
                self.text(caption);
                self.put("]");
            }
            None => self.put("none"),
        }
        self.put(")");
    }

    fn definitions(&mut self, definitions: &[GlossaryEntry]) {
        for definition in definitions {
            let (anchor, uses) = (label(&definition.anchor), locators(&definition.uses));
            self.put(&format!("#definition({anchor}, {uses})["));
            self.text(&definition.term);
            self.put("][");
            self.text(&definition.meaning);
            self.put("]\n");
        }
    }

    fn subjects(&mut self, groups: &[Vec<Subject>], footnotes: &Footnotes<'_>) {
        self.put("#subjects[\n");
        for group in groups {
            for (index, subject) in group.iter().enumerate() {
                let place = label(&subject.anchor);
                let leads = group
                    .get(index + 1)
                    .is_some_and(|next| next.depth > subject.depth);
                match subject.depth {
                    ..=1 => self.put(&format!(
                        "#subject({place}, opens: {}, leads: {leads})[",
                        index == 0
                    )),
                    2.. => self.put(&format!("#subheading({place})[")),
                }
                self.inlines(&subject.content, footnotes);
                self.put("]\n");
            }
        }
        self.put("]");
    }

    fn chart(&mut self, chart: &Chart, footnotes: &Footnotes<'_>) {
        self.put(&format!("#chart({}, [", string(&chart.alt)));
        self.inlines(&chart.caption, footnotes);
        self.put("],\n");
        for bar in &chart.bars {
            self.put("  [");
            self.text(&bar.label);
            self.put(&format!("], {}, [", bar.length));
            self.text(&bar.value);
            self.put("],\n");
        }
        self.put(")");
    }

    fn list(&mut self, start: Option<u64>, items: &[Item], footnotes: &Footnotes<'_>) {
        // A list of tasks is one list for each run of equal boxes.
        for run in items.chunk_by(|a, b| a.task == b.task) {
            let task = run.first().and_then(|item| item.task);
            match (start, task) {
                (Some(start), _) => self.put(&format!("#numbered(start: {start}")),
                (None, Some(ticked)) => self.put(&format!("#task-list({ticked}")),
                (None, None) => self.put("#bullets("),
            }
            if start.is_some() || task.is_some() {
                self.put(", ");
            }
            for item in run {
                self.put("[");
                self.blocks(&item.blocks, footnotes);
                self.put("], ");
            }
            self.put(")\n");
        }
    }

    fn definition_list(&mut self, definitions: &[Definition], footnotes: &Footnotes<'_>) {
        self.put("#definitions(\n");
        for Definition { term, meanings } in definitions {
            self.put("  ([");
            self.inlines(term, footnotes);
            self.put("], (");
            for blocks in meanings {
                self.put("[");
                self.blocks(blocks, footnotes);
                self.put("], ");
            }
            self.put(")),\n");
        }
        self.put(")");
    }

    fn table(&mut self, table: &Table, footnotes: &Footnotes<'_>) {
        let align: String = table
            .columns
            .iter()
            .map(|alignment| match alignment {
                Alignment::Start => "start, ",
                Alignment::Center => "center, ",
                Alignment::End => "end, ",
            })
            .collect();
        self.put(&format!(
            "#data-table(align: ({align}), row-headers: {}, caption: ",
            table.row_headers
        ));
        match &table.caption {
            Some(caption) => {
                self.put("[");
                self.text(caption);
                self.put("]");
            }
            None => self.put("none"),
        }
        self.put(", header: (");
        self.flow = Flow::Repeated;
        self.cells(&table.header, table.columns.len(), footnotes);
        self.flow = Flow::Main;
        self.put("),\n");
        for row in &table.rows {
            self.put("  ");
            self.cells(row, table.columns.len(), footnotes);
            self.put("\n");
        }
        self.put(")");
    }

    /// The cells of a row, filled up or cut to the number of columns.
    fn cells(&mut self, cells: &[Vec<Inline>], columns: usize, footnotes: &Footnotes<'_>) {
        let none = Vec::new();
        for cell in cells.iter().chain(std::iter::repeat(&none)).take(columns) {
            self.put("[");
            self.inlines(cell, footnotes);
            self.put("], ");
        }
    }

    fn entry(&mut self, entry: &Entry, is_last: bool, footnotes: &Footnotes<'_>) {
        self.put(&format!(
            "#entry({}, rank: {},\n",
            label(&entry.anchor),
            entry.rank
        ));
        for (name, text) in [
            ("population", Some(&entry.population)),
            ("details", entry.details.as_ref()),
            ("source", Some(&entry.source)),
            ("authors", Some(&entry.authors)),
            ("place", entry.affiliation.as_ref()),
        ] {
            if let Some(text) = text {
                self.put(&format!("  {name}: ["));
                self.text(text);
                self.put("],\n");
            }
        }
        self.put("  title: [");
        self.inlines(&entry.title, footnotes);
        self.put("],\n");
        let (findings, ending) = (entry.findings).split_at(entry.findings.len().saturating_sub(2));
        if !matches!(ending.last(), Some(Block::Paragraph(_))) {
            self.put("  ends-in-text: false,\n");
        }
        if !entry.notices.is_empty() {
            self.put("  notices: (");
            for notice in &entry.notices {
                self.put("[");
                self.inlines(notice, footnotes);
                self.put("], ");
            }
            self.put("),\n");
        }
        if is_last {
            self.put("  is-last: true,\n");
        }
        self.put(")[");
        self.blocks(findings, footnotes);
        self.put("][");
        self.blocks(ending, footnotes);
        self.put("][");
        self.inlines(&entry.identifiers, footnotes);
        self.put("]");
    }

    fn inlines(&mut self, inlines: &[Inline], footnotes: &Footnotes<'_>) {
        for inline in inlines {
            self.inline(inline, footnotes);
        }
    }

    fn inline(&mut self, inline: &Inline, footnotes: &Footnotes<'_>) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Omission(text) => {
                self.put("#omission[");
                self.text(text);
                self.put("]");
            }
            Inline::Code(text) => {
                self.put("#code(raw(");
                self.string(text);
                self.put("))");
            }
            Inline::Emphasis(content) => self.call("#emphasis", content, footnotes),
            Inline::Strong(content) => self.call("#strong", content, footnotes),
            Inline::Struck(content) => self.call("#strike", content, footnotes),
            Inline::Foreign { language, content } => {
                let (language, region) = escape::language(language);
                let function = format!("#text(lang: {language}, region: {region})");
                self.call(&function, content, footnotes);
            }
            Inline::Bracket(content) => self.call("#editorial", content, footnotes),
            Inline::Internal { target, content } => {
                self.call(&format!("#linked({})", label(target)), content, footnotes);
            }
            Inline::External { url, content } => {
                self.call(&format!("#linked({})", string(url)), content, footnotes);
            }
            Inline::Citation { target, mark } => {
                self.put(&format!("#linked({})[", label(target)));
                self.text(mark);
                self.put("]");
            }
            Inline::Term {
                target,
                anchor,
                word,
            } => {
                self.put(&format!("#term({}, {})[", label(target), label(anchor)));
                self.text(word);
                self.put("]");
            }
            Inline::Pages(targets) => {
                self.put(&format!("#page-numbers({})", locators(targets)));
            }
            Inline::IndexAnchor(anchor) => self.put(&format!("#mark({})", label(anchor))),
            Inline::Footnote {
                target,
                mark,
                repeat,
            } => {
                if *repeat > 0 {
                    self.put(&format!("#footnote({})", label(target)));
                } else {
                    self.put(&format!("#foot({})[", string(mark)));
                    let flow = std::mem::replace(&mut self.flow, Flow::Foot);
                    self.blocks(footnotes.blocks(target), footnotes);
                    self.flow = flow;
                    self.put(&format!("]{}", label(target)));
                }
            }
            Inline::Break => self.put("#linebreak()"),
        }
    }

    fn call(&mut self, function: &str, content: &[Inline], footnotes: &Footnotes<'_>) {
        self.put(function);
        self.put("[");
        self.inlines(content, footnotes);
        self.put("]");
    }

    /// A text as markup.
    fn text(&mut self, text: &Text) {
        let start = self.out.source.len();
        escape::markup(&text.text, &mut self.out.source);
        let range = start..self.out.source.len();
        self.record(
            range,
            Some(text.id),
            &text.text,
            Syntax::Markup,
            text.origin,
        );
    }

    /// A text as a string.
    fn string(&mut self, text: &Text) {
        let start = self.out.source.len();
        self.put(&string(&text.text));
        let range = start..self.out.source.len();
        self.record(
            range,
            Some(text.id),
            &text.text,
            Syntax::String,
            text.origin,
        );
    }

    fn record(
        &mut self,
        range: Range<usize>,
        id: Option<TextId>,
        text: &str,
        syntax: Syntax,
        origin: Option<Span>,
    ) {
        if !range.is_empty() {
            let text = text.to_owned();
            self.out.texts.push(EmittedText {
                range,
                id,
                text,
                syntax,
                origin,
                flow: self.flow,
            });
        }
    }
}

/// The footnotes of a section: Typst wants each where its mark is.
struct Footnotes<'a>(&'a Section);

impl<'a> Footnotes<'a> {
    fn blocks(&self, target: &Anchor) -> &'a [Block] {
        let found = self
            .0
            .footnotes
            .iter()
            .find(|footnote| footnote.anchor == *target);
        found.map_or(&[], |footnote| &footnote.blocks)
    }
}

/// An array of strings, with a comma after each so that one alone is an array, too.
fn array<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::from("(");
    for text in texts {
        out.push_str(&string(text));
        out.push_str(", ");
    }
    format!("{})", out.trim_end())
}

fn label(anchor: &Anchor) -> String {
    format!("<{}>", anchor.0)
}

/// Labels with commas; two in parentheses for all from one to the other.
fn locators(locators: &[Locator]) -> String {
    let mut out = String::new();
    for Locator { from, to } in locators {
        // Writing to a `String` cannot fail.
        let _ = match to {
            Some(to) => write!(out, "({}, {}), ", label(from), label(to)),
            None => write!(out, "{}, ", label(from)),
        };
    }
    out.trim_end_matches(", ").to_owned()
}
