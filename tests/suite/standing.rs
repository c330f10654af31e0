//! After a change, only sections whose own pages change are laid out again, and the book is as if all of them were.

use std::path::Path;

use fascicle::model::Variant;
use fascicle::model::book::Book;
use fascicle::render::typst::{Manuscript, Standing, Swept};

use super::support::{copy, pipeline, root};

/// A copy of a book with an index, and what is kept of it between builds.
struct Desk {
    folder: tempfile::TempDir,
    standing: Standing,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("tests/cases/index/content"), folder.path());
        let picture = root().join("tests/rules/book/.pictures/small.png");
        std::fs::copy(picture, folder.path().join("chapters/picture.png")).unwrap();
        let desk = Self {
            folder,
            standing: Standing::default(),
        };
        let picture = "![A small picture.](picture.png)\n\n### Below it";
        desk.replace("chapters/one.md", "### Below it", picture);
        desk
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn replace(&self, file: &str, old: &str, new: &str) {
        let path = self.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{text}");
        std::fs::write(path, text.replacen(old, new, 1)).unwrap();
    }

    /// Builds the book, and tells how many sources were laid out.
    fn build(&self) -> Swept {
        self.build_as(|_| ())
    }

    fn build_as(&self, change: impl FnOnce(&mut Book)) -> Swept {
        let (project, diagnostics, book) = pipeline(self.path());
        let mut book = book.unwrap_or_else(|| panic!("{diagnostics:?}"));
        change(&mut book);
        let again = Manuscript::new(&book, &project.images).with(&self.standing);
        let afresh = Manuscript::new(&book, &project.images);
        let [again, afresh] = [again, afresh].map(|it| it.set(Variant::A4).unwrap());
        assert!(again.bytes == afresh.bytes, "other bytes");
        assert_eq!(again.pages, afresh.pages);
        self.standing.sweep()
    }
}

#[test]
fn one_changed_word_makes_one_section_anew() {
    let desk = Desk::new();
    let first = desk.build();
    assert_eq!((first.used, first.gone), (0, 0));
    let again = desk.build();
    assert_eq!((again.made, again.used), (0, first.made));
    desk.replace("chapters/one.md", "All of this", "Most of this");
    let changed = desk.build();
    assert_eq!((changed.made, changed.used), (1, first.made - 1));
    assert_eq!(changed.gone, 1, "the section as it was");
}

#[test]
fn a_picture_counts_and_the_properties_of_the_file_do_not() {
    let desk = Desk::new();
    desk.build();
    let digest = Some("0".repeat(64));
    let renamed = desk.build_as(|book| book.meta.digest = digest);
    assert_eq!(renamed.made, 0);
    let picture = root().join("tests/rules/book/.pictures/liver.png");
    std::fs::copy(picture, desk.path().join("chapters/picture.png")).unwrap();
    assert_eq!(desk.build().made, 1);
}

/// What shows numbers of pages in its text is laid out again; where they stand alone, they are bound again.
#[test]
fn sections_with_other_numbers_in_their_text_are_made_anew() {
    let desk = Desk::new();
    let first = desk.build();
    let long = "A long paragraph.\n\n".repeat(80);
    desk.replace(
        "chapters/one.md",
        "All of this",
        &format!("{long}All of this"),
    );
    let longer = desk.build();
    assert!((2..first.made).contains(&longer.made), "{longer:?}");
}
