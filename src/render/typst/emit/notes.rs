//! Where the notes of a text are: at the foot of the page of their marks, or at the end of the text.

use std::collections::BTreeMap;

use super::blocks::{letters, nests};
use super::{Breaks, Emitter, Flow, Known, address, label, string};
use crate::model::book::{Anchor, Block, Inline, Item, Part, Section, every_inline};

/// The footnotes of a section, by their places: Typst wants each where its mark is.
pub(super) struct Footnotes<'a>(BTreeMap<&'a Anchor, &'a [Block]>);

/// How many letters the notes of a paragraph, a list or a table have at most that are at the foot of a page: there is room
/// for them in large print, beside the text.
const AT_FOOT: usize = 600;

/// How many letters the notes of an item or a row have, if those of all have more: no more lines than the item. Otherwise
/// Typst leaves them behind, at the feet of pages before those of their marks.
const BESIDE: usize = 80;

/// How many items and letters a list has at most that is on one page, whatever the variant.
const ON_ONE_PAGE: (usize, usize) = (3, 300);

impl<'a> Footnotes<'a> {
    pub(super) fn of(section: &'a Section) -> Self {
        let all = section.footnotes.iter();
        Self(all.map(|note| (&note.anchor, &*note.blocks)).collect())
    }

    fn blocks(&self, target: &Anchor) -> &'a [Block] {
        self.0.get(target).copied().unwrap_or_default()
    }

    /// Whether all notes of a text have room at the feet of its pages, and none of them is a stray. Typst parts no note between
    /// two pages that is more than paragraphs, and may lose those within notes, and those of a row or an item that breaks.
    fn fit(&self, blocks: &[Block], known: Known<'_>) -> bool {
        let has_strays =
            || !known.strays.is_empty() && marks(blocks).iter().any(|it| known.strays.contains(it));
        let fits = |block: &Block| self.fit_block(block, known.breaks);
        !has_strays() && blocks.iter().all(fits)
    }

    fn fit_block(&self, block: &Block, breaks: Breaks) -> bool {
        // Each article has notes of its own.
        if let Block::Articles(_) = block {
            return true;
        }
        let parts = parts(block);
        !loses_notes(block, breaks)
            && (self.fit_together(&parts.concat(), AT_FOOT)
                || parts.len() > 1 && parts.iter().all(|part| self.fit_together(part, BESIDE)))
    }

    /// Whether some notes are paragraphs of no more than so many letters together.
    fn fit_together(&self, marks: &[&Anchor], most: usize) -> bool {
        let notes = || marks.iter().flat_map(|target| self.blocks(target));
        let is_plain =
            |block: &Block| matches!(block, Block::Paragraph(_)) && own_marks(block).is_empty();
        notes().all(is_plain) && notes().map(letters).sum::<usize>() <= most
    }
}

/// The notes that each row or item of a block has marks of, or its caption, or the block as a whole.
fn parts(block: &Block) -> Vec<Vec<&Anchor>> {
    if let Block::Table(table) = block {
        let caption = table.caption.iter().map(|caption| marks_of(caption));
        let rows = std::iter::once(&table.header).chain(&table.rows);
        let rows = rows.map(|row| row.iter().flat_map(|cell| marks_of(cell)).collect());
        return caption.chain(rows).collect();
    }
    let own = std::iter::once(own_marks(block));
    own.chain(within(block).map(marks)).collect()
}

/// Whether a block has marks in rows or items that may break.
fn loses_notes(block: &Block, breaks: Breaks) -> bool {
    let loses = if let Block::List { items, .. } = block {
        breaks_in_items(items, breaks)
    } else {
        breaks >= Breaks::Rows && matches!(block, Block::Table(_))
    };
    loses && !marks(std::slice::from_ref(block)).is_empty()
        || within(block)
            .flatten()
            .any(|block| loses_notes(block, breaks))
}

/// Whether the items of a list may break at the end of a page, as rows do: what holds more than a paragraph is a list of
/// Typst's own.
fn breaks_in_items(items: &[Item], breaks: Breaks) -> bool {
    let letters: usize = items
        .iter()
        .flat_map(|item| &item.blocks)
        .map(letters)
        .sum();
    let is_whole = items.len() <= ON_ONE_PAGE.0 || letters < ON_ONE_PAGE.1;
    nests(items) && (breaks >= Breaks::Blocks || !is_whole)
}

