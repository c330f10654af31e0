//! The body of the book: chapters, sites with their techniques, and techniques.

use rayon::prelude::*;

use super::anchors::{anchor, end_of, page_anchor, page_file};
use super::citations::section_heading;
use super::resolve::{Listed, Resolver};
use super::search::Subject;
use super::uses::Written;
use super::{Context, cell, text_of};
use crate::language::fill;
use crate::model::book::{Anchor, Block, IndexEntry, Inline, Kind, ThumbTab};
use crate::model::draft::{Chapter, ContentFile, Review, Site, SiteTechnique, Technique};

impl<'a> Context<'a> {
    pub(super) fn chapters(&self) -> Vec<Written> {
        let listed = &self.draft.handbook.chapters;
        let chapter = |id| {
            self.draft
                .chapters
                .iter()
                .find(|chapter| chapter.id.value == id)
        };
        let found = listed.par_iter().filter_map(|id| chapter(id.value.clone()));
        let sections = found.map(|chapter| self.chapter(chapter)).collect();
        self.part(
            "part-start",
            &self.words.parts.start,
            &self.words.parts.start_intro,
            sections,
        )
    }

    pub(super) fn chapter(&self, chapter: &'a Chapter) -> Written {
        let unit = ContentFile::Chapter(chapter.id.value.clone());
        let mut section = self.section(&anchor(&unit).0, Kind::Chapter, 2, &chapter.title.value);
        section.title.origin = Some(chapter.title.span);
        let references = self.lists.of(&unit);
        let listed = Self::listed(references);
        let mut resolver = Resolver::new(self, &section.anchor, &listed, 0);
        section.blocks = resolver.body(unit, &chapter.body);
        section.blocks.extend(self.reviewed_here(&chapter.review));
        if !references.is_empty() {
            section
                .blocks
                .extend(self.citation_list(&section.anchor, references));
        }
        resolver.finish(section)
    }

    pub(super) fn sites(&self) -> Vec<Written> {
        let of = self.ordered_sites().count();
        let sites: Vec<(usize, &Site)> = (1..).zip(self.ordered_sites()).collect();
        let sections = sites.into_par_iter().flat_map_iter(|(number, site)| {
            let thumb = ThumbTab {
                number,
                of,
                site: site.title.value.clone(),
            };
            let sections = self.site(site).into_iter();
            sections.map(move |mut written| {
                written.section.thumb = Some(thumb.clone());
                written
            })
        });
        let words = self.words;
        self.part(
            "part-sites",
            &words.parts.sites,
            &words.parts.sites_intro,
            sections.collect(),
        )
    }

    pub(super) fn site(&self, site: &'a Site) -> Vec<Written> {
        let pages = self.pages_of(site);
        let unit = ContentFile::Site(site.id.value.clone());
        let mut section = self.section(&anchor(&unit).0, Kind::Site, 2, &site.title.value);
        section.title.origin = Some(site.title.span);
        // On the right stand the techniques.
        section.running = (site.title.value.clone(), String::new());
        let listed = Listed::new();
        let mut resolver = Resolver::new(self, &section.anchor, &listed, 0);
        section.blocks.extend(self.glance(site, &mut resolver));
        section.blocks.extend(resolver.body(unit, &site.body));
        section.blocks.extend(self.reviewed_here(&site.review));
        section.blocks.push(end_of(&section.anchor));
        let below = pages.iter().map(|page| self.site_technique(site, page));
        std::iter::once(resolver.finish(section))
            .chain(below)
            .collect()
    }

    /// When a section was last compared with its sources, if it says so itself.
    fn reviewed_here(&self, review: &Review) -> Option<Block> {
        let whole = &self.draft.handbook.review;
        let reviewed = review.reviewed.as_ref()?;
        let next = review.next.as_ref().or(whole.next.as_ref())?;
        let (reviewed, next) = (self.words.date(reviewed.value), self.words.date(next.value));
        let values = [("reviewed", reviewed.as_str()), ("next", next.as_str())];
        let text = fill(&self.words.techniques.reviewed, &values);
        Some(Block::Paragraph(cell(&text)))
    }

