//! The numbers in a text, in digits or in words, in a form in which they can be compared.

use std::collections::BTreeSet;
use std::ops::Range;

use super::terms::words;
use crate::language::Numbers;
use crate::language::rules::Shares;

/// What may be between the digits of a large number, besides the sign of the language.
const THIN: [char; 3] = ['\u{a0}', '\u{2009}', '\u{202f}'];

/// How long the word between the two ends of a range may be, with its spaces: `8.5 to 12%`.
const RANGE: usize = 5;

/// The largest number that is often written in words.
const SMALL: u64 = 20;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Where it is written.
    pub(crate) range: Range<usize>,
    /// Its digits, with a point before its decimals and no sign between its groups.
    digits: String,
    kind: Kind,
}

/// What a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// How many, or how much.
    Count,
    /// How many of a hundred.
    Share,
}

impl Number {
    /// Whether it is one that texts often have in words.
    pub(crate) fn is_small(&self) -> bool {
        let value = self.digits.parse::<u64>();
        self.kind == Kind::Count && value.is_ok_and(|value| value <= SMALL)
    }

    /// How many it is, if it counts in whole numbers.
    pub(crate) fn count(&self) -> Option<u64> {
        self.digits
            .parse()
            .ok()
            .filter(|_| self.kind == Kind::Count)
    }

    /// How many of a hundred it is, if it is a share.
    pub(crate) fn share(&self) -> Option<f64> {
        self.value().filter(|_| self.kind == Kind::Share)
    }

    /// Its value, whatever it says.
    pub(crate) fn value(&self) -> Option<f64> {
        self.digits.parse().ok()
    }

    /// How many digits it has behind its point, up to nine.
    pub(crate) fn decimals(&self) -> usize {
        let decimals = self.digits.split_once('.');
        decimals.map_or(0, |(_, decimals)| decimals.len().min(9))
    }
}

/// Numbers that are known.
#[derive(Debug, Default)]
pub(crate) struct Known(BTreeSet<(String, Kind)>);

impl Known {
    /// Adds the numbers of a text. The first end of a range of shares is known as a share, too.
    pub(crate) fn add(&mut self, text: &str, reader: &Reader<'_>) {
        let numbers = reader.numbers(text);
        for (index, number) in numbers.iter().enumerate() {
            self.0.insert((number.digits.clone(), number.kind));
            if let Some(next) = numbers.get(index + 1)
                && next.kind == Kind::Share
                && next.range.start.saturating_sub(number.range.end) <= RANGE
            {
                self.0.insert((number.digits.clone(), Kind::Share));
            }
        }
    }

    /// Whether a number is among them, written in digits or in words.
    pub(crate) fn has(&self, number: &Number) -> bool {
        self.0.contains(&(number.digits.clone(), number.kind))
    }
}

/// Reads the numbers of a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// How it writes them.
    pub(crate) signs: &'a Numbers,
    /// Its words for them, and its signs of shares, if they are known.
    pub(crate) words: Option<&'a Shares>,
}

impl Reader<'_> {
    /// The numbers in a text, in their order, none within another or the sign behind it. Digits behind a letter, as in `p53`,
    /// are none.
    pub(crate) fn numbers(&self, text: &str) -> Vec<Number> {
        let mut found: Vec<Number> = Vec::new();
        for word in words(text) {
            let is_read = |last: &Number| last.range.end > word.start;
            if found.last().is_some_and(is_read) {
                continue;
            }
            let (end, digits) = match self.digits(text, word.start) {
                Some(number) => number,
                None => match self.value(&text[word.clone()]) {
                    Some(value) if joins(&mut found, text, &word, value) => continue,
                    Some(value) => (word.end, value.to_string()),
                    None => continue,
                },
            };
            found.push(Number {
                range: word.start..end,
                digits,
                kind: Kind::Count,
            });
        }
        // Where the sign of the last share ends: the numbers in `5 / 100` are none of their own.
        let mut end = 0;
        found.retain_mut(|number| {
            if number.range.start < end {
                return false;
            }
            if let Some(sign) = self.sign(&text[number.range.end..]) {
                number.kind = Kind::Share;
                end = number.range.end + sign;
            }
            true
        });
        found
    }

    /// The end and the digits of the number that begins at byte `at`.
    fn digits(&self, text: &str, at: usize) -> Option<(usize, String)> {
        let run = |at: usize| {
            let rest = &text[at..];
            rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()
        };
        let mut end = at + run(at);
        let mut digits = text
            .get(at..end)
            .filter(|digits| !digits.is_empty())?
            .to_owned();
        while let Some(sign) = self.group_sign(&text[end..])
            && run(end + sign) == 3
        {
            digits.push_str(&text[end + sign..end + sign + 3]);
            end += sign + 3;
        }
        if let Some(rest) = text[end..].strip_prefix(&self.signs.decimal_sign) {
            let start = text.len() - rest.len();
            if run(start) > 0 {
                digits = format!("{digits}.{}", &text[start..start + run(start)]);
                end = start + run(start);
            }
        }
        Some((end, digits))
    }

    /// The length of the sign between groups of digits with which a text begins.
    fn group_sign(&self, text: &str) -> Option<usize> {
        let sign = self.signs.group_sign.as_str();
        if !sign.is_empty() && text.starts_with(sign) {
            return Some(sign.len());
        }
        let first = text.chars().next()?;
        THIN.contains(&first).then(|| first.len_utf8())
    }

    /// The value of a number in words.
    fn value(&self, word: &str) -> Option<u64> {
        self.words?.numbers.get(&word.to_lowercase()).copied()
    }

    /// The length of the sign of a share with which a text begins, and of the space before it. `5 percentage points` have none.
    pub(crate) fn sign(&self, text: &str) -> Option<usize> {
        let behind = text.trim_start_matches([' ', '\n', '\u{a0}', '\u{202f}']);
        let signs = self.words.map_or(&[][..], |words| &words.signs);
        let mut rests = signs
            .iter()
            .filter_map(|sign| behind.strip_prefix(sign.as_str()));
        let rest = rests.find(|rest| !rest.starts_with(char::is_alphabetic))?;
        Some(text.len() - rest.len())
    }
}

