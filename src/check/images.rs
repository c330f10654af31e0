//! Every image exists below the content folder, can be shown, and is sharp in print.

use super::Coverage;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::link::join;
use crate::model::draft::{Block, Draft, Node, Picture};
use crate::source::Span;
use crate::text::is_forbidden;

pub(super) fn check(draft: &Draft, can_set: Coverage<'_>, found: &mut Vec<Diagnostic>) {
    for (unit, body) in draft.units() {
        for node in body.nodes() {
            let Node::Block(block) = node else { continue };
            let Block::Image { path, .. } = &block.value else {
                continue;
            };
            let whole = join(&unit.path(), path);
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
                    "save it again as a PNG, a JPEG, or an SVG without external files".to_owned(),
                ),
                None => (
                    format!("there is no image `{whole}`"),
                    match nearest(&whole, draft.images.keys().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`? (relative to this file)"),
                        None => {
                            "put a PNG, JPEG or SVG file there, in the content folder".to_owned()
                        }
                    },
                ),
            };
            found.push(Diagnostic::new(
                Code::InvalidImage,
                block.span,
                message,
                help,
            ));
        }
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

/// The pixels of a picture that is printed as wide as the text: 132 mm, at 300 to the inch.
const PIXELS: u32 = 1559;

fn coarse(path: &str, width: u32, span: Span) -> Option<Diagnostic> {
    (width < PIXELS).then(|| {
        let inch = width * 300 / PIXELS;
        Diagnostic::new(
            Code::CoarsePicture,
            span,
            format!("`{path}` is {width} pixels wide: {inch} to the inch in print"),
            format!("use a picture at least {PIXELS} pixels wide, or a drawing (SVG)"),
        )
    })
}
