//! TOML front matter, key by key: each mistake at its own key or value, all in one run.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::de::{DeTable, DeValue};

use super::astray::{self, ABOVE};
use super::fences::FENCE;
use super::file::File;
use super::keys::{Key, Kind};
use super::places::Places;
use crate::diagnostic::{Code, Diagnostic, list, nearest};
use crate::model::Date;
use crate::model::content::is_entry;
use crate::model::draft::Review;
use crate::source::{Span, Spanned};

/// The TOML that is read, as it was meant, and the places where it was typed.
#[derive(Clone)]
struct Origin<'i> {
    text: &'i str,
    places: Rc<Places>,
}

impl Origin<'_> {
    /// Where a stretch of it was typed.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        self.places.of(range)
    }
}

/// The keys of one table; what is left at the end is unknown.
pub(crate) struct Fields<'i> {
    table: DeTable<'i>,
    /// Where the table begins: the place of keys that are missing.
    place: Range<usize>,
    origin: Origin<'i>,
    /// The keys that it can have, unless those that are asked for are not always the same.
    keys: Option<&'static [Key]>,
    asked: Vec<&'static str>,
    /// The place of the value of each requested key.
    places: BTreeMap<&'static str, Range<usize>>,
    /// The keys on lines that could not be read, which was reported.
    lost: Rc<BTreeSet<String>>,
    /// The keys that are read as those that they are like.
    misspelt: Vec<(String, Span, &'static str)>,
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
        let typed = &file.source.text[range.clone()];
        let (table, errors) = DeTable::parse_recoverable(typed);
        let place = if range.start == 0 {
            0..0
        } else {
            0..FENCE.len()
        };
        let mut lost = BTreeSet::new();
        let mut places = Places::from(range.start);
        let (mut text, mut table) = (typed, table);
        let mut errors = errors;
        // The program alone writes the ledger: what somebody typed there is not meant to be read.
        if !errors.is_empty() && !is_entry(&file.source.path) {
            let meant = super::meant::meant(file, &range, keys);
            (lost, places) = (meant.lost, meant.places);
            text = file.slate.get_or_init(|| meant.text);
            (table, errors) = DeTable::parse_recoverable(text);
        }
        lost.extend(super::syntax::report(file, &range, &errors, &places));
        let origin = Origin {
            text,
            places: Rc::new(places),
        };
        let mut table = table.into_inner();
        if let Some(keys) = keys {
            astray::gather(&mut table, keys, file, &origin.places);
        }
        let fields = Self::of(table, place, origin, keys, Rc::new(lost));
        fields.without_misspelt(file)
    }

    /// Puts the values of keys that are not known under the keys that they are like, if these are not there and hold such
    /// values. [`Self::finish`] reports them.
    fn without_misspelt(mut self, file: &File) -> Self {
        let keys = self.keys.into_iter().flatten();
        let known: Vec<&'static str> = keys.map(|key| key.name).collect();
        self.read_misspelt(file, &known);
        self
    }

    /// The same, with these keys.
    pub(crate) fn read_misspelt(&mut self, file: &File, known: &[&'static str]) {
        let typed = self.table.iter().map(|(name, _)| name);
        let typed: Vec<toml::Spanned<String>> = typed
            .map(|name| toml::Spanned::new(name.span(), name.get_ref().to_string()))
            .filter(|name| !known.contains(&name.get_ref().as_str()) && !name.get_ref().is_empty())
            .collect();
        for typed in typed {
            let span = file.span(self.origin.place(typed.span()));
            let typed = typed.into_inner();
            let same = known.iter().find(|key| key.eq_ignore_ascii_case(&typed));
            let near = same
                .copied()
                .or_else(|| nearest(&typed, known.iter().copied()));
            let Some(near) = near else {
                continue;
            };
            if self.rename(&typed, near) {
                self.misspelt.push((typed, span, near));
            }
        }
    }

    /// Puts the value of a key under another, if it can be its value.
    fn rename(&mut self, typed: &str, near: &'static str) -> bool {
        let kind = self.key(near).map(|key| key.kind);
        let Some((name, value)) = self.table.remove_entry(typed) else {
            return false;
        };
        let place = name.span();
        let is_list = matches!(kind, Some(Kind::Texts | Kind::AnyOf(_) | Kind::Ids));
        let fits = kind.is_none_or(|kind| kind.holds(value.get_ref()));
        let is_unread = self.lost.contains(near);
        let has = self.table.get_mut(near);
        match (has.map(toml::Spanned::get_mut), value.get_ref()) {
            // More tables of an array, with the others.
            (Some(DeValue::Array(tables)), DeValue::Array(_))
                if matches!(kind, Some(Kind::Tables(_))) =>
            {
                if let DeValue::Array(others) = value.into_inner() {
                    others.into_iter().for_each(|it| tables.push(it));
                }
                true
            }
            (None, _) if fits && !is_unread => {
                self.table
                    .insert(toml::Spanned::new(place, near.into()), value);
                true
            }
            // What it is in the place of a list, is said of the list.
            (None, held) if is_list && (is_tables(held) || held.is_table()) => {
                self.table
                    .insert(toml::Spanned::new(place, near.into()), value);
                false
            }
            _ => {
                self.table.insert(name, value);
                false
            }
        }
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
        let help = format!("write `[[{key}]]` on a line of its own");
        let array = match value {
            DeValue::Array(array) => array,
            DeValue::Table(table) => {
                Self::wrong(file, key, &place, "needs tables", help);
                return vec![self.inner(file, table, place, key)];
            }
            _ => {
                Self::wrong(file, key, &place, "needs tables", help);
                return Vec::new();
            }
        };
        let mut tables = Vec::new();
        for element in array {
            let at = self.origin.place(element.span());
            match element.into_inner() {
                DeValue::Table(table) => tables.push(self.inner(file, table, at, key)),
                _ => Self::wrong(file, key, &at, "needs a table", help.clone()),
            }
        }
        tables
    }

    /// A table within this one.
    fn inner(&self, file: &File, table: DeTable<'i>, place: Range<usize>, key: &str) -> Fields<'i> {
        let (origin, lost) = (self.origin.clone(), Rc::clone(&self.lost));
        Self::of(table, place, origin, self.keys_of(key), lost).without_misspelt(file)
    }

    /// A value that may be left out.
    pub(crate) fn optional<T: DeserializeOwned>(
        &mut self,
        file: &mut File,
        key: &'static str,
    ) -> Option<Spanned<T>> {
        let typed = self.typed(key);
        let (place, value) = self.remove(key)?;
        match T::deserialize(toml::Spanned::new(0..0, value).into_deserializer()) {
            Ok(value) => Some(Spanned::new(value, file.span(place))),
            Err(error) => {
                let (message, help) = misfit(key, typed, error.message());
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
        let text = self.typed(key).to_owned();
        let (place, _) = self.remove(key).filter(|_| bare)?;
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
        let typed = self.typed(key);
        let Some((place, value)) = self.remove(key) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value else {
            if let DeValue::Table(table) = &value {
                return Self::of_tables(file, key, &place, std::iter::once(table));
            }
            let meant = super::values::as_list(typed);
            let help = format!("type `{key} = {meant}`");
            let message = "is a list, and stands in square brackets";
            Self::wrong(file, key, &place, message, help);
            return listed(&meant, file.span(place));
        };
        if !array.is_empty() && array.iter().all(|it| it.get_ref().is_table()) {
            let tables = array.iter().filter_map(|it| it.get_ref().as_table());
            let place = self.origin.place(array[0].span());
            return Self::of_tables(file, key, &place, tables);
        }
        let mut texts = Vec::new();
        for element in array {
            let span = element.span();
            let at = self.origin.place(span.clone());
            if let DeValue::String(text) = element.into_inner() {
                texts.push(Spanned::new(text.into_owned(), file.span(at)));
            } else {
                let typed = self.origin.text.get(span).unwrap_or_default();
                let help = format!("type `{}`", super::values::as_text(typed));
                let message = "has only texts, each in quotation marks";
                Self::wrong(file, key, &at, message, help);
            }
        }
        texts
    }

    /// A list for which tables were typed. Where these hold no values of it, nobody knows what it has.
    fn of_tables<'t>(
        file: &mut File,
        key: &str,
        place: &Range<usize>,
        tables: impl Iterator<Item = &'t DeTable<'i>>,
    ) -> Vec<Spanned<String>>
    where
        'i: 't,
    {
        let names: Vec<String> = tables.flat_map(names_in).collect();
        let (code, help) = match names.is_empty() {
            true => (
                Code::InvalidToml,
                format!("type `{key} = [\"\"]`{ABOVE}, with the values between the marks"),
            ),
            false => (
                Code::InvalidValue,
                format!("type `{key} = [{}]`{ABOVE}", names.join(", ")),
            ),
        };
        let span = file.span(place.clone());
        let message = format!("`{key}` is a list, and stands in square brackets");
        file.report(Diagnostic::new(code, span, message, help));
        listed(&format!("[{}]", names.join(", ")), span)
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
        let table = match value {
            DeValue::Table(table) => return Some(self.inner(file, table, place, key)),
            // `[[key]]` in the place of `[key]`.
            DeValue::Array(array) => array.into_iter().next().map(toml::Spanned::into_inner),
            _ => None,
        };
        Self::wrong(file, key, &place, "needs a table", help.to_owned());
        match table {
            Some(DeValue::Table(table)) => Some(self.inner(file, table, place, key)),
            _ => None,
        }
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
        origin: Origin<'i>,
        keys: Option<&'static [Key]>,
        lost: Rc<BTreeSet<String>>,
    ) -> Self {
        Self {
            table,
            place,
            origin,
            keys,
            asked: Vec::new(),
            places: BTreeMap::new(),
            lost,
            misspelt: Vec::new(),
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
            let place = self.origin.place(value.span());
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
        for (key, span, near) in &self.misspelt {
            unknown(file, key, *span, format!("did you mean `{near}`?"));
        }
        // An empty key is the rest of a line that could not be read.
        for (key, _) in self.table.into_iter().filter(|(key, _)| {
            !key.get_ref().is_empty() && !self.lost.contains(key.get_ref().as_ref())
        }) {
            let span = file.span(self.origin.place(key.span()));
            let key = key.into_inner();
            let help = match nearest(&key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", list(known.iter().copied())),
            };
            unknown(file, &key, span, help);
        }
    }

    /// What was meant to stand behind a key.
    fn typed(&self, key: &str) -> &'i str {
        let value = self.table.get(key);
        let text = value.and_then(|value| self.origin.text.get(value.span()));
        text.unwrap_or_default()
    }

    fn remove(&mut self, key: &'static str) -> Option<(Range<usize>, DeValue<'i>)> {
        debug_assert!(
            self.keys.is_none() || self.key(key).is_some(),
            "`{key}` is among the keys"
        );
        self.asked.push(key);
        let value = self.table.remove(key)?;
        let place = self.origin.place(value.span());
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

fn is_tables(value: &DeValue<'_>) -> bool {
    let array = value.as_array();
    array.is_some_and(|array| array.iter().all(|it| it.get_ref().is_table()))
}

/// The texts in a table, and the keys that are said to hold, as TOML, in the order in which they were typed.
fn names_in(table: &DeTable<'_>) -> Vec<String> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    let names = entries.into_iter().flat_map(|(name, value)| {
        let texts: Vec<&str> = match value.get_ref() {
            DeValue::String(text) => vec![text],
            DeValue::Array(array) => (array.iter())
                .filter_map(|it| it.get_ref().as_str())
                .collect(),
            DeValue::Boolean(true) => vec![name.get_ref()],
            _ => Vec::new(),
        };
        texts.into_iter().map(crate::text::quoted)
    });
    names.collect()
}

/// The texts of a list that is written in TOML, at one place.
fn listed(list: &str, place: Span) -> Vec<Spanned<String>> {
    let list = DeValue::parse(list).map(toml::Spanned::into_inner);
    let Ok(DeValue::Array(array)) = list else {
        return Vec::new();
    };
    let texts = array.iter().filter_map(|it| it.get_ref().as_str());
    texts
        .map(|text| Spanned::new(text.to_owned(), place))
        .collect()
}

fn unknown(file: &mut File, key: &str, span: Span, help: String) {
    file.report(
        Diagnostic::new(Code::UnknownKey, span, format!("unknown key `{key}`"), help)
            .label("not a key of this file"),
    );
}

fn date(file: &mut File, key: &str, text: &Spanned<String>) -> Spanned<Date> {
    let date = Date::parse(text.value.trim());
    if date.is_none() {
        // Of `2000-13` nobody knows what was meant.
        let mut parts = text.value.trim().split('-');
        let is_in_form =
            |part: &str| matches!(part.len(), 2 | 4) && part.bytes().all(|it| it.is_ascii_digit());
        let in_words = !parts.all(is_in_form);
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
                format!("type `{key} = {}`", super::values::first_of(typed)),
            ),
            false => (
                "is a text, and stands in quotation marks".to_owned(),
                format!("type `{key} = {}`", super::values::as_text(typed)),
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
    let decimal = super::scalars::decimal(inner).filter(|_| quoted && error.contains("f64"));
    let number = decimal.as_deref().or(number);
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
