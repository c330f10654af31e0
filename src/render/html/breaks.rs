//! Marks of pages stand before what is spoken as a name: a heading is its words, with no number before them.
//!
//! A mark has a name of its own, the number of its page, and becomes a part of the name of what it is in. So it moves up
//! to where it may be, with nothing but tags between it and the first word of its page: before a heading, a caption or a
//! link; before a row of a table, which is at the end of the row above. It moves before a footnote, too, which reading apps
//! may show at its mark alone: no page could be found there.

use super::{Element, Node};

/// The role of a mark.
const MARK: &str = "doc-pagebreak";

/// The tree with its marks where they are no part of names.
pub(super) fn settled(tree: Element) -> Element {
    // What is outermost has no name of its own.
    settle(tree, Place::Inside).0
}

/// What becomes of the marks in an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// They stay.
    Inside,
    /// They go before it.
    Before,
    /// Those at its beginning go before it.
    BeforeIfFirst,
    /// They go to the end of the cell above, if there is one, or else before it.
    Above,
}

fn place(element: &Element) -> Place {
    match element.name() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" | "figcaption" | "figure" | "aside" => {
            Place::Before
        }
        "table" | "thead" | "tbody" | "tr" => Place::Above,
        "a" | "strong" => Place::BeforeIfFirst,
        "p" if matches!(element.attribute("class"), Some("label" | "caption")) => {
            Place::BeforeIfFirst
        }
        "span" if element.attribute("role") == Some("img") => Place::BeforeIfFirst,
        _ => Place::Inside,
    }
}

/// An element without the marks that go before it, and these. What is within a name is a part of it.
fn settle(mut element: Element, around: Place) -> (Element, Vec<Node>) {
    let place = match (place(&element), around) {
        (Place::Inside | Place::BeforeIfFirst, Place::Before) => Place::Before,
        (Place::Inside, Place::BeforeIfFirst) => Place::BeforeIfFirst,
        (own, _) => own,
    };
    let (mut kept, mut before): (Vec<Node>, Vec<Node>) = (Vec::new(), Vec::new());
    for child in element.take_children() {
        let (child, marks) = match child {
            Node::Element(mark) if mark.attribute("role") == Some(MARK) => {
                (None, vec![Node::from(mark)])
            }
            Node::Element(child) => {
                let (child, marks) = settle(child, place);
                (Some(child.into()), marks)
            }
            text @ Node::Text(_) => (Some(text), Vec::new()),
        };
        let cell = kept.last_mut().and_then(last_cell);
        if let (Place::Above, Some(cell)) = (place, cell) {
            for mark in marks {
                cell.push(mark);
            }
        } else if place == Place::Inside || place == Place::BeforeIfFirst && !kept.is_empty() {
            kept.extend(marks);
        } else {
            before.extend(marks);
        }
        kept.extend(child);
    }
    (element.children(kept), before)
}

/// An element without its marks, and these.
pub(super) fn parted(element: Element) -> (Element, Vec<Node>) {
    settle(element, Place::Before)
}

/// The last cell in a row, or in the last of some rows.
fn last_cell(node: &mut Node) -> Option<&mut Element> {
    let Node::Element(element) = node else {
        return None;
    };
    cell_of(element)
}

fn cell_of(element: &mut Element) -> Option<&mut Element> {
    match element.name() {
        "td" => Some(element),
        "tr" | "tbody" => cell_of(element.elements_mut().last()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markup::element;

    fn mark(label: &str) -> Element {
        element("span").with("role", MARK).with("id", label)
    }

    #[test]
    fn headings_and_labels_have_no_marks() {
        let heading = element("h1").child(mark("1")).child("A").child(mark("2"));
        let link = element("a").child(mark("3")).child("B");
        let label = element("p").with("class", "label");
        let label = label.child(element("strong").child(mark("4")).child("C"));
        let tree = element("section")
            .child(heading)
            .child(element("p").child("see ").child(link));
        let wanted = element("section")
            .child(mark("1"))
            .child(mark("2"))
            .child(element("h1").child("A"))
            .child(
                element("p")
                    .child("see ")
                    .child(mark("3"))
                    .child(element("a").child("B")),
            )
            .child(mark("4"))
            .child(
                element("p")
                    .with("class", "label")
                    .child(element("strong").child("C")),
            );
        assert_eq!(settled(tree.child(label)), wanted);
    }

    #[test]
    fn rows_are_marked_at_the_end_of_the_row_above() {
        let head = |mark: Option<Element>, text: &str| element("th").children(mark).child(text);
        let row = |first, text: &str| element("tr").child(first).child(element("td").child(text));
        let table = |first, second, third| {
            element("table")
                .child(element("thead").child(element("tr").child(first)))
                .child(element("tbody").child(second).child(third))
        };
        let marked = table(
            head(Some(mark("1")), "Name"),
            row(head(None, "A"), "a"),
            row(head(Some(mark("2")), "B"), "b"),
        );
        let mut above = row(head(None, "A"), "a");
        cell_of(&mut above).unwrap().push(mark("2"));
        let wanted = table(head(None, "Name"), above, row(head(None, "B"), "b"));
        let wanted = element("div").child(mark("1")).child(wanted);
        assert_eq!(settled(element("div").child(marked)), wanted);
    }
}
