//! A percentage has its number of people, and is not above 100.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::rules::Shares;
use crate::language::{Numbers, is_quotation_mark};
use crate::model::draft::{ContentFile, Draft};
use crate::reading::Reading;
use crate::reading::prose::Role;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let Some(rule) = &reading.words.rules.shares else {
        return;
    };
    let counting = Counting {
        rule,
        numbers: &reading.words.numbers,
    };
    let counted_above = with_patients(reading.draft);
    for (unit, prose) in reading.prose() {
        if prose.role == Role::Heading {
            continue;
        }
        let shares = counting.shares(&prose.text);
        if shares.is_empty() {
            continue;
        }
        let counted = counting.has_count(&prose.text) || counted_above.contains(unit);
        for (number, (range, value)) in shares.into_iter().enumerate() {
            // In a table, the header of the column or row gives the number.
            let alone = number == 0 && !counted && prose.role != Role::Cell;
            // To find the place in the file takes a while.
            if value <= 100.0 && !alone {
                continue;
            }
            let Some(span) = reading.span(prose, range) else {
                continue;
            };
            if value > 100.0 {
                found.push(Diagnostic::new(
                    Code::ImplausibleValue,
                    span,
                    format!("{value}% is more than the whole"),
                    "check the number; for growth, write how many times as much",
                ));
            }
            if alone {
                let message = match prose.role {
                    Role::Fact => "this gives a percentage without the number of people",
                    _ => "this paragraph gives a percentage without the number of people",
                };
                found.push(
                    Diagnostic::new(
                        Code::NoDenominator,
                        span,
                        message,
                        "write the number of people near it: `5 of 26 (19%)`",
                    )
                    .label("of how many?"),
                );
            }
        }
    }
}

/// The references with a number of people in their front matter.
fn with_patients(draft: &Draft) -> BTreeSet<ContentFile> {
    let references = draft.references.iter();
    let counted = references.filter(|reference| reference.patients.is_some());
    counted
        .map(|reference| ContentFile::Reference(reference.id.value.clone()))
        .collect()
}

/// How a language writes numbers and shares, and what it counts.
struct Counting<'a> {
    rule: &'a Shares,
    numbers: &'a Numbers,
}

impl Counting<'_> {
    /// The numbers before a sign of percentage, each with its value, in order.
    fn shares(&self, text: &str) -> Vec<(Range<usize>, f64)> {
        let signs = self.rule.signs.iter().flat_map(|sign| {
            let places = text.match_indices(sign.as_str());
            places.map(|(at, sign)| (at, at + sign.len()))
        });
        // `5 percentage points` are a difference.
        let whole = signs.filter(|(_, end)| !text[*end..].starts_with(char::is_alphabetic));
        let mut shares: Vec<(Range<usize>, f64)> = whole
            .filter_map(|(at, end)| {
                let before = text[..at].trim_end_matches(['\u{a0}', ' ']);
                let (start, value) = self.number_at_end(before)?;
                Some((start..end, value))
            })
            .collect();
        shares.sort_by_key(|(range, _)| range.start);
        shares
    }

    /// The number at the end of a text, and where it begins.
    fn number_at_end(&self, text: &str) -> Option<(usize, f64)> {
        let sign = self.numbers.decimal_sign.as_str();
        let is_part = |c: char| c.is_ascii_digit() || sign.contains(c);
        let start = text.trim_end_matches(is_part).len();
        let number = text[start..].trim_start_matches(sign).replace(sign, ".");
        Some((start, number.parse().ok()?))
    }

    /// Whether a text counts something: a whole number, or one in words, that is no year, share, time or size.
    fn has_count(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split([' ', '\u{a0}', '\n']).collect();
        (0..words.len()).any(|index| self.is_count(&words, index))
    }

    fn is_count(&self, words: &[&str], index: usize) -> bool {
        let near = |index: usize| {
            words
                .get(index)
                .map_or_else(String::new, |word| plain(word))
        };
        let before = index.checked_sub(1).map_or_else(String::new, near);
        let (word, next) = (near(index), near(index + 1));
        let Shares {
            units,
            names,
            times,
            comparisons,
            people,
            ..
        } = self.rule;
        if let Some(number) = self.number(&word) {
            let is_grouped = word.contains(&self.numbers.group_sign);
            let is_year = (1900..2100).contains(&number) && !is_grouped;
            let is_comparison = next == *times && comparisons.contains(&near(index + 2));
            return number > 1
                && !is_year
                && !is_comparison
                && !units.contains(&next)
                && !names.contains(&before);
        }
        self.is_number_word(&word) && people.contains(&next)
    }

    /// A whole number: `26`, `1,202`, `n=26`, or the second of `10–20`.
    fn number(&self, word: &str) -> Option<u32> {
        let word = word.strip_prefix("n=").unwrap_or(word);
        let word = word.replace(&self.numbers.group_sign, "");
        let mut numbers = word.split(['–', '-']).map(str::parse);
        numbers.try_fold(0, |_, number| number).ok()
    }

    /// Whether a word, or the first part of one such as `twenty-six`, is a number.
    fn is_number_word(&self, word: &str) -> bool {
        let first = word.split('-').next().unwrap_or_default();
        self.rule
            .numbers
            .get(first)
            .is_some_and(|number| *number > 1)
    }
}

/// A word in small letters, without the marks around it.
fn plain(word: &str) -> String {
    let is_mark = |c| is_quotation_mark(c) || "()[],.;:*?!".contains(c);
    word.trim_matches(is_mark).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Words;

    fn english() -> Counting<'static> {
        let words = Words::of("en");
        Counting {
            rule: words.rules.shares.as_ref().unwrap(),
            numbers: &words.numbers,
        }
    }

    #[test]
    fn counts_are_told_from_years_times_and_sizes() {
        for text in [
            "in 26 people",
            "5 of 26 (19%)",
            "ten patients",
            "Of 1,202 tumours",
            "one centre did it 188 times.",
            "those treated (n=26)",
            "in 10–20 patients",
            "Twenty-six people",
        ] {
            assert!(english().has_count(text), "{text}");
        }
        for text in [
            "in 2016 it was 5%",
            "after 12 months 80%",
            "3 cm",
            "half of them",
            "67% and 30 %",
            "5 times as often",
            "1745 cc of blood",
            "Grade 3 harm",
            "40 per cent",
            "8–12%",
        ] {
            assert!(!english().has_count(text), "{text}");
        }
    }

    #[test]
    fn shares_are_found_however_they_are_written() {
        let found = |text: &str| -> Vec<f64> {
            english()
                .shares(text)
                .into_iter()
                .map(|(_, value)| value)
                .collect()
        };
        assert_eq!(found("8.5 to 12%, and 5 % of them"), [12.0, 5.0]);
        assert_eq!(found("40 per cent, 30 percent"), [40.0, 30.0]);
        assert_eq!(found("per cent, %, 5 percentage points"), Vec::<f64>::new());
    }
}
