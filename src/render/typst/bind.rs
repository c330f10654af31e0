//! Binds the pages of sections into one book: where links lead, what they are called, and the numbers of pages, all of
//! which are known only now.
//!
//! Nothing here decides how a page looks. The styles leave links to the addresses of places, and boxes with labels:
//!
//! | label | what becomes of it |
//! |---|---|
//! | `book:…` | its text is the number of the page where the place is |
//! | `in-text:book:…` | the same in running text: what follows on the line moves up to the number |
//! | `listed:book:…:book:…` | begins with such a number, and is left out where the next place is on the same page |
//! | `page:words` | holds the first and the last word of its page, and its own text between them |
//! | `page:topic` | is left out where it leaves these no room |
//! | `page:word` | is taken out of the text |
//! | `again:…`, `under:…`, `rule:…` | is left out but for the places that `continuing.rs` finds |
//! | `page:number` | its text is the number of its page |
//! | `page:two-sided`, `page:one-sided` | as wide as the text: pages of the first kind swap their margins |
//! | `page:background` | does not move when margins are swapped |
//! | `page:odd`, `page:even` | is on such pages alone |
//! | `page:first`, `page:later` | is on the first page alone, or on the others |
//! | `room:…` | is set again if it is higher than this, in points |
//! | `tag:list`, `tag:item` | is a list or an item of one to a screen reader |
//! | `tag:bullets`, `tag:numbers` | is a list of the lists in it |
//! | `tag:note`, `tag:label` | is a note, or the mark of one |
//! | `tag:none` | is nothing to a screen reader, unlike what is in it |
//! | `tag:contents`, `tag:line-…` | is a table of contents or a line of one, of this depth |

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use typst::foundations::{Content, NativeElement, Packed};
use typst::introspection::Tag;
use typst::layout::{Abs, Em, Frame, FrameItem, GroupItem, Point, Size};
use typst::model::{
    Destination, EnumElem, FootnoteElem, FootnoteEntry, HeadingElem, LinkMarker, ListElem,
    NumberingPattern, OutlineEntry,
};
use typst::pdf::PdfMarkerTag;
use typst::syntax::Span;
use typst::text::{Glyph, TextElem, TextItem};
use typst_layout::Page;

use super::emit::{self, IN_TEXT, LISTED, SCHEME};
use super::frames;
use super::in_parallel;
use super::leaves::Leaf;
use super::numbers::{self, PageNumbers};
use super::survey::{HeadWords, Shown, Survey};
use crate::model::book::{Anchor, LinkName};

/// What a book calls its parts, and how its lines run.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    /// What links are called for those who hear them.
    pub(super) links: &'a BTreeMap<Anchor, LinkName>,
    /// The words of headings in the bookmarks.
    pub(super) headings: &'a BTreeMap<&'a str, String>,
    /// Whether lines run from right to left.
    pub(super) is_right_to_left: bool,
}

/// Binds the pages of some sections, of which there are `surveys`, as `leaves` lists them.
pub(super) fn bind(
    sections: Vec<Vec<Page>>,
    surveys: &[Arc<Survey>],
    leaves: &[Leaf],
    numbers: &PageNumbers<'_>,
    named: Named<'_>,
) -> Vec<Page> {
    let pages: Vec<Page> = sections.into_iter().flatten().collect();
    let words = surveys.iter().flat_map(|survey| &survey.words);
    let words = words.map(Option::as_ref);
    let shown = surveys.iter().flat_map(|survey| &survey.shown);
    let filled = leaves.iter().enumerate();
    let filled = filled.filter_map(|(index, leaf)| Some((index, leaf, leaf.page?)));
    let filled: Vec<_> = filled.zip(words.zip(shown)).collect();
    let filled = pages.into_par_iter().zip(filled);
    let bound = in_parallel(filled, |(page, ((index, leaf, within), (words, shown)))| {
        let binder = Binder {
            words,
            shown,
            room: words.and_then(|words| room_alone(&page.frame, &words.first)),
            numbers,
            named,
            index,
            of: leaves.len(),
            leaf,
            pattern: numbers::pattern(page.numbering.as_ref()).cloned(),
        };
        binder.page(page, within)
    });
    let mut bound = bound.into_iter();
    let mut pages: Vec<Page> = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let page = match leaf.page {
            Some(_) => bound.next(),
            None => pages.last().map(|before| empty(before, leaf)),
        };
        pages.extend(page);
    }
    pages
}

