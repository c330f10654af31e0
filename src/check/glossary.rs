//! Every term of the glossary is explained once, and the book uses it.

use std::collections::BTreeSet;

use super::names::repeated;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Inline, Node};
use crate::reading::terms::Matcher;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let names = draft
        .glossary
        .iter()
        .flat_map(|term| std::iter::once(&term.name).chain(&term.forms));
    repeated("term", names, |name| name.to_lowercase(), found);
    let matcher = Matcher::new(&draft.glossary);
    let mut used = BTreeSet::new();
    for (_, body) in draft.units() {
        for node in body.nodes() {
            if let Node::Inline(inline) = node
                && let Inline::Text(text) = &inline.value
            {
                used.extend(matcher.find(text).map(|(_, term)| term));
            }
        }
    }
    for (index, term) in draft.glossary.iter().enumerate() {
        if !used.contains(&index) && !term.name.value.is_empty() {
            found.push(Diagnostic::new(
                Code::UnusedTerm,
                term.name.span,
                format!("`{}` appears nowhere in the book", term.name.value),
                "add the form that the text uses to `forms = [\"…\"]`, or delete the term",
            ));
        }
    }
}
