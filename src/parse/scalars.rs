//! Numbers and truth values as people type them.

/// What is meant by `yes` and `no`.
pub(super) fn truth(typed: &str) -> Option<&'static str> {
    match typed.to_lowercase().as_str() {
        "true" | "yes" => Some("true"),
        "false" | "no" => Some("false"),
        _ => None,
    }
}

/// The number in a text, if there is one alone; its digits may be in groups of three.
pub(super) fn only_number(typed: &str) -> Option<String> {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut groups = typed.split([',', ' ', '\u{a0}']);
    let is_first = groups.next().is_some_and(|it| (1..=3).contains(&it.len()));
    if is_first
        && typed
            .chars()
            .all(|c| c.is_ascii_digit() || !c.is_alphanumeric())
    {
        let is_group = |it: &str| it.len() == 3 && it.bytes().all(|it| it.is_ascii_digit());
        if groups.clone().count() > 0 && groups.all(is_group) {
            return Some(typed.chars().filter(char::is_ascii_digit).collect());
        }
    }
    let mut numbers = typed.split(|c| !is_number(c)).filter(|it| !it.is_empty());
    let number = numbers.next().filter(|_| numbers.next().is_none());
    number.map(|number| number.trim_matches('.').to_owned())
}

/// The number in a text that has a comma before its decimals. Three digits behind it may be thousands instead.
pub(super) fn decimal(typed: &str) -> Option<String> {
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let number = typed.trim_end_matches(|c: char| !c.is_ascii_digit());
    let (whole, decimals) = number.split_once(',')?;
    let is_decimal = is_digits(whole) && is_digits(decimals);
    let is_sure = decimals.len() != 3 || whole == "0";
    (is_decimal && is_sure).then(|| format!("{whole}.{decimals}"))
}
