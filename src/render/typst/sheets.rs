//! The pages of a laid out book as pictures, for those who look at it before it is printed.

use png::{BitDepth, ColorType, Encoder, EncodingError};
use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;

use super::Layout;

/// Pixels for each point of a page: sharp on a screen that shows the page as wide as half of it.
const SCALE: f64 = 2.0;

/// The pages of a book, as its page map counts them.
#[derive(Debug)]
pub struct Sheets(Vec<Page>);

impl Layout<'_> {
    /// Its pages behind the cover, to be kept when the book that they were made of is gone.
    #[must_use]
    pub fn sheets(&self) -> Sheets {
        Sheets(self.bound.iter().skip(self.pages.before).cloned().collect())
    }
}

impl Sheets {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// A page as a PNG, counted from 0; `None` if there is no such page.
    #[must_use]
    pub fn png(&self, number: usize) -> Option<Vec<u8>> {
        let options = RenderOptions {
            pixel_per_pt: Scalar::new(SCALE),
            ..RenderOptions::default()
        };
        let pixels = typst_render::render(self.0.get(number)?, &options);
        opaque(pixels.data(), pixels.width(), pixels.height()).ok()
    }
}

/// A PNG of pixels of four bytes, the last of which is the same for all: paper is opaque.
fn opaque(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    let colors = pixels
        .chunks_exact(4)
        .flat_map(|pixel| pixel.iter().take(3).copied());
    writer.write_image_data(&colors.collect::<Vec<u8>>())?;
    writer.finish()?;
    Ok(bytes)
}
