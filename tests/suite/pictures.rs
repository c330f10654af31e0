//! Pictures in outputs: without what a camera wrote into them, upright, and with no more pixels than print needs.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use fascicle::pictures::Pictures;
use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage};
use zip::ZipArchive;

use super::support::{fascicle, files, small_book};

/// What no output may hold.
const SECRETS: [&str; 5] = [
    "HOME 52.5200N 13.4050E",
    "XMP of a phone",
    "IPTC of an agency",
    "A comment by a program",
    "Film behind the picture",
];

/// A picture, red in its first corner and blue elsewhere.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        match x < width / 2 && y < height / 2 {
            true => Rgb([220, 20, 20]),
            false => Rgb([20, 20, u8::try_from((x * y) % 7).unwrap() * 4 + 200]),
        }
    });
    let mut bytes = Cursor::new(Vec::new());
    let picture = DynamicImage::ImageRgb8(pixels);
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Exif (TIFF, little endian) with an orientation, and with the place where a photo was taken.
fn exif(orientation: u8) -> Vec<u8> {
    let head = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
    [
        &head[..],
        &[orientation, 0, 0, 0, 0, 0, 0, 0],
        SECRETS[0].as_bytes(),
    ]
    .concat()
}

/// The JPEG with what cameras and programs add, and its bytes up to there.
fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let jpeg = picture(width, height, ImageFormat::Jpeg);
    let segment = |marker: u8, parts: &[&[u8]]| {
        let content = parts.concat();
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, &content].concat()
    };
    [
        &jpeg[..2],
        &segment(0xe1, &[b"Exif\0\0", &exif(orientation)]),
        &segment(
            0xe1,
            &[b"http://ns.adobe.com/xap/1.0/\0", SECRETS[1].as_bytes()],
        ),
        &segment(0xed, &[b"Photoshop 3.0\0", SECRETS[2].as_bytes()]),
        &segment(0xfe, &[SECRETS[3].as_bytes()]),
        &jpeg[2..],
        SECRETS[4].as_bytes(),
    ]
    .concat()
}

/// The PNG with what programs add.
fn screenshot(width: u32, height: u32) -> Vec<u8> {
    let png = picture(width, height, ImageFormat::Png);
    let chunk = |kind: &[u8], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        let mut crc = flate2::Crc::new();
        crc.update(&[kind, content].concat());
        [&length[..], kind, content, &crc.sum().to_be_bytes()].concat()
    };
    let head = 8 + 25;
    [
        &png[..head],
        &chunk(b"eXIf", &exif(1)),
        &chunk(b"tEXt", &[b"Comment\0", SECRETS[3].as_bytes()].concat()),
        &chunk(
            b"iTXt",
            &[b"XML:com.adobe.xmp\0\0\0\0\0", SECRETS[1].as_bytes()].concat(),
        ),
        &png[head..],
        SECRETS[4].as_bytes(),
    ]
    .concat()
}

fn shown(name: &str, bytes: Vec<u8>) -> (Vec<u8>, Vec<String>) {
    let shown = Pictures::of(&BTreeMap::from([(name.to_owned(), bytes)]));
    (shown.files[name].clone(), shown.narrowed)
}

/// The secrets in some bytes.
fn secrets(bytes: &[u8]) -> Vec<&'static str> {
    let holds = |secret: &&str| {
        bytes
            .windows(secret.len())
            .any(|it| it == secret.as_bytes())
    };
    SECRETS.into_iter().filter(|secret| holds(secret)).collect()
}

