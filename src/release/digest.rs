//! [`Draft`] → [`Inventory`]: the digest of every unit of the book, and of the whole.
//!
//! A unit is written in the [canonical form](super::canon) as a reader sees it, and not as it was typed: titles stand
//! for the names of files, an article is known by its PMID or DOI, a picture by its bytes, a footnote by its text.
//! What does not show does not enter. How the book looks, in which variants of the page it comes, its edition and its
//! date are not content.
//!
//! Structures are taken apart field by field and nodes matched by name, so that what is new in the model does not
//! compile until it has its place here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Display;

use super::appearance;
use super::canon::Canon;
use super::evidence::Evidence;
use super::identity::Identities;
use crate::digest::{Digest, Fingerprint, sha256};
use crate::ledger::whole;
use crate::link::{self, Destination, Targets};
use crate::model::draft::{
    Alignment, Bar, Block, Body, CatalogueSubject, Chapter, Chart, Cited, ContentFile, Contributor,
    Definition, Draft, Fact, Footnote, Glance, Handbook, Inline, Notice, NoticeKind, Population,
    Reference, Review, Role, See, Site, SiteTechnique, Subject, SubjectCode, Technique, Term,
};
use crate::model::ledger::{Aspect, Inventory, Program, UnitKind, UnitRecord};
use crate::model::{Authors, Bibliographic, ChapterId, ET_AL, SiteId, TechniqueId};
use crate::source::Spanned;
use crate::styles;

/// The pictures, by path below the content folder.
type Images = BTreeMap<String, Vec<u8>>;

/// What a book is made of. `images` holds the pictures by their path below the content folder.
#[must_use]
pub fn inventory(draft: &Draft, images: &Images) -> Inventory {
    let taker = Taker {
        draft,
        images,
        names: Identities::of(draft),
        targets: Targets::of(draft),
    };
    let units = taker.units();
    Inventory {
        content: whole(&units),
        styles: appearance::digest(
            &draft.handbook.language.value,
            draft.handbook.variants.iter().map(|variant| variant.value),
            styles::all(),
            &draft.fonts,
        ),
        program: this_program(),
        units,
    }
}

/// The program that runs.
fn this_program() -> Program {
    Program {
        name: format!("fascicle {}", env!("CARGO_PKG_VERSION")),
        // Taken by `build.rs`.
        sources: Digest::parse(env!("FASCICLE_SOURCES")).unwrap_or_default(),
    }
}

/// Takes the inventory of a draft.
struct Taker<'a> {
    draft: &'a Draft,
    images: &'a Images,
    names: Identities<'a>,
    targets: Targets<'a>,
}

impl<'a> Taker<'a> {
    /// Every unit, in the order of the book.
    fn units(&self) -> Vec<UnitRecord> {
        // The rest of the draft is here: what is new in it has to find its place.
        let Draft {
            handbook,
            chapters,
            sites,
            techniques,
            references,
            glossary,
            see,
            images: _,
            fonts: _,
            // Each is written with the reference that it is about.
            notices: _,
            // The ledger describes content; it is none itself.
            releases: _,
            issue: _,
        } = self.draft;
        let mut units = configuration(handbook, see);
        units.extend(handbook.populations.iter().map(population));
        let listed = |id| chapters.iter().find(|chapter| chapter.id.value == id);
        let chapters = handbook
            .chapters
            .iter()
            .filter_map(|id| listed(id.value.clone()));
        units.extend(chapters.map(|chapter| self.chapter(chapter)));
        let listed = |id| sites.iter().find(|site| site.id.value == id);
        for site in handbook
            .sites
            .iter()
            .filter_map(|id| listed(id.value.clone()))
        {
            units.push(self.site(site));
            units.extend(sorted(
                site.techniques.iter().map(|page| self.page(site, page)),
            ));
        }
        units.extend(sorted(
            techniques.iter().map(|technique| self.technique(technique)),
        ));
        units.extend(sorted(
            references.iter().map(|reference| self.reference(reference)),
        ));
        units.extend(sorted(glossary.iter().map(term)));
        units
    }

    fn chapter(&self, chapter: &'a Chapter) -> UnitRecord {
        let Chapter {
            id,
            title,
            body,
            review,
        } = chapter;
        let place = ContentFile::Chapter(id.value.clone());
        let mut canon = Canon::default();
        reviewed(review, &mut canon);
        canon.line("title", &title.value);
        self.prose(
            UnitKind::Chapter,
            &id.value,
            &title.value,
            (&place, body),
            canon,
        )
    }

