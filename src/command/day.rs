//! Today, for what has to bear a date.

use crate::model::Date;

/// A day in seconds.
pub(super) const DAY: u64 = 86_400;

/// Seconds since 1970 by `SOURCE_DATE_EPOCH`, or else by the clock.
pub(super) fn now() -> Result<u64, String> {
    let (seconds, otherwise) = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => (text.trim().parse().ok(), NO_EPOCH),
        Err(std::env::VarError::NotUnicode(_)) => (None, NO_EPOCH),
        Err(std::env::VarError::NotPresent) => (clock(), NO_CLOCK),
    };
    let known = seconds.filter(|seconds| Date::of_epoch(*seconds).is_some());
    known.ok_or_else(|| otherwise.to_owned())
}

const NO_EPOCH: &str =
    "`SOURCE_DATE_EPOCH` is not a number of seconds since 1970: correct or unset it";
const NO_CLOCK: &str = "the clock of this machine is before 1970 or after 9999: set it";

/// Seconds since 1970, if the clock of the machine can be believed at all.
pub(super) fn clock() -> Option<u64> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the day of a release or of a new book, unless it is given"
    )]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(since.as_secs())
}
