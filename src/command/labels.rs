//! `fascicle labels`: the words of the program as a file of the book, to be said otherwise or translated.

use std::path::Path;

use super::{Characters, Outcome, content_folder, finish, read, write_new};
use crate::diagnostic::list;
use crate::language;
use crate::ui::Ui;

/// The file of a book that holds them.
const FILE: &str = "labels.toml";

/// Writes the words of the program, in the language `from`, into the content folder, or prints them.
pub(crate) fn labels(
    ui: &Ui,
    content: Option<&Path>,
    from: Option<&str>,
    is_printed: bool,
) -> Outcome {
    finish(match is_printed {
        true => print(from),
        false => write(ui, content, from),
    })
}

fn print(from: Option<&str>) -> Result<Outcome, String> {
    let from = from.unwrap_or("en");
    Ui::document(text(from, from)?.trim_end());
    Ok(Outcome::Done)
}

fn write(ui: &Ui, content: Option<&Path>, from: Option<&str>) -> Result<Outcome, String> {
    let folder = content_folder(content)?;
    let path = folder.join(FILE);
    if path.exists() {
        return Err(format!(
            "`{}` is there already; `fascicle labels --print` shows all labels",
            path.display()
        ));
    }
    let language = language_of(ui, &folder)?;
    let own = Some(language.as_str()).filter(|own| language::speaks(own));
    write_new(&path, &text(from.or(own).unwrap_or("en"), &language)?)?;
    ui.result(&path.display().to_string());
    let is_own = own.is_some() && from.is_none_or(|from| Some(from) == own);
    ui.remark(match is_own {
        true => "Keep the labels that you change, and delete the others: the program has them.",
        false => "Translate what is between quotation marks; what is in braces stays as it is.",
    });
    Ok(Outcome::Done)
}

/// The language of a book, whether or not the program has words for it.
fn language_of(ui: &Ui, folder: &Path) -> Result<String, String> {
    let checked = read(ui, folder, Characters::Any)?;
    Ok(checked.draft.handbook.language.value)
}

/// The file for a book in a language, from one that the program has.
fn text(tag: &str, language: &str) -> Result<String, String> {
    language::labels_file(tag, language).ok_or_else(|| {
        let spoken = list(language::languages());
        format!("the program has no words for the language `{tag}` to begin from; it has them for {spoken}")
    })
}
