//! Titles, names, words for pictures and addresses have room in a PDF, and in the programs that open addresses.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Block, Draft, Inline, Node, plain_text};
use crate::reading::prose::{self, Role};
use crate::source::{Span, Spanned};

/// The most characters that the names of one thing have together: a search of PubMed holds those of three, and programs
/// are asked for no more than 8,000 in an address (RFC 9110, 4.1).
const NAMES: usize = 1_000;

/// The most characters of a text that a PDF keeps as one string: there, it has room for 32,767 bytes (ISO 19005-2,
/// 6.1.13).
const TEXT: usize = 5_000;

/// The most characters of a word: all that stands between two places where a line can end is one string, too.
const WORD: usize = 2_000;

/// The most characters of text without an end of a paragraph, or of a cell: Typst finds the ends of its lines in a time that
/// grows with its square.
const RUNNING: usize = 40_000;

/// The most characters of an address.
const ADDRESS: usize = 2_000;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut look = |what: &str, length: usize, most: usize, span: Span| {
        if length > most {
            found.push(Diagnostic::new(
                Code::TooLong,
                span,
                format!("{what} has {length} characters"),
                format!("use at most {most}"),
            ));
        }
    };
    let handbook = &draft.handbook;
    look("the title", count(&handbook.title), NAMES, handbook.span);
    let description = count(&handbook.description);
    look("the description", description, TEXT, handbook.span);
    if let Some(first) = handbook.search.first() {
        let length = handbook.search.iter().map(|word| count(&word.value)).sum();
        look("`search`", length, NAMES, first.span);
    }
    for person in &handbook.contributors {
        for name in [&person.name].into_iter().chain(&person.file_as) {
            look("a name", count(name), NAMES, handbook.span);
        }
    }
    for subject in &handbook.subjects {
        look("a subject", count(&subject.term), NAMES, handbook.span);
    }
    for population in &handbook.populations {
        look(
            "a label",
            count(&population.label),
            NAMES,
            population.id.span,
        );
    }
    for (title, others) in titles(draft) {
        let length = std::iter::once(title).chain(others);
        let length = length.map(|name| count(&name.value)).sum();
        let what = match others {
            [] => "the title",
            _ => "the title, with the other names,",
        };
        look(what, length, NAMES, title.span);
    }
    for reference in &draft.references {
        for identifier in &reference.bibliographic.identifiers {
            let length = escaped(&identifier.to_string());
            let place = reference.place(identifier.key());
            look("the address, with its escapes,", length, ADDRESS, place);
        }
    }
    for (text, span) in draft.texts() {
        look("a word", longest_word(text), WORD, span);
    }
    for (_, body) in draft.units() {
        for node in body.nodes() {
            if let Node::Block(block) = node {
                for part in block.value.children() {
                    let words = plain_text(part.inlines());
                    look("a word", longest_word(&words), WORD, block.span);
                    let what = match block.value {
                        Block::Table { .. } => "a cell",
                        _ => "a paragraph",
                    };
                    look(what, count(&words), RUNNING, block.span);
                }
            }
            match node {
                Node::Block(block) => match &block.value {
                    Block::Heading { content, .. } => {
                        let words = prose::of_inlines(content, Role::Heading).text;
                        look("the heading", count(&words), NAMES, block.span);
                    }
                    Block::Image { alt, .. } => {
                        look("the alternative text", count(alt), TEXT, block.span);
                    }
                    Block::Chart(chart) => {
                        let alt = &chart.alt;
                        look("the alternative text", count(&alt.value), TEXT, alt.span);
                    }
                    _ => {}
                },
                Node::Inline(inline) => {
                    if let Inline::Link { target, .. } = &inline.value {
                        let length = escaped(target);
                        look(
                            "the address, with its escapes,",
                            length,
                            ADDRESS,
                            inline.span,
                        );
                    }
                }
            }
        }
    }
}

/// The title of each file that has one, with other names of the same.
fn titles(draft: &Draft) -> impl Iterator<Item = (&Spanned<String>, &[Spanned<String>])> {
    let chapters = draft.chapters.iter().map(|it| (&it.title, &[][..]));
    let sites = draft.sites.iter();
    let pages = draft.sites.iter().flat_map(|site| &site.techniques);
    let techniques = draft.techniques.iter();
    chapters
        .chain(sites.map(|it| (&it.title, &it.aliases[..])))
        .chain(pages.filter_map(|it| Some((it.title.as_ref()?, &[][..]))))
        .chain(techniques.map(|it| (&it.title, &it.aliases[..])))
}

/// How many characters the longest word has. A no-break space parts no words.
fn longest_word(text: &str) -> usize {
    if text.len() <= WORD {
        return 0;
    }
    let words = text
        .split([' ', '\n', '\t'])
        .filter(|word| word.len() > WORD);
    words.map(count).max().unwrap_or(0)
}

/// How many characters an address has where each that is not of ASCII is three for each of its bytes.
fn escaped(text: &str) -> usize {
    let length = |byte: u8| if byte.is_ascii() { 1 } else { 3 };
    text.bytes().map(length).sum()
}

fn count(text: &str) -> usize {
    text.chars().count()
}
