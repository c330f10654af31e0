//! Whether a picture can be shown, in print and by e-readers.

use image::ImageFormat;
use usvg::roxmltree::{Document, Node};

/// What is wrong with the picture at `path`, if anything is.
pub(super) fn fault(path: &str, bytes: &[u8]) -> Option<String> {
    let raster = |format| image::load_from_memory_with_format(bytes, format).err();
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => raster(ImageFormat::Png).map(|error| error.to_string()),
        Some("jpg" | "jpeg") => raster(ImageFormat::Jpeg).map(|error| error.to_string()),
        _ => drawing(bytes).err(),
    }
}

/// An SVG that stands alone: it loads nothing and runs nothing (EPUB 3.3, 3.6 and 6.2).
fn drawing(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    if let Some(reason) = document.descendants().find_map(active) {
        return Err(reason);
    }
    let read = usvg::Tree::from_xmltree(&document, &usvg::Options::default());
    read.map(|_| ()).map_err(|error| error.to_string())
}

/// What an element would load or run.
fn active(node: Node<'_, '_>) -> Option<String> {
    let name = node.tag_name().name();
    if matches!(name, "script" | "foreignObject") {
        return Some(format!("it has an element `{name}`"));
    }
    node.attributes().find_map(|attribute| {
        let (name, value) = (attribute.name(), attribute.value().trim_start());
        let local = value.starts_with('#') || value.starts_with("data:image/");
        if name == "href" && !local {
            Some(format!("it refers to `{value}`"))
        } else if name.starts_with("on") {
            Some(format!("it has an attribute `{name}`"))
        } else {
            None
        }
    })
}
