//! What Typst may see: the book's source, our styles, the pictures and the embedded fonts.
//! No disk, no clock, no network, no system fonts.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, hash128};
use typst::{Feature, Library, LibraryExt, World};

use super::emit;
use super::fonts::Fonts;
use crate::model::Variant;
use crate::model::book::Meta;
use crate::styles;

/// How a handbook looks: parsed once, for Typst asks for it at every call of its functions. The variants of the page and the
/// directions of lines are behind the rest, each under the name of the chosen one.
static STYLES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let style = |path: &str, name: &str| {
        let text = styles::get(path).unwrap_or_default();
        Source::new(file_id(&format!("/styles/{name}")), text.to_owned())
    };
    let own = [
        "handbook.typ",
        "handout.typ",
        "cover.typ",
        "variants/ordinary.typ",
    ]
    .map(|path| style(path, path));
    let variants = Variant::ALL.iter();
    let variants = variants.map(|variant| style(&format!("variants/{variant}.typ"), "variant.typ"));
    let directions = ["left-to-right", "right-to-left"];
    let directions =
        directions.map(|name| style(&format!("directions/{name}.typ"), "direction.typ"));
    own.into_iter().chain(variants).chain(directions).collect()
});

fn file_id(path: &str) -> FileId {
    #[expect(
        clippy::expect_used,
        reason = "our own paths are normal and stay in their root"
    )]
    let path = VirtualPath::new(path).expect("a valid path");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// The settings of a book in `style`, a file and its function, parsed.
pub(super) fn settings(style: &str, meta: &Meta) -> Source {
    source("/book.typ", emit::settings(style, meta))
}

/// A source of that name, parsed.
pub(super) fn source(name: &str, text: String) -> Source {
    Source::new(file_id(name), text)
}

/// The bytes of `source` that a span covers; `None` for what is not in it.
pub(super) fn range(source: &Source, span: DiagSpan) -> Option<Range<usize>> {
    if span.id() != Some(source.id()) {
        return None;
    }
    match span.get() {
        DiagSpanKind::Detached => None,
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range),
        DiagSpanKind::Range { range, .. } => Some(range),
    }
}

/// What Typst itself brings along, heads of the rows of tables among it.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// A section of a book as Typst sees it.
pub(super) struct BookWorld<'a> {
    main: Source,
    /// The settings that it shares with the others.
    settings: Option<Source>,
    looks: &'a Looks,
    variant: Variant,
    images: &'a BTreeMap<String, Vec<u8>>,
}

/// What the looks of a book depend on, beside the variant of its page.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    fonts: Fonts,
    is_right_to_left: bool,
    /// A digest of the fonts that the book brings.
    pub(super) key: u128,
}

impl Looks {
    pub(super) fn of(meta: &Meta) -> Self {
        Self {
            fonts: Fonts::with(&meta.fonts),
            is_right_to_left: meta.is_right_to_left,
            key: hash128(
                &meta
                    .fonts
                    .iter()
                    .map(|font| &font.bytes)
                    .collect::<Vec<_>>(),
            ),
        }
    }

    /// Whether its fonts have all letters of a text.
    pub(super) fn can_set(&self, text: &str) -> bool {
        text.chars().all(|letter| self.fonts.can_set(letter))
    }
}

impl<'a> BookWorld<'a> {
    pub(super) fn new(
        main: Source,
        settings: Option<Source>,
        looks: &'a Looks,
        images: &'a BTreeMap<String, Vec<u8>>,
        variant: Variant,
    ) -> Self {
        Self {
            main,
            settings,
            looks,
            variant,
            images,
        }
    }
}

impl World for BookWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.looks.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let (shared, chosen) = STYLES.split_at(STYLES.len() - Variant::ALL.len() - 2);
        let variant = chosen.get(self.variant as usize);
        let direction = Variant::ALL.len() + usize::from(self.looks.is_right_to_left);
        let own = std::iter::once(&self.main).chain(&self.settings);
        let own = own
            .chain(shared)
            .chain(variant)
            .chain(chosen.get(direction));
        let found = own.into_iter().find(|source| source.id() == id);
        found
            .cloned()
            .ok_or_else(|| not_found(id.vpath().get_without_slash()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        let image = path
            .strip_prefix("content/")
            .and_then(|path| self.images.get(path));
        image
            .map(|bytes| Bytes::new(bytes.clone()))
            .ok_or_else(|| not_found(path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.looks.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(path: &str) -> FileError {
    FileError::NotFound(path.into())
}
