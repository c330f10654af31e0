//! The cover: a picture for the EPUB, the first page of a PDF, and the sheet around a printed book.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use typst::diag::SourceDiagnostic;
use typst::model::Document;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

use super::compact::{Beside, compact};
use super::emit::setting;
use super::escape::string;
use super::world::{self, BookWorld, Looks};
use super::{internal, properties};
use crate::diagnostic::Diagnostic;
use crate::model::Variant;
use crate::model::book::{Book, Cover, Meta};

/// Pixels for each point of the page in `styles/cover.typ`: 1600 × 2400 in all.
const SCALE: f64 = 4.0;

/// Draws the cover of `book`: a PNG of 1600 × 2400 pixels; nothing where the fonts lack a character of its words. The
/// same book gives the same bytes.
///
/// # Errors
///
/// A fault of the program: whatever the words on it, a cover can be set.
pub fn cover(book: &Book) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
    let words = (&book.meta, &book.cover);
    let looks = Looks::of(&book.meta);
    let document = document(words, &looks, Variant::default(), "cover", "")?;
    let Some(page) = document.and_then(|it| it.pages().first().cloned()) else {
        return Ok(None);
    };
    let options = RenderOptions {
        pixel_per_pt: Scalar::new(SCALE),
        ..RenderOptions::default()
    };
    let pixels = typst_render::render(&page, &options);
    png(pixels.data(), pixels.width(), pixels.height())
        .map(Some)
        .map_err(|error| vec![internal(&error.to_string())])
}

/// The cover as the first page of a PDF; nothing where the fonts lack a character of its words.
pub(super) fn page(
    meta: &Meta,
    looks: &Looks,
    cover: &Cover,
    variant: Variant,
) -> Result<Option<Page>, Vec<Diagnostic>> {
    let document = document((meta, cover), looks, variant, "first-page", "")?;
    Ok(document.and_then(|it| it.pages().first().cloned()))
}

/// The sheet around the printed `book` of so many pages: back, spine and front, with what is cut off at the edges.
/// Nothing where the fonts lack a character of its words.
///
/// # Errors
///
/// A fault of the program: whatever the words on it, a cover can be set.
pub fn wrap(
    book: &Book,
    variant: Variant,
    pages: usize,
) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
    let paragraphs = string(&book.cover.back.join("\n\n"));
    let arguments = format!("  {pages},\n  {paragraphs},\n");
    let looks = Looks::of(&book.meta);
    let words = (&book.meta, &book.cover);
    let Some(document) = document(words, &looks, variant, "wrap", &arguments)? else {
        return Ok(None);
    };
    let options = properties::options(&book.meta, "cover", variant);
    let options = options.map_err(|message| vec![internal(&message)])?;
    let info = properties::info(&book.meta, Some(document.info().locale));
    let document = PagedDocument::new(document.pages().iter().cloned().collect(), info);
    let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| faults(&errors))?;
    Ok(Some(compact(pdf, Beside::Nothing)))
}

/// Whether a book has a cover: the fonts have all characters of its words.
#[must_use]
pub fn has_cover(book: &Book) -> bool {
    can_set(&book.cover, &Looks::of(&book.meta))
}

fn can_set(cover: &Cover, looks: &Looks) -> bool {
    words(cover).into_iter().all(|text| looks.can_set(text))
}

/// What a function of `styles/cover.typ` draws of the words; nothing where the fonts lack a character.
fn document(
    (meta, cover): (&Meta, &Cover),
    looks: &Looks,
    variant: Variant,
    function: &str,
    arguments: &str,
) -> Result<Option<PagedDocument>, Vec<Diagnostic>> {
    // The back is on the cover for a press alone.
    let back = if function == "wrap" {
        &*cover.back
    } else {
        &[]
    };
    let mut back = back.iter();
    if !(can_set(cover, looks) && back.all(|text| looks.can_set(text))) {
        return Ok(None);
    }
    let nothing = BTreeMap::new();
    let source = source(meta, cover, function, arguments);
    let source = world::source(&format!("/{function}.typ"), source);
    let world = BookWorld::new(source, None, looks, &nothing, variant);
    let document = typst::compile::<PagedDocument>(&world);
    document.output.map(Some).map_err(|errors| faults(&errors))
}

/// Errors that nobody who writes a book can cause.
fn faults(errors: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    errors.iter().map(|it| internal(&it.message)).collect()
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
fn source(meta: &Meta, cover: &Cover, function: &str, arguments: &str) -> String {
    let mut source =
        format!("#import \"/styles/cover.typ\": {function}\n#{function}(\n{arguments}");
    let [title, subtitle, people, publisher, edition] = words(cover).map(string);
    let [language, region, direction, fonts] = setting(meta);
    for (name, value) in [
        ("title", title),
        ("subtitle", subtitle),
        ("people", people),
        ("publisher", publisher),
        ("edition", edition),
        ("language", language),
        ("region", region),
        ("direction", direction),
        ("fonts", fonts),
    ] {
        source.push_str(&format!("  {name}: {value},\n"));
    }
    source + ")\n"
}
