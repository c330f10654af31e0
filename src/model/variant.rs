//! The variants of the page in print.

/// A variant of the page. The text is the same; `styles/handbook.typ` has the sizes of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// A4, for printing on both sides.
    #[default]
    A4,
    /// US Letter, for printing on both sides.
    Letter,
    /// A4 in large print, for people who see poorly.
    LargePrint,
    /// A page that fills the screen of a tablet.
    Screen,
}

impl std::fmt::Display for Variant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Variant {
    /// All of them.
    pub const ALL: &[Self] = &[Self::A4, Self::Letter, Self::LargePrint, Self::Screen];

    /// The name, as it is typed and as it ends the names of files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
            Self::LargePrint => "large-print",
            Self::Screen => "screen",
        }
    }

    /// The variant of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|variant| variant.name() == name)
    }
}
