//! Places in the author's files: which file, which bytes, which line and column.

use std::collections::BTreeMap;
use std::ops::Range;

/// A file of the project, by its place in [`Project::sources`](crate::load::Project::sources).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A run of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// The byte after the last one; equal to `start` for a place between two bytes.
    pub end: u32,
}

impl Span {
    /// The place of what is in no file.
    pub const NOWHERE: Self = Self {
        source: SourceId(u32::MAX),
        start: 0,
        end: 0,
    };

    /// A span over `range`. Files of 4 GiB and more are refused by `load`, so offsets fit.
    #[must_use]
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            source,
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One text file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the content folder, with `/` between its parts on every system.
    pub path: String,
    /// The text; bytes that were not UTF-8 have become U+FFFD.
    pub text: String,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl Source {
    /// Where byte `offset` is. An offset beyond the end counts as the end.
    #[must_use]
    pub fn location(&self, offset: usize) -> Location {
        let offset = self.text.floor_char_boundary(offset);
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Location {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// The lines of a text, for finding many places in it.
#[derive(Debug, Clone)]
pub struct Lines {
    /// Where each line begins.
    starts: Vec<usize>,
    /// The place found last, so that a long line is not counted from its start each time.
    last: (usize, Location),
}

impl Lines {
    /// The lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            starts: std::iter::once(0).chain(ends).collect(),
            last: (0, Location { line: 1, column: 1 }),
        }
    }

    /// Where byte `offset` of the same text is. An offset beyond the end counts as the end.
    pub fn location(&mut self, text: &str, offset: usize) -> Location {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let (before, last) = self.last;
        let (from, column) = match last.line == line && before <= offset {
            true => (before, last.column),
            false => (self.starts[line - 1], 1),
        };
        let column = column + text[from..offset].chars().count();
        let location = Location { line, column };
        self.last = (offset, location);
        location
    }
}

/// A stretch of a file as people name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The path of the file.
    pub path: &'a str,
    /// Its first character.
    pub start: Location,
    /// The character behind its last one.
    pub end: Location,
}

/// Finds many places in many files.
#[derive(Debug)]
pub struct Places<'a> {
    sources: &'a [Source],
    /// The lines of the files in which a place was looked for.
    lines: BTreeMap<SourceId, Lines>,
}

impl<'a> Places<'a> {
    /// Places in `sources`.
    #[must_use]
    pub fn new(sources: &'a [Source]) -> Self {
        Self {
            sources,
            lines: BTreeMap::new(),
        }
    }

    /// Where a span is; `None` for what is not in a file.
    pub fn place(&mut self, span: Span) -> Option<Place<'a>> {
        let source = self.sources.get(span.source.0 as usize)?;
        let lines = (self.lines)
            .entry(span.source)
            .or_insert_with(|| Lines::new(&source.text));
        let range = span.range();
        Some(Place {
            path: &source.path,
            start: lines.location(&source.text, range.start),
            end: lines.location(&source.text, range.end),
        })
    }
}

/// Whether a text is what was `typed`, letter for letter: the ends of lines are spaces in it.
pub(crate) fn is_typed(text: &str, typed: &str) -> bool {
    let mut pairs = text.bytes().zip(typed.bytes());
    text.len() == typed.len() && pairs.all(|(a, b)| a == b || (a, b) == (b' ', b'\n'))
}
