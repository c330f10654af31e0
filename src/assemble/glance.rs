//! The techniques of a site at a glance: what each is, how many people its articles are about, one figure, the harm, and the
//! page.

use std::cmp::Reverse;

use super::anchors::{page_anchor, page_file};
use super::resolve::Resolver;
use super::{Context, cell, text_at, text_of, typography};
use crate::language::fill;
use crate::model::book::{Block, Glance, GlanceGroup, GlanceHeads, GlanceRow, Inline, Text};
use crate::model::draft::{Cited, Fact, Population, Reference, Site, SiteTechnique};
use crate::source::Spanned;

/// How many numbers of people are told of a population, the largest first.
const NUMBERS: usize = 3;

/// The signs of populations, from that nearest to the reader's disease; the last is for all others.
const SIGNS: [&str; 3] = ["●", "◐", "○"];

impl<'a> Context<'a> {
    /// The table of a site, if it has techniques.
    pub(super) fn glance(&self, site: &'a Site, resolver: &mut Resolver<'a, '_>) -> Option<Block> {
        let words = &self.words.glance;
        let nearest = |page: &SiteTechnique| {
            let references = self.lists.of(&page_file(site, page));
            // The nearest is the first.
            let nearest = references.first();
            nearest.map_or(usize::MAX, |reference| self.lists.rank(reference))
        };
        let mut pages = self.pages_of(site);
        pages.sort_by_cached_key(|page| nearest(page));
        let groups = pages.chunk_by(|a, b| nearest(a) == nearest(b));
        let groups: Vec<GlanceGroup> = groups
            .map(|pages| GlanceGroup {
                title: self.group_title(pages.first().map_or(usize::MAX, |page| nearest(page))),
                rows: pages
                    .iter()
                    .map(|page| self.glance_row(site, page, resolver))
                    .collect(),
            })
            .collect();
        let heads = GlanceHeads {
            technique: text_of(&*self.words.techniques.technique),
            people: text_of(&*words.people),
            figure: text_of(&*words.figure),
            harm: text_of(&*words.harm),
            page: Some(text_of(&*self.words.techniques.page)),
        };
        (!groups.is_empty()).then(|| {
            Block::Glance(Box::new(Glance {
                caption: self.legend(&words.caption),
                heads,
                groups,
            }))
        })
    }

    /// A caption, and what the signs of populations stand for.
    pub(super) fn legend(&self, caption: &str) -> Vec<Inline> {
        let mut legend = cell(&format!("{caption} "));
        for (rank, population) in self.draft.handbook.populations.iter().enumerate() {
            legend.extend((rank > 0).then(|| Inline::Text(text_of(self.words.comma()))));
            legend.extend(self.sign(rank));
            let label = population.label.replace(' ', "\u{a0}");
            legend.push(Inline::Text(text_of(format!("\u{a0}{label}"))));
        }
        legend
    }

    /// The sign of a population; none where no reference is.
    pub(super) fn sign(&self, rank: usize) -> Option<Inline> {
        let population = self.draft.handbook.populations.get(rank)?;
        let sign = SIGNS.get(rank).or(SIGNS.last())?;
        Some(Inline::Mark {
            sign: text_of(*sign),
            label: population.label.clone(),
        })
    }

    /// `● Studied in leiomyosarcoma`.
    fn group_title(&self, rank: usize) -> Vec<Inline> {
        let words = &self.words.glance;
        let Some(population) = self.draft.handbook.populations.get(rank) else {
            return cell(&words.no_article);
        };
        let title = fill(&words.studied, &[("population", &population.label)]);
        let mut content: Vec<Inline> = self.sign(rank).into_iter().collect();
        content.extend(cell(&format!("\u{a0}{title}")));
        content
    }

    fn glance_row(
        &self,
        site: &'a Site,
        page: &'a SiteTechnique,
        resolver: &mut Resolver<'a, '_>,
    ) -> GlanceRow {
        let place = page_anchor(site, page);
        let link = Inline::Internal {
            target: place.clone(),
            content: cell(self.title_at(page)),
        };
        let glance = &page.glance;
        GlanceRow {
            technique: vec![link],
            in_short: glance.in_short.as_ref().map(|words| self.tied(words)),
            people: self.studied(self.lists.of(&page_file(site, page))),
            figure: self.fact(glance.figure.as_ref(), resolver),
            harm: self.fact(glance.harm.as_ref(), resolver),
            page: Some(place.into()),
        }
    }

