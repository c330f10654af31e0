//! A book as it was when it was last whole, for the browser to look at.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assemble::{renewed, without_handouts};
use crate::load::Project;
use crate::model::Variant;
use crate::model::book::{Anchor, Block, Book, Section, Topic};
use crate::model::content::ContentFile;
use crate::model::draft::Draft;
use crate::pictures::Pictures;
use crate::product::Naming;
use crate::render::html::Addresses;
use crate::render::web::{Edition, Files, Preview};

/// A book, and what its pages are made of.
pub(super) struct View {
    /// Which one it is: they are counted.
    pub(super) revision: u64,
    /// Whether all of it was made of these files: soon after a save, lists and indexes are those of before.
    pub(super) is_whole: bool,
    /// The files that it was read from.
    pub(super) project: Arc<Project>,
    /// The pictures of these files, as books hold them.
    pub(super) pictures: Arc<Pictures>,
    pub(super) book: Book,
    /// Why its pages cannot be printed: a picture in it that no file of the book can hold.
    pub(super) unfit: Option<String>,
    /// The variant of the page that is printed first.
    pub(super) variant: Variant,
    addresses: Addresses,
}

impl View {
    /// Makes the book of a draft that was read from `project`.
    pub(super) fn new(
        revision: u64,
        project: &Arc<Project>,
        draft: &Draft,
        before: Option<&Self>,
    ) -> Self {
        let book = without_handouts(draft);
        let pictures = match before {
            Some(before) => (before.pictures).renewed(&before.project.images, &project.images),
            None => Pictures::of(&project.images),
        };
        let addresses = Preview::addresses(edition(&book, &pictures));
        Self {
            revision,
            is_whole: true,
            project: Arc::clone(project),
            pictures: Arc::new(pictures),
            unfit: unfit(&book, draft),
            book,
            variant: Naming::of(&draft.handbook).first,
            addresses,
        }
    }

    /// The same after one file changed: soon made, though lists and indexes are as they were. `None` if that cannot be.
    pub(super) fn renewed(
        &self,
        revision: u64,
        project: &Arc<Project>,
        draft: &Draft,
        path: &str,
    ) -> Option<Self> {
        let (book, changed) = renewed(&self.book, draft, &ContentFile::at(path)?)?;
        let edition = edition(&book, &self.pictures);
        let addresses = Preview::renewed_addresses(edition, self.addresses.clone(), &changed);
        Some(Self {
            revision,
            is_whole: false,
            project: Arc::clone(project),
            pictures: Arc::clone(&self.pictures),
            unfit: unfit(&book, draft),
            book,
            variant: self.variant,
            addresses,
        })
    }

    /// A file of its web edition.
    pub(super) fn file(&self, name: &str) -> Option<Vec<u8>> {
        self.preview().file(name)
    }

    /// The page that shows each file, by its path.
    pub(super) fn pages_of_files(&self) -> BTreeMap<&str, String> {
        self.preview().pages_of_files()
    }

    fn preview(&self) -> Preview<'_> {
        let edition = edition(&self.book, &self.pictures);
        Preview::new(edition, &self.project.sources, &self.addresses)
    }
}

fn edition<'a>(book: &'a Book, pictures: &'a Pictures) -> Edition<'a> {
    Edition {
        book,
        pages: None,
        images: &pictures.files,
        files: &no_files,
        moved: &NONE_MOVED,
        site: None,
    }
}

/// Handouts are made by a build, as are pages at earlier addresses.
fn no_files(_: &Topic) -> Files {
    Files::default()
}

static NONE_MOVED: BTreeMap<Anchor, Option<Anchor>> = BTreeMap::new();

/// What is wrong with the first picture of the book that cannot be printed.
fn unfit(book: &Book, draft: &Draft) -> Option<String> {
    let mut blocks = book.sections.iter().flat_map(Section::all_blocks);
    blocks.find_map(|block| {
        let Block::Figure { path, .. } = block else {
            return None;
        };
        let fault = draft.images.get(path)?.fault.as_ref()?;
        Some(format!("`{path}` cannot be shown: {fault}"))
    })
}
