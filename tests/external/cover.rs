//! The cover: the first page of a PDF, and the sheet around a printed book.

use std::path::Path;
use std::process::Command;

use fascicle::model::Variant;
use fascicle::render::typst;

use super::order::File;
use super::{HANDBOOK, output, pdftotext, visible};

/// Points of a millimetre.
const MM: f64 = 72.0 / 25.4;

/// Numbers of pages and the page list know nothing of the cover; a screen reader does not hear its words twice.
#[test]
fn the_cover_is_the_first_page_and_has_no_number() {
    let printed = &*HANDBOOK;
    assert_eq!(printed.map.before, 2);
    assert_eq!(printed.map.pages[0].label, "i");
    let cover = &printed.book.cover;
    let shown = Command::new("pdftotext")
        .args(["-raw", "-l", "1"])
        .args([&printed.path(), Path::new("-")])
        .output();
    let shown = visible(&String::from_utf8(shown.unwrap().stdout).unwrap());
    for words in [&cover.title, &cover.subtitle, &cover.edition] {
        assert!(shown.contains(&visible(words)), "{shown}: no {words}");
    }
    assert_eq!(visible(&pdftotext(&printed.path(), Some(2))), "");
    let json = printed.objects();
    let file = File::new(&json);
    for (name, number) in file.pages() {
        let page = file.named(name);
        let is_before = number < printed.map.before;
        assert_eq!(page["/StructParents"].is_null(), is_before, "{number}");
    }
}

/// The sheet is two pages and a spine wide, with 3 mm to cut off at each edge, and all words are within its parts.
#[test]
fn the_cover_for_a_press_fits_around_the_pages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cover.pdf");
    let book = &HANDBOOK.book;
    for (variant, pages, width, height) in [
        (Variant::A4, 283, 2.0 * 210.0 + 142.0 * 0.115, 297.0),
        (Variant::A4, 40, 2.0 * 210.0 + 20.0 * 0.115, 297.0),
        (Variant::Letter, 303, 2.0 * 215.9 + 152.0 * 0.115, 279.4),
    ] {
        let bytes = typst::wrap(book, variant, pages).unwrap().unwrap();
        let again = typst::wrap(book, variant, pages).unwrap().unwrap();
        assert!(bytes == again, "other bytes");
        std::fs::write(&path, bytes).unwrap();
        let boxes = output("pdfinfo", &["-box"], &path);
        let corners = |name: &str| -> Vec<f64> {
            let line = boxes.lines().find(|line| line.starts_with(name)).unwrap();
            let numbers = line.split_whitespace().skip(1);
            numbers
                .map(|number| number.parse::<f64>().unwrap() / MM)
                .collect()
        };
        for (name, wanted) in [
            ("MediaBox", [0.0, 0.0, width + 6.0, height + 6.0]),
            ("BleedBox", [0.0, 0.0, width + 6.0, height + 6.0]),
            ("TrimBox", [3.0, 3.0, width + 3.0, height + 3.0]),
        ] {
            for (corner, wanted) in corners(name).iter().zip(wanted) {
                assert!(
                    (corner - wanted).abs() < 0.1,
                    "{variant} {name}: {corner}, not {wanted}"
                );
            }
        }
        let shown = visible(&pdftotext(&path, None));
        let titles = shown.matches(&visible(&book.meta.title)).count();
        // A thin spine has no words.
        assert_eq!(titles, if pages > 100 { 2 } else { 1 }, "{shown}");
        for paragraph in &book.cover.back {
            assert!(shown.contains(&visible(paragraph)), "{shown}");
        }
    }
}