    fn site(&self, site: &'a Site) -> UnitRecord {
        let Site {
            id,
            title,
            aliases,
            search,
            body,
            techniques: _,
            review,
        } = site;
        let place = ContentFile::Site(id.value.clone());
        let mut canon = Canon::default();
        reviewed(review, &mut canon);
        canon.line("title", &title.value);
        names(&mut canon, "alias", aliases);
        names(&mut canon, "search", search);
        self.prose(
            UnitKind::Site,
            &id.value,
            &title.value,
            (&place, body),
            canon,
        )
    }

    fn page(&self, site: &'a Site, page: &'a SiteTechnique) -> UnitRecord {
        let SiteTechnique {
            technique,
            title: _,
            glance,
            body,
            review,
        } = page;
        let place = ContentFile::SiteTechnique(site.id.value.clone(), technique.value.clone());
        let id = format!("{}/{}", site.id.value, technique.value);
        let title = self.names.title_at(page);
        let mut canon = Canon::default();
        reviewed(review, &mut canon);
        canon.line("site", &site.title.value);
        canon.line("technique", self.names.technique(&technique.value));
        canon.line("title", title);
        let mut evidence = Evidence::of(body);
        self.glance(glance, &mut canon, &mut evidence);
        self.body(&place, body, &mut canon);
        let title = format!("{title} – {}", site.title.value);
        self.written(UnitKind::SiteTechnique, &id, &title, &evidence, canon)
    }

    /// What is said at a glance: its figures and the references that they are from are evidence.
    fn glance(&self, glance: &Glance, canon: &mut Canon, evidence: &mut Evidence) {
        let Glance {
            in_short,
            figure,
            harm,
        } = glance;
        canon.some(
            "in-short",
            in_short.as_ref().map(|text| text.value.as_str()),
        );
        for (name, fact) in [("figure", figure), ("harm", harm)] {
            let Some(Fact { text, reference }) = fact else {
                continue;
            };
            canon.node(name, |canon| {
                canon.line("text", &text.value);
                canon.text("cites", &self.names.reference(&reference.value));
            });
            evidence.add(&text.value, &reference.value);
        }
    }

    fn technique(&self, technique: &'a Technique) -> UnitRecord {
        let Technique {
            id,
            title,
            aliases,
            search,
            body,
            review,
        } = technique;
        let place = ContentFile::Technique(id.value.clone());
        let mut canon = Canon::default();
        reviewed(review, &mut canon);
        canon.line("title", &title.value);
        names(&mut canon, "alias", aliases);
        names(&mut canon, "search", search);
        self.prose(
            UnitKind::Technique,
            &id.value,
            &title.value,
            (&place, body),
            canon,
        )
    }

