//! Blocks as Typst source, and which of them stay on one page with what follows.

use super::inlines::Room;
use super::{Breaks, Emitter, Flow, Footnotes, label, string};
use crate::model::book::{
    Block, Definition, Display, Entry, GlossaryEntry, IndexEntry, Inline, Item, Kind, Locator,
    ShortEntry, Subject, Text, plain_text,
};
use crate::source::Span;

/// How many articles of a technique are kept on one page.
const FEW: usize = 10;

impl Emitter<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block], footnotes: &Footnotes<'_>) {
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

    pub(super) fn block(&mut self, block: &Block, footnotes: &Footnotes<'_>) {
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
                let last = entries.len().saturating_sub(1);
                for (index, entry) in entries.iter().enumerate() {
                    // Two stay with the heading, and two at the end; there is a search behind them in the book.
                    let is_before_search = index == last && self.kind.is_some();
                    let leads = index == 0 && last > 0 || index + 1 == last || is_before_search;
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
            self.pages_with_main(&line.targets);
            self.put(")[");
            self.inlines(&line.content, footnotes);
            self.put("],\n");
        }
    }

    /// The pages of a line; those that are about nothing else are emphasized.
    fn pages_with_main(&mut self, locators: &[Locator]) {
        if locators.is_empty() {
            return;
        }
        self.put(", pages: [");
        for (index, (is_main, run)) in Locator::runs(locators).enumerate() {
            self.put(if index > 0 { ", " } else { "" });
            self.put(if is_main { "#strong[" } else { "" });
            self.pages(run, Room::Sample);
            self.put(if is_main { "]" } else { "" });
        }
        self.put("]");
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
        for (index, definition) in definitions.iter().enumerate() {
            self.put(&format!("#definition({}", label(&definition.anchor)));
            // Two are with the heading.
            self.put(if index == 0 { ", leads: true" } else { "" });
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
        for (number, group) in groups.iter().enumerate() {
            for (index, subjects) in group.chunk_by(|_, next| next.depth > 1).enumerate() {
                let is_first = number == 0 && index == 0;
                self.subject(subjects, is_first, index == 0, footnotes);
            }
        }
        self.put("]");
    }

    /// A subject with what is below it.
    fn subject(
        &mut self,
        subjects: &[Subject],
        is_first: bool,
        opens: bool,
        footnotes: &Footnotes<'_>,
    ) {
        self.put("#tagged(\"item\")[\n");
        for subject in subjects {
            let mut place = label(&subject.anchor);
            if let Some(heading) = &subject.under {
                place = format!("{place}, under: {}", string(heading));
            }
            match subject.depth {
                ..=1 => {
                    let leads = is_first || subjects.len() > 1;
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
        if nests(items) {
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

    /// A reference in short, which may go with what follows it.
    fn short_entry(&mut self, entry: &ShortEntry, leads: bool, footnotes: &Footnotes<'_>) {
        let anchor = label(&entry.anchor);
        let leads = if leads { ", leads: true" } else { "" };
        self.put(&format!("#short-entry({anchor}, {}{leads})[", entry.rank));
        let (before, ending) = entry.parts();
        self.inlines(before, footnotes);
        if let Some(page) = &entry.page {
            let is_bound = !ending.is_empty();
            self.put(if is_bound { "#box[" } else { "" });
            self.inlines(ending, footnotes);
            self.text(&page.label);
            self.page(&page.target, Room::Number);
            self.put(if is_bound { "]" } else { "" });
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
            self.whole(&cited.label);
            self.listed_pages(&cited.places);
            self.put("],\n");
        }
        if self.known.breaks >= Breaks::Blocks {
            self.put("  breakable: true,\n");
        }
        let outer = self.place_notes(&entry.findings, footnotes);
        self.put(")[");
        self.blocks(findings, footnotes);
        self.put("][");
        self.blocks(ending, footnotes);
        self.put("][");
        self.inlines(&entry.identifiers, footnotes);
        self.put("]");
        if !self.held.is_empty() {
            self.put("[");
            self.end_notes(Flow::EndOfArticle, footnotes);
            self.put("]");
        }
        self.notes_at_end = outer;
    }
}

/// Whether an item of a list holds more than a paragraph.
pub(super) fn nests(items: &[Item]) -> bool {
    let is_simple = |item: &Item| matches!(item.blocks.as_slice(), [Block::Paragraph(_)]);
    !items.iter().all(is_simple)
}

/// How many letters running text has.
pub(super) fn letters(block: &Block) -> usize {
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
        Some(
            Block::Table(_)
            | Block::Chart(_)
            | Block::Figure { .. }
            | Block::Index(_)
            | Block::Subjects(_)
            | Block::Glossary(_)
            | Block::References(_),
        ) => true,
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
