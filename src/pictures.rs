//! Pictures as the outputs of a book hold them: upright, no larger than print needs, and without what a camera or a program
//! wrote into them, such as the place where a photo was taken.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::Range;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Resampling;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, ImageResult, Limits,
};
use rayon::prelude::*;
use usvg::roxmltree::{Attribute, Document, Node};

use crate::model::draft::Picture;

/// The quality of a JPEG that is written anew: no eye sees a difference in print.
const QUALITY: u8 = 90;

/// Pictures by their path below the content folder.
pub type Images = BTreeMap<String, Vec<u8>>;

/// The pictures of a book, as its outputs hold them.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// Their bytes.
    pub files: Images,
    /// Those that have fewer pixels there than in the content folder.
    pub narrowed: Vec<String>,
}

impl Pictures {
    /// Those of a content folder.
    #[must_use]
    pub fn of(images: &Images) -> Self {
        Self::default().renewed(&Images::new(), images)
    }

    /// Those of a content folder, of which these are the ones of `before`: what is the same is not made again.
    #[must_use]
    pub fn renewed(&self, before: &Images, images: &Images) -> Self {
        let shown = |(path, bytes): (&String, &Vec<u8>)| {
            let is_same = before.get(path) == Some(bytes);
            let (shown, is_narrowed) = match self.files.get(path).filter(|_| is_same) {
                Some(shown) => (shown.clone(), self.narrowed.contains(path)),
                None => shown(path, bytes),
            };
            (path.clone(), (shown, is_narrowed))
        };
        let all: BTreeMap<String, (Vec<u8>, bool)> = images.par_iter().map(shown).collect();
        let narrowed = all.iter().filter(|(_, (_, is_narrowed))| *is_narrowed);
        Self {
            narrowed: narrowed.map(|(path, _)| path.clone()).collect(),
            files: (all.into_iter())
                .map(|(path, (bytes, _))| (path, bytes))
                .collect(),
        }
    }
}

/// A picture as it is shown, and whether it has fewer pixels than its file.
fn shown(path: &str, bytes: &[u8]) -> (Vec<u8>, bool) {
    let format = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => ImageFormat::Png,
        Some("jpg" | "jpeg") => ImageFormat::Jpeg,
        _ => {
            let bare = bare_svg(bytes);
            return (bare.unwrap_or_else(|| bytes.to_vec()), false);
        }
    };
    let bare = match format {
        ImageFormat::Png => bare_png(bytes),
        _ => bare_jpeg(bytes),
    };
    match (anew(format, bytes), bare) {
        (Ok(Some(anew)), Some(bare)) if !anew.is_turned && anew.bytes.len() >= bare.len() => {
            (bare, false)
        }
        (Ok(Some(anew)), _) => (anew.bytes, anew.is_narrowed),
        // What cannot be read was reported; nothing is built then.
        (_, bare) => (bare.unwrap_or_default(), false),
    }
}

/// A picture that was written anew.
struct Anew {
    bytes: Vec<u8>,
    is_turned: bool,
    is_narrowed: bool,
}

/// The picture turned upright and with as many pixels as print needs, unless it is so already.
fn anew(format: ImageFormat, bytes: &[u8]) -> ImageResult<Option<Anew>> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder()?;
    Limits::default().reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let is_turned = orientation != Orientation::NoTransforms;
    let is_wide = decoder.dimensions().0.max(decoder.dimensions().1) > Picture::SHARP;
    if !is_turned && !is_wide {
        return Ok(None);
    }
    let profile = decoder.icc_profile()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let (width, height) = (picture.width(), picture.height());
    let is_narrowed = width > Picture::SHARP;
    if is_narrowed {
        let height = u64::from(height) * u64::from(Picture::SHARP) / u64::from(width);
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
        // Of the sharp ways, the one that takes nothing but sums and products, which are the same on every machine.
        picture = picture.resize_exact(Picture::SHARP, height, Resampling::CatmullRom);
    }
    match is_turned || is_narrowed {
        true => Ok(Some(Anew {
            bytes: written(format, &picture, profile)?,
            is_turned,
            is_narrowed,
        })),
        false => Ok(None),
    }
}

fn written(
    format: ImageFormat,
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    if format == ImageFormat::Png {
        let mut encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
        // Only what cannot hold a profile refuses one.
        profile.map(|profile| encoder.set_icc_profile(profile));
        picture.write_with_encoder(encoder)?;
    } else {
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        profile.map(|profile| encoder.set_icc_profile(profile));
        picture.write_with_encoder(encoder)?;
    }
    Ok(bytes)
}

/// A PNG with the chunks that its pixels need (PNG, third edition, 11.2 and 11.3), without texts, dates, and what programs
/// add; `None` if it is none. One that is cut off ends behind its last whole chunk.
fn bare_png(bytes: &[u8]) -> Option<Vec<u8>> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";
    const KEPT: [&[u8]; 11] = [
        b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
        b"pHYs",
    ];
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut bare = SIGNATURE.to_vec();
    while let Some((kind, chunk)) = first_chunk(rest).filter(|(kind, _)| *kind != b"IEND") {
        if KEPT.contains(&kind) {
            bare.extend(chunk);
        }
        rest = &rest[chunk.len()..];
    }
    bare.extend(END);
    Some(bare)
}

