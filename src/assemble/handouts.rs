//! Handouts: a few pages on one technique, one site, or one technique there, made of what stands in the book.

use std::collections::{BTreeMap, BTreeSet};

use super::anchors::{anchor, article, entry, page_anchor, page_file};
use super::citations::section_heading;
use super::{Context, cell, text_of};
use crate::citation;
use crate::language::case::capitalized;
use crate::language::fill;
use crate::model::TechniqueId;
use crate::model::book::{
    Anchor, Block, Display, Entry, Footnote, Handout, Inline, Kind, Meta, Part, PartMut, QrLink,
    Section, ShortEntry, Table, Text, Topic, plain_text,
};
use crate::model::draft::{ContentFile, Reference, Site, SiteTechnique, Technique};

/// Where the links of a handout lead: the places in the book, and those in the handout that stand for them.
type Places = BTreeMap<Anchor, Anchor>;

/// What a handout is made of.
struct Made<'b> {
    topic: Topic,
    /// Its title.
    title: &'b str,
    /// The place of the section that it is about.
    section: &'b Anchor,
    /// What stands in it, as in the book.
    blocks: Vec<Block>,
    /// The footnotes that this may have.
    footnotes: Vec<&'b Footnote>,
    /// What is filled in by hand.
    fields: Vec<Text>,
    /// The articles in full, if they are to be.
    articles: Option<&'b Section>,
}

impl<'a> Context<'a> {
    /// One for each technique, each site, and each technique at a site of the book, whose sections are in `body`.
    pub(super) fn handouts(&self, body: &[Section]) -> Vec<Handout> {
        let sections: BTreeMap<&Anchor, &Section> = body
            .iter()
            .map(|section| (&section.anchor, section))
            .collect();
        let section = |unit: &ContentFile| sections.get(&anchor(unit)).copied();
        let of_technique = |id: &TechniqueId| section(&ContentFile::Technique(id.clone()));
        let mut made = Vec::new();
        for technique in self.ordered_techniques() {
            let own = of_technique(&technique.id.value);
            made.extend(own.map(|own| self.of_one_technique(technique, own)));
        }
        for site in self.ordered_sites() {
            let own = section(&ContentFile::Site(site.id.value.clone()));
            made.extend(own.map(|own| self.of_one_site(site, own)));
        }
        let articles = body.iter().find(|section| section.kind == Kind::References);
        for site in self.ordered_sites() {
            for page in self.pages_of(site) {
                let own = sections.get(&page_anchor(site, page)).copied();
                let technique = of_technique(&page.technique.value);
                made.extend(
                    own.map(|own| self.of_one_page((site, page), own, technique, articles)),
                );
            }
        }
        made
    }

    /// What it is, and what to ask.
    fn of_one_technique(&self, technique: &'a Technique, section: &Section) -> Handout {
        let headings = &self.words.headings;
        let id = &technique.id.value;
        let made = Made {
            topic: Topic::Technique(id.clone()),
            title: &section.title.text,
            section: &section.anchor,
            blocks: parts_of(section, &[&headings.what, &headings.questions]),
            footnotes: section.footnotes.iter().collect(),
            fields: self.fields(),
            articles: None,
        };
        let file = ContentFile::Technique(id.clone());
        self.handout(made, self.lists.of(&file))
    }

    /// What is filled in by hand where questions have room for answers.
    fn fields(&self) -> Vec<Text> {
        let words = &self.words.handouts;
        [&words.name, &words.date]
            .map(|field| text_of(&**field))
            .into()
    }

    /// The introduction, with the techniques used there.
    fn of_one_site(&self, site: &'a Site, section: &Section) -> Handout {
        let made = Made {
            topic: Topic::Site(site.id.value.clone()),
            title: &section.title.text,
            section: &section.anchor,
            blocks: section.blocks.clone(),
            footnotes: section.footnotes.iter().collect(),
            fields: Vec::new(),
            articles: None,
        };
        let file = ContentFile::Site(site.id.value.clone());
        self.handout(made, self.lists.of(&file))
    }

