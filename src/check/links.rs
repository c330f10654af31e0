//! Every link leads somewhere.

use super::meant;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::link::{Broken, Targets, join, seen_from};
use crate::model::draft::{ContentFile, Draft, Inline, Node};
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let targets = Targets::of(draft);
    let units = draft.units();
    let paths: Vec<String> = units.iter().map(|(unit, _)| unit.path()).collect();
    for (unit, body) in units {
        for node in body.nodes() {
            let Node::Inline(inline) = node else { continue };
            let Inline::Link { target, content } = &inline.value else {
                continue;
            };
            found.extend(content.iter().find_map(nested));
            if let Err(broken) = targets.resolve(&unit, target) {
                found.push(report(&paths, &targets, &unit, target, inline.span, broken));
            }
        }
    }
}

/// A mark within the words of a link: a reader who opens it could mean one or the other.
fn nested(inline: &Spanned<Inline>) -> Option<Diagnostic> {
    let (what, mark) = match &inline.value {
        Inline::Citation(_) => ("a citation", "[@id]"),
        Inline::Footnote(_) => ("the mark of a footnote", "[^name]"),
        Inline::Link { .. } => ("another link", "[words](target)"),
        other => return other.children().iter().find_map(nested),
    };
    let message = format!("{what} is within the words of a link");
    let help = format!("end the link before it: `[words](target) {mark}`");
    Some(Diagnostic::new(
        Code::BrokenLink,
        inline.span,
        message,
        help,
    ))
}

/// What to do about a heading that is not there.
fn heading(targets: &Targets<'_>, unit: &ContentFile, target: &str) -> String {
    let (path, name) = target.split_once('#').unwrap_or((target, ""));
    match nearest(name, targets.headings(unit, path)) {
        Some(near) => format!("did you mean `{path}#{near}`?"),
        None => format!("give the heading the attribute `{{#{name}}}`"),
    }
}

fn report(
    paths: &[String],
    targets: &Targets<'_>,
    unit: &ContentFile,
    target: &str,
    span: Span,
    broken: Broken,
) -> Diagnostic {
    let path = join(&unit.path(), target.split('#').next().unwrap_or_default());
    let (message, help) = match broken {
        Broken::NoUnit if target.is_empty() => (
            "this link has no target".to_owned(),
            "write an address, the path of a Markdown file, or `#` and the name of a heading"
                .to_owned(),
        ),
        Broken::NoUnit => {
            let typed = target.split('#').next().unwrap_or_default();
            let help = match meant(typed, &path, paths.iter().map(String::as_str)) {
                Some(near) => {
                    let heading = target.find('#').map_or("", |at| &target[at..]);
                    format!("type `{}{heading}`", seen_from(&unit.path(), near))
                }
                None => "write the path of a Markdown file, relative to this one".to_owned(),
            };
            (format!("there is no `{path}` in the book"), help)
        }
        Broken::NoHeading => (
            format!("the heading of `{target}` does not exist"),
            heading(targets, unit, target),
        ),
        Broken::Scheme => (
            format!("`{target}` is not an address that readers can open"),
            "begin it with `https://`, `http://` or `mailto:`, without spaces, and without a name and `@` before a \
             web site"
                .to_owned(),
        ),
    };
    Diagnostic::new(Code::BrokenLink, span, message, help)
        .label("leads nowhere")
        .about(path)
}
