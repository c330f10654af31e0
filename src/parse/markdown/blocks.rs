//! Headings, paragraphs, lists, tables, pictures and charts.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{MAX_DEPTH, Reader, is_block};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Alignment, Block, Definition, Footnote, Inline, Item, Subject};
use crate::parse::file::{File, Slate};
use crate::parse::{caption, chart, slips, subject};
use crate::source::{Span, Spanned};

impl<'a> Reader<'a> {
    /// Blocks up to the end of the element that holds them.
    pub(super) fn blocks(&mut self) -> Vec<Spanned<Block>> {
        let mut blocks = Vec::new();
        self.blocks_into(&mut blocks);
        blocks.shrink_to_fit();
        caption::set(&self.source.text, &mut blocks, &mut self.diagnostics);
        blocks
    }

    /// Those of a list item. Where no table is among them, `Table:` begins words like others.
    fn item_blocks(&mut self) -> Vec<Spanned<Block>> {
        let mut blocks = Vec::new();
        self.blocks_into(&mut blocks);
        blocks.shrink_to_fit();
        let has_table = (blocks.iter()).any(|it| matches!(it.value, Block::Table { .. }));
        if has_table {
            caption::set(&self.source.text, &mut blocks, &mut self.diagnostics);
        }
        blocks
    }

