//! Every technique, site, chapter and population that a file names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::diagnostic::{Code, Diagnostic, list, nearest};
use crate::model::draft::Draft;
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let techniques = Known {
        kind: "technique",
        unknown: Code::UnknownTechnique,
        help: "write `techniques/{}.md`",
        names: (draft.techniques.iter())
            .map(|technique| technique.id.value.as_str())
            .collect(),
    };
    let sites = Known {
        kind: "site",
        unknown: Code::UnknownSite,
        help: "write `sites/{}/index.md`",
        names: (draft.sites.iter())
            .map(|site| site.id.value.as_str())
            .collect(),
    };
    let chapters = Known {
        kind: "chapter",
        unknown: Code::UnknownChapter,
        help: "write `chapters/{}.md`",
        names: (draft.chapters.iter())
            .map(|chapter| chapter.id.value.as_str())
            .collect(),
    };
    let populations = Known {
        kind: "population",
        unknown: Code::UnknownPopulation,
        help: "define it in `handbook.toml`",
        names: (draft.handbook.populations.iter())
            .map(|population| population.id.value.as_str())
            .filter(|id| !id.is_empty())
            .collect(),
    };
    let pages = draft.sites.iter().flat_map(|site| &site.techniques);
    techniques.look_up(pages.map(|page| &page.technique), found);
    for reference in &draft.references {
        techniques.look_up(&reference.techniques, found);
        sites.look_up(&reference.sites, found);
        chapters.look_up(&reference.chapters, found);
        let (unchosen, chosen): (Vec<_>, Vec<_>) =
            (reference.population.iter()).partition(|id| id.value.as_str() == UNCHOSEN);
        found.extend(
            unchosen
                .into_iter()
                .map(|id| choose(id.span, &populations.names)),
        );
        populations.look_up(chosen, found);
    }
}

/// What an import writes where nobody has said whom an article studied.
const UNCHOSEN: &str = "?";

fn choose(span: Span, populations: &BTreeSet<&str>) -> Diagnostic {
    let lines = populations
        .iter()
        .map(|name| format!("`population = \"{name}\"`"));
    let lines: Vec<String> = lines.collect();
    let help = match lines.split_last() {
        None => "define `[[population]]` in `handbook.toml`".to_owned(),
        Some((only, [])) => format!("write {only}"),
        Some((last, others)) => format!("write {} or {last}", others.join(", ")),
    };
    Diagnostic::new(
        Code::UnknownPopulation,
        span,
        "nobody has said whom this article studied",
        help,
    )
    .label("choose one")
}

/// The names that there are of one kind.
struct Known<'a> {
    kind: &'static str,
    unknown: Code,
    /// The help if no known name is similar, with `{}` for the name.
    help: &'static str,
    names: BTreeSet<&'a str>,
}

impl Known<'_> {
    /// Reports each of `ids` that does not exist.
    fn look_up<'i, T: Display + 'i>(
        &self,
        ids: impl IntoIterator<Item = &'i Spanned<T>>,
        found: &mut Vec<Diagnostic>,
    ) {
        for id in ids {
            let name = id.value.to_string();
            if !self.names.contains(name.as_str()) {
                let otherwise = self.help.replace("{}", &name);
                found.push(
                    Diagnostic::new(
                        self.unknown,
                        id.span,
                        format!("there is no {} `{name}`", self.kind),
                        suggestion(&name, self.names.iter().copied(), &otherwise),
                    )
                    .about(name.as_str()),
                );
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

/// Reports names whose `key` is that of an earlier one.
pub(super) fn repeated<'a, T: Display + 'a, K: Ord>(
    kind: &str,
    ids: impl Iterator<Item = &'a Spanned<T>>,
    key: impl Fn(&'a T) -> K,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<K, Span> = BTreeMap::new();
    for id in ids {
        let key = key(&id.value);
        if let Some(first) = seen.get(&key) {
            found.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    id.span,
                    format!("the {kind} `{}` is listed twice", id.value),
                    "delete one of them",
                )
                .label("again here")
                .related(*first, "first here"),
            );
        } else {
            seen.insert(key, id.span);
        }
    }
}
