//! The references in numbers: by decade, by site and by population.

use crate::language::case::capitalized;
use std::collections::BTreeMap;

use super::{Context, cell, text_of};
use crate::language::fill;
use crate::model::book::{Bar, Block, Chart, Inline, Kind, Section, Table};
use crate::model::draft::{Alignment, Amount, ContentFile, Reference, Site};

/// What a row counts, and how many references of each population there are.
type Row = (String, Vec<usize>);

impl Context<'_> {
    /// The section that counts the references.
    pub(super) fn references_counted(&self) -> Section {
        let words = self.words;
        let title = &words.counts.title;
        let mut section = self.section("references-counted", Kind::Chapter, 2, title);
        let mut decades = self.by_decade();
        section.blocks = vec![
            Block::Paragraph(cell(&words.counts.intro)),
            Block::Chart(Box::new(self.counted(&words.counts.by_decade, &decades))),
        ];
        let all = self.draft.references.iter();
        decades.push((words.counts.all.clone(), self.by_population(all)));
        let caption = &words.counts.by_decade_and_population;
        let table = self.counts(caption, &words.counts.published, &decades);
        section.blocks.push(Block::Table(table));
        let sites = self.by_site();
        if !sites.is_empty() {
            section.blocks.extend([
                Block::Paragraph(cell(&words.counts.by_site_intro)),
                Block::Chart(Box::new(self.counted(&words.counts.by_site, &sites))),
                Block::Table(self.counts(
                    &words.counts.by_site_and_population,
                    &words.counts.site,
                    &sites,
                )),
            ]);
        }
        section
    }

    /// The newest decade first.
    fn by_decade(&self) -> Vec<Row> {
        let mut decades: BTreeMap<u16, Vec<&Reference>> = BTreeMap::new();
        for reference in &self.draft.references {
            let decade = reference.bibliographic.date.year / 10 * 10;
            decades.entry(decade).or_default().push(reference);
        }
        let row = |(from, references): (u16, Vec<&Reference>)| {
            let years = [("from", from.to_string()), ("to", (from + 9).to_string())];
            let years = years.each_ref().map(|(name, year)| (*name, year.as_str()));
            let decade = fill(&self.words.counts.decade, &years);
            (decade, self.by_population(references.into_iter()))
        };
        decades.into_iter().rev().map(row).collect()
    }

    fn by_site(&self) -> Vec<Row> {
        let row = |site: &Site| {
            let references = self.lists.of(&ContentFile::Site(site.id.value.clone()));
            let references = references.iter().copied();
            (site.title.value.clone(), self.by_population(references))
        };
        self.ordered_sites().map(row).collect()
    }

    fn by_population<'b>(&self, references: impl Iterator<Item = &'b Reference>) -> Vec<usize> {
        let mut counts = vec![0; self.draft.handbook.populations.len()];
        for reference in references {
            if let Some(count) = counts.get_mut(self.lists.rank(reference)) {
                *count += 1;
            }
        }
        counts
    }

    fn counts(&self, caption: &str, first: &str, rows: &[Row]) -> Table {
        let populations = self.draft.handbook.populations.iter();
        let labels = populations.map(|population| capitalized(&population.label));
        let header =
            std::iter::once(first.to_owned())
                .chain(labels)
                .chain([self.words.counts.all.clone()]);
        let header: Vec<_> = header.map(|name| cell(&name)).collect();
        let mut columns = vec![Alignment::End; header.len()];
        columns[0] = Alignment::Start;
        let row = |(name, counts): &Row| {
            let mut row = vec![cell(name)];
            row.extend(counts.iter().map(|count| cell(&self.count(*count))));
            row.push(cell(&self.count(counts.iter().sum())));
            row
        };
        Table {
            caption: Some(cell(caption)),
            columns,
            header,
            rows: rows.iter().map(row).collect(),
            is_of_signs: true,
        }
    }

    /// The sum of each row as a bar.
    fn counted(&self, caption: &str, rows: &[Row]) -> Chart {
        let amount = |counts: &[usize]| {
            let count: usize = counts.iter().sum();
            Amount(
                u64::try_from(count)
                    .unwrap_or(u64::MAX)
                    .saturating_mul(1000),
            )
        };
        let longest = rows.iter().map(|(_, counts)| amount(counts)).max();
        let longest = longest.unwrap_or_default();
        let bar = |(name, counts): &Row| Bar {
            label: text_of(name),
            length: amount(counts).thousandths_of(longest),
            value: text_of(amount(counts).to_string()),
        };
        let bars: Vec<Bar> = rows.iter().map(bar).collect();
        let spoken = bars
            .iter()
            .map(|bar| format!("{} {}", bar.label.text, bar.value.text));
        let spoken: Vec<String> = spoken.collect();
        let values = spoken.join(self.words.semicolon());
        Chart {
            alt: fill(
                &self.words.counts.alt,
                &[("caption", caption), ("values", &values)],
            ),
            caption: vec![Inline::Text(text_of(caption))],
            bars,
        }
    }
}
