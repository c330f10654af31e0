//! Index marks are in running text, and every *see* of the subject index names a heading that exists.

use std::collections::BTreeMap;

use super::names::repeated;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::draft::{Block, Body, Draft, Inline, Node, See, Subject};
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (_, body) in draft.units() {
        misplaced(body, found);
    }
    let names = draft.see.iter().map(|see| &see.name);
    repeated("heading", names, |name| name.to_lowercase(), found);
    let headings = headings(draft);
    for see in &draft.see {
        unknown(see, &headings, found);
    }
}

/// The subjects that `body` marks for the subject index, with their places.
pub(super) fn subjects(body: &Body) -> impl Iterator<Item = &Spanned<Subject>> {
    body.nodes().into_iter().flat_map(|node| match node {
        Node::Block(Spanned {
            value: Block::Heading { subjects, .. },
            ..
        })
        | Node::Inline(Spanned {
            value: Inline::Index(subjects),
            ..
        }) => subjects.as_slice(),
        Node::Block(_) | Node::Inline(_) => &[],
    })
}

/// Index marks are not allowed in table headers, which repeat on each page, or in footnotes, which move away from their
/// text.
fn misplaced(body: &Body, found: &mut Vec<Diagnostic>) {
    let mut headers: Vec<Span> = Vec::new();
    for node in body.nodes() {
        if let Node::Block(Spanned {
            value: Block::Table { header, .. },
            ..
        }) = node
        {
            headers.extend(header.iter().flatten().map(|inline| inline.span));
        }
    }
    let notes = body.footnotes.iter().flat_map(|footnote| &footnote.blocks);
    let mut notes: Vec<Span> = notes.map(|block| block.span).collect();
    headers.sort_unstable();
    notes.sort_unstable();
    for subject in subjects(body) {
        if holds(&headers, subject.span) || holds(&notes, subject.span) {
            found.push(Diagnostic::new(
                Code::MalformedIndex,
                subject.span,
                "index marks are not allowed in table headers or footnotes",
                "put it behind a word in the text nearby",
            ));
        }
    }
}

/// Whether one of `places`, which are in order and do not overlap, holds `span`.
fn holds(places: &[Span], span: Span) -> bool {
    let behind = places.partition_point(|place| place.start <= span.start);
    let nearest = behind.checked_sub(1).and_then(|index| places.get(index));
    nearest.is_some_and(|place| span.end <= place.end)
}

/// The headings that lead to a place, as they are written, by their small letters.
fn headings(draft: &Draft) -> BTreeMap<String, &str> {
    let sites = draft.sites.iter().map(|site| &site.title);
    let techniques = draft.techniques.iter().map(|technique| &technique.title);
    let terms = draft.glossary.iter().map(|term| &term.name);
    let titles = sites.chain(techniques).chain(terms);
    let mut headings: BTreeMap<String, &str> = titles
        .map(|title| (title.value.to_lowercase(), title.value.as_str()))
        .collect();
    for (_, body) in draft.units() {
        for subject in subjects(body) {
            let heading = subject.value.heading.as_str();
            headings.insert(heading.to_lowercase(), heading);
        }
    }
    headings
}

fn unknown(see: &See, headings: &BTreeMap<String, &str>, found: &mut Vec<Diagnostic>) {
    if see.to.is_empty() && !see.name.value.is_empty() {
        found.push(Diagnostic::new(
            Code::MissingKey,
            see.name.span,
            format!("`{}` leads nowhere", see.name.value),
            "write `to = [\"…\"]` with headings of the subject index",
        ));
    }
    for to in &see.to {
        if to.value.to_lowercase() == see.name.value.to_lowercase() {
            found.push(Diagnostic::new(
                Code::UnknownSubject,
                to.span,
                format!("`{}` refers to itself", to.value),
                "name another heading of the subject index",
            ));
        } else if !headings.contains_key(&to.value.to_lowercase()) {
            let help = match nearest(&to.value, headings.values().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a site, a technique, a term of the glossary, or a subject marked with `{index=\"…\"}`".to_owned(),
            };
            found.push(Diagnostic::new(
                Code::UnknownSubject,
                to.span,
                format!("the subject index has no heading `{}`", to.value),
                help,
            ));
        }
    }
}
