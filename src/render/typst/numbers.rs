//! The numbers of the pages, and which page each place of the book is on.

use std::collections::BTreeMap;

use typst::introspection::Location;
use typst::model::{Numbering, NumberingPattern};

use crate::model::book::{Anchor, Locator};

/// The pattern in which pages are numbered.
pub(super) fn pattern(numbering: Option<&Numbering>) -> Option<&NumberingPattern> {
    match numbering {
        Some(Numbering::Pattern(pattern)) => Some(pattern),
        Some(Numbering::Func(_)) | None => None,
    }
}

/// A number as it is printed.
pub(super) fn label(numbering: Option<&Numbering>, number: u64) -> String {
    let label = pattern(numbering).and_then(|pattern| pattern.apply(None, &[number]).ok());
    label.map_or_else(|| number.to_string(), |label| label.to_string())
}

/// A place in the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The page, from 0.
    pub(super) page: usize,
    /// What Typst calls the place.
    pub(super) location: Location,
}

/// The page of each place, as far as sections are laid out.
#[derive(Debug, Clone, Default)]
pub(super) struct PageNumbers<'a> {
    places: BTreeMap<&'a str, Place>,
    labels: Vec<String>,
    sample: String,
}

impl<'a> PageNumbers<'a> {
    /// The places of the pages with these labels; `last` is the highest number.
    pub(super) fn new(
        places: impl IntoIterator<Item = (&'a Anchor, Place)>,
        labels: Vec<String>,
        last: u64,
    ) -> Self {
        let places = places.into_iter();
        Self {
            places: places.map(|(anchor, place)| (&*anchor.0, place)).collect(),
            labels,
            sample: "0".repeat(last.to_string().len()),
        }
    }

    /// Digits that are as wide as the last number.
    pub(super) fn sample(&self) -> &str {
        &self.sample
    }

    /// Where an anchor is.
    pub(super) fn place(&self, anchor: &str) -> Option<Place> {
        self.places.get(anchor).copied()
    }

    /// The number of a page as it is printed.
    pub(super) fn label(&self, page: usize) -> &str {
        self.labels.get(page).map_or("", String::as_str)
    }

    /// The pages of some places: each once, in ranges where they follow each other.
    pub(super) fn runs<'l>(&self, locators: &'l [Locator]) -> Vec<Run<'l>> {
        let mut runs: Vec<(&Anchor, Option<(usize, usize)>)> = Vec::new();
        for Locator { from, to } in locators {
            let page = |anchor: &Anchor| self.place(&anchor.0).map(|place| place.page);
            let found = page(from).zip(page(to.as_ref().unwrap_or(from)));
            match (found, runs.last_mut()) {
                (Some((first, last)), Some((_, Some(before))))
                    if (before.0..=before.1 + 1).contains(&first) =>
                {
                    before.1 = before.1.max(last);
                }
                (found, _) => runs.push((from, found)),
            }
        }
        let label = |page| self.label(page).to_owned();
        let run = |(from, pages): (&'l Anchor, Option<(usize, usize)>)| Run {
            from,
            pages: pages.map(|(first, last)| (label(first), label(last))),
        };
        runs.into_iter().map(run).collect()
    }
}

/// Pages that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run<'l> {
    /// The place on the first.
    pub(super) from: &'l Anchor,
    /// The numbers of the first and the last, where they are known.
    pub(super) pages: Option<(String, String)>,
}

impl<'l> Run<'l> {
    /// The page of a place, where that is not known.
    pub(super) fn unknown(locator: &'l Locator) -> Self {
        Self {
            from: &locator.from,
            pages: None,
        }
    }
}
