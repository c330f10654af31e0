//! Markdown → blocks and inlines, every one with its place.

mod blocks;
mod inlines;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag};

use super::bracket::{self, UnmatchedBracket};
use super::caption;
use super::file::Findings;
use super::quotes;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Quotation, Words};
use crate::model::draft::{Body, Footnote};
use crate::source::{Source, SourceId, Span};

/// How deeply quotes, lists and emphasis may be nested. Typst sets 14 quotes within one another in a footnote, and no more.
const MAX_DEPTH: usize = 12;

/// How deeply the parser's elements may be nested: more than [`MAX_DEPTH`], as a list item has two levels.
const DEEPEST: usize = 4 * MAX_DEPTH;

/// How many parts a file may have: paragraphs, items, cells, marks, and the stretches of text in and between them. A megabyte
/// of prose has fewer, and all that is made of so many fits into the memory of a small machine.
const MAX_PARTS: usize = 40_000;

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
    let mut parsed = Parsed::new(&source.text, range, options);
    let mut reader = Reader {
        id,
        source,
        quotation,
        events: Vec::new(),
        next: 0,
        depth: 0,
        resume: 0,
        footnotes: Vec::new(),
        loose: Vec::new(),
        diagnostics: Findings::default(),
    };
    let mut blocks = Vec::new();
    while parsed.next_block(&mut reader.events) {
        quotes::set(&mut reader.events, &source.text, quotation);
        reader.next = 0;
        reader.blocks_into(&mut blocks);
    }
    for unused in parsed.unused() {
        reader.unused(unused);
    }
    if let Some(at) = parsed.surplus {
        let found = Diagnostic::new(
            Code::TooLong,
            reader.span(at..at),
            format!(
                "the file has more than {MAX_PARTS} parts: paragraphs, items, cells, marks and the text between them"
            ),
            "put some of them into another file",
        );
        let found = found.label("what begins here is not read");
        reader.diagnostics.push(found.about(Diagnostic::PARTS));
    }
    caption::set(&source.text, &mut blocks, &mut reader.diagnostics);
    let Reader {
        footnotes,
        loose,
        mut diagnostics,
        ..
    } = reader;
    bracket::report(loose, &mut diagnostics);
    (Body { blocks, footnotes }, diagnostics.found)
}

/// What the parser finds in a part of a text, with its places in the whole text.
struct Parsed<'a> {
    text: &'a str,
    /// Where the part begins.
    offset: usize,
    events: OffsetIter<'a>,
    /// What the links so far call the definitions that they use.
    used: Vec<CowStr<'a>>,
    /// How many more parts there may be.
    room: usize,
    /// Where there is no room any more, in a block that is left out, with all behind it.
    surplus: Option<usize>,
}

impl<'a> Parsed<'a> {
    fn new(text: &'a str, range: Range<usize>, options: Options) -> Self {
        Self {
            text,
            offset: range.start,
            events: Parser::new_ext(&text[range], options).into_offset_iter(),
            used: Vec::new(),
            room: MAX_PARTS,
            surplus: None,
        }
    }

    /// Where links are defined that no text uses, in a text that was read to its end: the parser passes over them.
    fn unused(&self) -> Vec<Range<usize>> {
        if self.surplus.is_some() {
            return Vec::new();
        }
        let defined = self.events.reference_definitions();
        let used = self.used.iter().filter_map(|name| defined.get(name));
        let used: BTreeSet<usize> = used.map(|it| it.span.start).collect();
        let all = defined.iter().map(|(_, it)| it.span.clone());
        let mut unused: Vec<Range<usize>> = all
            .filter(|place| !used.contains(&place.start))
            .map(|place| place.start + self.offset..place.end + self.offset)
            .collect();
        unused.sort_by_key(|place| place.start);
        unused
    }

    /// Puts the events of the next block that is in no other into `events`, if there is one: those of a whole text take up
    /// a hundred times its room. Characters that stand there as they are make one event as far as they go, with the ends of
    /// their lines, where the parser has one for each line and each that could have been a mark; what stands too deep to be
    /// read is left out. There is none where the block has more parts than there is room for: it is left out, too.
    fn next_block(&mut self, events: &mut Vec<(Event<'a>, Range<usize>)>) -> bool {
        events.clear();
        let text = self.text;
        let mut depth = 0_usize;
        let mut run = 0..0;
        let as_it_is = |run: Range<usize>| (Event::Text(text[run.clone()].into()), run);
        for (event, at) in self.events.by_ref() {
            let at = at.start + self.offset..at.end + self.offset;
            self.used.extend(name_of_definition(&event));
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
            let written = text.get(at.clone()).unwrap_or_default();
            let is_same = match &event {
                Event::Text(same) => written == &**same,
                Event::SoftBreak => written == "\n" && !run.is_empty(),
                _ => false,
            };
            let goes_on = is_same && at.start == run.end;
            let is_part = !goes_on && !matches!(event, Event::End(_));
            let marks = written.bytes().filter(|byte| matches!(byte, b'[' | b'{'));
            let parts = usize::from(is_part) + if is_same { marks.count() } else { 0 };
            let Some(room) = self.room.checked_sub(parts) else {
                self.surplus = Some(at.start);
                events.clear();
                return false;
            };
            self.room = room;
            if goes_on {
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
                events.push((event, at));
            }
            if depth == 0 {
                break;
            }
        }
        !events.is_empty()
    }
}

struct Reader<'a> {
    id: SourceId,
    source: &'a Source,
    quotation: &'a Quotation,
    /// Those of a block that is in no other.
    events: Vec<(Event<'a>, Range<usize>)>,
    next: usize,
    depth: usize,
    /// Text before this byte has been read already, as a citation.
    resume: usize,
    footnotes: Vec<Footnote>,
    loose: Vec<UnmatchedBracket>,
    diagnostics: Findings,
}

impl<'a> Reader<'a> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    fn peek(&self) -> Option<&Event<'a>> {
        self.events.get(self.next).map(|(event, _)| event)
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
}

/// What a link or a picture calls the definition that says where it leads.
fn name_of_definition<'a>(event: &Event<'a>) -> Option<CowStr<'a>> {
    match event {
        Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
            let is_defined = matches!(
                link_type,
                LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
            );
            is_defined.then(|| id.clone())
        }
        _ => None,
    }
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
