//! `content.opf`: what the book is, what it is made of, and in which order it is read.

use uuid::Uuid;

use super::emit::{file, image};
use super::xhtml::{Element, element};
use crate::model::book::{Block, Book, Meta, Section};
use crate::model::draft::Role;

/// What of the book a claim of accessibility rests on.
pub(super) struct Content<'a> {
    /// The pictures that the book shows, by path below the content folder.
    pub images: Vec<&'a str>,
    /// Whether pages are marked.
    pub pages: bool,
}

/// The identifier of an edition: UUID version 5 (RFC 9562) of its address in the URL namespace.
pub(super) fn identifier(meta: &Meta) -> String {
    let name = format!("fascicle:{}:{}:{}", meta.slug, meta.language, meta.edition);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
        .urn()
        .to_string()
}

/// The pictures of a book, each once, in reading order.
pub(super) fn images(book: &Book) -> Vec<&str> {
    fn find<'a>(blocks: &'a [Block], found: &mut Vec<&'a str>) {
        for block in blocks {
            match block {
                Block::Figure { path, .. } if !found.contains(&path.as_str()) => found.push(path),
                Block::List { items, .. } => {
                    for item in items {
                        find(&item.blocks, found);
                    }
                }
                Block::Quote(blocks) => find(blocks, found),
                Block::Citations(entries) => {
                    for entry in entries {
                        find(&entry.findings, found);
                    }
                }
                Block::Figure { .. }
                | Block::Chart(_)
                | Block::Heading { .. }
                | Block::Paragraph(_)
                | Block::Display(..)
                | Block::Code(_)
                | Block::Table(_)
                | Block::Rule
                | Block::End(_)
                | Block::Subjects(_)
                | Block::References(_)
                | Block::Definitions(_)
                | Block::Index(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    for section in &book.sections {
        find(&section.blocks, &mut found);
        section
            .footnotes
            .iter()
            .for_each(|footnote| find(&footnote.blocks, &mut found));
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
        .child(manifest(book, content))
        .child(spine(&book.sections))
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
        .children(accessibility(book, content))
}

/// Accessibility metadata (EPUB Accessibility 1.1), each claim only where the book bears it out.
fn accessibility(book: &Book, content: &Content<'_>) -> Vec<Element> {
    let mut claims = vec![property("schema:accessMode", "textual")];
    if !content.images.is_empty() {
        claims.push(property("schema:accessMode", "visual"));
    }
    claims.push(property("schema:accessModeSufficient", "textual"));
    let mut features = vec![
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "ARIA",
    ];
    features.push("displayTransformability");
    // `check` lets no picture through without its words.
    if !content.images.is_empty() {
        features.push("alternativeText");
    }
    if book
        .sections
        .iter()
        .any(|section| section.kind == crate::model::book::Kind::Index)
    {
        features.push("index");
    }
    if content.pages {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    claims.extend(
        features
            .iter()
            .map(|feature| property("schema:accessibilityFeature", feature)),
    );
    claims.push(property("schema:accessibilityHazard", "none"));
    claims.push(property(
        "schema:accessibilitySummary",
        &book.labels.accessibility,
    ));
    if content.pages {
        let meta = &book.meta;
        let source = format!("{}, {}, PDF", meta.title, meta.edition);
        claims.push(property("pageBreakSource", &source));
    }
    claims.push(property(
        "dcterms:conformsTo",
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    ));
    claims.push(property("a11y:certifiedBy", &book.meta.publisher));
    claims
}

fn property(name: &str, value: &str) -> Element {
    element("meta").with("property", name).child(value)
}

fn refines(id: &str, name: &str, value: &str) -> Element {
    property(name, value).with("refines", format!("#{id}"))
}

fn manifest(book: &Book, content: &Content<'_>) -> Element {
    let item = |id: String, href: &str, kind: &str| {
        element("item")
            .with("id", id)
            .with("href", href)
            .with("media-type", kind)
    };
    let sections = book.sections.iter().map(|section| {
        let id = section.anchor.0.clone();
        let properties = draws(&section.blocks).then_some("svg");
        item(id, &file(&section.anchor), "application/xhtml+xml")
            .with_some("properties", properties)
    });
    let images = content.images.iter().enumerate().map(|(index, path)| {
        item(
            format!("image-{}", index + 1),
            &image(path),
            media_type(path),
        )
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
        .children(sections)
        .children(images)
}

/// Whether blocks have a chart, which is SVG within XHTML (EPUB 3.3, D.6.2).
fn draws(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Chart(_) => true,
        Block::Citations(entries) => entries.iter().any(|entry| draws(&entry.findings)),
        _ => false,
    })
}

/// The media type of a picture, by the ending of its name.
pub(super) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        _ => "image/jpeg",
    }
}

fn spine(sections: &[Section]) -> Element {
    let items = sections
        .iter()
        .map(|section| element("itemref").with("idref", section.anchor.0.as_str()));
    element("spine").with("toc", "ncx").children(items)
}
