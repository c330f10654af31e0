//! Where the parts of a text stand in its file, of which some were typed otherwise than they were meant.

use std::ops::Range;

/// Where the parts of a text were typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// Where it begins in the file.
    start: usize,
    /// What was typed otherwise, in order.
    changes: Vec<Change>,
}

#[derive(Debug, Clone)]
struct Change {
    meant: Range<usize>,
    typed: Range<usize>,
}

impl Places {
    /// Those of a text as it is in the file, from this byte on.
    pub(super) fn from(start: usize) -> Self {
        Self {
            start,
            changes: Vec::new(),
        }
    }

    /// Adds, behind all others, a stretch that was typed otherwise.
    pub(super) fn put(&mut self, meant: Range<usize>, typed: Range<usize>) {
        self.changes.push(Change { meant, typed });
    }

    /// Where a stretch of the text was typed. What was typed otherwise is one place.
    pub(super) fn of(&self, meant: Range<usize>) -> Range<usize> {
        let start = self.at(meant.start, |change| change.typed.start);
        let end = self.at(meant.end, |change| change.typed.end);
        start..end.max(start)
    }

    fn at(&self, byte: usize, within: impl Fn(&Change) -> usize) -> usize {
        let behind = self.changes.partition_point(|it| it.meant.start <= byte);
        match behind.checked_sub(1).map(|at| &self.changes[at]) {
            Some(change) if byte < change.meant.end => within(change),
            Some(change) => change.typed.end + (byte - change.meant.end),
            None => self.start + byte,
        }
    }
}
