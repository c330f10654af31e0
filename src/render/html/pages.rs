//! The pages of the printed book: where they begin, and the links that name them.

use std::collections::BTreeMap;

use super::{Element, Emitter, KIND, Node, isolates};
use crate::model::book::{Anchor, Book, Locator, Text, TextId};
use crate::render::PageMap;
use crate::render::markup::element;

/// The pages of the printed book, if it is known.
pub(super) struct Pages<'a> {
    map: Option<&'a PageMap>,
    /// The page of every place.
    places: BTreeMap<&'a Anchor, usize>,
    /// The pages that begin in every text, with their bytes.
    breaks: BTreeMap<TextId, Vec<(usize, usize)>>,
}

/// The place where a page begins.
fn page(label: &str) -> Anchor {
    Anchor(format!("page-{label}"))
}

fn page_break(label: &str) -> Element {
    element("span")
        .with(KIND, "pagebreak")
        .with("role", "doc-pagebreak")
        .with("id", page(label).0)
        .with("aria-label", label)
}

impl<'a> Pages<'a> {
    pub(super) fn new(book: &'a Book, map: Option<&'a PageMap>) -> Self {
        let places = map.map(|map| map.places(book)).unwrap_or_default();
        let mut breaks: BTreeMap<TextId, Vec<(usize, usize)>> = BTreeMap::new();
        let mut waiting = Vec::new();
        let mut last = None;
        for (index, page) in map.iter().flat_map(|map| &map.pages).enumerate() {
            waiting.push(index);
            // A page without text of its own is marked where the next one begins.
            if let Some(start) = page.start {
                let here = waiting.drain(..).map(|page| (start.offset, page));
                breaks.entry(start.text).or_default().extend(here);
                last = Some(start);
            }
        }
        // Where no page with text follows, it is marked where the last one begins.
        if let Some(start) = last {
            let here = waiting.into_iter().map(|page| (start.offset, page));
            breaks.entry(start.text).or_default().extend(here);
        }
        Self {
            map,
            places,
            breaks,
        }
    }

    /// Whether pages are known.
    pub(super) fn are_known(&self) -> bool {
        self.map.is_some()
    }

    /// The number of the page on which a place is.
    pub(super) fn of(&self, place: &Anchor) -> Option<&'a str> {
        self.label(*self.places.get(place)?)
    }

    fn label(&self, page: usize) -> Option<&'a str> {
        self.map?.pages.get(page).map(|page| page.label.as_str())
    }

    /// The number of each page and the place where it begins, in the order of the pages.
    pub(super) fn marks(&self) -> Vec<(&'a str, Anchor)> {
        let breaks = self.breaks.values().flatten();
        let mut pages: Vec<usize> = breaks.map(|(_, page)| *page).collect();
        pages.sort_unstable();
        let labels = pages.into_iter().filter_map(|page| self.label(page));
        labels.map(|label| (label, page(label))).collect()
    }

    /// A text, with the marks of the pages that begin in it.
    pub(super) fn text(&self, text: &Text) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut done = 0;
        for (offset, page) in self.breaks.get(&text.id).into_iter().flatten() {
            if let Some(before) = text
                .text
                .get(done..*offset)
                .filter(|before| !before.is_empty())
            {
                nodes.push(before.into());
                done = *offset;
            }
            if let Some(label) = self.label(*page) {
                nodes.push(page_break(label).into());
            }
        }
        if let Some(rest) = text.text.get(done..).filter(|rest| !rest.is_empty()) {
            nodes.push(rest.into());
        }
        isolates::elements(nodes)
    }

    /// The first place of each run of pages, and the pages in words: `12`, `12–14`.
    fn runs<'l>(&self, locators: &'l [Locator]) -> Vec<(&'l Anchor, Option<String>)> {
        let mut runs: Vec<(&Anchor, Option<(usize, usize)>)> = Vec::new();
        for Locator { from, to } in locators {
            let first = self.places.get(from).copied();
            let last = to.as_ref().and_then(|to| self.places.get(to).copied());
            let pages = first.map(|first| (first, last.unwrap_or(first)));
            if let (Some((first, last)), Some((_, Some(before)))) = (pages, runs.last_mut())
                && (before.0..=before.1 + 1).contains(&first)
            {
                before.1 = before.1.max(last);
            } else {
                runs.push((from, pages));
            }
        }
        let words = |(first, last): (usize, usize)| {
            let (first, last) = (self.label(first)?, self.label(last)?);
            Some(if first == last {
                first.to_owned()
            } else {
                format!("{first}–{last}")
            })
        };
        runs.into_iter()
            .map(|(from, pages)| (from, pages.and_then(words)))
            .collect()
    }
}

impl Emitter<'_> {
    /// Links to places by their pages, as [`Inline::Pages`](crate::model::book::Inline::Pages) says; by a word where
    /// there are no pages.
    pub(super) fn page_links(&self, locators: &[Locator]) -> Vec<Node> {
        let labels = &self.html.book.labels;
        let runs = self.html.pages.runs(locators);
        let mut links: Vec<Node> = Vec::new();
        for (index, (from, pages)) in runs.iter().enumerate() {
            let spoken = pages
                .as_ref()
                .map(|pages| format!("{} {pages}", labels.page));
            let text = match pages {
                Some(pages) => pages.clone(),
                None if runs.len() == 1 => labels.see.clone(),
                None => format!("{}\u{a0}{}", labels.see, index + 1),
            };
            if !links.is_empty() {
                links.push(", ".into());
            }
            let link = element("a")
                .link("href", (*from).clone())
                .with_some("aria-label", spoken);
            links.push(link.child(text).into());
        }
        links
    }
}