    /// A unit that the book's own authors wrote: its evidence is what it cites, and its figures.
    fn prose(
        &self,
        kind: UnitKind,
        id: &impl Display,
        title: &str,
        (place, body): (&ContentFile, &'a Body),
        mut canon: Canon,
    ) -> UnitRecord {
        self.body(place, body, &mut canon);
        self.written(kind, id, title, &Evidence::of(body), canon)
    }

    /// The record of a unit that the book's own authors wrote.
    fn written(
        &self,
        kind: UnitKind,
        id: &impl Display,
        title: &str,
        evidence: &Evidence,
        canon: Canon,
    ) -> UnitRecord {
        let mut cites = Canon::default();
        let sources: BTreeSet<String> = (evidence.cites.iter())
            .map(|id| self.names.reference(id))
            .collect();
        for source in &sources {
            cites.text("cites", source);
        }
        UnitRecord {
            kind,
            id: id.to_string(),
            title: title.to_owned(),
            digest: canon.digest(),
            aspects: (!sources.is_empty())
                .then(|| (Aspect::Sources, cites.digest().fingerprint()))
                .into_iter()
                .collect(),
            figures: evidence.figures(),
            retracted: false,
        }
    }

    fn reference(&self, reference: &'a Reference) -> UnitRecord {
        let Reference {
            id,
            bibliographic,
            places: _,
            population,
            design,
            patients,
            sites,
            techniques,
            chapters,
            kept,
            body,
        } = reference;
        let mut facts = Canon::default();
        bibliography(bibliographic, &mut facts);
        facts.some("kept", kept.as_ref().map(|why| why.value.as_str()));
        let notices: Vec<&Notice> = (self.draft.notices.iter())
            .filter(|notice| notice.is_about(reference))
            .collect();
        for line in notices
            .iter()
            .map(|notice| statement(notice))
            .collect::<BTreeSet<_>>()
        {
            facts.line("notice", &line);
        }
        let labelled = |lists: [(&str, BTreeSet<&str>); 3]| {
            let mut label = Canon::default();
            let population = population.as_ref().map(|id| id.value.as_str());
            label.some("population", population);
            let design = design.as_ref().map(|design| design.value.as_str());
            label.some("design", design);
            let patients = patients.map(|count| count.to_string());
            label.some("patients", patients.as_deref());
            for (name, list) in lists {
                for entry in list {
                    label.line(name, entry);
                }
            }
            label.digest()
        };
        let label = labelled([
            ("site", entries(sites, |id| self.names.site(id))),
            (
                "technique",
                entries(techniques, |id| self.names.technique(id)),
            ),
            ("chapter", entries(chapters, |id| self.names.chapter(id))),
        ]);
        let by_name = labelled([
            ("site", entries(sites, SiteId::as_str)),
            ("technique", entries(techniques, TechniqueId::as_str)),
            ("chapter", entries(chapters, ChapterId::as_str)),
        ]);
        let evidence = Evidence::of(body);
        let mut findings = Canon::default();
        findings.text("words", &evidence.words());
        for id in &evidence.cites {
            findings.text("cites", &self.names.reference(id));
        }
        let facts = facts.digest();
        let mut all = Canon::default();
        all.text("facts", &facts.to_string());
        all.text("label", &label.to_string());
        self.body(&ContentFile::Reference(id.value.clone()), body, &mut all);
        let aspects: [(Aspect, Fingerprint); 4] = [
            (Aspect::Facts, facts.fingerprint()),
            (Aspect::Label, label.fingerprint()),
            (Aspect::LabelByName, by_name.fingerprint()),
            (Aspect::Findings, findings.digest().fingerprint()),
        ];
        UnitRecord {
            kind: UnitKind::Reference,
            id: id.value.to_string(),
            title: Identities::mention(reference),
            digest: all.digest(),
            aspects: BTreeMap::from(aspects),
            figures: evidence.figures(),
            retracted: notices
                .iter()
                .any(|notice| notice.kind == NoticeKind::Retraction),
        }
    }

    fn body(&self, place: &ContentFile, body: &'a Body, canon: &mut Canon) {
        let mut footnotes = BTreeMap::new();
        for footnote in &body.footnotes {
            footnotes
                .entry(footnote.name.value.as_str())
                .or_insert(footnote);
        }
        let writer = BodyWriter {
            taker: self,
            place,
            footnotes,
        };
        canon.node("text", |canon| {
            let mut notes = Written::default();
            writer.blocks(&body.blocks, &mut notes, canon);
            while let Some(note) = notes.waiting.pop_front() {
                writer.note(note, &mut notes, canon);
            }
        });
    }
}

/// Units in the order of their titles; those with the same title in that of their digests, never of their files.
fn sorted(units: impl Iterator<Item = UnitRecord>) -> Vec<UnitRecord> {
    let mut units: Vec<UnitRecord> = units.collect();
    units.sort_by_cached_key(|unit| (unit.title.to_lowercase(), unit.digest));
    units
}

/// What a list holds, by title or by name.
fn entries<'b, T>(ids: &'b [Spanned<T>], name: impl Fn(&'b T) -> &'b str) -> BTreeSet<&'b str> {
    ids.iter().map(|id| name(&id.value)).collect()
}

fn names(canon: &mut Canon, name: &str, texts: &[Spanned<String>]) {
    for text in texts {
        canon.line(name, &text.value);
    }
}

fn bibliography(facts: &Bibliographic, canon: &mut Canon) {
    let Bibliographic {
        title,
        language,
        authors,
        journal,
        date,
        volume,
        issue,
        pages,
        affiliation,
        identifiers,
    } = facts;
    canon.line("title", title);
    canon.some("language", language.as_deref());
    let Authors { named, others } = authors;
    for author in named {
        canon.line("author", &author.to_string());
    }
    canon.some("author", others.then_some(ET_AL));
    canon.line("journal", journal);
    canon.text("date", &date.to_string());
    canon.some("volume", volume.as_deref());
    canon.some("issue", issue.as_deref());
    canon.some("pages", pages.as_deref());
    canon.some("affiliation", affiliation.as_deref());
    for identifier in identifiers {
        canon.line(identifier.key(), &identifier.to_string());
    }
}

