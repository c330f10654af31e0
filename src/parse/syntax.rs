//! TOML that cannot be read: what was typed, and what to type instead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::file::File;
use super::keys::{self, Key, Kind};
use super::marks::CURLY;
use super::places::Places;
use super::statements::Statement;
use super::values::{self, Slip};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::text::quoted;

/// The table in which a line stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    /// The keys outside of all tables.
    book: Option<&'static [Key]>,
    /// The keys of the table.
    own: Option<&'static [Key]>,
    /// Whether its keys are rules.
    of_rules: bool,
    /// Whether it stands in the place of a list, so that the values of that are its lines.
    of_list: bool,
}

impl Table {
    /// None, where these are the keys.
    pub(super) fn outside(keys: Option<&'static [Key]>) -> Self {
        Self {
            book: keys,
            own: keys,
            of_rules: false,
            of_list: false,
        }
    }

    /// The table behind some statements.
    pub(super) fn follow(&mut self, statements: &str) {
        let header = statements.trim_start();
        if !header.starts_with('[') {
            return;
        }
        let kind = self.kind_of_table(name_of(header));
        self.of_rules = matches!(kind, Some(Kind::Rules));
        self.of_list = matches!(kind, Some(Kind::Texts | Kind::AnyOf(_) | Kind::Ids));
        self.own = match kind {
            Some(Kind::Table(keys) | Kind::Tables(keys)) => Some(keys),
            // What stands below it belongs to the book.
            _ if self.of_list => self.book,
            _ => None,
        };
    }

    /// What the table of this name, or of one like it, holds.
    fn kind_of_table(&self, name: &str) -> Option<Kind> {
        let keys = self.book?;
        let names = keys.iter().map(|key| key.name);
        let name = nearest(name, names)?;
        keys.iter().find(|key| key.name == name).map(|key| key.kind)
    }

    /// What the value of a key is.
    fn kind(&self, name: &str) -> Option<Kind> {
        if self.of_rules {
            return Some(Kind::Table(keys::RULE));
        }
        let key = self.own?.iter().find(|key| key.name == name)?;
        Some(key.kind)
    }

    fn knows(&self, name: &str) -> bool {
        match self.of_rules {
            true => Code::named(name).is_some(),
            false => self.kind(name).is_some(),
        }
    }

    /// Whether a key of this name can be meant.
    fn is_like(&self, name: &str) -> bool {
        let known = self.own.into_iter().flatten().map(|key| key.name);
        self.own.is_none() || self.knows(name) || nearest(name, known).is_some()
    }
}

/// A statement as it was meant.
#[derive(Debug)]
pub(super) struct Mended {
    /// What is in the place of what was typed.
    pub(super) text: String,
    /// Where that is in the file.
    pub(super) typed: Range<usize>,
    /// What is said of it, unless whoever reads what was meant says it.
    pub(super) finding: Option<Diagnostic>,
    /// The key whose value nobody knows.
    pub(super) lost: Option<String>,
}

/// A statement that begins at byte `start` of the file, as it was meant, if it was typed otherwise.
pub(super) fn mended(
    file: &File,
    start: usize,
    statement: &Statement<'_>,
    table: &Table,
) -> Option<Mended> {
    let whole = statement.text.trim_end();
    let typed = whole.trim_start();
    let start = start + whole.len() - typed.len();
    let end = start + typed.len();
    let Some(fault) = &statement.fault else {
        return recounted(file, start, typed, table);
    };
    let blank = statement.text.len() - statement.text.trim_start().len();
    let place = fault.span().unwrap_or(0..0);
    let place = [place.start, place.end].map(|at| (start + at.saturating_sub(blank)).min(end));
    if table.of_list && !statement.begins() && !typed.contains('=') {
        return Some(Mended {
            text: entry_of_list(start, typed),
            typed: start..end,
            finding: None,
            lost: None,
        });
    }
    let mending = explain(typed, fault.message(), table);
    let text = mending
        .text
        .filter(|text| text.parse::<toml::Table>().is_ok());
    let finding = Diagnostic::new(
        Code::InvalidToml,
        file.span(place[0]..place[1]),
        mending.message,
        mending.help,
    );
    Some(match text {
        // What is the same in both has places of its own.
        Some(text) => {
            let same = mending.same;
            Mended {
                text: text[same..].to_owned(),
                typed: start + same..end,
                finding: (!mending.is_left).then(|| finding.understood()),
                lost: None,
            }
        }
        None => Mended {
            text: String::new(),
            typed: start..end,
            finding: Some(finding),
            lost: Some(mending.key),
        },
    })
}

