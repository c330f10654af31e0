//! Headings have words, their levels never skip, their identifiers are unique, and findings have none.
//!
//! The title of a file is its heading of level 1, so the first heading below it has level 2
//! (PDF/UA-1, ISO 14289-1, 7.4.2; WCAG 2.2, technique G141).

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Block, Body, ContentFile, Draft, Node, has_words};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (unit, body) in draft.units() {
        levels(&unit, body, found);
    }
}

fn levels(unit: &ContentFile, body: &Body, found: &mut Vec<Diagnostic>) {
    let mut above = 1;
    let mut seen = BTreeMap::new();
    for node in body.nodes() {
        let Node::Block(block) = node else { continue };
        let Block::Heading {
            level, id, content, ..
        } = &block.value
        else {
            continue;
        };
        if !has_words(content) {
            found.push(Diagnostic::new(
                Code::NoWords,
                block.span,
                "this heading has no words",
                "name the subject of the text below, or delete the `#` marks",
            ));
        }
        if let ContentFile::Reference(_) = unit {
            found.push(Diagnostic::new(
                Code::MisplacedHeading,
                block.span,
                "findings of a reference cannot have headings",
                "delete the `#` marks, and begin a new paragraph",
            ));
            continue;
        }
        if *level == 1 {
            found.push(Diagnostic::new(
                Code::MisplacedHeading,
                block.span,
                "only the title of a file has level 1, and it stands in the front matter",
                "delete this heading if it is the title, or begin it with `##`",
            ));
        } else if *level > above + 1 {
            found.push(
                Diagnostic::new(
                    Code::SkippedHeading,
                    block.span,
                    format!("this heading has level {level}, and the one before it level {above}"),
                    format!("begin it with `{}`", "#".repeat(usize::from(above) + 1)),
                )
                .label(format!("level {} is missing", above + 1)),
            );
        }
        above = *level;
        if let Some(id) = id {
            match seen.get(id.as_str()) {
                Some(first) => found.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        block.span,
                        format!("two headings have the name `{id}`"),
                        "give one of them another name",
                    )
                    .label("again here")
                    .related(*first, "first here"),
                ),
                None => {
                    seen.insert(id.as_str(), block.span);
                }
            }
        }
    }
}
