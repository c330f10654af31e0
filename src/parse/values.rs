//! A value of TOML that cannot be read: what was meant by it.

use toml::de::DeValue;

use super::keys::{Key, Kind};
use super::lists;
use super::marks::{ACCENTS, CURLY, behind_commas, is_mark, is_partner, with_marks_within};
use super::scalars::{decimal, only_number, truth};
use crate::model::Date;
use crate::text::quoted;

/// What was typed otherwise than TOML has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    Curly,
    Accent,
    Commas,
    Unpaired,
    Doubled,
    Bare,
    Inner,
    Single,
    Backslash,
    Lines,
    Brackets,
    Braces,
    Bracket,
    Brace,
    Comma,
    Colon,
    Behind,
    Truth,
    Number,
}

impl Slip {
    /// What is wrong, in words.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Curly => "these are curly quotation marks",
            Self::Accent => "these are accents, and no quotation marks",
            Self::Commas => "these are commas, and no quotation mark",
            Self::Unpaired => "the quotation mark has no partner",
            Self::Doubled => "one quotation mark stands on each side of a text",
            Self::Bare => "a text stands in quotation marks",
            Self::Inner => "a quotation mark within a text has a `\\` before it",
            Self::Single => "a text with a `'` in it stands between two `\"`",
            Self::Backslash => "a `\\` within a text is typed twice",
            Self::Lines => "a text with more than one line stands between three quotation marks",
            Self::Brackets => "a list stands in square brackets",
            Self::Braces => "a table on one line stands in curly brackets",
            Self::Bracket => "the square bracket has no partner",
            Self::Brace => "the curly bracket has no partner",
            Self::Comma => "a comma stands between two values",
            Self::Colon => "keys and values have a `=` between them",
            Self::Behind => {
                "nothing stands behind a value on its line, but for a note that begins with `#`"
            }
            Self::Truth => "this is `true` or `false`, without quotation marks",
            Self::Number => "this is a number, in digits alone",
        }
    }
}

/// A value as it was meant.
#[derive(Debug)]
pub(super) struct Value {
    /// It in TOML.
    pub(super) text: String,
    /// The first slip in it.
    pub(super) slip: Option<Slip>,
}

/// What was meant by a value of this kind.
pub(super) fn meant(typed: &str, kind: Option<Kind>) -> Value {
    if is_list(kind)
        && let Some(inner) = lists::in_brackets(typed)
    {
        return Value {
            text: meant(&format!("[{inner}]"), kind).text,
            slip: Some(Slip::Brackets),
        };
    }
    if let Some(inner) = behind_commas(typed) {
        return Value {
            text: meant(&quoted(inner), kind).text,
            slip: Some(Slip::Commas),
        };
    }
    let mut reader = Reader {
        text: typed,
        at: 0,
        slip: None,
        depth: 0,
    };
    let text = reader.whole(kind);
    Value {
        text,
        slip: reader.slip,
    }
}

/// Whether a value of this kind is a list.
fn is_list(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Texts | Kind::AnyOf(_) | Kind::Ids))
}

/// What a value stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Line,
    List,
    Table,
}

/// Reads a value, however it was typed.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    slip: Option<Slip>,
    /// How many tables are around it.
    depth: usize,
}

