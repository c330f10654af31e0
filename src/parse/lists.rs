//! Lists of TOML in other brackets than TOML has them.

/// What stands between round brackets, or between those of several lists behind each other; none where it is one list, or
/// something else.
pub(super) fn in_brackets(typed: &str) -> Option<String> {
    let typed = typed.split(" #").next().unwrap_or_default();
    let typed = typed.trim().trim_end_matches([',', ';', ' ']);
    let is_round = typed.starts_with('(');
    let inner = match is_round {
        true => typed.strip_prefix('(')?.strip_suffix(')')?,
        false => typed.strip_prefix('[')?.strip_suffix(']')?,
    };
    let mut outside = inner.split('"').step_by(2);
    if is_round && !outside.any(|it| it.contains(['(', ')'])) {
        return Some(inner.to_owned());
    }
    let mut lists = inner.split(match is_round {
        true => [')', '('],
        false => [']', '['],
    });
    let first = lists.next()?.to_owned();
    let rest: Vec<&str> = lists.collect();
    // Between two lists is nothing but a comma.
    let is_apart = |between: &[&str]| between.first().is_some_and(|it| it.trim() == ",");
    let pairs = rest.chunks(2);
    (!rest.is_empty() && rest.len().is_multiple_of(2) && pairs.clone().all(is_apart)).then(|| {
        let others = pairs.filter_map(|pair| pair.get(1).copied());
        std::iter::once(&*first)
            .chain(others)
            .collect::<Vec<_>>()
            .join(", ")
    })
}
