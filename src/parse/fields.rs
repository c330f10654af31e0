//! TOML front matter, key by key: each mistake at its own key or value, all in one run.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::de::{DeTable, DeValue};

use super::file::File;
use super::keys::{Key, Kind};
use crate::diagnostic::{Code, Diagnostic, list, nearest};
use crate::model::Date;
use crate::model::draft::Review;
use crate::source::{Span, Spanned};

/// The mark that opens and closes front matter.
const FENCE: &str = "+++";

/// Splits a file into the byte ranges of its front matter and its body; empty lines may stand before both.
///
/// A file that does not begin with `+++` is all body; [`super::opening`] says what else it may begin with.
pub(crate) fn split(file: &mut File) -> (Range<usize>, Range<usize>) {
    let text = file.source.text.as_str();
    let blank = text.len() - text.trim_start().len();
    let begins = text[..blank].rfind('\n').map_or(0, |at| at + 1);
    let mut lines = text[begins..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim() == FENCE) else {
        return (0..0, 0..text.len());
    };
    let start = begins + first.len();
    let mut end = start;
    for line in lines {
        if line.trim() == FENCE {
            return (start..end, end + line.len()..text.len());
        }
        end += line.len();
    }
    file.report(
        Diagnostic::new(
            Code::FrontMatter,
            file.span(begins..begins + first.trim_end().len()),
            "the front matter has no closing `+++`",
            "add a line `+++` between the front matter and the text",
        )
        .label("opened here"),
    );
    (start..text.len(), text.len()..text.len())
}

/// The keys of one table; what is left at the end is unknown.
pub(crate) struct Fields<'i> {
    table: DeTable<'i>,
    /// Where the table begins: the place of keys that are missing.
    place: Range<usize>,
    /// Byte of the source at which the TOML text begins.
    offset: usize,
    /// The keys that it can have, unless those that are asked for are not always the same.
    keys: Option<&'static [Key]>,
    asked: Vec<&'static str>,
    /// The place of the value of each requested key.
    places: BTreeMap<&'static str, Range<usize>>,
    /// The keys on lines that could not be read, which was reported.
    lost: BTreeSet<String>,
    /// Whether keys that are missing are reported.
    demands: bool,
}

impl<'i> Fields<'i> {
    /// Reads the TOML in `range` of the file, which can have these keys, or else those that are asked for.
    pub(crate) fn parse(
        file: &mut File<'i>,
        range: Range<usize>,
        keys: Option<&'static [Key]>,
    ) -> Self {
        let offset = range.start;
        let (table, errors) = DeTable::parse_recoverable(&file.source.text[range.clone()]);
        let lost = super::syntax::report(file, &range, &errors);
        let place = if range.start == 0 {
            0..0
        } else {
            0..FENCE.len()
        };
        let mut fields = Self::of(table.into_inner(), place, offset, keys);
        fields.lost = lost;
        fields
    }

    /// Reports no key that is missing: why all of them are was reported.
    pub(crate) fn demand_nothing(&mut self) {
        self.demands = false;
    }

    /// Has missing keys reported at `place`.
    pub(crate) fn stand_at(&mut self, place: Span) {
        self.place = place.range();
    }