/// Values of a list that stand below its name in brackets, as an entry of that table; its key is where they stand.
fn entry_of_list(start: usize, typed: &str) -> String {
    let names = typed
        .lines()
        .map(|line| line.split(" #").next().unwrap_or(line).trim())
        .map(|line| line.trim_start_matches("- "));
    let names: Vec<&str> = names.collect();
    format!("{start} = {}", values::as_list(&names.join(",")))
}

/// A header with as many brackets as its table needs, if it has others.
fn recounted(file: &File, start: usize, typed: &str, table: &Table) -> Option<Mended> {
    let name = name_of(typed.strip_prefix('[')?);
    let is_several = match table.book?.iter().find(|key| key.name == name)?.kind {
        Kind::Tables(_) => true,
        Kind::Table(_) | Kind::Rules => false,
        _ => return None,
    };
    if typed.starts_with("[[") == is_several {
        return None;
    }
    let text = header(name, is_several);
    let needs = if is_several { "tables" } else { "a table" };
    Some(Mended {
        finding: Some(Diagnostic::new(
            Code::InvalidValue,
            file.span(start..start + typed.len()),
            format!("`{name}` needs {needs}"),
            format!("write `{text}` on a line of its own"),
        )),
        text,
        typed: start..start + typed.len(),
        lost: None,
    })
}

impl Table {
    /// The header of a table, of which there can be several, that has these keys, and is not the one in which they stand.
    pub(super) fn header_with(&self, keys: [&str; 2]) -> Option<String> {
        let has = |known: &[Key], name: &str| known.iter().any(|key| key.name == name);
        let mut tables = self.book?.iter().filter_map(|key| match key.kind {
            Kind::Tables(known) => Some((key.name, known)),
            _ => None,
        });
        let is_own = self
            .own
            .is_none_or(|own| keys.iter().all(|key| has(own, key)));
        let (name, _) =
            tables.find(|(_, known)| !is_own && keys.iter().all(|key| has(known, key)))?;
        Some(header(name, true))
    }
}

/// `[[name]]`, if a statement is such a header.
pub(super) fn header_of_several(statement: &str) -> Option<String> {
    let is_several = statement.starts_with("[[");
    is_several.then(|| header(name_of(statement), true))
}

/// What is said of a key that stands in a table again, where another table begins without its header.
pub(super) fn headless(file: &File, start: usize, statement: &str, header: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidToml,
        file.span(start..start + statement.trim_end().len()),
        format!("the keys of a table `{header}` begin here, without its header"),
        format!("put a line `{header}` above this one"),
    )
    .understood()
}

fn header(name: &str, is_several: bool) -> String {
    match is_several {
        true => format!("[[{name}]]"),
        false => format!("[{name}]"),
    }
}

/// The name in a header.
fn name_of(header: &str) -> &str {
    let name = header.trim_start_matches(['[', ' ']);
    let end = name.find([']', '#', '[']).unwrap_or(name.len());
    name[..end].trim()
}

