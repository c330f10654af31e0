//! The lists of `handbook.toml` name every chapter and site once, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::assemble;
use crate::diagnostic::{Code, Diagnostic, list, nearest};
use crate::model::draft::Draft;
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let handbook = &draft.handbook;
    let chapters: Vec<_> = draft
        .chapters
        .iter()
        .map(|chapter| (chapter.id.value.as_str(), chapter.id.span))
        .collect();
    let sites: Vec<_> = draft
        .sites
        .iter()
        .map(|site| (site.id.value.as_str(), site.id.span))
        .collect();
    let unknown = Code::UnknownChapter;
    order(
        "chapter",
        "chapters/{}.md",
        &handbook.chapters,
        &chapters,
        unknown,
        found,
    );
    order(
        "site",
        "sites/{}/index.md",
        &handbook.sites,
        &sites,
        Code::UnknownSite,
        found,
    );
    if !handbook.language.value.is_empty() && !assemble::speaks(&handbook.language.value) {
        found.push(Diagnostic::new(
            Code::InvalidValue,
            handbook.language.span,
            format!(
                "the program has no words for the language `{}`",
                handbook.language.value
            ),
            format!(
                "it speaks {}; another needs a file in `styles/labels/`",
                list(assemble::LANGUAGES.iter().copied())
            ),
        ));
    }
    if handbook.date.is_none() && draft.releases.is_empty() && !handbook.title.is_empty() {
        found.push(Diagnostic::new(
            Code::MissingKey,
            handbook.span,
            "the key `date` is missing, and there is no release to tell it",
            "add `date = \"2026-01-31\"`, the day of its edition",
        ));
    }
    repeated(
        "variant",
        handbook.variants.iter(),
        |variant| variant,
        found,
    );
    let populations = handbook.populations.iter().map(|population| &population.id);
    repeated("population", populations, |id| id, found);
    if handbook.populations.is_empty() && !handbook.title.is_empty() {
        found.push(Diagnostic::new(
            Code::MissingKey,
            handbook.span,
            "the book defines no population",
            "add `[[population]]` with `id` and `label`, nearest to the reader's disease first",
        ));
    }
}

fn order<T: Display + Ord>(
    kind: &str,
    path: &str,
    listed: &[Spanned<T>],
    files: &[(&str, Span)],
    unknown: Code,
    found: &mut Vec<Diagnostic>,
) {
    repeated(kind, listed.iter(), |id| id, found);
    let known: BTreeSet<&str> = files.iter().map(|(file, _)| *file).collect();
    for id in listed {
        let name = id.value.to_string();
        if known.contains(name.as_str()) {
            continue;
        }
        let help = match nearest(&name, files.iter().map(|(file, _)| *file)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "write `{}`, or take it off the list",
                path.replace("{}", &name)
            ),
        };
        found.push(
            Diagnostic::new(
                unknown,
                id.span,
                format!("there is no {kind} `{name}`"),
                help,
            )
            .label("listed here"),
        );
    }
    let listed: BTreeSet<String> = listed.iter().map(|id| id.value.to_string()).collect();
    for (file, span) in files {
        if !listed.contains(*file) {
            found.push(Diagnostic::new(
                Code::UnlistedFile,
                *span,
                format!("the {kind} `{file}` is not in the book"),
                format!("add \"{file}\" to `{kind}s` in `handbook.toml`, or delete the file"),
            ));
        }
    }
}

/// Reports names whose `key` is that of an earlier one.
pub(super) fn repeated<'a, T: Display + 'a, K: Ord>(
    kind: &str,
    ids: impl Iterator<Item = &'a Spanned<T>>,
    key: impl Fn(&'a T) -> K,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<K, Span> = BTreeMap::new();
    for id in ids {
        match seen.get(&key(&id.value)) {
            Some(first) => found.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    id.span,
                    format!("the {kind} `{}` is listed twice", id.value),
                    "delete one of them",
                )
                .label("again here")
                .related(*first, "first here"),
            ),
            None => {
                seen.insert(key(&id.value), id.span);
            }
        }
    }
}

/// The help for a name that is not among `names`.
pub(super) fn suggestion<'a>(
    typed: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    otherwise: &str,
) -> String {
    match nearest(typed, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if (1..=12).contains(&names.clone().count()) => format!("known: {}", list(names)),
        None => otherwise.to_owned(),
    }
}
