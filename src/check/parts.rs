//! A technique has all its parts: what it is, what it suits, benefits, risks, what is not known, and questions.
//!
//! The parts are headings of level 2, named in `styles/languages/`. DISCERN, questions 9 to 14, asks for them.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::language::Words;
use crate::model::draft::{Block, Draft, Technique};
use crate::reading::prose::{self, Role};
use crate::source::{Span, Spanned};

/// Benefits with fewer words than this can outweigh nothing.
const FEW: usize = 40;
/// The benefits may have at most this many times the words of the risks.
const EVEN: usize = 3;

/// A heading of level 2, its place, and the number of words below it.
struct Part {
    title: String,
    span: Span,
    words: usize,
}

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let words = Words::of_book(&draft.handbook);
    let wanted = &words.headings;
    for technique in &draft.techniques {
        let there = parts_of(&technique.body.blocks);
        let all = wanted.all();
        for name in all.iter().copied() {
            missing(technique, name, &all, &there, found);
        }
        let part = |name: &str| there.iter().find(|part| is_named(part, name));
        if let (Some(benefits), Some(risks)) = (part(&wanted.benefits), part(&wanted.risks))
            && benefits.words > FEW
            && benefits.words > EVEN * risks.words
        {
            found.push(
                Diagnostic::new(
                    Code::UnevenParts,
                    benefits.span,
                    format!(
                        "the benefits have {} words, and the risks {}",
                        benefits.words, risks.words
                    ),
                    "say as much about what can go wrong, or say that the references do not report it",
                )
                .related(risks.span, "the risks"),
            );
        }
    }
}

fn missing(
    technique: &Technique,
    name: &str,
    wanted: &[&str],
    there: &[Part],
    found: &mut Vec<Diagnostic>,
) {
    let part = there.iter().find(|part| is_named(part, name));
    let (span, message) = match part {
        Some(part) if part.words > 0 => return,
        Some(part) => (part.span, format!("the part `{}` is empty", part.title)),
        None => (
            technique.id.span,
            format!("this technique has no part `{name}`"),
        ),
    };
    // A heading of another part is not this one misspelt.
    let is_free = |part: &&Part| !wanted.iter().any(|other| is_named(part, other));
    let titles = there.iter().filter(is_free).map(|part| part.title.as_str());
    let help = match nearest(name, titles) {
        _ if part.is_some() => {
            "write text below this heading; if nothing is known, say so".to_owned()
        }
        Some(near) => format!("write `## {name}` instead of `## {near}`"),
        None => format!("add `## {name}` with text below it; if nothing is known, say so"),
    };
    let mut blocks = technique.body.blocks.iter();
    let other = blocks.find_map(|block| Some((block.span, other_level(&block.value, name)?)));
    let (span, help) = match other {
        Some((span, level)) if part.is_none() => {
            let typed = "#".repeat(usize::from(level));
            (
                span,
                format!("write `## {name}` instead of `{typed} {name}`"),
            )
        }
        _ => (span, help),
    };
    found.push(Diagnostic::new(Code::MissingPart, span, message, help).about(name));
}

/// The level of a heading that has this name, and another level than parts have.
fn other_level(block: &Block, name: &str) -> Option<u8> {
    let Block::Heading { level, content, .. } = block else {
        return None;
    };
    let title = prose::of_inlines(content, Role::Heading).text;
    let is_named = title.trim().to_lowercase() == name.to_lowercase();
    (is_named && *level != 2).then_some(*level)
}

/// A heading may go on: `Questions to ask your doctor` is the part `Questions to ask`.
fn is_named(part: &Part, name: &str) -> bool {
    part.title.to_lowercase().starts_with(&name.to_lowercase())
}

fn parts_of(blocks: &[Spanned<Block>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for block in blocks {
        match &block.value {
            Block::Heading {
                level: 2, content, ..
            } => parts.push(Part {
                title: prose::of_inlines(content, Role::Heading)
                    .text
                    .trim()
                    .to_owned(),
                span: block.span,
                words: 0,
            }),
            other => {
                if let Some(part) = parts.last_mut() {
                    let texts = prose::of_block(other);
                    let words = texts
                        .iter()
                        .map(|prose| prose.text.split_whitespace().count());
                    part.words += words.sum::<usize>();
                }
            }
        }
    }
    parts
}
