//! Whether a picture can be shown, in print and by e-readers.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};

use super::svg;
use crate::model::draft::Picture;

/// The most pixels that a side of a JPEG has: what sets the PDF reads no more.
const SIDE: u32 = 16_384;

/// How often a JPEG may be painted over in finer and finer scans. Ten are usual.
const SCANS: usize = 100;

/// How many pixels a picture has.
pub(super) struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The picture at `path`, and what is wrong with it.
pub(super) fn read(path: &str, bytes: &[u8]) -> Picture {
    let read = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => png(bytes).map(|size| of_pixels(&size)),
        Some("jpg" | "jpeg") => jpeg(bytes).map(|size| of_pixels(&size)),
        _ => svg::read(bytes).map(|drawing| Picture {
            letters: drawing.letters,
            ..Picture::default()
        }),
    };
    read.unwrap_or_else(|fault| Picture {
        fault: Some(fault),
        ..Picture::default()
    })
}

fn of_pixels(size: &Size) -> Picture {
    Picture {
        width: Some(size.width),
        ..Picture::default()
    }
}

/// The size of a PNG that can be read.
pub(super) fn png(bytes: &[u8]) -> Result<Size, String> {
    pixels(bytes, ImageFormat::Png)
}

/// The size of a JPEG that can be read, and that a PDF can hold.
pub(super) fn jpeg(bytes: &[u8]) -> Result<Size, String> {
    if let Some(frame) = frame(bytes) {
        if frame.components == 4 {
            return Err(
                "it has the colors of printing ink (CMYK): save it with those of screens (RGB)"
                    .to_owned(),
            );
        }
        if frame.width.max(frame.height) > SIDE {
            return Err(format!("it is wider or higher than {SIDE} pixels"));
        }
    }
    // The marker of a scan stands in no other data of a picture.
    if bytes.windows(2).filter(|at| *at == [0xff, 0xda]).count() > SCANS {
        return Err(format!("it has more than {SCANS} scans"));
    }
    pixels(bytes, ImageFormat::Jpeg)
}

fn pixels(bytes: &[u8], format: ImageFormat) -> Result<Size, String> {
    upright(bytes, format).map_err(|_| fault(bytes, format))
}

/// The size of a picture as it is shown: cameras note how they were held.
fn upright(bytes: &[u8], format: ImageFormat) -> ImageResult<Size> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder()?;
    Limits::default().reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(Size {
        width: picture.width(),
        height: picture.height(),
    })
}

/// What is wrong with a picture that cannot be read.
fn fault(bytes: &[u8], wanted: ImageFormat) -> String {
    let name = |format| match format {
        ImageFormat::Png => "a PNG",
        ImageFormat::Jpeg => "a JPEG",
        ImageFormat::Gif => "a GIF",
        ImageFormat::WebP => "a WebP",
        _ => "another kind of picture",
    };
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) if wanted == ImageFormat::Png => {
            "it is a JPEG; give it a name that ends with `.jpg`".to_owned()
        }
        Ok(ImageFormat::Png) if wanted == ImageFormat::Jpeg => {
            "it is a PNG; give it a name that ends with `.png`".to_owned()
        }
        Ok(found) if found != wanted => format!("it is {}", name(found)),
        Ok(_) => "it is damaged".to_owned(),
        Err(_) => "it is no picture".to_owned(),
    }
}

/// What a JPEG says of itself before its pixels.
struct Frame {
    width: u32,
    height: u32,
    components: u8,
}

/// The frame header of a JPEG (ITU-T T.81, B.2.2): the segments before it are passed over.
fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut at = 2;
    loop {
        let &[0xff, marker, high, low] = bytes.get(at..at + 4)? else {
            return None;
        };
        let pair = |at: usize| {
            Some(u32::from(u16::from_be_bytes([
                *bytes.get(at)?,
                *bytes.get(at + 1)?,
            ])))
        };
        match marker {
            // A filling byte.
            0xff => at += 1,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some(Frame {
                    height: pair(at + 5)?,
                    width: pair(at + 7)?,
                    components: *bytes.get(at + 9)?,
                });
            }
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a JPEG: a comment, and a frame of so many pixels and colours.
    fn jpeg_of(width: u16, components: u8) -> Vec<u8> {
        let [high, low] = width.to_be_bytes();
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xfe, 0, 4, 0xff, 0xc0, 0xff, 0xc2];
        bytes.extend([0, 8 + 3 * components, 8, 0, 9, high, low, components]);
        bytes
    }

    #[test]
    fn pictures_that_no_pdf_can_hold_are_refused() {
        let fault = |bytes: &[u8]| jpeg(bytes).err().unwrap();
        assert!(fault(&jpeg_of(9, 4)).contains("CMYK"));
        assert!(fault(&jpeg_of(16_385, 3)).contains("16384"));
        assert!(!fault(&jpeg_of(16_384, 3)).contains("16384"));
        let scans = [jpeg_of(9, 3), [0xff, 0xda].repeat(101)].concat();
        assert!(fault(&scans).contains("100 scans"));
    }
}