#[test]
fn what_a_camera_wrote_reaches_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let text = "![A photo of a hand.](photo.jpg)\n\n![A page of a program.](page.png)";
    small_book(&folder.path().join("content"), text);
    let chapters = folder.path().join("content/chapters");
    let (jpeg, png) = (photo(1559, 400, 6), screenshot(1559, 300));
    assert_eq!(secrets(&jpeg).len(), 5);
    assert_eq!(secrets(&png).len(), 4);
    fs::write(chapters.join("photo.jpg"), jpeg).unwrap();
    fs::write(chapters.join("page.png"), png).unwrap();
    let output = fascicle(&["build"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let dist = folder.path().join("dist");
    let made = files(&dist);
    assert!(made.len() > 5, "{made:?}");
    for file in made {
        let bytes = fs::read(dist.join(&file)).unwrap();
        assert_eq!(secrets(&bytes), [""; 0], "{}", file.display());
        if file.extension().is_some_and(|ending| ending == "epub") {
            assert_eq!(secrets_within(&bytes), 0);
        }
    }
}

/// How many files in an archive hold a secret; the pictures are among those that are looked at.
fn secrets_within(epub: &[u8]) -> usize {
    let mut archive = ZipArchive::new(Cursor::new(epub)).unwrap();
    let (mut found, mut pictures) = (0, 0);
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        let is_picture = Path::new(member.name()).extension();
        pictures += usize::from(is_picture.is_some_and(|it| it == "jpg" || it == "png"));
        found += usize::from(!secrets(&bytes).is_empty());
    }
    assert!(pictures >= 2);
    found
}

#[test]
fn a_drawing_has_no_notes_of_programs_and_no_metadata_in_its_pictures() {
    let encoded = STANDARD.encode(photo(40, 30, 1));
    let drawing = |notes: [&str; 4]| {
        let [comment, metadata, element, attribute] = notes;
        format!(
            r#"<?xml version="1.0"?>
{comment}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="http://www.inkscape.org/namespaces/inkscape" width="90" height="90" {attribute}>
<title>The way</title>{metadata}{element}<image width="40" height="30" xlink:href="data:image/jpeg;base64,{encoded}"/></svg>"#
        )
    };
    let notes = [
        "<!-- A comment by a program -->",
        "<metadata><a>HOME 52.5200N 13.4050E</a></metadata>",
        "<i:view><i:grid name='IPTC of an agency'/></i:view>",
        "i:export='XMP of a phone'",
    ];
    let (bare, _) = shown("a.svg", drawing(notes).into_bytes());
    let bare = String::from_utf8(bare).unwrap();
    let with_photo = drawing([""; 4]);
    let plain = with_photo.replace(
        &encoded,
        &STANDARD.encode(picture(40, 30, ImageFormat::Jpeg)),
    );
    assert_eq!(bare, plain);
    assert_eq!(
        shown("a.svg", plain.clone().into_bytes()).0,
        plain.into_bytes()
    );
}

#[test]
fn a_photo_without_its_end_has_no_metadata_either() {
    let whole = photo(40, 30, 1);
    let end = whole.windows(2).position(|it| it == [0xff, 0xd9]).unwrap();
    let cut = whole[..end].to_vec();
    assert_eq!(secrets(&cut).len(), 4);
    let (bare, _) = shown("a.jpg", cut);
    assert_eq!(secrets(&bare), [""; 0]);
    assert_eq!(
        image::load_from_memory(&bare).unwrap().dimensions(),
        (40, 30)
    );
}

/// Wherever it is cut off, also within the metadata; and within a drawing, where nothing writes it anew.
#[test]
fn a_photo_that_is_cut_off_anywhere_has_no_metadata() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let (whole, kind, name) = match format {
            ImageFormat::Png => (screenshot(40, 30), "png", "a.png"),
            _ => (photo(40, 30, 1), "jpeg", "a.jpg"),
        };
        for end in 0..whole.len() {
            let cut = whole[..end].to_vec();
            let encoded = STANDARD.encode(&cut);
            assert_eq!(secrets(&shown(name, cut).0), [""; 0], "{name}, {end}");
            let drawing = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href='data:image/{kind};base64,{encoded}'/></svg>"
            );
            let (bare, _) = shown("a.svg", drawing.into_bytes());
            let bare = String::from_utf8(bare).unwrap();
            let data = bare.split_once("base64,").unwrap().1;
            let data = STANDARD.decode(data.split_once('\'').unwrap().0).unwrap();
            assert_eq!(secrets(&data), [""; 0], "{kind} in a drawing, {end}");
        }
    }
}

