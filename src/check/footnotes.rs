//! Every footnote is defined once and used, holds words, and no chain of them is too long.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Block, Body, Draft, Footnote, Inline, Node};
use crate::source::Span;

/// How deeply footnotes may be nested.
const DEEPEST: usize = 24;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (_, body) in draft.units() {
        let used = used(&body.nodes());
        let names: BTreeSet<&str> = used.iter().map(|(name, _)| *name).collect();
        let mut defined: BTreeMap<&str, &Footnote> = BTreeMap::new();
        for footnote in &body.footnotes {
            let name = footnote.name.value.as_str();
            if defined.contains_key(name) {
                found.push(Diagnostic::new(
                    Code::DuplicateId,
                    footnote.name.span,
                    format!("the footnote `[^{name}]` is defined twice"),
                    "give one of them another name",
                ));
                continue;
            }
            defined.insert(name, footnote);
            if !names.contains(name) {
                found.push(Diagnostic::new(
                    Code::UnmatchedFootnote,
                    footnote.name.span,
                    format!("the footnote `[^{name}]` is not used"),
                    format!("write `[^{name}]` where it belongs, or delete it"),
                ));
            }
        }
        for (name, span) in used {
            if !defined.contains_key(name) {
                found.push(Diagnostic::new(
                    Code::UnmatchedFootnote,
                    span,
                    format!("the footnote `[^{name}]` is not defined"),
                    format!("add a paragraph `[^{name}]: …` to this file"),
                ));
            }
        }
        chains(body, &defined, found);
        for footnote in &body.footnotes {
            tables(footnote, found);
        }
    }
}

/// A table or a picture at the foot of a page could go on at the foot of the next one, where a PDF cannot say what belongs
/// to what.
fn tables(footnote: &Footnote, found: &mut Vec<Diagnostic>) {
    for node in Body::nodes_of(&footnote.blocks) {
        let Node::Block(block) = node else { continue };
        let what = match &block.value {
            Block::Table { .. } => "a table",
            Block::Chart(_) => "a chart",
            Block::Image { .. } => "a picture",
            _ => continue,
        };
        let Span { source, start, .. } = block.span;
        let begin = Span {
            source,
            start,
            end: start,
        };
        found.push(Diagnostic::new(
            Code::MisplacedTable,
            begin,
            format!("{what} is in a footnote"),
            "put it into the text, and say in the footnote where it is",
        ));
    }
}

/// Footnotes of footnotes of footnotes: a page would have to hold them all.
fn chains(body: &Body, defined: &BTreeMap<&str, &Footnote>, found: &mut Vec<Diagnostic>) {
    let mut met = BTreeSet::new();
    let mut level = used(&Body::nodes_of(&body.blocks));
    for depth in 0.. {
        level.retain(|(name, _)| met.insert(*name));
        let Some((name, span)) = level.first() else {
            return;
        };
        if depth == DEEPEST {
            found.push(Diagnostic::new(
                Code::TooDeep,
                *span,
                format!("the footnote `[^{name}]` is nested in {DEEPEST} others"),
                "move their content into the text",
            ));
            return;
        }
        let notes = level.iter().filter_map(|(name, _)| defined.get(name));
        let below = notes.flat_map(|note| used(&Body::nodes_of(&note.blocks)));
        level = below.collect();
    }
}

fn used<'a>(nodes: &[Node<'a>]) -> Vec<(&'a str, Span)> {
    let marks = nodes.iter().filter_map(|node| match node {
        Node::Inline(inline) => match &inline.value {
            Inline::Footnote(name) => Some((name.as_str(), inline.span)),
            _ => None,
        },
        Node::Block(_) => None,
    });
    marks.collect()
}
