//! Running text: its marks, citations, brackets, omissions and links.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{MAX_DEPTH, Reader, is_block, read};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Quotation;
use crate::model::draft::{Block, Inline, plain_text};
use crate::parse::bracket::{self, BracketStack, Token};
use crate::parse::{citation, subject};
use crate::source::{Source, SourceId, Span, Spanned};

/// How many bytes a citation may have: room for a hundred references.
const MAX_MARK: usize = 8 * 1024;

impl<'a> Reader<'a> {
    /// The inlines up to the end of a block, with its brackets paired.
    pub(super) fn paragraph(&mut self) -> Vec<Spanned<Inline>> {
        let mut content = self.inlines();
        content.shrink_to_fit();
        bracket::check_depth(&content, 0, &mut self.diagnostics);
        content
    }

    /// The inlines up to the end of the element that holds them, or to the next block.
    pub(super) fn inlines(&mut self) -> Vec<Spanned<Inline>> {
        let mut nest = BracketStack::default();
        while let Some((event, range)) = self.events.get(self.next).cloned() {
            if matches!(&event, Event::End(_) | Event::Rule)
                || matches!(&event, Event::Start(tag) if is_block(tag))
            {
                break;
            }
            self.next += 1;
            if range.end <= self.resume {
                if let Event::Start(_) = event {
                    self.skip();
                }
                continue;
            }
            let span = self.span(range.clone());
            let node = match event {
                Event::Text(text) => {
                    self.characters(&text, range, &mut nest);
                    continue;
                }
                Event::Start(tag) => match self.element(tag, span) {
                    Some(node) => node,
                    None => continue,
                },
                Event::Code(code) => Inline::Code(code.to_string()),
                Event::SoftBreak => Inline::Text(" ".to_owned()),
                Event::HardBreak => Inline::Break,
                Event::FootnoteReference(name) => Inline::Footnote(name.to_string()),
                Event::Html(html) | Event::InlineHtml(html) => {
                    self.raw_html(span);
                    Inline::Text(html.to_string())
                }
                // Off in the options, or dealt with above.
                Event::InlineMath(text) | Event::DisplayMath(text) => {
                    Inline::Text(text.to_string())
                }
                Event::TaskListMarker(_) | Event::Rule | Event::End(_) => continue,
            };
            nest.add(Token::Node(Spanned::new(node, span)));
        }
        nest.end(&mut self.loose)
    }

    /// An inline element, through its end.
    fn element(&mut self, tag: Tag<'a>, span: Span) -> Option<Inline> {
        if self.depth == MAX_DEPTH {
            self.diagnostics.push(Diagnostic::new(
                Code::TooDeep,
                span,
                format!("this is nested in {MAX_DEPTH} elements"),
                "use fewer levels",
            ));
            self.skip();
            return None;
        }
        if let Tag::Image { .. } = tag {
            self.diagnostics.push(Diagnostic::new(
                Code::InvalidImage,
                span,
                "an image is in the middle of a paragraph",
                "put it in a paragraph of its own, with an empty line before and after it",
            ));
            self.skip();
            return None;
        }
        self.depth += 1;
        let mut content = self.inlines();
        content.shrink_to_fit();
        self.close();
        self.depth -= 1;
        Some(match tag {
            Tag::Strong => Inline::Strong(content),
            Tag::Link {
                dest_url,
                link_type,
                ..
            } => {
                let target = match link_type {
                    pulldown_cmark::LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                Inline::Link { target, content }
            }
            _ => Inline::Emphasis(content),
        })
    }

    /// Splits characters at brackets, citations, marks of the index and omissions.
    fn characters(&mut self, text: &str, range: Range<usize>, nest: &mut BracketStack) {
        let start = range.start.max(self.resume);
        // What the parser has changed (`&#91;`, quotation marks) holds no bracket of the author's.
        if self.source.text.get(range.clone()) != Some(text) {
            Self::plain_text(text, self.span(range), nest);
            return;
        }
        let text = &self.source.text[start..range.end];
        let mut done = start;
        for (at, character) in text.char_indices().map(|(at, c)| (start + at, c)) {
            if at < done || !matches!(character, '[' | ']' | '{') || self.is_escaped(at) {
                continue;
            }
            if character == '{' {
                if subject::begins(&self.source.text, at) {
                    Self::plain_text(&self.source.text[done..at], self.span(done..at), nest);
                    done = self.index_mark(at, nest);
                }
                continue;
            }
            Self::plain_text(&self.source.text[done..at], self.span(done..at), nest);
            done = at + 1;
            let mark = self.span(at..at + 1);
            match character {
                ']' => {
                    self.missed_target(at);
                    nest.add(Token::Close(mark));
                }
                _ => match self.reference_mark(at) {
                    Some((node, end)) => {
                        if let Some(node) = node {
                            nest.add(Token::Node(node));
                        }
                        done = end;
                        self.resume = end;
                    }
                    None => nest.add(Token::Open(mark)),
                },
            }
        }
        if done < range.end {
            Self::plain_text(
                &self.source.text[done..range.end],
                self.span(done..range.end),
                nest,
            );
        }
    }

    /// Reports what was meant as the target of a link or a picture behind the `]` at byte `at`: with spaces in it, or a space
    /// before it, Markdown takes it for text, and the words before it for a comment.
    fn missed_target(&mut self, at: usize) {
        let rest = &self.source.text[at + 1..];
        let near = &rest[..rest.floor_char_boundary(MAX_MARK)];
        let rest = near.lines().next().unwrap_or_default();
        let Some((inner, _)) = rest
            .trim_start()
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
        else {
            return;
        };
        let begins = |start: &&str| inner.trim_start().starts_with(*start);
        let is_address = ["https://", "http://", "mailto:"].iter().any(begins);
        let path = inner.split(['#', '"']).next().unwrap_or_default().trim();
        let ending = path
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase());
        let is_file =
            ending.is_some_and(|it| matches!(&*it, "md" | "png" | "jpg" | "jpeg" | "svg"));
        if !is_address && !is_file {
            return;
        }
        let start = at + 1;
        let span = self.span(start..start + rest.len() - rest.trim_start().len() + inner.len() + 2);
        let inner = inner.trim();
        let has_space = inner.contains(' ') || rest.starts_with(' ');
        let target = match inner.contains(' ') {
            true if is_address => inner.replace(' ', "%20"),
            true => format!("<{inner}>"),
            false => inner.to_owned(),
        };
        let (why, help) = match has_space {
            true => ("of a space", format!("write `[words]({target})`")),
            false => (
                "of another mark before it",
                format!("end the link before the mark: `[words]({target})`"),
            ),
        };
        let message = format!("this is no target of a link or a picture, because {why}");
        let finding = Diagnostic::new(Code::BrokenLink, span, message, help);
        self.diagnostics.push(finding.label("shown as text"));
    }

