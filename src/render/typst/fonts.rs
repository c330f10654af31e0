//! The fonts that books are set in: those of the program, and those that a book brings.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, LazyLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_kit::fonts::FontStore;

use crate::model;

/// The fonts of every book: Libertinus Serif, New Computer Modern, `DejaVu` Sans Mono.
static FONTS: LazyLock<Arc<FontStore>> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    fonts.extend(typst_kit::fonts::embedded());
    Arc::new(fonts)
});

/// The fonts that a book can be set in: those of every book, and its own.
#[derive(Clone)]
pub struct Fonts(Arc<FontStore>);

impl Fonts {
    /// The fonts of every book, and these.
    #[must_use]
    pub fn with(own: &[model::Font]) -> Self {
        if own.is_empty() {
            return Self(Arc::clone(&FONTS));
        }
        let shared = (0..).map_while(|index| FONTS.font(index));
        let own = own.iter().filter_map(font);
        let mut fonts = FontStore::new();
        fonts.extend(shared.chain(own).map(|font| {
            let info = font.info().clone();
            (font, info)
        }));
        Self(Arc::new(fonts))
    }

    /// What Typst knows of them.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.0.book()
    }

    /// The font of a number.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.0.font(index)
    }

    /// Whether one of them has `character`, or needs none for it.
    #[must_use]
    pub fn can_set(&self, character: char) -> bool {
        let code = u32::from(character);
        let fonts = self.0.book();
        let is_in_font = || {
            let mut fonts = (0..).map_while(|index| fonts.info(index));
            fonts.any(|info| info.coverage.contains(code))
        };
        // PDF/A-2 (ISO 19005-2, 6.2.11.7.2) allows no byte order mark in a text.
        character != '\u{feff}' && (is_invisible(character) || is_in_font())
    }
}

/// The families of fonts, each once, as Typst calls them.
pub(super) fn families(fonts: &[model::Font]) -> BTreeSet<String> {
    let fonts = fonts.iter().filter_map(font);
    fonts.map(|font| font.info().family.clone()).collect()
}

/// A font of a book as Typst has it.
fn font(font: &model::Font) -> Option<Font> {
    Font::new(Bytes::new(font.bytes.as_ref().clone()), 0)
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").finish_non_exhaustive()
    }
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
