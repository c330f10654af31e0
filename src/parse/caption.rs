//! Captions of tables, in Pandoc's form: a paragraph `Table: …` before or after its table, or `: …` after it.

use super::file::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Block, Inline};
use crate::source::{Span, Spanned, is_typed};

/// What a caption begins with. Below a paragraph, the last one begins a definition.
const MARKS: [&str; 3] = ["Table:", "table:", ":"];

/// The mark with which a line begins, if it is a caption's.
pub(super) fn mark(line: &str) -> Option<&'static str> {
    let is_before = |mark: &&str| {
        let rest = line.strip_prefix(*mark);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    MARKS.into_iter().find(is_before)
}

/// Puts the captions among some blocks of a text into their tables, and reports those that have no table.
pub(super) fn set(text: &str, blocks: &mut Vec<Spanned<Block>>, found: &mut Findings) {
    let marked = |block: &Spanned<Block>| match block.value {
        Block::Paragraph(_) => mark(&text[block.span.range()]),
        _ => None,
    };
    if !blocks.iter().any(|block| marked(block).is_some()) {
        return;
    }
    let mut done: Vec<Spanned<Block>> = Vec::with_capacity(blocks.len());
    let mut rest = std::mem::take(blocks).into_iter().peekable();
    while let Some(block) = rest.next() {
        let Some(mark) = marked(&block) else {
            done.push(block);
            continue;
        };
        let beside = [done.last_mut(), rest.peek_mut()].into_iter().flatten();
        let mut tables: Vec<_> = beside.filter_map(|it| place_in(&mut it.value)).collect();
        let is_empty = text[block.span.range()].trim() == mark;
        let free = tables.iter_mut().find(|place| place.is_none());
        if let Some(place) = free.filter(|_| !is_empty) {
            **place = Some(words(block, mark, text));
        } else {
            found.push(misplaced(block.span, mark, is_empty, !tables.is_empty()));
            done.push(block);
        }
    }
    *blocks = done;
}

/// Where a table has its caption.
fn place_in(block: &mut Block) -> Option<&mut Option<Vec<Spanned<Inline>>>> {
    match block {
        Block::Table { caption, .. } => Some(caption),
        _ => None,
    }
}

/// The words of a caption in this source, without its mark.
fn words(block: Spanned<Block>, mark: &str, source: &str) -> Vec<Spanned<Inline>> {
    let Block::Paragraph(mut content) = block.value else {
        return Vec::new();
    };
    let Some(Spanned {
        value: Inline::Text(text),
        span,
    }) = content.first_mut()
    else {
        return content;
    };
    let range = span.range();
    let words = text.strip_prefix(mark).unwrap_or(text).trim_start();
    // A text that the parser has changed has the place of the whole.
    if source
        .get(range.clone())
        .is_some_and(|typed| is_typed(text, typed))
    {
        *span = Span::new(span.source, range.end - words.len()..range.end);
    }
    *text = words.to_owned();
    // What follows is a space if the caption begins in the next line, or other markup.
    let is_space = |inline: &Spanned<Inline>| matches!(&inline.value, Inline::Text(text) if text.trim().is_empty());
    let before = content.iter().take_while(|inline| is_space(inline)).count();
    content.drain(..before);
    content
}

fn misplaced(paragraph: Span, mark: &str, is_empty: bool, by_a_table: bool) -> Diagnostic {
    let range = paragraph.range();
    let span = Span::new(paragraph.source, range.start..range.start + mark.len());
    let plain = mark.replace(':', "\\:");
    let (message, help) = match (is_empty, by_a_table, mark) {
        (true, ..) => (
            "this caption of a table has no words",
            format!("write what the table shows: `{mark} …`"),
        ),
        (false, true, _) => (
            "the table beside this caption has one already",
            "make one caption of both".to_owned(),
        ),
        (false, false, ":") => (
            "before this definition there is no term, and before this caption no table",
            format!("put it below its term or its table, or write `{plain}` for a plain colon"),
        ),
        (false, false, _) => (
            "there is no table beside this caption",
            format!(
                "put it directly before or after its table, or write `{plain}` for plain words"
            ),
        ),
    };
    Diagnostic::new(Code::MisreadMarkup, span, message, help).label("shown as text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draft::plain_text;
    use crate::parse::markdown;
    use crate::source::{Source, SourceId};

    const TABLE: &str = "| a | b |\n|---|---|\n| 1 | 2 |\n";

    /// The captions of the tables of a text, and what is reported, with the characters that it is reported at.
    fn read(text: &str) -> (Vec<Option<String>>, Vec<(String, String)>) {
        let source = Source {
            path: "chapters/one.md".to_owned(),
            text: text.to_owned(),
        };
        let (body, found) = markdown::body(SourceId(0), &source, 0..text.len(), "en");
        let captions = body.blocks.iter().filter_map(|block| match &block.value {
            Block::Table { caption, .. } => Some(caption.as_deref().map(plain_text)),
            _ => None,
        });
        let found = found.into_iter().map(|it| {
            let at = &text[it.span.range()];
            (it.message, at.to_owned())
        });
        (captions.collect(), found.collect())
    }

    #[test]
    fn captions_are_before_or_after_their_tables() {
        for text in [
            format!("Table: What *it* is.\n\n{TABLE}"),
            format!("table:\nWhat *it* is.\n\n{TABLE}"),
            format!("{TABLE}\nTable: What *it* is."),
            format!("{TABLE}\n: What *it*\n  is."),
            format!("{TABLE}\n\n:   What *it* is.\n\nWords."),
        ] {
            let (captions, found) = read(&text);
            assert_eq!(captions, [Some("What it is.".to_owned())], "{text}");
            assert_eq!(found, [], "{text}");
        }
        let item = format!("- Table: One.\n\n  {}", TABLE.replace('\n', "\n  "));
        assert_eq!(read(&item).1, []);
        let (captions, _) = read(&format!("{TABLE}\nTable: One.\n\n{TABLE}\nTable: Two.\n"));
        let name = |name: &str| Some(name.to_owned());
        assert_eq!(captions, [name("One."), name("Two.")]);
        let (captions, _) = read(&format!("Table: One.\n\n{TABLE}\nTable: Two.\n\n{TABLE}"));
        assert_eq!(captions, [name("One."), name("Two.")]);
    }

    #[test]
    fn a_caption_without_a_table_is_reported_at_its_mark() {
        for (text, message, at) in [
            (
                format!("Table: Away.\n\nWords.\n\n{TABLE}"),
                "there is no table beside this caption",
                "Table:",
            ),
            (
                format!("Table: One.\n\n{TABLE}\nTable: Two."),
                "the table beside this caption has one already",
                "Table:",
            ),
            (
                format!("{TABLE}\n:"),
                "this caption of a table has no words",
                ":",
            ),
            (
                format!("{TABLE}Table: Too near."),
                "this caption is read as a row of the table",
                "Table: Too near.",
            ),
            (
                format!("## Head\n\n: Words.\n\n## Foot\n\n{TABLE}"),
                "before this definition there is no term, and before this caption no table",
                ":",
            ),
        ] {
            let (_, found) = read(&text);
            assert_eq!(found, [(message.to_owned(), at.to_owned())], "{text}");
        }
        for text in [
            "Table\\: words.",
            "The table: words.",
            ":) words",
            "Term\n: meaning",
            "- Table: words\n- : words",
            "1. Table: words\n\n2. other words",
        ] {
            assert_eq!(read(text).1, [], "{text}");
        }
    }
}
