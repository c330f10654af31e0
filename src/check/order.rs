//! The lists of `handbook.toml` name every chapter and site once, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::names::repeated;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::draft::Draft;
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let handbook = &draft.handbook;
    let chapters = draft.chapters.iter().map(|chapter| &chapter.id);
    let chapters: Vec<_> = chapters.map(|id| (id.value.as_str(), id.span)).collect();
    let sites = draft.sites.iter().map(|site| &site.id);
    let sites: Vec<_> = sites.map(|id| (id.value.as_str(), id.span)).collect();
    order(&CHAPTERS, &handbook.chapters, &chapters, found);
    order(&SITES, &handbook.sites, &sites, found);
}

/// What is put into an order.
struct Kind {
    name: &'static str,
    /// Where the file of one is, with `{}` for its name.
    path: &'static str,
    unknown: Code,
}

const CHAPTERS: Kind = Kind {
    name: "chapter",
    path: "chapters/{}.md",
    unknown: Code::UnknownChapter,
};
const SITES: Kind = Kind {
    name: "site",
    path: "sites/{}/index.md",
    unknown: Code::UnknownSite,
};

/// Compares what is listed with the files that there are.
fn order<T: Display + Ord>(
    kind: &Kind,
    listed: &[Spanned<T>],
    files: &[(&str, Span)],
    found: &mut Vec<Diagnostic>,
) {
    let Kind {
        name: noun,
        path,
        unknown,
    } = *kind;
    repeated(noun, listed.iter(), |id| id, found);
    let known: BTreeSet<&str> = files.iter().map(|(file, _)| *file).collect();
    let names: BTreeSet<String> = listed.iter().map(|id| id.value.to_string()).collect();
    let missing: Vec<String> = listed.iter().map(|id| id.value.to_string()).collect();
    let missing = missing.iter().filter(|name| !known.contains(name.as_str()));
    let missing: Vec<&str> = missing.map(String::as_str).collect();
    let free = known.iter().copied().filter(|file| !names.contains(*file));
    let renamed = renamed(&missing, free.collect());
    for id in listed {
        let name = id.value.to_string();
        if known.contains(name.as_str()) {
            continue;
        }
        let otherwise = || {
            let path = path.replace("{}", &name);
            format!("write `{path}`, or remove it from the list")
        };
        let help = match renamed.get(name.as_str()) {
            Some(file) => format!("did you mean `{file}`?"),
            None => match nearest(&name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => otherwise(),
            },
        };
        let message = format!("there is no {noun} `{name}`");
        found.push(
            Diagnostic::new(unknown, id.span, message, help)
                .label("listed here")
                .about(name),
        );
    }
    let meant: BTreeSet<&str> = renamed.values().copied().collect();
    let unlisted = |file: &str| !names.contains(file) && !meant.contains(file);
    for (file, span) in files.iter().filter(|(file, _)| unlisted(file)) {
        found.push(Diagnostic::new(
            Code::UnlistedFile,
            *span,
            format!("the {noun} `{file}` is not listed in `handbook.toml`"),
            format!("add \"{file}\" to `{noun}s` in `handbook.toml`, or delete the file"),
        ));
    }
}

/// What names that are listed, and of which there is no file, were meant to be: the file of a like name that is in no list, or
/// the only one.
fn renamed<'a>(missing: &[&'a str], mut free: BTreeSet<&'a str>) -> BTreeMap<&'a str, &'a str> {
    let mut renamed = BTreeMap::new();
    for name in missing {
        if let Some(near) = nearest(name, free.iter().copied()) {
            free.remove(near);
            renamed.insert(*name, near);
        }
    }
    let mut rest = missing.iter().filter(|name| !renamed.contains_key(*name));
    if let (Some(name), None, Some(file), 1) = (rest.next(), rest.next(), free.first(), free.len())
    {
        renamed.insert(*name, *file);
    }
    renamed
}
