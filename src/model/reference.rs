//! The bibliographic facts of one reference.

use super::{Authors, Identifier};

/// What identifies and locates an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bibliographic {
    /// Title of the article, without a closing full stop of our own.
    pub title: String,
    /// Language of the title (BCP 47), if it is not that of the book.
    pub language: Option<String>,
    /// Who wrote it.
    pub authors: Authors,
    /// Title of the journal, abbreviated or whole, as the record shows it.
    pub journal: String,
    /// Date of publication.
    pub date: Date,
    /// Volume, where known.
    pub volume: Option<String>,
    /// Issue, where known.
    pub issue: Option<String>,
    /// Pages or article number, where known.
    pub pages: Option<String>,
    /// Place of the first author, where known.
    pub affiliation: Option<String>,
    /// What finds it, at most one of each kind: PMID, PMCID, DOI, address.
    pub identifiers: Vec<Identifier>,
}

impl Bibliographic {
    /// The number of PubMed.
    #[must_use]
    pub fn pmid(&self) -> Option<u64> {
        self.identifiers
            .iter()
            .find_map(|identifier| match identifier {
                Identifier::Pmid(pmid) => Some(*pmid),
                _ => None,
            })
    }
}

/// A day, a month or a year.
///
/// Sorts by time; an unknown month or day counts as the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, 1000 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

impl Date {
    /// The last one that there is.
    pub(crate) const LAST: Self = Self {
        year: 9999,
        month: None,
        day: None,
    };

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601); `None` for anything else, and for days
    /// that the Gregorian calendar does not have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts
            .next()
            .map(|part| digits(part, 2))
            .map_or(Some(None), |m| m.map(Some))?;
        let day = parts
            .next()
            .map(|part| digits(part, 2))
            .map_or(Some(None), |d| d.map(Some))?;
        let date = Self {
            year,
            month: month.map(low_byte),
            day: day.map(low_byte),
        };
        (parts.next().is_none() && date.exists()).then_some(date)
    }

    /// Reads a date as people and other programs write it: `2007 Feb 15`, `15 February 2007`, `2007/02/15`, `Feb 2007`. Of
    /// a range, such as `2007 Jan-Feb`, it is the beginning; a season is left out.
    #[must_use]
    pub(crate) fn of_words(text: &str) -> Option<Self> {
        const MONTHS: [&str; 12] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
        let parts: Vec<String> = (parts.filter(|part| !part.is_empty()))
            .map(str::to_ascii_lowercase)
            .collect();
        let year_at = parts
            .iter()
            .position(|part| digits(part, 4).is_some_and(|year| year >= 1000))?;
        let year = digits(&parts[year_at], 4)?;
        let named = parts.iter().find_map(|part| {
            let month = MONTHS.iter().position(|month| part.starts_with(month))?;
            u8::try_from(month + 1).ok()
        });
        let small = |part: &String| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
        let mut numbers = parts[year_at + 1..].iter().map_while(small);
        let before: Vec<u8> = parts[..year_at].iter().filter_map(small).collect();
        let (month, day) = match (named, before.as_slice()) {
            (Some(month), _) => (Some(month), parts.iter().find_map(small)),
            // With points, the day is first; else only a number above twelve says which of the two it is.
            (None, [day, month]) if text.contains('.') || *day > 12 || day == month => {
                (Some(*month), Some(*day))
            }
            (None, [month, day]) if *day > 12 => (Some(*month), Some(*day)),
            (None, _) => (numbers.next(), numbers.next()),
        };
        let dates = [(month, day), (month, None), (None, None)].into_iter();
        let mut dates = dates.map(|(month, day)| Self { year, month, day });
        dates.find(|date| date.exists())
    }

    /// The day of a time in seconds since the beginning of 1970, in Greenwich; `None` after the year 9999.
    ///
    /// After Howard Hinnant, *chrono-compatible low-level date algorithms*, `civil_from_days`.
    #[must_use]
    pub fn of_epoch(seconds: u64) -> Option<Self> {
        // Days since 1 March of the year 0; years begin in March, so that leap days come last.
        let days = seconds / 86_400 + 719_468;
        let (era, day) = (days / 146_097, days % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (month, later) = match month {
            0..=9 => (month + 3, 0),
            _ => (month - 9, 1),
        };
        Self::parse(&format!(
            "{:04}-{month:02}-{day:02}",
            era * 400 + year + later
        ))
    }

    fn exists(self) -> bool {
        let month = self.month.unwrap_or(1);
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        self.year >= 1000
            && (1..=12).contains(&month)
            && (1..=days).contains(&self.day.unwrap_or(1))
    }
}

impl std::fmt::Display for Date {
    /// ISO 8601, as short as what is known.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month
            .map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

fn digits(text: &str, length: usize) -> Option<u16> {
    let all = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

/// Months and days have two digits, so the value fits.
fn low_byte(value: u16) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words_are_read() {
        for (text, date) in [
            ("2007 Feb 15", "2007-02-15"),
            ("2007 Feb", "2007-02"),
            ("15 February 2007", "2007-02-15"),
            ("Feb 15, 2007", "2007-02-15"),
            ("2007/02/15/", "2007-02-15"),
            ("2007-2-5", "2007-02-05"),
            ("15.02.2007", "2007-02-15"),
            ("5. 2. 2007", "2007-02-05"),
            ("15/2/2007", "2007-02-15"),
            ("02/15/2007", "2007-02-15"),
            ("02/03/2007", "2007"),
            ("2007 Jan-Feb", "2007-01"),
            ("1998 Dec-1999 Jan", "1998-12"),
            ("2007 Spring", "2007"),
            ("2007///", "2007"),
            ("2007 Feb 31", "2007-02"),
            ("2007", "2007"),
        ] {
            assert_eq!(Date::of_words(text).unwrap().to_string(), date, "{text}");
        }
        for text in ["", "Feb", "soon", "15/02/07", "0012"] {
            assert_eq!(Date::of_words(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |seconds| Date::of_epoch(seconds).unwrap().to_string();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(951_868_800), "2000-03-01");
        assert_eq!(day(1_795_478_399), "2026-11-23");
        assert_eq!(day(4_107_542_400), "2100-03-01");
        assert_eq!(Date::of_epoch(u64::MAX), None);
    }
}
