//! What is known of each technique at a site, at a glance.

use super::{Inline, Locator, Node, Part, PartMut, Text};

/// The techniques of a site, a row each, in groups by whom they were studied in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// What it shows, and what the signs in it stand for.
    pub caption: Vec<Inline>,
    /// The names of the columns.
    pub heads: GlanceHeads,
    /// The groups, that nearest to the reader's disease first.
    pub groups: Vec<GlanceGroup>,
}

/// The names of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlanceHeads {
    /// The technique.
    pub technique: Text,
    /// How many people the articles are about.
    pub people: Text,
    /// What was found.
    pub figure: Text,
    /// What harm was reported.
    pub harm: Text,
    /// The page; none where there are no pages to lead to.
    pub page: Option<Text>,
}

/// The techniques whose nearest population is the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlanceGroup {
    /// Which population, in words.
    pub title: Vec<Inline>,
    /// The techniques.
    pub rows: Vec<GlanceRow>,
}

/// A technique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlanceRow {
    /// Its name.
    pub technique: Vec<Inline>,
    /// What it is, in a few words.
    pub in_short: Option<Text>,
    /// How many people the articles are about.
    pub people: Vec<Inline>,
    /// What was found.
    pub figure: Vec<Inline>,
    /// What harm was reported.
    pub harm: Vec<Inline>,
    /// Where the book tells of it; none where there are no pages to lead to.
    pub page: Option<Locator>,
}

impl Glance {
    /// Leaves out the pages.
    pub fn without_pages(&mut self) {
        self.heads.page = None;
        for row in self.groups.iter_mut().flat_map(|group| &mut group.rows) {
            row.page = None;
        }
    }

    pub(super) fn children(&self) -> Vec<Part<'_>> {
        let mut parts = vec![Part::Inlines(&self.caption)];
        parts.extend(self.heads.texts().map(text));
        for group in &self.groups {
            parts.push(Part::Inlines(&group.title));
            parts.extend(group.rows.iter().flat_map(GlanceRow::children));
        }
        parts
    }

    pub(super) fn children_mut(&mut self) -> Vec<PartMut<'_>> {
        let mut parts = vec![PartMut::Inlines(&mut self.caption)];
        parts.extend(self.heads.texts_mut().map(PartMut::Text));
        for group in &mut self.groups {
            parts.push(PartMut::Inlines(&mut group.title));
            parts.extend(group.rows.iter_mut().flat_map(GlanceRow::children_mut));
        }
        parts
    }
}

impl GlanceHeads {
    /// In the order of the columns.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let Self {
            technique,
            people,
            figure,
            harm,
            page,
        } = self;
        [technique, people, figure, harm].into_iter().chain(page)
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        let Self {
            technique,
            people,
            figure,
            harm,
            page,
        } = self;
        [technique, people, figure, harm].into_iter().chain(page)
    }
}

impl GlanceRow {
    fn children(&self) -> Vec<Part<'_>> {
        let Self {
            technique,
            in_short,
            people,
            figure,
            harm,
            page: _,
        } = self;
        let mut parts = vec![Part::Inlines(technique)];
        parts.extend(in_short.iter().map(text));
        parts.extend([people, figure, harm].map(|cell| Part::Inlines(cell)));
        parts
    }

    fn children_mut(&mut self) -> Vec<PartMut<'_>> {
        let Self {
            technique,
            in_short,
            people,
            figure,
            harm,
            page: _,
        } = self;
        let mut parts = vec![PartMut::Inlines(technique)];
        parts.extend(in_short.iter_mut().map(PartMut::Text));
        parts.extend([people, figure, harm].map(PartMut::Inlines));
        parts
    }
}

fn text(text: &Text) -> Part<'_> {
    Part::Node(Node::Text(text))
}