/// How deep tables may be in others: no file needs two.
const DEEPEST: usize = 8;

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn pass(&mut self, count: usize) {
        self.at += count;
    }

    fn note(&mut self, slip: Slip) {
        self.slip.get_or_insert(slip);
    }

    /// Passes over white space, and, between the values of a list, over notes.
    fn space(&mut self, within: Within) {
        loop {
            let rest = self.rest();
            let text = match within {
                Within::Line => rest.trim_start_matches(|c: char| c != '\n' && c.is_whitespace()),
                _ => rest.trim_start(),
            };
            self.pass(rest.len() - text.len());
            if within == Within::Line || !text.starts_with('#') {
                return;
            }
            self.pass(text.find('\n').unwrap_or(text.len()));
        }
    }

    fn whole(&mut self, kind: Option<Kind>) -> String {
        self.space(Within::Line);
        let rest = self.rest();
        if let Some(content) = ["\"\"\"", "'''"]
            .iter()
            .find_map(|marks| rest.strip_prefix(marks))
        {
            return self.lines(content);
        }
        let is_list = is_list(kind);
        let text = match (self.peek(), kind) {
            (Some('['), Some(Kind::Table(keys))) if rest.contains('=') => {
                self.note(Slip::Braces);
                self.table(Some(keys), true)
            }
            (Some('['), _) => self.list(true),
            (Some('{'), kind) => self.table(keys_of(kind), true),
            (_, Some(Kind::Table(keys))) if rest.contains(['=', ':']) => {
                self.note(Slip::Brace);
                self.table(Some(keys), false)
            }
            (Some(mark), _) if is_list && is_mark(mark) => {
                let slip = match rest.trim_end().ends_with(']') {
                    true => Slip::Bracket,
                    false => Slip::Brackets,
                };
                self.note(slip);
                self.list(false)
            }
            (Some(mark), _) if is_mark(mark) => {
                let texts = self.text(Within::Line);
                let only = texts.into_iter().next().unwrap_or_default();
                in_form(only, kind)
            }
            _ => self.bare_line(kind, is_list),
        };
        self.space(Within::Line);
        if !self.rest().is_empty() && !self.rest().starts_with('#') {
            self.note(Slip::Behind);
        }
        text
    }

    /// A text between three marks of which the last are not there.
    fn lines(&mut self, content: &str) -> String {
        self.note(Slip::Unpaired);
        self.at = self.text.len();
        quoted(content.trim_matches(['"', '\'']).trim())
    }

    /// A list, with its first bracket or without it.
    fn list(&mut self, is_open: bool) -> String {
        if is_open {
            self.pass(1);
        }
        let mut texts: Vec<String> = Vec::new();
        let mut is_apart = true;
        loop {
            self.space(Within::List);
            let before = texts.len();
            match self.peek() {
                None => {
                    if is_open {
                        self.note(Slip::Bracket);
                    }
                    break;
                }
                Some(']') => {
                    self.pass(1);
                    break;
                }
                Some(sign @ (',' | ';')) => {
                    if sign == ';' || is_apart {
                        self.note(Slip::Comma);
                    }
                    is_apart = true;
                    self.pass(1);
                    continue;
                }
                Some('[') => {
                    self.note(Slip::Bracket);
                    self.pass(1);
                    continue;
                }
                Some('{') => texts.push(self.table(None, true)),
                Some(mark) if is_mark(mark) => texts.extend(self.text(Within::List)),
                Some(_) => match small_word(self.rest()) {
                    Some(length) => {
                        self.note(Slip::Comma);
                        self.pass(length);
                    }
                    None => texts.extend(self.bare(Within::List)),
                },
            }
            if texts.len() > before {
                if !is_apart {
                    self.note(Slip::Comma);
                }
                is_apart = false;
            }
        }
        format!("[{}]", texts.join(", "))
    }

    /// A table on a line, with its first bracket or without it.
    fn table(&mut self, keys: Option<&'static [Key]>, is_open: bool) -> String {
        if is_open {
            self.pass(1);
        }
        let mut pairs: Vec<String> = Vec::new();
        let mut is_apart = true;
        if self.depth == DEEPEST {
            self.at = self.text.len();
        }
        self.depth += 1;
        loop {
            self.space(Within::Table);
            match self.peek() {
                None => {
                    self.note(Slip::Brace);
                    break;
                }
                Some('}' | ']') => {
                    self.pass(1);
                    break;
                }
                Some(sign @ (',' | ';')) => {
                    if sign == ';' || is_apart {
                        self.note(Slip::Comma);
                    }
                    is_apart = true;
                    self.pass(1);
                    continue;
                }
                Some(_) => {}
            }
            let rest = self.rest();
            let Some(at) = rest.find(['=', ':']) else {
                self.note(Slip::Behind);
                self.at = self.text.len();
                break;
            };
            if !is_apart {
                self.note(Slip::Comma);
            }
            is_apart = false;
            if rest[at..].starts_with(':') {
                self.note(Slip::Colon);
            }
            let key = rest[..at].trim();
            self.pass(at + 1);
            self.space(Within::Table);
            let kind = keys.and_then(|keys| keys.iter().find(|it| it.name == key));
            let kind = kind.map(|it| it.kind);
            let value = match self.peek() {
                Some('[') => Some(self.list(true)),
                Some('{') => Some(self.table(keys_of(kind), true)),
                Some(mark) if is_mark(mark) => self.text(Within::Table).into_iter().next(),
                _ => self.bare(Within::Table),
            };
            pairs.extend(value.map(|value| format!("{key} = {}", in_form(value, kind))));
        }
        self.depth -= 1;
        format!("{{ {} }}", pairs.join(", "))
    }

    /// A text whose first mark is here. Of a list, it is several, if commas stand in it where its last mark is missing.
    fn text(&mut self, within: Within) -> Vec<String> {
        let Some(mark) = self.peek() else {
            return Vec::new();
        };
        self.pass(mark.len_utf8());
        let (content, last) = self.content(mark, within);
        self.strange(mark);
        let Some(last) = last else {
            self.note(Slip::Unpaired);
            let content = content.trim_end_matches(|c| matches!(c, ',' | ' ') || is_mark(c));
            if within == Within::List {
                let parts = content.split(',').map(str::trim);
                return parts.filter(|it| !it.is_empty()).map(quoted).collect();
            }
            return vec![quoted(content.trim())];
        };
        self.strange(last);
        if content.contains('\n') {
            self.note(Slip::Lines);
            let content = content.trim_matches(|c: char| c == '"' || c.is_whitespace());
            return vec![quoted(content)];
        }
        vec![self.between(mark, content, last)]
    }

    /// Notes a mark that is none of TOML.
    fn strange(&mut self, mark: char) {
        if CURLY.contains(&mark) {
            self.note(Slip::Curly);
        }
        if ACCENTS.contains(&mark) {
            self.note(Slip::Accent);
        }
    }

    /// What stands behind the first mark of a text, up to its last mark, which is not there if it is forgotten.
    fn content(&mut self, mark: char, within: Within) -> (&'t str, Option<char>) {
        let rest = self.rest();
        let mut letters = rest.char_indices();
        while let Some((at, letter)) = letters.next() {
            let behind = &rest[at + letter.len_utf8()..];
            if letter == '\\' && mark == '"' {
                letters.next();
                continue;
            }
            if is_partner(mark, letter) && ends(behind, within) {
                self.pass(at + letter.len_utf8());
                return (&rest[..at], Some(letter));
            }
            let is_lost = match (within, letter) {
                (Within::Line, _) => false,
                (_, '\n') => true,
                (Within::List, ',') => begins_text(behind),
                (Within::Table, ',') => begins_pair(behind.trim_start(), &['=', ':']),
                _ => false,
            };
            if is_lost {
                self.pass(at);
                return (&rest[..at], None);
            }
        }
        let close = match within {
            Within::Line => None,
            Within::List => rest.trim_end().strip_suffix(']'),
            Within::Table => rest.trim_end().strip_suffix('}'),
        };
        let content = close.unwrap_or(rest);
        self.pass(content.len());
        (content, None)
    }

    /// A text between two marks, in straight ones.
    fn between(&mut self, mark: char, content: &str, last: char) -> String {
        let inner = content.trim_matches(|c| is_partner(mark, c));
        let is_doubled = content.chars().count() > inner.chars().count() + 1
            && content.starts_with(|c| is_partner(mark, c))
            && content.ends_with(|c| is_partner(mark, c));
        if is_doubled {
            self.note(Slip::Doubled);
            return quoted(inner);
        }
        let as_typed = format!("{mark}{content}{last}");
        if is_value(&as_typed) {
            return as_typed;
        }
        if mark != '"' || last != '"' {
            let is_straight = |mark: char| !CURLY.contains(&mark) && !ACCENTS.contains(&mark);
            if is_straight(mark) && is_straight(last) {
                self.note(Slip::Single);
                return quoted(content);
            }
            return quoted(content.trim());
        }
        let escaped = with_escapes(content);
        self.note(match escaped == content {
            true => Slip::Backslash,
            false => Slip::Inner,
        });
        let escaped = format!("\"{escaped}\"");
        match is_value(&escaped) {
            true => escaped,
            false => quoted(content),
        }
    }

    /// A value without marks, up to the end of the line.
    fn bare_line(&mut self, kind: Option<Kind>, is_list: bool) -> String {
        let rest = self.rest();
        if is_list && rest.starts_with("- ") {
            self.note(Slip::Brackets);
            self.at = self.text.len();
            let marks = |c: char| c == '-' || c.is_whitespace() || is_mark(c);
            let texts = rest.lines().map(|line| quoted(line.trim_matches(marks)));
            return format!("[{}]", texts.collect::<Vec<_>>().join(", "));
        }
        let end = [" # ", "\t# ", " // ", "\n"]
            .iter()
            .filter_map(|it| rest.find(it));
        let end = end.min().unwrap_or(rest.len());
        let typed = rest[..end].trim();
        self.at = self.text.len();
        let value = typed.trim_end_matches([',', ';']);
        let inner = value.trim_matches(is_mark);
        match kind {
            _ if is_value(value) => {
                self.note(Slip::Behind);
                return value.to_owned();
            }
            Some(Kind::Bool) if truth(inner).is_some() => {
                self.note(Slip::Truth);
                return truth(inner).unwrap_or_default().to_owned();
            }
            Some(Kind::Bool) => {
                self.note(Slip::Truth);
                return String::new();
            }
            Some(Kind::Number | Kind::Amount) => {
                self.note(Slip::Number);
                let number = match kind {
                    Some(Kind::Amount) => decimal(inner).or_else(|| {
                        // A comma before three digits is one of thousands or of decimals.
                        let is_one_or_other = inner.matches(',').count() == 1;
                        only_number(inner).filter(|_| !is_one_or_other)
                    }),
                    _ => only_number(inner),
                };
                return number.unwrap_or_default();
            }
            _ => {}
        }
        if let Some(text) = with_marks_within(value) {
            self.note(Slip::Bare);
            return match is_list {
                true => as_list(&text),
                false => quoted(&text),
            };
        }
        if inner.len() < value.len() {
            self.note(match inner.is_empty() || value.contains(CURLY) {
                true => Slip::Curly,
                false => Slip::Unpaired,
            });
        }
        self.note(Slip::Bare);
        if is_list {
            return as_list(value);
        }
        in_form(quoted(inner), kind)
    }

    /// A value without marks in a list or a table.
    fn bare(&mut self, within: Within) -> Option<String> {
        let rest = self.rest();
        let last = if within == Within::List { ']' } else { '}' };
        let mut before = ' ';
        let end = rest.char_indices().find(|(at, letter)| {
            let is_table = within == Within::Table && *letter == ']';
            let is_end = matches!(letter, ',' | ';' | '\n') || *letter == last || is_table;
            let begins = *at > 0 && before.is_whitespace() && (is_mark(*letter) || *letter == '#');
            before = *letter;
            is_end || begins
        });
        let end = end.map_or(rest.len(), |(at, _)| at);
        self.pass(end.max(1).min(rest.len()));
        let typed = rest[..end].trim();
        if is_value(typed) {
            return Some(typed.to_owned());
        }
        let inner = typed.trim_matches(is_mark);
        let slip = match inner.len() < typed.len() {
            true => Slip::Unpaired,
            false => Slip::Bare,
        };
        (!inner.is_empty()).then(|| {
            self.note(slip);
            quoted(inner)
        })
    }
}