/// When a section was last compared with its sources, if its own file has the date.
fn reviewed(review: &Review, canon: &mut Canon) {
    let Review { reviewed, next } = review;
    for (name, date) in [("reviewed", reviewed), ("next-review", next)] {
        canon.some(
            name,
            date.as_ref().map(|date| date.value.to_string()).as_deref(),
        );
    }
}

/// A notice of a journal about an article, on a line.
fn statement(notice: &Notice) -> String {
    let Notice {
        span: _,
        // By this, the article was found.
        article: _,
        kind,
        date,
        source,
    } = notice;
    let kind = match kind {
        NoticeKind::Retraction => "retraction",
        NoticeKind::Concern => "concern",
        NoticeKind::Correction => "correction",
    };
    format!("{kind} {date} {}", source.value)
}

/// A unit that is neither prose nor a reference. Its digest is of its whole form; with `evidence`, all of that is evidence.
fn plain(kind: UnitKind, id: &str, title: &str, canon: Canon, evidence: bool) -> UnitRecord {
    let digest = canon.digest();
    let aspect = evidence.then(|| (Aspect::Label, digest.fingerprint()));
    UnitRecord {
        kind,
        id: id.to_owned(),
        title: title.to_owned(),
        digest,
        aspects: aspect.into_iter().collect(),
        figures: Vec::new(),
        retracted: false,
    }
}

/// The facts about the whole book in `handbook.toml`, and the headings of the index that only lead to others.
fn configuration(handbook: &Handbook, see: &[See]) -> Vec<UnitRecord> {
    let Handbook {
        span: _,
        title,
        subtitle,
        slug,
        language,
        // Neither is content: the ledger has them.
        edition: _,
        date: _,
        evidence_to,
        review,
        contact,
        funding,
        interests,
        disease,
        search,
        subjects,
        // Demands on the content, and no part of it.
        reading_grade: _,
        rules: _,
        publisher,
        licence,
        font_licence,
        description,
        disclaimer,
        contributors,
        // Units of their own, an order of units, and a matter of looks.
        populations: _,
        variants: _,
        chapters: _,
        sites: _,
        labels,
    } = handbook;
    let mut book = Canon::default();
    for (name, text) in [
        ("title", title),
        ("subtitle", subtitle),
        ("slug", slug),
        ("language", &language.value),
        ("publisher", publisher),
        ("licence", licence),
        ("description", description),
        ("disclaimer", disclaimer),
    ] {
        book.line(name, text);
    }
    for (name, text) in [
        ("contact", contact),
        ("funding", funding),
        ("interests", interests),
        ("font-licence", font_licence),
    ] {
        book.some(name, text.as_ref().map(|text| text.value.as_str()));
    }
    book.some("disease", disease.as_ref().map(|text| text.value.as_str()));
    names(&mut book, "search", search);
    for subject in subjects {
        listed(subject, &mut book);
    }
    reviewed(review, &mut book);
    for person in contributors {
        contributor(person, &mut book);
    }
    let mut evidence = Canon::default();
    evidence.some("to", evidence_to.map(|date| date.to_string()).as_deref());
    let mut index = Canon::default();
    let lead: BTreeSet<(&str, &str)> = (see.iter())
        .flat_map(|See { name, to }| to.iter().map(|to| (name.value.as_str(), to.value.as_str())))
        .collect();
    for (name, to) in lead {
        index.line("see", name);
        index.line("to", to);
    }
    let mut units = vec![
        plain(UnitKind::Configuration, "book", title, book, false),
        plain(
            UnitKind::Configuration,
            "evidence-to",
            title,
            evidence,
            true,
        ),
        plain(UnitKind::Configuration, "see-also", title, index, false),
    ];
    // The order of the file is not seen, nor are its comments.
    let own: BTreeMap<&str, &str> = (labels.shown())
        .map(|(name, text)| (name.as_str(), text.value.as_str()))
        .collect();
    if !own.is_empty() {
        let mut words = Canon::default();
        for (name, text) in own {
            words.node("label", |canon| {
                canon.text("name", name);
                canon.text("words", text);
            });
        }
        let kind = UnitKind::Configuration;
        units.push(plain(kind, "labels", title, words, false));
    }
    units
}

fn listed(subject: &CatalogueSubject, canon: &mut Canon) {
    let CatalogueSubject { term, code } = subject;
    canon.node("subject", |canon| {
        canon.line("term", term);
        if let Some(SubjectCode { authority, code }) = code {
            canon.line("authority", authority);
            canon.line("code", code);
        }
    });
}

