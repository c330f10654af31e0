//! A book or a handout → Typst source, small and readable: the settings of all of it, and a source for each section. How
//! it looks is in `styles/handbook.typ` and `styles/handout.typ`.

use std::ops::Range;

use super::escape::{self, string};
use super::fonts::families;
use super::numbers::{PageNumbers, Run};
use super::qr;
use super::sequence::{self, Matter, Sequence};
use crate::model::book::{
    Anchor, Block, Book, Chart, Definition, Display, Entry, Glance, GlanceRow, GlossaryEntry,
    Handout, IndexEntry, Inline, Item, Kind, Locator, Meta, QrLink, Section, ShortEntry, Subject,
    Table, Text, TextId, plain_text,
};
use crate::model::draft::Alignment;
use crate::source::Span;

/// Typst source, and which text of the book each part of it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Emitted {
    /// The source.
    pub source: String,
    /// The texts, in the order of the source.
    pub texts: Vec<EmittedText>,
}

/// A text of the book in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EmittedText {
    /// Its bytes in the source.
    pub range: Range<usize>,
    /// Which text; pictures have none.
    pub id: Option<TextId>,
    /// Its characters.
    pub text: String,
    /// How many bytes of the text of the book stand before them.
    pub before: usize,
    /// How the characters are written in the source.
    pub syntax: Syntax,
    /// Where the author wrote it.
    pub origin: Option<Span>,
    /// How it follows the pages.
    pub flow: Flow,
}

/// How characters are written in Typst.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// As markup, with escapes.
    Markup,
    /// As a string.
    String,
}

/// How a text follows the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
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
    pub(super) fn at(&self, offset: usize) -> Option<&EmittedText> {
        let index = self.texts.partition_point(|text| text.range.end <= offset);
        self.texts
            .get(index)
            .filter(|text| text.range.contains(&offset))
    }

    /// The author's place for byte `offset` of the source.
    #[must_use]
    pub(super) fn origin(&self, offset: usize) -> Option<Span> {
        self.at(offset)?.origin
    }
}

/// What is known of the rest of the book where a section is written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known<'a> {
    /// The numbers of pages. The others are bound once they are known, in room for three digits.
    pub(super) numbers: Option<&'a PageNumbers<'a>>,
    pub(super) breaks: Breaks,
}

/// What may break across pages, beside text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Breaks {
    /// Long tables and lists, between their rows and items.
    #[default]
    Long,
    /// Whatever is kept on one page elsewhere: one of them is higher than a page.
    Blocks,
    /// Rows of tables, too: one of them is higher than a page.
    Rows,
}

/// All sources of a book as one text, to be read by people.
#[must_use]
pub fn emit(book: &Book) -> String {
    let sources = sequence::sequences(book);
    let sources = sources.map(|it| sections(it, Known::default()).source);
    let sources = sources.map(|source| source.replacen(PROLOGUE, "", 1));
    std::iter::once(settings("handbook", &book.meta))
        .chain(sources)
        .collect()
}

/// How many articles of a technique are kept on one page.
const FEW: usize = 10;

/// How each source begins: what a book looks like is in a file of its own.
const PROLOGUE: &str = "#import \"/book.typ\": *\n#show: book\n";

/// Writes the source of sections that run on.
pub(super) fn sections(sequence: Sequence<'_>, known: Known<'_>) -> Emitted {
    let mut emitter = Emitter::new(known);
    emitter.sections(sequence);
    emitter.out
}

/// Writes the source of a handout.
pub(super) fn sheet(handout: &Handout, known: Known<'_>) -> Emitted {
    let mut emitter = Emitter::new(known);
    emitter.sheet(handout);
    emitter.out
}

/// The settings of a book in `style`, a file and its function: what all of its pages depend on.
pub(super) fn settings(style: &str, meta: &Meta) -> String {
    let [language, region, direction, fonts] = setting(meta);
    format!(
        "#import \"/styles/{style}.typ\": *\n\
         #let book = {style}.with(language: {language}, region: {region}, direction: {direction}, fonts: {fonts})\n"
    )
}

/// Language, region, direction and fonts of a book, as Typst writes them.
pub(super) fn setting(meta: &Meta) -> [String; 4] {
    let (language, region) = escape::language(&meta.language);
    let direction = match meta.is_right_to_left {
        true => "rtl",
        false => "ltr",
    };
    let fonts = families(&meta.fonts).into_iter();
    let fonts: Vec<String> = fonts.map(|family| string(&family) + ", ").collect();
    let fonts = fonts.concat();
    [language, region, direction.to_owned(), format!("({fonts})")]
}