    /// What it is, what was found there, harms, what is not known, what to ask, and each article in full.
    fn of_one_page(
        &self,
        (site, page): (&'a Site, &'a SiteTechnique),
        section: &Section,
        technique: Option<&Section>,
        articles: Option<&Section>,
    ) -> Handout {
        let (words, headings) = (&self.words.handouts, &self.words.headings);
        let of_technique = |wanted: &[&String]| {
            technique.map_or_else(Vec::new, |section| parts_of(section, wanted))
        };
        let mut blocks = of_technique(&[&headings.what]);
        blocks.push(section_heading(&section.anchor, "found", &words.found));
        // Their list is replaced by the articles in full.
        let own = parts(&section.blocks).filter(|part| !is_list(part));
        blocks.extend(own.flatten().cloned());
        blocks.extend(of_technique(&[&headings.risks, &headings.unknown]));
        blocks.extend(of_technique(&[&headings.questions]));
        let sections = [Some(section), technique, articles].into_iter().flatten();
        let made = Made {
            topic: Topic::SiteTechnique(site.id.value.clone(), page.technique.value.clone()),
            title: &section.full_title,
            section: &section.anchor,
            blocks,
            footnotes: sections.flat_map(|section| &section.footnotes).collect(),
            fields: self.fields(),
            articles,
        };
        self.handout(made, self.lists.of(&page_file(site, page)))
    }

