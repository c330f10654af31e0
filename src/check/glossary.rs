//! Every term of the glossary is explained once, and the book uses it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::glossary::Matcher;
use crate::model::draft::{Draft, Inline, Node};
use crate::source::Span;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    repeated(draft, found);
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
                format!("nothing in the book says `{}`", term.name.value),
                "add the form that the text uses to `forms = [\"…\"]`, or delete the term",
            ));
        }
    }
}

fn repeated(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for term in &draft.glossary {
        for form in std::iter::once(&term.name).chain(&term.forms) {
            match seen.get(&form.value.to_lowercase()) {
                Some(first) => found.push(
                    Diagnostic::new(
                        Code::DuplicateId,
                        form.span,
                        format!("the glossary has `{}` twice", form.value),
                        "delete one of them",
                    )
                    .label("again here")
                    .related(*first, "first here"),
                ),
                None => {
                    seen.insert(form.value.to_lowercase(), form.span);
                }
            }
        }
    }
}
