//! What a drawing would load, run or change.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use usvg::roxmltree::{NS_XML_URI, Node};

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// What a node would load, run or change. A drawing within the drawing would have to be looked at in turn.
pub(super) fn reason(node: Node<'_, '_>) -> Option<String> {
    if let Some(instruction) = node.pi() {
        return (instruction.target == "xml-stylesheet")
            .then(|| "it has an instruction `xml-stylesheet`".to_owned());
    }
    let name = node.tag_name().name();
    let foreign = node.tag_name().namespace() == Some(XHTML);
    if foreign || matches!(name, "script" | "foreignObject" | "handler") {
        return Some(format!("it has an element `{name}`"));
    }
    // What shows the title of a drawing shows characters alone.
    if matches!(name, "title" | "desc") && node.children().any(|child| child.is_element()) {
        return Some(format!("its element `{name}` holds other elements"));
    }
    // Comments part the text of a style, but not for those who read it.
    if node.has_tag_name("style") {
        let texts = node.children().filter(Node::is_text);
        let style: String = texts.filter_map(|text| text.text()).collect();
        if let Some(reason) = loads(&style) {
            return Some(reason);
        }
    }
    node.attributes().find_map(|attribute| {
        let (name, value) = (attribute.name(), attribute.value().trim_start());
        let local = value.starts_with('#') || is_pixels(value);
        let strange = pixels_in(value)
            .filter(|_| name == "href")
            .and_then(strange);
        if name == "attributeName" && value.contains("href") {
            // An animation of it leads elsewhere later.
            Some(format!(
                "an element `{}` changes a `href`",
                node.tag_name().name()
            ))
        } else if strange.is_some() {
            strange
        } else if name == "href" && !local {
            Some(refers_to(value))
        } else if name
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("on"))
            || (attribute.namespace(), name) == (Some(NS_XML_URI), "base")
        {
            Some(format!("it has an attribute `{name}`"))
        } else {
            // Those of a namespace are notes of the program that drew it, and some are words.
            let is_style = attribute.namespace().is_none()
                && !name.starts_with("aria-")
                && !name.starts_with("data-");
            is_style.then(|| loads(value)).flatten()
        }
    })
}

/// The kind of a picture of pixels that an address holds, and its data: by its media type; all that is not known to be one
/// may be a drawing. Only where it is written in base64, the notes of cameras are found in it.
fn pixels_in(address: &str) -> Option<(&str, &str)> {
    let (head, data) = address.split_once(";base64,")?;
    let kind = head.strip_prefix("data:image/")?.split(';').next()?;
    let kinds = [
        "png", "jpeg", "jpg", "gif", "webp", "bmp", "tiff", "avif", "heic",
    ];
    kinds.contains(&kind).then_some((kind, data))
}

/// Whether an address holds a picture whose notes are left out (`pictures.rs`).
fn is_pixels(address: &str) -> bool {
    pixels_in(address).is_some_and(|picture| strange(picture).is_none())
}

/// Why a picture within the drawing cannot be shown, drawn or not: notes are found in a PNG and a JPEG alone, whatever it
/// is called.
fn strange((kind, data): (&str, &str)) -> Option<String> {
    let letters = data.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let first: Vec<u8> = letters.take(16).collect();
    let first = STANDARD.decode(&first[..first.len() / 4 * 4]);
    let first = first.unwrap_or_default();
    let is_known = first.starts_with(b"\x89PNG\r\n\x1a\n") || first.starts_with(&[0xff, 0xd8]);
    let is_called_so = matches!(kind, "png" | "jpeg" | "jpg");
    let name = match first.as_slice() {
        [b'G', b'I', b'F', ..] => "GIF",
        [b'R', b'I', b'F', b'F', ..] => "WebP",
        _ => kind,
    };
    match (is_known, is_called_so) {
        (true, true) => None,
        _ if name == "GIF" || name == "WebP" || !is_called_so => {
            Some(format!("a picture in it is no PNG or JPEG, but `{name}`"))
        }
        _ => Some("a picture in it is neither a PNG nor a JPEG".to_owned()),
    }
}

/// What a style, or an attribute that may be one, would load. An escape could hide the name of a function.
fn loads(style: &str) -> Option<String> {
    let lower = style.to_ascii_lowercase();
    let outside = lower.split("url(").skip(1).find(|rest| {
        let url = rest.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']);
        !url.starts_with('#')
    });
    let mut hidden = ["@import", "image-set(", "src(", "\\"].into_iter();
    match outside {
        Some(url) => Some(refers_to(url)),
        None => (hidden.find(|name| lower.contains(name)))
            .map(|name| format!("it has a style with `{name}`")),
    }
}

fn refers_to(place: &str) -> String {
    let shown: String = place.chars().take(40).collect();
    format!("it refers to `{shown}`")
}
