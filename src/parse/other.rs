//! Files of unknown kinds in the content folder: what to do with each, so that nothing is lost without a word.

use super::handbook;
use crate::diagnostic::{Code, Diagnostic, list, nearest};
use crate::model::content::{FOLDERS, is_misnamed_handbook};

/// Whether somebody meant a file for the book: it is in a folder of the book, or has a name that begins as those beside it.
/// Whatever else is beside these, such as the outputs, is none of the book's business.
pub(super) fn is_meant(path: &str) -> bool {
    const BESIDE: [&str; 5] = ["handbook", "glossar", "glosar", "label", "retraction"];
    if let Some((folder, _)) = path.split_once('/') {
        return FOLDERS.contains(&folder);
    }
    let name = path.to_lowercase();
    let mut articles = [".nbib", ".ris", ".bib"].iter();
    BESIDE.iter().any(|known| name.starts_with(known))
        || articles.any(|ending| name.ends_with(ending))
}

/// What is said of a file that nothing reads.
pub(super) fn stray(path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::StrayFile,
        handbook::missing().span,
        format!("`{path}` is of a kind that the book cannot use"),
        help(path),
    )
    .about(path)
}

/// What is said where there is no handbook, with the file that was meant to be it.
pub(super) fn no_handbook(others: &[String]) -> Diagnostic {
    let help = match others.iter().find(|path| is_misnamed_handbook(path)) {
        Some(meant) => format!("rename `{meant}` to `handbook.toml`"),
        None => "name the folder that holds it, such as `fascicle build path/to/content`, or begin a book with `fascicle new`".to_owned(),
    };
    Diagnostic::new(
        Code::MissingFile,
        handbook::missing().span,
        "there is no `handbook.toml` in this folder",
        help,
    )
}

/// The folder of the book that was meant by another name.
pub(super) fn meant_folder(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    nearest(&lower, FOLDERS).filter(|folder| *folder != name)
}

/// What is said of a folder with texts that has another name than it needs: once, for all files in it.
pub(super) fn misnamed_folder(name: &str) -> Diagnostic {
    let meant = meant_folder(name).unwrap_or_default();
    Diagnostic::new(
        Code::MissingFile,
        handbook::missing().span,
        format!("the folder `{name}` is not part of the book"),
        format!("rename it to `{meant}`"),
    )
    .about(format!("{meant}/"))
}

fn help(path: &str) -> String {
    let (name, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    let lower = ending.to_lowercase();
    let whole = path.to_lowercase();
    match lower.as_str() {
        "txt" | "text" if whole.ends_with(".md.txt") || whole.ends_with(".toml.txt") => {
            format!("rename it to `{name}`; the program that saved it added `.{ending}`")
        }
        "md" | "png" | "jpg" | "jpeg" | "svg" | "toml" | "ttf" | "otf" if ending != lower => {
            format!("rename it to `{name}.{lower}`, with small letters")
        }
        "txt" | "text" | "markdown" | "mdown" | "mkd" => format!("rename it to `{name}.md`"),
        "doc" | "docx" | "odt" | "rtf" | "pages" | "pdf" | "html" | "htm" => {
            format!("copy its text into a new file `{name}.md`, saved as plain text")
        }
        "woff" | "woff2" | "ttc" => {
            format!("take the font as a file `{name}.ttf` or `{name}.otf`, for each style one")
        }
        "gif" | "webp" | "bmp" | "tif" | "tiff" | "heic" | "avif" => {
            format!("save the picture as `{name}.png` or `{name}.jpg`")
        }
        "toml" => {
            let known = [
                "handbook.toml",
                "glossary.toml",
                "labels.toml",
                "retractions.toml",
            ];
            match nearest(path, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the book reads {} alone", list(known)),
            }
        }
        "nbib" | "ris" | "bib" | "json" => {
            format!("import its articles with `fascicle cite import {path}`, and move it out of the content folder")
        }
        _ => "move it out of the content folder, which holds texts (`.md`), `.toml` files, pictures and fonts".to_owned(),
    }
}
