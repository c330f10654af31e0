//! Text as the author wrote it → text as it is shown.

use super::anchors::{anchor, article, cited, end_of, entry, whole};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::uses::{Used, Written};
use super::{Context, text_at, text_of, typography};
use crate::link::{self, Destination};
use crate::model::ReferenceId;
use crate::model::book::{
    Anchor, Bar, Block, Chart, Definition, Footnote, Inline, Item, Locator, Section, Table,
};
use crate::model::draft::{self, Amount, Body, Cited, ContentFile};
use crate::source::Spanned;

/// The articles that a section lists.
pub(super) type Listed<'a> = BTreeSet<&'a ReferenceId>;

/// Turns the bodies of one section into its blocks and footnotes.
pub(super) struct Resolver<'a, 'b> {
    context: &'b Context<'a>,
    section: Anchor,
    listed: &'b Listed<'a>,
    /// How many footnotes stand before these under the same heading.
    notes_before: usize,
    footnotes: Vec<Footnote>,
    headings: usize,
    marks: usize,
    /// What the section has used.
    used: Used,
    /// Within a heading, a term, a link or a table's header, where words do not lead to the glossary.
    closed: bool,
}

/// The body that is being resolved, with the footnotes of it that have been met.
struct Scope<'a> {
    unit: ContentFile,
    /// Its footnotes by name, the first of each.
    notes: BTreeMap<&'a str, &'a draft::Footnote>,
    met: BTreeMap<&'a str, (Anchor, String, usize)>,
    /// Footnotes that were met, and whose text is still to be resolved.
    waiting: VecDeque<(usize, &'a draft::Footnote)>,
}

impl<'a, 'b> Resolver<'a, 'b> {
    /// For the section at this place, or for a part of one, with footnotes of its own that follow others.
    pub(super) fn new(
        context: &'b Context<'a>,
        section: &Anchor,
        listed: &'b Listed<'a>,
        notes_before: usize,
    ) -> Self {
        Self {
            context,
            section: section.clone(),
            listed,
            notes_before,
            footnotes: Vec::new(),
            headings: 0,
            marks: 0,
            used: Used::default(),
            closed: false,
        }
    }

    /// The section with its footnotes, and what it uses. What it lists is there, wherever else it is cited.
    pub(super) fn finish(self, section: Section) -> Written {
        let (place, listed) = (self.section.clone(), self.listed);
        let (footnotes, mut used) = self.parts();
        for id in listed {
            let place = entry(&place, id).into();
            used.citations.insert((*id).clone(), vec![place]);
        }
        let section = Section {
            footnotes,
            ..section
        };
        Written { section, used }
    }

    /// The footnotes, and what the text uses.
    pub(super) fn parts(self) -> (Vec<Footnote>, Used) {
        (self.footnotes, self.used)
    }

    /// The blocks of a unit's body.
    pub(super) fn body(&mut self, unit: ContentFile, body: &'a Body) -> Vec<Block> {
        let notes = body.footnotes.iter().rev();
        let mut scope = Scope {
            unit,
            notes: notes.map(|note| (note.name.value.as_str(), note)).collect(),
            met: BTreeMap::new(),
            waiting: VecDeque::new(),
        };
        let blocks = self.blocks(&body.blocks, &mut scope);
        // A footnote may lead to others, which come after those of the text.
        while let Some((index, note)) = scope.waiting.pop_front() {
            self.footnotes[index].blocks = self.blocks(&note.blocks, &mut scope);
        }
        blocks
    }

