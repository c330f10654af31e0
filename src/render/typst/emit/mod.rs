//! A book or a handout → Typst source, small and readable: the settings of all of it, and a source for each section. How
//! it looks is in `styles/handbook.typ` and `styles/handout.typ`.

mod blocks;
mod inlines;
mod notes;
mod tables;

use std::collections::VecDeque;
use std::ops::Range;

use super::escape::{self, string};
use super::fonts::families;
use super::numbers::{PageNumbers, Run};
use super::qr;
use super::sequence::{self, Matter, Sequence};
use crate::model::book::{Anchor, Book, Handout, Kind, Meta, QrLink, Section, TextId};
use crate::source::Span;
use notes::Footnotes;

pub(super) use inlines::{IN_TEXT, LISTED};
pub(super) use notes::note_of;

/// Typst source, and which text of the book each part of it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Emitted {
    /// The source.
    pub source: String,
    /// The texts, in the order of the source.
    pub texts: Vec<EmittedText>,
    /// The places of marks to which notes lead back.
    pub marks: Vec<Anchor>,
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
    /// In a note at the end of a section.
    End,
    /// In a note at the end of an article: the EPUB has the notes of all articles behind the last of them.
    EndOfArticle,
}

impl Flow {
    /// Whether a text stands on the page where it comes in the order of reading, and once.
    pub(super) fn is_running(self) -> bool {
        match self {
            Self::Main | Self::End | Self::EndOfArticle => true,
            Self::Repeated | Self::Foot => false,
        }
    }
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
    /// The numbers of pages. The others are bound once they are known, in the room of a sample.
    pub(super) numbers: Option<&'a PageNumbers<'a>>,
    /// Whether there may be more than 999 pages.
    pub(super) is_long: bool,
    pub(super) breaks: Breaks,
    /// Notes that are to be at the ends of their texts, since Typst set them on other pages than their marks.
    pub(super) strays: &'a [Anchor],
    pub(super) lines: Lines,
}

impl<'a> Known<'a> {
    /// Digits that are as wide as the number of a page.
    pub(super) fn sample(self) -> &'a str {
        match self.numbers {
            Some(numbers) => numbers.sample(),
            None if self.is_long => "0000",
            None => "000",
        }
    }
}

/// How close lines are: closer ones keep the last page of a technique or a handout from being begun for a few of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Lines {
    #[default]
    Usual,
    Closer,
    Closest,
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

impl Breaks {
    /// What may break beyond that, if there is more.
    pub(super) fn wider(self) -> Option<Self> {
        match self {
            Self::Long => Some(Self::Blocks),
            Self::Blocks => Some(Self::Rows),
            Self::Rows => None,
        }
    }
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
         #let book = {style}.with(language: {language}, region: {region}, direction: {direction}, fonts: {fonts})\n\
         #let continued = {}\n",
        string(&meta.continued)
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
    /// Whether notes are at the end of the text, not at the feet of its pages.
    notes_at_end: bool,
    /// The notes for the end of the text, with their marks.
    held: VecDeque<(String, Anchor)>,
    /// How many tables there are before.
    tables: usize,
}

impl<'k> Emitter<'k> {
    fn new(known: Known<'k>) -> Self {
        let source = PROLOGUE.to_owned();
        Self {
            out: Emitted {
                source,
                ..Emitted::default()
            },
            flow: Flow::Main,
            known,
            depth: 1,
            kind: None,
            words_alone: false,
            notes_at_end: false,
            held: VecDeque::new(),
            tables: 0,
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
        let tight = self.tight();
        self.put(&format!(
            "\n#{function}({left}{numbering}{thumb}{tight})[\n"
        ));
        let kinds_before = std::iter::once(None).chain(sections.iter().map(|it| Some(it.kind)));
        for (section, before) in before.iter().chain([last]).zip(kinds_before) {
            let goes_on = before.is_some_and(|before| before != Kind::Part);
            self.section(section, goes_on);
        }
        self.put("]\n");
    }

    /// An argument for what is set with closer lines.
    fn tight(&self) -> &'static str {
        match self.known.lines {
            Lines::Usual => "",
            Lines::Closer => ", tight: 1",
            Lines::Closest => ", tight: 2",
        }
    }

    fn title_page(&mut self, section: &Section) {
        self.put("\n#title-page[\n#book-title[");
        self.text(&section.title);
        self.put(&format!("]{}\n\n", label(&section.anchor)));
        self.noted(&section.blocks, &Footnotes::of(section));
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
        self.noted(&section.blocks, &Footnotes::of(section));
        self.put("\n\n");
    }

    fn sheet(&mut self, handout: &Handout) {
        let section = &handout.section;
        let (book, edition) = (string(&section.running.0), string(&section.running.1));
        let title = string(&section.title.text);
        let footnotes = Footnotes::of(section);
        let tight = self.tight();
        self.put(&format!("\n#sheet({book}, {title}, {edition}{tight})[\n"));
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
        self.noted(&section.blocks, &footnotes);
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
            "code: qr-code({}, {}, {alt}), label: link({url}, linked[",
            string(&code.svg),
            code.modules
        ));
        self.text(&lookup.label);
        self.put("])");
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