/// An empty page, behind `page` and of its size.
fn empty(page: &Page, leaf: &Leaf) -> Page {
    Page {
        frame: Frame::hard(page.frame.size()),
        number: leaf.number,
        ..page.clone()
    }
}

/// A number in running text that is as wide as its page needs: how much wider than its sample, and how wide that was.
#[derive(Debug, Clone, Copy)]
struct Widened {
    by: Abs,
    from: Abs,
}

/// Moves the items of a frame along their lines, behind numbers that are narrower or wider than their samples. `widened` has
/// an entry for each item.
fn close_up(frame: &mut Frame, widened: &[Option<Widened>], is_right_to_left: bool) {
    let start = match is_right_to_left {
        true => Abs::inf(),
        false => Abs::zero(),
    };
    let mut by = Abs::zero();
    // Where the last such number was: what stands before it is on another line.
    let mut from = start;
    // Where the last such number was, and is now, and how much wider it is: its link comes behind it.
    let mut number: Option<(Abs, Abs, Abs)> = None;
    let place = |((at, item), widened): (&(Point, FrameItem), &Option<Widened>)| {
        if let FrameItem::Link(to, size) = item
            && let Some((_, x, wider)) = number.filter(|(was, ..)| was.approx_eq(at.x))
        {
            let size = Size::new(size.x + wider, size.y);
            return (Point::new(x, at.y), FrameItem::Link(to.clone(), size));
        }
        // Tags are on either side of what they are about.
        let is_tag = matches!(item, FrameItem::Tag(_));
        let is_before = match is_right_to_left {
            true => at.x + width(item) > from,
            false => at.x < from,
        };
        if is_before && !is_tag {
            (by, from) = (Abs::zero(), start);
        }
        let before = by;
        if let Some(widened) = widened {
            by += widened.by;
            // What begins further back is on the next line, even where the number began this one.
            from = at.x + widened.from / 2.0;
        }
        let x = match is_right_to_left {
            true => at.x - by,
            false => at.x + before,
        };
        number = widened.map(|it| (at.x, x, it.by)).or(number);
        (Point::new(x, at.y), item.clone())
    };
    let items: Vec<_> = frame.items().zip(widened).map(place).collect();
    *frame = rebuilt(frame, items);
}

/// Binds one page.
struct Binder<'a> {
    numbers: &'a PageNumbers<'a>,
    named: Named<'a>,
    /// Which page of the book it is, from 0.
    index: usize,
    /// How many pages there are.
    of: usize,
    leaf: &'a Leaf,
    /// The words at its head.
    words: Option<&'a HeadWords>,
    /// What is shown where it goes on.
    shown: &'a Shown,
    /// How wide these may be, if they have no room beside what the page is about, and stand alone.
    room: Option<Abs>,
    /// How its number is written.
    pattern: Option<NumberingPattern>,
}