/// Reports what else the parser could not read of a text that was meant, once for each line; returns the keys on these
/// lines.
pub(super) fn report(
    file: &mut File,
    range: &Range<usize>,
    errors: &[toml::de::Error],
    places: &Places,
) -> BTreeSet<String> {
    let text = file.source.text.as_str();
    let mut lines: BTreeMap<usize, (Range<usize>, &toml::de::Error)> = BTreeMap::new();
    for error in errors {
        let place = places.of(error.span().unwrap_or(0..0));
        let line = text[range.start..place.start]
            .rfind('\n')
            .map_or(range.start, |at| range.start + at + 1);
        lines.entry(line).or_insert((place, error));
    }
    let mut lost = BTreeSet::new();
    let again = match lines.is_empty() {
        true => BTreeMap::new(),
        false => again(text, range),
    };
    for (start, (place, error)) in lines {
        let line = text[start..range.end].lines().next().unwrap_or_default();
        let key = line.split(['=', ':']).next().unwrap_or_default().trim();
        let found = if error.message().contains("duplicate key") {
            twice(file, key, place, again.get(&start)).understood()
        } else {
            lost.insert(key.to_owned());
            let (message, help) = other(error.message());
            Diagnostic::new(Code::InvalidToml, file.span(place), message, help)
        };
        file.report(found);
    }
    lost
}

/// What is wrong with a statement, and what was meant.
struct Mending {
    message: String,
    help: String,
    /// All of it in TOML, if that is known.
    text: Option<String>,
    /// How many bytes at its beginning are as they were typed.
    same: usize,
    key: String,
    /// Whether whoever reads it says what is wrong.
    is_left: bool,
}

impl Mending {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
            text: None,
            same: 0,
            key: String::new(),
            is_left: false,
        }
    }

    fn meant(self, text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            ..self
        }
    }
}

fn explain(typed: &str, error: &str, table: &Table) -> Mending {
    if let Some(mending) = of_header(typed, error, table) {
        return mending;
    }
    let Some(pair) = Pair::of(typed, table) else {
        return nothing(typed, error);
    };
    let mut mending = of_pair(typed, &pair, error, table);
    mending.key.clone_from(&pair.key);
    mending
}

/// What is wrong with a line that begins with the brackets of a header, or with the name of a table.
fn of_header(typed: &str, error: &str, table: &Table) -> Option<Mending> {
    let line = typed.lines().next().unwrap_or_default().trim_end();
    let is_apart = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':');
    let is_bracketed = line.starts_with('[');
    let close = line.rfind(']').filter(|_| is_bracketed);
    let first = line.find(']').filter(|_| is_bracketed);
    let behind = first.map(|first| {
        let rest = line[first..].trim_start_matches(']');
        rest.trim_start().trim_start_matches(is_apart)
    });
    if let (Some(rest), Some(_)) = (behind, close)
        && !rest.is_empty()
        && !rest.starts_with('#')
    {
        let head = &line[..line.len() - rest.len()];
        let head = head.trim_end_matches(is_apart);
        let mending = Mending::new(
            format!("`{head}` stands on a line of its own"),
            format!("put `{rest}` on the next line"),
        );
        let mut below = *table;
        below.follow(head);
        let rest = match rest.parse::<toml::Table>() {
            Ok(_) => Some(rest.to_owned()),
            Err(_) if rest.starts_with('[') => None,
            Err(error) => explain(rest, error.message(), &below).text,
        };
        let text = format!("{head}\n{}", rest.unwrap_or_default());
        return Some(mending.meant(text));
    }
    let bare = line.split('#').next().unwrap_or_default();
    let bare = bare.trim_matches(|c| is_apart(c) || "[](){}<>".contains(c));
    let kind = table.book?.iter().find(|key| key.name == bare);
    let is_several = match kind.map(|key| key.kind) {
        Some(Kind::Tables(_)) => true,
        Some(Kind::Table(_) | Kind::Rules) => false,
        _ if is_bracketed && is_key(bare) => {
            line.matches('[').count().max(line.matches(']').count()) > 1
        }
        _ => return None,
    };
    let text = header(bare, is_several);
    if line != typed {
        return Some(Mending::new(other(error).0, format!("type `{text}`")));
    }
    let message = match is_bracketed {
        true => Slip::Bracket.message(),
        false => "the name of a table stands in square brackets",
    };
    Some(Mending::new(message, format!("type `{text}`")).meant(text))
}

