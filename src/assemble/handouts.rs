//! Handouts: a few pages on one technique or one site, made of what stands in the book.

use super::anchors::{anchor, article, entry};
use super::citations::section_heading;
use crate::language::case::capitalized;
use std::collections::BTreeMap;

use super::{Context, cell, text_of};
use crate::citation;
use crate::language::fill;
use crate::model::book::{
    Anchor, Block, Display, Footnote, Handout, Inline, Meta, PartMut, QrLink, Section, ShortEntry,
    Table, Topic, plain_text,
};
use crate::model::draft::{ContentFile, Reference, Site, Technique};

/// Where the links of a handout lead: the places in the book, and those in the handout that stand for them.
type Places = BTreeMap<Anchor, Anchor>;

impl<'a> Context<'a> {
    /// One for each technique and each site of the book, whose sections are in `body`.
    pub(super) fn handouts(&self, body: &[Section]) -> Vec<Handout> {
        let section = |unit: &ContentFile| {
            let place = anchor(unit);
            body.iter().find(|section| section.anchor == place)
        };
        let techniques = self.ordered_techniques().into_iter();
        let techniques = techniques.filter_map(|technique| {
            let section = section(&ContentFile::Technique(technique.id.value.clone()))?;
            Some(self.of_one_technique(technique, section))
        });
        let sites = self.ordered_sites().filter_map(|site| {
            let section = section(&ContentFile::Site(site.id.value.clone()))?;
            Some(self.of_one_site(site, section))
        });
        techniques.chain(sites).collect()
    }

    /// What it is, and what to ask.
    fn of_one_technique(&self, technique: &'a Technique, section: &Section) -> Handout {
        let words = self.words;
        let file = ContentFile::Technique(technique.id.value.clone());
        let references = self.lists.of(&file);
        let wanted = [&words.headings.what, &words.headings.questions];
        let parts = parts(&section.blocks).filter(|part| {
            let heading = title(part);
            wanted
                .iter()
                .any(|wanted| heading.as_ref() == Some(*wanted))
        });
        let topic = Topic::Technique(technique.id.value.clone());
        self.handout(topic, section, parts, references)
    }

    /// The introduction, with the techniques used there.
    fn of_one_site(&self, site: &'a Site, section: &Section) -> Handout {
        let file = ContentFile::Site(site.id.value.clone());
        let references = self.lists.of(&file);
        let topic = Topic::Site(site.id.value.clone());
        self.handout(topic, section, parts(&section.blocks), references)
    }

    fn handout<'b>(
        &self,
        topic: Topic,
        section: &'b Section,
        parts: impl Iterator<Item = &'b [Block]>,
        references: &[&'a Reference],
    ) -> Handout {
        let own = |reference: &Reference| entry(&section.anchor, &reference.id.value);
        let places = references.iter();
        let places = places.map(|reference| (article(&reference.id.value), own(reference)));
        let places: Places = places.collect();
        let book = self.meta();
        let title = &section.title.text;
        let about = fill(&self.words.handouts.about, &[("book", &book.title)]);
        let mut blocks = vec![Block::Display(
            Display::Notice,
            cell(&self.draft.handbook.disclaimer),
        )];
        blocks.extend(parts.flat_map(|part| detached(part, &places)));
        let sheet = Section {
            depth: 1,
            title: text_of(&**title),
            running: (book.title.clone(), self.edition()),
            thumb: None,
            blocks,
            footnotes: section
                .footnotes
                .iter()
                .map(|footnote| Footnote {
                    blocks: detached(&footnote.blocks, &places),
                    ..footnote.clone()
                })
                .collect(),
            ..section.clone()
        };
        let lines = self.under_populations(&section.anchor, references);
        let lookup = self.lookup(references);
        let below = Section {
            blocks: lines.clone(),
            ..sheet.clone()
        };
        let link_names = self.link_names([&sheet, &below]);
        Handout {
            topic,
            meta: Meta {
                title: fill(
                    &self.words.handouts.of,
                    &[("title", title), ("book", &book.title)],
                ),
                subjects: vec![title.clone()],
                ..book
            },
            section: sheet,
            references: lines,
            lookup,
            about: text_of(about),
            link_names,
        }
    }