/// A text as the value of a key of this kind.
fn in_form(value: String, kind: Option<Kind>) -> String {
    let inner = value.trim_matches('"');
    match kind {
        Some(Kind::Date(_)) if Date::parse(inner).is_none() => match Date::of_words(inner) {
            Some(date) => quoted(&date.to_string()),
            None => value,
        },
        _ => value,
    }
}

/// A value as a text in quotation marks; of a list, it is the first one.
pub(super) fn as_text(typed: &str) -> String {
    let typed = typed.trim();
    match typed.starts_with('[') {
        true => first_of(typed),
        false => in_marks(typed),
    }
}

/// A value as a list: `"A, B"` is two texts, and so is `[A, B]`.
pub(super) fn as_list(typed: &str) -> String {
    let marks = ['"', '\'', '“', '”', '„', ' '];
    let inner = typed.trim().trim_matches(['[', ']']).trim_matches(marks);
    let separator = if inner.contains(';') { ';' } else { ',' };
    let parts = inner
        .split(separator)
        .map(|part| part.trim().trim_matches(marks))
        .filter(|part| !part.is_empty());
    format!("[{}]", parts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// The first text of a list.
pub(super) fn first_of(typed: &str) -> String {
    let inner = typed.trim_start_matches('[').trim_end_matches(']');
    let first = inner.split("\",").next().unwrap_or_default();
    in_marks(first.trim().trim_matches('"'))
}

/// A text in quotation marks, unless it stands in them.
fn in_marks(typed: &str) -> String {
    let typed = typed.trim();
    match typed.starts_with('"') && typed.ends_with('"') && typed.len() > 1 {
        true => typed.to_owned(),
        false => quoted(typed.trim_matches('\'')),
    }
}

fn keys_of(kind: Option<Kind>) -> Option<&'static [Key]> {
    match kind {
        Some(Kind::Table(keys) | Kind::Tables(keys)) => Some(keys),
        _ => None,
    }
}

/// Whether a text ends where this stands behind it.
fn ends(behind: &str, within: Within) -> bool {
    let near = behind.trim_start_matches([' ', '\t']);
    let is_spaced = near.len() < behind.len();
    match within {
        Within::Line => {
            let rest = near.trim_start_matches([',', ';', '.', ']', '}', ' ', '\n']);
            let is_next = rest.len() < behind.len() && begins_pair(rest, &['=']);
            rest.is_empty() || rest.starts_with('#') || rest.starts_with("//") || is_next
        }
        Within::List => {
            near.is_empty()
                || near.starts_with([',', ';', ']', '#', '\n'])
                || is_spaced && (near.starts_with(is_mark) || small_word(near).is_some())
        }
        Within::Table => {
            near.is_empty()
                || near.starts_with([',', ';', '}', ']', '\n'])
                || is_spaced && begins_pair(near, &['=', ':'])
        }
    }
}

/// Whether a text begins behind a comma.
fn begins_text(behind: &str) -> bool {
    let text = behind.trim_start();
    let mut letters = text.chars();
    letters.next().is_some_and(is_mark)
        && (letters.next()).is_some_and(|it| it.is_alphanumeric() || is_mark(it))
}

/// Whether a text begins with a key and one of these signs behind it.
fn begins_pair(text: &str, signs: &[char]) -> bool {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    behind.len() < text.len() && behind.trim_start().starts_with(signs)
}

/// The length of a word such as `and` between two texts.
fn small_word(text: &str) -> Option<usize> {
    let behind = text.trim_start_matches(|c: char| c.is_alphabetic() || c == '&');
    let length = text.len() - behind.len();
    let is_between = behind.starts_with(' ') && behind.trim_start().starts_with(is_mark);
    (is_between && (1..=4).contains(&length)).then_some(length)
}

/// A text with a `\` before each mark and each `\` in it that needs one.
fn with_escapes(content: &str) -> String {
    let mut out = String::new();
    let mut is_escaped = false;
    for letter in content.chars() {
        if letter == '"' && !is_escaped {
            out.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        out.push(letter);
    }
    out
}

pub(super) fn is_value(text: &str) -> bool {
    DeValue::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str, kind: Option<Kind>) -> (String, Option<Slip>) {
        let value = meant(typed, kind);
        (value.text, value.slip)
    }

    #[test]
    fn what_was_meant_is_made_from_what_was_typed() {
        for (typed, meant, slip) in [
            ("“My book”", "\"My book\"", Slip::Curly),
            ("«My book»", "\"My book\"", Slip::Curly),
            ("« My book »", "\"My book\"", Slip::Curly),
            ("´My book´", "\"My book\"", Slip::Accent),
            ("`My book´", "\"My book\"", Slip::Accent),
            (",,My book''", "\"My book\"", Slip::Commas),
            (",,My book“", "\"My book\"", Slip::Commas),
            ("“Don’t say “never””", "\"Don’t say “never”\"", Slip::Curly),
            ("\"My book", "\"My book\"", Slip::Unpaired),
            ("My book\"", "\"My book\"", Slip::Unpaired),
            ("My book", "\"My book\"", Slip::Bare),
            ("not \"stated\"", "\"not stated\"", Slip::Bare),
            ("not “stated”", "\"not stated\"", Slip::Bare),
            ("The \"book\"", "\"The \\\"book\\\"\"", Slip::Bare),
            ("''My book''", "\"My book\"", Slip::Doubled),
            (
                "\"My \"own\" book\"",
                "\"My \\\"own\\\" book\"",
                Slip::Inner,
            ),
            ("\"C:\\own\"", "\"C:\\\\own\"", Slip::Backslash),
            ("\"My book\",", "\"My book\"", Slip::Behind),
            (
                "\"My book\" subtitle = \"Mine\"",
                "\"My book\"",
                Slip::Behind,
            ),
            ("'It's mine'", "\"It's mine\"", Slip::Single),
            ("Chapter #1", "\"Chapter #1\"", Slip::Bare),
            ("[\"a4, letter']", "[\"a4\", \"letter\"]", Slip::Unpaired),
            (
                "[a4,  # one\nletter # two\n]",
                "[\"a4\", \"letter\"]",
                Slip::Bare,
            ),
            ("\"My book\" // mine", "\"My book\"", Slip::Behind),
            ("\"My\nbook\"", "\"My\\nbook\"", Slip::Lines),
            ("[\"liver]", "[\"liver\"]", Slip::Unpaired),
            ("[liver\"]", "[\"liver\"]", Slip::Unpaired),
            ("[“liver”, “lung”]", "[\"liver\", \"lung\"]", Slip::Curly),
            ("[\"liver\"", "[\"liver\"]", Slip::Bracket),
            ("[\"a4, \"letter\"]", "[\"a4\", \"letter\"]", Slip::Unpaired),
            ("[\"a4\", letter\"]", "[\"a4\", \"letter\"]", Slip::Unpaired),
            ("[\"a4, letter]", "[\"a4\", \"letter\"]", Slip::Unpaired),
            ("[\"a4\" \"letter\"]", "[\"a4\", \"letter\"]", Slip::Comma),
            (
                "[\"a4\", \"letter\",,]",
                "[\"a4\", \"letter\"]",
                Slip::Comma,
            ),
            ("[\"a4\"; \"letter\"]", "[\"a4\", \"letter\"]", Slip::Comma),
            (
                "[\"a4\" and \"letter\"]",
                "[\"a4\", \"letter\"]",
                Slip::Comma,
            ),
            (
                "{ text = “x”, reference = \"y\" }",
                "{ text = \"x\", reference = \"y\" }",
                Slip::Curly,
            ),
            (
                "{ text = \"x\" reference = \"y\" }",
                "{ text = \"x\", reference = \"y\" }",
                Slip::Comma,
            ),
            (
                "{ text = \"x, reference = \"y\" }",
                "{ text = \"x\", reference = \"y\" }",
                Slip::Unpaired,
            ),
            (
                "{ text: \"x\", reference: \"y\"",
                "{ text = \"x\", reference = \"y\" }",
                Slip::Colon,
            ),
        ] {
            assert_eq!(read(typed, None), (meant.to_owned(), Some(slip)), "{typed}");
        }
    }

    #[test]
    fn tables_in_tables_end_the_reading_and_not_the_program() {
        let deep = "{ a = ".repeat(100_000);
        assert_eq!(read(&deep, None).1, Some(Slip::Brace));
        assert_eq!(
            read(&deep.replace("a =", "a = ["), None).1,
            Some(Slip::Brace)
        );
    }

    #[test]
    fn a_note_in_the_place_of_a_value_ends_the_reading_and_not_the_program() {
        for typed in ["{ a =# b }", "{ a =", "[#", "{#", "[a,#"] {
            assert!(read(typed, None).1.is_some(), "{typed}");
        }
    }

    #[test]
    fn what_was_meant_is_of_the_kind_of_its_key() {
        for (typed, kind, meant, slip) in [
            (
                "\"a\", \"b\"",
                Kind::Texts,
                "[\"a\", \"b\"]",
                Slip::Brackets,
            ),
            ("\"liver\"]", Kind::Ids, "[\"liver\"]", Slip::Bracket),
            (
                "Rose PG, Smith A",
                Kind::Texts,
                "[\"Rose PG\", \"Smith A\"]",
                Slip::Bare,
            ),
            ("yes", Kind::Bool, "true", Slip::Truth),
            ("12th", Kind::Number, "12", Slip::Number),
            ("10396471.", Kind::Number, "10396471", Slip::Number),
            ("twelve", Kind::Number, "", Slip::Number),
            ("10,396,471", Kind::Number, "10396471", Slip::Number),
            ("12,5", Kind::Amount, "12.5", Slip::Number),
            ("0,125 %", Kind::Amount, "0.125", Slip::Number),
            ("12,500", Kind::Amount, "", Slip::Number),
            ("12,5", Kind::Number, "", Slip::Number),
            (
                "- liver\n- lung",
                Kind::Ids,
                "[\"liver\", \"lung\"]",
                Slip::Brackets,
            ),
        ] {
            let found = read(typed, Some(kind));
            assert_eq!(found, (meant.to_owned(), Some(slip)), "{typed}");
        }
    }
}
