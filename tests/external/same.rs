//! The words of the handbook are the same on paper, in the EPUB and on the web.

use std::collections::BTreeMap;

use fascicle::model::book::{Node, Section, Text};
use fascicle::render::{epub, web};

use super::support::{unpack, xml_text};
use super::{HANDBOOK, in_reading_order, visible};

/// Fewer letters than these may be set as a sign, or joined to a number.
const SHORT: usize = 12;

fn texts(section: &Section) -> Vec<&Text> {
    let nodes = section.nodes().into_iter();
    let texts = nodes.filter_map(|node| match node {
        Node::Text(text) => Some(text),
        Node::Anchor(_) | Node::End(_) => None,
    });
    texts.collect()
}

/// Whether pages show a text, which footnotes at the foot of one may part.
fn is_on_paper(shown: &str, text: &str) -> bool {
    shown.contains(text) || {
        let mut places = text.char_indices().map(|(at, _)| at).skip(1);
        places.any(|at| shown.contains(&text[..at]) && shown.contains(&text[at..]))
    }
}

/// The letters of a file of XML or HTML, without what explains it to those who hear it.
fn letters(text: &str) -> String {
    visible(&xml_text(text))
}

#[test]
fn the_handbook_has_the_same_words_in_all_its_forms() {
    let printed = &*HANDBOOK;
    let book = &printed.book;
    let places = printed.map.places(book);
    let pages = printed.pages();
    let files =
        unpack(&epub::epub(book, Some(&printed.map), &printed.project.images, None).unwrap());
    let packed: String = in_reading_order(book, &files)
        .into_iter()
        .map(letters)
        .collect();
    let edition = web::Edition {
        book,
        pages: Some(&printed.map),
        images: &printed.project.images,
        files: &|_| web::Files::default(),
        moved: &BTreeMap::new(),
        site: None,
    };
    let on_the_web = web::web(edition).into_iter();
    let on_the_web = on_the_web.filter(|(_, bytes)| bytes.starts_with(b"<!DOCTYPE html>"));
    let on_the_web: String = on_the_web
        .map(|(_, bytes)| letters(&String::from_utf8(bytes).unwrap()))
        .collect();
    let mut compared = 0;
    let mut missing = Vec::new();
    let next = book.sections.iter().skip(1).map(Some).chain([None]);
    for (section, next) in book.sections.iter().zip(next) {
        let first = places[&section.anchor];
        let last = next.map_or(pages.len() - 1, |next| places[&next.anchor]);
        let on_paper: String = pages[first..=last].concat();
        for text in texts(section) {
            let wanted = visible(&text.text);
            if wanted.chars().count() < SHORT {
                continue;
            }
            compared += 1;
            let forms = [
                ("on paper", is_on_paper(&on_paper, &wanted)),
                ("in the EPUB", packed.contains(&wanted)),
                ("on the web", on_the_web.contains(&wanted)),
            ];
            let lack = forms.into_iter().filter(|(_, has)| !has);
            missing.extend(
                lack.map(|(form, _)| format!("{}, not {form}: {}", section.anchor.0, text.text)),
            );
        }
    }
    assert!(compared > 5_000, "{compared}");
    assert!(
        missing.is_empty(),
        "{} of {compared}: {missing:#?}",
        missing.len()
    );
}
