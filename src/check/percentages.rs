//! A share says of how many it is, and is no more than the whole.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Unit};
use crate::reading::Reading;
use crate::reading::prose::{Prose, Role};

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    for (unit, prose) in reading.prose() {
        if prose.role == Role::Heading {
            continue;
        }
        let mut shares = shares(prose).peekable();
        if shares.peek().is_none() {
            continue;
        }
        let counted = has_count(&prose.text) || says_patients(reading.draft, unit);
        let mut first = true;
        for (range, value) in shares {
            let Some(span) = reading.span(prose, range) else {
                continue;
            };
            if value > 100.0 {
                found.push(Diagnostic::new(
                    Code::ImplausibleValue,
                    span,
                    format!("{value}% is more than the whole"),
                    "see whether the number is right; for a growth, say how many times as much",
                ));
            }
            // In a table, the head of the column or the row tells of how many.
            if first && !counted && prose.role != Role::Cell {
                found.push(
                    Diagnostic::new(
                        Code::NoDenominator,
                        span,
                        "this paragraph does not say of how many people the share is",
                        "write the number of people near it: `5 of 26 (19%)`",
                    )
                    .label("a share of how many?"),
                );
            }
            first = false;
        }
    }
}

/// Whether the entry of a reference tells the number of people above its findings.
fn says_patients(draft: &Draft, unit: &Unit) -> bool {
    let Unit::Reference(id) = unit else {
        return false;
    };
    let reference = draft.references.iter().find(|other| other.id.value == *id);
    reference.is_some_and(|reference| reference.patients.is_some())
}

/// The numbers before `%`, each with its value.
fn shares(prose: &Prose) -> impl Iterator<Item = (std::ops::Range<usize>, f64)> + '_ {
    let text = prose.text.as_str();
    text.match_indices('%').filter_map(move |(at, _)| {
        let before = text[..at].trim_end_matches(['\u{a0}', ' ']);
        let start = before
            .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
            .map_or(0, |place| {
                place + before[place..].chars().next().map_or(1, char::len_utf8)
            });
        let value: f64 = before.get(start..)?.trim_start_matches('.').parse().ok()?;
        Some((start..at + 1, value))
    })
}

/// What follows a number that does not count people or things.
const UNITS: [&str; 34] = [
    "%", "percent", "month", "months", "year", "years", "day", "days", "week", "weeks", "hour",
    "hours", "minute", "minutes", "mm", "cm", "gy", "mg", "ml", "kg", "mpa", "°c", "°", "and",
    "to", "point", "points", "mgy", "times", "hz", "khz", "mhz", "kv", "v",
];

/// Whether a text counts something: a whole number, or one in words, that is no year, share, time or size.
fn has_count(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\u{a0}', '\n']).collect();
    (0..words.len()).any(|index| is_count(&words, index))
}

fn is_count(words: &[&str], index: usize) -> bool {
    let word = words[index].trim_matches(['(', ')', ',', '.', ';', ':', '“', '”', '*', '?']);
    let next = words.get(index + 1).map(|next| {
        next.trim_matches(['(', ')', ',', '.', ';', ':'])
            .to_lowercase()
    });
    let next = next.unwrap_or_default();
    if let Ok(number) = word.replace(',', "").parse::<u32>() {
        let is_year = (1900..2100).contains(&number) && word.len() == 4;
        return number > 1 && !is_year && !UNITS.contains(&next.as_str());
    }
    let of_people = [
        "people",
        "patients",
        "men",
        "women",
        "children",
        "of",
        "tumours",
        "metastases",
        "others",
    ];
    is_number_word(word) && of_people.contains(&next.as_str())
}

fn is_number_word(word: &str) -> bool {
    const WORDS: [&str; 20] = [
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
    ];
    WORDS.contains(&word.to_lowercase().as_str())
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
        ] {
            assert!(has_count(text), "{text}");
        }
        for text in [
            "in 2016 it was 5%",
            "after 12 months 80%",
            "3 cm",
            "half of them",
            "67% and 30 %",
        ] {
            assert!(!has_count(text), "{text}");
        }
    }
}
