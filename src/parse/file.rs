//! One file while it is read, and what is found in it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{id_of, is_valid_id};
use crate::source::{Source, SourceId, Span, Spanned};

/// How many findings of a kind are reported for one text; nobody corrects more before the next run.
const MANY: usize = 1000;

/// What is found in one text: of each kind the first ones.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) found: Vec<Diagnostic>,
    numbers: BTreeMap<Code, usize>,
}

impl Findings {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let number = self.numbers.entry(diagnostic.code).or_default();
        *number += 1;
        if *number <= MANY {
            self.found.push(diagnostic);
        }
    }
}

/// Where the TOML of a file is written as it was meant, if it was typed otherwise.
pub(crate) type Slate = OnceCell<String>;

/// One source while it is read.
pub(crate) struct File<'a> {
    pub(crate) id: SourceId,
    pub(crate) source: &'a Source,
    pub(crate) slate: &'a Slate,
    pub(crate) diagnostics: &'a mut Vec<Diagnostic>,
}

impl File<'_> {
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    /// The place of the file as a whole.
    pub(crate) fn start(&self) -> Span {
        self.span(0..0)
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The identifier that a file or folder name gives.
    pub(crate) fn name(&mut self, name: &str) -> Spanned<String> {
        let id = name.strip_suffix(".md").unwrap_or(name);
        if is_valid_id(id) {
            return Spanned::new(id.to_owned(), self.start());
        }
        let meant = id_of(id, "a");
        let kind = &name[id.len()..];
        self.report(Diagnostic::new(
            Code::InvalidName,
            self.start(),
            format!("`{id}` cannot be the name of a file of the book"),
            format!(
                "rename it to `{meant}{kind}`: lower-case letters a to z, digits, and single hyphens between words, \
                 at most 100"
            ),
        ).about(id));
        // By that name it is looked for elsewhere.
        Spanned::new(meant, self.start())
    }
}
