//! `fascicle schema`: the keys of a file as JSON Schema, for editors.

use super::Outcome;
use crate::diagnostic::nearest;
use crate::parse::schema::Schema;
use crate::ui::{self, Ui};

/// Prints the schema of this name, or the list of all.
pub(crate) fn schema(name: Option<&str>) -> Outcome {
    let Some(name) = name else {
        Ui::document(&list());
        return Outcome::Done;
    };
    if let Some(schema) = Schema::named(name) {
        Ui::document(&format!("{:#}", schema.json()));
        return Outcome::Done;
    }
    let help = match nearest(name, Schema::ALL.iter().map(|schema| schema.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`fascicle schema` lists all".to_owned(),
    };
    ui::error(&format!("there is no schema `{name}`; {help}"));
    Outcome::Fault
}

/// A line for each schema: its name, and the files whose keys it has.
fn list() -> String {
    let name = |schema: &Schema| schema.name.len();
    let width = Schema::ALL.iter().map(name).max().unwrap_or_default();
    let lines =
        (Schema::ALL.iter()).map(|Schema { name, files, .. }| format!("{name:width$}  {files}"));
    lines.collect::<Vec<_>>().join("\n")
}
