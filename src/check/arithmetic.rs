//! Numbers that cannot be: `90 of 50`, `50 of 90 (85%)`, a P above 1.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::rules::Shares;
use crate::reading::Reading;
use crate::reading::prose::Role;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(rule) = &reading.words.rules.shares else {
        return;
    };
    let marks = Marks {
        rule,
        group: &reading.words.numbers.group_sign,
        point: &reading.words.numbers.decimal_sign,
    };
    for (_, prose) in reading.prose() {
        if prose.role == Role::Heading {
            continue;
        }
        for (range, message) in marks
            .parts(&prose.text)
            .into_iter()
            .chain(marks.chances(&prose.text))
        {
            if let Some(span) = reading.span(prose, range) {
                found.push(Diagnostic::new(
                    Code::ImplausibleValue,
                    span,
                    message,
                    "compare the numbers with the article",
                ));
            }
        }
    }
}

/// How a language writes numbers and parts of a whole.
struct Marks<'a> {
    rule: &'a Shares,
    group: &'a str,
    point: &'a str,
}

impl Marks<'_> {
    /// Parts that are more than the whole, and shares that are not those of their numbers.
    fn parts(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let words = words(text);
        let word = |index: usize| words.get(index).map_or("", |(_, word)| *word);
        let mut found = Vec::new();
        for (index, (at, typed)) in words.iter().enumerate() {
            let before = index.checked_sub(1).map_or("", word).to_lowercase();
            if word(index + 1) != self.rule.of || self.rule.names.contains(&before) {
                continue;
            }
            let all = if self.rule.all.iter().any(|all| all == word(index + 2)) {
                index + 3
            } else {
                index + 2
            };
            let (Some(part), Some(whole)) =
                (self.whole_number(typed), self.whole_number(word(all)))
            else {
                continue;
            };
            let end = words.get(all).map_or(0, |(start, word)| start + word.len());
            if part > whole {
                found.push((*at..end, format!("{part} cannot be a part of {whole}")));
                continue;
            }
            // `50 of 90 people (56%)`.
            let share =
                (all + 1..all + 5).find_map(|index| Some((index, self.share(word(index))?)));
            if let Some((index, (share, digits))) = share
                && !fits(part, whole, share, digits)
            {
                let end = words
                    .get(index)
                    .map_or(end, |(start, word)| start + word.len());
                #[expect(clippy::cast_precision_loss, reason = "numbers of people are small")]
                let right = 100.0 * part as f64 / whole as f64;
                let message = format!("{part} of {whole} are {right:.digits$}%, and not {share}%");
                found.push((*at..end, message));
            }
        }
        found
    }

    /// A whole number, with what stands behind it: `1,202,` is 1202.
    fn whole_number(&self, word: &str) -> Option<u64> {
        let word = word
            .trim_start_matches('(')
            .trim_end_matches(['.', ',', ';', ':', ')']);
        let digits = word.replace(self.group, "");
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| is_number)
    }

    /// The share in a word such as `(56%)`, and how many digits it has behind the point.
    fn share(&self, word: &str) -> Option<(f64, usize)> {
        let (number, _) = word.strip_prefix('(')?.split_once('%')?;
        let digits = number
            .split_once(self.point)
            .map_or(0, |(_, digits)| digits.len());
        Some((number.replace(self.point, ".").parse().ok()?, digits))
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

/// Whether a share is that of its numbers, rounded or cut off behind its last digit.
fn fits(part: u64, whole: u64, share: f64, digits: usize) -> bool {
    // Nothing is a share of nobody.
    if whole == 0 {
        return true;
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of people are small")]
    let right = 100.0 * part as f64 / whole as f64;
    let unit = 0.1_f64.powi(i32::try_from(digits).unwrap_or(i32::MAX));
    (right - share).abs() < unit
}

/// The words of a text, each with where it begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive([' ', '\u{a0}', '\n']) {
        let word = piece.trim_end_matches([' ', '\u{a0}', '\n']);
        if !word.is_empty() {
            words.push((start, word));
        }
        start += piece.len();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Words;

    fn found(text: &str) -> Vec<String> {
        let words = Words::of("en");
        let marks = Marks {
            rule: words.rules.shares.as_ref().unwrap(),
            group: &words.numbers.group_sign,
            point: &words.numbers.decimal_sign,
        };
        let all = marks.parts(text).into_iter().chain(marks.chances(text));
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
            ["50 of the 90 people (85%).: 50 of 90 are 56%, and not 85%"]
        );
        assert_eq!(
            found("1,202 of 2,404 (50.4%)"),
            ["1,202 of 2,404 (50.4%): 1202 of 2404 are 50.0%, and not 50.4%"]
        );
        assert_eq!(
            found("(P = 1.5)"),
            ["P = 1.5: a P value is at most 1, and not 1.5"]
        );
        for text in [
            "5 of 26 (19%)",
            "5 of the 26 (19.2%)",
            "2 of 3 (66%)",
            "2 of 3 (67%)",
            "stage 4 of 3",
            "P < 0.001, p = 1",
            "in 16 of 2003",
            "90 and of 50",
            "0 of 0 (0%)",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
