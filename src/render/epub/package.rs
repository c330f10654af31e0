//! The package: what the book is, what it is made of, and in which order it is read.
//!
//! `epub-builder` makes it, and from the same calls the navigation, `toc.ncx` and the files of `META-INF`. It is given
//! identifier and dates, so it uses neither a clock nor a random number.
//!
//! It has no call for the language of a package, for properties of items, or for Dublin Core elements such as publisher
//! and contributors, and it gives out nothing but a whole archive. So it gets every file by its name, without its bytes;
//! what it makes of that is taken out and amended ([`amended`] here, the others in `navigation.rs`), and `pack.rs` makes
//! the one archive of the book.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, empty};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use epub_builder::{
    EpubBuilder, EpubContent, EpubVersion, MetadataOpfV3, ReferenceType, ZipLibrary,
};
use uuid::Uuid;
use zip::ZipArchive;

use super::{EpubError, fault, parsed, part, property};
use crate::model::Date;
use crate::model::book::{Book, Meta, Person};
use crate::model::draft::{Role, SubjectCode};
use crate::render::markup::{self, element};
use crate::render::{edition_of, html};

/// The folder of the book in the archive.
const FOLDER: &str = "OEBPS";

/// The prefix of the properties of Apple Books.
const IBOOKS: &str =
    "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/";

/// The name of the package in the archive.
pub(super) const PACKAGE: &str = "OEBPS/content.opf";

/// A file of the archive: its name there, and what is in it.
pub(super) type Entry<'a> = (String, Cow<'a, [u8]>);

/// `epub-builder`, and the bytes of the files that it knows by name.
pub(super) struct Builder<'a> {
    upstream: EpubBuilder<ZipLibrary>,
    /// By their names in the archive.
    files: BTreeMap<String, &'a [u8]>,
}

impl<'a> Builder<'a> {
    /// Begins with what the book is.
    pub(super) fn new(book: &Book, claims: Vec<MetadataOpfV3>) -> Result<Self, EpubError> {
        let meta = &book.meta;
        let mut upstream = EpubBuilder::new(ZipLibrary::new().map_err(fault)?).map_err(fault)?;
        let day = midnight(meta.date)?;
        upstream.epub_version(EpubVersion::V33);
        upstream.set_uuid(uuid(meta));
        upstream.set_publication_date(day);
        upstream.set_modified_date(day);
        upstream.set_languages(vec![meta.language.clone()]);
        upstream.set_title(meta.title.as_str());
        upstream.set_description(vec![meta.description.clone()]);
        upstream.set_license(meta.rights.as_str());
        upstream.set_generator("Fascicle");
        upstream.set_toc_name(book.labels.contents.as_str());
        upstream.set_authors(creators(meta).map(|it| it.name.clone()).collect());
        for property in properties(meta).into_iter().chain(claims) {
            upstream.add_metadata_opf(Box::new(property));
        }
        let files = BTreeMap::new();
        Ok(Self { upstream, files })
    }

    fn file(&mut self, name: &str, bytes: &'a [u8]) {
        self.files.insert(format!("{FOLDER}/{name}"), bytes);
    }

    /// Adds the main style sheet.
    pub(super) fn stylesheet(&mut self, bytes: &'a [u8]) -> Result<(), EpubError> {
        self.file("stylesheet.css", bytes);
        self.upstream.stylesheet(empty()).map_err(fault)?;
        Ok(())
    }

    /// Adds what is not in the reading order.
    pub(super) fn resource(
        &mut self,
        name: &str,
        bytes: &'a [u8],
        media_type: &str,
    ) -> Result<(), EpubError> {
        self.file(name, bytes);
        let added = self.upstream.add_resource(name, empty(), media_type);
        added.map_err(fault)?;
        Ok(())
    }

    /// Adds the picture of the cover, a PNG.
    pub(super) fn cover(&mut self, name: &str, bytes: &'a [u8]) -> Result<(), EpubError> {
        self.file(name, bytes);
        let added = self.upstream.add_cover_image(name, empty(), "image/png");
        added.map_err(fault)?;
        Ok(())
    }

    /// Adds an XHTML file at the end of the reading order, and its title to the contents.
    pub(super) fn titled(
        &mut self,
        name: &str,
        bytes: &'a [u8],
        heading: &Heading<'_>,
    ) -> Result<(), EpubError> {
        let content = EpubContent::new(name, empty())
            .title(heading.title)
            .level(i32::from(heading.depth));
        let content = match heading.landmark {
            Some(landmark) => content.reftype(landmark),
            None => content,
        };
        self.file(name, bytes);
        self.upstream.add_content(content).map_err(fault)?;
        Ok(())
    }

    /// Adds an XHTML file that goes on with the one before it.
    pub(super) fn continued(&mut self, name: &str, bytes: &'a [u8]) -> Result<(), EpubError> {
        self.file(name, bytes);
        let content = EpubContent::new(name, empty());
        self.upstream.add_content(content).map_err(fault)?;
        Ok(())
    }

    /// All files, in the order of the archive, with their names there. The bytes of those that were not added are as
    /// `epub-builder` makes them.
    pub(super) fn finish(self) -> Result<Vec<Entry<'a>>, EpubError> {
        let mut archive = Vec::new();
        self.upstream.generate(&mut archive).map_err(fault)?;
        let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(fault)?;
        let mut entries = Vec::new();
        for index in 0..archive.len() {
            let mut made = archive.by_index(index).map_err(fault)?;
            let name = made.name().to_owned();
            let bytes = if let Some(bytes) = self.files.get(&name) {
                Cow::Borrowed(*bytes)
            } else {
                let mut bytes = Vec::new();
                made.read_to_end(&mut bytes).map_err(fault)?;
                Cow::Owned(bytes)
            };
            entries.push((name, bytes));
        }
        Ok(entries)
    }
}

