//! Books whose lines run from right to left, and the fonts that they bring.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use fascicle::render::{epub, typst, web};

use super::released::said;
use super::support::{copy, fascicle, pipeline, root, unpack};

/// The files of the web edition of a book.
fn pages(content: &Path) -> BTreeMap<String, Vec<u8>> {
    let (project, _, book) = pipeline(content);
    let edition = web::Edition {
        book: &book.unwrap(),
        pages: None,
        images: &project.images,
        files: &|_| web::Files::default(),
        moved: &BTreeMap::new(),
        site: None,
    };
    web::web(edition).into_iter().collect()
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

#[test]
fn pages_and_lines_run_from_right_to_left_where_the_script_does() {
    for (case, family, letters) in [
        ("arabic", "Noto Naskh Arabic", "U+621-63A"),
        ("hebrew", "Noto Serif Hebrew", "U+5D0-5EA"),
    ] {
        let content = root().join("tests/cases").join(case).join("content");
        let (project, _, book) = pipeline(&content);
        let book = book.unwrap();
        let pdf = typst::pdf(&book, &project.images).unwrap();
        let packed = epub::epub(&book, Some(&pdf.pages), &project.images, None).unwrap();
        let files = unpack(&packed);
        let package = &files["OEBPS/content.opf"];
        assert!(
            package.contains("page-progression-direction=\"rtl\""),
            "{package}"
        );
        assert!(package.contains("dir=\"rtl\""), "{package}");
        assert!(package.contains("media-type=\"font/ttf\""), "{package}");
        for (name, file) in files.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
            assert!(
                file.contains("dir=\"rtl\"") || name.ends_with("nav.xhtml"),
                "{name}: {file}"
            );
        }
        let style = &files["OEBPS/fonts.css"];
        assert!(
            style.contains(&format!("font-family: \"{family}\"")),
            "{style}"
        );
        assert!(style.contains(letters), "{style}");
        // What is at the left of an English book is at the right.
        assert!(files["OEBPS/stylesheet.css"].contains("border-right: 3px solid"));

        let web = pages(&content);
        let home = text(&web, "index.html");
        assert!(
            home.contains("dir=\"rtl\"") && home.contains("href=\"fonts.css\""),
            "{home}"
        );
        assert!(home.contains("font-src &apos;self&apos;"), "{home}");
        let style = text(&web, "fonts.css");
        let address = style
            .split('"')
            .find(|it| it.starts_with("fonts/"))
            .unwrap();
        assert!(web.contains_key(address), "{address}");
    }
    // The others are as they were.
    let german = root().join("tests/cases/german/content");
    let web = pages(&german);
    assert!(!text(&web, "index.html").contains("dir=") && !web.contains_key("fonts.css"));
}

/// What `check` reports of a case after a change.
fn reported(case: &str, change: impl Fn(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    copy(
        &root().join("tests/cases").join(case).join("content"),
        &content,
    );
    change(&content);
    said(&fascicle(&["check", "--format", "short"], folder.path()))
}

/// What a reader copies from a screen to search for it has no signs of direction in it.
#[test]
fn words_to_type_are_copied_without_signs() {
    for case in ["arabic", "hebrew"] {
        let content = root().join("tests/cases").join(case).join("content");
        let mut marked = 0;
        for (name, bytes) in pages(&content) {
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            assert!(!text.contains(['\u{2068}', '\u{2069}']), "{case}: {name}");
            marked += text.matches("<bdi>").count();
        }
        assert!(marked > 5, "{case}: {marked}");
    }
}

#[test]
fn a_letter_that_no_font_has_is_found_at_its_place() {
    let chapter = |content: &Path| {
        let path = content.join("chapters/start.md");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, format!("{text}\nಕ\n")).unwrap();
    };
    let said = reported("arabic", chapter);
    assert!(
        said.contains("start.md:") && said.contains("U+0C95"),
        "{said}"
    );
}

#[test]
fn a_font_has_a_licence() {
    let without = |content: &Path| {
        let path = content.join("handbook.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace("font-licence = \"OFL-1.1\"\n", "")).unwrap();
    };
    let said = reported("hebrew", without);
    assert!(
        said.contains("brings the font `Noto Serif Hebrew`, and does not name its licence"),
        "{said}"
    );
}

#[test]
fn two_fonts_have_two_names() {
    let twice = |content: &Path| {
        let fonts = content.join("fonts");
        let first = fs::read_dir(&fonts).unwrap().next().unwrap().unwrap();
        let other = fonts.join("other");
        fs::create_dir(&other).unwrap();
        fs::copy(first.path(), other.join(first.file_name())).unwrap();
    };
    let said = reported("hebrew", twice);
    assert!(said.contains("another font has the same name"), "{said}");
}

#[test]
fn a_label_keeps_what_is_put_into_it() {
    let lost = |content: &Path| {
        let path = content.join("labels.toml");
        let text = fs::read_to_string(&path).unwrap();
        let other = text.replace("reviewer = \"راجعه {names}.\"", "reviewer = \"راجعه أحد.\"");
        assert_ne!(text, other);
        fs::write(path, other).unwrap();
    };
    let said = reported("arabic", lost);
    assert!(
        said.contains("the label `imprint.reviewer` lacks `{names}`"),
        "{said}"
    );
}