fn contributor(contributor: &Contributor, canon: &mut Canon) {
    let Contributor {
        name,
        file_as,
        role,
        note,
    } = contributor;
    let role = match role {
        Role::Compiler => "compiler",
        Role::Editor => "editor",
        Role::Reviewer => "reviewer",
    };
    canon.node(role, |canon| {
        canon.line("name", name);
        canon.some("file-as", file_as.as_deref());
        canon.line("note", note);
    });
}

fn population(population: &Population) -> UnitRecord {
    let Population {
        id,
        label,
        description,
        // What is asked of references, and no part of them.
        caution: _,
    } = population;
    let mut canon = Canon::default();
    canon.line("label", label);
    canon.line("description", description);
    plain(UnitKind::Population, id.value.as_str(), label, canon, true)
}

fn term(term: &Term) -> UnitRecord {
    let Term {
        name,
        forms,
        definition,
    } = term;
    let mut canon = Canon::default();
    canon.line("name", &name.value);
    let forms: BTreeSet<&str> = forms.iter().map(|form| form.value.as_str()).collect();
    for form in &forms {
        canon.line("form", form);
    }
    canon.line("definition", &definition.value);
    let unit = plain(UnitKind::Term, &name.value, &name.value, canon, false);
    UnitRecord {
        figures: Evidence::of_text(&definition.value).figures(),
        ..unit
    }
}

/// Writes the nodes of one body.
struct BodyWriter<'a, 'b> {
    taker: &'b Taker<'a>,
    place: &'b ContentFile,
    /// The footnotes of the body by their names.
    footnotes: BTreeMap<&'a str, &'a Footnote>,
}

/// How many footnotes are written within one another: a chain of thousands would need memory for as many calls.
const DEEPEST: usize = 24;

/// The footnotes that have been written.
#[derive(Default)]
struct Written<'a> {
    /// Their numbers: a second mark of one is its number.
    numbers: BTreeMap<&'a str, usize>,
    /// Within how many others the text is that is written now.
    depth: usize,
    /// Those that stand deeper than they are written: they come behind the text.
    waiting: VecDeque<&'a Footnote>,
}

