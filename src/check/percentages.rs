//! A percentage has its number of people, and is not above 100.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{ContentFile, Draft};
use crate::reading::Reading;
use crate::reading::prose::Role;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let counted_above = with_patients(reading.draft);
    for (unit, prose) in reading.prose() {
        if prose.role == Role::Heading {
            continue;
        }
        let shares = shares(&prose.text);
        if shares.is_empty() {
            continue;
        }
        let counted = has_count(&prose.text) || counted_above.contains(unit);
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
                found.push(
                    Diagnostic::new(
                        Code::NoDenominator,
                        span,
                        "this paragraph gives a percentage without the number of people",
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

/// The signs and words behind the number of a percentage.
const SIGNS: [&str; 3] = ["%", "per cent", "percent"];

/// The numbers before a sign of percentage, each with its value, in order.
fn shares(text: &str) -> Vec<(Range<usize>, f64)> {
    let signs = SIGNS.iter().flat_map(|sign| {
        let places = text.match_indices(sign);
        places.map(|(at, sign)| (at, at + sign.len()))
    });
    // `5 percentage points` are a difference.
    let whole = signs.filter(|(_, end)| !text[*end..].starts_with(char::is_alphabetic));
    let mut shares: Vec<(Range<usize>, f64)> = whole
        .filter_map(|(at, end)| {
            let before = text[..at].trim_end_matches(['\u{a0}', ' ']);
            let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let start = digits.len();
            let value: f64 = before[start..].trim_start_matches('.').parse().ok()?;
            Some((start..end, value))
        })
        .collect();
    shares.sort_by_key(|(range, _)| range.start);
    shares
}

/// What a number counts that does not count people or things.
const UNITS: [&str; 37] = [
    "%",
    "percent",
    "per",
    "percentage",
    "month",
    "months",
    "year",
    "years",
    "day",
    "days",
    "week",
    "weeks",
    "hour",
    "hours",
    "minute",
    "minutes",
    "mm",
    "cm",
    "cc",
    "ml",
    "gy",
    "mgy",
    "mg",
    "kg",
    "mpa",
    "°c",
    "°",
    "and",
    "to",
    "point",
    "points",
    "hz",
    "khz",
    "mhz",
    "ghz",
    "kv",
    "v",
];
/// Words before a number that is the name of something.
const NAMES: [&str; 10] = [
    "grade", "stage", "phase", "level", "type", "table", "figure", "fig", "page", "chapter",
];
/// Words behind `times` that make it a comparison: `5 times as many`; `188 times` counts.
const COMPARISONS: [&str; 9] = [
    "as", "more", "less", "higher", "lower", "larger", "longer", "likelier", "the",
];

/// Whether a text counts something: a whole number, or one in words, that is no year, share, time or size.
fn has_count(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\u{a0}', '\n']).collect();
    (0..words.len()).any(|index| is_count(&words, index))
}

fn is_count(words: &[&str], index: usize) -> bool {
    let near = |index: usize| {
        words
            .get(index)
            .map_or_else(String::new, |word| plain(word))
    };
    let before = index.checked_sub(1).map_or_else(String::new, near);
    let (word, next) = (near(index), near(index + 1));
    if let Some(number) = number(&word) {
        let is_year = (1900..2100).contains(&number) && !word.contains(',');
        let is_comparison = next == "times" && COMPARISONS.contains(&near(index + 2).as_str());
        return number > 1
            && !is_year
            && !is_comparison
            && !UNITS.contains(&next.as_str())
            && !NAMES.contains(&before.as_str());
    }
    is_number_word(&word) && PEOPLE.contains(&next.as_str())
}

/// A whole number: `26`, `1,202`, `n=26`, or the second of `10–20`.
fn number(word: &str) -> Option<u32> {
    let word = word.strip_prefix("n=").unwrap_or(word).replace(',', "");
    let mut numbers = word.split(['–', '-']).map(str::parse);
    numbers.try_fold(0, |_, number| number).ok()
}

/// A word in small letters, without the marks around it.
fn plain(word: &str) -> String {
    let marks = [
        '(', ')', '[', ']', ',', '.', ';', ':', '“', '”', '*', '?', '!',
    ];
    word.trim_matches(marks).to_lowercase()
}

/// What a number in words counts, if it counts people or what was treated in them.
const PEOPLE: [&str; 17] = [
    "people",
    "persons",
    "patients",
    "participants",
    "men",
    "women",
    "children",
    "adults",
    "of",
    "others",
    "cases",
    "operations",
    "treatments",
    "tumours",
    "sarcomas",
    "metastases",
    "lesions",
];

/// Whether a word, or the first part of one such as `twenty-six`, is a number.
fn is_number_word(word: &str) -> bool {
    const WORDS: [&str; 28] = [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
    ];
    WORDS.contains(&word.split('-').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert!(has_count(text), "{text}");
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
            assert!(!has_count(text), "{text}");
        }
    }

    #[test]
    fn shares_are_found_however_they_are_written() {
        let found =
            |text: &str| -> Vec<f64> { shares(text).into_iter().map(|(_, value)| value).collect() };
        assert_eq!(found("8.5 to 12%, and 5 % of them"), [12.0, 5.0]);
        assert_eq!(found("40 per cent, 30 percent"), [40.0, 30.0]);
        assert_eq!(found("per cent, %, 5 percentage points"), Vec::<f64>::new());
    }
}