impl Binder<'_> {
    fn page(&self, mut page: Page, within: usize) -> Page {
        // Typst took the first page of each section for a right-hand page.
        let is_swapped = (self.index + within) % 2 == 1;
        let shift = match frames::find(&page.frame, frames::TWO_SIDED) {
            Some((left, width)) if is_swapped => page.frame.width() - left - width - left,
            Some(_) | None => Abs::zero(),
        };
        self.frame(&mut page.frame, shift);
        page.frame.translate(Point::with_x(shift));
        page.number = self.leaf.number;
        page
    }

    /// Binds all that is to be bound in a frame. The page is to be shifted.
    fn frame(&self, frame: &mut Frame, shift: Abs) {
        self.frame_with(frame, &mut None, shift);
    }

    /// The same for a frame whose first text is the sample of a number.
    fn frame_with(&self, frame: &mut Frame, number: &mut Option<&str>, shift: Abs) {
        let mut widened: Vec<Option<Widened>> = Vec::new();
        // Whether a number of a list has just been left out, with which the space behind it goes.
        let mut is_behind = false;
        frame.retain(|item| {
            if is_behind && let Some(from) = space(item) {
                *item = FrameItem::Group(GroupItem::new(Frame::soft(Size::zero())));
                is_behind = false;
                widened.push(Some(Widened { by: -from, from }));
                return true;
            }
            let is_sample = number.is_some() && matches!(item, FrameItem::Text(_));
            let before = (is_sample || is_number_in_text(item)).then(|| width(item));
            let stays = self.item(item, number, shift);
            if stays {
                is_behind = match item {
                    FrameItem::Group(group) => is_left_out(group),
                    FrameItem::Text(_) => false,
                    FrameItem::Shape(..)
                    | FrameItem::Image(..)
                    | FrameItem::Link(..)
                    | FrameItem::Tag(_) => is_behind,
                };
                widened.push(before.map(|from| Widened {
                    by: width(item) - from,
                    from,
                }));
            }
            stays
        });
        if widened.iter().any(Option::is_some) {
            close_up(frame, &widened, self.named.is_right_to_left);
        }
    }

    /// Binds a number of a list, which leads to `places`: its own, and that of the next.
    fn listed(&self, frame: &mut Frame, places: &str, shift: Abs) {
        let page = |place: &str| self.numbers.place(place).map(|place| place.page);
        let places = places.strip_prefix(SCHEME).unwrap_or(places);
        // No place has a colon.
        let (own, next) = match places.split_once(&format!(":{SCHEME}")) {
            Some((own, next)) => (page(own), Some(page(next))),
            None => (page(places), None),
        };
        if next.is_some_and(|next| own.is_none() || own == next) {
            *frame = Frame::soft(Size::zero());
            return;
        }
        let number = own.map_or("", |page| self.numbers.label(page));
        let (left, right) = sides(frame);
        self.frame_with(frame, &mut Some(number), shift);
        let (start, end) = sides(frame);
        if self.named.is_right_to_left {
            frame.translate(Point::with_x(left - start));
        }
        frame.size_mut().x += (end - start) - (right - left);
    }

    /// Binds an item of a frame; returns whether it stays.
    fn item(&self, item: &mut FrameItem, number: &mut Option<&str>, shift: Abs) -> bool {
        match item {
            FrameItem::Group(group) => return self.group(group, number, shift),
            FrameItem::Text(sample) => {
                if let Some(number) = number.take() {
                    *sample = number_like(sample, number);
                }
            }
            FrameItem::Link(to @ Destination::Url(_), _) => {
                let Destination::Url(url) = &*to else {
                    return true;
                };
                if let Some(anchor) = url.strip_prefix(SCHEME) {
                    let Some(place) = self.numbers.place(anchor) else {
                        return false;
                    };
                    *to = Destination::Location(place.location);
                }
            }
            FrameItem::Tag(Tag::Start(content, _)) if content.is::<HeadingElem>() => {
                let label = content.label();
                let words = label.and_then(|label| self.named.headings.get(&*label.resolve()));
                if let Some(words) = words
                    && let Some(heading) = content.to_packed_mut::<HeadingElem>()
                {
                    heading.body = TextElem::packed(words.as_str());
                }
            }
            FrameItem::Tag(Tag::Start(content, _)) => {
                if let Some(bound) = self.link(content).or_else(|| tagged(content)) {
                    *content = bound;
                }
            }
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(Destination::Position(_) | Destination::Location(_), _)
            | FrameItem::Tag(Tag::End(..)) => {}
        }
        true
    }

    /// Binds a group; returns whether it stays.
    fn group(&self, group: &mut GroupItem, number: &mut Option<&str>, mut shift: Abs) -> bool {
        let is_odd = self.index.is_multiple_of(2);
        let label = frames::label(group);
        match label.as_deref() {
            Some("page:odd") if !is_odd => return false,
            Some("page:even") if is_odd => return false,
            Some("page:first") if self.leaf.number > 1 => return false,
            Some("page:later") if self.leaf.number == 1 => return false,
            Some(frames::HEAD_WORD) => return false,
            Some(label) if !self.shown.has(label) => return false,
            Some(frames::TOPIC) if self.room.is_some() => return false,
            // There is nothing to bind in them.
            Some(frames::HEAD_WORDS) => {
                group.frame = self.headed(&group.frame);
                return true;
            }
            Some(label) if label.starts_with(LISTED) => {
                self.listed(&mut group.frame, &label[LISTED.len()..], shift);
                return true;
            }
            Some("page:number") => group.frame = numbered(&group.frame, &self.own_number()),
            Some(frames::BACKGROUND) => {
                group.frame.translate(Point::with_x(-shift));
                shift = Abs::zero();
            }
            Some(label) => {
                let (place, set): (_, fn(&Frame, &str) -> Frame) = match label.strip_prefix(IN_TEXT)
                {
                    Some(place) => (place, closed_up),
                    None => (label, numbered),
                };
                if let Some(number) = self.number_of(place) {
                    group.frame = set(&group.frame, number);
                }
            }
            None => {}
        }
        // A number may be a link.
        self.frame_with(&mut group.frame, number, shift);
        true
    }

    /// The number of the page of the place that a label names, if it names one.
    fn number_of(&self, label: &str) -> Option<&str> {
        let anchor = label.strip_prefix(SCHEME)?;
        let place = self.numbers.place(anchor);
        Some(place.map_or("", |place| self.numbers.label(place.page)))
    }

    /// The head of the page with its words: the first and the last, or the first alone where there is no other, or no
    /// room for both. What the frame holds stands between them. Words that are wider than the page end in an ellipsis.
    fn headed(&self, frame: &Frame) -> Frame {
        let mut bound = Frame::new(frame.size(), frame.kind());
        bound.set_baseline(frame.baseline());
        let (Some(words), Some((at, between))) = (self.words, sample(frame)) else {
            return bound;
        };
        let HeadWords {
            first,
            last,
            is_one,
        } = words;
        let is_right_to_left = self.named.is_right_to_left;
        let cut = self
            .room
            .map(|room| shortened(first, room, is_right_to_left));
        let first = cut.as_ref().unwrap_or(first);
        let gap = between.size * 0.3;
        let both = first.width() + gap + between.width() + gap + last.width();
        let is_alone = *is_one || both > frame.width();
        let width = if is_alone { first.width() } else { both };
        let room = frame.width() - between.width();
        let mut x = at.x / room.max(Abs::pt(0.01)) * (frame.width() - width);
        let base = at.y;
        let place = |word: &Frame, x: Abs| Point::new(x, base - word.baseline());
        let (left, right) = match is_right_to_left && !is_alone {
            true => (last, first),
            false => (first, last),
        };
        bound.push_frame(place(left, x), left.clone());
        if !is_alone {
            x += left.width() + gap;
            bound.push(Point::new(x, base), FrameItem::Text(between.clone()));
            x += between.width() + gap;
            bound.push_frame(place(right, x), right.clone());
        }
        bound
    }

    /// A link to a place, with its name.
    fn link(&self, content: &Content) -> Option<Content> {
        let alt = content.to_packed::<LinkMarker>()?.alt.as_ref()?;
        let name = self.name(alt.strip_prefix(SCHEME)?);
        let mut content = content.clone();
        content.to_packed_mut::<LinkMarker>()?.alt = name.map(Into::into);
        Some(content)
    }

    /// What a link to a place is called.
    fn name(&self, anchor: &str) -> Option<String> {
        let page = self.numbers.label(self.numbers.place(anchor)?.page);
        let name = |anchor: &str| self.named.links.get(&Anchor(anchor.to_owned()));
        // A mark is called as its note.
        let name = name(anchor).or_else(|| name(emit::note_of(anchor)?))?;
        Some(format!("{}{page}{}", name.before, name.after))
    }

    /// The number of the page, and of how many if the pattern has room for both.
    fn own_number(&self) -> String {
        let of = u64::try_from(self.of).unwrap_or(u64::MAX);
        let both = self
            .pattern
            .as_ref()
            .filter(|pattern| pattern.pieces() > 1)
            .and_then(|pattern| pattern.apply(None, &[self.leaf.number, of]).ok());
        both.map_or_else(|| self.leaf.label.clone(), Into::into)
    }
}

