//! Every character can be shown: XML allows it, and the fonts of the book have it.

use std::collections::BTreeSet;

use super::Coverage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Block, Body, Draft, Inline, Node};
use crate::source::{Span, Spanned};
use crate::text::is_forbidden;

pub(super) fn check(draft: &Draft, can_set: Coverage<'_>, found: &mut Vec<Diagnostic>) {
    let mut see = |text: &str, span: Span| characters(text, span, can_set, found);
    for (text, span) in front_matter(draft) {
        see(text, span);
    }
    for (_, body) in draft.units() {
        for (text, span) in texts(body) {
            see(text, span);
        }
    }
}

/// What the front matter puts before readers.
fn front_matter(draft: &Draft) -> Vec<(&str, Span)> {
    let handbook = &draft.handbook;
    let own = [
        &handbook.title,
        &handbook.subtitle,
        &handbook.publisher,
        &handbook.licence,
        &handbook.description,
        &handbook.disclaimer,
    ];
    let mut texts: Vec<(&str, Span)> = own
        .into_iter()
        .map(|text| (text.as_str(), handbook.span))
        .collect();
    for contributor in &handbook.contributors {
        texts.push((&contributor.name, handbook.span));
        texts.push((&contributor.note, handbook.span));
    }
    for population in &handbook.populations {
        texts.push((&population.label, population.id.span));
        texts.push((&population.description, population.id.span));
    }
    let mut titles: Vec<&Spanned<String>> = Vec::new();
    titles.extend(draft.chapters.iter().map(|chapter| &chapter.title));
    for site in &draft.sites {
        titles.push(&site.title);
        for page in &site.techniques {
            titles.extend(page.title.iter().chain(page.glance.texts()));
        }
    }
    for technique in &draft.techniques {
        titles.push(&technique.title);
        titles.extend(&technique.aliases);
    }
    for term in &draft.glossary {
        titles.extend([&term.name, &term.definition]);
    }
    titles.extend(draft.see.iter().map(|see| &see.name));
    titles.extend(
        draft
            .references
            .iter()
            .filter_map(|reference| reference.design.as_ref()),
    );
    texts.extend(
        titles
            .into_iter()
            .map(|title| (title.value.as_str(), title.span)),
    );
    for reference in &draft.references {
        let facts = &reference.bibliographic;
        let required = [
            ("title", facts.title.as_str()),
            ("journal", facts.journal.as_str()),
        ];
        let optional = [
            ("volume", &facts.volume),
            ("issue", &facts.issue),
            ("pages", &facts.pages),
            ("affiliation", &facts.affiliation),
        ];
        let optional = optional
            .into_iter()
            .filter_map(|(key, text)| Some((key, text.as_deref()?)));
        let authors = facts.authors.named.iter();
        let authors = authors.map(|author| ("authors", author.name()));
        for (key, text) in required.into_iter().chain(optional).chain(authors) {
            texts.push((text, reference.place(key)));
        }
    }
    texts
}

fn texts(body: &Body) -> Vec<(&str, Span)> {
    let mut texts = Vec::new();
    for subject in super::index::subjects(body) {
        texts.push((subject.value.heading.as_str(), subject.span));
        texts.extend(
            subject
                .value
                .subheading
                .iter()
                .map(|part| (part.as_str(), subject.span)),
        );
    }
    for node in body.nodes() {
        match node {
            Node::Block(Spanned {
                value: Block::Chart(chart),
                ..
            }) => {
                let own = [&chart.title, &chart.unit, &chart.alt];
                let labels = chart.bars.iter().map(|bar| &bar.label);
                let all = own.into_iter().chain(labels);
                texts.extend(all.map(|text| (text.value.as_str(), text.span)));
            }
            node => texts.extend(text(node)),
        }
    }
    texts
}

fn text(node: Node<'_>) -> Option<(&str, Span)> {
    match node {
        Node::Inline(Spanned {
            value: Inline::Text(text) | Inline::Code(text),
            span,
        })
        | Node::Block(Spanned {
            value: Block::Code(text),
            span,
        }) => Some((text.as_str(), *span)),
        Node::Block(Spanned {
            value: Block::Image { alt, .. },
            span,
        }) => Some((alt.as_str(), *span)),
        Node::Inline(_) | Node::Block(_) => None,
    }
}

fn characters(text: &str, span: Span, can_set: Coverage<'_>, found: &mut Vec<Diagnostic>) {
    // Nearly all text is plain.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return;
    }
    // The place of a character is known only if the file has exactly this text.
    let verbatim = span.range().len() == text.len();
    let mut seen = BTreeSet::new();
    for (at, character) in text
        .char_indices()
        .filter(|(_, character)| seen.insert(*character))
    {
        let code = u32::from(character);
        let start = span.range().start + at;
        let place = match verbatim {
            true => Span::new(span.source, start..start + character.len_utf8()),
            false => span,
        };
        if is_forbidden(character) {
            found.push(
                Diagnostic::new(
                    Code::ControlCharacter,
                    place,
                    format!("the character U+{code:04X} is not text"),
                    "delete it; it often comes along when text is copied from another program",
                )
                .label("invisible, but here"),
            );
        } else if !can_set(character) {
            found.push(
                Diagnostic::new(
                    Code::UnsupportedCharacter,
                    place,
                    format!("the book's fonts do not have `{character}` (U+{code:04X})"),
                    "use another character, or write it in words",
                )
                .label("cannot be printed"),
            );
        }
    }
}
