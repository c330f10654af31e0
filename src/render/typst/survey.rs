//! What is seen in the pages of a source, which decides nothing there: where they begin, the words at their heads, and what
//! is shown where something goes on.

use std::collections::BTreeSet;

use typst::layout::Frame;

/// What is seen in the pages of a source, for each of them.
#[derive(Debug)]
pub(super) struct Survey {
    /// Where they begin.
    pub(super) starts: Vec<Option<Start>>,
    /// The words at their heads.
    pub(super) words: Vec<Option<HeadWords>>,
    /// What is shown where something goes on.
    pub(super) shown: Vec<Shown>,
}

/// A byte of a source.
pub(super) type Start = usize;

/// The words of one page.
#[derive(Debug, Clone)]
pub(super) struct HeadWords {
    /// Of what stands first on it, which may have begun on an earlier page.
    pub(super) first: Frame,
    /// Of what begins last on it, or goes on there.
    pub(super) last: Frame,
    /// Whether both are the same.
    pub(super) is_one: bool,
}

/// What the label begins with of what is above the first part of a table on all of its pages but the first.
pub(super) const AGAIN: &str = "again:";

/// The same above the line of an index that begins a column below its heading.
pub(super) const UNDER: &str = "under:";

/// The same above a heading that has text above it on its page.
pub(super) const RULE: &str = "rule:";

/// The labels of what is shown on a page.
#[derive(Debug, Default)]
pub(super) struct Shown(pub(super) BTreeSet<String>);

impl Shown {
    /// Whether a group with this label is shown.
    pub(super) fn has(&self, label: &str) -> bool {
        let depends = [AGAIN, UNDER, RULE];
        !depends.iter().any(|it| label.starts_with(it)) || self.0.contains(label)
    }
}