/// How wide a word at the head of a page may be where it has no room beside what the page is about: as wide as both.
fn room_alone(page: &Frame, word: &Frame) -> Option<Abs> {
    let (left, width) = frames::find(page, frames::HEAD_WORDS)?;
    let (start, wide) = frames::find(page, frames::TOPIC)?;
    // What the page is about is on either side of it.
    let (first, last) = (left.min(start), (left + width).max(start + wide));
    (word.width() > width).then(|| last - first)
}

/// Whether an item is a number in running text.
fn is_number_in_text(item: &FrameItem) -> bool {
    let FrameItem::Group(group) = item else {
        return false;
    };
    let is_number = |label: &str| label.starts_with(IN_TEXT) || label.starts_with(LISTED);
    frames::label(group).is_some_and(|label| is_number(&label))
}

/// Whether a group is a number of a list that was left out.
fn is_left_out(group: &GroupItem) -> bool {
    let is_listed = frames::label(group).is_some_and(|label| label.starts_with(LISTED));
    is_listed && group.frame.is_empty()
}

/// How wide an item is; a tag is nothing.
fn width(item: &FrameItem) -> Abs {
    match item {
        FrameItem::Group(group) => group.frame.width(),
        FrameItem::Text(text) => text.width(),
        FrameItem::Shape(shape, _) => shape.bbox(true).size().x,
        FrameItem::Image(_, size, _) | FrameItem::Link(_, size) => size.x,
        FrameItem::Tag(_) => Abs::zero(),
    }
}

