//! Words of another direction, between isolates in a text: elements on a screen, so that nobody copies the signs with them.

use super::Node;
use crate::render::markup::element;

/// The signs around them (Unicode Standard Annex 9): first strong isolate, and its end.
const SIGNS: [char; 2] = ['\u{2068}', '\u{2069}'];

/// The pieces of a text, where `bdi` elements take the place of isolates.
pub(in crate::render) fn elements(pieces: Vec<Node>) -> Vec<Node> {
    let has_sign = |piece: &Node| matches!(piece, Node::Text(text) if text.contains(SIGNS));
    if !pieces.iter().any(has_sign) {
        return pieces;
    }
    let mut open = vec![Vec::new()];
    for piece in pieces {
        match piece {
            Node::Text(text) => split(&text, &mut open),
            Node::Element(_) => put(&mut open, piece),
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn split(text: &str, open: &mut Vec<Vec<Node>>) {
    let [begin, end] = SIGNS;
    for piece in text.split_inclusive(SIGNS) {
        let words = piece.trim_end_matches(SIGNS);
        if !words.is_empty() {
            put(open, words.into());
        }
        match piece.chars().next_back() {
            Some(sign) if sign == begin => open.push(Vec::new()),
            Some(sign) if sign == end && open.len() > 1 => close(open),
            Some(_) | None => {}
        }
    }
}

fn put(open: &mut [Vec<Node>], node: Node) {
    if let Some(innermost) = open.last_mut() {
        innermost.push(node);
    }
}

fn close(open: &mut Vec<Vec<Node>>) {
    let content = open.pop().unwrap_or_default();
    put(open, element("bdi").children(content).into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_within_elements_and_signs_are_gone() {
        let mark: Node = element("span").into();
        let pieces = vec![
            "a \u{2068}b".into(),
            mark.clone(),
            "c\u{2069}d \u{2068}e\u{2069}".into(),
        ];
        let first = element("bdi").child("b").children([mark]).child("c");
        let second = element("bdi").child("e");
        let expected: Vec<Node> = vec!["a ".into(), first.into(), "d ".into(), second.into()];
        assert_eq!(elements(pieces), expected);
        assert_eq!(elements(vec!["a\u{2069}".into()]), vec!["a".into()]);
    }
}
