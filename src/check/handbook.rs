//! Values of `handbook.toml` for the whole book: a language with labels, a date, populations.

use super::names::repeated;
use crate::diagnostic::{Code, Diagnostic, list};
use crate::language;
use crate::model::draft::{Draft, Handbook};
use crate::source::Span;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let handbook = &draft.handbook;
    language(handbook, found);
    let populations = handbook.populations.iter().map(|population| &population.id);
    repeated(
        "variant",
        handbook.variants.iter(),
        |variant| variant,
        found,
    );
    repeated("population", populations, |id| id, found);
    // If there is no `handbook.toml`, that alone is reported.
    if handbook.span == Span::NOWHERE {
        return;
    }
    if handbook.date.is_none() && draft.releases.is_empty() {
        found.push(Diagnostic::new(
            Code::MissingKey,
            handbook.span,
            "the key `date` is missing, and there is no release with a date",
            "add `date = \"2026-01-31\"`, the day of the edition",
        ));
    }
    if handbook.populations.is_empty() {
        found.push(Diagnostic::new(
            Code::MissingKey,
            handbook.span,
            "the book defines no population",
            "add `[[population]]` with `id` and `label`, nearest to the reader's disease first",
        ));
    }
}

/// The words that the program adds are in the language of the book.
fn language(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    let language = handbook.language.value.as_str();
    if language.is_empty() {
        return;
    }
    let missing = language::missing_labels(handbook);
    let Some(labels) = handbook.labels.span else {
        if !missing.is_empty() {
            found.push(unspoken(language, handbook.language.span));
        }
        return;
    };
    if !missing.is_empty() {
        found.push(incomplete(language, &missing, labels));
    }
    for (name, forms) in language::missing_forms(handbook) {
        found.push(formless(language, handbook, &name, &forms));
    }
}

fn unspoken(language: &str, span: Span) -> Diagnostic {
    let spoken = list(language::languages());
    Diagnostic::new(
        Code::InvalidValue,
        span,
        format!("the program has no words for the language `{language}`"),
        format!(
            "write a language that it has words for ({spoken}), or run `fascicle labels`, which writes them into a file for \
             you to translate"
        ),
    )
}

/// How many labels that are missing are named.
const NAMED: usize = 5;

fn incomplete(language: &str, missing: &[String], span: Span) -> Diagnostic {
    let named = list(missing.iter().take(NAMED).map(String::as_str));
    let more = match missing.len() > NAMED {
        true => ", and others",
        false => "",
    };
    Diagnostic::new(
        Code::MissingKey,
        span,
        format!(
            "labels are missing, and the program has none for the language `{language}`: {named}{more}"
        ),
        "`fascicle labels --print` shows all in English: copy those that are missing, and translate them",
    )
}

fn formless(language: &str, handbook: &Handbook, name: &str, forms: &[&str]) -> Diagnostic {
    let is_here = |own: &str| {
        own.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    let mut texts = handbook.labels.texts.iter();
    let text = texts.find(|(own, _)| is_here(own));
    let forms: Vec<String> = forms
        .iter()
        .map(|form| format!("`{form} = \"…\"`"))
        .collect();
    Diagnostic::new(
        Code::MissingKey,
        text.map_or(handbook.span, |(_, text)| text.span),
        format!("`{name}` has no form for all amounts in the language `{language}`"),
        format!("add {}", forms.join(", ")),
    )
}
