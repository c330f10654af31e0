//! The words of a body, and the place of each piece in its file.

use std::ops::Range;

use crate::language::Quotation;
use crate::model::draft::{Block, Body, Inline, Part};
use crate::source::{Source, Span, Spanned, is_typed};

/// What a run of text is in its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A heading or a name.
    Heading,
    /// A paragraph, also one of a list.
    Paragraph,
    /// A paragraph of a quotation.
    Quote,
    /// A cell of a table.
    Cell,
    /// What is said at a glance.
    Fact,
}

/// The words of one heading, paragraph or cell, without marks and citations.
#[derive(Debug, Clone)]
pub(crate) struct Prose {
    /// What it is.
    pub(crate) role: Role,
    /// The words.
    pub(crate) text: String,
    pieces: Vec<Piece>,
}

/// A stretch of text that is in the file without a break.
#[derive(Debug, Clone)]
struct Piece {
    /// Where it begins in the text.
    at: usize,
    /// Its place in the file.
    span: Span,
    /// Whether it is the text of a link.
    link: bool,
}

/// All words of a body, footnotes last.
pub(crate) fn of(body: &Body) -> Vec<Prose> {
    let mut prose = Vec::new();
    let notes = body.footnotes.iter().flat_map(|footnote| &footnote.blocks);
    for block in body.blocks.iter().chain(notes) {
        collect(&block.value, Role::Paragraph, &mut prose);
    }
    prose
}

/// All words of a block.
pub(crate) fn of_block(block: &Block) -> Vec<Prose> {
    let mut prose = Vec::new();
    collect(block, Role::Paragraph, &mut prose);
    prose
}

/// The texts that are read as sentences.
pub(crate) fn running(prose: &[Prose]) -> impl Iterator<Item = &str> {
    let running = prose.iter().filter(|prose| prose.is_running());
    running.map(|prose| prose.text.as_str())
}

/// The words of some inlines.
pub(crate) fn of_inlines(content: &[Spanned<Inline>], role: Role) -> Prose {
    let mut prose = Prose {
        role,
        text: String::new(),
        pieces: Vec::new(),
    };
    prose.add(content, false);
    prose
}

/// The words of what is said at a glance.
pub(crate) fn of_fact(text: &Spanned<String>) -> Prose {
    let whole = Piece {
        at: 0,
        span: text.span,
        link: false,
    };
    Prose {
        role: Role::Fact,
        text: text.value.clone(),
        pieces: vec![whole],
    }
}

fn collect(block: &Block, role: Role, prose: &mut Vec<Prose>) {
    let role = match block {
        Block::Quote(_) => Role::Quote,
        _ => role,
    };
    for part in block.children() {
        match part {
            Part::Name(content) => prose.push(of_inlines(content, Role::Heading)),
            Part::Text(content) => prose.push(of_inlines(content, role)),
            Part::Cell(content) => prose.push(of_inlines(content, Role::Cell)),
            Part::Blocks(blocks) => {
                for block in blocks {
                    collect(&block.value, role, prose);
                }
            }
        }
    }
}

impl Prose {
    fn add(&mut self, content: &[Spanned<Inline>], link: bool) {
        for inline in content {
            let text = match &inline.value {
                // Code is a name or what somebody types: its letters are not words.
                Inline::Code(code) if !code.is_empty() => "·",
                other => other.characters(),
            };
            if !text.is_empty() {
                self.pieces.push(Piece {
                    at: self.text.len(),
                    span: inline.span,
                    link,
                });
                self.text.push_str(text);
            }
            let link = link || matches!(inline.value, Inline::Link { .. });
            self.add(inline.value.children(), link);
        }
    }

