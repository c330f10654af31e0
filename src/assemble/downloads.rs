//! What the download site and the feeds say: names of files, sizes and headings.

use std::collections::BTreeMap;

use super::changes::{Notes, notes};
use crate::language::Words;
use crate::language::fill;
use crate::model::Variant;
use crate::model::book::Topic;
use crate::model::draft::{Draft, Handbook};
use crate::model::ledger::{Artifact, Release, UnitKind};
use crate::product::{Label, Naming, Product};
use crate::source::Spanned;

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// What it is, in words.
    pub label: String,
    /// Whom it is for; may be empty.
    pub hint: String,
    /// What it is; `None` for what this program does not make, as another one may have.
    pub product: Option<Product>,
    /// Its name.
    pub name: String,
    /// Its length in words.
    pub size: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub digest: String,
}

impl Download {
    /// Whether people read it themselves.
    #[must_use]
    pub fn is_publication(&self) -> bool {
        !matches!(self.product, Some(Product::Citations(_) | Product::Cover))
    }

    /// Whether it is one of the books or their cover, and no handout.
    #[must_use]
    pub fn is_book(&self) -> bool {
        self.product.as_ref().is_none_or(Product::is_book)
    }
}

/// An edition, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionView {
    /// Its number.
    pub edition: String,
    /// Its day (ISO 8601).
    pub date: String,
    /// Number and day in words.
    pub title: String,
    /// Its files, in the order in which they are offered.
    pub downloads: Vec<Download>,
    /// What changed.
    pub notes: Notes,
    /// Digest and program.
    pub colophon: String,
    /// That articles of it were retracted since, and which.
    pub retracted: Option<(String, Vec<String>)>,
}

/// The names of the topics of handouts beside their titles, by which they are found, too.
#[must_use]
pub fn topic_names(draft: &Draft) -> BTreeMap<Topic, Vec<String>> {
    let values = |names: &[Spanned<String>]| -> Vec<String> {
        names.iter().map(|name| name.value.clone()).collect()
    };
    let mut names = BTreeMap::new();
    let mut techniques = BTreeMap::new();
    for technique in &draft.techniques {
        let id = &technique.id.value;
        let aliases = values(&technique.aliases);
        let mut all = vec![technique.title.value.clone()];
        all.extend(aliases.iter().cloned());
        techniques.insert(id, all);
        names.insert(Topic::Technique(id.clone()), aliases);
    }
    for site in &draft.sites {
        let id = &site.id.value;
        let aliases = values(&site.aliases);
        for page in &site.techniques {
            let technique = &page.technique.value;
            let mut all = techniques.get(technique).cloned().unwrap_or_default();
            all.extend(aliases.iter().cloned());
            names.insert(Topic::SiteTechnique(id.clone(), technique.clone()), all);
        }
        names.insert(Topic::Site(id.clone()), aliases);
    }
    names
}

/// The words of the site that do not depend on an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteWords {
    /// The link that passes over the head of the page.
    pub skip: String,
    /// The heading of the books.
    pub books: String,
    /// Which of them to take.
    pub books_intro: String,
    /// The heading of the handouts.
    pub handouts: String,
    /// What they are.
    pub handouts_intro: String,
    /// The heading of those about sites.
    pub handouts_sites: String,
    /// The heading of those about techniques.
    pub handouts_techniques: String,
    /// The heading of those about techniques at sites.
    pub handouts_site_techniques: String,
    /// The name of the list of checksums.
    pub checksums: String,
    /// The heading of the changes.
    pub changes: String,
    /// The heading of earlier editions.
    pub earlier: String,
    /// Where there is none.
    pub none_earlier: String,
    /// Where the files of one cannot be found.
    pub not_kept: String,
    /// The heading of the feeds.
    pub follow: String,
    /// The Atom feed.
    pub feed: String,
    /// The OPDS 1.2 catalogue.
    pub opds: String,
    /// The OPDS 2.0 feed.
    pub opds_2: String,
    /// The licence.
    pub licence: String,
    /// Who publishes the book.
    pub publisher: String,
    /// What the picture of the cover is.
    pub cover: String,
    /// The web edition, and what it is for.
    pub read: (String, String),
    /// The file that opens everywhere.
    pub take: String,
    /// The name of the field that finds handouts.
    pub find: String,
    /// How many of them were found, with `{count}` for the number.
    pub found: String,
    /// That none was found.
    pub nothing: String,
}

/// The words of the site of a book.
#[must_use]
pub fn site_words(handbook: &Handbook) -> SiteWords {
    let words = &*Words::of_book(handbook);
    SiteWords {
        licence: fill(&words.imprint.licence, &[("licence", &handbook.licence)]),
        publisher: fill(
            &words.imprint.publisher,
            &[("publisher", &handbook.publisher)],
        ),
        skip: words.site.skip.clone(),
        books: words.site.books.clone(),
        books_intro: words.site.books_intro.clone(),
        handouts: words.site.handouts.clone(),
        handouts_intro: words.site.handouts_intro.clone(),
        handouts_sites: words.site.handouts_sites.clone(),
        handouts_techniques: words.site.handouts_techniques.clone(),
        handouts_site_techniques: words.site.handouts_site_techniques.clone(),
        checksums: words.site.checksums.clone(),
        changes: words.site.changes.clone(),
        earlier: words.site.earlier.clone(),
        none_earlier: words.site.none_earlier.clone(),
        not_kept: words.site.not_kept.clone(),
        follow: words.site.follow.clone(),
        feed: words.site.follow_feed.clone(),
        opds: words.site.follow_opds.clone(),
        opds_2: words.site.follow_opds_2.clone(),
        cover: words.site.cover.clone(),
        read: (words.site.read.clone(), words.site.read_hint.clone()),
        take: words.site.take.clone(),
        find: words.site.find.clone(),
        found: words.web.found.clone(),
        nothing: words.site.nothing.clone(),
    }
}