struct Emitter<'k> {
    out: Emitted,
    flow: Flow,
    known: Known<'k>,
    /// Level of the section in the outline.
    depth: u8,
    /// What the section is; none in a handout.
    kind: Option<Kind>,
    /// Whether links and marks are written as words alone: where the header of a table comes again.
    words_alone: bool,
}

impl<'k> Emitter<'k> {
    fn new(known: Known<'k>) -> Self {
        let source = PROLOGUE.to_owned();
        Self {
            out: Emitted {
                source,
                texts: Vec::new(),
            },
            flow: Flow::Main,
            known,
            depth: 1,
            kind: None,
            words_alone: false,
        }
    }

    fn put(&mut self, source: &str) {
        self.out.source.push_str(source);
    }

    fn sections(&mut self, sequence: Sequence<'_>) {
        let Sequence { sections, matter } = sequence;
        let [before @ .., last] = sections else {
            return;
        };
        if last.kind == Kind::Title {
            return self.title_page(last);
        }
        let numbering = match matter {
            Matter::Front => ", numbering: \"i\"",
            Matter::Opening | Matter::Body => "",
        };
        let thumb = last.thumb.as_ref().map_or_else(String::new, |thumb| {
            let site = string(&thumb.site);
            format!(", thumb: ({}, {}, {site})", thumb.number, thumb.of)
        });
        // The last is of the kind that the pages are named by; the first may open a part.
        let left = string(&last.running.0);
        let function = match last.kind {
            Kind::Overview | Kind::Contents => "overview",
            // What changed goes on behind what the edition is.
            Kind::Imprint | Kind::Changes => "imprint",
            Kind::Title
            | Kind::Part
            | Kind::Chapter
            | Kind::Site
            | Kind::Technique
            | Kind::SiteTechnique
            | Kind::References
            | Kind::Index
            | Kind::Glossary
            | Kind::Colophon => "section",
        };
        self.put(&format!("\n#{function}({left}{numbering}{thumb})[\n"));
        let kinds_before = std::iter::once(None).chain(sections.iter().map(|it| Some(it.kind)));
        for (section, before) in before.iter().chain([last]).zip(kinds_before) {
            let goes_on = before.is_some_and(|before| before != Kind::Part);
            self.section(section, goes_on);
        }
        self.put("]\n");
    }

    fn title_page(&mut self, section: &Section) {
        self.put("\n#title-page[\n#book-title[");
        self.text(&section.title);
        self.put(&format!("]{}\n\n", label(&section.anchor)));
        self.blocks(&section.blocks, &Footnotes(section));
        self.put("\n]\n");
    }

    /// A section; if it goes on after another, a rule is between them.
    fn section(&mut self, section: &Section, goes_on: bool) {
        self.depth = section.depth;
        self.kind = Some(section.kind);
        let more = if goes_on { ", goes-on: true" } else { "" };
        self.head(section.depth, &section.anchor, &section.running.1, more);
        self.text(&section.title);
        self.put("]\n\n");
        self.blocks(&section.blocks, &Footnotes(section));
        self.put("\n\n");
    }