    /// Adds the index mark at byte `at`; returns where to continue.
    fn index_mark(&mut self, at: usize, nest: &mut BracketStack) -> usize {
        let text = &self.source.text;
        let end = subject::end(text, at);
        let span = self.span(at..end.unwrap_or(at + 1));
        let behind_a_word = text[..at].ends_with(|before: char| !before.is_whitespace());
        let message = match end {
            None => "this index mark has no end",
            Some(_) if !behind_a_word => "this index mark is not directly behind a word",
            Some(end) => {
                let subjects = subject::of_mark(text, span, &mut self.diagnostics);
                nest.add(Token::Node(Spanned::new(Inline::Index(subjects), span)));
                self.resume = end;
                return end;
            }
        };
        self.diagnostics.push(subject::malformed(span, message));
        self.resume = span.range().end;
        self.resume
    }

    /// Whether the character at byte `at` follows an odd number of backslashes.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        self.source.text[..at]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count()
            % 2
            == 1
    }

    /// Characters without brackets; an ellipsis among them is an omission, and the end of a line a space.
    fn plain_text(text: &str, span: Span, nest: &mut BracketStack) {
        // What the parser has changed has the place of the whole.
        let is_same = span.range().len() == text.len();
        let place = |part: Range<usize>| match is_same {
            true => Span::new(
                span.source,
                span.range().start + part.start..span.range().start + part.end,
            ),
            false => span,
        };
        let mut done = 0;
        for (index, part) in text.split('…').enumerate() {
            let start = done + if index > 0 { '…'.len_utf8() } else { 0 };
            if index > 0 {
                let omission = place(done..start);
                nest.add(Token::Node(Spanned::new(Inline::Omission, omission)));
            }
            done = start + part.len();
            if !part.is_empty() {
                let text = Inline::Text(part.replace('\n', " "));
                nest.add(Token::Node(Spanned::new(text, place(start..done))));
            }
        }
    }

    /// The citation or the undefined footnote whose `[` is at byte `at`, and where it ends.
    fn reference_mark(&mut self, at: usize) -> Option<(Option<Spanned<Inline>>, usize)> {
        let rest = &self.source.text[at + 1..];
        let is_note = rest.starts_with('^');
        // Neither holds another bracket.
        let length = rest
            .bytes()
            .take(MAX_MARK)
            .position(|byte| matches!(byte, b'[' | b']'))?;
        if rest.as_bytes()[length] == b'[' {
            return None;
        }
        let inner = &rest[..length];
        // A citation may go on in the next line, but not in the next paragraph; nor is it code.
        let mut lines = inner.lines();
        let is_other = match is_note {
            true => inner.contains('\n'),
            false => !inner.contains('@') || inner.contains('`'),
        };
        if is_other || lines.any(|line| line.trim().is_empty()) {
            return None;
        }
        let end = at + 1 + inner.len() + 1;
        let span = self.span(at..end);
        if is_note {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::UnmatchedFootnote,
                    span,
                    format!("the footnote `[{inner}]` is not defined"),
                    format!("add a paragraph `[{inner}]: …` to this file"),
                )
                .label("used here"),
            );
            return Some((None, end));
        }
        let inner = at + 1..end - 1;
        let (id, source, quotation) = (self.id, self.source, self.quotation);
        let text_in = |range| plain_text_in(id, source, range, quotation);
        let findings = &mut self.diagnostics;
        let cited = citation::read(id, source, inner, &text_in, findings)?;
        Some((Some(Spanned::new(Inline::Citation(cited), span)), end))
    }

    pub(super) fn raw_html(&mut self, span: Span) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::RawHtml,
                span,
                "HTML is shown as text",
                "write Markdown, or put it in back-ticks if you mean it as text",
            )
            .label("appears in the book as typed"),
        );
    }
}

/// The text of a range of a file, if it is one paragraph without marks.
fn plain_text_in(
    id: SourceId,
    source: &Source,
    range: Range<usize>,
    quotation: &Quotation,
) -> Option<String> {
    let (body, _) = read(id, source, range, quotation);
    let [only] = body.blocks.as_slice() else {
        return None;
    };
    let Block::Paragraph(content) = &only.value else {
        return None;
    };
    let is_text = |inline: &Spanned<Inline>| matches!(inline.value, Inline::Text(_));
    let is_plain = body.footnotes.is_empty() && content.iter().all(is_text);
    is_plain.then(|| plain_text(content))
}
