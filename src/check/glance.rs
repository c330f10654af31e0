//! What is said at a glance of a technique at a site is short, and stands in a reference of its list.

use std::collections::BTreeMap;

use crate::citation::Lists;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Block, ContentFile, Fact, Node, Reference};
use crate::model::{ReferenceId, SiteId, TechniqueId};
use crate::reading::Reading;
use crate::reading::numbers::{Known, Reader};
use crate::reading::prose::{self, Prose};
use crate::source::Spanned;

/// The most words that say in short what a technique is.
const SHORT: usize = 7;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let entries = entries(reading);
    let lists = Lists::new(reading.draft);
    for unit in reading.units().map(|(unit, _)| unit) {
        let (ContentFile::SiteTechnique(site, technique), Some(glance)) =
            (unit, reading.draft.glance(unit))
        else {
            continue;
        };
        found.extend(glance.in_short.as_ref().and_then(long));
        for (key, fact) in glance.facts() {
            // One that does not exist is reported as such.
            let Some(entry) = entries.get(&fact.reference.value) else {
                continue;
            };
            let mut listed = lists.of(unit).iter();
            if listed.any(|reference| reference.id == entry.reference.id) {
                unfounded(reading, entry, fact, found);
            } else {
                found.push(unlisted(key, fact, site, technique));
            }
        }
    }
}

/// A reference and the words of its findings.
struct Entry<'a> {
    reference: &'a Reference,
    findings: &'a [Prose],
}

fn entries<'a>(reading: &'a Reading<'_>) -> BTreeMap<&'a ReferenceId, Entry<'a>> {
    let mut references: BTreeMap<&ReferenceId, &Reference> = BTreeMap::new();
    for reference in &reading.draft.references {
        references.insert(&reference.id.value, reference);
    }
    let entries = reading.units().filter_map(|(unit, findings)| {
        let ContentFile::Reference(id) = unit else {
            return None;
        };
        let reference = *references.get(id)?;
        Some((
            id,
            Entry {
                reference,
                findings,
            },
        ))
    });
    entries.collect()
}

fn long(text: &Spanned<String>) -> Option<Diagnostic> {
    let count = text.value.split_whitespace().count();
    (count > SHORT).then(|| {
        Diagnostic::new(
            Code::LongInShort,
            text.span,
            format!("`in-short` has {count} words"),
            format!("say what the technique is in at most {SHORT}: `heat from a needle`"),
        )
    })
}

fn unlisted(key: &str, fact: &Fact, site: &SiteId, technique: &TechniqueId) -> Diagnostic {
    let id = &fact.reference.value;
    Diagnostic::new(
        Code::UnlistedSource,
        fact.reference.span,
        format!("the `{key}` is from `{id}`, which is not in the list of this section"),
        format!("name a reference of the list, or add `{site}` and `{technique}` to `references/{id}.md`"),
    )
    .label("not in the list")
    .about(id.as_str())
}

/// Each number of a fact stands in the findings, or is the number of people in the front matter.
fn unfounded(reading: &Reading<'_>, entry: &Entry<'_>, fact: &Fact, found: &mut Vec<Diagnostic>) {
    let reader = Reader {
        signs: &reading.words.numbers,
        words: reading.words.rules.shares.as_ref(),
    };
    let text = prose::of_fact(&fact.text);
    let known = numbers_of(entry, &reader);
    for number in reader.numbers(&text.text) {
        // In a language whose words for numbers are not known, the findings may have it in words.
        let is_hidden = reader.words.is_none() && number.is_small();
        if known.has(&number) || is_hidden {
            continue;
        }
        let id = &fact.reference.value;
        let written = &text.text[number.range.clone()];
        let Some(span) = reading.span(&text, number.range.clone()) else {
            continue;
        };
        found.push(
            Diagnostic::new(
                Code::UnfoundedNumber,
                span,
                format!("`{written}` does not stand in the findings of `{id}`"),
                format!("write a number from `references/{id}.md`, and `%` only where it has one"),
            )
            .label("not found there"),
        );
    }
}

fn numbers_of(entry: &Entry<'_>, reader: &Reader<'_>) -> Known {
    let mut known = Known::default();
    let patients = entry.reference.patients.map(|count| count.to_string());
    known.add(&patients.unwrap_or_default(), reader);
    for prose in entry.findings {
        known.add(&prose.text, reader);
    }
    for node in entry.reference.body.nodes() {
        let Node::Block(block) = node else {
            continue;
        };
        if let Block::Chart(chart) = &block.value {
            for amount in chart.bars.iter().filter_map(|bar| bar.value.as_ref()) {
                known.add(&format!("{} {}", amount.value, chart.unit.value), reader);
            }
        }
    }
    known
}
