//! Every image exists below the content folder, can be shown, and is sharp in print.

use std::collections::BTreeSet;

use super::{Coverage, meant};
use crate::diagnostic::{Code, Diagnostic};
use crate::link::{join, seen_from};
use crate::model::content::FOLDERS;
use crate::model::draft::{Block, Draft, Node, Picture};
use crate::source::{SourceId, Span};
use crate::text::is_forbidden;

pub(super) fn check(draft: &Draft, can_set: Coverage<'_>, found: &mut Vec<Diagnostic>) {
    let mut shown = BTreeSet::new();
    for (unit, body) in draft.units() {
        for node in body.nodes() {
            let Node::Block(block) = node else { continue };
            let Block::Image { path, .. } = &block.value else {
                continue;
            };
            let whole = join(&unit.path(), path);
            shown.insert(whole.clone());
            let mut subject = whole.clone();
            let (message, help) = match draft.images.get(&whole) {
                Some(Picture {
                    fault: None,
                    width,
                    letters,
                }) => {
                    found.extend(width.and_then(|width| coarse(&whole, width, block.span)));
                    let unset = letters.iter().filter(|letter| {
                        !letter.is_whitespace() && (is_forbidden(**letter) || !can_set(**letter))
                    });
                    found.extend(unset.map(|letter| unsupported(&whole, *letter, block.span)));
                    continue;
                }
                Some(Picture {
                    fault: Some(fault), ..
                }) => (
                    format!("the image `{whole}` cannot be shown: {fault}"),
                    match fault {
                        fault if fault.contains("a name that ends") => {
                            "rename the file, and change the name here".to_owned()
                        }
                        fault if fault.contains("a picture in it is") => {
                            "put that picture into the drawing as a PNG or a JPEG, and save the drawing again".to_owned()
                        }
                        _ => "save it again as a PNG, a JPEG, or an SVG without external files".to_owned(),
                    },
                ),
                None if path.contains("://") || path.starts_with("www.") => (
                    "a picture of another website is not fetched".to_owned(),
                    "save the picture in this folder, if its licence allows it, and write its name here".to_owned(),
                ),
                None if path.starts_with("data:") || path.contains('\\') => (
                    "a picture is a file of the book, named as seen from this file".to_owned(),
                    "save the picture in this folder, and write its name here".to_owned(),
                ),
                None if OTHERS.iter().any(|other| whole.to_lowercase().ends_with(other)) => (
                    format!("`{whole}` is of a kind that books cannot show"),
                    "save it again as a PNG or a JPEG, and write that name here".to_owned(),
                ),
                None if whole.to_lowercase().ends_with(".pdf") => (
                    format!("`{whole}` is a PDF, and no picture"),
                    "save the page as a PNG, and write that name here".to_owned(),
                ),
                None => {
                    let missing = missing(draft, &unit.path(), path, &whole);
                    shown.extend(missing.shown);
                    subject = missing.subject;
                    (missing.message, missing.help)
                }
            };
            found.push(
                Diagnostic::new(Code::InvalidImage, block.span, message, help).about(subject),
            );
        }
    }
    unused(draft, &shown, found);
}

/// The file of a picture that ends with capitals, such as `knee.JPG`, and its name with small ones.
fn in_capitals<'a>(draft: &'a Draft, path: &str) -> Option<(&'a str, String)> {
    let mut others = draft.others.iter();
    let there = others.find(|other| other.to_lowercase() == path.to_lowercase())?;
    let (stem, ending) = there.rsplit_once('.')?;
    let ending = ending.to_lowercase();
    let is_picture = matches!(&*ending, "png" | "jpg" | "jpeg" | "svg");
    is_picture.then(|| (there.as_str(), format!("{stem}.{ending}")))
}

/// What is said where a picture is not there.
struct Missing {
    message: String,
    help: String,
    /// The file that it is about.
    subject: String,
    /// The picture that was meant.
    shown: Option<String>,
}

/// What is said of the picture at `path`, which `file` shows as `typed`.
fn missing(draft: &Draft, file: &str, typed: &str, path: &str) -> Missing {
    if let Some((there, name)) = in_capitals(draft, path) {
        let short = name.rsplit('/').next().unwrap_or(&name);
        let rename = format!("rename the file to `{short}`");
        return Missing {
            message: format!("the name of the picture `{there}` ends with capitals"),
            help: match path == name {
                true => rename,
                false => format!("{rename}, and type `{}` here", seen_from(file, &name)),
            },
            subject: there.to_owned(),
            shown: None,
        };
    }
    let near = meant(typed, path, draft.images.keys().map(String::as_str));
    Missing {
        message: format!("there is no image `{path}`"),
        help: match near {
            Some(near) => format!("type `{}`", seen_from(file, near)),
            None => "put a PNG, JPEG or SVG file there, in the content folder".to_owned(),
        },
        subject: path.to_owned(),
        shown: near.map(str::to_owned),
    }
}

/// How pictures of other kinds end.
const OTHERS: [&str; 7] = [".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".avif"];

/// Reports the pictures that no text shows.
fn unused(draft: &Draft, shown: &BTreeSet<String>, found: &mut Vec<Diagnostic>) {
    let nowhere = Span::new(SourceId(u32::MAX), 0..0);
    // What is in other folders, such as the outputs, is none of the book's business.
    let is_of_book = |path: &&String| {
        let folder = path.split('/').next().unwrap_or_default();
        FOLDERS.contains(&folder) && !shown.contains(*path)
    };
    for path in draft.images.keys().filter(is_of_book) {
        found.push(Diagnostic::new(
            Code::UnusedImage,
            nowhere,
            format!("no text shows the picture `{path}`"),
            format!(
                "show it with `![what it shows]({})`, or delete it",
                path.rsplit('/').next().unwrap_or(path)
            ),
        ));
    }
}

fn unsupported(path: &str, letter: char, span: Span) -> Diagnostic {
    let code = u32::from(letter);
    Diagnostic::new(
        Code::UnsupportedCharacter,
        span,
        format!(
            "`{path}` has the letter `{letter}` (U+{code:04X}), which the book's fonts do not have"
        ),
        "let the program that drew it turn its letters into paths",
    )
}

fn coarse(path: &str, width: u32, span: Span) -> Option<Diagnostic> {
    let sharp = Picture::SHARP;
    (width < sharp).then(|| {
        let inch = width * 300 / sharp;
        Diagnostic::new(
            Code::CoarsePicture,
            span,
            format!("`{path}` is {width} pixels wide: {inch} to the inch in print"),
            format!("use a picture at least {sharp} pixels wide, or a drawing (SVG)"),
        )
    })
}