    /// The same, behind the blocks before.
    pub(super) fn blocks_into(&mut self, blocks: &mut Vec<Spanned<Block>>) {
        while let Some((event, range)) = self.events.get(self.next).cloned() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if is_block(&tag) => {
                    self.next += 1;
                    blocks.extend(self.block(tag, range));
                }
                Event::Rule => {
                    self.next += 1;
                    blocks.push(Spanned::new(Block::Rule, self.span(range)));
                }
                // The text of a tight list item has no paragraph around it.
                _ => {
                    let content = self.paragraph();
                    let span = content.first().map_or(self.span(range), |first| first.span);
                    blocks.push(Spanned::new(Block::Paragraph(content), span));
                }
            }
        }
    }

    /// The element that `tag` opened, through its end.
    fn block(&mut self, tag: Tag<'a>, range: Range<usize>) -> Option<Spanned<Block>> {
        let span = self.span(range.clone());
        if self.depth == MAX_DEPTH {
            self.diagnostics.push(Diagnostic::new(
                Code::TooDeep,
                span,
                format!("this is nested in {MAX_DEPTH} quotes or lists"),
                "use fewer levels",
            ));
            self.skip();
            return None;
        }
        self.depth += 1;
        let block = match tag {
            Tag::Paragraph => {
                if let Some(Event::TaskListMarker(_)) = self.peek() {
                    self.next += 1;
                }
                self.image().unwrap_or_else(|| self.text(range))
            }
            Tag::Heading {
                level,
                id,
                classes,
                attrs,
            } => {
                let others = !classes.is_empty() || !attrs.is_empty();
                let (id, subjects) = self.heading_attributes(id.as_deref(), others, span);
                let content = self.paragraph();
                Block::Heading {
                    level: level as u8,
                    id,
                    subjects,
                    content,
                }
            }
            Tag::BlockQuote(_) => {
                self.greater_than(range);
                Block::Quote(self.blocks())
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if info.as_ref() == "chart" => {
                match self.is_closed(range) {
                    true => self.chart(span),
                    false => Block::Code(self.verbatim()),
                }
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.misread(
                    span,
                    "this begins with four spaces or a tab, which makes it code",
                    "begin the lines at the left edge; for code, put ``` before and after it",
                );
                Block::Code(self.verbatim())
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let text = self.verbatim();
                if slips::is_chart(&info, &text) {
                    let first = self.source.text[range.start..].chars().next();
                    let fence = if first == Some('~') { "~~~" } else { "```" };
                    self.misread(
                        self.first_line(range),
                        "this block is shown as it was typed, and not as a chart",
                        format!("type {fence}chart"),
                    );
                }
                Block::Code(text)
            }
            Tag::HtmlBlock => {
                self.raw_html(span);
                let text = self.verbatim().trim_end().to_owned();
                Block::Paragraph(vec![Spanned::new(Inline::Text(text), span)])
            }
            Tag::List(start) => Block::List {
                start,
                items: self.items(),
            },
            Tag::DefinitionList => Block::DefinitionList(self.definitions()),
            Tag::Table(columns) => self.table(&columns, span),
            Tag::FootnoteDefinition(name) => {
                let blocks = self.blocks();
                self.close();
                self.depth -= 1;
                let name = Spanned::new(name.to_string(), span);
                self.footnotes.push(Footnote { name, blocks });
                return None;
            }
            // The other tags are inline, or belong to extensions that are off.
            _ => Block::Paragraph(self.paragraph()),
        };
        self.close();
        self.depth -= 1;
        Some(Spanned::new(block, span))
    }

    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some(Event::Start(Tag::Item)) = self.peek() {
            self.next += 1;
            // In a loose list the mark is within the first paragraph.
            let mark = (self.next..self.next + 2).find_map(|at| match self.events.get(at) {
                Some((Event::TaskListMarker(ticked), _)) => Some((at, *ticked)),
                _ => None,
            });
            // Where it stands within a paragraph, the paragraph passes over it.
            if let Some((at, _)) = mark
                && at == self.next
            {
                self.next += 1;
            }
            items.push(Item {
                task: mark.map(|(_, ticked)| ticked),
                blocks: self.item_blocks(),
            });
            self.close();
        }
        items
    }

    fn definitions(&mut self) -> Vec<Definition> {
        let mut definitions: Vec<Definition> = Vec::new();
        while let Some(Event::Start(
            tag @ (Tag::DefinitionListTitle | Tag::DefinitionListDefinition),
        )) = self.peek().cloned()
        {
            self.next += 1;
            if tag == Tag::DefinitionListTitle {
                let term = self.paragraph();
                definitions.push(Definition {
                    term,
                    meanings: Vec::new(),
                });
            } else {
                let meaning = self.blocks();
                if let Some(definition) = definitions.last_mut() {
                    definition.meanings.push(meaning);
                }
            }
            self.close();
        }
        definitions
    }

    fn table(&mut self, columns: &[pulldown_cmark::Alignment], place: Span) -> Block {
        use pulldown_cmark::Alignment as Typed;
        self.short_rows(columns.len(), place);
        let columns = columns.iter().map(|alignment| match alignment {
            Typed::None | Typed::Left => Alignment::Start,
            Typed::Center => Alignment::Center,
            Typed::Right => Alignment::End,
        });
        let columns: Vec<Alignment> = columns.collect();
        let mut rows = Vec::new();
        while let Some((Event::Start(Tag::TableHead | Tag::TableRow), range)) =
            self.events.get(self.next)
        {
            self.surplus_cells(range.start, columns.len());
            self.next += 1;
            let mut cells = Vec::new();
            while let Some(Event::Start(Tag::TableCell)) = self.peek() {
                self.next += 1;
                cells.push(self.paragraph());
                self.close();
            }
            cells.shrink_to_fit();
            rows.push(cells);
            self.close();
        }
        let header = if rows.is_empty() {
            Vec::new()
        } else {
            rows.remove(0)
        };
        Block::Table {
            caption: None,
            columns,
            header,
            rows,
        }
    }

    /// Reports what stands behind the last column in the row that begins at byte `start`: the parser passes over it.
    fn surplus_cells(&mut self, start: usize, columns: usize) {
        let line = self.source.text[start..].lines().next().unwrap_or_default();
        let row = line.trim_end();
        let cells = row.trim_start();
        let from = row.len() - cells.strip_prefix('|').unwrap_or(cells).len();
        let mut bars = row.char_indices().filter(|(at, character)| {
            *at >= from && *character == '|' && !self.is_escaped(start + at)
        });
        let Some((at, _)) = bars.nth(columns.saturating_sub(1)) else {
            return;
        };
        // A last one closes the row; and what is empty is not missed.
        if row[at..].chars().all(|it| it == '|' || it.is_whitespace()) {
            return;
        }
        let span = self.span(start + at + 1..start + row.len());
        self.diagnostics.push(
            Diagnostic::new(
                Code::SurplusCell,
                span,
                match columns {
                    1 => "this row has more than one cell".to_owned(),
                    _ => format!("this row has more than {columns} cells"),
                },
                "add a column to the header and to the line below it, or write `\\|` for a plain `|`",
            )
            .label("in no column"),
        );
    }

    /// A paragraph, unless it is a table without its line of dashes: that is shown as it was typed.
    fn text(&mut self, range: Range<usize>) -> Block {
        let slip = slips::in_paragraph(&self.source.text, range.clone());
        let whole = slip.as_ref().is_some_and(|slip| slip.whole);
        if let Some(slip) = slip {
            let span = self.span(slip.line);
            self.misread(span, slip.message, slip.help);
        }
        let content = self.paragraph();
        match whole {
            true => Block::Code(self.source.text[range].trim_end().to_owned()),
            false => Block::Paragraph(content),
        }
    }

    /// Whether a chart has a last line; if not, the rest of the file is in it, which is reported.
    fn is_closed(&mut self, range: Range<usize>) -> bool {
        let text = self.source.text[range.clone()].trim_end();
        let is_fence = |line: &str| {
            let line = line.trim_start_matches(['>', ' ']);
            line.starts_with("```") || line.starts_with("~~~")
        };
        // Where another block begins within it, the end before that is missing.
        let lines: Vec<&str> = text.lines().skip(1).collect();
        let is_closed = lines
            .split_last()
            .is_some_and(|(last, within)| is_fence(last) && !within.iter().any(|it| is_fence(it)));
        if !is_closed {
            let found = Diagnostic::new(
                Code::InvalidToml,
                self.first_line(range),
                "this block `chart` has no end",
                "put a line ``` below the last line of the chart",
            );
            self.diagnostics.push(found.label("begins here"));
        }
        is_closed
    }

    fn first_line(&self, range: Range<usize>) -> Span {
        let text = &self.source.text[range.clone()];
        let first = text.lines().next().unwrap_or_default();
        self.span(range.start..range.start + first.trim_end().len())
    }

    /// Reports a `>` before a number: it begins a quotation, and is not shown.
    fn greater_than(&mut self, range: Range<usize>) {
        let is_text = matches!(self.peek(), Some(Event::Start(Tag::Paragraph)));
        let before = &self.source.text[..range.start];
        let line_before = before.trim_end_matches(' ').strip_suffix('\n');
        let goes_on = line_before.and_then(|text| text.lines().last());
        let goes_on = goes_on.is_some_and(|line| !line.trim().is_empty());
        let typed = slips::greater_than(&self.source.text[range.clone()], goes_on);
        if let Some(typed) = typed.filter(|_| is_text) {
            let start = range.start + self.source.text[range].find('>').unwrap_or_default();
            self.misread(
                self.span(start..start + typed.len()),
                "a `>` at the beginning of a line makes a quotation, and is not shown",
                format!("type `\\{typed}`"),
            );
        }
    }

    /// Reports the definition of a link that nothing uses.
    pub(super) fn unused(&mut self, range: Range<usize>) {
        if let Some(help) = slips::unused(&self.source.text[range.clone()]) {
            self.misread(
                self.span(range),
                "this defines a link that no text uses, and is not shown",
                help,
            );
        }
    }

    /// Reports rows of a table that have fewer cells than its head.
    fn short_rows(&mut self, columns: usize, place: Span) {
        let range = place.range();
        let mut start = range.start;
        for (index, line) in self.source.text[range].split_inclusive('\n').enumerate() {
            let row = start..start + line.trim_end().len();
            start += line.len();
            let typed = line.trim_start_matches(['>', ' ']);
            if index >= 2 && caption::mark(typed).is_some() {
                self.misread(
                    self.span(row),
                    "this caption is read as a row of the table",
                    "put an empty line before it",
                );
                continue;
            }
            let cells = slips::cells(typed);
            if index < 2 || line.trim().is_empty() || cells >= columns {
                continue;
            }
            let message = format!("this row has {cells} of {columns} cells");
            self.misread(
                self.span(row),
                message,
                "write a `|` between the cells, also around an empty one",
            );
        }
    }

    fn misread(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::new(Code::MisreadMarkup, span, message, help));
    }

    /// A picture, if the paragraph that has just begun holds nothing else.
    fn image(&mut self) -> Option<Block> {
        let Some(Event::Start(Tag::Image {
            dest_url, title, ..
        })) = self.peek().cloned()
        else {
            return None;
        };
        let end = (self.next..self.events.len())
            .find(|at| matches!(self.events[*at].0, Event::End(TagEnd::Image)))?;
        if !matches!(
            self.events.get(end + 1),
            Some((Event::End(TagEnd::Paragraph), _))
        ) {
            return None;
        }
        let alt = self.plain(self.next + 1..end);
        self.next = end + 1;
        let caption = (!title.is_empty()).then(|| title.to_string());
        Some(Block::Image {
            path: dest_url.to_string(),
            alt,
            caption,
        })
    }

    /// The characters of some events, without their markup.
    fn plain(&self, events: Range<usize>) -> String {
        let text = self.events[events].iter().map(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) => text.as_ref(),
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        });
        text.collect::<String>().replace('\n', " ")
    }

    /// A chart: a code block whose lines are TOML.
    fn chart(&mut self, span: Span) -> Block {
        let start = self.next;
        let text = self.verbatim();
        let mut lines = self.events[start..self.next].iter().map(|(_, range)| range);
        let first = lines.next().map_or(0, |range| range.start);
        let range = first..first + text.len();
        if self.source.text.get(range.clone()) != Some(text.as_str()) {
            self.diagnostics.push(Diagnostic::new(
                Code::InvalidToml,
                span,
                "a chart cannot be in a list or a quote",
                "begin its lines at the left edge",
            ));
            return Block::Code(text);
        }
        let mut diagnostics = Vec::new();
        let mut file = File {
            id: self.id,
            source: self.source,
            slate: &Slate::new(),
            diagnostics: &mut diagnostics,
        };
        let chart = chart::parse(&mut file, range, span);
        for diagnostic in diagnostics {
            self.diagnostics.push(diagnostic);
        }
        Block::Chart(Box::new(chart))
    }

    /// The text of a code or HTML block.
    fn verbatim(&mut self) -> String {
        let mut text = String::new();
        while let Some(Event::Text(line) | Event::Html(line)) = self.peek() {
            text.push_str(line);
            self.next += 1;
        }
        text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
    }

    /// The identifier of a heading, and what the subject index lists it for. `id` is what the parser found;
    /// with `others`, it found more, which may be words of a subject.
    fn heading_attributes(
        &mut self,
        id: Option<&str>,
        others: bool,
        span: Span,
    ) -> (Option<String>, Vec<Spanned<Subject>>) {
        let mut found = Some((id.map(str::to_owned), Vec::new()));
        if others {
            let range = span.range();
            let text = &self.source.text[range.clone()];
            let attributes = text
                .rfind('{')
                .zip(text.rfind('}'))
                .filter(|(open, close)| open < close)
                .map(|(open, close)| self.span(range.start + open + 1..range.start + close));
            found = attributes.and_then(|attributes| {
                subject::of_heading(&self.source.text, attributes, &mut self.diagnostics)
            });
        }
        match found {
            Some((None, subjects)) => (None, subjects),
            Some((Some(id), subjects)) if crate::model::is_valid_id(&id) => (Some(id), subjects),
            _ => {
                self.diagnostics.push(Diagnostic::new(
                    Code::InvalidName,
                    span,
                    "this heading has an attribute that the book cannot use",
                    "write `{#id}`, of lower-case letters a to z, digits, and single hyphens, or \
                     `{#id index=\"heading\"}`",
                ));
                (id.map(str::to_owned), Vec::new())
            }
        }
    }
}
