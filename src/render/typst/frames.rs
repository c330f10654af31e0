//! What the styles left in the frames of a page for the program to find.

use typst::foundations::Label;
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point};
use typst::syntax::Span;
use typst::utils::ResolvedPicoStr;

/// The label of the head of a page that is printed on both sides of the paper.
pub(super) const TWO_SIDED: &str = "page:two-sided";

/// The label of what a page is about, at its head.
pub(super) const TOPIC: &str = "page:topic";

/// The label of the room for words at the head of a page.
pub(super) const HEAD_WORDS: &str = "page:words";

/// The label of a word for the heads of pages, where it stands in the text.
pub(super) const HEAD_WORD: &str = "page:word";

/// Whether a block that must not break is higher than a page.
pub(super) fn is_overfull(frame: &Frame) -> bool {
    groups(frame).any(|group| {
        let label = label(group);
        let room = label.and_then(|label| label.strip_prefix("room:")?.parse().ok());
        let higher = |room: f64| group.frame.height() > Abs::pt(room + 0.01);
        room.is_some_and(higher) || is_overfull(&group.frame)
    })
}

/// The label of what is behind the text of a page.
pub(super) const BACKGROUND: &str = "page:background";

/// How far down the last line or shape of a page is, but for what is behind its text.
pub(super) fn lowest(frame: &Frame) -> Abs {
    let bottom = |(at, item): &(Point, FrameItem)| match item {
        FrameItem::Group(group) if label(group).is_some_and(|it| &*it == BACKGROUND) => None,
        FrameItem::Group(group) => Some(at.y + lowest(&group.frame)),
        FrameItem::Text(_) => Some(at.y),
        FrameItem::Shape(shape, _) => Some(at.y + shape.bbox(true).max.y),
        FrameItem::Image(_, size, _) => Some(at.y + size.y),
        FrameItem::Link(..) | FrameItem::Tag(_) => None,
    };
    frame.items().filter_map(bottom).max().unwrap_or_default()
}

/// How far down the last line of text is.
pub(super) fn end_of_text(frame: &Frame, is_text: &impl Fn(Span) -> bool) -> Option<Abs> {
    let end = |(at, item): &(Point, FrameItem)| match item {
        FrameItem::Group(group) => Some(at.y + end_of_text(&group.frame, is_text)?),
        FrameItem::Text(text) => {
            let mut glyphs = text.glyphs.iter();
            glyphs.any(|glyph| is_text(glyph.span.0)).then_some(at.y)
        }
        FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {
            None
        }
    };
    frame.items().filter_map(end).max()
}

/// The left edge and the width of the group with this label.
pub(super) fn find(frame: &Frame, name: &str) -> Option<(Abs, Abs)> {
    let mut items = frame.items();
    items.find_map(|(at, item)| {
        let FrameItem::Group(group) = item else {
            return None;
        };
        if label(group).is_some_and(|label| &*label == name) {
            return Some((at.x, group.frame.width()));
        }
        let (left, width) = find(&group.frame, name)?;
        Some((at.x + left, width))
    })
}

/// Whether the element at `place` comes before all text of a page; `None` if neither is there.
pub(super) fn begins_with(
    frame: &Frame,
    place: Location,
    is_text: &impl Fn(Span) -> bool,
) -> Option<bool> {
    frame.items().find_map(|(_, item)| match item {
        FrameItem::Group(group) => begins_with(&group.frame, place, is_text),
        FrameItem::Text(text) => {
            let mut glyphs = text.glyphs.iter();
            glyphs.any(|glyph| is_text(glyph.span.0)).then_some(false)
        }
        FrameItem::Tag(Tag::Start(content, _)) => {
            (content.location() == Some(place)).then_some(true)
        }
        FrameItem::Tag(Tag::End(..))
        | FrameItem::Shape(..)
        | FrameItem::Image(..)
        | FrameItem::Link(..) => None,
    })
}

fn groups(frame: &Frame) -> impl Iterator<Item = &GroupItem> {
    frame.items().filter_map(|(_, item)| match item {
        FrameItem::Group(group) => Some(group),
        FrameItem::Text(_)
        | FrameItem::Shape(..)
        | FrameItem::Image(..)
        | FrameItem::Link(..)
        | FrameItem::Tag(_) => None,
    })
}

/// The label of a group.
pub(super) fn label(group: &GroupItem) -> Option<ResolvedPicoStr> {
    group.label.map(Label::resolve)
}
