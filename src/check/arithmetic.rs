//! Numbers that cannot be: `90 of 50`, `50 of 90 (85%)`, a P above 1.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::rules::Shares;
use crate::model::draft::{Block, Draft, Node};
use crate::reading::Reading;
use crate::reading::numbers::{Number, Reader};
use crate::reading::prose::Role;
use crate::source::Span;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(rule) = &reading.words.rules.shares else {
        return;
    };
    let marks = Marks {
        rule,
        reader: Reader {
            signs: &reading.words.numbers,
            words: Some(rule),
        },
        point: &reading.words.numbers.decimal_sign,
    };
    for (_, prose) in reading.prose() {
        if prose.role == Role::Heading {
            continue;
        }
        for (range, message) in marks.faults(&prose.text) {
            let span = reading.span(prose, range);
            found.extend(span.map(|span| finding(span, message)));
        }
    }
    for (text, span) in others(reading.draft) {
        let faults = marks.faults(text).into_iter();
        found.extend(faults.map(|(_, message)| finding(span, message)));
    }
}

fn finding(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(
        Code::ImplausibleValue,
        span,
        message,
        "compare the numbers with the article",
    )
}

/// The texts of the author that are in no paragraph: what the book is, explanations of words, and what is said of pictures
/// and charts.
fn others(draft: &Draft) -> Vec<(&str, Span)> {
    let handbook = &draft.handbook;
    let own = [&handbook.description, &handbook.disclaimer];
    let own = own.map(|text| (text.as_str(), handbook.span));
    let kinds = handbook.populations.iter();
    let kinds = kinds.map(|kind| (kind.description.as_str(), kind.id.span));
    let terms = draft.glossary.iter();
    let terms = terms.map(|term| (term.definition.value.as_str(), term.definition.span));
    let bodies = draft.units().into_iter();
    let nodes = bodies.flat_map(|(_, body)| body.nodes());
    let shown = nodes.flat_map(|node| match node {
        Node::Block(block) => match &block.value {
            Block::Image { alt, .. } => vec![(alt.as_str(), block.span)],
            Block::Chart(chart) => [&chart.title, &chart.alt]
                .into_iter()
                .map(|text| (text.value.as_str(), text.span))
                .collect(),
            _ => Vec::new(),
        },
        Node::Inline(_) => Vec::new(),
    });
    own.into_iter()
        .chain(kinds)
        .chain(terms)
        .chain(shown)
        .collect()
}

/// How a language writes numbers and parts of a whole.
struct Marks<'a> {
    rule: &'a Shares,
    reader: Reader<'a>,
    point: &'a str,
}

/// How many words may be between a whole and its share: `50 of 90 people here (56%)`.
const BETWEEN: usize = 3;

