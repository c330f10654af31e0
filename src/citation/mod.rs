//! References: which list has them, how they are written, in the order of old PubMed pages, and their marks of author and year.

mod identifiers;
mod lists;

use std::collections::BTreeMap;

use crate::language::Words;
use crate::model::draft::Reference;
use crate::model::{Bibliographic, ReferenceId};

pub use identifiers::{link, printed};
pub use lists::Lists;

/// Journal, date, volume and pages: `Cancer. 1989 Mar 1;63(5):935–8.`
pub(crate) fn source(words: &Words, facts: &Bibliographic) -> String {
    let mut text = format!(
        "{} {}",
        closed(&facts.journal),
        words.short_date(facts.date)
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
    closed(&facts.authors.join(", "))
}

/// The text with one mark at its end.
pub(crate) fn closed(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The citation mark of every reference: family name of the first author, year, and a letter
/// where two would have the same.
pub(crate) fn marks(references: &[Reference]) -> BTreeMap<&ReferenceId, String> {
    let mut groups: BTreeMap<String, Vec<&Reference>> = BTreeMap::new();
    for reference in references {
        let facts = &reference.bibliographic;
        let name = facts
            .authors
            .first()
            .map_or(facts.journal.as_str(), |author| family(author));
        groups
            .entry(format!("{name}\u{a0}{}", facts.date.year))
            .or_default()
            .push(reference);
    }
    let mut marks = BTreeMap::new();
    for (mark, mut group) in groups {
        group.sort_by_key(|reference| (reference.bibliographic.date, &reference.id.value));
        let alone = group.len() == 1;
        for (reference, letter) in group.into_iter().zip(letters()) {
            let letter = if alone { String::new() } else { letter };
            marks.insert(&reference.id.value, format!("{mark}{letter}"));
        }
    }
    marks
}

/// `a` to `z`, then `aa`, `ab`, …
fn letters() -> impl Iterator<Item = String> {
    let one = ('a'..='z').map(String::from);
    let two =
        ('a'..='z').flat_map(|first| ('a'..='z').map(move |second| format!("{first}{second}")));
    one.chain(two)
        .chain((0_u64..).map(|number| format!("-{number}")))
}

/// The family name in `Rose PG` or `Monaco EA III`: the words before the initials.
pub(crate) fn family(author: &str) -> &str {
    let mut name = author.trim();
    while let Some((before, last)) = name.rsplit_once(' ') {
        let initials = last
            .chars()
            .all(|c| c.is_uppercase() || c == '-' || c == '.');
        if !initials {
            break;
        }
        name = before.trim_end();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_names_end_before_the_initials() {
        for (author, name) in [
            ("Rose PG", "Rose"),
            ("Monaco EA III", "Monaco"),
            ("de Leede EM", "de Leede"),
            ("D'Elia A", "D'Elia"),
            ("Krzyston", "Krzyston"),
            ("Öztürk Başarır Z", "Öztürk Başarır"),
        ] {
            assert_eq!(family(author), name);
        }
    }

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
