//! Whether a picture can be shown, in print and by e-readers.

use image::ImageFormat;
use usvg::roxmltree::{Document, Node};

use crate::model::draft::Picture;

/// The picture at `path`, and what is wrong with it.
pub(super) fn read(path: &str, bytes: &[u8]) -> Picture {
    let raster = |format| match image::load_from_memory_with_format(bytes, format) {
        Ok(picture) => Picture {
            fault: None,
            width: Some(picture.width()),
        },
        Err(error) => Picture {
            fault: Some(error.to_string()),
            width: None,
        },
    };
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => raster(ImageFormat::Png),
        Some("jpg" | "jpeg") => raster(ImageFormat::Jpeg),
        _ => Picture {
            fault: drawing(bytes).err(),
            width: None,
        },
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