    /// The tables of an array of tables, `[[key]]`.
    pub(crate) fn tables(&mut self, file: &mut File, key: &'static str) -> Vec<Fields<'i>> {
        let Some((place, value)) = self.remove(key) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value else {
            Self::wrong(
                file,
                key,
                &place,
                "needs tables",
                format!("write `[[{key}]]` on a line of its own"),
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for element in array {
            let span = element.span();
            let at = self.offset + span.start..self.offset + span.end;
            match element.into_inner() {
                DeValue::Table(table) => {
                    tables.push(Self::of(table, at, self.offset, self.keys_of(key)));
                }
                _ => Self::wrong(
                    file,
                    key,
                    &at,
                    "needs a table",
                    format!("write `[[{key}]]` on a line of its own"),
                ),
            }
        }
        tables
    }

    /// A value that may be left out.
    pub(crate) fn optional<T: DeserializeOwned>(
        &mut self,
        file: &mut File,
        key: &'static str,
    ) -> Option<Spanned<T>> {
        let (place, value) = self.remove(key)?;
        match T::deserialize(toml::Spanned::new(0..0, value).into_deserializer()) {
            Ok(value) => Some(Spanned::new(value, file.span(place))),
            Err(error) => {
                let (message, help) =
                    misfit(key, &file.source.text[place.clone()], error.message());
                Self::wrong(file, key, &place, &message, help);
                None
            }
        }
    }

    /// A text that is often a number, so that it may stand without quotation marks: a volume, a year.
    pub(crate) fn label(&mut self, file: &mut File, key: &'static str) -> Option<Spanned<String>> {
        let bare = match self.table.get(key).map(toml::Spanned::get_ref) {
            Some(DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_)) => true,
            _ => return self.optional(file, key),
        };
        let (place, _) = self.remove(key).filter(|_| bare)?;
        let text = file.source.text[place.clone()].to_owned();
        Some(Spanned::new(text, file.span(place)))
    }

    /// A whole number, which may stand in quotation marks; `find` looks for it in a text.
    pub(crate) fn number(
        &mut self,
        file: &mut File,
        key: &'static str,
        find: fn(&str) -> Option<u64>,
    ) -> Option<Spanned<u64>> {
        let found = match self.table.get(key).map(toml::Spanned::get_ref) {
            Some(DeValue::String(text)) => find(text),
            _ => None,
        };
        match found {
            None => self.optional(file, key),
            Some(number) => {
                let (place, _) = self.remove(key)?;
                Some(Spanned::new(number, file.span(place)))
            }
        }
    }

    /// A value that must be there.
    pub(crate) fn required<T: DeserializeOwned>(
        &mut self,
        file: &mut File,
        key: &'static str,
    ) -> Option<Spanned<T>> {
        self.demand(file, key);
        self.optional(file, key)
    }

    /// Reports a key that is missing.
    fn demand(&self, file: &mut File, key: &'static str) {
        debug_assert!(
            self.keys.is_none() || self.key(key).is_some_and(|key| key.needed),
            "`{key}` is needed"
        );
        let is_missing = !self.table.contains_key(key) && !self.lost.contains(key);
        if self.demands && is_missing && !self.is_misspelt(key) {
            file.report(
                Diagnostic::new(
                    Code::MissingKey,
                    file.span(self.place.clone()),
                    format!("the key `{key}` is missing"),
                    format!("add `{key} = …`"),
                )
                .label("in the keys that begin here"),
            );
        }
    }

    /// Whether a key is there under a name like it, which is reported as unknown.
    fn is_misspelt(&self, key: &str) -> bool {
        let known = self.keys.into_iter().flatten().map(|key| key.name);
        let mut typed = self.table.iter().map(|(name, _)| name.get_ref().as_ref());
        typed
            .any(|name: &str| self.key(name).is_none() && nearest(name, known.clone()) == Some(key))
    }

    /// A required text that is not empty; empty after a finding.
    pub(crate) fn text(&mut self, file: &mut File, key: &'static str) -> Spanned<String> {
        let Some(text) = self.required::<String>(file, key) else {
            return Spanned::new(String::new(), file.span(self.place.clone()));
        };
        Self::not_empty(file, key, &text)
    }

    /// A text without white space around it. If nothing is left, that is reported.
    fn not_empty(file: &mut File, key: &str, text: &Spanned<String>) -> Spanned<String> {
        if text.value.trim().is_empty() {
            file.report(Diagnostic::new(
                Code::MissingKey,
                text.span,
                format!("`{key}` is empty"),
                format!("write `{key} = \"…\"`"),
            ));
        }
        Spanned::new(text.value.trim().to_owned(), text.span)
    }

    /// A text that may be left out, but not be empty.
    pub(crate) fn optional_text(
        &mut self,
        file: &mut File,
        key: &'static str,
    ) -> Option<Spanned<String>> {
        let text = self.optional::<String>(file, key)?;
        let text = Self::not_empty(file, key, &text);
        (!text.value.is_empty()).then_some(text)
    }

    /// A list of texts, each with its place; empty if left out.
    pub(crate) fn texts(&mut self, file: &mut File, key: &'static str) -> Vec<Spanned<String>> {
        let Some((place, value)) = self.remove(key) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value else {
            let typed = &file.source.text[place.clone()];
            let help = format!("type `{key} = {}`", super::syntax::as_list(typed));
            let message = "is a list, and stands in square brackets";
            Self::wrong(file, key, &place, message, help);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for element in array {
            let span = element.span();
            let at = self.offset + span.start..self.offset + span.end;
            if let DeValue::String(text) = element.into_inner() {
                texts.push(Spanned::new(text.into_owned(), file.span(at)));
            } else {
                let help = format!(
                    "type `{}`",
                    super::syntax::as_text(&file.source.text[at.clone()])
                );
                let message = "has only texts, each in quotation marks";
                Self::wrong(file, key, &at, message, help);
            }
        }
        texts
    }

    /// A list of texts that must be there.
    pub(crate) fn required_texts(
        &mut self,
        file: &mut File,
        key: &'static str,
    ) -> Vec<Spanned<String>> {
        self.demand(file, key);
        self.texts(file, key)
    }

    /// A date that must be there.
    pub(crate) fn date(&mut self, file: &mut File, key: &'static str) -> Spanned<Date> {
        self.demand(file, key);
        match self.label(file, key) {
            Some(text) => self.read_date(file, key, &text),
            None => Spanned::new(Date::default(), file.span(self.place.clone())),
        }
    }

    /// A date that may be left out.
    pub(crate) fn optional_date(
        &mut self,
        file: &mut File,
        key: &'static str,
    ) -> Option<Spanned<Date>> {
        let text = self.label(file, key)?;
        Some(self.read_date(file, key, &text))
    }

    /// A date; one in a line that could not be read has been reported.
    fn read_date(
        &self,
        file: &mut File,
        key: &'static str,
        text: &Spanned<String>,
    ) -> Spanned<Date> {
        match self.lost.contains(key) {
            true => Spanned::new(Date::default(), text.span),
            false => date(file, key, text),
        }
    }

    /// When the text was last compared with its sources, and when that is due again.
    pub(crate) fn review(&mut self, file: &mut File) -> Review {
        Review {
            reviewed: self.optional_date(file, "reviewed"),
            next: self.optional_date(file, "next-review"),
        }
    }

    /// Those of some keys that are not there, and the place of the table.
    pub(crate) fn lacks<'k>(
        &self,
        file: &File,
        keys: impl Iterator<Item = &'k String>,
    ) -> (Vec<&'k str>, Span) {
        let keys = keys.map(String::as_str);
        let missing =
            keys.filter(|key| !self.table.contains_key(*key) && !self.lost.contains(*key));
        (missing.collect(), file.span(self.place.clone()))
    }

    /// Whether the value of `key` is a list with nothing in it.
    pub(crate) fn is_empty_list(&self, key: &str) -> bool {
        let value = self.table.get(key).map(toml::Spanned::get_ref);
        matches!(value, Some(DeValue::Array(array)) if array.is_empty())
    }

    /// The table of `key`, if it is there; `help` is for one who wrote something else.
    pub(crate) fn table(
        &mut self,
        file: &mut File,
        key: &'static str,
        help: &str,
    ) -> Option<Fields<'i>> {
        let (place, value) = self.remove(key)?;
        if let DeValue::Table(table) = value {
            return Some(Self::of(table, place, self.offset, self.keys_of(key)));
        }
        Self::wrong(file, key, &place, "needs a table", help.to_owned());
        None
    }

    /// The table or the text of `key`, if there is one.
    pub(crate) fn table_or_text(
        &mut self,
        file: &mut File,
        key: &'static str,
    ) -> Option<Result<Fields<'i>, Spanned<String>>> {
        if matches!(
            self.table.get(key).map(toml::Spanned::get_ref),
            Some(DeValue::Table(_))
        ) {
            return self.table(file, key, "").map(Ok);
        }
        self.optional::<String>(file, key).map(Err)
    }

