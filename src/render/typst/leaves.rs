//! The pages of the whole book, one behind the other.

use super::frames;
use super::numbers::{PageNumbers, Place, label};
use super::section::Laid;
use super::sequence::Matter;

/// A page of the whole book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Which section it belongs to.
    pub(super) section: usize,
    /// Which page of the section it is; none where a page is left empty behind the section.
    pub(super) page: Option<usize>,
    /// Its number among the pages that are numbered alike.
    pub(super) number: u64,
    /// Its number as it is printed: `iv`, `42`.
    pub(super) label: String,
}

/// The pages of some sections in order. The body begins on a right-hand page, so that one before it may be empty.
pub(super) fn leaves(sections: &[Laid]) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut number = 0;
    for (section, laid) in sections.iter().enumerate() {
        if laid.matter == Matter::Opening {
            let is_left = leaves.len() % 2 == 1;
            if let (Some(before), true) = (section.checked_sub(1), is_left && is_two_sided(laid)) {
                number += 1;
                let pages = sections.get(before).map(|it| &it.typeset.pages);
                let numbering = pages
                    .and_then(|pages| pages.last())
                    .map(|page| &page.numbering);
                leaves.push(Leaf {
                    section: before,
                    page: None,
                    number,
                    label: label(numbering.and_then(Option::as_ref), number),
                });
            }
            number = 0;
        }
        for (page, set) in laid.typeset.pages.iter().enumerate() {
            number += 1;
            leaves.push(Leaf {
                section,
                page: Some(page),
                number,
                label: label(set.numbering.as_ref(), number),
            });
        }
    }
    leaves
}

/// Whether the pages of a section are printed on both sides of the paper.
pub(super) fn is_two_sided(laid: &Laid) -> bool {
    let first = laid.typeset.pages.first();
    first.is_some_and(|page| frames::find(&page.frame, frames::TWO_SIDED).is_some())
}

/// The page of each place, as far as sections are laid out: `leaves` are their pages.
pub(super) fn numbers<'a>(sections: &'a [Laid], leaves: &[Leaf]) -> PageNumbers<'a> {
    let mut starts = vec![0; sections.len()];
    for (index, leaf) in leaves.iter().enumerate() {
        if let (Some(0), Some(start)) = (leaf.page, starts.get_mut(leaf.section)) {
            *start = index;
        }
    }
    let places = sections.iter().zip(starts).flat_map(|(section, start)| {
        section.places().map(move |(anchor, page, location)| {
            let page = start + page;
            (anchor, Place { page, location })
        })
    });
    let labels = leaves.iter().map(|leaf| leaf.label.clone()).collect();
    let last = leaves.iter().map(|leaf| leaf.number).max();
    PageNumbers::new(places, labels, last.unwrap_or(1))
}
