//! A book after one file changed: what the file says is made anew, and all else stays as it was for the moment.

use std::collections::BTreeMap;

use super::Context;
use super::uses::Written;
use crate::language::Words;
use crate::model::ReferenceId;
use crate::model::book::{Anchor, Block, Book, Locator, Section};
use crate::model::draft::{ContentFile, Draft};

/// The book with the text of `file` as it is in `draft`, long before [`assemble`](super::assemble) can have made all of
/// it: lists, indexes and the heads of pages are those of before. Also the places of the sections that are new; `None` if the
/// book does not show the file.
#[must_use]
pub fn renewed(book: &Book, draft: &Draft, file: &ContentFile) -> Option<(Book, Vec<Anchor>)> {
    let words = Words::of_book(&draft.handbook);
    let context = Context::new(draft, &words);
    let sections = context.sections_of(file, book)?;
    let places = sections.iter().map(|it| it.anchor.clone()).collect();
    let mut book = book.clone();
    for mut section in sections {
        let mut all = (0..).zip(&mut book.sections);
        let (number, old) = all.find(|(_, old)| old.anchor == section.anchor)?;
        section.running.clone_from(&old.running);
        section.thumb.clone_from(&old.thumb);
        section.number(number);
        *old = section;
    }
    Some((book, places))
}

impl Context<'_> {
    /// The sections that a file is told in.
    fn sections_of(&self, file: &ContentFile, book: &Book) -> Option<Vec<Section>> {
        let draft = self.draft;
        let written: Vec<Written> = match file {
            ContentFile::Chapter(id) => {
                let mut chapters = draft.chapters.iter();
                let chapter = chapters.find(|chapter| chapter.id.value == *id)?;
                vec![self.chapter(chapter)]
            }
            ContentFile::Site(id) | ContentFile::SiteTechnique(id, _) => {
                let mut sites = draft.sites.iter();
                self.site(sites.find(|site| site.id.value == *id)?)
            }
            ContentFile::Technique(id) => {
                let technique = self.techniques.get(id)?;
                vec![self.technique(technique)]
            }
            ContentFile::Reference(_) => self.articles(&cited(book)).into_iter().collect(),
        };
        Some(written.into_iter().map(|it| it.section).collect())
    }
}

/// Where a book cites each article.
fn cited(book: &Book) -> BTreeMap<ReferenceId, Vec<Locator>> {
    let mut places = BTreeMap::new();
    for block in book.sections.iter().flat_map(|section| &section.blocks) {
        if let Block::Articles(entries) = block {
            let cited = entries.iter().filter_map(|entry| {
                let cited = entry.cited.as_ref()?;
                Some((entry.reference.clone(), cited.places.clone()))
            });
            places.extend(cited);
        }
    }
    places
}