    fn handout(&self, made: Made<'_>, listed: &[&'a Reference]) -> Handout {
        let words = &self.words.handouts;
        let references = self.with_cited(&made, listed);
        let own = |reference: &&Reference| {
            let id = &reference.id.value;
            (article(id), entry(made.section, id))
        };
        // Its own headings are where they are in the book.
        let headings = made.blocks.iter().filter_map(|block| match block {
            Block::Heading { anchor, .. } => Some((anchor.clone(), anchor.clone())),
            _ => None,
        });
        let places: Places = references.iter().map(own).chain(headings).collect();
        let book = self.meta_about(vec![made.title.to_owned()]);
        let mut blocks = vec![Block::Display(
            Display::Notice,
            cell(&self.draft.handbook.disclaimer),
        )];
        blocks.extend(detached(&made.blocks, &places));
        let mut lists = self.references(&made, listed, &references, &places);
        let footnotes = marked_anew(&mut blocks, &mut lists, &made.footnotes, &places);
        let sheet = Section {
            running: (book.title.clone(), self.edition()),
            blocks,
            footnotes,
            ..self.section(&made.section.0, Kind::Chapter, 1, made.title)
        };
        let below = Section {
            blocks: lists.clone(),
            ..sheet.clone()
        };
        let link_names = self.link_names([&sheet, &below]);
        let lookup = self.lookup(&references);
        let about = match made.articles {
            Some(_) => &words.about_all,
            None => &words.about,
        };
        let mut about = fill(about, &[("book", &book.title)]);
        if lookup.is_none() && !references.is_empty() {
            about = format!("{about} {}", words.no_lookup);
        }
        if [&sheet, &below].into_iter().any(has_comments) {
            about = format!("{about} {}", words.brackets);
        }
        Handout {
            topic: made.topic,
            meta: Meta {
                title: fill(&words.of, &[("title", made.title), ("book", &book.title)]),
                ..book
            },
            fields: made.fields,
            section: sheet,
            references: lists,
            lookup,
            about: text_of(about),
            link_names,
        }
    }

    /// The references of a list, and those that the text and the articles in full cite besides.
    fn with_cited(&self, made: &Made<'_>, listed: &[&'a Reference]) -> Vec<&'a Reference> {
        let mut wanted: BTreeSet<Anchor> = cited(&made.blocks).into_iter().collect();
        let entries = made.articles.map(entries).unwrap_or_default();
        for reference in listed {
            let place = article(&reference.id.value);
            let entry = entries.get(&place);
            wanted.extend(entry.into_iter().flat_map(|entry| cited(&entry.findings)));
            wanted.insert(place);
        }
        let references = self.draft.references.iter();
        let wanted = references.filter(|it| wanted.contains(&article(&it.id.value)));
        self.lists.in_order(wanted)
    }

    /// The references under a heading for each population: on a few lines each; or those of the list in full, and below
    /// them the others.
    fn references(
        &self,
        made: &Made<'_>,
        listed: &[&'a Reference],
        all: &[&'a Reference],
        places: &Places,
    ) -> Vec<Block> {
        let section = made.section;
        let heading = |name: &str, text: &str| section_heading(section, name, text);
        let title = heading("references", &self.words.references.title);
        let Some(articles) = made.articles else {
            let lines = |run: &[&'a Reference]| Block::References(self.lines(section, run));
            return self.under_populations(section, title, all, lines);
        };
        let in_full = |run: &[&'a Reference]| Block::Articles(in_full(articles, run, places));
        let mut blocks = self.under_populations(section, title, listed, in_full);
        let is_listed = |one: &Reference| listed.iter().any(|other| other.id == one.id);
        let others: Vec<&Reference> = all.iter().copied().filter(|it| !is_listed(it)).collect();
        if !others.is_empty() {
            blocks.push(heading("others", &self.words.handouts.others));
            blocks.push(Block::Paragraph(self.legend(&self.words.handouts.signs)));
            blocks.push(Block::References(self.lines(section, &others)));
        }
        blocks
    }

    fn under_populations(
        &self,
        section: &Anchor,
        title: Block,
        references: &[&'a Reference],
        list: impl Fn(&[&'a Reference]) -> Block,
    ) -> Vec<Block> {
        if references.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![title];
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
            blocks.push(list(run));
        }
        blocks
    }

    fn lines(&self, section: &Anchor, references: &[&'a Reference]) -> Vec<ShortEntry> {
        let line = |reference: &&'a Reference| ShortEntry {
            anchor: entry(section, &reference.id.value),
            reference: reference.id.value.clone(),
            rank: self.lists.rank(reference),
            content: self.on_a_few_lines(reference),
            page: None,
        };
        references.iter().map(line).collect()
    }

    /// `Rose 1989. Title. Journal and pages. Study. PMID 1`.
    fn on_a_few_lines(&self, reference: &Reference) -> Vec<Inline> {
        let key = citation::closed(self.key(&reference.id.value));
        let mut content = vec![Inline::Strong(cell(&key))];
        content.extend(cell(" "));
        content.extend(self.title(reference));
        let source = self
            .words
            .apart(citation::source(self.words, &reference.bibliographic));
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
            (2, 2) => words.handouts.lookup_two.as_str(),
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

/// The parts of a section that begin with these headings, in their order there.
fn parts_of(section: &Section, wanted: &[&String]) -> Vec<Block> {
    let parts = parts(&section.blocks).filter(|part| {
        let heading = title(part);
        wanted
            .iter()
            .any(|wanted| heading.as_ref() == Some(*wanted))
    });
    parts.flatten().cloned().collect()
}

/// Whether comments of the compiler stand in a section.
fn has_comments(section: &Section) -> bool {
    let mut blocks = section.all_blocks().into_iter();
    blocks.any(|block| {
        let mut inlines = block.inlines().into_iter();
        inlines.any(|inline| matches!(inline, Inline::Bracket(_)))
    })
}

/// Whether a part is the citation list of its section.
fn is_list(part: &[Block]) -> bool {
    part.iter()
        .any(|block| matches!(block, Block::References(_)))
}

/// The articles that some blocks cite.
fn cited(blocks: &[Block]) -> Vec<Anchor> {
    let mut targets = Vec::new();
    for block in blocks {
        let inlines = block.inlines().into_iter();
        targets.extend(inlines.filter_map(|inline| match inline {
            Inline::Citation { target, .. } => Some(target.clone()),
            _ => None,
        }));
        for part in block.children() {
            if let Part::Blocks(blocks) = part {
                targets.extend(cited(blocks));
            }
        }
    }
    targets
}

/// The articles of a section in full, by their places.
fn entries(articles: &Section) -> BTreeMap<&Anchor, &Entry> {
    let lists = articles.blocks.iter().filter_map(|block| match block {
        Block::Articles(entries) => Some(entries),
        _ => None,
    });
    lists
        .flatten()
        .map(|entry| (&entry.anchor, entry))
        .collect()
}

/// Articles as they stand in the book, each at the place that the handout has for it.
fn in_full(articles: &Section, references: &[&Reference], places: &Places) -> Vec<Entry> {
    let entries = entries(articles);
    let own = |reference: &&Reference| {
        let entry = *entries.get(&article(&reference.id.value))?;
        Some(Entry {
            anchor: places.get(&entry.anchor)?.clone(),
            findings: detached(&entry.findings, places),
            cited: None,
            ..entry.clone()
        })
    };
    references.iter().filter_map(own).collect()
}

/// The footnotes that some blocks have, of those that they may have, with new marks: they are from several sections.
fn marked_anew(
    blocks: &mut [Block],
    lists: &mut [Block],
    footnotes: &[&Footnote],
    places: &Places,
) -> Vec<Footnote> {
    let mut kept: Vec<Footnote> = Vec::new();
    for block in blocks.iter_mut().chain(lists) {
        mark(block, footnotes, places, &mut kept);
    }
    kept
}

/// Gives the marks in a block the numbers of their footnotes among `kept`, and adds those that are not there yet.
fn mark(block: &mut Block, footnotes: &[&Footnote], places: &Places, kept: &mut Vec<Footnote>) {
    for part in block.children_mut() {
        match part {
            PartMut::Text(_) => {}
            PartMut::Inlines(content) => mark_inlines(content, footnotes, places, kept),
            PartMut::Blocks(blocks) => {
                for block in blocks {
                    mark(block, footnotes, places, kept);
                }
            }
        }
    }
}

fn mark_inlines(
    inlines: &mut [Inline],
    footnotes: &[&Footnote],
    places: &Places,
    kept: &mut Vec<Footnote>,
) {
    for inline in inlines {
        if let Inline::Footnote { target, mark, .. } = inline {
            let known = kept.iter().position(|footnote| footnote.anchor == *target);
            let number = known.unwrap_or(kept.len()) + 1;
            *mark = number.to_string();
            let found = footnotes.iter().find(|footnote| footnote.anchor == *target);
            if let (None, Some(footnote)) = (known, found) {
                kept.push(Footnote {
                    mark: mark.clone(),
                    blocks: detached(&footnote.blocks, places),
                    ..(*footnote).clone()
                });
                // A footnote may lead to others.
                let index = kept.len() - 1;
                let mut blocks = std::mem::take(&mut kept[index].blocks);
                for block in &mut blocks {
                    self::mark(block, footnotes, places, kept);
                }
                kept[index].blocks = blocks;
            }
        }
        if let Some(content) = inline.children_mut() {
            mark_inlines(content, footnotes, places, kept);
        }
    }
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
    if let Block::Glance(glance) = &mut block {
        glance.without_pages();
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
            Inline::Internal { target, content } => {
                let content = words_of(content, places);
                match places.get(target) {
                    Some(place) => out.push(Inline::Internal {
                        target: place.clone(),
                        content,
                    }),
                    None => out.extend(content),
                }
            }
            Inline::Citation { target, mark } => out.push(match places.get(target) {
                Some(place) => Inline::Citation {
                    target: place.clone(),
                    mark: mark.clone(),
                },
                None => Inline::Text(mark.clone()),
            }),
            Inline::Term { word, .. } => out.push(Inline::Text(word.clone())),
            Inline::Pages(_) | Inline::PrintedPage { .. } | Inline::IndexAnchor(_) => {}
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