impl<'a> BodyWriter<'a, '_> {
    fn blocks(&self, blocks: &'a [Spanned<Block>], notes: &mut Written<'a>, canon: &mut Canon) {
        for block in blocks {
            self.block(&block.value, notes, canon);
        }
    }

    fn block(&self, block: &'a Block, notes: &mut Written<'a>, canon: &mut Canon) {
        match block {
            Block::Heading {
                level,
                // Links know a heading by its words.
                id: _,
                subjects,
                content,
            } => canon.paragraph("heading", |canon| {
                canon.text("level", &level.to_string());
                for at in subjects {
                    subject(&at.value, canon);
                }
                self.inlines(content, notes, canon);
            }),
            Block::Paragraph(content) => {
                canon.paragraph("paragraph", |canon| self.inlines(content, notes, canon));
            }
            Block::List { start, items } => canon.node("list", |canon| {
                canon.some("start", start.map(|start| start.to_string()).as_deref());
                for item in items {
                    let name = match item.task {
                        None => "item",
                        Some(false) => "open",
                        Some(true) => "done",
                    };
                    canon.node(name, |canon| self.blocks(&item.blocks, notes, canon));
                }
            }),
            Block::DefinitionList(definitions) => canon.node("definitions", |canon| {
                for Definition { term, meanings } in definitions {
                    canon.paragraph("term", |canon| self.inlines(term, notes, canon));
                    for blocks in meanings {
                        canon.node("meaning", |canon| self.blocks(blocks, notes, canon));
                    }
                }
            }),
            Block::Quote(blocks) => {
                canon.node("quote", |canon| self.blocks(blocks, notes, canon));
            }
            Block::Code(text) => canon.text("code", text),
            Block::Table {
                columns,
                header,
                rows,
            } => canon.node("table", |canon| {
                for column in columns {
                    canon.text("column", alignment(*column));
                }
                for row in std::iter::once(header).chain(rows) {
                    canon.node("row", |canon| {
                        for cell in row {
                            canon.paragraph("cell", |canon| self.inlines(cell, notes, canon));
                        }
                    });
                }
            }),
            Block::Chart(chart) => self.chart(chart, canon),
            Block::Image { path, alt, caption } => canon.node("picture", |canon| {
                let bytes = self.taker.images.get(&link::join(&self.place.path(), path));
                canon.some(
                    "bytes",
                    bytes.map(|bytes| sha256(bytes).to_string()).as_deref(),
                );
                canon.line("alt", alt);
                canon.some("caption", caption.as_deref());
            }),
            Block::Rule => canon.text("rule", ""),
        }
    }

    fn chart(&self, chart: &Chart, canon: &mut Canon) {
        let Chart {
            title,
            unit,
            reference,
            alt,
            bars,
        } = chart;
        canon.node("chart", |canon| {
            canon.line("title", &title.value);
            canon.line("unit", &unit.value);
            let source = reference
                .as_ref()
                .map(|id| self.taker.names.reference(&id.value));
            canon.some("cites", source.as_deref());
            canon.line("alt", &alt.value);
            for Bar { label, value } in bars {
                canon.line("bar", &label.value);
                let value = value.as_ref().map(|value| value.value.to_string());
                canon.some("value", value.as_deref());
            }
        });
    }

    fn inlines(&self, inlines: &'a [Spanned<Inline>], notes: &mut Written<'a>, canon: &mut Canon) {
        for inline in inlines {
            self.inline(&inline.value, notes, canon);
        }
    }

    fn inline(&self, inline: &'a Inline, notes: &mut Written<'a>, canon: &mut Canon) {
        match inline {
            Inline::Text(text) => canon.characters(text),
            Inline::Emphasis(content) => {
                canon.node("emphasis", |canon| self.inlines(content, notes, canon));
            }
            Inline::Strong(content) => {
                canon.node("strong", |canon| self.inlines(content, notes, canon));
            }
            Inline::Code(text) => canon.text("code", text),
            Inline::Link { target, content } => canon.node("link", |canon| {
                canon.text("to", &self.target(target));
                self.inlines(content, notes, canon);
            }),
            Inline::Bracket(content) => {
                canon.node("comment", |canon| self.inlines(content, notes, canon));
            }
            Inline::Citation(cited) => cited.iter().for_each(|it| self.cited(it, canon)),
            Inline::Footnote(name) => self.footnote(name, notes, canon),
            Inline::Index(subjects) => {
                for at in subjects {
                    subject(&at.value, canon);
                }
            }
            Inline::Omission => canon.text("omission", ""),
            Inline::Break => canon.text("break", ""),
        }
    }

    fn cited(&self, cited: &Cited, canon: &mut Canon) {
        let Cited {
            prefix,
            id,
            locator,
            suffix,
        } = cited;
        let words = |text: &'_ Option<Spanned<String>>| text.as_ref().map(|it| it.value.clone());
        canon.some("before", words(prefix).as_deref());
        canon.text("cites", &self.taker.names.reference(&id.value));
        canon.some("in", words(locator).as_deref());
        canon.some("behind", words(suffix).as_deref());
    }

    /// Where a link leads, without the names of files: an address, or titles.
    fn target(&self, target: &str) -> String {
        match self.taker.targets.resolve(self.place, target) {
            Ok(Destination::External(address)) => address,
            Ok(Destination::Internal(unit, heading)) => {
                self.taker.names.place(&unit, heading.as_deref())
            }
            // A link that leads nowhere is an error in the content; it counts as it was typed.
            Err(_) => target.to_owned(),
        }
    }

    /// A footnote is written where it is first used; later uses are its number.
    fn footnote(&self, name: &'a str, notes: &mut Written<'a>, canon: &mut Canon) {
        if let Some(number) = notes.numbers.get(name) {
            canon.text("note", &number.to_string());
            return;
        }
        let number = notes.numbers.len() + 1;
        notes.numbers.insert(name, number);
        match self.footnotes.get(name) {
            Some(footnote) if notes.depth < DEEPEST => self.note(footnote, notes, canon),
            Some(footnote) => {
                canon.text("note", &number.to_string());
                notes.waiting.push_back(footnote);
            }
            None => {}
        }
    }

    fn note(&self, footnote: &'a Footnote, notes: &mut Written<'a>, canon: &mut Canon) {
        notes.depth += 1;
        canon.node("note", |canon| self.blocks(&footnote.blocks, notes, canon));
        notes.depth -= 1;
    }
}

fn subject(subject: &Subject, canon: &mut Canon) {
    let Subject {
        heading,
        subheading,
    } = subject;
    canon.node("index", |canon| {
        canon.line("heading", heading);
        canon.some("subheading", subheading.as_deref());
    });
}

fn alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Start => "start",
        Alignment::Center => "center",
        Alignment::End => "end",
    }
}