#[test]
fn a_photo_in_lines_within_a_drawing_has_no_metadata() {
    let encoded = STANDARD.encode(photo(40, 30, 1));
    let plain = STANDARD.encode(picture(40, 30, ImageFormat::Jpeg));
    for end in ["\n", "&#10;", "\r\n  "] {
        let lines: Vec<&str> = (encoded.as_bytes().chunks(76))
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href='data:image/jpeg;base64,{}'/></svg>",
            lines.join(end)
        );
        let (bare, _) = shown("a.svg", drawing.into_bytes());
        let bare = String::from_utf8(bare).unwrap();
        assert!(
            bare.ends_with(&format!("base64,{plain}'/></svg>")),
            "{bare}"
        );
    }
}

#[test]
fn a_picture_that_claims_to_be_huge_is_reported() {
    let mut png = picture(4, 3, ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let mut crc = flate2::Crc::new();
    crc.update(&png[12..29]);
    png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "![A page.](page.png)");
    fs::write(folder.path().join("chapters/page.png"), png).unwrap();
    let output = fascicle(&["check", "."], folder.path());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("invalid-image"));
}

#[test]
fn what_is_right_as_it_is_keeps_its_pixels_bit_by_bit() {
    for (name, format) in [("a.jpg", ImageFormat::Jpeg), ("a.png", ImageFormat::Png)] {
        let plain = picture(1559, 900, format);
        let (bytes, narrowed) = shown(name, plain.clone());
        assert!(narrowed.is_empty());
        assert_eq!(bytes, plain, "{name}");
    }
    let (bare, _) = shown("a.jpg", photo(900, 600, 1));
    assert_eq!(bare, picture(900, 600, ImageFormat::Jpeg));
    let (bare, _) = shown("a.png", screenshot(900, 600));
    assert_eq!(bare, picture(900, 600, ImageFormat::Png));
}

#[test]
fn a_photo_is_upright() {
    // Held so that its left side is below: what is shown is higher than wide, and red where its first corner then is.
    let (bytes, narrowed) = shown("a.jpg", photo(1200, 800, 6));
    let picture = image::load_from_memory(&bytes).unwrap();
    assert_eq!(picture.dimensions(), (800, 1200));
    assert!(narrowed.is_empty());
    let is_red = |x, y| picture.get_pixel(x, y).0[0] > 150;
    assert!(is_red(700, 100) && !is_red(100, 100) && !is_red(700, 1100));
}

#[test]
fn a_photo_has_as_many_pixels_as_print_needs_and_that_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    small_book(
        &folder.path().join("content"),
        "![A photo of a hand.](photo.jpg)",
    );
    let path = folder.path().join("content/chapters/photo.jpg");
    // 2000 pixels wide where it is shown, 1000 in the file.
    fs::write(path, photo(1000, 2000, 8)).unwrap();
    let output = fascicle(&["build"], folder.path());
    let said = String::from_utf8(output.stderr).unwrap();
    let narrowed =
        "`chapters/photo.jpg` is wider than print needs: in the book it has 1559 pixels across";
    assert_eq!(said.matches(narrowed).count(), 1, "{said}");
    assert!(!said.contains("coarse-picture"), "{said}");
    for (name, bytes) in [
        ("a.jpg", photo(3000, 1000, 1)),
        ("a.png", screenshot(3000, 1000)),
    ] {
        let (once, narrowed) = shown(name, bytes.clone());
        assert_eq!(narrowed, [name]);
        assert_eq!(
            image::load_from_memory(&once).unwrap().dimensions(),
            (1559, 519)
        );
        assert_eq!(secrets(&once), [""; 0]);
        assert_eq!(shown(name, bytes).0, once, "the same bytes each time");
    }
}

#[test]
fn the_same_picture_is_not_made_again() {
    let before = BTreeMap::from([("a.jpg".to_owned(), photo(3000, 1000, 1))]);
    let first = Pictures::of(&before);
    let again = first.renewed(&before, &before);
    assert_eq!(
        (&again.files, &again.narrowed),
        (&first.files, &first.narrowed)
    );
    let other = BTreeMap::from([("a.jpg".to_owned(), photo(900, 600, 1))]);
    let changed = first.renewed(&before, &other);
    assert!(changed.narrowed.is_empty() && changed.files != first.files);
}
