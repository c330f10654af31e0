//! Which sections of a book run on, one behind the other on the same pages.

use crate::model::book::{Book, Kind, Section};

/// Where a section is in the numbering of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// Before the body, with roman numbers.
    Front,
    /// The first section of the body: here the numbers begin again.
    Opening,
    /// The body.
    Body,
}

/// Sections that are set as one run of pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sequence<'a> {
    /// At least one.
    pub(super) sections: &'a [Section],
    /// Where it is in the numbering of the pages.
    pub(super) matter: Matter,
}

/// The sequences of a book, in its order.
pub(super) fn sequences(book: &Book) -> impl Iterator<Item = Sequence<'_>> {
    let mut opened = false;
    let parts = book
        .sections
        .chunk_by(|before, next| runs_on(before.kind, next.kind));
    parts.map(move |sections| {
        let is_front = sections.first().is_some_and(|first| first.kind.is_front());
        let matter = match (is_front, opened) {
            (true, _) => Matter::Front,
            (false, false) => Matter::Opening,
            (false, true) => Matter::Body,
        };
        opened |= !is_front;
        Sequence { sections, matter }
    })
}

/// Whether a section goes on where the one before it ends. New pages are for parts, sites, techniques and what is looked
/// up by its pages.
fn runs_on(before: Kind, kind: Kind) -> bool {
    match kind {
        Kind::Title
        | Kind::Imprint
        | Kind::Overview
        | Kind::Contents
        | Kind::Part
        | Kind::References
        | Kind::Colophon => false,
        Kind::Changes => before == Kind::Imprint,
        Kind::SiteTechnique => matches!(before, Kind::Site | Kind::SiteTechnique),
        Kind::Site | Kind::Technique => before == Kind::Part,
        Kind::Chapter | Kind::Index | Kind::Glossary => matches!(
            before,
            Kind::Part | Kind::Chapter | Kind::Index | Kind::Glossary
        ),
    }
}
