//! Markdown → blocks and inlines, every one with its place.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::bracket::{self, BracketStack, Token, UnmatchedBracket};
use super::file::{File, Findings};
use super::{chart, citation, quotes, slips, subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Quotation, Words};
use crate::model::draft::{
    Alignment, Block, Body, Definition, Footnote, Inline, Item, Subject, plain_text,
};
use crate::source::{Source, SourceId, Span, Spanned};

/// How deeply quotes, lists and emphasis may be nested. Typst sets 14 quotes within one another in a footnote, and no more.
const MAX_DEPTH: usize = 12;

/// How deeply the parser's elements may be nested: more than [`MAX_DEPTH`], as a list item has two levels.
const DEEPEST: usize = 4 * MAX_DEPTH;

/// How many bytes a citation may have: room for a hundred references.
const MAX_MARK: usize = 8 * 1024;

/// Reads the Markdown in `range` of a source.
///
/// `CommonMark` with tables, footnotes, task lists, definition lists, heading attributes and smart punctuation, and
/// with editorial brackets, citations, omissions and the quotation marks of `language`.
#[must_use]
pub fn body(
    id: SourceId,
    source: &Source,
    range: Range<usize>,
    language: &str,
) -> (Body, Vec<Diagnostic>) {
    read(id, source, range, &Words::of(language).quotation)
}

/// The same, with these quotation marks.
pub(super) fn read(
    id: SourceId,
    source: &Source,
    range: Range<usize>,
    quotation: &Quotation,
) -> (Body, Vec<Diagnostic>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events = events(&source.text, range, options);
    quotes::set(&mut events, &source.text, quotation);
    let mut reader = Reader {
        id,
        source,
        quotation,
        events,
        next: 0,
        depth: 0,
        resume: 0,
        footnotes: Vec::new(),
        loose: Vec::new(),
        diagnostics: Findings::default(),
    };
    let blocks = reader.blocks();
    let Reader {
        footnotes,
        loose,
        mut diagnostics,
        ..
    } = reader;
    bracket::report(loose, &mut diagnostics);
    (Body { blocks, footnotes }, diagnostics.found)
}

/// What the parser finds in `range` of a text, with its places in the whole text. Characters that stand there as they are
/// make one event as far as they go, where the parser has one for each that could have been a mark; what stands too deep
/// to be read is left out.
fn events(
    text: &str,
    range: Range<usize>,
    options: Options,
) -> Vec<(Event<'static>, Range<usize>)> {
    let offset = range.start;
    let mut events = Vec::new();
    let mut depth = 0_usize;
    let mut run = offset..offset;
    let as_it_is = |run: Range<usize>| (Event::Text(text[run.clone()].to_owned().into()), run);
    for (event, at) in Parser::new_ext(&text[range], options).into_offset_iter() {
        let at = at.start + offset..at.end + offset;
        let deepest = match &event {
            Event::Start(_) => {
                depth += 1;
                depth
            }
            Event::End(_) => {
                depth -= 1;
                depth + 1
            }
            _ => depth,
        };
        if deepest > DEEPEST {
            continue;
        }
        let is_same = matches!(&event, Event::Text(same) if text.get(at.clone()) == Some(same));
        if is_same && at.start == run.end {
            run.end = at.end;
            continue;
        }
        if !run.is_empty() {
            events.push(as_it_is(run));
        }
        if is_same {
            run = at;
        } else {
            run = at.end..at.end;
            events.push((event.into_static(), at));
        }
    }
    if !run.is_empty() {
        events.push(as_it_is(run));
    }
    events
}

struct Reader<'a> {
    id: SourceId,
    source: &'a Source,
    quotation: &'a Quotation,
    events: Vec<(Event<'static>, Range<usize>)>,
    next: usize,
    depth: usize,
    /// Text before this byte has been read already, as a citation.
    resume: usize,
    footnotes: Vec<Footnote>,
    loose: Vec<UnmatchedBracket>,
    diagnostics: Findings,
}

impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    fn peek(&self) -> Option<&Event<'static>> {
        self.events.get(self.next).map(|(event, _)| event)
    }

    /// Blocks up to the end of the element that holds them.
    fn blocks(&mut self) -> Vec<Spanned<Block>> {
        let mut blocks = Vec::new();
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
        blocks
    }

    /// The element that `tag` opened, through its end.
    fn block(&mut self, tag: Tag<'static>, range: Range<usize>) -> Option<Spanned<Block>> {
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
            Tag::BlockQuote(_) => Block::Quote(self.blocks()),
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
            Tag::CodeBlock(_) => Block::Code(self.verbatim()),
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

    /// Passes over the end of an element.
    fn close(&mut self) {
        if let Some(Event::End(_)) = self.peek() {
            self.next += 1;
        }
    }

    /// Passes over the element that has just been opened, without recursion.
    fn skip(&mut self) {
        let mut open = 1_usize;
        while let Some(event) = self.peek() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            self.next += 1;
            if open == 0 {
                break;
            }
        }
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
                blocks: self.blocks(),
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
            rows.push(cells);
            self.close();
        }
        let header = if rows.is_empty() {
            Vec::new()
        } else {
            rows.remove(0)
        };
        Block::Table {
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
                format!("this row has more than {columns} cells"),
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
        let last = text
            .lines()
            .skip(1)
            .last()
            .unwrap_or_default()
            .trim_start_matches(['>', ' ']);
        let is_closed = last.starts_with("```") || last.starts_with("~~~");
        if !is_closed {
            let first = text.lines().next().unwrap_or_default();
            let found = Diagnostic::new(
                Code::InvalidToml,
                self.span(range.start..range.start + first.len()),
                "this block `chart` has no end",
                "put a line ``` below the last line of the chart",
            );
            self.diagnostics.push(found.label("begins here"));
        }
        is_closed
    }

    /// Reports rows of a table that have fewer cells than its head.
    fn short_rows(&mut self, columns: usize, place: Span) {
        let range = place.range();
        let mut start = range.start;
        for (index, line) in self.source.text[range].split_inclusive('\n').enumerate() {
            let row = start..start + line.trim_end().len();
            start += line.len();
            let cells = slips::cells(line.trim_start_matches(['>', ' ']));
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
        text.collect()
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
            diagnostics: &mut diagnostics,
        };
        let chart = chart::parse(&mut file, range, span);
        for diagnostic in diagnostics {
            self.diagnostics.push(diagnostic);
        }
        Block::Chart(chart)
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

    /// The inlines up to the end of a block, with its brackets paired.
    fn paragraph(&mut self) -> Vec<Spanned<Inline>> {
        let mut content = self.inlines();
        content.shrink_to_fit();
        bracket::check_depth(&content, 0, &mut self.diagnostics);
        content
    }

    /// The inlines up to the end of the element that holds them, or to the next block.
    fn inlines(&mut self) -> Vec<Spanned<Inline>> {
        let mut nest = BracketStack::default();
        while let Some((event, range)) = self.events.get(self.next).cloned() {
            if matches!(&event, Event::End(_) | Event::Rule)
                || matches!(&event, Event::Start(tag) if is_block(tag))
            {
                break;
            }
            self.next += 1;
            if range.end <= self.resume {
                if let Event::Start(_) = event {
                    self.skip();
                }
                continue;
            }
            let span = self.span(range.clone());
            let node = match event {
                Event::Text(text) => {
                    self.characters(&text, range, &mut nest);
                    continue;
                }
                Event::Start(tag) => match self.element(tag, span) {
                    Some(node) => node,
                    None => continue,
                },
                Event::Code(code) => Inline::Code(code.to_string()),
                Event::SoftBreak => Inline::Text(" ".to_owned()),
                Event::HardBreak => Inline::Break,
                Event::FootnoteReference(name) => Inline::Footnote(name.to_string()),
                Event::Html(html) | Event::InlineHtml(html) => {
                    self.raw_html(span);
                    Inline::Text(html.to_string())
                }
                // Off in the options, or dealt with above.
                Event::InlineMath(text) | Event::DisplayMath(text) => {
                    Inline::Text(text.to_string())
                }
                Event::TaskListMarker(_) | Event::Rule | Event::End(_) => continue,
            };
            nest.add(Token::Node(Spanned::new(node, span)));
        }
        nest.end(&mut self.loose)
    }

    /// An inline element, through its end.
    fn element(&mut self, tag: Tag<'static>, span: Span) -> Option<Inline> {
        if self.depth == MAX_DEPTH {
            self.diagnostics.push(Diagnostic::new(
                Code::TooDeep,
                span,
                format!("this is nested in {MAX_DEPTH} elements"),
                "use fewer levels",
            ));
            self.skip();
            return None;
        }
        if let Tag::Image { .. } = tag {
            self.diagnostics.push(Diagnostic::new(
                Code::InvalidImage,
                span,
                "an image is in the middle of a paragraph",
                "put it in a paragraph of its own, with an empty line before and after it",
            ));
            self.skip();
            return None;
        }
        self.depth += 1;
        let content = self.inlines();
        self.close();
        self.depth -= 1;
        Some(match tag {
            Tag::Strong => Inline::Strong(content),
            Tag::Link {
                dest_url,
                link_type,
                ..
            } => {
                let target = match link_type {
                    pulldown_cmark::LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                Inline::Link { target, content }
            }
            _ => Inline::Emphasis(content),
        })
    }

    /// Splits characters at brackets, citations, marks of the index and omissions.
    fn characters(&mut self, text: &str, range: Range<usize>, nest: &mut BracketStack) {
        let start = range.start.max(self.resume);
        // What the parser has changed (`&#91;`, quotation marks) holds no bracket of the author's.
        if self.source.text.get(range.clone()) != Some(text) {
            Self::plain_text(text, self.span(range), nest);
            return;
        }
        let text = &self.source.text[start..range.end];
        let mut done = start;
        for (at, character) in text.char_indices().map(|(at, c)| (start + at, c)) {
            if at < done || !matches!(character, '[' | ']' | '{') || self.is_escaped(at) {
                continue;
            }
            if character == '{' {
                if subject::begins(&self.source.text, at) {
                    Self::plain_text(&self.source.text[done..at], self.span(done..at), nest);
                    done = self.index_mark(at, nest);
                }
                continue;
            }
            Self::plain_text(&self.source.text[done..at], self.span(done..at), nest);
            done = at + 1;
            let mark = self.span(at..at + 1);
            match character {
                ']' => {
                    self.missed_target(at);
                    nest.add(Token::Close(mark));
                }
                _ => match self.reference_mark(at) {
                    Some((node, end)) => {
                        if let Some(node) = node {
                            nest.add(Token::Node(node));
                        }
                        done = end;
                        self.resume = end;
                    }
                    None => nest.add(Token::Open(mark)),
                },
            }
        }
        if done < range.end {
            Self::plain_text(
                &self.source.text[done..range.end],
                self.span(done..range.end),
                nest,
            );
        }
    }

    /// Reports what was meant as the target of a link or a picture behind the `]` at byte `at`: with spaces in it, or a space
    /// before it, Markdown takes it for text, and the words before it for a comment.
    fn missed_target(&mut self, at: usize) {
        let rest = &self.source.text[at + 1..];
        let near = &rest[..rest.floor_char_boundary(MAX_MARK)];
        let rest = near.lines().next().unwrap_or_default();
        let Some((inner, _)) = rest
            .trim_start()
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
        else {
            return;
        };
        let begins = |start: &&str| inner.trim_start().starts_with(*start);
        let is_address = ["https://", "http://", "mailto:"].iter().any(begins);
        let path = inner.split(['#', '"']).next().unwrap_or_default().trim();
        let ending = path
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase());
        let is_file =
            ending.is_some_and(|it| matches!(&*it, "md" | "png" | "jpg" | "jpeg" | "svg"));
        if !is_address && !is_file {
            return;
        }
        let start = at + 1;
        let span = self.span(start..start + rest.len() - rest.trim_start().len() + inner.len() + 2);
        let inner = inner.trim();
        let has_space = inner.contains(' ') || rest.starts_with(' ');
        let target = match inner.contains(' ') {
            true if is_address => inner.replace(' ', "%20"),
            true => format!("<{inner}>"),
            false => inner.to_owned(),
        };
        let (why, help) = match has_space {
            true => ("of a space", format!("write `[words]({target})`")),
            false => (
                "of another mark before it",
                format!("end the link before the mark: `[words]({target})`"),
            ),
        };
        let message = format!("this is no target of a link or a picture, because {why}");
        let finding = Diagnostic::new(Code::BrokenLink, span, message, help);
        self.diagnostics.push(finding.label("shown as text"));
    }

    /// Adds the index mark at byte `at`; returns where to continue.
    fn index_mark(&mut self, at: usize, nest: &mut BracketStack) -> usize {
        let text = &self.source.text;
        let end = subject::end(text, at);
        let span = self.span(at..end.unwrap_or(at + 1));
        let behind_a_word = text[..at].ends_with(|before: char| !before.is_whitespace());
        let message = match end {
            None => "this index mark has no end",
            Some(_) if !behind_a_word => "this index mark is not directly behind a word",
            Some(end) => {
                let subjects = subject::of_mark(text, span, &mut self.diagnostics);
                nest.add(Token::Node(Spanned::new(Inline::Index(subjects), span)));
                self.resume = end;
                return end;
            }
        };
        self.diagnostics.push(subject::malformed(span, message));
        self.resume = span.range().end;
        self.resume
    }

    /// Whether the character at byte `at` follows an odd number of backslashes.
    fn is_escaped(&self, at: usize) -> bool {
        self.source.text[..at]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count()
            % 2
            == 1
    }

    /// Characters without brackets; an ellipsis among them is an omission.
    fn plain_text(text: &str, span: Span, nest: &mut BracketStack) {
        // What the parser has changed has the place of the whole.
        let is_same = span.range().len() == text.len();
        let place = |part: Range<usize>| match is_same {
            true => Span::new(
                span.source,
                span.range().start + part.start..span.range().start + part.end,
            ),
            false => span,
        };
        let mut done = 0;
        for (index, part) in text.split('…').enumerate() {
            let start = done + if index > 0 { '…'.len_utf8() } else { 0 };
            if index > 0 {
                let omission = place(done..start);
                nest.add(Token::Node(Spanned::new(Inline::Omission, omission)));
            }
            done = start + part.len();
            if !part.is_empty() {
                let text = Inline::Text(part.to_owned());
                nest.add(Token::Node(Spanned::new(text, place(start..done))));
            }
        }
    }

    /// The citation or the undefined footnote whose `[` is at byte `at`, and where it ends.
    fn reference_mark(&mut self, at: usize) -> Option<(Option<Spanned<Inline>>, usize)> {
        let rest = &self.source.text[at + 1..];
        let is_note = rest.starts_with('^');
        // Neither holds another bracket.
        let length = rest
            .bytes()
            .take(MAX_MARK)
            .position(|byte| matches!(byte, b'[' | b']'))?;
        if rest.as_bytes()[length] == b'[' {
            return None;
        }
        let inner = &rest[..length];
        // A citation may go on in the next line, but not in the next paragraph; nor is it code.
        let mut lines = inner.lines();
        let is_other = match is_note {
            true => inner.contains('\n'),
            false => !inner.contains('@') || inner.contains('`'),
        };
        if is_other || lines.any(|line| line.trim().is_empty()) {
            return None;
        }
        let end = at + 1 + inner.len() + 1;
        let span = self.span(at..end);
        if is_note {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::UnmatchedFootnote,
                    span,
                    format!("the footnote `[{inner}]` is not defined"),
                    format!("add a paragraph `[{inner}]: …` to this file"),
                )
                .label("used here"),
            );
            return Some((None, end));
        }
        let inner = at + 1..end - 1;
        let (id, source, quotation) = (self.id, self.source, self.quotation);
        let text_in = |range| plain_text_in(id, source, range, quotation);
        let findings = &mut self.diagnostics;
        let cited = citation::read(id, source, inner, &text_in, findings)?;
        Some((Some(Spanned::new(Inline::Citation(cited), span)), end))
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

    fn raw_html(&mut self, span: Span) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::RawHtml,
                span,
                "HTML is shown as text",
                "write Markdown, or put it in back-ticks if you mean it as text",
            )
            .label("appears in the book as typed"),
        );
    }
}

/// The text of a range of a file, if it is one paragraph without marks.
fn plain_text_in(
    id: SourceId,
    source: &Source,
    range: Range<usize>,
    quotation: &Quotation,
) -> Option<String> {
    let (body, _) = read(id, source, range, quotation);
    let [only] = body.blocks.as_slice() else {
        return None;
    };
    let Block::Paragraph(content) = &only.value else {
        return None;
    };
    let is_text = |inline: &Spanned<Inline>| matches!(inline.value, Inline::Text(_));
    let is_plain = body.footnotes.is_empty() && content.iter().all(is_text);
    is_plain.then(|| plain_text(content))
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}
