//! Words that fit the page and are found by a search.
//!
//! Long words of headings and other names may be hyphenated, on a phone with large text: engines that have no dictionary
//! would break them anywhere. Words of the text may not: a search or a dictionary would not find them.
//!
//! A space that does not break is a letter of its own to many searches. Where it ties two short words, they are tied by
//! the styles instead.

use hypher::Lang;

use crate::render::html::{Element, Node};
use crate::render::markup::element;

/// Letters of a word that fits into a line of a phone at twice the size of its text.
const SHORT: usize = 9;

/// The same of a journal, whose name is copied: it is no larger than the text, and broken only if it must be.
const SHORT_IN_SOURCE: usize = 16;

/// Letters of words that may be tied: longer ones could be wider than the page, and are not tied at all.
const TIED: usize = 12;

const NO_BREAK: char = '\u{a0}';
const SOFT_HYPHEN: &str = "\u{ad}";

/// What a text is a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A name, where words of more letters may be hyphenated.
    Name(usize),
    Text,
}

/// The tree of a section in a language.
pub(super) fn fitted(tree: Element, language: &str) -> Element {
    let primary = language.split('-').next().unwrap_or_default();
    let code = <[u8; 2]>::try_from(primary.as_bytes()).ok();
    fit(tree, Part::Text, code.and_then(Lang::from_iso))
}

fn fit(mut element: Element, around: Part, language: Option<Lang>) -> Element {
    let part = name(&element).map_or(around, Part::Name);
    // Code is shown as it is.
    if element.name() == "code" {
        return element;
    }
    let mut children: Vec<Node> = Vec::new();
    for child in element.take_children() {
        match child {
            Node::Element(child) => children.push(fit(child, part, language).into()),
            Node::Text(text) => {
                let text = match (part, language) {
                    (Part::Name(short), Some(language)) => hyphenated(&text, short, language),
                    (Part::Name(_) | Part::Text, _) => text,
                };
                match text.contains(NO_BREAK) {
                    true => children.extend(tied(&text)),
                    false => children.push(text.into()),
                }
            }
        }
    }
    element.children(children)
}

/// For a heading, or what else names something, the letters of words that stay whole in it.
fn name(element: &Element) -> Option<usize> {
    let class = element.attribute("class").unwrap_or_default();
    let is_name = match element.name() {
        // The first cell of a row of text.
        "th" if class.starts_with("named") => false,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" | "figcaption" | "dt" => true,
        "ul" => matches!(class, "index" | "subjects"),
        "p" if class == "source" => return Some(SHORT_IN_SOURCE),
        "p" => matches!(class, "caption" | "label" | "title" | "subtitle"),
        "span" => matches!(class, "head"),
        _ => false,
    };
    is_name.then_some(SHORT)
}

/// A text with soft hyphens in its words of more letters than `short`.
fn hyphenated(text: &str, short: usize, language: Lang) -> String {
    let mut done = String::with_capacity(text.len());
    for piece in text.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        let word = piece.trim_end_matches(|letter: char| !letter.is_alphabetic());
        if word.chars().count() > short {
            done.push_str(&hypher::hyphenate(word, language).join(SOFT_HYPHEN));
        } else {
            done.push_str(word);
        }
        done.push_str(&piece[word.len()..]);
    }
    done
}

/// Plain spaces between words; a sign keeps the space that sets it off.
fn freed(text: &str) -> String {
    let mut free = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_sign = |next: &char| ":;!?»%".contains(*next);
        let is_set_off = free.ends_with('«') || letters.peek().is_some_and(is_sign);
        free.push(if letter == NO_BREAK && !is_set_off {
            ' '
        } else {
            letter
        });
    }
    free
}

/// A text with its short words tied by styles.
fn tied(text: &str) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut plain = String::new();
    for piece in text.split_inclusive([' ', '\n']) {
        let words = piece.trim_end_matches([' ', '\n']);
        let inner = words.trim_matches(NO_BREAK);
        let free = freed(inner);
        if free.chars().count() > TIED {
            plain.push_str(&piece.replacen(inner, &free, 1));
            continue;
        }
        if !ties_words(inner) {
            plain.push_str(piece);
            continue;
        }
        let start = words.len() - words.trim_start_matches(NO_BREAK).len();
        plain.push_str(&words[..start]);
        if !plain.is_empty() {
            nodes.push(std::mem::take(&mut plain).into());
        }
        let span = element("span").with("class", "tied");
        nodes.push(span.child(free).into());
        plain.push_str(&piece[start + inner.len()..]);
    }
    if !plain.is_empty() {
        nodes.push(plain.into());
    }
    nodes
}

/// Whether spaces that do not break are between letters and digits, and nowhere else.
fn ties_words(text: &str) -> bool {
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let mut around = text.split(NO_BREAK).peekable();
    let mut ties = false;
    while let (Some(before), Some(after)) = (around.next(), around.peek()) {
        if !is_word(before.chars().next_back()) || !is_word(after.chars().next()) {
            return false;
        }
        ties = true;
    }
    ties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_of_names_may_be_hyphenated() {
        let tree = element("section")
            .child(element("h1").child("Chemoembolization of the liver"))
            .child(element("p").child("Chemoembolization"));
        let wanted = element("section")
            .child(element("h1").child("Chemoem\u{ad}boliza\u{ad}tion of the liver"))
            .child(element("p").child("Chemoembolization"));
        assert_eq!(fitted(tree.clone(), "en-GB"), wanted);
        assert_eq!(fitted(tree.clone(), "zxx"), tree);
        // What is copied and searched for elsewhere is whole, if there is room for it on any page.
        let source = |text: &str| element("p").with("class", "source").child(text);
        let journal = source("Gastroenterology. 2000 Apr.");
        assert_eq!(fitted(journal.clone(), "en-GB"), journal);
        let long = fitted(source("ecancermedicalscience. 2000 Apr."), "en-GB");
        assert_ne!(long, source("ecancermedicalscience. 2000 Apr."));
    }

    #[test]
    fn tied_words_have_plain_spaces() {
        let tree = |text: &str| element("p").child(text);
        let span = |text: &str| element("span").with("class", "tied").child(text);
        assert_eq!(
            fitted(tree("after Won\u{a0}1997, 60\u{a0}mg a day"), "en"),
            element("p")
                .child("after ")
                .child(span("Won 1997,"))
                .child(" ")
                .child(span("60 mg"))
                .child(" a day")
        );
        let long = fitted(tree("a\u{a0}very\u{a0}long\u{a0}run of words"), "en");
        assert_eq!(long, tree("a very long run of words"));
        let study = fitted(tree("older\u{a0}study\u{a0}(43\u{a0}years)"), "en");
        assert_eq!(study, tree("older study (43 years)"));
        for text in ["\u{a0}24 people", "*\u{a0}a\u{a0}*", "plain"] {
            assert_eq!(fitted(tree(text), "en"), tree(text));
        }
    }
}