    /// The techniques of a site, in order of their titles.
    pub(super) fn pages_of(&self, site: &'a Site) -> Vec<&'a SiteTechnique> {
        let mut pages: Vec<&SiteTechnique> = site.techniques.iter().collect();
        pages.sort_by_cached_key(|page| self.order.of_title(self.title_at(page)));
        pages
    }

    /// What a technique is called at a site.
    pub(super) fn title_at(&self, page: &'a SiteTechnique) -> &'a str {
        let own = page.title.as_ref().map(|title| title.value.as_str());
        let technique = self.techniques.get(&page.technique.value);
        own.or_else(|| technique.map(|technique| technique.title.value.as_str()))
            .unwrap_or_default()
    }

    pub(super) fn count(&self, count: usize) -> String {
        if count == 0 {
            self.words.indexes.none.clone()
        } else {
            count.to_string()
        }
    }

    fn site_technique(&self, site: &'a Site, page: &'a SiteTechnique) -> Written {
        let title = self.title_at(page);
        let mut section = self.section(&page_anchor(site, page).0, Kind::SiteTechnique, 3, title);
        // Without a title of its own, its file is its place.
        let own = page.title.as_ref().map(|title| title.span);
        section.title.origin = Some(own.unwrap_or(page.technique.span));
        section.full_title = format!("{title} – {}", site.title.value);
        section.running = (site.title.value.clone(), title.to_owned());
        let unit = page_file(site, page);
        let references = self.lists.of(&unit);
        let listed = Self::listed(references);
        let mut resolver = Resolver::new(self, &section.anchor, &listed, 0);
        section.blocks = resolver.body(unit, &page.body);
        section.blocks.extend(self.reviewed_here(&page.review));
        if references.is_empty() {
            let text = cell(&self.words.references.none);
            section.blocks.push(Block::Paragraph(text));
        } else {
            section
                .blocks
                .extend(self.citation_list(&section.anchor, references));
        }
        if let Some(technique) = self.techniques.get(&page.technique.value) {
            let place = Subject {
                called: self.words.case.lowercased(&site.title.value),
                title: &site.title.value,
                aliases: &site.aliases,
                words: &site.search,
            };
            let subjects = [self.sought(technique, title), place];
            section.blocks.push(self.searches(&subjects));
        }
        section.blocks.push(end_of(&section.anchor));
        resolver.finish(section)
    }

    pub(super) fn techniques(&self) -> Vec<Written> {
        let techniques = self.ordered_techniques();
        let sections = techniques
            .into_par_iter()
            .map(|technique| self.technique(technique))
            .collect();
        let words = self.words;
        self.part(
            "part-techniques",
            &words.parts.techniques,
            &words.parts.techniques_intro,
            sections,
        )
    }

    pub(super) fn technique(&self, technique: &'a Technique) -> Written {
        let id = &technique.id.value;
        let unit = ContentFile::Technique(id.clone());
        let title = &technique.title.value;
        let mut section = self.section(&anchor(&unit).0, Kind::Technique, 2, title);
        section.title.origin = Some(technique.title.span);
        let references = self.lists.of(&unit);
        let listed = Self::listed(references);
        let mut resolver = Resolver::new(self, &section.anchor, &listed, 0);
        section.blocks = resolver.body(unit, &technique.body);
        section.blocks.extend(self.reviewed_here(&technique.review));
        section
            .blocks
            .extend(self.where_used(&section.anchor, technique));
        if !references.is_empty() {
            section
                .blocks
                .extend(self.citation_list(&section.anchor, references));
        }
        let subjects = [self.sought(technique, title)];
        section.blocks.push(self.searches(&subjects));
        section.blocks.push(end_of(&section.anchor));
        resolver.finish(section)
    }

    /// What a search for a technique asks for, which is called `title` here.
    fn sought(&self, technique: &'a Technique, title: &str) -> Subject<'a> {
        Subject {
            called: self.words.case.lowercased(title),
            title: &technique.title.value,
            aliases: &technique.aliases,
            words: &technique.search,
        }
    }

    /// The sites where a technique is used, each a line with its page.
    fn where_used(&self, section: &Anchor, technique: &Technique) -> Vec<Block> {
        let mut lines = Vec::new();
        for site in self.ordered_sites() {
            let here = |page: &&SiteTechnique| page.technique.value == technique.id.value;
            for page in site.techniques.iter().filter(here) {
                lines.push(line(1, &site.title.value, page_anchor(site, page)));
            }
        }
        if lines.is_empty() {
            return Vec::new();
        }
        vec![
            section_heading(section, "where", &self.words.techniques.where_used),
            Block::Index(lines),
        ]
    }

    /// A part: its heading with a few words, and its sections. Nothing if it has none.
    pub(super) fn part(
        &self,
        name: &str,
        title: &str,
        intro: &str,
        mut sections: Vec<Written>,
    ) -> Vec<Written> {
        if sections.is_empty() {
            return Vec::new();
        }
        let mut first = self.section(name, Kind::Part, 1, title);
        // The heads of its pages are those of the section that follows.
        first.running.1.clear();
        if !intro.is_empty() {
            first
                .blocks
                .push(Block::Paragraph(vec![Inline::Text(text_of(intro))]));
        }
        for Written { section, .. } in &mut sections {
            if section.depth == 2 && section.kind != Kind::Site {
                title.clone_into(&mut section.running.0);
            }
        }
        sections.insert(0, first.into());
        sections
    }
}

/// A line of contents: the words, and the page they lead to.
pub(super) fn line(depth: u8, text: &str, target: Anchor) -> IndexEntry {
    let content = vec![Inline::Text(text_of(text))];
    let link = Inline::Internal {
        target: target.clone(),
        content,
    };
    IndexEntry {
        depth,
        content: vec![link],
        targets: vec![target.into()],
    }
}
