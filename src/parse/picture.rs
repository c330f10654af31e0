//! Whether a picture can be shown, in print and by e-readers.

use image::ImageFormat;

use super::svg;
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
            fault: svg::fault(bytes),
            width: None,
        },
    }
}