/// Where the text of a frame begins and ends across.
fn sides(frame: &Frame) -> (Abs, Abs) {
    let sides = frame.items().filter_map(|(at, item)| match item {
        FrameItem::Text(text) => Some((at.x, at.x + text.width())),
        FrameItem::Group(group) => {
            let (left, right) = sides(&group.frame);
            (left <= right).then(|| (at.x + left, at.x + right))
        }
        FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {
            None
        }
    });
    let none = (Abs::inf(), -Abs::inf());
    sides.fold(none, |(left, right), (start, end)| {
        (left.min(start), right.max(end))
    })
}

/// How wide a space between words is, if an item is one.
fn space(item: &FrameItem) -> Option<Abs> {
    match item {
        FrameItem::Text(text) if text.text.trim().is_empty() => Some(text.width()),
        FrameItem::Text(_)
        | FrameItem::Group(_)
        | FrameItem::Shape(..)
        | FrameItem::Image(..)
        | FrameItem::Link(..)
        | FrameItem::Tag(_) => None,
    }
}

/// The beginning of a line of text that is no wider than `room`, with an ellipsis where it is cut: on the right, or, where
/// its words run from right to left, on the left.
fn shortened(frame: &Frame, room: Abs, is_right_to_left: bool) -> Frame {
    let Some((at, first)) = sample(frame).filter(|_| frame.width() > room) else {
        return frame.clone();
    };
    let ellipsis = number_like(first, "…");
    let is_cut_left = is_right_to_left && has_words_backwards(frame);
    // What is kept is between these, where it is now.
    let (start, end) = match is_cut_left {
        true => (frame.width() - room + ellipsis.width(), frame.width()),
        false => (Abs::zero(), room - ellipsis.width()),
    };
    let line = at.y;
    let mut kept: Option<(Abs, Abs)> = None;
    let items = frame.items().filter_map(|(at, item)| {
        let FrameItem::Text(text) = item else {
            return Some((*at, item.clone()));
        };
        // Words that fill more than a line go on below.
        if at.y > line + text.size / 2.0 {
            return None;
        }
        let (before, text) = within(text, start - at.x, end - at.x);
        let at = Point::new(at.x + before, at.y);
        (!text.glyphs.is_empty()).then(|| {
            let (first, last) = kept.unwrap_or((at.x, at.x));
            kept = Some((first.min(at.x), last.max(at.x + text.width())));
            (at, FrameItem::Text(text))
        })
    });
    let mut short = rebuilt(frame, items.collect::<Vec<_>>());
    let (first, last) = kept.unwrap_or((at.x, at.x));
    let (width, point) = match is_cut_left {
        true => {
            let before = ellipsis.width() - first;
            short.translate(Point::with_x(before));
            (last + before, Point::new(Abs::zero(), at.y))
        }
        false => (last + ellipsis.width(), Point::new(last, at.y)),
    };
    short.size_mut().x = width;
    short.push(point, FrameItem::Text(ellipsis));
    short
}

/// Whether some words of a line run from right to left: the letters that come first in the text are on the right.
fn has_words_backwards(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Text(text) => {
            let starts = text.glyphs.iter().map(|glyph| glyph.range().start);
            let starts: Vec<usize> = starts.collect();
            starts.windows(2).any(|pair| pair[0] > pair[1])
        }
        FrameItem::Group(_)
        | FrameItem::Shape(..)
        | FrameItem::Image(..)
        | FrameItem::Link(..)
        | FrameItem::Tag(_) => false,
    })
}

/// The glyphs of a text from `start` to `end`, as far as they have room, without spaces at the ends; and where they begin.
fn within(text: &TextItem, start: Abs, end: Abs) -> (Abs, TextItem) {
    let mut x = Abs::zero();
    let places = text.glyphs.iter().map(|glyph| {
        let from = x;
        x += glyph.x_advance.at(text.size);
        (from, x, glyph)
    });
    let fits = places.filter(|(from, to, _)| *from >= start && *to <= end);
    let is_space = |(_, _, glyph): &&(Abs, Abs, &Glyph)| {
        let letters = text.text.get(glyph.range());
        letters.is_some_and(|letters| letters.trim().is_empty())
    };
    let fits: Vec<(Abs, Abs, &Glyph)> = fits.collect();
    let spaces = fits.iter().take_while(is_space).count();
    let fits = fits.get(spaces..).unwrap_or_default();
    let spaces = fits.iter().rev().take_while(is_space).count();
    let fits = fits.get(..fits.len() - spaces).unwrap_or_default();
    let before = fits.first().map_or(Abs::zero(), |(from, _, _)| *from);
    let glyphs = fits.iter().map(|(_, _, glyph)| (*glyph).clone()).collect();
    let text = TextItem {
        glyphs,
        ..text.clone()
    };
    (before, text)
}

