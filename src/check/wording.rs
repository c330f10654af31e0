//! The words of every link name its target, and no bare address is in the text.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Inline, Node, has_words};
use crate::reading::Reading;
use crate::reading::prose::{self, Prose, Role};
use crate::source::Spanned;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let rule = reading.words.rules.links.as_ref();
    let vague = rule.map_or(&[][..], |rule| rule.vague.as_slice());
    for (_, body) in &reading.bodies {
        for node in body.nodes() {
            if let Node::Inline(inline) = node
                && let Inline::Link { target, content } = &inline.value
            {
                found.extend(wrong(inline, target, content, vague));
            }
        }
    }
    for (_, prose) in reading.prose() {
        addresses(reading, prose, found);
    }
}

/// What is wrong with the words of a link.
fn wrong(
    inline: &Spanned<Inline>,
    target: &str,
    content: &[Spanned<Inline>],
    vague: &[String],
) -> Option<Diagnostic> {
    let (code, message, help) = if !has_words(content) {
        (
            Code::NoWords,
            "this link has no words",
            "write where it leads: `[words](target)`",
        )
    } else if is_vague(content, target, vague) {
        (
            Code::VagueLink,
            "the words of this link do not say where it leads",
            "name the target: `[PubMed](https://pubmed.ncbi.nlm.nih.gov/)`",
        )
    } else {
        return None;
    };
    Some(Diagnostic::new(code, inline.span, message, help))
}

/// Whether the words of a link are vague, as those that many links have, or a bare address. A screen reader lists links
/// without the text around them (WCAG 2.2, 2.4.4).
fn is_vague(content: &[Spanned<Inline>], target: &str, vague: &[String]) -> bool {
    let words = prose::of_inlines(content, Role::Paragraph).text;
    let words =
        words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '!' | ':'));
    vague.contains(&words.to_lowercase())
        || ADDRESSES
            .iter()
            .any(|beginning| words.starts_with(beginning))
        || (target.contains("://") && words == target)
}

/// How addresses begin that readers know as such.
const ADDRESSES: [&str; 3] = ["https://", "http://", "www."];

/// Bare addresses in the text.
fn addresses(reading: &Reading<'_>, prose: &Prose, found: &mut Vec<Diagnostic>) {
    for beginning in ADDRESSES {
        let bare = prose.text.match_indices(beginning);
        for (at, _) in bare.filter(|(at, _)| !prose.in_link(*at)) {
            let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.');
            if prose.text[..at].ends_with(is_part) {
                continue;
            }
            let rest = &prose.text[at..];
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let Some(span) = reading.span(prose, at..at + end) else {
                continue;
            };
            found.push(Diagnostic::new(
                Code::VagueLink,
                span,
                "a bare address is in the text",
                "write a link with words: `[words](address)`",
            ));
        }
    }
}
