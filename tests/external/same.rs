//! The words of the handbook are the same on paper, in the EPUB and on the web.

use std::collections::BTreeMap;

use fascicle::model::book::{Footnote, Node, Section, Text};
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

/// Whether pages show a text as one piece; or the end of a page its beginning, and the next page the rest. A text ends before
/// the footnotes of its page, and goes on at the top of the next; a footnote ends with its page, and goes on before the
/// footnotes of the next. `notes` is how the footnotes begin.
fn is_on_paper(pages: &[String], notes: &[String], text: &str) -> bool {
    let begins_note =
        |rest: &str| rest.is_empty() || notes.iter().any(|note| rest.starts_with(note.as_str()));
    let is_parted_at = |page: &str, next: &str, at: usize| {
        let (first, rest) = text.split_at(at);
        let mut firsts = page.match_indices(first);
        let is_at_end = firsts.any(|(at, _)| begins_note(&page[at + first.len()..]));
        let mut rests = next.match_indices(rest);
        is_at_end
            && (next.starts_with(rest)
                || page.ends_with(first)
                    && rests.any(|(at, _)| begins_note(&next[at + rest.len()..])))
    };
    let is_parted = |pair: &[String]| {
        let mut places = text.char_indices().map(|(at, _)| at).skip(1);
        places.any(|at| is_parted_at(&pair[0], &pair[1], at))
    };
    pages.concat().contains(text) || pages.windows(2).any(is_parted)
}

/// How the footnotes of a section begin on paper: with their marks, and their first letters.
fn beginnings(section: &Section) -> Vec<String> {
    let nodes = section.nodes();
    let begins = |note: &Footnote| {
        let behind = nodes.iter().skip_while(|node| match node {
            Node::Anchor(anchor) => anchor.0 != note.anchor.0,
            Node::Text(_) | Node::End(_) => true,
        });
        let texts = behind.skip(1).map_while(|node| match node {
            Node::Text(text) => Some(visible(&text.text)),
            Node::Anchor(_) | Node::End(_) => None,
        });
        let words: String = texts.collect();
        let first: String = words.chars().take(SHORT).collect();
        format!("{}{first}", note.mark)
    };
    section.footnotes.iter().map(begins).collect()
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
        let notes = beginnings(section);
        for text in texts(section) {
            let wanted = visible(&text.text);
            if wanted.chars().count() < SHORT {
                continue;
            }
            compared += 1;
            let forms = [
                (
                    "on paper",
                    is_on_paper(&pages[first..=last], &notes, &wanted),
                ),
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

#[test]
fn a_text_is_on_paper_as_one_piece_or_over_the_end_of_a_page() {
    let pages = [
        "Atextofapageandhow1Anote",
        "itgoesonhere.thatgoeson.2Other.",
    ];
    let pages = pages.map(str::to_owned);
    let notes = ["1Anote".to_owned(), "2Other.".to_owned()];
    for (text, is_there) in [
        ("textofapage", true),
        ("apageandhowitgoesonhere.", true),
        ("Anotethatgoeson.", true),
        ("textofapagegoesonhere.", false),
        ("apageandhowgoesonhere.", false),
        ("apageandhowthatgoeson.", false),
        ("gtextofapage", false),
        ("textofapageg", false),
    ] {
        assert_eq!(is_on_paper(&pages, &notes, text), is_there, "{text}");
    }
}