/// What stands where `tagged` in the styles left a label for a tag that Typst gives to its own elements alone.
fn tagged(content: &Content) -> Option<Content> {
    let label = content.label()?.resolve();
    let tag = match label.strip_prefix("tag:")? {
        "list" => PdfMarkerTag::Bibliography(false, Content::empty()),
        "bullets" => ListElem::new(Vec::new()).pack(),
        "numbers" => EnumElem::new(Vec::new()).pack(),
        "item" => PdfMarkerTag::ListItemBody(Content::empty()),
        "note" => {
            let note = FootnoteElem::with_content(Content::empty());
            FootnoteEntry::new(Packed::new(note)).pack()
        }
        "label" => PdfMarkerTag::Label(Content::empty()),
        "contents" => PdfMarkerTag::OutlineBody(Content::empty()),
        "none" => TextElem::packed(""),
        line => {
            let depth = line.strip_prefix("line-")?.parse().ok()?;
            OutlineEntry::new(depth, Content::empty()).pack()
        }
    };
    let mut tag = tag.spanned(content.span());
    tag.set_location(content.location()?);
    Some(tag)
}

/// A frame with other items.
fn rebuilt(frame: &Frame, items: impl IntoIterator<Item = (Point, FrameItem)>) -> Frame {
    let mut rebuilt = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        rebuilt.set_baseline(frame.baseline());
    }
    rebuilt.push_multiple(items);
    rebuilt
}

/// The first text of a frame, and where it stands.
fn sample(frame: &Frame) -> Option<(Point, &TextItem)> {
    frame.items().find_map(|(at, item)| match item {
        FrameItem::Text(text) => Some((*at, text)),
        FrameItem::Group(group) => sample(&group.frame).map(|(within, text)| (*at + within, text)),
        FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {
            None
        }
    })
}

/// The frame of a sample with a number in its place: where the sample ends, unless it has room at its end, too.
fn numbered(frame: &Frame, number: &str) -> Frame {
    let items = frame.items().map(|(at, item)| match item {
        FrameItem::Text(sample) => {
            let text = number_like(sample, number);
            let room = frame.width() - sample.width();
            let before = if room > Abs::pt(0.01) {
                at.x / room
            } else {
                1.0
            };
            let at = Point::new(before * (frame.width() - text.width()), at.y);
            (at, FrameItem::Text(text))
        }
        FrameItem::Group(group) => {
            let frame = numbered(&group.frame, number);
            let group = GroupItem {
                frame,
                ..group.clone()
            };
            (*at, FrameItem::Group(group))
        }
        FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {
            (*at, item.clone())
        }
    });
    rebuilt(frame, items.collect::<Vec<_>>())
}

/// The frame of a sample with a number in its place, as wide as that.
fn closed_up(frame: &Frame, number: &str) -> Frame {
    let mut bound = numbered(frame, number);
    if let (Some((_, before)), Some((_, after))) = (sample(frame), sample(&bound)) {
        let wider = after.width() - before.width();
        bound.translate(Point::with_x(wider));
        bound.size_mut().x += wider;
    }
    bound
}

/// `number` in the looks of a sample. The fonts have a glyph for each digit and letter of it, and shape none of them.
fn number_like(sample: &TextItem, number: &str) -> TextItem {
    let span = sample.glyphs.first().map(|glyph| glyph.span);
    let glyph = |(at, letter): (usize, char)| {
        let id = sample.font.ttf().glyph_index(letter).map_or(0, |id| id.0);
        let end = at + letter.len_utf8();
        Glyph {
            id,
            x_advance: sample.font.x_advance(id).unwrap_or(Em::zero()),
            x_offset: Em::zero(),
            y_advance: Em::zero(),
            y_offset: Em::zero(),
            range: u16::try_from(at).unwrap_or(0)..u16::try_from(end).unwrap_or(0),
            span: span.unwrap_or((Span::detached(), 0)),
        }
    };
    TextItem {
        text: number.into(),
        glyphs: number.char_indices().map(glyph).collect(),
        ..sample.clone()
    }
}
