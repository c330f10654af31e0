//! Running text as Typst source, with a note of which text of the book each part of it is, and what no line breaks.

use std::ops::Range;

use super::{
    Breaks, EmittedText, Emitter, Footnotes, Run, SCHEME, Syntax, address, escape, label, string,
};
use crate::model::book::{Anchor, Inline, Locator, Text, TextId};
use crate::source::Span;

/// What the label of a number in running text begins with.
pub(in crate::render::typst) const IN_TEXT: &str = "in-text:";

/// What the label of a number in a list begins with, before its place and the next place.
pub(in crate::render::typst) const LISTED: &str = "listed:";

/// Which room the number of a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// That of the sample, at its end.
    Sample,
    /// What it needs: what follows on the line moves up.
    Number,
}

impl Emitter<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline], footnotes: &Footnotes<'_>) {
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
                self.link(&address(target), |it| it.inlines(content, footnotes));
            }
            // Nobody but the program writes addresses of places.
            Inline::External { url, content } if url.starts_with(SCHEME) => {
                self.inlines(content, footnotes);
            }
            Inline::External { url, content } => self.link(url, |it| match content.as_slice() {
                [Inline::Text(text)] => it.identifier(text),
                content => it.inlines(content, footnotes),
            }),
            Inline::Citation { target, mark } => self.link(&address(target), |it| it.key(mark)),
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
            Inline::Pages(locators) => self.pages(locators, Room::Sample),
            Inline::PrintedPage { target, label } => {
                let (place, word) = (string(&address(target)), string(label));
                let sample = self.known.sample();
                self.put(&format!("#printed-page({place}, {word}, [{sample}])"));
            }
            Inline::IndexAnchor(anchor) => self.put(&format!("#mark({})", label(anchor))),
            Inline::Footnote {
                target,
                mark,
                repeat,
            } => self.note(target, mark, *repeat == 0, footnotes),
            Inline::Break => self.put("#linebreak()"),
        }
    }

    /// An argument with the pages of some places, if there are any.
    pub(super) fn argument(&mut self, name: &str, locators: &[Locator]) {
        if !locators.is_empty() {
            self.put(&format!(", {name}: ["));
            self.pages(locators, Room::Sample);
            self.put("]");
        }
    }

    /// A link with what `words` writes. An address and a function without parameters of its own are all that Typst has to
    /// look at: a book has thousands of links.
    pub(super) fn link(&mut self, address: &str, words: impl FnOnce(&mut Self)) {
        self.put(&format!("#link({}, linked[", string(address)));
        words(self);
        self.put("])");
    }

    /// That what follows may break, where something like it is higher than a page.
    pub(super) fn breakable(&mut self) {
        if self.known.breaks >= Breaks::Blocks {
            self.put(", breakable: true");
        }
    }

    /// The pages of some places, as far as their numbers are known; the others are bound later, in the room of samples.
    pub(super) fn pages(&mut self, locators: &[Locator], room: Room) {
        let runs = match self.known.numbers {
            Some(numbers) => numbers.runs(locators),
            None => locators.iter().map(Run::unknown).collect(),
        };
        for (index, run) in runs.iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            match &run.pages {
                None => self.page(run.from, room),
                Some((first, last)) => self.link(&address(run.from), |it| match first == last {
                    true => it.put(first),
                    false => it.put(&format!("#box[{first}–{last}]")),
                }),
            }
        }
    }

    /// The page of a place, which `bind.rs` fills in.
    pub(super) fn page(&mut self, place: &Anchor, room: Room) {
        let address = address(place);
        let sample = self.known.sample();
        let label = match room {
            Room::Sample => "",
            Room::Number => IN_TEXT,
        };
        self.link(&address, |it| {
            it.put(&format!("#box[{sample}]<{label}{address}>"));
        });
    }

    /// The page of each place with its comma, for `bind.rs` to fill in; it leaves out one whose next place is on the same page.
    pub(super) fn listed_pages(&mut self, locators: &[Locator]) {
        let places = locators.iter().map(|locator| address(&locator.from));
        let places: Vec<String> = places.collect();
        let sample = self.known.sample();
        for (index, place) in places.iter().enumerate() {
            self.put(if index > 0 { " #box[" } else { "#box[" });
            self.link(place, |it| it.put(sample));
            match places.get(index + 1) {
                Some(next) => self.put(&format!(",]<{LISTED}{place}:{next}>")),
                None => self.put(&format!("]<{LISTED}{place}>")),
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
    pub(super) fn text(&mut self, text: &Text) {
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

    /// A label on one line, with the space behind it.
    pub(super) fn whole(&mut self, text: &Text) {
        let words = text.text.trim_end().len();
        self.unbroken(text, 0..words);
        self.piece(text, words..text.text.len());
    }

    /// The key of an article, such as `Al Sannaa 2016`, on one line if it has room on any.
    fn key(&mut self, text: &Text) {
        match text.text.chars().count() <= KEY {
            true if text.text.contains(['-', ' ']) => self.unbroken(text, 0..text.text.len()),
            _ => self.text(text),
        }
    }

    /// The words of a link. An address is not broken behind its hyphens: whoever types it could not know whether they belong
    /// to it.
    fn identifier(&mut self, text: &Text) {
        if !is_address(&text.text) {
            return self.text(text);
        }
        let mut done = 0;
        for part in hyphenated_parts(&text.text) {
            self.piece(text, done..part.start);
            done = part.end;
            self.unbroken(text, part);
        }
        self.piece(text, done..text.text.len());
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
    pub(super) fn string(&mut self, text: &Text) {
        let start = self.out.source.len();
        self.put(&string(&text.text));
        let range = start..self.out.source.len();
        self.record(range, Some(text.id), &text.text, text.origin);
    }

    /// Notes what is written as a string.
    pub(super) fn record(
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

/// How many letters a key has at most that has room on any line.
const KEY: usize = 24;

/// How many letters of an address have room on any line.
const PART: usize = 36;

/// Whether the words of a link are the address or the DOI that it leads to.
fn is_address(text: &str) -> bool {
    text.contains('/') && !text.contains(' ')
}

/// The parts of an address between its strokes that have hyphens; of those without room on any line, each hyphen with what
/// is behind it.
fn hyphenated_parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive('/') {
        let end = start + part.len();
        if part.len() <= PART && part.contains('-') {
            parts.push(start..end);
        } else {
            let hyphens: Vec<usize> = part.match_indices('-').map(|(at, _)| start + at).collect();
            let ends = hyphens.iter().skip(1).copied().chain([end]);
            let pieces = hyphens.iter().zip(ends).map(|(hyphen, end)| *hyphen..end);
            parts.extend(pieces.filter(|piece| piece.len() <= PART));
        }
        start = end;
    }
    parts
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
