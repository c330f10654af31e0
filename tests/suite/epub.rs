//! What an e-reader finds in the EPUB: cover, package, navigation and links.

use std::collections::BTreeMap;
use std::fs;

use fascicle::model::book::{Block, Book};
use fascicle::render::{epub, pdf};

use super::support::{pipeline, root, small_book, unpack};

fn handbook() -> Book {
    pipeline(&root().join("content")).2.unwrap()
}

/// A small book with some chapter.
fn book(text: &str) -> Book {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), text);
    let (_, diagnostics, book) = pipeline(folder.path());
    book.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

fn package(book: &Book, cover: Option<&[u8]>) -> String {
    let bytes = epub::epub(book, None, &BTreeMap::new(), cover).unwrap();
    unpack(&bytes).remove("OEBPS/content.opf").unwrap()
}

/// Width and height of a PNG, from its header.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn the_cover_has_the_size_that_shops_ask_for() {
    let mut book = handbook();
    let cover = pdf::cover(&book).unwrap().unwrap();
    assert_eq!(size(&cover), (1600, 2400));
    assert_eq!(Some(&cover), pdf::cover(&book).unwrap().as_ref());
    assert!(cover.len() < 100_000, "{} bytes", cover.len());
    let long = "Pneumonoultramicroscopicsilicovolcanoconiosis ".repeat(40);
    for title in ["A", "#let \" \\ ] it be_", &long, ""] {
        title.clone_into(&mut book.cover.title);
        let cover = pdf::cover(&book).unwrap().unwrap();
        assert_eq!(size(&cover), (1600, 2400), "{title}");
    }
    // Better no cover than one with boxes for letters.
    "療法".clone_into(&mut book.cover.title);
    assert_eq!(pdf::cover(&book).unwrap(), None);
}

#[test]
fn the_cover_is_shown_first_and_told_in_words() {
    let book = handbook();
    let cover = pdf::cover(&book).unwrap().unwrap();
    let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), Some(&cover)).unwrap());
    let page = &files["OEBPS/cover.xhtml"];
    let alt = "alt=\"Cover of the book: Local Treatment Choices by Site. A handbook for people with leiomyosarcoma. \
               Compiled by doctordee. ";
    assert!(page.contains(alt), "{page}");
    let package = &files["OEBPS/content.opf"];
    assert!(package.contains("properties=\"cover-image\""), "{package}");
    let spine = package.split_once("<spine").unwrap().1;
    let first = spine.split("idref=\"").nth(1).unwrap();
    assert!(first.starts_with("cover\""), "{first}");
    let nav = &files["OEBPS/nav.xhtml"];
    assert!(nav.contains("<a epub:type=\"cover\" href=\"cover.xhtml\">Cover</a>"));
}

#[test]
fn claims_of_accessibility_vanish_with_what_bears_them_out() {
    let book = handbook();
    let features = |package: &str| -> Vec<String> {
        let found = package.split("schema:accessibilityFeature\">").skip(1);
        found
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect()
    };
    let conforms = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";
    let alone = ">textual</meta>\n<meta property=\"schema:accessibilityFeature";
    let whole = package(&book, None);
    assert!(features(&whole).iter().any(|it| it == "alternativeText"));
    assert!(whole.contains(conforms) && whole.contains(alone) && whole.contains("told in words"));
    assert!(!features(&whole).iter().any(|it| it == "pageNavigation"));
    assert!(!whole.contains("pageBreakSource") && !whole.contains("pages of the printed"));

    let mut mute = book.clone();
    let chart = mute.sections.iter_mut().flat_map(|it| &mut it.blocks);
    let mut charts = chart.filter_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    charts.next().unwrap().alt.clear();
    let mut bare = book.clone();
    bare.cover.alt.clear();
    for found in [package(&mute, None), package(&bare, Some(b"a picture"))] {
        assert!(!features(&found).iter().any(|it| it == "alternativeText"));
        assert!(!found.contains(conforms) && !found.contains("certifiedBy"));
        assert!(!found.contains(alone) && !found.contains("told in words"));
        assert!(found.contains(">textual,visual</meta>"));
    }

    let mut plain = book;
    plain.sections.retain(|it| it.anchor.0 == "imprint");
    let found = package(&plain, None);
    assert_eq!(features(&found).len(), 5, "{found}");
    assert!(
        !found.contains(">visual<") && !found.contains("Tables") && !found.contains("Comments")
    );
}

