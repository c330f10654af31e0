//! Keys that stand in another table than theirs: each is read where it belongs, and what to do is said once.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use super::file::File;
use super::keys::{Key, Kind};
use super::places::Places;
use crate::diagnostic::{Code, Diagnostic};

/// Where a key stands that belongs to no table.
pub(super) const ABOVE: &str = " above the first line that begins with `[`";

/// A key with its value.
type Entry<'i> = (Spanned<DeString<'i>>, Spanned<DeValue<'i>>);

/// Puts keys of a book that stand in another table than theirs where they belong, and reports them.
pub(super) fn gather<'i>(
    table: &mut DeTable<'i>,
    keys: &'static [Key],
    file: &mut File<'_>,
    places: &Places,
) {
    let own: Vec<&str> = keys.iter().map(|key| key.name).collect();
    let mut astray: Vec<(String, Vec<Entry<'i>>)> = vec![(String::new(), strange(table, &own))];
    let mut below: Vec<Entry<'i>> = Vec::new();
    for (name, value) in table.iter_mut() {
        let kind = keys.iter().find(|key| key.name == name.get_ref());
        if let Some(Kind::Texts | Kind::AnyOf(_) | Kind::Ids) = kind.map(|key| key.kind) {
            let is_others = |key: &str| own.contains(&key) && key != name.get_ref();
            let inner = tables(value.get_mut()).into_iter();
            below.extend(inner.flat_map(|inner| taken(inner, is_others)));
            continue;
        }
        let own: Vec<&str> = match kind.map(|key| key.kind) {
            Some(Kind::Table(own) | Kind::Tables(own)) => own.iter().map(|key| key.name).collect(),
            Some(Kind::Rules) => Code::ALL.iter().map(|code| code.name()).collect(),
            _ => continue,
        };
        for inner in tables(value.get_mut()) {
            astray.push((name.get_ref().to_string(), strange(inner, &own)));
        }
    }
    // That a list is no table is said of the list.
    for (name, value) in below {
        table.entry(name).or_insert(value);
    }
    let mut reader = Reader {
        keys,
        file,
        places,
        said: BTreeSet::new(),
    };
    for (from, entries) in astray {
        reader.sort(table, &from, entries);
    }
}

/// The tables in a value.
fn tables<'a, 'i>(value: &'a mut DeValue<'i>) -> Vec<&'a mut DeTable<'i>> {
    match value {
        DeValue::Table(table) => vec![table],
        DeValue::Array(array) => (array.iter_mut())
            .filter_map(|it| match it.get_mut() {
                DeValue::Table(table) => Some(table),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Takes the keys out of a table that are not its own, in the order in which they were typed.
fn strange<'i>(table: &mut DeTable<'i>, own: &[&str]) -> Vec<Entry<'i>> {
    taken(table, |name| !own.contains(&name))
}

/// Takes some keys out of a table, in the order in which they were typed.
fn taken<'i>(table: &mut DeTable<'i>, is_taken: impl Fn(&str) -> bool) -> Vec<Entry<'i>> {
    let names = table.iter().map(|(name, _)| name.get_ref().to_string());
    let names: Vec<String> = names.filter(|name| is_taken(name)).collect();
    let entries = names.iter().map(|name| table.remove_entry(name.as_str()));
    let mut entries: Vec<Entry<'i>> = entries.flatten().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

struct Reader<'r, 'f> {
    keys: &'static [Key],
    file: &'r mut File<'f>,
    places: &'r Places,
    /// What has been reported: of rules, the first.
    said: BTreeSet<String>,
}

impl Reader<'_, '_> {
    /// Puts entries that were in the table `from`, or in none, where they belong; those that belong nowhere, back.
    fn sort<'i>(&mut self, book: &mut DeTable<'i>, from: &str, entries: Vec<Entry<'i>>) {
        let mut rest = entries;
        if let Some(name) = self.table_of(&rest) {
            let is_its = |key: &str| self.own(name).iter().any(|it| it.name == key);
            let (its, others): (Vec<Entry<'i>>, Vec<Entry<'i>>) =
                rest.into_iter().partition(|(key, _)| is_its(key.get_ref()));
            rest = others;
            let Some((first, _)) = its.first() else {
                return;
            };
            let place = first.span();
            let message =
                format!("the keys of a table `[[{name}]]` begin here, without its header");
            let help = format!("put a line `[[{name}]]` above this one");
            self.report(place.clone(), message, help);
            let inner = DeValue::Table(its.into_iter().collect());
            let array = book
                .entry(Spanned::new(place.clone(), name.into()))
                .or_insert_with(|| Spanned::new(place.clone(), DeValue::Array(DeArray::default())));
            if let DeValue::Array(array) = array.get_mut() {
                array.push(Spanned::new(place, inner));
            }
        }
        for (name, value) in rest {
            let key = name.get_ref().to_string();
            let is_rule = Code::named(&key).is_some() && self.keys.iter().any(is_of_rules);
            let is_of_book = !from.is_empty() && self.keys.iter().any(|it| it.name == key);
            let stands = match from {
                "" => "in no table".to_owned(),
                from => format!("in the table `{from}`"),
            };
            if is_rule {
                if self.said.insert("rules".to_owned()) {
                    let message = format!("`{key}` is a rule, and stands {stands}");
                    let help = "put a line `[rules]` above it".to_owned();
                    self.report(name.span(), message, help);
                }
                let rules = book
                    .entry(Spanned::new(name.span(), "rules".into()))
                    .or_insert_with(|| Spanned::new(name.span(), DeValue::Table(DeTable::new())));
                if let DeValue::Table(rules) = rules.get_mut() {
                    rules.entry(name).or_insert(value);
                }
            } else if is_of_book && !book.contains_key(key.as_str()) {
                let message = format!("`{key}` stands {stands}");
                self.report(name.span(), message, format!("put the line{ABOVE}"));
                book.insert(name, value);
            } else {
                back(book, from, name, value);
            }
        }
    }

    /// The table of which there can be several that has two or more of some keys, its first one among them.
    fn table_of(&self, entries: &[Entry<'_>]) -> Option<&'static str> {
        let has = |key: &str| entries.iter().any(|(name, _)| name.get_ref() == key);
        let is_meant = |own: &[Key]| {
            let count = own.iter().filter(|key| has(key.name)).count();
            count > 1 && own.first().is_some_and(|first| has(first.name))
        };
        let mut keys = self.keys.iter();
        let key = keys.find(|key| matches!(key.kind, Kind::Tables(own) if is_meant(own)))?;
        Some(key.name)
    }

    fn own(&self, name: &str) -> &'static [Key] {
        let key = self.keys.iter().find(|key| key.name == name);
        match key.map(|key| key.kind) {
            Some(Kind::Tables(own)) => own,
            _ => &[],
        }
    }

    fn report(&mut self, place: std::ops::Range<usize>, message: String, help: String) {
        let span = self.file.span(self.places.of(place));
        let found = Diagnostic::new(Code::UnknownKey, span, message, help);
        self.file.report(found);
    }
}

fn is_of_rules(key: &Key) -> bool {
    matches!(key.kind, Kind::Rules)
}

/// Puts an entry back into the table that holds it: into that which stands last before it.
fn back<'i>(
    book: &mut DeTable<'i>,
    from: &str,
    name: Spanned<DeString<'i>>,
    value: Spanned<DeValue<'i>>,
) {
    let Some(held) = book.get_mut(from) else {
        book.insert(name, value);
        return;
    };
    let at = name.span().start;
    let inner = match held.get_mut() {
        DeValue::Table(table) => Some(table),
        DeValue::Array(array) => {
            let before = array.iter().rposition(|it| it.span().start <= at);
            match before
                .and_then(|index| array.get_mut(index))
                .map(Spanned::get_mut)
            {
                Some(DeValue::Table(table)) => Some(table),
                _ => None,
            }
        }
        _ => None,
    };
    if let Some(table) = inner {
        table.insert(name, value);
    }
}
