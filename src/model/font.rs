//! The fonts that a book brings for letters that those of the program lack.

use std::fmt;
use std::sync::Arc;

/// A font.
#[derive(Clone, PartialEq, Eq)]
pub struct Font {
    /// The name of its file.
    pub name: String,
    /// The family it belongs to.
    pub family: String,
    /// Whether it is bold.
    pub is_bold: bool,
    /// Whether it is slanted.
    pub is_italic: bool,
    /// Which letters it is for: first and last of each range. Those that the fonts of the program have are not among them.
    pub letters: Vec<(u32, u32)>,
    /// Its file.
    pub bytes: Arc<Vec<u8>>,
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Font")
            .field("name", &self.name)
            .field("family", &self.family)
            .finish_non_exhaustive()
    }
}