    fn blocks(&mut self, blocks: &'a [Spanned<draft::Block>], scope: &mut Scope<'a>) -> Vec<Block> {
        let mut out = Vec::with_capacity(blocks.len());
        // Headings that the subject index names, with what stands below them still to end.
        let mut open: Vec<(u8, Anchor)> = Vec::new();
        for block in blocks {
            if let draft::Block::Heading { level, .. } = &block.value {
                let ended = open.extract_if(.., |(above, _)| *above >= *level);
                out.extend(ended.map(|(_, heading)| end_of(&heading)));
            }
            let made = self.block(block, scope);
            if let (
                Block::Heading { anchor, .. },
                draft::Block::Heading {
                    level, subjects, ..
                },
            ) = (&made, &block.value)
                && !subjects.is_empty()
            {
                let below = whole(anchor, anchor);
                self.note_subjects(subjects, &below);
                open.push((*level, anchor.clone()));
            }
            out.push(made);
        }
        out.extend(open.iter().map(|(_, heading)| end_of(heading)));
        out
    }

    fn block(&mut self, block: &'a Spanned<draft::Block>, scope: &mut Scope<'a>) -> Block {
        let span = block.span;
        match &block.value {
            draft::Block::Heading {
                level, id, content, ..
            } => {
                self.headings += 1;
                let name = id.clone().unwrap_or_else(|| format!("_{}", self.headings));
                Block::Heading {
                    anchor: self.heading(&name),
                    level: *level,
                    content: self.closed(content, scope),
                }
            }
            draft::Block::Paragraph(content) => Block::Paragraph(self.inlines(content, scope)),
            draft::Block::List { start, items } => {
                let item = |item: &'a draft::Item| Item {
                    task: item.task,
                    blocks: self.blocks(&item.blocks, scope),
                };
                Block::List {
                    start: *start,
                    items: items.iter().map(item).collect(),
                }
            }
            draft::Block::DefinitionList(definitions) => {
                let definition = |item: &'a draft::Definition| Definition {
                    term: self.closed(&item.term, scope),
                    meanings: (item.meanings.iter())
                        .map(|blocks| self.blocks(blocks, scope))
                        .collect(),
                };
                Block::DefinitionList(definitions.iter().map(definition).collect())
            }
            draft::Block::Quote(blocks) => Block::Quote(self.blocks(blocks, scope)),
            draft::Block::Code(code) => Block::Code(text_at(code.clone(), Some(span))),
            draft::Block::Table {
                caption,
                columns,
                header,
                rows,
            } => Block::Table(Table {
                caption: caption.as_ref().map(|it| self.inlines(it, scope)),
                columns: columns.clone(),
                // The header stands again on each page, so that nothing in it is a place of its own.
                header: header.iter().map(|cell| self.closed(cell, scope)).collect(),
                rows: rows.iter().map(|row| self.cells(row, scope)).collect(),
                is_of_signs: false,
            }),
            draft::Block::Image { path, alt, caption } => Block::Figure {
                path: link::join(&scope.unit.path(), path),
                alt: alt.clone(),
                caption: caption
                    .as_ref()
                    .map(|text| text_at(text.clone(), Some(span))),
                origin: span,
            },
            draft::Block::Chart(chart) => Block::Chart(Box::new(self.chart(chart))),
            draft::Block::Rule => Block::Rule,
        }
    }

    fn chart(&mut self, chart: &draft::Chart) -> Chart {
        let numbers = &self.context.words.numbers;
        let title = &chart.title;
        let text = text_at(format!("{} ", title.value), Some(title.span));
        let mut caption = vec![Inline::Text(text)];
        let reference = chart.reference.iter().cloned().map(Cited::alone);
        self.citation(&reference.collect::<Vec<_>>(), &mut caption);
        let amounts = || chart.bars.iter().filter_map(|bar| bar.value.as_ref());
        let whole = match chart.is_share() {
            true => Amount::HUNDRED,
            false => Amount::default(),
        };
        let longest = amounts()
            .map(|amount| amount.value)
            .fold(whole, Amount::max);
        let bar = |bar: &draft::Bar| {
            let amount = bar.value.as_ref().map(|value| value.value);
            let amount = amount.unwrap_or_default();
            let space = match chart.is_share() {
                true => numbers.before_percent.as_str(),
                false => "\u{a0}",
            };
            let value = format!("{}{space}{}", numbers.decimal(amount), chart.unit.value);
            Bar {
                label: text_at(&*bar.label.value, Some(bar.label.span)),
                length: amount.thousandths_of(longest),
                value: text_of(value),
            }
        };
        Chart {
            caption,
            alt: chart.alt.value.clone(),
            bars: chart.bars.iter().map(bar).collect(),
        }
    }

    fn cells(
        &mut self,
        cells: &'a [Vec<Spanned<draft::Inline>>],
        scope: &mut Scope<'a>,
    ) -> Vec<Vec<Inline>> {
        cells.iter().map(|cell| self.inlines(cell, scope)).collect()
    }

    fn inlines(
        &mut self,
        inlines: &'a [Spanned<draft::Inline>],
        scope: &mut Scope<'a>,
    ) -> Vec<Inline> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            self.inline(inline, scope, &mut out);
        }
        out
    }

    /// Inlines whose words do not lead to the glossary.
    fn closed(
        &mut self,
        inlines: &'a [Spanned<draft::Inline>],
        scope: &mut Scope<'a>,
    ) -> Vec<Inline> {
        let before = std::mem::replace(&mut self.closed, true);
        let content = self.inlines(inlines, scope);
        self.closed = before;
        content
    }

    fn inline(
        &mut self,
        inline: &'a Spanned<draft::Inline>,
        scope: &mut Scope<'a>,
        out: &mut Vec<Inline>,
    ) {
        let text = |text: &str| text_at(text, Some(inline.span));
        let node = match &inline.value {
            draft::Inline::Text(characters) => {
                let characters = typography::probabilities(characters);
                let characters = typography::tied(&characters, &self.context.words.spacing);
                if self.closed {
                    Inline::Text(text(&characters))
                } else {
                    let (context, section) = (self.context, &self.section);
                    let terms = &mut self.used.terms;
                    let linked = context.with_terms(&characters, inline.span, section, terms);
                    return out.extend(linked);
                }
            }
            draft::Inline::Code(code) => Inline::Code(text(code)),
            draft::Inline::Omission => Inline::Omission(text("…")),
            draft::Inline::Break => Inline::Break,
            draft::Inline::Emphasis(content) => Inline::Emphasis(self.inlines(content, scope)),
            draft::Inline::Strong(content) => Inline::Strong(self.inlines(content, scope)),
            draft::Inline::Bracket(content) => Inline::Bracket(self.inlines(content, scope)),
            draft::Inline::Citation(cited) => return self.citation(cited, out),
            draft::Inline::Index(subjects) => {
                self.marks += 1;
                let mark = Anchor(format!("{}.._mark-{}", self.section.0, self.marks));
                let locator = Locator::from(mark.clone());
                self.note_subjects(subjects, &locator);
                Inline::IndexAnchor(mark)
            }
            draft::Inline::Footnote(name) => match self.footnote(name, scope) {
                Some(mark) => mark,
                None => return,
            },
            draft::Inline::Link { target, content } => {
                let content = self.closed(content, scope);
                match self.context.targets.resolve(&scope.unit, target) {
                    Ok(Destination::External(url)) => Inline::External { url, content },
                    Ok(Destination::Internal(unit, heading)) => {
                        let target = place(&unit, heading.as_deref());
                        out.push(Inline::Internal {
                            target: target.clone(),
                            content,
                        });
                        return out.extend(self.printed_page(&unit, target));
                    }
                    Err(_) => return out.extend(content),
                }
            }
        };
        out.push(node);
    }

    /// On paper, a link in prose to another section names the page; headings have no room for it.
    fn printed_page(&self, unit: &ContentFile, target: Anchor) -> Option<Inline> {
        let is_elsewhere = anchor(unit) != self.section;
        (is_elsewhere && !self.closed).then(|| Inline::PrintedPage {
            target,
            label: self.context.words.references.page.clone(),
        })
    }

    /// Marks in parentheses: `(see Rose 1989, p. 4; Lang 2000)`.
    pub(super) fn citation(&mut self, cited: &[Cited], out: &mut Vec<Inline>) {
        let plain = |characters: &str| Inline::Text(text_of(characters));
        let mut separator = "(";
        for Cited {
            prefix,
            id,
            locator,
            suffix,
        } in cited
        {
            let Some(mark) = self.context.marks.get(&id.value) else {
                continue;
            };
            out.push(plain(separator));
            separator = self.context.words.semicolon();
            out.extend(prefix.iter().map(|words| self.beside("", words, " ")));
            out.push(Inline::Citation {
                target: article(&id.value),
                mark: text_at(mark.clone(), Some(id.span)),
            });
            out.extend(self.first_citation(&id.value));
            let comma = self.context.words.comma();
            out.extend((locator.iter()).map(|place| self.beside(comma, place, "")));
            out.extend(suffix.iter().map(|words| {
                let is_word = words.value.starts_with(char::is_alphanumeric);
                self.beside(if is_word { " " } else { "" }, words, "")
            }));
        }
        if separator != "(" {
            out.push(plain(")"));
        }
    }

    /// Words in a citation, with what sets them off.
    fn beside(&self, before: &str, words: &Spanned<String>, behind: &str) -> Inline {
        let tied = typography::tied(&words.value, &self.context.words.spacing);
        let text = format!("{before}{tied}{behind}");
        Inline::Text(text_at(text, Some(words.span)))
    }

    /// The place where an article is first cited, if the section does not list it: where the article says that it is
    /// cited. In a heading or the header of a table is no place of its own.
    fn first_citation(&mut self, id: &ReferenceId) -> Option<Inline> {
        if self.listed.contains(id) || self.used.citations.contains_key(id) {
            return None;
        }
        let place = match self.closed {
            true => self.section.clone(),
            false => cited(&self.section, id),
        };
        let places = vec![place.clone().into()];
        self.used.citations.insert(id.clone(), places);
        (!self.closed).then_some(Inline::IndexAnchor(place))
    }

    fn footnote(&mut self, name: &'a str, scope: &mut Scope<'a>) -> Option<Inline> {
        if let Some((target, mark, repeats)) = scope.met.get_mut(name) {
            *repeats += 1;
            let (target, mark) = (target.clone(), mark.clone());
            return Some(Inline::Footnote {
                target,
                mark,
                repeat: *repeats,
            });
        }
        let footnote = *scope.notes.get(name)?;
        let index = self.footnotes.len();
        let mark = (self.notes_before + index + 1).to_string();
        let target = Anchor(format!("{}.._{mark}", self.section.0));
        scope.met.insert(name, (target.clone(), mark.clone(), 0));
        let empty = Footnote {
            anchor: target.clone(),
            mark: mark.clone(),
            blocks: Vec::new(),
        };
        self.footnotes.push(empty);
        scope.waiting.push_back((index, footnote));
        Some(Inline::Footnote {
            target,
            mark,
            repeat: 0,
        })
    }

    /// Notes that the subject index leads to a place for some subjects.
    fn note_subjects(&mut self, subjects: &[Spanned<draft::Subject>], locator: &Locator) {
        let subjects = subjects.iter();
        let noted = subjects.map(|subject| (subject.value.clone(), locator.clone()));
        self.used.subjects.extend(noted);
    }

    fn heading(&self, name: &str) -> Anchor {
        Anchor(format!("{}.{name}", self.section.0))
    }
}

fn place(unit: &ContentFile, heading: Option<&str>) -> Anchor {
    let section = anchor(unit);
    match (heading, unit) {
        (None, _) | (_, ContentFile::Reference(_)) => section,
        (Some(heading), _) => Anchor(format!("{}.{heading}", section.0)),
    }
}
