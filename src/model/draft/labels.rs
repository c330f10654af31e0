//! `labels.toml`: words of the program that the book says otherwise.

use crate::source::{Span, Spanned};

/// The labels of a book. A book without the file has none of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// The start of the file, if there is one.
    pub span: Option<Span>,
    /// The file as it was typed: [`crate::language`] makes words of it.
    pub source: String,
    /// Each text in it, by the names of its tables and its key: `plurals.articles.one`.
    pub texts: Vec<(String, Spanned<String>)>,
}

impl Labels {
    /// Those that readers see: what rules look for is for editors.
    pub fn shown(&self) -> impl Iterator<Item = &(String, Spanned<String>)> {
        let texts = self.texts.iter();
        texts.filter(|(name, _)| !name.starts_with("rules."))
    }

    /// Whether the file has a label of this name, or a part of one.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let is = |own: &str| {
            own.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.texts.iter().any(|(own, _)| is(own))
    }
}
