//! TOML as it was meant where it cannot be read, and the places where its parts were typed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::file::File;
use super::keys::Key;
use super::places::Places;
use super::statements::{Statement, Statements};
use super::syntax::{self, Mended, Table};
use crate::diagnostic::Diagnostic;

/// TOML as it was meant.
#[derive(Debug)]
pub(super) struct Meant {
    pub(super) text: String,
    pub(super) places: Places,
    /// The keys of which nobody knows what was meant.
    pub(super) lost: BTreeSet<String>,
}

/// Reads the TOML in `range` of the file as it was meant, and reports each statement that was typed otherwise.
pub(super) fn meant(file: &mut File, range: &Range<usize>, keys: Option<&'static [Key]>) -> Meant {
    let whole = &file.source.text[range.clone()];
    let mut meant = Meant {
        text: String::with_capacity(whole.len() + 64),
        places: Places::from(range.start),
        lost: BTreeSet::new(),
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    // The keys of the table in which a line stands.
    let mut table = Table::outside(keys);
    let mut start = range.start;
    let statements: Vec<Statement<'_>> = Statements::of(whole).collect();
    // The header of the table, if there are several of it, and its keys so far.
    let mut header = String::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (index, statement) in statements.iter().enumerate() {
        let end = start + statement.text.len();
        let mended = syntax::mended(file, start, statement, &table);
        let text = match &mended {
            None => Cow::Borrowed(statement.text),
            Some(it) => Cow::Owned(format!(
                "{}{}",
                &statement.text[..it.typed.start - start],
                it.text
            )),
        };
        table.follow(&text);
        if is_header(&text) {
            seen.clear();
            header = syntax::header_of_several(text.trim_start()).unwrap_or_default();
        }
        let again = |it: &Statement<'_>| it.key().is_some_and(|key| seen.contains(key));
        let mut below = statements[index + 1..]
            .iter()
            .take_while(|it| !is_header(it.text));
        let mut next = || below.find(|it| it.key().is_some());
        if !header.is_empty()
            && again(statement)
            && let Some(next) = next()
            && let other =
                table.header_with([statement.key(), next.key()].map(Option::unwrap_or_default))
            && (other.is_some() || again(next))
        {
            header = other.unwrap_or(header);
            let from = meant.text.len();
            meant.text.push_str(&header);
            meant.text.push('\n');
            meant.places.put(from..meant.text.len(), start..start);
            found.push(syntax::headless(file, start, statement.text, &header));
            seen.clear();
        }
        seen.extend(statement.key());
        match mended {
            None => meant.text.push_str(statement.text),
            Some(Mended {
                text,
                typed,
                finding,
                lost,
            }) => {
                let before = typed.start - start;
                meant.text.push_str(&statement.text[..before]);
                let from = meant.text.len();
                meant.text.push_str(&text);
                meant.places.put(from..meant.text.len(), typed.clone());
                meant.text.push_str(&statement.text[typed.end - start..]);
                meant.lost.extend(lost);
                found.extend(finding);
            }
        }
        start = end;
    }
    file.diagnostics.extend(found);
    meant
}

fn is_header(statement: &str) -> bool {
    statement.trim_start().starts_with('[')
}
