//! Values of `handbook.toml` for the whole book: a language with labels, a date, populations.

use super::names::repeated;
use crate::diagnostic::{Code, Diagnostic, list};
use crate::language;
use crate::model::draft::{Draft, Handbook};

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
    if handbook.title.is_empty() {
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
    if language.is_empty() || language::speaks(language) {
        return;
    }
    let spoken = list(language::languages());
    found.push(Diagnostic::new(
        Code::InvalidValue,
        handbook.language.span,
        format!("the program has no words for the language `{language}`"),
        format!("write a language that it has words for: {spoken}"),
    ));
}
