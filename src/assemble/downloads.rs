//! What the download site and the feeds say: names of files, sizes and headings.

use super::changes::{Notes, notes};
use crate::language::Words;
use crate::language::fill;
use crate::model::Variant;
use crate::model::draft::Handbook;
use crate::model::ledger::{Artifact, Release, UnitKind};

/// What a file is, apart from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The whole book as a PDF.
    Pdf,
    /// The whole book as an EPUB.
    Epub,
    /// A handout about a site.
    Site,
    /// A handout about a technique.
    Technique,
}

impl Form {
    /// Whether it is the whole book.
    #[must_use]
    pub fn is_book(self) -> bool {
        matches!(self, Self::Pdf | Self::Epub)
    }
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// What it is, in words.
    pub label: String,
    /// Whom it is for; may be empty.
    pub hint: String,
    /// What it is, for programs.
    pub form: Form,
    /// Its name.
    pub name: String,
    /// Its length in words.
    pub size: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub digest: String,
}

/// An edition, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
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
}

/// The words of the site of a book.
#[must_use]
pub fn site_words(handbook: &Handbook) -> SiteWords {
    let words = Words::of(&handbook.language.value);
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
    }
}

/// A release as it is shown.
#[must_use]
pub fn shown(handbook: &Handbook, release: &Release) -> Shown {
    let words = Words::of(&handbook.language.value);
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
    Shown {
        downloads: downloads(words, handbook, release),
        notes: notes(&handbook.language.value, &release.statement()),
        date: release.date.to_string(),
        edition,
        title,
        colophon,
    }
}

/// The files of a release: first a PDF, which opens everywhere, that for screens if there is one; then the EPUB; then the
/// others as they were made.
fn downloads(words: &Words, handbook: &Handbook, release: &Release) -> Vec<Download> {
    let edition = release.edition.to_string();
    let first = handbook.variants.first().map(|variant| variant.value);
    let mut files: Vec<(Of<'_>, &Artifact)> = (release.artifacts.iter())
        .map(|artifact| {
            let of = kind(&artifact.name, &edition, first.unwrap_or_default());
            (of, artifact)
        })
        .collect();
    files.sort_by_key(|(of, _)| *of != Of::Book(Variant::Screen));
    if let Some(epub) = files.iter().position(|(of, _)| *of == Of::Epub) {
        let epub = files.remove(epub);
        files.insert(files.len().min(1), epub);
    }
    let download = |(of, artifact): (Of<'_>, &Artifact)| {
        let (form, label, hint) = said(words, release, of);
        Download {
            label,
            hint: hint.to_owned(),
            form,
            name: artifact.name.clone(),
            size: size(words, artifact.size),
            bytes: artifact.size,
            digest: artifact.digest.to_string(),
        }
    };
    files.into_iter().map(download).collect()
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of<'a> {
    /// The book, on pages.
    Book(Variant),
    /// The book as an EPUB.
    Epub,
    /// A handout about a site.
    Site(&'a str),
    /// A handout about a technique.
    Technique(&'a str),
    /// Something that this program does not know.
    Other(&'a str),
}

/// What a file holds, by its name: see [`crate::release::files::name`]. An earlier edition may have had another `slug`,
/// which has no dots, as numbers of editions have.
fn kind<'a>(name: &'a str, edition: &str, first: Variant) -> Of<'a> {
    let Some((_, rest)) = name.split_once(&format!("-{edition}")) else {
        return Of::Other(name);
    };
    if rest == ".epub" {
        return Of::Epub;
    }
    let rest = rest.strip_suffix(".pdf").unwrap_or(rest);
    if let Some(site) = rest.strip_prefix("-handout--sites--") {
        return Of::Site(site);
    }
    if let Some(technique) = rest.strip_prefix("-handout--") {
        return Of::Technique(technique);
    }
    let variant = match rest.strip_prefix('-') {
        Some(name) => Variant::named(name),
        None => Some(first),
    };
    variant.map_or(Of::Other(name), Of::Book)
}

/// What a file is called, and whom it is for.
fn said<'a>(words: &'a Words, release: &Release, of: Of<'_>) -> (Form, String, &'a str) {
    let (label, hint) = match of {
        Of::Book(Variant::A4) => (&words.downloads.a4, &words.downloads.a4_hint),
        Of::Book(Variant::Letter) => (&words.downloads.letter, &words.downloads.letter_hint),
        Of::Book(Variant::LargePrint) => (
            &words.downloads.large_print,
            &words.downloads.large_print_hint,
        ),
        Of::Book(Variant::Screen) => (&words.downloads.screen, &words.downloads.screen_hint),
        Of::Epub => {
            return (
                Form::Epub,
                words.downloads.epub.clone(),
                &words.downloads.epub_hint,
            );
        }
        Of::Site(id) => return (Form::Site, title(release, UnitKind::Site, id), ""),
        Of::Technique(id) => return (Form::Technique, title(release, UnitKind::Technique, id), ""),
        Of::Other(name) => return (Form::Pdf, name.to_owned(), ""),
    };
    (Form::Pdf, label.clone(), hint)
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
        0..100 if unit > 1_000 => format!("{}.{}", tenths / 10, tenths % 10),
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