impl Marks<'_> {
    fn faults(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let mut found = self.parts(text);
        found.extend(self.chances(text));
        found
    }

    /// Parts that are more than the whole, and shares that are not those of their numbers.
    fn parts(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let numbers = self.reader.numbers(text);
        let at = |index: usize| numbers.get(index);
        let mut found = Vec::new();
        for (index, part) in numbers.iter().enumerate() {
            let last = index.checked_sub(1).and_then(at);
            if self.is_name(&text[..part.range.start])
                || last.is_some_and(|last| self.is_range(text, last, part))
            {
                continue;
            }
            // `50 (56%) of 90`.
            let inner =
                at(index + 1).filter(|share| share.share().is_some() && opens(text, part, share));
            let whole = if inner.is_some() {
                index + 2
            } else {
                index + 1
            };
            let before = inner.map_or(part.range.end, |share| self.end(text, share));
            let Some(whole_number) = at(whole) else {
                continue;
            };
            let (Some(few), Some(all)) = (part.count(), whole_number.count()) else {
                continue;
            };
            let link = &text[before..whole_number.range.start];
            let is_quotient = link == "/";
            if !(is_quotient || self.is_of(link.trim_start_matches(')'))) {
                continue;
            }
            let typed = [part, whole_number].map(|number| &text[number.range.clone()]);
            if few > all {
                // `four tumours of 5 cm, ten of 3` are no parts.
                let is_written = |typed: &str| typed.starts_with(|c: char| c.is_ascii_digit());
                if !is_quotient && typed.iter().all(|typed| is_written(typed)) {
                    let place = part.range.start..whole_number.range.end;
                    found.push((
                        place,
                        format!("{} cannot be a part of {}", typed[0], typed[1]),
                    ));
                }
                continue;
            }
            // `56% (50 of 90)`.
            let outer = last.filter(|share| share.share().is_some());
            let outer = outer.filter(|share| {
                text[self.end(text, share)..part.range.start].trim() == "("
                    && text[whole_number.range.end..].starts_with(')')
            });
            let behind = || {
                let share = self.behind(text, whole_number, at(whole + 1), at(whole + 2))?;
                // `3/4 harm (12%)`, `10/2007 (5%)`: what is no part has its share further behind, or is a date.
                let between = &text[whole_number.range.end..share.0.range.start];
                let is_year = (1900..2100).contains(&all);
                (!is_quotient || between.trim() == "(" && !is_year).then_some(share)
            };
            let Some(share) = inner
                .map(|it| (it, it))
                .or(outer.map(|it| (it, it)))
                .or_else(behind)
            else {
                continue;
            };
            let Some(right) = misses(few, all, share) else {
                continue;
            };
            let start = part.range.start.min(share.0.range.start);
            let end = whole_number.range.end.max(self.end(text, share.1));
            let end = end + usize::from(text[end..].starts_with(')'));
            let decimals = share.1.decimals();
            let said = match share.0 == share.1 {
                true => text[share.0.range.clone()].to_owned(),
                false => text[share.0.range.start..share.1.range.end].to_owned(),
            };
            found.push((
                start..end,
                format!(
                    "{} of {} are {right:.decimals$}%, and not {said}%",
                    typed[0], typed[1]
                ),
            ));
        }
        found
    }

    /// Whether a number behind this text is the name of something: `stage 4`.
    fn is_name(&self, text: &str) -> bool {
        let word = text.split_whitespace().next_back().unwrap_or_default();
        let is_next = text.ends_with(char::is_whitespace);
        is_next && self.rule.names.contains(&word.to_lowercase())
    }

    /// Whether a text is what stands between a part and its whole: `of`, `of the`, `out of`.
    fn is_of(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        let words = match words.as_slice() {
            [first, rest @ ..] if self.rule.out == *first => rest,
            words => words,
        };
        match words {
            [of] => *of == self.rule.of,
            [of, all] => *of == self.rule.of && self.rule.all.iter().any(|it| it == all),
            _ => false,
        }
    }

    /// The share behind a whole, or the two ends of its range: `(56%)`, `(50–60%)`. What a share with words behind it is of,
    /// nobody knows: `(95% CI 40–70%)`. Behind a comma or a dash, something else is said, of which it may be a share.
    fn behind<'n>(
        &self,
        text: &str,
        whole: &Number,
        first: Option<&'n Number>,
        second: Option<&'n Number>,
    ) -> Option<(&'n Number, &'n Number)> {
        let first = first?;
        let between = text[whole.range.end..first.range.start].strip_suffix('(')?;
        let is_near = between.split_whitespace().count() <= BETWEEN
            && !between.contains(['(', ')', '.', ';', ',', ':', '–', '—']);
        let is_end = |it: &&Number| it.share().is_some() && self.is_range(text, first, it);
        let last = match first.share() {
            Some(_) => Some(first),
            None => second.filter(is_end),
        }?;
        let rest = text[self.end(text, last)..].trim_start();
        let is_whole = rest.is_empty() || rest.starts_with([')', ',', ';', ':']);
        (is_near && is_whole).then_some((first, last))
    }

    /// Whether two numbers are the ends of a range: `10–20`, `10 to 20`.
    fn is_range(&self, text: &str, first: &Number, second: &Number) -> bool {
        let between = text[first.range.end..second.range.start].trim();
        let words = &self.reader.signs.ranges;
        matches!(between, "-" | "–") || words.iter().any(|word| word == between)
    }

    /// Where a number ends, with the sign of its share.
    fn end(&self, text: &str, number: &Number) -> usize {
        let end = number.range.end;
        end + self.reader.sign(&text[end..]).unwrap_or_default()
    }

    /// Values of P above 1.
    fn chances(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        for (at, letter) in text.match_indices(['p', 'P']) {
            let is_alone = !text[..at].ends_with(char::is_alphanumeric);
            let rest = text[at + letter.len()..].trim_start();
            let Some(value) = rest
                .strip_prefix(['=', '<', '>', '≤', '≥'])
                .filter(|_| is_alone)
            else {
                continue;
            };
            let value = value.trim_start();
            let is_part = |c: char| c.is_ascii_digit() || self.point.contains(c);
            let end = value.find(|c| !is_part(c)).unwrap_or(value.len());
            let typed = value[..end].trim_end_matches(self.point);
            if typed
                .replace(self.point, ".")
                .parse::<f64>()
                .is_ok_and(|value| value > 1.0)
            {
                let start = text.len() - value.len();
                found.push((
                    at..start + typed.len(),
                    format!("a P value is at most 1, and not {typed}"),
                ));
            }
        }
        found
    }
}

/// Whether a number is the first word in the parentheses behind another.
fn opens(text: &str, before: &Number, number: &Number) -> bool {
    text[before.range.end..number.range.start].trim() == "("
}