    /// The references on a few lines each, under a heading for each population.
    fn under_populations(&self, section: &Anchor, references: &[&'a Reference]) -> Vec<Block> {
        if references.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![section_heading(
            section,
            "references",
            &self.words.references.title,
        )];
        for run in references.chunk_by(|a, b| self.lists.rank(a) == self.lists.rank(b)) {
            let rank = run
                .first()
                .map_or(0, |reference| self.lists.rank(reference));
            if let Some(population) = self.draft.handbook.populations.get(rank) {
                blocks.push(Block::Heading {
                    anchor: Anchor(format!("{}.__population-{rank}", section.0)),
                    level: 3,
                    content: cell(&capitalized(&population.label)),
                });
            }
            let entries = run.iter().map(|reference| ShortEntry {
                anchor: entry(section, &reference.id.value),
                reference: reference.id.value.clone(),
                rank,
                content: self.on_a_few_lines(reference),
                page: None,
            });
            blocks.push(Block::References(entries.collect()));
        }
        blocks
    }

    /// `Rose 1989. Title. Journal and pages. Study. PMID 1`.
    fn on_a_few_lines(&self, reference: &Reference) -> Vec<Inline> {
        let key = citation::closed(self.key(&reference.id.value));
        let mut content = vec![Inline::Strong(cell(&key))];
        content.extend(cell(" "));
        content.extend(self.title(reference));
        let source = citation::source(self.words, &reference.bibliographic);
        content.extend(cell(&format!(" {source} ")));
        if let Some(details) = self.details(reference) {
            let details = format!("{} ", citation::closed(&capitalized(&details)));
            content.extend(cell(&details));
        }
        content.extend(self.identifiers(reference).into_iter().next());
        content
    }

    /// The PubMed page that lists exactly these references, if it has any of them.
    fn lookup(&self, references: &[&Reference]) -> Option<QrLink> {
        let numbers = references
            .iter()
            .filter_map(|reference| reference.bibliographic.pmid());
        let numbers: Vec<String> = numbers.map(|pmid| pmid.to_string()).collect();
        let words = self.words;
        let label = match (numbers.len(), references.len()) {
            (0, _) => return None,
            (1, 1) => words.handouts.lookup_one.as_str(),
            (count, all) if count == all => words.plural(&words.plurals.lookup, all),
            (_, all) => words.plural(&words.plurals.lookup_some, all),
        };
        let (count, all) = (numbers.len().to_string(), references.len().to_string());
        let counts = [("count", count.as_str()), ("all", all.as_str())];
        Some(QrLink {
            url: format!(
                "https://pubmed.ncbi.nlm.nih.gov/?term={}",
                numbers.join("+")
            ),
            label: text_of(fill(label, &counts)),
            alt: words.handouts.code.clone(),
        })
    }
}

/// What stands before the first heading of level 2, and what stands from each to the next.
fn parts(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    blocks.chunk_by(|_, next| !matches!(next, Block::Heading { level: 2, .. }))
}

/// The words of the heading that a part begins with.
fn title(part: &[Block]) -> Option<String> {
    let Some(Block::Heading { content, .. }) = part.first() else {
        return None;
    };
    Some(plain_text(content).trim().to_owned())
}

/// The blocks as they can stand outside the book: what leads out of them is words alone, and nothing names pages.
fn detached(blocks: &[Block], places: &Places) -> Vec<Block> {
    blocks
        .iter()
        .filter_map(|block| detach(block, places))
        .collect()
}

fn detach(block: &Block, places: &Places) -> Option<Block> {
    if matches!(
        block,
        Block::RangeEnd(_)
            | Block::Articles(_)
            | Block::References(_)
            | Block::Index(_)
            | Block::Subjects(_)
            | Block::Glossary(_)
    ) {
        return None;
    }
    let mut block = block.clone();
    if let Block::Table(table) = &mut block {
        leave_out_pages(table);
    }
    for part in block.children_mut() {
        match part {
            PartMut::Text(_) => {}
            PartMut::Inlines(content) => *content = words_of(content, places),
            PartMut::Blocks(blocks) => *blocks = detached(blocks, places),
        }
    }
    Some(block)
}

/// Leaves out the columns that hold page numbers alone.
fn leave_out_pages(table: &mut Table) {
    let is_page = |cell: &Vec<Inline>| matches!(cell.as_slice(), [Inline::Pages(_)]);
    let holds_pages = |column: &usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(*column));
        cells.any(is_page)
    };
    let columns = (0..table.columns.len()).filter(holds_pages);
    for column in columns.collect::<Vec<_>>().into_iter().rev() {
        table.columns.remove(column);
        for row in std::iter::once(&mut table.header).chain(&mut table.rows) {
            if column < row.len() {
                row.remove(column);
            }
        }
    }
}

fn words_of(inlines: &[Inline], places: &Places) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Internal { content, .. } => out.extend(words_of(content, places)),
            Inline::Citation { target, mark } => out.push(match places.get(target) {
                Some(place) => Inline::Citation {
                    target: place.clone(),
                    mark: mark.clone(),
                },
                None => Inline::Text(mark.clone()),
            }),
            Inline::Term { word, .. } => out.push(Inline::Text(word.clone())),
            Inline::Pages(_) | Inline::IndexAnchor(_) => {}
            other => {
                let mut inline = other.clone();
                if let Some(content) = inline.children_mut() {
                    *content = words_of(content, places);
                }
                out.push(inline);
            }
        }
    }
    out
}