    /// The place of the value of a requested key.
    pub(crate) fn place(&self, file: &File, key: &str) -> Span {
        let place = self.places.get(key).unwrap_or(&self.place);
        file.span(place.clone())
    }

    /// Where the table begins.
    pub(crate) fn start(&self, file: &File) -> Span {
        file.span(self.place.clone())
    }

    fn of(
        table: DeTable<'i>,
        place: Range<usize>,
        offset: usize,
        keys: Option<&'static [Key]>,
    ) -> Self {
        Self {
            table,
            place,
            offset,
            keys,
            asked: Vec::new(),
            places: BTreeMap::new(),
            lost: BTreeSet::new(),
            demands: true,
        }
    }

    /// The places of the values of all requested keys.
    pub(crate) fn places(&self, file: &File) -> BTreeMap<&'static str, Span> {
        self.places
            .iter()
            .map(|(key, place)| (*key, file.span(place.clone())))
            .collect()
    }

    /// Reports a key that books had earlier and that has no effect any more.
    pub(crate) fn former(&mut self, file: &mut File, key: &'static str) {
        if let Some(value) = self.table.remove(key) {
            let place = self.offset + value.span().start..self.offset + value.span().end;
            file.report(Diagnostic::new(
                Code::UnusedKey,
                file.span(place),
                format!("`{key}` has no effect any more"),
                "delete the line",
            ));
        }
    }

    /// The keys of the table of a key.
    fn keys_of(&self, key: &str) -> Option<&'static [Key]> {
        match self.key(key)?.kind {
            Kind::Table(keys) | Kind::Tables(keys) => Some(keys),
            _ => None,
        }
    }

    fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys?.iter().find(|key| key.name == name)
    }

    /// Reports the keys that the table cannot have.
    pub(crate) fn finish(self, file: &mut File) {
        let known: Vec<&str> = match self.keys {
            Some(keys) => keys.iter().map(|key| key.name).collect(),
            None => self.asked.clone(),
        };
        debug_assert!(
            known.iter().all(|name| self.asked.contains(name)),
            "each key is read: {known:?}, {:?}",
            self.asked
        );
        // An empty key is the rest of a line that could not be read.
        for (key, _) in self.table.into_iter().filter(|(key, _)| {
            !key.get_ref().is_empty() && !self.lost.contains(key.get_ref().as_ref())
        }) {
            let place = key.span();
            let span = file.span(self.offset + place.start..self.offset + place.end);
            let key = key.into_inner();
            let help = match nearest(&key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", list(known.iter().copied())),
            };
            file.report(
                Diagnostic::new(Code::UnknownKey, span, format!("unknown key `{key}`"), help)
                    .label("not a key of this file"),
            );
        }
    }

    fn remove(&mut self, key: &'static str) -> Option<(Range<usize>, DeValue<'i>)> {
        debug_assert!(
            self.keys.is_none() || self.key(key).is_some(),
            "`{key}` is among the keys"
        );
        self.asked.push(key);
        let value = self.table.remove(key)?;
        let place = self.offset + value.span().start..self.offset + value.span().end;
        self.places.insert(key, place.clone());
        Some((place, value.into_inner()))
    }

    fn wrong(file: &mut File, key: &str, place: &Range<usize>, message: &str, help: String) {
        file.report(Diagnostic::new(
            Code::InvalidValue,
            file.span(place.clone()),
            format!("`{key}` {message}"),
            help,
        ));
    }
}