/// A release as it is shown, where these of its articles were retracted since.
#[must_use]
pub fn edition_view(handbook: &Handbook, release: &Release, retracted: &[String]) -> EditionView {
    let words = &*Words::of_book(handbook);
    let edition = release.edition.to_string();
    let date = words.date(release.date);
    let values = [("edition", edition.as_str()), ("date", date.as_str())];
    let title = fill(&words.site.newest, &values);
    let digest = release.inventory.content.to_string();
    let program = release.inventory.program.name.as_str();
    let colophon = fill(
        &words.site.colophon,
        &[("digest", &digest), ("program", program)],
    );
    let line = |title: &String| fill(&words.change.retracted, &[("title", title)]);
    let lines: Vec<String> = retracted.iter().map(line).collect();
    EditionView {
        retracted: (!lines.is_empty()).then(|| (words.site.retracted.clone(), lines)),
        downloads: downloads(words, handbook, release),
        notes: notes(handbook, &release.statement()),
        date: release.date.to_string(),
        edition,
        title,
        colophon,
    }
}

/// The files of a release: first a PDF, which opens everywhere, that for screens if there is one; then the EPUB; then the
/// others as they were made.
fn downloads(words: &Words, handbook: &Handbook, release: &Release) -> Vec<Download> {
    let first = Naming::of(handbook).first;
    let product = |name: &str| Product::released_as(name, release.edition, first);
    let mut files: Vec<(Option<Product>, &Artifact)> = (release.artifacts.iter())
        .map(|artifact| (product(&artifact.name), artifact))
        .collect();
    files.sort_by_key(|(product, _)| *product != Some(Product::Pdf(Variant::Screen)));
    let is_epub = |(product, _): &(Option<Product>, &Artifact)| *product == Some(Product::Epub);
    if let Some(epub) = files.iter().position(is_epub) {
        let epub = files.remove(epub);
        files.insert(files.len().min(1), epub);
    }
    let download = |(product, artifact): (Option<Product>, &Artifact)| {
        let label = product.as_ref().map(|product| product.label(words));
        let (label, hint) = match label {
            Some(Label::Words(label, hint)) => (label.to_owned(), hint.to_owned()),
            Some(Label::Unit(kind, id)) => {
                let paper = match &product {
                    Some(Product::Handout(_, paper)) if *paper != first => {
                        paper_label(words, *paper)
                    }
                    Some(_) | None => String::new(),
                };
                (title(release, kind, &id), paper)
            }
            None => (artifact.name.clone(), String::new()),
        };
        Download {
            label,
            hint,
            product,
            name: artifact.name.clone(),
            size: size(words, artifact.size),
            bytes: artifact.size,
            digest: artifact.digest.to_string(),
        }
    };
    files.into_iter().map(download).collect()
}

/// The label of a paper that handouts are printed on.
fn paper_label(words: &Words, paper: Variant) -> String {
    match Product::Pdf(paper).label(words) {
        Label::Words(label, _) => label.to_owned(),
        Label::Unit(_, id) => id,
    }
}

/// The title of what a handout is about; its name if the edition does not tell.
fn title(release: &Release, kind: UnitKind, id: &str) -> String {
    let units = &release.inventory.units;
    let unit = units.iter().find(|unit| unit.kind == kind && unit.id == id);
    unit.map_or_else(|| id.to_owned(), |unit| unit.title.clone())
}

/// A length in thousands or millions of bytes, with one decimal below ten.
fn size(words: &Words, bytes: u64) -> String {
    let (label, unit) = match bytes {
        0..1_000_000 => (&words.downloads.kilobytes, 1_000),
        _ => (&words.downloads.megabytes, 1_000_000),
    };
    let tenths = bytes.saturating_mul(10).div_ceil(unit);
    let size = match tenths {
        0..100 if unit > 1_000 => words
            .numbers
            .decimal(format!("{}.{}", tenths / 10, tenths % 10)),
        _ => bytes.div_ceil(unit).to_string(),
    };
    fill(label, &[("size", &size)]).replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        let words = Words::of("en");
        let size = |bytes| size(words, bytes).replace('\u{a0}', " ");
        assert_eq!(size(0), "0 kB");
        assert_eq!(size(1), "1 kB");
        assert_eq!(size(430_200), "431 kB");
        assert_eq!(size(1_000_000), "1.0 MB");
        assert_eq!(size(2_340_000), "2.4 MB");
        assert_eq!(size(12_300_000), "13 MB");
    }
}