/// A key and where its value begins.
struct Pair {
    /// The key as it was meant.
    key: String,
    /// The number of bytes before the value.
    before: usize,
    /// What is wrong with the key, or with what is behind it.
    fault: Option<String>,
}

impl Pair {
    fn of(typed: &str, table: &Table) -> Option<Self> {
        let line = typed.lines().next().unwrap_or_default();
        let sign = line.find(['=', ':']);
        if let Some(at) = sign {
            let name = line[..at].trim();
            let is_colon = line[at..].starts_with(':');
            let behind = line[at + 1..].trim_start_matches(['=', ':']);
            let before = line.len() - behind.trim_start().len();
            let is_double = at + 1 + behind.len() < line.len();
            let fault = (is_colon || is_double).then(|| Slip::Colon.message().to_owned());
            if is_key(name) && (!is_colon || table.is_like(name)) {
                return Some(Self {
                    key: name.to_owned(),
                    before,
                    fault,
                });
            }
            let meant = as_key(name);
            if table.knows(&meant) {
                return Some(Self {
                    fault: Some(format!("this key is written `{meant}`")),
                    key: meant,
                    before,
                });
            }
        }
        // A key with its value right behind it.
        let is_in_key = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let behind = line.trim_start_matches(is_in_key);
        let key = &line[..line.len() - behind.len()];
        let value = behind.trim_start();
        let is_value = value.starts_with(['"', '\'', '[', '{'])
            || value.starts_with(CURLY)
            || value.starts_with(|c: char| c.is_ascii_digit());
        (table.knows(key) && is_value).then(|| Self {
            key: key.to_owned(),
            before: line.len() - value.len(),
            fault: Some(Slip::Colon.message().to_owned()),
        })
    }
}

fn is_key(name: &str) -> bool {
    let is_in_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !name.is_empty() && name.chars().all(is_in_key)
}

