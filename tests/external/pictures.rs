//! Pages of a small handbook as pictures, beside pictures of how they looked when somebody last looked at them.
//!
//! The pictures are in `tests/external/pictures/`. After a change that is meant to be seen, `FASCICLE_BLESS=1 cargo test
//! --test external pictures` draws them anew; look at each before you keep it.

use std::path::{Path, PathBuf};
use std::process::Command;

use fascicle::diagnostic::{Format, render};
use fascicle::model::Variant;
use fascicle::model::book::Book;
use fascicle::render::PageMap;
use fascicle::render::typst::{HandoutLook, Manuscript};
use image::GrayImage;

use super::support::{pipeline, root};
use super::synthetic::{Size, handbook};

/// Dots per inch: enough for the shapes of a page, and too few for its letters.
const RESOLUTION: &str = "36";

/// Shades between two pixels that the eye tells apart, of 255.
const SHADES: u8 = 48;

/// Pixels of a thousand that may differ: other releases of poppler smooth edges otherwise.
const TOLERANCE: usize = 5;

#[test]
fn pages_look_like_their_stored_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size {
        references: 24,
        sites: 2,
        techniques: 3,
    };
    handbook(folder.path(), size).unwrap();
    let (project, diagnostics, book) = pipeline(folder.path());
    let book = book.unwrap_or_else(|| {
        panic!("{}", render(&diagnostics, &project.sources, Format::Short));
    });
    let manuscript = Manuscript::new(&book, &project.images);
    let mut differ = Vec::new();
    for variant in [Variant::A4, Variant::LargePrint] {
        let pdf = manuscript.set(variant).unwrap();
        let path = folder.path().join("book.pdf");
        std::fs::write(&path, &pdf.bytes).unwrap();
        compare(&path, 1, &format!("{variant}-cover"), &mut differ);
        for section in [
            "title-page",
            "contents",
            "site-site-1",
            "site-site-1--technique-1",
            "overview",
            "technique-index",
        ] {
            let page = page_of(&book, &pdf.pages, section);
            compare(&path, page, &format!("{variant}-{section}"), &mut differ);
        }
    }
    let handout = Manuscript::handout(
        &book.handouts[0],
        &HandoutLook::of(&book.meta),
        &project.images,
    )
    .set(Variant::A4);
    let path = folder.path().join("handout.pdf");
    std::fs::write(&path, handout.unwrap().bytes).unwrap();
    compare(&path, 1, "handout", &mut differ);
    assert!(differ.is_empty(), "{differ:#?}");
}

/// The number of the page in the file on which a section begins, from 1.
fn page_of(book: &Book, pages: &PageMap, section: &str) -> usize {
    let places = pages.places(book);
    let mut places = places.into_iter();
    let found = places.find(|(anchor, _)| anchor.0 == section);
    let found = found.unwrap_or_else(|| panic!("no section {section}"));
    pages.before + found.1 + 1
}

/// Draws a page; with `FASCICLE_BLESS` keeps it, else notes it in `differ` if it is not as it was.
fn compare(pdf: &Path, page: usize, name: &str, differ: &mut Vec<String>) {
    let drawn = pdf.with_extension("");
    let page = page.to_string();
    let status = Command::new("pdftoppm")
        .args([
            "-r",
            RESOLUTION,
            "-gray",
            "-png",
            "-singlefile",
            "-f",
            &page,
        ])
        .args([pdf, &drawn])
        .status();
    assert!(status.unwrap().success());
    let drawn = drawn.with_extension("png");
    let known = known(name);
    if std::env::var_os("FASCICLE_BLESS").is_some() {
        std::fs::copy(&drawn, &known).unwrap();
    }
    let (now, before) = (picture(&drawn), picture(&known));
    assert_eq!(now.dimensions(), before.dimensions(), "{name}");
    let pixels = now.pixels().zip(before.pixels());
    let other = pixels
        .filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > SHADES)
        .count();
    if other * 1000 > now.len() * TOLERANCE {
        let kept = std::env::temp_dir().join(format!("{name}.png"));
        std::fs::copy(&drawn, &kept).unwrap();
        differ.push(format!(
            "{other} pixels: {} was {}",
            kept.display(),
            known.display()
        ));
    }
}

fn known(name: &str) -> PathBuf {
    root().join(format!("tests/external/pictures/{name}.png"))
}

fn picture(path: &Path) -> GrayImage {
    let picture = image::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    picture.into_luma8()
}
