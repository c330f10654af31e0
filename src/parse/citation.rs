//! Citations, as readers of Pandoc's Markdown know them: `[@a]`, `[@a; @b]`, `[see @a, pp. 3–5; also @b]`.

use std::ops::Range;

use super::file::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ReferenceId;
use crate::model::draft::Cited;
use crate::source::{Source, SourceId, Span, Spanned};

/// Reads a range of a file as running text, if it is nothing but text.
pub(super) type TextIn<'a> = &'a dyn Fn(Range<usize>) -> Option<String>;

/// Reads what is within some brackets as a citation, if it is one: it begins with `@`, or each part of it between
/// semicolons names a reference.
pub(super) fn read(
    id: SourceId,
    source: &Source,
    inner: Range<usize>,
    text_in: TextIn<'_>,
    findings: &mut Findings,
) -> Option<Vec<Cited>> {
    let text = &source.text;
    let parts: Vec<(Range<usize>, Vec<Range<usize>>)> = parts(text, inner.clone())
        .map(|part| (part.clone(), marks(text, part)))
        .collect();
    let begins = text[inner].trim_start().starts_with('@');
    if !begins && parts.iter().any(|(_, marks)| marks.is_empty()) {
        return None;
    }
    let reader = Reader {
        id,
        source,
        text_in,
    };
    let mut cited = Vec::new();
    for (part, marks) in parts {
        match reader.part(&part, &marks) {
            Ok(it) => cited.push(it),
            Err(finding) => findings.push(*finding),
        }
    }
    Some(cited)
}

/// What is between semicolons.
fn parts(text: &str, inner: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = inner.start;
    text[inner].split(';').map(move |part| {
        let range = start..start + part.len();
        start = range.end + 1;
        trimmed(text, range)
    })
}

/// The range without the white space and the marks of a quotation around it, where a line ends within a citation.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let is_around = |it: char| it.is_whitespace() || it == '>';
    let from = whole.trim_start_matches(is_around);
    let start = range.end - from.len();
    start..start + from.trim_end_matches(is_around).len()
}

/// Each `@` with the name of a reference, where no letter, digit or backslash is before it.
fn marks(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let whole = &text[part.clone()];
    let found = whole.match_indices('@').filter_map(|(at, _)| {
        let before = whole[..at].chars().next_back();
        let name = whole[at + 1..].find(|it| !is_of_name(it));
        let end = name.map_or(whole.len(), |length| at + 1 + length);
        let is_mark = end > at + 1
            && before.is_none_or(|it| !(it.is_alphanumeric() || matches!(it, '\\' | '.' | '_')));
        is_mark.then_some(part.start + at..part.start + end)
    });
    found.collect()
}

/// What the name of a reference could have; `check` finds out whether it exists.
fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '.')
}

struct Reader<'a> {
    id: SourceId,
    source: &'a Source,
    text_in: TextIn<'a>,
}

impl Reader<'_> {
    fn text(&self, range: Range<usize>) -> &str {
        &self.source.text[range]
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    /// A reference with the words around it.
    fn part(&self, part: &Range<usize>, marks: &[Range<usize>]) -> Result<Cited, Box<Diagnostic>> {
        let [mark] = marks else {
            return Err(Box::new(self.malformed(part.clone())));
        };
        let before = trimmed(&self.source.text, part.start..mark.start);
        if self.text(before.clone()).ends_with('-') {
            return Err(Box::new(self.malformed(part.clone())));
        }
        let behind = mark.end..part.end;
        let (locator, suffix) = split(&self.words(behind.clone())?);
        let placed = |text: String| Spanned::new(text, self.span(behind.clone()));
        Ok(Cited {
            prefix: Some(Spanned::new(self.words(before.clone())?, self.span(before)))
                .filter(|words| !words.value.is_empty()),
            id: Spanned::new(
                ReferenceId::from(self.text(mark.start + 1..mark.end)),
                self.span(mark.clone()),
            ),
            locator: locator.map(placed),
            suffix: suffix.map(placed),
        })
    }

    /// Words before or behind the name: with the quotation marks and dashes of running text, and nothing else of it.
    fn words(&self, range: Range<usize>) -> Result<String, Box<Diagnostic>> {
        // A space at the beginning is no indentation, and a number there begins no list.
        let written = self.text(range.clone());
        if written.trim().is_empty() {
            return Ok(String::new());
        }
        let is_plain = |it: char| it.is_alphanumeric() || " ,.:()–".contains(it);
        if written.chars().all(is_plain) {
            return Ok(written.to_owned());
        }
        let start = range.end - written.trim_start().len();
        let Some(text) = (self.text_in)(start..range.end) else {
            return Err(Box::new(self.marked_up(start..range.end)));
        };
        let space = &written[..written.len() - written.trim_start().len()];
        Ok(format!("{space}{text}"))
    }

    fn marked_up(&self, range: Range<usize>) -> Diagnostic {
        Diagnostic::new(
            Code::MalformedCitation,
            self.span(range),
            "the words in a citation have markup",
            "write them without emphasis, links and lists, or put them before the citation",
        )
        .label("only words can be here")
    }

    fn malformed(&self, part: Range<usize>) -> Diagnostic {
        let name = self.text(part.clone());
        Diagnostic::new(
            Code::MalformedCitation,
            self.span(part),
            format!("`{name}` is not a citation"),
            help(name),
        )
        .label("not of the form `@id`")
    }
}

