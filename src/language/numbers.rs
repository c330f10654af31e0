//! Numbers, and the forms of words that go with them.

use std::fmt::Display;

use icu_plurals::{PluralCategory, PluralRules};
use serde::Deserialize;

use super::Tag;

/// How a language writes numbers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Numbers {
    pub(crate) decimal_sign: String,
    /// The sign between groups of three digits.
    pub(crate) group_sign: String,
    /// How many digits a number has at least that has this sign.
    pub(crate) grouped_from: usize,
    /// What is between a number and a percent sign.
    pub(crate) before_percent: String,
    /// Words between the two ends of a range: `10 to 20`.
    pub(crate) ranges: Vec<String>,
}

impl Numbers {
    /// A whole number with signs between its groups of three digits.
    pub(crate) fn whole(&self, number: u64) -> String {
        let digits = number.to_string();
        if digits.len() < self.grouped_from {
            return digits;
        }
        let mut out = String::new();
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push_str(&self.group_sign);
            }
            out.push(digit);
        }
        out
    }

    /// A number, which is written with a decimal point, with the sign of the language.
    pub(crate) fn decimal(&self, number: impl Display) -> String {
        number.to_string().replace('.', &self.decimal_sign)
    }
}

/// The names of the categories of numbers (CLDR).
pub(crate) const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A label for each category of numbers that a language tells apart (CLDR).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Plural {
    zero: Option<String>,
    one: Option<String>,
    two: Option<String>,
    few: Option<String>,
    many: Option<String>,
    other: String,
}

impl Plural {
    /// The label for a number, by the rules of a language.
    pub(super) fn of(&self, language: &Tag, number: usize) -> &str {
        let rules = PluralRules::try_new_cardinal(language.locale().into());
        let category = rules.map_or(PluralCategory::Other, |rules| rules.category_for(number));
        self.form(category).unwrap_or(&self.other)
    }

    pub(super) fn other(&self) -> &str {
        &self.other
    }

    fn form(&self, category: PluralCategory) -> Option<&str> {
        let form = match category {
            PluralCategory::Zero => &self.zero,
            PluralCategory::One => &self.one,
            PluralCategory::Two => &self.two,
            PluralCategory::Few => &self.few,
            PluralCategory::Many => &self.many,
            PluralCategory::Other => return Some(&self.other),
        };
        form.as_deref()
    }

    /// The categories of a language for which there is no label, by their names.
    pub(super) fn missing(&self, language: &Tag) -> Vec<&'static str> {
        let rules = PluralRules::try_new_cardinal(language.locale().into());
        let Ok(rules) = rules else { return Vec::new() };
        let missing = rules.categories().filter(|it| self.form(*it).is_none());
        missing.map(name).collect()
    }
}

/// The name of a category of numbers.
fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_form() {
        let label = |text: &str| Some(text.to_owned());
        let polish = Tag::parse("pl-PL").unwrap();
        let plural = Plural {
            zero: None,
            one: label("pacjent"),
            two: None,
            few: label("pacjenci"),
            many: label("pacjentów"),
            other: "pacjenta".to_owned(),
        };
        assert_eq!(plural.missing(&polish), [""; 0]);
        let slovene = Tag::parse("sl").unwrap();
        assert_eq!(plural.missing(&slovene), ["two"]);
        for (number, form) in [
            (1, "pacjent"),
            (3, "pacjenci"),
            (5, "pacjentów"),
            (22, "pacjenci"),
        ] {
            assert_eq!(plural.of(&polish, number), form, "{number}");
        }
        let unknown = Tag::parse("tlh").unwrap();
        assert_eq!(plural.of(&unknown, 1), "pacjenta");
    }

    #[test]
    fn a_decimal_has_the_sign_of_the_language() {
        let numbers = |decimal: &str| Numbers {
            decimal_sign: decimal.to_owned(),
            group_sign: String::new(),
            grouped_from: 4,
            before_percent: String::new(),
            ranges: Vec::new(),
        };
        assert_eq!(numbers(",").decimal(8.5), "8,5");
        assert_eq!(numbers(".").decimal("1.0"), "1.0");
        assert_eq!(numbers(",").decimal(12), "12");
    }

    #[test]
    fn a_whole_number_has_groups_of_three_digits() {
        let numbers = Numbers {
            decimal_sign: ".".to_owned(),
            group_sign: ",".to_owned(),
            grouped_from: 4,
            before_percent: String::new(),
            ranges: Vec::new(),
        };
        for (number, written) in [
            (0, "0"),
            (999, "999"),
            (4787, "4,787"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(numbers.whole(number), written);
        }
        let numbers = Numbers {
            grouped_from: 5,
            ..numbers
        };
        assert_eq!(numbers.whole(4787), "4787");
        assert_eq!(numbers.whole(24787), "24,787");
    }
}
