//! References: which list has them, how they are written, in the order of old PubMed pages, and the keys by which texts cite them.

pub(crate) mod export;
pub(crate) mod file;
mod identifiers;
pub(crate) mod import;
mod keys;
pub(crate) mod known;
mod lists;
mod names;
pub(crate) mod record;

use std::collections::BTreeSet;

use crate::language::Words;
use crate::model::{Author, Bibliographic, ET_AL, ReferenceId};

pub(crate) use identifiers::{link, printed};
pub use import::Fault;
pub use keys::{first_name, keys};
pub use lists::Lists;

/// What an import into an empty book makes of a file.
#[derive(Debug)]
pub struct Imported {
    /// The files of references: their names and their texts.
    pub files: Vec<(ReferenceId, String)>,
    /// What could not be read.
    pub faults: Vec<Fault>,
}

/// Reads a file of a reference manager, as if into an empty book.
///
/// # Errors
///
/// A sentence that says what the file is instead, and what to save.
pub fn imported(bytes: &[u8]) -> Result<Imported, String> {
    let read = import::read(bytes)?;
    let mut taken = BTreeSet::new();
    let placing = file::Placing::default();
    let mut files = Vec::new();
    for record in &read.records {
        let id = file::id(record, &taken);
        taken.insert(id.clone());
        files.push((id, file::text(record, &placing)));
    }
    Ok(Imported {
        files,
        faults: read.faults,
    })
}

/// Journal, date, volume and pages: `Cancer. 1989 Mar 1;63(5):935–8.`
pub(crate) fn source(words: &Words, facts: &Bibliographic) -> String {
    let mut text = format!(
        "{} {}",
        closed(&facts.journal),
        words.apart(words.short_date(facts.date))
    );
    let mut sign = ';';
    if let Some(volume) = &facts.volume {
        text.push(sign);
        text.push_str(volume);
        sign = ':';
    }
    if let Some(issue) = &facts.issue {
        if facts.volume.is_none() {
            text.push(sign);
            sign = ':';
        }
        text.push_str(&format!("({issue})"));
    }
    if let Some(pages) = &facts.pages {
        text.push(sign);
        text.push_str(pages);
    }
    closed(&text)
}

/// All authors with commas and a closing full stop.
pub(crate) fn authors(facts: &Bibliographic) -> String {
    listed(facts, Author::to_string)
}

/// How many letters the name of a person has at most that has room on any line.
const ON_A_LINE: usize = 20;

/// The same, with the names of people as no line parts them.
pub(crate) fn authors_in_lines(facts: &Bibliographic) -> String {
    listed(facts, |author| {
        let name = author.to_string();
        match author {
            Author::Person { .. } if name.chars().count() <= ON_A_LINE => {
                name.replace(' ', "\u{a0}")
            }
            Author::Person { .. } | Author::Group(_) => name,
        }
    })
}

fn listed(facts: &Bibliographic, name: impl Fn(&Author) -> String) -> String {
    let named = facts.authors.named.iter().map(name);
    let others = facts.authors.others.then(|| ET_AL.to_owned());
    let authors: Vec<String> = named.chain(others).collect();
    closed(&authors.join(", "))
}

/// The text with one mark at its end.
pub(crate) fn closed(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_what_is_known() {
        let words = Words::of("en");
        let mut facts = Bibliographic {
            journal: "Cancer".to_owned(),
            ..Bibliographic::default()
        };
        facts.date = crate::model::Date::parse("1989-03-01").unwrap_or_default();
        assert_eq!(source(words, &facts), "Cancer. 1989 Mar 1.");
        facts.issue = Some("5".to_owned());
        facts.pages = Some("935–8".to_owned());
        assert_eq!(source(words, &facts), "Cancer. 1989 Mar 1;(5):935–8.");
        facts.volume = Some("63".to_owned());
        assert_eq!(source(words, &facts), "Cancer. 1989 Mar 1;63(5):935–8.");
    }
}