    /// How many people of each population were studied: `● 26, 11 and 10 people; ○ 8 articles`.
    fn studied(&self, references: &[&Reference]) -> Vec<Inline> {
        let mut content = Vec::new();
        for run in references.chunk_by(|a, b| self.lists.rank(a) == self.lists.rank(b)) {
            let rank = run.first().map_or(0, |first| self.lists.rank(first));
            let Some(population) = self.draft.handbook.populations.get(rank) else {
                continue;
            };
            let is_nearest = content.is_empty();
            if !is_nearest {
                content.extend(cell(self.words.semicolon()));
            }
            content.extend(self.sign(rank));
            let people = self.people_in(run, is_nearest, population);
            content.extend(cell(&format!("\u{a0}{people}")));
        }
        match content.is_empty() {
            true => cell(&self.words.glance.not_reported),
            false => content,
        }
    }

    /// `26, 11 and 10 people`, `30 people and 2 more articles`, `3 articles`; of two reports of one person each, `2 people`. Of a
    /// population that is not near, the numbers are left out where a nearer one was studied.
    fn people_in(&self, run: &[&Reference], is_nearest: bool, population: &Population) -> String {
        let words = self.words;
        let mut numbers: Vec<u64> = run.iter().filter_map(|item| item.patients).collect();
        let known = numbers.len();
        if known > 1 && numbers.iter().all(|number| *number == 1) {
            numbers = vec![u64::try_from(known).unwrap_or(u64::MAX)];
        }
        numbers.sort_by_key(|number| Reverse(*number));
        numbers.truncate(NUMBERS);
        let others = match numbers.as_slice() {
            [_] => run.len() - known,
            several => run.len() - several.len(),
        };
        let counted = |plural, amount: usize, count: &str| {
            fill(words.plural(plural, amount), &[("count", count)])
        };
        if numbers.is_empty() || population.caution && !is_nearest {
            return counted(&words.plurals.articles, run.len(), &run.len().to_string());
        }
        let amount = match numbers.as_slice() {
            [one] => usize::try_from(*one).unwrap_or(usize::MAX),
            several => several.len(),
        };
        let written: Vec<String> = numbers
            .iter()
            .map(|number| words.numbers.whole(*number))
            .collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        let people = counted(&words.plurals.people, amount, &words.list(&written));
        if others == 0 {
            return people;
        }
        let more = counted(&words.plurals.more_articles, others, &others.to_string());
        format!("{people} {more}")
    }

    /// `◐ 14 of 39 shrank (Miller 2018)`.
    fn fact(&self, fact: Option<&'a Fact>, resolver: &mut Resolver<'a, '_>) -> Vec<Inline> {
        let Some(Fact { text, reference }) = fact else {
            return cell(&self.words.glance.not_reported);
        };
        let mut references = self.draft.references.iter();
        let found = references.find(|known| known.id.value == reference.value);
        let sign = found.and_then(|reference| self.sign(self.lists.rank(reference)));
        let space = sign.is_some().then(|| Inline::Text(text_of("\u{a0}")));
        let mut content: Vec<Inline> = sign.into_iter().chain(space).collect();
        content.push(Inline::Text(self.tied(text)));
        content.extend(cell(" "));
        resolver.citation(&[Cited::alone(reference.clone())], &mut content);
        // On a phone, a column has no room for a key on one line.
        for inline in &mut content {
            if let Inline::Citation { mark, .. } = inline {
                mark.text = mark.text.replace('\u{a0}', " ");
            }
        }
        content
    }

    /// A text of front matter or of a table as it is set.
    pub(super) fn tied(&self, text: &Spanned<String>) -> Text {
        let tied = typography::apostrophes(&text.value);
        let tied = typography::tied(&tied, &self.words.spacing);
        text_at(tied, Some(text.span))
    }
}