/// What to type instead of a part of a citation that names no reference, or several.
fn help(typed: &str) -> String {
    let ids: Vec<&str> = marks(typed, 0..typed.len())
        .into_iter()
        .map(|mark| &typed[mark])
        .collect();
    match ids.as_slice() {
        [] => "write `@` and the name of the file of a reference, without `.md`".to_owned(),
        ids => format!("type `[{}]`", ids.join("; ")),
    }
}

/// The place in an article, as in `, p. 4`, and what follows it: a number, with one word before it behind a comma, or with
/// one that is shortened.
fn split(behind: &str) -> (Option<String>, Option<String>) {
    let typed = behind.trim();
    let after = typed.strip_prefix(',').map(str::trim_start);
    let words = after.unwrap_or(typed);
    let term = words.find(|it: char| !(it.is_alphabetic() || matches!(it, '.' | 'º' | '°')));
    let (term, rest) = words.split_at(term.unwrap_or(words.len()));
    let number = rest.trim_start();
    let length = number_length(number);
    let is_term = match after {
        Some(_) => true,
        None => term.is_empty() || term.ends_with('.'),
    };
    if length == 0 || !is_term {
        return (None, some(typed));
    }
    let tie = if term.is_empty() { "" } else { "\u{a0}" };
    let (number, suffix) = number.split_at(length);
    let number = number.replace('-', "–");
    (Some(format!("{term}{tie}{number}")), some(suffix.trim()))
}

/// How many bytes the numbers have with which a text begins: `3`, `3–5`, `3, 7`, `e12`.
fn number_length(text: &str) -> usize {
    let is_number = |it: char| it.is_alphanumeric() || matches!(it, '-' | '–' | '.');
    let mut length = 0;
    loop {
        let rest = &text[length..];
        let list = match length {
            0 => rest,
            _ => rest.strip_prefix(", ").unwrap_or_default(),
        };
        let end = list.find(|it| !is_number(it)).unwrap_or(list.len());
        let number = list[..end].trim_end_matches('.');
        if !number.starts_with(|it: char| it.is_ascii_digit()) {
            return length;
        }
        length += rest.len() - list.len() + number.len();
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_an_article_is_a_number_with_its_word() {
        let split = |text| {
            let (locator, suffix) = split(text);
            (locator.unwrap_or_default(), suffix.unwrap_or_default())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(split(", p. 4"), pair("p.\u{a0}4", ""));
        assert_eq!(split(" p. 4"), pair("p.\u{a0}4", ""));
        assert_eq!(split(", pp. 33-35, 38"), pair("pp.\u{a0}33–35, 38", ""));
        assert_eq!(split(", 12"), pair("12", ""));
        assert_eq!(
            split(", Seite 4, mit Bild"),
            pair("Seite\u{a0}4", ", mit Bild")
        );
        assert_eq!(split(", but not all"), pair("", ", but not all"));
        assert_eq!(split(" in 1989"), pair("", "in 1989"));
        assert_eq!(split(""), pair("", ""));
    }
}