/// Adds a number in words to the one before it, if both are one: `twenty-six`, `two hundred`.
fn joins(found: &mut [Number], text: &str, word: &Range<usize>, value: u64) -> bool {
    let Some(last) = found.last_mut() else {
        return false;
    };
    let between = &text[last.range.end..word.start];
    let Ok(before) = last.digits.parse::<u64>() else {
        return false;
    };
    let sum = match between {
        "-" if before >= 20 && before % 10 == 0 && value < 10 => before.saturating_add(value),
        " " | "\u{a0}" | "\n" if value >= 100 && before < value => before.saturating_mul(value),
        _ => return false,
    };
    last.digits = sum.to_string();
    last.range.end = word.end;
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Words;

    fn english() -> Reader<'static> {
        let words = Words::of("en");
        Reader {
            signs: &words.numbers,
            words: words.rules.shares.as_ref(),
        }
    }

    fn read(text: &str) -> Vec<String> {
        let numbers = english().numbers(text);
        let written = numbers.into_iter().map(|number| match number.kind {
            Kind::Count => number.digits,
            Kind::Share => format!("{}%", number.digits),
        });
        written.collect()
    }

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        assert_eq!(read("14 of 39 shrank"), ["14", "39"]);
        assert_eq!(read("Fourteen of thirty-nine"), ["14", "39"]);
        assert_eq!(
            read("1,204 and 1204 and 1\u{202f}204, 5,2"),
            ["1204", "1204", "1204", "5", "2"]
        );
        assert_eq!(
            read("two hundred, 35 thousand, a hundred"),
            ["200", "35000", "100"]
        );
        assert_eq!(
            read("P = 0.03; n=26; 10–20; two-year"),
            ["0.03", "26", "10", "20", "2"]
        );
        let most = (u64::MAX - 5).to_string();
        assert_eq!(read(&format!("{most}-nine")), [u64::MAX.to_string()]);
        assert_eq!(read("p53, L4, someone, often"), Vec::<String>::new());
        assert_eq!(
            read("51%, 8 per cent, 5 percentage points, 30\u{a0}%."),
            ["51%", "8%", "5", "30%"]
        );
    }

    #[test]
    fn the_digits_of_a_sign_are_no_number() {
        let signs = r#"signs = ["%", "/ 100"]
            units = []
            names = []
            times = "times"
            comparisons = []
            numbers = {}
            of = "of"
            out = "out"
            all = []
            people = []"#;
        let own: Shares = toml::from_str(signs).unwrap();
        let reader = Reader {
            words: Some(&own),
            ..english()
        };
        let numbers = reader.numbers("5 / 100 of 200, 7");
        let digits: Vec<&str> = numbers.iter().map(|it| it.digits.as_str()).collect();
        assert_eq!(digits, ["5", "200", "7"]);
        assert_eq!(numbers.first().and_then(Number::share), Some(5.0));
    }

    #[test]
    fn a_number_is_known_as_what_it_says() {
        let mut known = Known::default();
        known.add("Of seven people, 8.5 to 12% in 3 years", &english());
        let has = |text: &str| {
            english()
                .numbers(text)
                .iter()
                .all(|number| known.has(number))
        };
        assert!(has("7 people") && has("8.5%") && has("12 per cent") && has("three"));
        assert!(!has("12 people") && !has("7%") && !has("8"));
    }
}