    /// Whether it is read as sentences: not a heading, nor a cell of a table.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.role, Role::Paragraph | Role::Quote)
    }

    /// Drops everything behind the first `length` bytes.
    pub(crate) fn cut(&mut self, length: usize) {
        if self.text.len() > length {
            let length = self.text.floor_char_boundary(length);
            self.text.truncate(length);
            self.pieces.retain(|piece| piece.at < length);
        }
    }

    /// Whether the byte `at` is in the text of a link.
    pub(crate) fn in_link(&self, at: usize) -> bool {
        self.piece(at).is_some_and(|piece| piece.link)
    }

    /// Whether the byte `at` is between quotation marks, or, in a quotation, anywhere.
    pub(crate) fn is_quoted(&self, at: usize, quotation: &Quotation) -> bool {
        self.role == Role::Quote || quotation.is_open(&self.text[..at])
    }

    /// The place of a stretch of the text in its file.
    pub(crate) fn span(&self, sources: &[Source], range: Range<usize>) -> Option<Span> {
        let first = self.piece(range.start)?;
        let last = self.piece(range.end.saturating_sub(1)).unwrap_or(first);
        let start = self.place(sources, first, range.start).start;
        let end = self.place(sources, last, range.end.saturating_sub(1)).end;
        Some(Span {
            source: first.span.source,
            start,
            end: end.max(start),
        })
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(next.checked_sub(1)?)
    }

    /// The character of which byte `at` of a piece is a part, in the file.
    fn place(&self, sources: &[Source], piece: &Piece, at: usize) -> Span {
        let end = self.pieces.partition_point(|other| other.at <= piece.at);
        let end = self.pieces.get(end).map_or(self.text.len(), |next| next.at);
        let written = sources
            .get(piece.span.source.0 as usize)
            .and_then(|source| source.text.get(piece.span.range()));
        let (Some(written), Some(text)) = (written, self.text.get(piece.at..end)) else {
            return piece.span;
        };
        let offset = piece.span.range().start;
        match aligned(text, written, at - piece.at) {
            Some(place) => Span::new(piece.span.source, offset + place.start..offset + place.end),
            None => piece.span,
        }
    }
}

/// Where the character of which byte `at` of `text` is a part is in `written`, which says the same in Markdown: with straight
/// quotation marks, hyphens for dashes, backslashes before marks, and line ends for spaces.
fn aligned(text: &str, written: &str, at: usize) -> Option<Range<usize>> {
    let at = text.floor_char_boundary(at);
    if is_typed(text, written) {
        let length = text.get(at..)?.chars().next()?.len_utf8();
        return Some(at..at + length);
    }
    let mut place = 0;
    for (index, character) in text.char_indices() {
        let rest = written.get(place..)?;
        let length = spelled(character, rest)?;
        if index >= at {
            return Some(place..place + length);
        }
        place += length;
    }
    None
}

/// How many bytes of `rest` encode `character`.
fn spelled(character: char, rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    if first == character {
        return Some(first.len_utf8());
    }
    let long = match character {
        // A space within a quotation mark is not in the file.
        '\u{a0}' | '\u{202f}' => 0,
        mark if matches!(first, '"' | '\'') && !mark.is_alphanumeric() => 1,
        '—' if rest.starts_with("---") => 3,
        '–' if rest.starts_with("--") => 2,
        ' ' if first == '\n' || first == '\r' => {
            let margin = |c: char| c.is_whitespace() || c == '>';
            rest.len() - rest.trim_start_matches(margin).len()
        }
        _ => {
            // A backslash, an entity, or a mark between two texts that were joined: what follows is near.
            let near = rest.char_indices().take(64);
            near.into_iter()
                .find(|(_, other)| *other == character)
                .map(|(at, other)| at + other.len_utf8())?
        }
    };
    Some(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_in_what_was_written() {
        let written = "It's 5% -- no \"cure\"\n  here";
        for text in [
            "It’s 5% – no “cure” here",
            "It’s 5% – no „cure“ here",
            "It’s 5% – no «\u{202f}cure\u{202f}» here",
        ] {
            for word in ["5%", "cure", "here"] {
                let at = text.find(word).unwrap();
                let place = aligned(text, written, at).unwrap();
                assert!(written[place.start..].starts_with(word), "{text}: {word}");
            }
        }
        let (text, written) = ("a * b & c", "a \\* b &amp; c");
        let place = aligned(text, written, text.find('c').unwrap()).unwrap();
        assert_eq!(&written[place.end - 1..], "c");
        let (text, written) = ("a – b * c", "a -- b \\* c");
        assert_eq!(text.len(), written.len());
        let place = aligned(text, written, text.find('b').unwrap()).unwrap();
        assert_eq!(&written[place], "b");
        // The last byte of a letter stands for all of it.
        let place = aligned("für ihn", "für ihn", 2).unwrap();
        assert_eq!(place, 1..3);
    }
}