    fn sheet(&mut self, handout: &Handout) {
        let section = &handout.section;
        let (left, right) = (string(&section.running.0), string(&section.running.1));
        let footnotes = Footnotes(section);
        self.put(&format!("\n#sheet({left}, {right})[\n"));
        if !handout.fields.is_empty() {
            self.put("#fields(");
            for field in &handout.fields {
                self.put("[");
                self.text(field);
                self.put("], ");
            }
            self.put(")\n");
        }
        self.head(section.depth, &section.anchor, "", "");
        self.text(&section.title);
        self.put("]\n\n#leading-on(");
        if let Some(lookup) = &handout.lookup {
            self.lookup(lookup);
        }
        self.put(")[");
        self.text(&handout.about);
        self.put("]\n\n");
        self.blocks(&section.blocks, &footnotes);
        self.put("\n\n");
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
            "code: qr-code({}, {}, {alt}), label: linked({url})[",
            string(&code.svg),
            code.modules
        ));
        self.text(&lookup.label);
        self.put("]");
    }

    /// The beginning of a heading; `word` stands at the heads of the pages from here on, if there is one.
    fn head(&mut self, level: u8, anchor: &Anchor, word: &str, more: &str) {
        let word = match word.is_empty() {
            true => String::new(),
            false => format!(", head-word: {}", string(word)),
        };
        let level = level.min(6);
        self.put(&format!("#head({level}, {}{word}{more})[", label(anchor)));
    }

    fn blocks(&mut self, blocks: &[Block], footnotes: &Footnotes<'_>) {
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                self.put("\n\n");
            }
            if announces(block, blocks.get(index + 1)) {
                self.put("#announcing[");
                self.block(block, footnotes);
                self.put("]");
                continue;
            }
            if index + 1 < blocks.len() && is_short_comment(block) {
                self.put("#kept[");
                self.block(block, footnotes);
                self.put("]");
                continue;
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
                self.head(self.depth + level - 1, anchor, "", "");
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
            Block::Glance(glance) => self.glance(glance, footnotes),
            Block::Chart(chart) => self.chart(chart, footnotes),
            Block::Rule => self.put("#change-of-subject"),
            Block::RangeEnd(anchor) => self.put(&format!("#mark({})", label(anchor))),
            Block::Articles(entries) => {
                self.put("#articles[\n");
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        self.put("\n\n");
                    }
                    self.entry(entry, footnotes);
                }
                self.put("\n]");
            }
            Block::References(entries) => {
                let is_short = self.kind == Some(Kind::Technique) && entries.len() <= FEW;
                let together = if is_short { "(together: true)" } else { "" };
                self.put(&format!("#references{together}[\n"));
                for (index, entry) in entries.iter().enumerate() {
                    // Two stay with the heading, and two with what follows the list.
                    let leads = index == 0 || index + 2 >= entries.len();
                    self.short_entry(entry, leads, footnotes);
                }
                self.put("]");
            }
            Block::Glossary(definitions) => self.definitions(definitions),
            Block::Subjects(groups) => self.subjects(groups, footnotes),
            Block::Index(lines) => {
                let (all, line) = match self.kind {
                    Some(Kind::Index) => ("names", "name-line"),
                    Some(_) | None => ("contents", "index-line"),
                };
                self.put(&format!("#{all}(\n"));
                self.index(lines, line, footnotes);
                self.put(")");
            }
        }
    }

    /// The lines of an index, each by a function of the styles.
    fn index(&mut self, lines: &[IndexEntry], function: &str, footnotes: &Footnotes<'_>) {
        for (index, line) in lines.iter().enumerate() {
            // Neither the first line is left alone nor the last.
            let is_at_edge = index == 0 || index + 2 == lines.len();
            let next = lines.get(index + 1);
            let leads = next.is_some_and(|next| is_at_edge || next.depth > line.depth);
            self.put(&format!("  {function}({}, leads: {leads}", line.depth));
            self.argument("pages", &line.targets);
            self.put(")[");
            self.inlines(&line.content, footnotes);
            self.put("],\n");
        }
    }

    fn picture(&mut self, path: &str, alt: &str, caption: Option<&Text>, origin: Span) {
        self.put("#picture(");
        let start = self.out.source.len();
        let path = string(&format!("/content/{path}"));
        self.put(&format!("image({path}, alt: {})", string(alt)));
        let range = start..self.out.source.len();
        self.record(range, None, alt, Some(origin));
        self.breakable();
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
        self.put("#glossary[\n");
        for definition in definitions {
            self.put(&format!("#definition({}", label(&definition.anchor)));
            self.argument("uses", &definition.uses);
            self.put(")[");
            self.text(&definition.term);
            self.put("][");
            self.text(&definition.meaning);
            self.put("]\n");
        }
        self.put("]");
    }

    fn subjects(&mut self, groups: &[Vec<Subject>], footnotes: &Footnotes<'_>) {
        self.put("#subjects[\n");
        for group in groups {
            for (index, subjects) in group.chunk_by(|_, next| next.depth > 1).enumerate() {
                self.subject(subjects, index == 0, footnotes);
            }
        }
        self.put("]");
    }

    /// A subject with what is below it.
    fn subject(&mut self, subjects: &[Subject], opens: bool, footnotes: &Footnotes<'_>) {
        self.put("#tagged(\"item\")[\n");
        for subject in subjects {
            let place = label(&subject.anchor);
            match subject.depth {
                ..=1 => {
                    let leads = subjects.len() > 1;
                    self.put(&format!(
                        "#subject({place}, opens: {opens}, leads: {leads})["
                    ));
                }
                2.. => self.put(&format!("#subheading({place})[")),
            }
            self.inlines(&subject.content, footnotes);
            self.put("]\n");
        }
        self.put("]\n");
    }

    fn chart(&mut self, chart: &Chart, footnotes: &Footnotes<'_>) {
        self.put(&format!("#chart({}", string(&chart.alt)));
        self.breakable();
        self.put(", [");
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

    /// The techniques of a site: the heads of columns and groups come again on each page.
    fn glance(&mut self, glance: &Glance, footnotes: &Footnotes<'_>) {
        self.put("#glance(caption: [");
        self.inlines(&glance.caption, footnotes);
        self.put("], heads: (");
        self.flow = Flow::Repeated;
        for head in glance.heads.texts() {
            self.put("[");
            self.text(head);
            self.put("], ");
        }
        self.flow = Flow::Main;
        self.put(")");
        self.breakable();
        for group in &glance.groups {
            self.put(",\n  ([");
            self.flow = Flow::Repeated;
            self.inlines(&group.title, footnotes);
            self.flow = Flow::Main;
            self.put("], (\n");
            for row in &group.rows {
                self.glance_row(row, footnotes);
            }
            self.put("  ))");
        }
        self.put(",\n)");
    }

    fn glance_row(&mut self, row: &GlanceRow, footnotes: &Footnotes<'_>) {
        self.put("    (technique: [");
        self.inlines(&row.technique, footnotes);
        self.put("]");
        if let Some(words) = &row.in_short {
            self.put(", in-short: [");
            self.text(words);
            self.put("]");
        }
        for (name, cell) in [
            ("people", &row.people),
            ("figure", &row.figure),
            ("harm", &row.harm),
        ] {
            self.put(&format!(", {name}: ["));
            self.inlines(cell, footnotes);
            self.put("]");
        }
        self.argument("page", row.page.as_slice());
        self.put("),\n");
    }

    fn list(&mut self, start: Option<u64>, items: &[Item], footnotes: &Footnotes<'_>) {
        if let Some(start) = start {
            self.put(&format!("#numbered(start: {start}, "));
            self.items(items, true, footnotes);
            return;
        }
        // A list of tasks without numbers is one list for each run of equal boxes, which stand in place of its dots.
        for run in items.chunk_by(|a, b| a.task == b.task) {
            match run.first().and_then(|item| item.task) {
                Some(ticked) => self.put(&format!("#task-list(ticked: {ticked}, ")),
                None => self.put("#bullets("),
            }
            self.items(run, false, footnotes);
        }
    }

    /// The items of a list, with their boxes if there is room for them within the items alone.
    fn items(&mut self, items: &[Item], boxes: bool, footnotes: &Footnotes<'_>) {
        let blocks = items.iter().flat_map(|item| &item.blocks);
        let letters: usize = blocks.map(letters).sum();
        self.put(&format!("letters: {letters}, "));
        let is_simple = |item: &Item| matches!(item.blocks.as_slice(), [Block::Paragraph(_)]);
        if !items.iter().all(is_simple) {
            self.put("nests: true, ");
        }
        if self.known.breaks >= Breaks::Blocks {
            self.put("breakable: true, ");
        }
        for item in items {
            self.put("[");
            if let Some(ticked) = item.task.filter(|_| boxes) {
                self.put(&format!("#task({ticked})"));
            }
            self.blocks(&item.blocks, footnotes);
            self.put("], ");
        }
        self.put(")\n");
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
            "#data-table(align: ({align}), row-headers: {}",
            table.row_headers
        ));
        self.breakable();
        if self.known.breaks >= Breaks::Rows {
            self.put(", breakable-rows: true");
        }
        self.put(", caption: ");
        match &table.caption {
            Some(caption) => {
                self.put("[");
                self.text(caption);
                self.put("]");
            }
            None => self.put("none"),
        }
        let words = (0..table.columns.len()).map(|column| string(&longest_word(table, column)));
        let words: Vec<String> = words.collect();
        self.put(&format!(", words: ({},), header: (", words.join(", ")));
        self.flow = Flow::Repeated;
        self.cells(&table.header, table.columns.len(), footnotes);
        // What comes again on the next page is no text of its own, and holds no links.
        if table.header.iter().flatten().any(leads) {
            self.put("), again: (");
            self.words_alone = true;
            self.cells(&table.header, table.columns.len(), footnotes);
            self.words_alone = false;
        }
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

    /// A reference in short, which may go with what follows it.
    fn short_entry(&mut self, entry: &ShortEntry, leads: bool, footnotes: &Footnotes<'_>) {
        let anchor = label(&entry.anchor);
        let leads = if leads { ", leads: true" } else { "" };
        self.put(&format!("#short-entry({anchor}, {}{leads})[", entry.rank));
        self.inlines(&entry.content, footnotes);
        if let Some(page) = &entry.page {
            self.text(&page.label);
            let place = string(&address(&page.target));
            let sample = self.known.numbers.map_or("000", PageNumbers::sample);
            self.put(&format!("#page-in-text({place}, [{sample}])"));
        }
        self.put("]\n");
    }

    fn entry(&mut self, entry: &Entry, footnotes: &Footnotes<'_>) {
        let anchor = label(&entry.anchor);
        self.put(&format!("#entry({anchor}, rank: {},\n", entry.rank));
        // Keys stand at the heads of the pages of the book.
        if self.kind == Some(Kind::References) {
            let key = string(&entry.key.text);
            self.put(&format!("  head-word: {key},\n"));
        }
        for (name, text) in [
            ("key", Some(&entry.key)),
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
        let (findings, ending) = entry.findings.split_at(ending(&entry.findings));
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
        if let Some(cited) = &entry.cited {
            self.put("  cited: [");
            self.text(&cited.label);
            self.pages(&cited.places);
            self.put("],\n");
        }
        if self.known.breaks >= Breaks::Blocks {
            self.put("  breakable: true,\n");
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
            Inline::Internal { content, .. } | Inline::External { content, .. }
                if self.words_alone =>
            {
                self.inlines(content, footnotes);
            }
            Inline::Citation { mark, .. } | Inline::Term { word: mark, .. } if self.words_alone => {
                self.text(mark);
            }
            Inline::Footnote { mark, .. } if self.words_alone => {
                self.put(&format!("#super({})", string(mark)));
            }
            Inline::IndexAnchor(_) if self.words_alone => {}
            Inline::Internal { target, content } => {
                let address = string(&address(target));
                self.call(&format!("#linked({address})"), content, footnotes);
            }
            // Nobody but the program writes addresses of places.
            Inline::External { url, content } if url.starts_with(SCHEME) => {
                self.inlines(content, footnotes);
            }
            Inline::External { url, content } => {
                self.put(&format!("#linked({})[", string(url)));
                match content.as_slice() {
                    [Inline::Text(text)] => self.identifier(text),
                    content => self.inlines(content, footnotes),
                }
                self.put("]");
            }
            Inline::Citation { target, mark } => {
                self.put(&format!("#linked({})[", string(&address(target))));
                self.text(mark);
                self.put("]");
            }
            Inline::Term {
                target,
                anchor,
                word,
            } => {
                let address = string(&address(target));
                self.put(&format!("#term({address}, {})[", label(anchor)));
                self.text(word);
                self.put("]");
            }
            Inline::Mark { sign, label: _ } => {
                self.put("#sign[");
                self.text(sign);
                self.put("]");
            }
            Inline::Pages(locators) => self.pages(locators),
            Inline::PrintedPage { target, label } => {
                let (place, word) = (string(&address(target)), string(label));
                let sample = self.known.numbers.map_or("000", PageNumbers::sample);
                self.put(&format!("#printed-page({place}, {word}, [{sample}])"));
            }
            Inline::IndexAnchor(anchor) => self.put(&format!("#mark({})", label(anchor))),
            Inline::Footnote {
                target,
                mark,
                repeat,
            } => {
                if *repeat > 0 {
                    self.put(&format!("#foot-again({}, {})", string(mark), label(target)));
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

    /// An argument with the pages of some places, if there are any.
    fn argument(&mut self, name: &str, locators: &[Locator]) {
        if !locators.is_empty() {
            self.put(&format!(", {name}: ["));
            self.pages(locators);
            self.put("]");
        }
    }

    /// That what follows may break, where something like it is higher than a page.
    fn breakable(&mut self) {
        if self.known.breaks >= Breaks::Blocks {
            self.put(", breakable: true");
        }
    }

    /// The pages of some places, as far as their numbers are known; the others are bound later.
    fn pages(&mut self, locators: &[Locator]) {
        let runs = match self.known.numbers {
            Some(numbers) => numbers.runs(locators),
            None => locators.iter().map(Run::unknown).collect(),
        };
        let sample = self.known.numbers.map_or("000", PageNumbers::sample);
        for (index, run) in runs.iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            let from = string(&address(run.from));
            match &run.pages {
                None => self.put(&format!("#page-of({from}, [{sample}])")),
                Some((first, last)) if first == last => {
                    self.put(&format!("#linked({from})[{first}]"));
                }
                Some((first, last)) => {
                    self.put(&format!("#linked({from})[#box[{first}–{last}]]"));
                }
            }
        }
    }

    fn call(&mut self, function: &str, content: &[Inline], footnotes: &Footnotes<'_>) {
        self.put(function);
        self.put("[");
        self.inlines(content, footnotes);
        self.put("]");
    }

    /// A text as markup. Units of units, such as `mg/m²`, are not broken, nor are words such as `X-ray`.
    fn text(&mut self, text: &Text) {
        let mut done = 0;
        let mut whole: Vec<Range<usize>> = units(&text.text).collect();
        whole.extend(hyphenated(&text.text));
        whole.sort_by_key(|part| part.start);
        for part in whole {
            if part.start >= done {
                self.piece(text, done..part.start);
                done = part.end;
                self.unbroken(text, part);
            }
        }
        self.piece(text, done..text.text.len());
    }

    /// A part of a text at which no line ends.
    fn unbroken(&mut self, text: &Text, part: Range<usize>) {
        self.put("#box[");
        self.piece(text, part);
        self.put("]");
    }

    /// The words of a link. What stands behind the last stroke of a DOI is not broken at its hyphens: whoever types it could
    /// not know whether they belong to it.
    fn identifier(&mut self, text: &Text) {
        let whole = text.text.len();
        let tail = doi_tail(&text.text).unwrap_or(whole);
        self.piece(text, 0..tail);
        if tail < whole {
            self.unbroken(text, tail..whole);
        }
    }

    /// A part of a text as markup.
    fn piece(&mut self, text: &Text, part: Range<usize>) {
        let before = part.start;
        let piece = text.text.get(part).unwrap_or_default();
        let start = self.out.source.len();
        escape::markup(piece, &mut self.out.source);
        let range = start..self.out.source.len();
        if !range.is_empty() {
            self.out.texts.push(EmittedText {
                range,
                id: Some(text.id),
                text: piece.to_owned(),
                before,
                syntax: Syntax::Markup,
                origin: text.origin,
                flow: self.flow,
            });
        }
    }

    /// A text as a string.
    fn string(&mut self, text: &Text) {
        let start = self.out.source.len();
        self.put(&string(&text.text));
        let range = start..self.out.source.len();
        self.record(range, Some(text.id), &text.text, text.origin);
    }

    /// Notes what is written as a string.
    fn record(
        &mut self,
        range: Range<usize>,
        id: Option<TextId>,
        text: &str,
        origin: Option<Span>,
    ) {
        if !range.is_empty() {
            let text = text.to_owned();
            self.out.texts.push(EmittedText {
                range,
                id,
                text,
                before: 0,
                syntax: Syntax::String,
                origin,
                flow: self.flow,
            });
        }
    }
}

/// Whether running text holds a link, a mark that leads somewhere, or a place.
fn leads(inline: &Inline) -> bool {
    match inline {
        Inline::Internal { .. }
        | Inline::External { .. }
        | Inline::Citation { .. }
        | Inline::Term { .. }
        | Inline::IndexAnchor(_)
        | Inline::Footnote { .. } => true,
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Emphasis(_)
        | Inline::Strong(_)
        | Inline::Struck(_)
        | Inline::Foreign { .. }
        | Inline::Bracket(_)
        | Inline::Pages(_)
        | Inline::Omission(_)
        | Inline::Mark { .. }
        | Inline::PrintedPage { .. }
        | Inline::Break => inline.children().iter().any(leads),
    }
}

/// How long what stands behind the last stroke of a DOI is at most, so that it has room on any line.
const TAIL: usize = 36;

/// Where the last part of a DOI begins, if it has hyphens.
fn doi_tail(text: &str) -> Option<usize> {
    let (_, doi) = text.split_once("10.")?;
    let tail = doi.rsplit_once('/')?.1;
    let is_tail = tail.contains('-') && tail.len() <= TAIL && !tail.contains(char::is_whitespace);
    is_tail.then(|| text.len() - tail.len())
}

/// What is measured by another unit.
const MEASURED: [&str; 9] = ["g", "mg", "µg", "μg", "ng", "ml", "mL", "U", "IU"];

/// Where units of units are in a text: `mg/m²`.
fn units(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('/').filter_map(|(stroke, _)| {
        let (before, after) = (text.get(..stroke)?, text.get(stroke + 1..)?);
        let unit = before
            .rsplit(|letter: char| !letter.is_alphabetic())
            .next()?;
        let other = after
            .split(|letter: char| !letter.is_alphanumeric())
            .next()?;
        let is_unit = MEASURED.contains(&unit) && !other.is_empty();
        is_unit.then(|| stroke - unit.len()..stroke + 1 + other.len())
    })
}

/// Where the words of a text are of which one letter stands before the hyphen: `X-rays`.
fn hyphenated(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('-').filter_map(|(hyphen, _)| {
        let (before, after) = (text.get(..hyphen)?, text.get(hyphen + 1..)?);
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '-';
        let letter = before
            .chars()
            .next_back()
            .filter(|letter| letter.is_alphabetic())?;
        let start = hyphen - letter.len_utf8();
        let is_alone = !text.get(..start)?.ends_with(is_part);
        let rest = after.split(|letter: char| !letter.is_alphabetic()).next()?;
        let is_word = is_alone && (1..=12).contains(&rest.len());
        is_word.then(|| start..hyphen + 1 + rest.len())
    })
}

/// How many letters running text has.
fn letters(block: &Block) -> usize {
    let texts = block.inlines().into_iter().filter_map(Inline::text);
    texts.map(|text| text.text.chars().count()).sum()
}

/// How many letters a sentence has at most that says what a list is of.
const SENTENCE: usize = 200;

/// Whether a paragraph must not stand on the page before what it leads to.
fn announces(block: &Block, next: Option<&Block>) -> bool {
    let Block::Paragraph(content) = block else {
        return false;
    };
    match next {
        Some(Block::Table(_) | Block::Chart(_) | Block::Figure { .. }) => true,
        Some(Block::List { .. }) => {
            let words = plain_text(content);
            words.trim_end().ends_with(':') || words.chars().count() < SENTENCE
        }
        _ => false,
    }
}

/// How many letters a comment of the compiler has at most that is kept on one page: some four lines.
const KEPT: usize = 280;

/// Whether a paragraph is a comment of the compiler, and short enough not to be torn.
fn is_short_comment(block: &Block) -> bool {
    let is_comment =
        matches!(block, Block::Paragraph(content) if matches!(&**content, [Inline::Bracket(_)]));
    is_comment && letters(block) <= KEPT
}

/// Where the end of what an article found begins, which stands on one page: its last block, and the one before if the last
/// is only a comment on it.
fn ending(findings: &[Block]) -> usize {
    let is_comment = matches!(
        findings.last(),
        Some(Block::Paragraph(content)) if matches!(&**content, [Inline::Bracket(_)])
    );
    findings
        .len()
        .saturating_sub(if is_comment { 2 } else { 1 })
}

/// The longest word of a column.
fn longest_word(table: &Table, column: usize) -> String {
    let rows = std::iter::once(&table.header).chain(&table.rows);
    let cells = rows.filter_map(|row| row.get(column));
    let cells: Vec<String> = cells.map(|cell| plain_text(cell)).collect();
    let words = cells.iter().flat_map(|cell| cell.split(' '));
    let longest = words.max_by_key(|word| word.chars().count());
    longest.unwrap_or_default().to_owned()
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

/// What the address of a place in the book begins with. No address on the web or of a person does.
pub(super) const SCHEME: &str = "book:";

/// A place in the book as an address.
fn address(anchor: &Anchor) -> String {
    format!("{SCHEME}{}", anchor.0)
}

fn label(anchor: &Anchor) -> String {
    format!("<{}>", anchor.0)
}