/// A key that was typed in marks, in capitals or in several words.
fn as_key(typed: &str) -> String {
    let marks = |c: char| c == '"' || c == '\'' || CURLY.contains(&c);
    let words = typed.trim_matches(marks).to_lowercase();
    let words = words.split(|c: char| c.is_whitespace() || c == '_' || c == '-');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// What is wrong with a key and its value.
fn of_pair(typed: &str, pair: &Pair, error: &str, table: &Table) -> Mending {
    let Pair { key, before, fault } = pair;
    let value = typed[*before..].trim();
    let kind = table.kind(key);
    let is_mark = |c: char| c == '"' || c == '\'' || CURLY.contains(&c);
    if value.is_empty() || !values::is_value(value) && value.trim_matches(is_mark).is_empty() {
        let help = match kind {
            Some(Kind::Number | Kind::Amount) => format!("write digits alone behind `{key} =`"),
            Some(Kind::Bool) => format!("type `{key} = true` or `{key} = false`"),
            Some(Kind::Texts | Kind::AnyOf(_) | Kind::Ids) => {
                format!("type `{key} = [\"\"]` with the value between the marks")
            }
            _ => format!("type `{key} = \"\"` with the value between the marks"),
        };
        return Mending::new("this key has no value", help);
    }
    let is_date = kind.is_none() && DATES.contains(&key.as_str());
    let kind = match is_date {
        true => Some(Kind::Date(keys::Precision::Year)),
        false => kind,
    };
    let read = values::meant(value, kind);
    let is_known = !read.text.is_empty() && toml::de::DeValue::parse(&read.text).is_ok();
    let line = format!("{key} = {}", read.text);
    let is_strange = |c: char| c.is_whitespace() && !c.is_ascii();
    let has_strange_space = typed[..*before].contains(is_strange);
    let (message, help) = match (fault, read.slip) {
        (Some(_), _) if !is_known => other(error),
        (Some(fault), _) => (fault.clone(), format!("type `{line}`")),
        (None, Some(slip)) => {
            let said = said(key, &line, kind, slip, is_known, value);
            said.unwrap_or_else(|| other(error))
        }
        (None, None) if has_strange_space => (
            "a space here is of another kind than those of TOML".to_owned(),
            format!("type `{line}`"),
        ),
        (None, None) if typed[*before..].starts_with('\n') => (
            "a value begins on the line of its key".to_owned(),
            format!("type `{line}`"),
        ),
        (None, None) => other(error),
    };
    let mending = Mending {
        // A rule that is allowed needs more, whatever stands around this word.
        is_left: table.of_rules && read.text == "\"allow\"",
        ..Mending::new(message, help)
    };
    if !is_known {
        return mending;
    }
    match fault {
        None if !has_strange_space => Mending {
            same: *before,
            ..mending.meant(format!("{}{}", &typed[..*before], read.text))
        },
        _ => mending.meant(line),
    }
}

/// Keys of dates in tables of which nothing is known.
const DATES: [&str; 5] = ["date", "reviewed", "next-review", "evidence-to", "until"];

/// What is said of a slip in a value, and what to type, if that is known.
fn said(
    key: &str,
    line: &str,
    kind: Option<Kind>,
    slip: Slip,
    is_known: bool,
    value: &str,
) -> Option<(String, String)> {
    let message = match (slip, kind) {
        (Slip::Truth, _) => format!("`{key}` is `true` or `false`, without quotation marks"),
        (Slip::Number, Some(Kind::Amount)) => format!("`{key}` is a number"),
        (Slip::Number, _) => format!("`{key}` is a whole number from 0"),
        _ => slip.message().to_owned(),
    };
    let marks = "\"\"\"";
    let help = match slip {
        Slip::Truth if !is_known => format!("type `{key} = true` or `{key} = false`"),
        Slip::Number if key == "pmid" && value.starts_with("10.") => {
            format!("type `doi = {}`", quoted(value))
        }
        Slip::Number if !is_known => {
            format!("write digits alone, without quotation marks, behind `{key} =`")
        }
        Slip::Lines => format!(
            "type `{key} = {marks}` in the first line and `{marks}` at the end of the last one"
        ),
        Slip::Unpaired if value.starts_with(marks) => {
            format!("type `{marks}` on a line below the text")
        }
        _ if !is_known => return None,
        _ => format!("type `{line}`"),
    };
    Some((message, help))
}

/// What is wrong with lines that hold neither a header nor a key.
fn nothing(typed: &str, error: &str) -> Mending {
    if typed.contains('=') || typed.starts_with('[') {
        let (message, help) = other(error);
        return Mending::new(message, help);
    }
    let message = match typed.lines().nth(1) {
        None => "this line is neither a key with its value nor a note",
        Some(_) => "these lines are neither keys with their values nor notes",
    };
    // Without them, all is as it was meant.
    Mending::new(
        message,
        "begin each note with `#`, and put a text between the marks behind its key",
    )
    .meant("")
}

/// What is none of the common slips.
fn other(error: &str) -> (String, String) {
    let message: Vec<&str> = error.lines().map(str::trim).collect();
    (
        message.join(", "),
        "write a key, `=` and a value: a text in quotation marks, a number, or a list in square brackets".to_owned(),
    )
}

/// What is said of a key that stands twice.
fn twice(file: &File, key: &str, place: Range<usize>, first: Option<&Range<usize>>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::InvalidToml,
        file.span(place),
        format!("`{key}` stands here twice"),
        "delete one of the two lines",
    );
    match first {
        Some(first) => found
            .label("again here")
            .related(file.span(first.clone()), "first here"),
        None => found,
    }
}

/// The lines whose key stood in their table before, by where they begin, and the first line that has it.
fn again(text: &str, range: &Range<usize>) -> BTreeMap<usize, Range<usize>> {
    let mut again = BTreeMap::new();
    let mut firsts: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    let mut start = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            firsts.clear();
        }
        if let Some((name, _)) = line.split_once('=') {
            let place = start..start + line.trim_end().len();
            match firsts.get(name.trim()) {
                Some(first) => {
                    again.insert(start, first.clone());
                }
                None => {
                    firsts.insert(name.trim(), place);
                }
            }
        }
        start += line.len();
    }
    again
}