/// The notes that some blocks have marks of.
fn marks(blocks: &[Block]) -> Vec<&Anchor> {
    let mut found = Vec::new();
    for block in blocks {
        found.extend(own_marks(block));
        found.extend(within(block).flat_map(marks));
    }
    found
}

/// The notes that a block has marks of, beside those of the blocks within it.
fn own_marks(block: &Block) -> Vec<&Anchor> {
    block.inlines().into_iter().filter_map(mark).collect()
}

fn marks_of(text: &[Inline]) -> Vec<&Anchor> {
    every_inline(text).into_iter().filter_map(mark).collect()
}

/// What the place of the first mark of a note has behind that of the note.
const FIRST_MARK: &str = ".0";

/// The place of the first mark of a note. No other place ends in a dot and a number.
fn mark_of(note: &Anchor) -> Anchor {
    Anchor(format!("{}{FIRST_MARK}", note.0))
}

/// The note whose first mark is at a place, if there is a mark.
pub(in crate::render::typst) fn note_of(mark: &str) -> Option<&str> {
    mark.strip_suffix(FIRST_MARK)
}

fn mark(inline: &Inline) -> Option<&Anchor> {
    let Inline::Footnote { target, .. } = inline else {
        return None;
    };
    Some(target)
}

fn within(block: &Block) -> impl Iterator<Item = &[Block]> {
    block.children().into_iter().filter_map(|part| match part {
        Part::Blocks(blocks) => Some(blocks),
        Part::Node(_) | Part::Inlines(_) => None,
    })
}

impl Emitter<'_> {
    /// Finds out where the notes of a text are that is written next, and where those of the text around it were.
    pub(super) fn place_notes(&mut self, blocks: &[Block], footnotes: &Footnotes<'_>) -> bool {
        let at_end = !footnotes.fit(blocks, self.known);
        std::mem::replace(&mut self.notes_at_end, at_end)
    }

    /// A text with its notes.
    pub(super) fn noted(&mut self, blocks: &[Block], footnotes: &Footnotes<'_>) {
        self.place_notes(blocks, footnotes);
        self.blocks(blocks, footnotes);
        self.end_notes(Flow::End, footnotes);
    }

    /// A mark of a footnote, and the note if it is at the foot of the page.
    pub(super) fn note(
        &mut self,
        target: &Anchor,
        mark: &str,
        is_first: bool,
        footnotes: &Footnotes<'_>,
    ) {
        let written = string(mark);
        if self.notes_at_end {
            let note = string(&address(target));
            self.put(&format!("#note-mark({written}, {note}"));
            if is_first {
                let place = mark_of(target);
                self.put(&format!(", place: {}", label(&place)));
                self.out.marks.push(place);
                self.held.push_back((mark.to_owned(), target.clone()));
            }
            self.put(")");
        } else if is_first {
            self.put(&format!("#foot({written})["));
            self.note_text(target, Flow::Foot, footnotes);
            self.put(&format!("]{}", label(target)));
        } else {
            self.put(&format!("#foot-again({written}, {})", label(target)));
        }
    }

    /// The notes of a text that are at its end, in the order of their marks; those of their own follow them.
    pub(super) fn end_notes(&mut self, flow: Flow, footnotes: &Footnotes<'_>) {
        if self.held.is_empty() {
            return;
        }
        self.put("\n\n#end-notes[\n");
        while let Some((mark, target)) = self.held.pop_front() {
            let (mark, back) = (string(&mark), string(&address(&mark_of(&target))));
            self.put(&format!("#end-note({mark}, {back}, {})[", label(&target)));
            self.note_text(&target, flow, footnotes);
            self.put("]\n");
        }
        self.put("]");
    }

    fn note_text(&mut self, target: &Anchor, flow: Flow, footnotes: &Footnotes<'_>) {
        let around = std::mem::replace(&mut self.flow, flow);
        self.blocks(footnotes.blocks(target), footnotes);
        self.flow = around;
    }
}
