//! The cover: one page in the styles of the book, drawn as a picture for the EPUB.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use super::escape::{language, string};
use super::internal;
use super::world::{self, BookWorld, can_set};
use crate::diagnostic::Diagnostic;
use crate::model::Variant;
use crate::model::book::{Book, Cover};

/// Pixels for each point of the page in `styles/cover.typ`: 1600 × 2400 in all.
const SCALE: f64 = 4.0;

/// Draws the cover of `book`: a PNG of 1600 × 2400 pixels; nothing where the fonts lack a character of its words. The
/// same book gives the same bytes.
///
/// # Errors
///
/// A fault of the program: whatever the words on it, a cover can be set.
pub fn cover(book: &Book) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
    if !words(&book.cover)
        .iter()
        .all(|word| word.chars().all(can_set))
    {
        return Ok(None);
    }
    let nothing = BTreeMap::new();
    let world = BookWorld::new(
        world::source("/book.typ", source(book)),
        None,
        &nothing,
        Variant::default(),
    );
    let document: PagedDocument = typst::compile(&world).output.map_err(|errors| {
        errors
            .iter()
            .map(|it| internal(&it.message))
            .collect::<Vec<_>>()
    })?;
    let options = RenderOptions {
        pixel_per_pt: Scalar::new(SCALE),
        ..RenderOptions::default()
    };
    let page = document.pages().first();
    let page = page.ok_or_else(|| vec![internal("the cover has no page")])?;
    let pixels = typst_render::render(page, &options);
    png(pixels.data(), pixels.width(), pixels.height())
        .map(Some)
        .map_err(|error| vec![internal(&error.to_string())])
}

/// A PNG of opaque pixels of four bytes, in an even number. The cover has two inks, its paper and white: sixteen
/// mixtures of them make smooth edges, and a file of a fifth of the size.
fn png(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, EncodingError> {
    let paper = [pixels[0], pixels[1], pixels[2]];
    let mixture = |step: u16, paper: u8| {
        let paper = u16::from(paper);
        u8::try_from((paper * (15 - step) + 255 * step + 7) / 15).unwrap_or(u8::MAX)
    };
    let palette = (0..16).flat_map(|step| paper.map(|channel| mixture(step, channel)));
    let palette: Vec<u8> = palette.collect();
    // The red of both inks differs most, so it tells how much of each there is.
    let range = u16::from(u8::MAX - paper[0]).max(1);
    let step = |red: usize| {
        let above = u16::try_from(red).unwrap_or(u16::MAX);
        let above = above.saturating_sub(u16::from(paper[0]));
        u8::try_from((above * 15 + range / 2) / range).unwrap_or(15)
    };
    let steps: [u8; 256] = std::array::from_fn(step);
    let step = |red: u8| steps[usize::from(red)];
    let pairs = pixels.chunks_exact(8);
    let packed: Vec<u8> = pairs
        .map(|pair| step(pair[0]) << 4 | step(pair[4]))
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Four);
    encoder.set_palette(palette);
    encoder.set_deflate_compression(DeflateCompression::Level(6));
    encoder.set_filter(Filter::NoFilter);
    encoder.write_header()?.write_image_data(&packed)?;
    Ok(bytes)
}

fn words(cover: &Cover) -> [&str; 5] {
    [
        &cover.title,
        &cover.subtitle,
        &cover.people,
        &cover.publisher,
        &cover.edition,
    ]
}

/// The cover as Typst source.
fn source(book: &Book) -> String {
    let mut source = String::from("#import \"/styles/cover.typ\": cover\n#cover(\n");
    let [title, subtitle, people, publisher, edition] = words(&book.cover).map(string);
    let (language, region) = language(&book.meta.language);
    for (name, value) in [
        ("title", title),
        ("subtitle", subtitle),
        ("people", people),
        ("publisher", publisher),
        ("edition", edition),
        ("language", language),
        ("region", region),
    ] {
        source.push_str(&format!("  {name}: {value},\n"));
    }
    source + ")\n"
}
