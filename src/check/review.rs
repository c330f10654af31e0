//! Every section has the date of its last review, and its next review is not overdue.
//!
//! Days are compared with the date of the edition, so that the same content gives the same findings on any day.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Date;
use crate::model::draft::{Draft, Review, Reviewed};
use crate::source::{Span, Spanned};

/// From how many days before its date on a review is due.
const SOON: i64 = 90;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let reviews = draft.reviews();
    let own = &draft.handbook.review;
    let all_lack =
        |key: fn(&Review) -> bool| reviews.len() > 1 && reviews.iter().all(|it| key(&it.review));
    let book = Spanned::new(draft.handbook.title.clone(), draft.handbook.span);
    // Dates that no section has are those of the book, which are missed once.
    if all_lack(|review| review.reviewed.is_none()) || all_lack(|review| review.next.is_none()) {
        missing(&book, own, found);
    } else {
        for Reviewed { name, review, .. } in &reviews {
            missing(name, review, found);
        }
    }
    // Where many sections share the dates of the book, one finding is enough; `sort` drops the others.
    for Reviewed { review, .. } in &reviews {
        match (&review.reviewed, &review.next) {
            (Some(last), Some(next)) if next.value <= last.value => order(last, next, found),
            (_, Some(next)) => due(next, draft.date(), found),
            (_, None) => {}
        }
    }
}

fn missing(section: &Spanned<String>, review: &Review, found: &mut Vec<Diagnostic>) {
    let (key, what) = match (&review.reviewed, &review.next) {
        (None, _) => ("reviewed", "when it was last compared with its sources"),
        (_, None) => ("next-review", "when its next review is due"),
        (Some(_), Some(_)) => return,
    };
    found.push(Diagnostic::new(
        Code::MissingReview,
        section.span,
        format!("`{}` does not say {what}", section.value),
        format!("add `{key} = \"\"` with the day between the marks here, or to `handbook.toml` for the whole book"),
    ));
}

fn due(next: &Spanned<Date>, today: Date, found: &mut Vec<Diagnostic>) {
    let left = days(next.value) - days(today);
    let (code, message) = match left {
        ..0 => (
            Code::ReviewOverdue,
            format!(
                "the review was due on {}, before this edition ({today})",
                next.value
            ),
        ),
        0..=SOON => (
            Code::ReviewDue,
            format!("the review is due within {left} days of the edition"),
        ),
        _ => return,
    };
    found.push(Diagnostic::new(
        code,
        next.span,
        message,
        "compare the text with its sources, then set `reviewed` and `next-review`",
    ));
}

fn order(last: &Spanned<Date>, next: &Spanned<Date>, found: &mut Vec<Diagnostic>) {
    let place: Span = next.span;
    found.push(
        Diagnostic::new(
            Code::InvalidDate,
            place,
            "the next review is not later than the last one",
            "write a later date, such as a year after `reviewed`",
        )
        .related(last.span, "the last one"),
    );
}

/// The number of a day in the Gregorian calendar; the last day of what is known to the month or the year.
///
/// Days are counted from March, so that a leap day comes last (Hinnant, "chrono-compatible low-level date algorithms").
fn days(date: Date) -> i64 {
    let month = i64::from(date.month.unwrap_or(12));
    let day = i64::from(date.day.unwrap_or(31));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let from_march = (month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    365 * year + year / 4 - year / 100 + year / 400 + of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = |text| days(Date::parse(text).unwrap());
        assert_eq!(day("2026-03-01") - day("2026-02-28"), 1);
        assert_eq!(day("2024-03-01") - day("2024-02-28"), 2);
        assert_eq!(day("2027-01-01") - day("2026-01-01"), 365);
        assert_eq!(day("2101-01-01") - day("2001-01-01"), 36524);
        assert_eq!(day("2026-12"), day("2026-12-31"));
    }
}
