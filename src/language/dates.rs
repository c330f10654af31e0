//! Dates in words.

use serde::Deserialize;

use super::fill;
use crate::model::Date;

/// How a language writes dates, as patterns and names of months.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Dates {
    day: String,
    month: String,
    short_day: String,
    short_month: String,
    /// What stands for the number of the first day of a month: `1er` in French.
    first_day: String,
    months: [String; 12],
    short_months: [String; 12],
    /// The names after the number of a day, in languages that inflect them.
    months_of_days: Option<[String; 12]>,
}

impl Dates {
    /// A date as exact as it is known: `23 November 2026`.
    pub(super) fn date(&self, date: Date) -> String {
        let of_days = self.months_of_days.as_ref().unwrap_or(&self.months);
        self.in_words(date, (&self.day, of_days), (&self.month, &self.months))
    }

    /// A date as PubMed writes it: `1989 Mar 1`.
    pub(super) fn short_date(&self, date: Date) -> String {
        let months = &self.short_months;
        self.in_words(date, (&self.short_day, months), (&self.short_month, months))
    }

    /// A date in one of two forms, or its year alone.
    fn in_words(&self, date: Date, day: Form<'_>, month: Form<'_>) -> String {
        let (pattern, months) = if date.day.is_some() { day } else { month };
        let number = date.month.map(usize::from);
        let name = number.and_then(|number| months.get(number.checked_sub(1)?));
        let year = date.year.to_string();
        let Some(name) = name else { return year };
        let day = match date.day {
            Some(1) => self.first_day.clone(),
            day => day.map(|day| day.to_string()).unwrap_or_default(),
        };
        fill(pattern, &[("day", &day), ("month", name), ("year", &year)])
    }
}

/// A pattern, and the names of months in it.
type Form<'a> = (&'a str, &'a [String; 12]);

#[cfg(test)]
mod tests {
    use super::super::Words;
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap_or_default()
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let words = Words::of("en-GB");
        assert_eq!(words.date(date("2026-11-23")), "23\u{a0}November 2026");
        assert_eq!(words.date(date("2026-11")), "November 2026");
        assert_eq!(words.short_date(date("1989-03-01")), "1989 Mar 1");
        assert_eq!(words.short_date(date("1989-03")), "1989 Mar");
        assert_eq!(words.short_date(date("1989")), "1989");
    }

    #[test]
    fn the_first_day_of_a_month_has_its_own_form() {
        let french = Words::of("fr");
        assert_eq!(french.date(date("2026-01-01")), "1er\u{a0}janvier 2026");
        assert_eq!(french.date(date("2026-01-21")), "21\u{a0}janvier 2026");
        let spanish = Words::of("es-MX");
        assert_eq!(spanish.date(date("2026-01-01")), "1\u{a0}de enero de 2026");
    }

    #[test]
    fn a_month_can_have_another_name_after_a_day() {
        let names = |ending: &str| -> [String; 12] {
            std::array::from_fn(|month| format!("{}{ending}", month + 1))
        };
        let dates = Dates {
            day: "{day}. {month} {year}".to_owned(),
            month: "{month} {year}".to_owned(),
            short_day: String::new(),
            short_month: String::new(),
            first_day: "1".to_owned(),
            months: names("or"),
            short_months: names(""),
            months_of_days: Some(names("u")),
        };
        assert_eq!(dates.date(date("2026-11-23")), "23. 11u 2026");
        assert_eq!(dates.date(date("2026-11")), "11or 2026");
    }
}
