//! The levels that the book sets for rules, and what is left when they are set.

use crate::diagnostic::{Code, Diagnostic, sort};
use crate::model::draft::{Draft, Rule};

/// Gives findings the levels of `[rules]` in `handbook.toml`, takes out what is allowed, and puts the rest into the
/// order in which they are shown.
pub fn settle(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for rule in &draft.handbook.rules {
        let about = |finding: &Diagnostic| finding.code == rule.code.value;
        match rule.severity {
            Some(severity) => {
                for finding in found.iter_mut().filter(|finding| about(finding)) {
                    finding.severity = severity;
                }
            }
            None if rule.until < draft.date() => found.push(expired(draft, rule)),
            None => {
                let before = found.len();
                found.retain(|finding| !about(finding));
                if found.len() == before {
                    found.push(unused(rule));
                }
            }
        }
    }
    sort(found);
}

fn expired(draft: &Draft, rule: &Rule) -> Diagnostic {
    Diagnostic::new(
        Code::ExpiredAllowance,
        rule.code.span,
        format!(
            "`{}` was allowed until {}, before this edition ({})",
            rule.code.value.name(),
            rule.until,
            draft.date()
        ),
        "correct what the rule reports, or set a later date",
    )
}

fn unused(rule: &Rule) -> Diagnostic {
    Diagnostic::new(
        Code::UnusedAllowance,
        rule.code.span,
        format!("nothing breaks the rule `{}`", rule.code.value.name()),
        "delete the line in `[rules]`",
    )
}
