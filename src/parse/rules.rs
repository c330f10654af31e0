//! `[rules]` in `handbook.toml`: how serious what each rule finds is in this book.

use super::fields::Fields;
use super::file::File;
use crate::diagnostic::{Code, Diagnostic, Severity, nearest};
use crate::model::Date;
use crate::model::draft::Rule;
use crate::source::Spanned;

/// The levels that a rule can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Severity(Severity),
    Allow,
}

/// Reads the table, if there is one.
pub(super) fn parse(fields: &mut Fields, file: &mut File) -> Vec<Rule> {
    let Some(mut table) = fields.table(file, "rules", "write `[rules]` on a line of its own")
    else {
        return Vec::new();
    };
    let names: Vec<&'static str> = Code::ALL.iter().map(|code| code.name()).collect();
    table.read_misspelt(file, &names);
    let mut rules = Vec::new();
    for code in Code::ALL {
        rules.extend(rule(*code, &mut table, file));
    }
    table.finish(file);
    rules
}

/// `code = "level"` or `code = { level = "allow", reason = "…", until = "…" }`.
fn rule(code: Code, table: &mut Fields, file: &mut File) -> Option<Rule> {
    let value = table.table_or_text(file, code.name())?;
    let place = table.place(file, code.name());
    if code.is_fixed() {
        file.report(Diagnostic::new(
            Code::InvalidValue,
            place,
            format!("the level of `{}` cannot be changed", code.name()),
            "delete the line; no book can be made where this rule reports something",
        ));
        return None;
    }
    let mut rule = Rule {
        code: Spanned::new(code, place),
        severity: None,
        reason: String::new(),
        until: Date::default(),
    };
    match value {
        Err(text) => match level(&text, file) {
            None => {}
            Some(Level::Severity(severity)) => rule.severity = Some(severity),
            Some(Level::Allow) => {
                file.report(Diagnostic::new(
                    Code::MissingKey,
                    place,
                    format!("`{}` is allowed without a reason and a date", code.name()),
                    format!(
                        "write `{} = {{ level = \"allow\", reason = \"…\", until = \"2027-01-31\" }}`",
                        code.name()
                    ),
                ));
            }
        },
        Ok(mut fields) => {
            fields.read_misspelt(file, &["level", "reason", "until"]);
            let text = fields.text(file, "level");
            let level = level(&text, file);
            match level {
                Some(Level::Severity(severity)) => rule.severity = Some(severity),
                Some(Level::Allow) => {
                    rule.reason = fields.text(file, "reason").value;
                    rule.until = fields.date(file, "until").value;
                }
                // What it was meant to be is reported; what else stands there is known.
                None => {
                    fields.optional::<String>(file, "reason");
                    fields.optional_date(file, "until");
                }
            }
            fields.finish(file);
        }
    }
    // One that lacks something is allowed all the same: no book is made until that is there, and what the rule finds is not
    // what to correct.
    if rule.until == Date::default() {
        rule.until = Date::LAST;
    }
    Some(rule)
}

fn level(text: &Spanned<String>, file: &mut File) -> Option<Level> {
    match text.value.as_str() {
        name if named(name).is_some() => named(name),
        other => {
            if !other.is_empty() {
                let near = nearest(other, super::keys::levels());
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the levels are `error`, `warning` and `allow`".to_owned(),
                };
                file.report(Diagnostic::new(
                    Code::InvalidValue,
                    text.span,
                    format!("there is no level `{other}`"),
                    help,
                ));
                return near.and_then(named);
            }
            None
        }
    }
}

fn named(name: &str) -> Option<Level> {
    match name {
        "error" => Some(Level::Severity(Severity::Error)),
        "warning" => Some(Level::Severity(Severity::Warning)),
        "allow" => Some(Level::Allow),
        _ => None,
    }
}
