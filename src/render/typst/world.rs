//! What Typst may see: the book's source, our styles, the pictures and the embedded fonts.
//! No disk, no clock, no network, no system fonts.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::fonts::FontStore;

use super::emit;
use crate::model::Variant;
use crate::model::book::Meta;
use crate::styles;

/// The fonts of every book: Libertinus Serif, New Computer Modern, `DejaVu` Sans Mono.
static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    fonts.extend(typst_kit::fonts::embedded());
    fonts
});

/// How a handbook looks: parsed once, for Typst asks for it at every call of its functions. The variants of the page
/// stand behind the rest, each under the name of the chosen one.
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
    own.into_iter().chain(variants).collect()
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

/// Whether one of the fonts has `character`, or needs none for it.
#[must_use]
pub fn can_set(character: char) -> bool {
    let code = u32::from(character);
    let fonts = FONTS.book();
    let is_in_font = || {
        let mut fonts = (0..).map_while(|index| fonts.info(index));
        fonts.any(|info| info.coverage.contains(code))
    };
    // PDF/A-2 (ISO 19005-2, 6.2.11.7.2) allows no byte order mark in a text.
    character != '\u{feff}' && (is_invisible(character) || is_in_font())
}

/// Characters that shape their neighbours and have no glyph of their own
/// (Unicode, `Default_Ignorable_Code_Point`, the assigned ones), and white space.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\t' | '\n' | '\r'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
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
    variant: Variant,
    images: &'a BTreeMap<String, Vec<u8>>,
}

impl<'a> BookWorld<'a> {
    pub(super) fn new(
        main: Source,
        settings: Option<Source>,
        images: &'a BTreeMap<String, Vec<u8>>,
        variant: Variant,
    ) -> Self {
        Self {
            main,
            settings,
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
        FONTS.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let (shared, variants) = STYLES.split_at(STYLES.len() - Variant::ALL.len());
        let chosen = variants.get(self.variant as usize);
        let own = std::iter::once(&self.main).chain(&self.settings);
        let own = own.chain(shared).chain(chosen);
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
        FONTS.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(path: &str) -> FileError {
    FileError::NotFound(path.into())
}
