//! `fascicle explain`: what a rule is, why, and an example before and after.

use super::Outcome;
use crate::diagnostic::{Code, nearest};
use crate::ui::{self, Ui};

/// Prints the page of a rule, or the list of all.
pub(crate) fn explain(named: Option<&str>) -> Outcome {
    let Some(named) = named else {
        Ui::document(&list());
        return Outcome::Done;
    };
    // Also in the form of a message: `error[missing-alt]`.
    let name = named
        .rsplit('[')
        .next()
        .unwrap_or(named)
        .trim_end_matches(']');
    if let Some(code) = Code::named(name) {
        Ui::document(&page(code));
        return Outcome::Done;
    }
    let help = match nearest(name, Code::ALL.iter().map(|code| code.name())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`fascicle explain` lists all rules".to_owned(),
    };
    ui::error(&format!("there is no rule `{name}`; {help}"));
    Outcome::Fault
}

/// A line for each rule: its name, its level and what it is about.
fn list() -> String {
    let name = |code: &Code| code.name().len();
    let width = Code::ALL.iter().map(name).max().unwrap_or_default();
    let lines = Code::ALL.iter().map(|code| {
        let (name, severity) = (code.name(), code.severity().name());
        format!("{name:width$}  {severity:7}  {}", code.summary())
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn page(code: Code) -> String {
    let level = match (code.severity().name(), code.is_fixed()) {
        (level, true) => {
            format!("This is always an {level}: no book can be made where it is found.")
        }
        (level, false) => format!(
            "This is {} {level}, unless `[rules]` in `handbook.toml` sets `{}` to another level.",
            if level.starts_with('e') { "an" } else { "a" },
            code.name()
        ),
    };
    format!("{}\n{level}", code.page())
}
