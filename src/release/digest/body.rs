//! A body → its canonical form, each node by its name.

use std::collections::{BTreeMap, VecDeque};

use super::{Canon, Taker};
use crate::digest::sha256;
use crate::link::{self, Destination};
use crate::model::draft::{
    Alignment, Bar, Block, Body, Chart, Cited, ContentFile, Definition, Footnote, Inline, Subject,
};
use crate::source::Spanned;

impl<'a> Taker<'a> {
    pub(super) fn body(&self, place: &ContentFile, body: &'a Body, canon: &mut Canon) {
        let mut footnotes = BTreeMap::new();
        for footnote in &body.footnotes {
            footnotes
                .entry(footnote.name.value.as_str())
                .or_insert(footnote);
        }
        let writer = BodyWriter {
            taker: self,
            place,
            footnotes,
        };
        canon.node("text", |canon| {
            let mut notes = Written::default();
            writer.blocks(&body.blocks, &mut notes, canon);
            while let Some(note) = notes.waiting.pop_front() {
                writer.note(note, &mut notes, canon);
            }
        });
    }
}

/// Writes the nodes of one body.
struct BodyWriter<'a, 'b> {
    taker: &'b Taker<'a>,
    place: &'b ContentFile,
    /// The footnotes of the body by their names.
    footnotes: BTreeMap<&'a str, &'a Footnote>,
}

/// How many footnotes are written within one another: a chain of thousands would need memory for as many calls.
const DEEPEST: usize = 24;

/// The footnotes that have been written.
#[derive(Default)]
struct Written<'a> {
    /// Their numbers: a second mark of one is its number.
    numbers: BTreeMap<&'a str, usize>,
    /// Within how many others the text is that is written now.
    depth: usize,
    /// Those that stand deeper than they are written: they come behind the text.
    waiting: VecDeque<&'a Footnote>,
}

