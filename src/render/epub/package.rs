//! `content.opf`: what the book is, what it is made of, and in which order it is read.

use uuid::Uuid;

use super::accessibility::claims;
use super::document::{COVER, COVER_PICTURE, NARROW};
use super::{Content, property};
use crate::model::book::{Block, Book, Meta, Section};
use crate::model::draft::Role;
use crate::render::html::picture;
use crate::render::markup::{Element, element};

/// The identifier of an edition: UUID version 5 (RFC 9562) of its address in the URL namespace.
pub(super) fn identifier(meta: &Meta) -> String {
    let name = format!("fascicle:{}:{}:{}", meta.slug, meta.language, meta.edition);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
        .urn()
        .to_string()
}

/// The pictures of a book, each once, in reading order.
pub(super) fn images(book: &Book) -> Vec<&str> {
    let mut found = Vec::new();
    for block in book.sections.iter().flat_map(Section::all_blocks) {
        if let Block::Figure { path, .. } = block
            && !found.contains(&path.as_str())
        {
            found.push(path);
        }
    }
    found
}

/// `content.opf`.
pub(super) fn package(book: &Book, content: &Content<'_>) -> Element {
    element("package")
        .with("xmlns", "http://www.idpf.org/2007/opf")
        .with("version", "3.0")
        .with("unique-identifier", "edition")
        .with("xml:lang", book.meta.language.as_str())
        .child(metadata(book, content))
        .child(manifest(content))
        .child(spine(content))
}

fn metadata(book: &Book, content: &Content<'_>) -> Element {
    let meta = &book.meta;
    let dc = |name: &'static str, text: &str| element(name).child(text);
    let mut metadata = element("metadata")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .child(dc("dc:identifier", &identifier(meta)).with("id", "edition"))
        .child(dc("dc:title", &meta.title).with("id", "title"))
        .child(refines("title", "title-type", "main"));
    if !meta.subtitle.is_empty() {
        metadata = metadata
            .child(dc("dc:title", &meta.subtitle).with("id", "subtitle"))
            .child(refines("subtitle", "title-type", "subtitle"));
    }
    metadata = metadata.child(dc("dc:language", &meta.language));
    for (index, (name, role)) in meta.contributors.iter().enumerate() {
        let id = format!("person-{}", index + 1);
        // MARC relator codes.
        let (name_of_element, code) = match role {
            Role::Compiler => ("dc:creator", "com"),
            Role::Editor => ("dc:contributor", "edt"),
            Role::Reviewer => ("dc:contributor", "rev"),
        };
        let role = refines(&id, "role", code).with("scheme", "marc:relators");
        metadata = metadata
            .child(dc(name_of_element, name).with("id", id))
            .child(role);
    }
    metadata
        .child(dc("dc:publisher", &meta.publisher))
        .child(dc("dc:rights", &meta.rights))
        .child(dc("dc:description", &meta.description))
        .children(
            meta.subjects
                .iter()
                .map(|subject| dc("dc:subject", subject)),
        )
        .child(dc("dc:date", &meta.date.to_string()))
        .child(property(
            "dcterms:modified",
            &format!("{}T00:00:00Z", meta.date),
        ))
        .child(property("schema:version", &meta.edition))
        .children((meta.digest.iter()).map(|digest| property("schema:sha256", digest)))
        .children(series(meta))
        .children(claims(book, content))
        .children(content.cover.then(|| {
            // Readers of EPUB 2 look for the cover here.
            element("meta")
                .with("name", "cover")
                .with("content", "cover-image")
        }))
}

/// The series that all editions of the book make up, and the number of this one in it, where it is made of numbers.
fn series(meta: &Meta) -> Vec<Element> {
    let name = format!("fascicle:{}:{}", meta.slug, meta.language);
    let identifier = Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn();
    let numbers = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let position = meta.edition.split('.').all(numbers);
    let position = position.then(|| refines("series", "group-position", &meta.edition));
    let mut series = vec![
        property("belongs-to-collection", &meta.title).with("id", "series"),
        refines("series", "collection-type", "series"),
        refines("series", "dcterms:identifier", &identifier.to_string()),
    ];
    series.extend(position);
    series
}

fn refines(id: &str, name: &str, value: &str) -> Element {
    property(name, value).with("refines", format!("#{id}"))
}

fn manifest(content: &Content<'_>) -> Element {
    let item = |id: String, href: &str, kind: &str| {
        element("item")
            .with("id", id)
            .with("href", href)
            .with("media-type", kind)
    };
    let sections = content.files.iter().map(|file| {
        // A chart is SVG within XHTML (EPUB 3.3, D.6.2).
        let properties = file.draws.then_some("svg");
        item(file.id.clone(), &file.name, "application/xhtml+xml")
            .with_some("properties", properties)
    });
    let images = content.images.iter().enumerate().map(|(index, path)| {
        item(
            format!("image-{}", index + 1),
            &picture(path),
            media_type(path),
        )
    });
    let cover = content.cover.then(|| {
        let image = item("cover-image".to_owned(), COVER_PICTURE, "image/png");
        let page = item("cover".to_owned(), COVER, "application/xhtml+xml");
        [page, image.with("properties", "cover-image")]
    });
    element("manifest")
        .child(
            item("nav".to_owned(), "nav.xhtml", "application/xhtml+xml").with("properties", "nav"),
        )
        .child(item(
            "ncx".to_owned(),
            "toc.ncx",
            "application/x-dtbncx+xml",
        ))
        .child(item("stylesheet".to_owned(), "stylesheet.css", "text/css"))
        .child(item("narrow".to_owned(), NARROW, "text/css"))
        .children(cover.into_iter().flatten())
        .children(sections)
        .children(images)
}

/// The media type of a picture, by the ending of its name.
pub(super) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => "image/jpeg",
    }
}

fn spine(content: &Content<'_>) -> Element {
    let cover = content
        .cover
        .then(|| element("itemref").with("idref", "cover"));
    let files = content.files.iter();
    let items = files.map(|file| element("itemref").with("idref", file.id.as_str()));
    element("spine")
        .with("toc", "ncx")
        .children(cover)
        .children(items)
}
