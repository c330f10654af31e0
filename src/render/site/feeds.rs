//! The feeds of a site: editions (Atom, RFC 4287), and the books for e-reader apps (OPDS 1.2 and 2.0).

use serde_json::{Value, json};
use uuid::Uuid;

use super::{SiteInput, told, topic};
use crate::assemble::{Download, EditionView, SiteWords};
use crate::model::draft::Role;
use crate::product::{Product, media_type};
use crate::render::edition_of;
use crate::render::markup::{Element, element, xml};

/// The media type of an OPDS 1.2 acquisition feed.
pub(super) const OPDS: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";

/// The media type of an OPDS 2.0 feed.
pub(super) const OPDS_2: &str = "application/opds+json";

/// The relation of a file that everybody may take.
const OPEN_ACCESS: &str = "http://opds-spec.org/acquisition/open-access";

/// The identifier of a thing of the book: UUID version 5 (RFC 9562) of its name in the URL namespace. That of a book
/// in a catalogue is that of its EPUB; that of an entry in the feed of editions is its own.
fn identifier(input: &SiteInput<'_>, name: &[&str]) -> String {
    let handbook = input.handbook;
    let start = ["fascicle", &handbook.slug, &handbook.language.value];
    let name: Vec<&str> = start.into_iter().chain(name.iter().copied()).collect();
    let uuid = Uuid::new_v5(&Uuid::NAMESPACE_URL, name.join(":").as_bytes());
    uuid.urn().to_string()
}

/// Midnight of a day (RFC 3339).
fn midnight(date: &str) -> String {
    format!("{date}T00:00:00Z")
}

fn link(rel: &str, href: &str, kind: &str) -> Element {
    let link = element("link").with("rel", rel);
    link.with("href", href).with("type", kind)
}

/// What every Atom feed of the book begins with.
fn feed(
    input: &SiteInput<'_>,
    editions: &[EditionView],
    name: &str,
    (file, kind): (&str, &str),
) -> Element {
    let handbook = input.handbook;
    let updated = editions
        .first()
        .map_or("1970-01-01", |shown| shown.date.as_str());
    let author = element("author").child(element("name").child(handbook.publisher.as_str()));
    element("feed")
        .with("xmlns", "http://www.w3.org/2005/Atom")
        .with("xml:lang", handbook.language.value.as_str())
        .child(element("id").child(identifier(input, &[name])))
        .child(element("title").child(handbook.title.as_str()))
        .child(element("updated").child(midnight(updated)))
        .child(author)
        .child(link("self", &input.address(file), kind))
        .child(link("alternate", &input.address("index.html"), "text/html"))
}

/// The feed of editions, the newest first.
pub(super) fn atom(input: &SiteInput<'_>, editions: &[EditionView]) -> Vec<u8> {
    let title = &input.handbook.title;
    let entry = |(index, shown): (usize, &EditionView)| {
        let place = match index {
            0 => "index.html#newest".to_owned(),
            _ => format!("index.html#edition-{}", shown.edition),
        };
        let content = element("div").with("xmlns", "http://www.w3.org/1999/xhtml");
        let content = content.children(told(&shown.notes, "h3"));
        element("entry")
            .child(element("id").child(identifier(input, &[&shown.edition])))
            .child(element("title").child(format!("{title}: {}", shown.title)))
            .child(element("updated").child(midnight(&shown.date)))
            .child(element("published").child(midnight(&shown.date)))
            .child(link("alternate", &input.address(&place), "text/html"))
            .child(element("content").with("type", "xhtml").child(content))
    };
    let entries = editions.iter().enumerate().map(entry);
    let feed = feed(
        input,
        editions,
        "editions",
        ("feed.xml", "application/atom+xml"),
    );
    xml(&feed.children(entries), None)
}

/// The book, or a handout on whatever papers, of the newest edition, with the files it can be had as.
struct Publication<'a> {
    identifier: String,
    title: String,
    description: &'a str,
    shown: &'a EditionView,
    files: Vec<&'a Download>,
}

/// The book, the EPUB before the PDFs, and each handout.
fn publications<'a>(input: &SiteInput<'a>, editions: &'a [EditionView]) -> Vec<Publication<'a>> {
    let handbook = input.handbook;
    let Some(shown) = editions.first() else {
        return Vec::new();
    };
    let (handouts, mut book): (Vec<&Download>, Vec<&Download>) =
        (shown.downloads.iter().filter(|file| file.is_publication()))
            .partition(|file| !file.is_book());
    book.sort_by_key(|file| file.product != Some(Product::Epub));
    let mut publications = vec![Publication {
        identifier: identifier(input, &[edition_of(&shown.edition)]),
        title: handbook.title.clone(),
        description: &handbook.description,
        shown,
        files: book,
    }];
    let topics = handouts.chunk_by(|one, next| topic(one) == topic(next));
    publications.extend(topics.filter_map(|files| {
        let (first, of) = files.first().map(|first| (first, topic(first)))?;
        // As its title, it stays from one correction to the next.
        let name = of.map_or_else(|| first.name.clone(), ToString::to_string);
        Some(Publication {
            identifier: identifier(input, &[edition_of(&shown.edition), "handout", &name]),
            title: format!("{} – {}", first.label, handbook.title),
            description: &handbook.disclaimer,
            shown,
            files: files.to_vec(),
        })
    }));
    let known = |file: &&Download| input.href(&shown.edition, &file.name).is_some();
    for publication in &mut publications {
        publication.files.retain(known);
    }
    publications.retain(|publication| !publication.files.is_empty());
    publications
}

