//! [`Draft`] → [`Inventory`]: the digest of every unit of the book, and of the whole.
//!
//! A unit is written in the [canonical form](super::canon) as a reader sees it, and not as it was typed: titles stand
//! for the names of files, an article is known by its PMID or DOI, a picture by its bytes, a footnote by its text.
//! What does not show does not enter. How the book looks, in which variants of the page it comes, its edition and its
//! date are not content.
//!
//! Structures are taken apart field by field and nodes matched by name, so that what is new in the model does not
//! compile until it has its place here.

mod body;
mod settings;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::appearance;
use super::canon::Canon;
use super::evidence::Evidence;
use super::identity::Identities;
use crate::digest::{Digest, Fingerprint};
use crate::ledger::whole;
use crate::link::Targets;
use crate::model::draft::{
    Body, Chapter, ContentFile, Draft, Fact, Glance, Notice, NoticeKind, Reference, Review, Site,
    SiteTechnique, Technique,
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
            others: _,
            fonts: _,
            // Each is written with the reference that it is about.
            notices: _,
            // The ledger describes content; it is none itself.
            releases: _,
            issue: _,
        } = self.draft;
        let mut units = settings::configuration(handbook, see);
        units.extend(handbook.populations.iter().map(settings::population));
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
        units.extend(sorted(glossary.iter().map(settings::term)));
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
