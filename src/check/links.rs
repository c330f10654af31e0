//! Every link has words and leads somewhere.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::link::{Broken, join, resolve};
use crate::model::draft::{Draft, Inline, Node, Unit, has_words};
use crate::reading::Reading;
use crate::reading::prose::{self, Role};
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (unit, body) in draft.units() {
        for node in body.nodes() {
            let Node::Inline(inline) = node else { continue };
            let Inline::Link { target, content } = &inline.value else {
                continue;
            };
            if !has_words(content) {
                found.push(Diagnostic::new(
                    Code::NoWords,
                    inline.span,
                    "this link has no words",
                    "say where it leads: `[words](target)`",
                ));
            }
            if is_vague(content, target) {
                found.push(Diagnostic::new(
                    Code::VagueLink,
                    inline.span,
                    "the words of this link do not say where it leads",
                    "write the name of what it leads to: `[PubMed](https://pubmed.ncbi.nlm.nih.gov/)`",
                ));
            }
            if let Err(broken) = resolve(draft, &unit, target) {
                found.push(report(draft, &unit, target, inline.span, broken));
            }
        }
    }
}

/// Addresses that stand in the text as they are.
pub(super) fn addresses(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for (_, prose) in reading.prose() {
        for scheme in ["https://", "http://"] {
            let bare = prose.text.match_indices(scheme);
            for (at, _) in bare.filter(|(at, _)| !prose.in_link(*at)) {
                let rest = &prose.text[at..];
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let Some(span) = reading.span(prose, at..at + end) else {
                    continue;
                };
                found.push(Diagnostic::new(
                    Code::VagueLink,
                    span,
                    "an address stands in the text",
                    "make a link of words: `[words](address)`",
                ));
            }
        }
    }
}

/// Words that many links have; a screen reader lists links without the text around them (WCAG 2.2, 2.4.4).
const VAGUE: [&str; 8] = [
    "here",
    "click here",
    "this",
    "link",
    "this link",
    "this page",
    "more",
    "read more",
];

/// Whether the words of a link are vague, or a bare address.
fn is_vague(content: &[Spanned<Inline>], target: &str) -> bool {
    let words = prose::of_inlines(content, Role::Paragraph).text;
    let words = words.trim();
    VAGUE.contains(&words.to_lowercase().as_str())
        || words.starts_with("https://")
        || words.starts_with("http://")
        || (target.contains("://") && words == target)
}

fn report(draft: &Draft, unit: &Unit, target: &str, span: Span, broken: Broken) -> Diagnostic {
    let (message, help) = match broken {
        Broken::NoUnit if target.is_empty() => (
            "this link has no target".to_owned(),
            "write an address, the path of a Markdown file, or `#` and the name of a heading"
                .to_owned(),
        ),
        Broken::NoUnit => {
            let path = join(&unit.path(), target.split('#').next().unwrap_or_default());
            let paths: Vec<String> = draft.units().iter().map(|(unit, _)| unit.path()).collect();
            let help = match nearest(&path, paths.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`, seen from this file?"),
                None => "write the path of a Markdown file, relative to this one".to_owned(),
            };
            (format!("there is no `{path}` in the book"), help)
        }
        Broken::NoHeading => (
            format!("the heading of `{target}` does not exist"),
            "give the heading the attribute `{#name}` and link to `#name`".to_owned(),
        ),
        Broken::Scheme => (
            format!("`{target}` is not an address that readers can open"),
            "begin it with `https://`, `http://` or `mailto:`, and leave out spaces".to_owned(),
        ),
    };
    Diagnostic::new(Code::BrokenLink, span, message, help).label("leads nowhere")
}
