//! What is wrong with the content, where, and what to type instead.

mod code;
mod render;

pub use code::{Code, Severity};
pub use render::{Format, render};

use std::collections::BTreeMap;

use crate::source::{SourceId, Span};

/// One finding about the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule it breaks.
    pub code: Code,
    /// How serious it is: that of the rule, unless the book sets another.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in back-ticks.
    pub message: String,
    /// The name or the path that it is about, where other findings may be about the same; otherwise empty.
    pub subject: String,
    /// Where; the file as a whole when the range is empty and at its start.
    pub span: Span,
    /// What the marked text is, shown beside the caret.
    pub label: String,
    /// Other places that explain this one.
    pub related: Vec<(Span, String)>,
    /// What to type.
    pub help: String,
    /// Whether what was meant is known all the same, so that nothing else follows from it.
    pub understood: bool,
}

impl Diagnostic {
    /// The subject where a file has too many parts, and the rest of it is not read.
    pub(crate) const PARTS: &'static str = "parts";

    /// A finding without a label or related places.
    #[must_use]
    pub fn new(
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            subject: String::new(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: help.into(),
            understood: false,
        }
    }

    /// Says that what was meant is known all the same.
    #[must_use]
    pub fn understood(mut self) -> Self {
        self.understood = true;
        self
    }

    /// Says which name or path it is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Says what the marked text is.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Points to another place that explains this one.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// Puts findings into the order in which they are shown (by file, place, code) and drops repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup_by(|a, b| key(a) == key(b));
}

/// How many findings of one kind in one file are shown one by one.
const SHOWN: usize = 20;

/// Sorted findings for people: of one kind in one file the first ones, and the number of the others at the place of the
/// first of them.
#[must_use]
pub fn summed_up(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let diagnostics = &once(diagnostics);
    let mut numbers: BTreeMap<(SourceId, Code), usize> = BTreeMap::new();
    for finding in diagnostics {
        *numbers
            .entry((finding.span.source, finding.code))
            .or_default() += 1;
    }
    let mut seen: BTreeMap<(SourceId, Code), usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for finding in diagnostics {
        let kind = (finding.span.source, finding.code);
        let all = numbers.get(&kind).copied().unwrap_or_default();
        let seen = seen.entry(kind).or_default();
        *seen += 1;
        // One more takes no more room than the words that there is one.
        if *seen <= SHOWN || all == SHOWN + 1 {
            shown.push(finding.clone());
        } else if *seen == SHOWN + 1 {
            shown.push(Diagnostic {
                severity: finding.severity,
                ..Diagnostic::new(
                    finding.code,
                    finding.span,
                    format!("{} more like this are in this file", all - SHOWN),
                    "correct the first ones; the next run shows others, and `--format json` shows all",
                )
            });
        }
    }
    shown
}

/// Sorted findings, where a name that many files have, and nothing in the book, is reported once.
fn once(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_of_a_name = |code: Code| {
        matches!(
            code,
            Code::UnknownTechnique
                | Code::UnknownSite
                | Code::UnknownPopulation
                | Code::UnknownChapter
                | Code::UnknownCitation
                | Code::MissingPage
        )
    };
    let mut places: BTreeMap<(Code, &str), Vec<Span>> = BTreeMap::new();
    for finding in diagnostics.iter().filter(|it| is_of_a_name(it.code)) {
        let name = (finding.code, finding.message.as_str());
        places.entry(name).or_default().push(finding.span);
    }
    let mut shown = Vec::new();
    for finding in diagnostics {
        match places
            .get(&(finding.code, &*finding.message))
            .map(Vec::as_slice)
        {
            Some([first, second, others @ ..]) => {
                let more = match others.len() {
                    0 => "the same here".to_owned(),
                    number => format!("the same in {} more places, first here", number + 1),
                };
                if finding.span == *first {
                    shown.push(finding.clone().related(*second, more));
                }
            }
            Some(_) | None => shown.push(finding.clone()),
        }
    }
    shown
}

/// The fields that distinguish findings.
fn key(diagnostic: &Diagnostic) -> (Span, Code, &str, &str) {
    let Diagnostic {
        span,
        code,
        message,
        help,
        ..
    } = diagnostic;
    (*span, *code, message, help)
}

/// Whether any finding is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// The candidate nearest to `typed`, if one is near.
///
/// Near means an edit distance (Damerau–Levenshtein) of at most a third of the longer word.
#[must_use]
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = Letters::of(typed);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let others = Letters::of(candidate);
        let near = match is_part(typed, candidate) {
            true => usize::MAX,
            false => (letters.length.max(others.length) / 3).max(1),
        };
        let near = best.map_or(near, |(distance, _)| near.min(distance));
        // The letters rule out most of thousands of names before the edit distance is computed.
        if letters.least_distance(&others) > near {
            continue;
        }
        let (typed, other) = where_they_differ(typed, candidate);
        let distance = strsim::osa_distance(typed, other);
        if distance <= near && best.is_none_or(|best| (distance, candidate) < best) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many characters a word has, and how often each, in 64 groups into which all of them are sorted.
struct Letters {
    length: usize,
    counts: [u16; 64],
}

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u16; 64];
        let mut length = 0;
        for letter in word.chars() {
            let count = &mut counts[letter as usize % 64];
            *count = count.saturating_add(1);
            length += 1;
        }
        Self { length, counts }
    }

    /// What no edit distance of the words is below: each edit brings or takes one letter.
    fn least_distance(&self, other: &Self) -> usize {
        let more = |counts: &[u16; 64], than: &[u16; 64]| -> usize {
            let pairs = counts.iter().zip(than);
            pairs
                .map(|(count, than)| usize::from(count.saturating_sub(*than)))
                .sum()
        };
        more(&self.counts, &other.counts).max(more(&other.counts, &self.counts))
    }
}

/// Two words without what both begin and end with, which does not change their distance.
fn where_they_differ<'a, 'b>(one: &'a str, other: &'b str) -> (&'a str, &'b str) {
    let same = |(a, b): &(char, char)| a == b;
    let pairs = one.chars().zip(other.chars());
    let before: usize = pairs.take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let (one, other) = (&one[before..], &other[before..]);
    let pairs = one.chars().rev().zip(other.chars().rev());
    let after: usize = pairs.take_while(same).map(|(a, _)| a.len_utf8()).sum();
    (&one[..one.len() - after], &other[..other.len() - after])
}

/// Whether one word is the beginning of the other, as `rose-1989` is of `rose-1989-autopsy`.
fn is_part(typed: &str, candidate: &str) -> bool {
    typed.len() >= 4 && (candidate.starts_with(typed) || typed.starts_with(candidate))
}

/// The names in back-ticks, with commas, for a help text.
#[must_use]
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names
        .into_iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