/// Who compiled the book; where nobody is named, who publishes it.
fn authors<'a>(input: &SiteInput<'a>) -> Vec<&'a str> {
    let people = input.handbook.contributors.iter();
    let compilers = people.filter(|person| person.role == Role::Compiler);
    let names: Vec<&str> = compilers.map(|person| person.name.as_str()).collect();
    match names.is_empty() {
        true => vec![&input.handbook.publisher],
        false => names,
    }
}

/// The catalogue of the newest edition (OPDS 1.2).
pub(super) fn opds(input: &SiteInput<'_>, words: &SiteWords, editions: &[EditionView]) -> Vec<u8> {
    let handbook = input.handbook;
    let author = |name: &&str| element("author").child(element("name").child(*name));
    let entry = |publication: &Publication<'_>| {
        let shown = publication.shown;
        let acquire = |file: &&Download| {
            let href = input.href(&shown.edition, &file.name)?;
            let link = link(OPEN_ACCESS, &input.address(&href), media_type(&file.name));
            let link = link.with("title", file.label.as_str());
            Some(link.with("length", file.bytes.to_string()))
        };
        let cover = input.cover.iter().flat_map(|_| {
            let picture = |rel| link(rel, &input.address("cover.png"), "image/png");
            [
                "http://opds-spec.org/image",
                "http://opds-spec.org/image/thumbnail",
            ]
            .map(picture)
        });
        element("entry")
            .child(element("id").child(publication.identifier.as_str()))
            .child(element("title").child(publication.title.as_str()))
            .children(authors(input).iter().map(author))
            .child(element("updated").child(midnight(&shown.date)))
            .child(element("dc:language").child(handbook.language.value.as_str()))
            .child(element("dc:publisher").child(handbook.publisher.as_str()))
            .child(element("dc:issued").child(shown.date.as_str()))
            .child(element("rights").child(words.licence.as_str()))
            .child(
                element("summary")
                    .with("type", "text")
                    .child(publication.description),
            )
            .children(cover)
            .children(publication.files.iter().filter_map(acquire))
    };
    let publications = publications(input, editions);
    let feed = feed(input, editions, "catalogue", ("opds.xml", OPDS))
        .with("xmlns:dc", "http://purl.org/dc/terms/")
        .with("xmlns:opds", "http://opds-spec.org/2010/catalog")
        .child(link("start", &input.address("opds.xml"), OPDS))
        .children(publications.iter().map(entry));
    xml(&feed, None)
}

/// The feed of the newest edition (OPDS 2.0).
pub(super) fn opds_2(input: &SiteInput<'_>, editions: &[EditionView]) -> Vec<u8> {
    let handbook = input.handbook;
    let publication = |publication: &Publication<'_>| {
        let shown = publication.shown;
        let acquire = |file: &&Download| {
            let href = input.address(&input.href(&shown.edition, &file.name)?);
            Some(json!({
                "rel": OPEN_ACCESS,
                "href": href,
                "type": media_type(&file.name),
                "title": file.label,
            }))
        };
        let links: Vec<Value> = publication.files.iter().filter_map(acquire).collect();
        let mut found = json!({
            "metadata": {
                "@type": "http://schema.org/Book",
                "identifier": publication.identifier,
                "title": publication.title,
                "author": authors(input),
                "publisher": handbook.publisher,
                "language": handbook.language.value,
                "published": shown.date,
                "modified": midnight(&shown.date),
                "description": publication.description,
            },
            "links": links,
        });
        if input.cover.is_some() {
            let href = input.address("cover.png");
            found["images"] = json!([{"href": href, "type": "image/png"}]);
        }
        found
    };
    let publications = publications(input, editions);
    let updated = editions
        .first()
        .map_or("1970-01-01", |shown| shown.date.as_str());
    let feed = json!({
        "metadata": {
            "title": handbook.title,
            "modified": midnight(updated),
            "numberOfItems": publications.len(),
        },
        "links": [
            {"rel": "self", "href": input.address("opds.json"), "type": OPDS_2},
            {"rel": "alternate", "href": input.address("index.html"), "type": "text/html"},
        ],
        "publications": publications.iter().map(publication).collect::<Vec<_>>(),
    });
    format!("{feed:#}\n").into_bytes()
}