/// The right share of a part, where the one that is said, or the range of it, is another, also if it was cut off behind its
/// last digit.
fn misses(part: u64, whole: u64, (low, high): (&Number, &Number)) -> Option<f64> {
    // Nothing is a share of nobody.
    if whole == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of people are small")]
    let right = 100.0 * part as f64 / whole as f64;
    let unit = |number: &Number| 0.1_f64.powi(i32::try_from(number.decimals()).unwrap_or(i32::MAX));
    let is_above = right > low.value()? - unit(low);
    let is_below = right < high.value()? + unit(high);
    (!(is_above && is_below)).then_some(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Words;

    fn found(text: &str) -> Vec<String> {
        let words = Words::of("en");
        let marks = Marks {
            rule: words.rules.shares.as_ref().unwrap(),
            reader: Reader {
                signs: &words.numbers,
                words: words.rules.shares.as_ref(),
            },
            point: &words.numbers.decimal_sign,
        };
        let all = marks.faults(text).into_iter();
        all.map(|(range, message)| format!("{}: {message}", &text[range]))
            .collect()
    }

    #[test]
    fn numbers_that_cannot_be_are_found() {
        assert_eq!(
            found("in 90 of 50 people"),
            ["90 of 50: 90 cannot be a part of 50"]
        );
        assert_eq!(
            found("It went in 50 of the 90 people (85%)."),
            ["50 of the 90 people (85%): 50 of 90 are 56%, and not 85%"]
        );
        assert_eq!(
            found("1,202 of 2,404 (50.4%)"),
            ["1,202 of 2,404 (50.4%): 1,202 of 2,404 are 50.0%, and not 50.4%"]
        );
        let digits = "0".repeat(70_000);
        let messages = found(&format!("12 of 39 (56.{digits}%)"));
        assert!(messages[0].contains("12 of 39 are 30.769230769%, and not 56"));
        assert_eq!(
            found("(P = 1.5)"),
            ["P = 1.5: a P value is at most 1, and not 1.5"]
        );
        for (text, place) in [
            ("12/40 (31%)", "12/40 (31%)"),
            ("5 out of 10 (60%)", "5 out of 10 (60%)"),
            ("3 of 10 (31 per cent)", "3 of 10 (31 per cent)"),
            ("three of ten (31%)", "three of ten (31%)"),
            ("7 (70%) of 9 people", "7 (70%) of 9"),
            ("or 70% (7 of 9)", "70% (7 of 9)"),
            ("3 of 10 (40–50%)", "3 of 10 (40–50%)"),
            ("3 of 10 people (31%; 95% CI 7–65%)", "3 of 10 people (31%"),
            (
                "4 of 9 treated lesions (90%)",
                "4 of 9 treated lesions (90%)",
            ),
            (
                "45 of 396 people with it (20%)",
                "45 of 396 people with it (20%)",
            ),
            ("3 of 10 (40 to 50%)", "3 of 10 (40 to 50%)"),
        ] {
            let all = found(text);
            assert!(
                all.len() == 1 && all[0].starts_with(&format!("{place}: ")),
                "{all:?}"
            );
        }
        for text in [
            "5 of 26 (19%)",
            "3 of 10 (95% CI 7–65%)",
            "3 of 10 (29–31%)",
            "2–3 of 10 (40%)",
            "1,202 of 2,404 (50%)",
            "3 of 10 (90% at a year)",
            "3 of 10. They (40%)",
            "12 of 40 (3 of them twice)",
            "5/4 on 3/10",
            "four of 5 cm, ten of 3",
            "5 of the 26 (19.2%)",
            "2 of 3 (66%)",
            "2 of 3 (67%)",
            "stage 4 of 3",
            "P < 0.001, p = 1",
            "in 16 of 2003",
            "90 and of 50",
            "0 of 0 (0%)",
            "Grades 3/4 harm (12%)",
            "grades 3/4 (12%)",
            "grade 3/4 disease (12%)",
            "10/2007 (5%)",
            "acuity of 6/12 in most (60%)",
            "90/120 mmHg (5%)",
            "4 of 9 lesions, with control (90%)",
            "4 of 9 lesions – control (90%)",
            "4 of 9: control (90%)",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_words_of_a_range_are_those_of_the_language() {
        for (language, text) in [
            ("en", "10 to 20 of 15 people"),
            ("de", "10 bis 20 of 15 people"),
            ("fr", "10 à 20 of 15 people"),
            ("es", "10 a 20 of 15 people"),
        ] {
            let words = Words::of(language);
            let english = Words::of("en").rules.shares.as_ref();
            let marks = Marks {
                rule: english.unwrap(),
                reader: Reader {
                    signs: &words.numbers,
                    words: english,
                },
                point: &words.numbers.decimal_sign,
            };
            assert_eq!(marks.faults(text), [], "{language}");
            assert_eq!(
                marks.faults(&text.replacen(' ', " x ", 1)).len(),
                1,
                "{language}"
            );
        }
    }
}