fn date(file: &mut File, key: &str, text: &Spanned<String>) -> Spanned<Date> {
    let date = Date::parse(text.value.trim());
    if date.is_none() {
        // Of `2000-13` nobody knows what was meant.
        let in_words = text
            .value
            .contains(|c: char| c.is_alphabetic() || matches!(c, ' ' | '/' | '.'));
        let help = match Date::of_words(&text.value) {
            Some(meant) if in_words => format!("type `{key} = \"{meant}\"`"),
            _ => {
                "write the year, year and month, or day: `1989`, `1989-03`, `1989-03-01`".to_owned()
            }
        };
        file.report(
            Diagnostic::new(
                Code::InvalidDate,
                text.span,
                format!("`{}` is not a date", text.value),
                help,
            )
            .label("not a date"),
        );
    }
    Spanned::new(date.unwrap_or_default(), text.span)
}

/// What is wrong with a value of another kind than wanted, in the author's words, and what to type.
fn misfit(key: &str, typed: &str, error: &str) -> (String, String) {
    let names = || error.split("expected ").nth(1).unwrap_or_default();
    if error.contains("unknown variant") {
        let names: Vec<&str> = names().split('`').skip(1).step_by(2).collect();
        let inner = typed.trim_matches(['"', '\'']);
        let help = match nearest(inner, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", list(names)),
        };
        return (format!("cannot be `{inner}`"), help);
    }
    let quoted = typed.starts_with(['"', '\'']);
    if error.contains("expected a boolean") {
        return (
            "is `true` or `false`, without quotation marks".to_owned(),
            format!("type `{key} = true` or `{key} = false`"),
        );
    }
    if error.contains("expected a string") {
        return match typed.starts_with('[') {
            true => (
                "is one text, and no list".to_owned(),
                format!("type `{key} = {}`", super::syntax::first_of(typed)),
            ),
            false => (
                "is a text, and stands in quotation marks".to_owned(),
                format!("type `{key} = {}`", super::syntax::as_text(typed)),
            ),
        };
    }
    if error.contains("expected a map") {
        return (
            "is a table".to_owned(),
            format!("write `{key} = {{ … }}`, with a key, `=` and a value for each entry"),
        );
    }
    let inner = typed.trim_matches(['"', '\'']).trim();
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    // Digits in several places are of several numbers, or of a DOI.
    let mut numbers = inner.split(|c| !is_number(c)).filter(|it| !it.is_empty());
    let number = numbers
        .next()
        .filter(|_| quoted && numbers.next().is_none());
    let help = match (key, number) {
        ("pmid", _) if inner.to_ascii_uppercase().starts_with("PMC") => {
            format!("type `pmcid = {}`", crate::text::quoted(inner))
        }
        ("pmid", _) if inner.starts_with("10.") => {
            format!("type `doi = {}`", crate::text::quoted(inner))
        }
        (_, Some(number)) => format!("type `{key} = {number}`"),
        (_, None) => format!("write digits alone, without quotation marks, behind `{key} =`"),
    };
    let kind = match error.contains("f64") {
        true => "is a number",
        false => "is a whole number from 0",
    };
    (kind.to_owned(), help)
}