/// How a file is listed in the contents.
pub(super) struct Heading<'a> {
    /// Its title.
    pub title: &'a str,
    /// Level in the contents, from 1.
    pub depth: u8,
    /// What it is among the landmarks, if it is one.
    pub landmark: Option<ReferenceType>,
}

/// Midnight of a day.
fn midnight(day: Date) -> Result<DateTime<Utc>, EpubError> {
    let (month, date) = (day.month.unwrap_or(1), day.day.unwrap_or(1));
    let date = NaiveDate::from_ymd_opt(day.year.into(), month.into(), date.into());
    let date = date.ok_or_else(|| fault(format!("`{day}` is no day")))?;
    Ok(date.and_time(NaiveTime::MIN).and_utc())
}

/// The identifier of an edition: UUID version 5 (RFC 9562) of its name in the URL namespace. Only the first number of
/// the edition counts (see [`edition_of`]).
fn uuid(meta: &Meta) -> Uuid {
    let edition = edition_of(&meta.edition);
    let name = format!("fascicle:{}:{}:{edition}", meta.slug, meta.language);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
}

/// Who compiled the book. `epub-builder` calls them authors, as catalogues do that know no other role.
fn creators(meta: &Meta) -> impl Iterator<Item = &Person> {
    let people = meta.contributors.iter();
    people.filter(|person| person.role == Role::Compiler)
}

/// Everybody else, with the code of the role among the MARC relators.
fn contributors(meta: &Meta) -> impl Iterator<Item = (&Person, &'static str)> {
    let people = meta.contributors.iter();
    people.filter_map(|person| match person.role {
        Role::Compiler => None,
        Role::Editor => Some((person, "edt")),
        Role::Reviewer => Some((person, "rev")),
    })
}

/// The name of the element of a contributor, from 0.
fn contributor(index: usize) -> String {
    format!("contributor-{index}")
}

/// The name of the element of a subject, from 0.
fn subject(index: usize) -> String {
    format!("subject-{index}")
}

/// What the metadata say besides Dublin Core.
fn properties(meta: &Meta) -> Vec<MetadataOpfV3> {
    // The names of the elements of creators are those that `epub-builder` gives.
    let creators = (0..).zip(creators(meta));
    let creators = creators.map(|(index, it)| (format!("epub-creator-{index}"), it, "com"));
    let others = (0..).zip(contributors(meta));
    let others = others.map(|(index, (it, role))| (contributor(index), it, role));
    let people = creators.chain(others);
    let mut properties: Vec<MetadataOpfV3> = people.flat_map(of_person).collect();
    for (index, subject) in (0..).zip(&meta.about) {
        let Some(SubjectCode { authority, code }) = &subject.code else {
            continue;
        };
        let id = self::subject(index);
        properties.push(refines(&id, "authority", authority));
        properties.push(refines(&id, "term", code));
    }
    properties.push(property("schema:version", &meta.edition));
    properties.push(property("ibooks:version", version(&meta.edition)));
    properties.extend((meta.digest.iter()).map(|digest| property("schema:sha256", digest)));
    let licence = meta.licence.iter();
    properties.extend(licence.map(|address| property("dcterms:license", address)));
    properties
}

/// The role of a person, by its code among the MARC relators, and the name as it is sorted.
fn of_person((id, person, role): (String, &Person, &str)) -> Vec<MetadataOpfV3> {
    let role = MetadataOpfV3 {
        scheme: Some("marc:relators".to_owned()),
        ..refines(&id, "role", role)
    };
    let name = person.file_as.iter();
    let mut said = vec![role];
    said.extend(name.map(|name| refines(&id, "file-as", name)));
    said
}

/// The same as the package writes it.
pub(super) fn identifier(meta: &Meta) -> String {
    uuid(meta).urn().to_string()
}

/// The number of an edition as Apple Books compares it: up to three numbers, each with up to four digits.
fn version(edition: &str) -> &str {
    edition
        .split_once('-')
        .map_or(edition, |(number, _)| number)
}

fn refines(id: &str, name: &str, value: &str) -> MetadataOpfV3 {
    MetadataOpfV3 {
        refines: Some(format!("#{id}")),
        ..property(name, value)
    }
}

/// `content.opf` as `epub-builder` wrote it, with what it has no call for: the language of the package, the direction of lines and pages, the other
/// elements of Dublin Core, and that a file `draws`, as SVG within XHTML (EPUB 3.3, D.6.2).
pub(super) fn amended(
    written: &[u8],
    meta: &Meta,
    draws: &dyn Fn(&str) -> bool,
) -> Result<Vec<u8>, EpubError> {
    let mut package = parsed(written)?;
    package.set("xml:lang", meta.language.as_str());
    package.set("prefix", IBOOKS);
    if let Some(direction) = html::direction(meta) {
        package.set("dir", direction);
        part(&mut package, "spine")?.set("page-progression-direction", direction);
    }
    let metadata = part(&mut package, "metadata")?;
    // It has the name of the first creator.
    part(metadata, "dc:language")?.remove("id");
    for (index, (person, _)) in (0..).zip(contributors(meta)) {
        let element = element("dc:contributor").with("id", contributor(index));
        metadata.push(element.child(person.name.as_str()));
    }
    for (index, listed) in (0..).zip(&meta.about) {
        let element = element("dc:subject").with("id", subject(index));
        metadata.push(element.child(listed.term.as_str()));
    }
    metadata.push(element("dc:publisher").child(meta.publisher.as_str()));
    for item in part(&mut package, "manifest")?.elements_mut() {
        if item.attribute("href").is_some_and(draws) {
            item.set("properties", "svg");
        }
    }
    Ok(markup::xml(&package, None))
}