impl<'a> BodyWriter<'a, '_> {
    fn blocks(&self, blocks: &'a [Spanned<Block>], notes: &mut Written<'a>, canon: &mut Canon) {
        for block in blocks {
            self.block(&block.value, notes, canon);
        }
    }

    fn block(&self, block: &'a Block, notes: &mut Written<'a>, canon: &mut Canon) {
        match block {
            Block::Heading {
                level,
                // Links know a heading by its words.
                id: _,
                subjects,
                content,
            } => canon.paragraph("heading", |canon| {
                canon.text("level", &level.to_string());
                for at in subjects {
                    subject(&at.value, canon);
                }
                self.inlines(content, notes, canon);
            }),
            Block::Paragraph(content) => {
                canon.paragraph("paragraph", |canon| self.inlines(content, notes, canon));
            }
            Block::List { start, items } => canon.node("list", |canon| {
                canon.some("start", start.map(|start| start.to_string()).as_deref());
                for item in items {
                    let name = match item.task {
                        None => "item",
                        Some(false) => "open",
                        Some(true) => "done",
                    };
                    canon.node(name, |canon| self.blocks(&item.blocks, notes, canon));
                }
            }),
            Block::DefinitionList(definitions) => canon.node("definitions", |canon| {
                for Definition { term, meanings } in definitions {
                    canon.paragraph("term", |canon| self.inlines(term, notes, canon));
                    for blocks in meanings {
                        canon.node("meaning", |canon| self.blocks(blocks, notes, canon));
                    }
                }
            }),
            Block::Quote(blocks) => {
                canon.node("quote", |canon| self.blocks(blocks, notes, canon));
            }
            Block::Code(text) => canon.text("code", text),
            Block::Table {
                caption,
                columns,
                header,
                rows,
            } => canon.node("table", |canon| {
                if let Some(caption) = caption {
                    canon.paragraph("caption", |canon| self.inlines(caption, notes, canon));
                }
                for column in columns {
                    canon.text("column", alignment(*column));
                }
                for row in std::iter::once(header).chain(rows) {
                    canon.node("row", |canon| {
                        for cell in row {
                            canon.paragraph("cell", |canon| self.inlines(cell, notes, canon));
                        }
                    });
                }
            }),
            Block::Chart(chart) => self.chart(chart, canon),
            Block::Image { path, alt, caption } => canon.node("picture", |canon| {
                let bytes = self.taker.images.get(&link::join(&self.place.path(), path));
                canon.some(
                    "bytes",
                    bytes.map(|bytes| sha256(bytes).to_string()).as_deref(),
                );
                canon.line("alt", alt);
                canon.some("caption", caption.as_deref());
            }),
            Block::Rule => canon.text("rule", ""),
        }
    }

    fn chart(&self, chart: &Chart, canon: &mut Canon) {
        let Chart {
            title,
            unit,
            reference,
            alt,
            bars,
        } = chart;
        canon.node("chart", |canon| {
            canon.line("title", &title.value);
            canon.line("unit", &unit.value);
            let source = reference
                .as_ref()
                .map(|id| self.taker.names.reference(&id.value));
            canon.some("cites", source.as_deref());
            canon.line("alt", &alt.value);
            for Bar { label, value } in bars {
                canon.line("bar", &label.value);
                let value = value.as_ref().map(|value| value.value.to_string());
                canon.some("value", value.as_deref());
            }
        });
    }

    fn inlines(&self, inlines: &'a [Spanned<Inline>], notes: &mut Written<'a>, canon: &mut Canon) {
        for inline in inlines {
            self.inline(&inline.value, notes, canon);
        }
    }

    fn inline(&self, inline: &'a Inline, notes: &mut Written<'a>, canon: &mut Canon) {
        match inline {
            Inline::Text(text) => canon.characters(text),
            Inline::Emphasis(content) => {
                canon.node("emphasis", |canon| self.inlines(content, notes, canon));
            }
            Inline::Strong(content) => {
                canon.node("strong", |canon| self.inlines(content, notes, canon));
            }
            Inline::Code(text) => canon.text("code", text),
            Inline::Link { target, content } => canon.node("link", |canon| {
                canon.text("to", &self.target(target));
                self.inlines(content, notes, canon);
            }),
            Inline::Bracket(content) => {
                canon.node("comment", |canon| self.inlines(content, notes, canon));
            }
            Inline::Citation(cited) => cited.iter().for_each(|it| self.cited(it, canon)),
            Inline::Footnote(name) => self.footnote(name, notes, canon),
            Inline::Index(subjects) => {
                for at in subjects {
                    subject(&at.value, canon);
                }
            }
            Inline::Omission => canon.text("omission", ""),
            Inline::Break => canon.text("break", ""),
        }
    }

    fn cited(&self, cited: &Cited, canon: &mut Canon) {
        let Cited {
            prefix,
            id,
            locator,
            suffix,
        } = cited;
        let words = |text: &'_ Option<Spanned<String>>| text.as_ref().map(|it| it.value.clone());
        canon.some("before", words(prefix).as_deref());
        canon.text("cites", &self.taker.names.reference(&id.value));
        canon.some("in", words(locator).as_deref());
        canon.some("behind", words(suffix).as_deref());
    }

    /// Where a link leads, without the names of files: an address, or titles.
    fn target(&self, target: &str) -> String {
        match self.taker.targets.resolve(self.place, target) {
            Ok(Destination::External(address)) => address,
            Ok(Destination::Internal(unit, heading)) => {
                self.taker.names.place(&unit, heading.as_deref())
            }
            // A link that leads nowhere is an error in the content; it counts as it was typed.
            Err(_) => target.to_owned(),
        }
    }

    /// A footnote is written where it is first used; later uses are its number.
    fn footnote(&self, name: &'a str, notes: &mut Written<'a>, canon: &mut Canon) {
        if let Some(number) = notes.numbers.get(name) {
            canon.text("note", &number.to_string());
            return;
        }
        let number = notes.numbers.len() + 1;
        notes.numbers.insert(name, number);
        match self.footnotes.get(name) {
            Some(footnote) if notes.depth < DEEPEST => self.note(footnote, notes, canon),
            Some(footnote) => {
                canon.text("note", &number.to_string());
                notes.waiting.push_back(footnote);
            }
            None => {}
        }
    }

    fn note(&self, footnote: &'a Footnote, notes: &mut Written<'a>, canon: &mut Canon) {
        notes.depth += 1;
        canon.node("note", |canon| self.blocks(&footnote.blocks, notes, canon));
        notes.depth -= 1;
    }
}

fn subject(subject: &Subject, canon: &mut Canon) {
    let Subject {
        heading,
        subheading,
    } = subject;
    canon.node("index", |canon| {
        canon.line("heading", heading);
        canon.some("subheading", subheading.as_deref());
    });
}

fn alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Start => "start",
        Alignment::Center => "center",
        Alignment::End => "end",
    }
}
