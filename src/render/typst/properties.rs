//! What the properties of a file say, in the words of Typst.

use typst::foundations::{Datetime, Smart};
use typst::model::DocumentInfo;
use typst::text::Locale;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::model::book::Meta;
use crate::model::draft::Role;
use crate::model::{Date, Variant};

/// Title, people, subjects and date, where catalogues and `fascicle verify` find which edition a file is.
///
/// No source has them: they change with every word of the book, and nothing on its pages with them.
pub(super) fn info(meta: &Meta, locale: Option<Smart<Locale>>) -> DocumentInfo {
    let compilers = meta.contributors.iter();
    let compilers = compilers.filter(|person| person.role == Role::Compiler);
    let edition = format!("edition {}", meta.edition);
    let digest = meta.digest.as_ref();
    let digest = digest.map(|digest| format!("content sha256 {digest}"));
    let subjects = meta.subjects.iter().chain([&edition]).chain(&digest);
    DocumentInfo {
        title: Some((&meta.title).into()),
        author: compilers.map(|person| (&person.name).into()).collect(),
        description: Some((&meta.description).into()),
        keywords: subjects.map(Into::into).collect(),
        date: Smart::Custom(day(meta.date)),
        locale: locale.unwrap_or_default(),
    }
}

/// How the file of `name`, one of those of an edition, is written.
pub(super) fn options(meta: &Meta, name: &str, variant: Variant) -> Result<PdfOptions, String> {
    let day = day(meta.date);
    let midnight =
        day.and_then(|day| Datetime::from_ymd_hms(day.year()?, day.month()?, day.day()?, 0, 0, 0));
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]);
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {} {name} {variant}", meta.slug, meta.edition)),
        creator: Smart::Custom(Some(format!("Fascicle {}", env!("CARGO_PKG_VERSION")))),
        timestamp: midnight.map(Timestamp::new_utc),
        standards: standards.map_err(|error| error.message().to_string())?,
        ..PdfOptions::default()
    })
}

/// A day; of a year or a month, the first.
fn day(date: Date) -> Option<Datetime> {
    let (month, day) = (date.month.unwrap_or(1), date.day.unwrap_or(1));
    Datetime::from_ymd(i32::from(date.year), month, day)
}
