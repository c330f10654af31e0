//! Dates in words.

use serde::Deserialize;

use crate::model::Date;

/// The names of the months.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Dates {
    months: [String; 12],
    short_months: [String; 12],
}

impl Dates {
    /// A date as exact as it is known: `23 November 2026`.
    pub(crate) fn date(&self, date: Date) -> String {
        match (date.day, name(&self.months, date)) {
            (Some(day), Some(month)) => format!("{day}\u{a0}{month} {}", date.year),
            (_, Some(month)) => format!("{month} {}", date.year),
            (_, None) => date.year.to_string(),
        }
    }

    /// A date as PubMed writes it: `1989 Mar 1`.
    pub(crate) fn pubmed_date(&self, date: Date) -> String {
        match (name(&self.short_months, date), date.day) {
            (Some(month), Some(day)) => format!("{} {month} {day}", date.year),
            (Some(month), None) => format!("{} {month}", date.year),
            (None, _) => date.year.to_string(),
        }
    }
}

/// The name of the month of a date.
fn name(months: &[String; 12], date: Date) -> Option<&String> {
    months.get(usize::from(date.month?).checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::super::Words;
    use super::*;

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let words = Words::of("en-GB");
        let date = |text| Date::parse(text).unwrap_or_default();
        assert_eq!(words.date(date("2026-11-23")), "23\u{a0}November 2026");
        assert_eq!(words.date(date("2026-11")), "November 2026");
        assert_eq!(words.pubmed_date(date("1989-03-01")), "1989 Mar 1");
        assert_eq!(words.pubmed_date(date("1989")), "1989");
    }
}