/// A picture that may move, wherever it is shown, is not called harmless.
#[test]
fn hazards_are_those_of_the_pictures() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "> ![A circle.](circle.svg)");
    let drawing = |inside: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\">{inside}</circle></svg>"
        )
    };
    for (inside, hazard) in [
        ("", ">none<"),
        (
            "<animate attributeName=\"r\" to=\"9\" dur=\"1s\"/>",
            ">unknownFlashingHazard<",
        ),
    ] {
        fs::write(folder.path().join("chapters/circle.svg"), drawing(inside)).unwrap();
        let (project, diagnostics, book) = pipeline(folder.path());
        let book = book.unwrap_or_else(|| panic!("{diagnostics:?}"));
        let files = unpack(&epub::epub(&book, None, &project.images, None).unwrap());
        assert!(files["OEBPS/content.opf"].contains(hazard), "{inside}");
    }
}

#[test]
fn the_package_says_what_the_front_matter_says() {
    let book = handbook();
    let found = package(&book, None);
    for wanted in [
        "<dc:title id=\"title\">Local Treatment Choices by Site</dc:title>",
        "<dc:title id=\"subtitle\">A handbook for people with leiomyosarcoma</dc:title>",
        "<dc:language>en-GB</dc:language>",
        "<dc:creator id=\"person-1\">doctordee</dc:creator>",
        "<meta property=\"role\" refines=\"#person-1\" scheme=\"marc:relators\">com</meta>",
        "<dc:contributor id=\"person-2\">The handbook’s volunteers</dc:contributor>",
        "<meta property=\"role\" refines=\"#person-2\" scheme=\"marc:relators\">edt</meta>",
        "<dc:publisher>The Local Treatment Choices handbook</dc:publisher>",
        "CC-BY-4.0.</dc:rights>",
        "<dc:subject>Liver</dc:subject>",
        "<meta property=\"belongs-to-collection\" id=\"series\">Local Treatment Choices by Site</meta>",
    ] {
        assert!(found.contains(wanted), "{wanted} in {found}");
    }
    let (edition, date) = (&book.meta.edition, book.meta.date);
    for wanted in [
        format!("<dc:date>{date}</dc:date>"),
        format!("dcterms:modified\">{date}T00:00:00Z<"),
        format!("schema:version\">{edition}<"),
        format!("group-position\" refines=\"#series\">{edition}<"),
    ] {
        assert!(found.contains(&wanted), "{wanted} in {found}");
    }
    let mut next = book;
    next.meta.edition = "2.0.0".to_owned();
    let identifier = |text: &str| text.split("urn:uuid:").nth(1).unwrap()[..36].to_owned();
    assert_ne!(identifier(&found), identifier(&package(&next, None)));
}

/// A chart draws SVG wherever it stands, and the package says so.
#[test]
fn the_package_names_each_file_that_draws() {
    let book = handbook();
    let blocks = book.sections.iter().flat_map(|section| &section.blocks);
    let mut charts = blocks.filter(|block| matches!(block, Block::Chart(_)));
    let chart = charts.next().unwrap().clone();
    let mut small = self::book("Text.");
    assert!(!package(&small, None).contains("properties=\"svg\""));
    let section = small.sections.last_mut().unwrap();
    section.blocks.push(Block::Quote(vec![chart]));
    assert!(package(&small, None).contains("properties=\"svg\""));
}