/// The kind of the first chunk, and all of it, if it is whole.
fn first_chunk(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = u32::from_be_bytes(*bytes.first_chunk()?);
    let chunk = bytes.get(..usize::try_from(length).ok()?.checked_add(12)?)?;
    Some((&chunk[4..8], chunk))
}

/// A JPEG with the segments that its pixels need (ITU-T T.81, B.1.1), and of those of applications what colours need: JFIF,
/// the profile of the colours, and that of Adobe; `None` if it is none. One that is cut off ends where it is.
fn bare_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    const START: &[u8] = &[0xff, 0xd8];
    const END: &[u8] = &[0xff, 0xd9];
    const SCAN: u8 = 0xda;
    let mut rest = bytes.strip_prefix(START)?;
    let mut bare = START.to_vec();
    let mut is_scan = false;
    loop {
        let (pixels, from) = rest.split_at(first_marker(rest));
        if is_scan {
            bare.extend(pixels);
        }
        let Some((marker, segment)) = first_segment(from) else {
            bare.extend(END);
            return Some(bare);
        };
        let content = segment.get(4..).unwrap_or_default();
        let is_kept = match marker {
            0xe0 => content.starts_with(b"JFIF\0"),
            0xe2 => content.starts_with(b"ICC_PROFILE\0"),
            0xee => content.starts_with(b"Adobe"),
            // Other applications, and comments.
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if is_kept {
            bare.extend(segment);
        }
        // What stands between two scans belongs to none; a table of theirs is a segment.
        is_scan = marker == SCAN;
        rest = &from[segment.len()..];
    }
}

/// Where the pixels of a JPEG end: in them, a marker is followed by nothing or counts.
fn first_marker(bytes: &[u8]) -> usize {
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
    let first = bytes.windows(2).position(is_marker);
    first.unwrap_or(bytes.len())
}

/// The marker at the beginning, and the segment of it, if it is whole and not the end of the picture.
fn first_segment(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [0xff, marker, first, second, ..] = *bytes else {
        return None;
    };
    let length = usize::from(u16::from_be_bytes([first, second]));
    let segment = bytes.get(..2 + length)?;
    (marker != 0xd9).then_some((marker, segment))
}

/// Namespaces of what is drawn; those of others are notes of the programs that drew it, such as the folder of its author.
const DRAWN: [&str; 4] = [
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/XML/1998/namespace",
];

/// A drawing without metadata, comments and notes of programs, and with bare pictures in it; `None` if it cannot be read, or
/// has none of these.
fn bare_svg(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let document = Document::parse(text).ok()?;
    // Stretches of the text, and what is put in their place, in their order.
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for node in document.descendants() {
        let range = node.range();
        let is_within = |(cut, _): &(Range<usize>, String)| range.start < cut.end;
        if changes.last().is_some_and(is_within) {
            continue;
        }
        if node.is_comment() || is_note(node) {
            changes.push((range, String::new()));
        } else {
            changes.extend(node.attributes().filter_map(|it| change(&it, text)));
        }
    }
    let mut bare = String::with_capacity(text.len());
    let mut done = 0;
    for (range, put) in &changes {
        bare.push_str(text.get(done..range.start)?);
        bare.push_str(put);
        done = range.end;
    }
    bare.push_str(text.get(done..)?);
    (!changes.is_empty()).then(|| bare.into_bytes())
}

/// Whether an element is about the drawing, and no part of it.
fn is_note(node: Node<'_, '_>) -> bool {
    let name = node.tag_name();
    let is_foreign = (name.namespace()).is_some_and(|namespace| !DRAWN.contains(&namespace));
    node.is_element() && (is_foreign || name.name() == "metadata")
}

/// What becomes of an attribute: a note is left out, and a picture in it is bare.
fn change(attribute: &Attribute<'_, '_>, text: &str) -> Option<(Range<usize>, String)> {
    let is_note = (attribute.namespace()).is_some_and(|namespace| !DRAWN.contains(&namespace));
    let range = attribute.range();
    // Of attributes that are too long for its counts, the parser does not know the end.
    if is_note && text.get(range.clone())?.ends_with(['"', '\'']) {
        return Some((range, String::new()));
    }
    let (kind, data) = attribute.value().split_once(";base64,")?;
    let data: String = data.split_whitespace().collect();
    let bytes = STANDARD.decode(data).ok()?;
    // What it is called does not decide what it is.
    let bare = bare_png(&bytes).or_else(|| bare_jpeg(&bytes))?;
    let value = attribute.range_value();
    // Of attributes that are too long for its counts, the parser does not know where the value is.
    let around = (value.start.checked_sub(1)?, value.end);
    let quotes = (
        text.as_bytes().get(around.0)?,
        text.as_bytes().get(around.1)?,
    );
    (bare != bytes && quotes.0 == quotes.1 && matches!(quotes.0, b'"' | b'\'')).then(|| {
        let kind = kind.trim();
        (value, format!("{kind};base64,{}", STANDARD.encode(bare)))
    })
}
