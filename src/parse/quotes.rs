//! Straight quotation marks, set as the language of the book has them.
//!
//! A mark opens or closes by what is on either side of it. Within another quotation, it is of the other kind. What is no
//! quotation is an apostrophe or, behind a digit, a prime: `3"` is three inches.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use crate::language::Quotation;

/// The right apostrophe in every language.
const APOSTROPHE: &str = "’";
/// The primes of feet and inches, of minutes and seconds.
const PRIMES: [&str; 2] = ["′", "″"];

/// A straight mark of a block.
struct Mark {
    /// Its event.
    event: usize,
    double: bool,
    before: Option<char>,
    after: Option<char>,
}

/// A quotation that has begun.
struct Open {
    double: bool,
    /// Whether it has the marks of an outer quotation.
    outer: bool,
}

/// Sets the marks in the events of a text. Quotations end with their block.
pub(super) fn set(events: &mut [(Event<'_>, Range<usize>)], source: &str, quotation: &Quotation) {
    let mut marks: Vec<Mark> = Vec::new();
    let mut last = None;
    let mut blocks = Vec::new();
    for (index, (event, range)) in events.iter().enumerate() {
        let written = &source[range.clone()];
        let is_mark = matches!(event, Event::Text(text) if is_straight(written, text));
        let characters = match event {
            Event::Text(_) if is_mark => written,
            Event::Text(text) | Event::InlineHtml(text) => text,
            Event::Code(_) => "x",
            Event::SoftBreak | Event::HardBreak => " ",
            Event::Start(tag) if !is_block(tag.to_end()) => continue,
            Event::End(tag) if !is_block(*tag) => continue,
            Event::FootnoteReference(_) => continue,
            _ => {
                last = None;
                if !marks.is_empty() {
                    blocks.push(std::mem::take(&mut marks));
                }
                continue;
            }
        };
        if let Some(Mark { event, after, .. }) = marks.last_mut()
            && after.is_none()
            && *event < index
        {
            *after = characters.chars().next();
        }
        if is_mark {
            marks.push(Mark {
                event: index,
                double: characters == "\"",
                before: last,
                after: None,
            });
        }
        last = characters.chars().next_back().or(last);
    }
    blocks.push(marks);
    for marks in blocks {
        for (mark, characters) in marks.iter().zip(resolved(&marks, quotation)) {
            events[mark.event].0 = Event::Text(characters.to_owned().into());
        }
    }
}

/// Whether the parser made another mark of a straight one. An escaped one stays as it is.
fn is_straight(written: &str, text: &str) -> bool {
    matches!(written, "\"" | "'") && text != written
}

fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// What each of the marks of a block becomes.
fn resolved<'a>(marks: &[Mark], quotation: &'a Quotation) -> Vec<&'a str> {
    let marks_of = |outer: bool| match outer {
        true => &quotation.outer,
        false => &quotation.inner,
    };
    let (singles, doubles) = behind(marks);
    let mut open: Vec<Open> = Vec::new();
    let mut has_opened = false;
    let mut out = Vec::with_capacity(marks.len());
    for (index, mark) in marks.iter().enumerate() {
        let pending = open
            .iter()
            .filter(|open| open.double == mark.double)
            .count();
        let opens_side = match mark.before {
            Some('"' | '\'') => has_opened,
            _ => mark.is_behind_opening(),
        };
        let is_prime = mark.is_behind_digit()
            && !mark.is_before_word()
            && match mark.double {
                true => pending == 0 || doubles[index],
                false => pending == 0,
            };
        let closes = pending > 0
            && mark.is_behind_something()
            && !(opens_side && mark.is_before_something());
        let opens = mark.is_before_something()
            && match mark.double {
                true => opens_side || !mark.is_behind_word(),
                false => opens_side && singles[index] > pending,
            };
        has_opened = false;
        out.push(if is_prime {
            PRIMES[usize::from(mark.double)]
        } else if !mark.double && (mark.is_in_word() || !(closes || opens)) {
            APOSTROPHE
        } else if closes {
            // A quotation in it that has no end ends with it.
            let begun = open.iter().rposition(|open| open.double == mark.double);
            let outer = begun.and_then(|begun| open.drain(begun..).next());
            &marks_of(outer.is_none_or(|open| open.outer))[1]
        } else if opens {
            let outer = open.last().map_or(mark.double, |around| !around.outer);
            open.push(Open {
                double: mark.double,
                outer,
            });
            has_opened = true;
            &marks_of(outer)[0]
        } else if mark.is_behind_something() {
            &quotation.outer[1]
        } else {
            &quotation.outer[0]
        });
    }
    out
}

/// For each mark: how many single ones behind it can close, and whether the next double one that is not behind a digit
/// looks as if it closed.
fn behind(marks: &[Mark]) -> (Vec<usize>, Vec<bool>) {
    let (mut singles, mut doubles) = (0, false);
    let mut found: Vec<(usize, bool)> = Vec::with_capacity(marks.len());
    for mark in marks.iter().rev() {
        found.push((singles, doubles));
        let can_close =
            mark.is_behind_something() && !mark.is_behind_opening() && !mark.is_before_word();
        match mark.double {
            false => singles += usize::from(can_close),
            true if mark.is_behind_digit() => {}
            true => doubles = can_close,
        }
    }
    found.into_iter().rev().unzip()
}

impl Mark {
    /// Behind nothing, a space, an opening bracket or mark, a dash or a slash.
    fn is_behind_opening(&self) -> bool {
        let opening = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | '['
                        | '{'
                        | '<'
                        | '-'
                        | '–'
                        | '—'
                        | '/'
                        | '“'
                        | '„'
                        | '‘'
                        | '‚'
                        | '«'
                        | '‹'
                )
        };
        self.before.is_none_or(opening)
    }

    fn is_behind_digit(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_digit())
    }

    fn is_behind_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric)
    }

    fn is_behind_something(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
    }

    fn is_before_word(&self) -> bool {
        self.after.is_some_and(char::is_alphanumeric)
    }

    fn is_before_something(&self) -> bool {
        self.after.is_some_and(|c| !c.is_whitespace())
    }

    fn is_in_word(&self) -> bool {
        self.is_behind_word() && self.is_before_word()
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    fn set_in(text: &str, outer: [&str; 2], inner: [&str; 2]) -> String {
        let quotation = Quotation {
            outer: outer.map(str::to_owned),
            inner: inner.map(str::to_owned),
        };
        let parser = Parser::new_ext(text, Options::ENABLE_SMART_PUNCTUATION).into_offset_iter();
        let mut events: Vec<_> = parser
            .map(|(event, at)| (event.into_static(), at))
            .collect();
        set(&mut events, text, &quotation);
        let characters = events.iter().map(|(event, _)| match event {
            Event::Text(text) | Event::Code(text) => text,
            Event::SoftBreak => " ",
            _ => "",
        });
        characters.collect()
    }

    #[test]
    fn marks_open_and_close_by_what_is_beside_them() {
        for (typed, set) in [
            (r#"a "b" c"#, "a “b” c"),
            (r#"a "b 'c' d" e"#, "a “b ‘c’ d” e"),
            (r#"a 'b "c" d' e"#, "a ‘b “c” d’ e"),
            (r#"a "b "c" d" e"#, "a “b ‘c’ d” e"),
            (r#""'A' b""#, "“‘A’ b”"),
            (r#""a 'b'""#, "“a ‘b’”"),
            (r#"("a") ["b"] {"c"}"#, "(“a”) [“b”] {“c”}"),
            (r#"*"a"* **'b'** "*c*" "`d`""#, "“a” ‘b’ “c” “d”"),
            (r#"a--"b"--c"#, "a–“b”–c"),
            (r#""a--" b "--c""#, "“a–” b “–c”"),
            (r#""a," "b." "c"?"#, "“a,” “b.” “c”?"),
            (r#""a"/"b""#, "“a”/“b”"),
            ("\"a\nb\" c", "“a b” c"),
            (r#""a \"b\"""#, "“a \"b\"”"),
        ] {
            assert_eq!(set_in(typed, ["“", "”"], ["‘", "’"]), set, "{typed}");
        }
    }

    #[test]
    fn what_is_no_quotation_is_an_apostrophe_or_a_prime() {
        for (typed, set) in [
            (
                "don't, the patients' view, 'tis",
                "don’t, the patients’ view, ’tis",
            ),
            ("'don't' and 'the dogs' ", "‘don’t’ and ‘the dogs’"),
            (r#"A 3" needle"#, "A 3″ needle"),
            (
                r#"A 3" and a 4" needle, "thin""#,
                "A 3″ and a 4″ needle, “thin”",
            ),
            (r#""A 3" needle" b"#, "“A 3″ needle” b"),
            (r#""in 1990" and "in 1991""#, "“in 1990” and “in 1991”"),
            ("5' 10\" tall", "5′ 10″ tall"),
            ("in the 1990s' end, 12'000", "in the 1990s’ end, 12’000"),
        ] {
            assert_eq!(set_in(typed, ["“", "”"], ["‘", "’"]), set, "{typed}");
        }
    }

    #[test]
    fn each_language_has_its_marks() {
        let typed = r#"Er sagt: "Das 'ist's' nicht." ("nein")"#;
        let german = set_in(typed, ["„", "“"], ["‚", "‘"]);
        assert_eq!(german, "Er sagt: „Das ‚ist’s‘ nicht.“ („nein“)");
        let french = set_in("\"a 'b'\"", ["«\u{202f}", "\u{202f}»"], ["“", "”"]);
        assert_eq!(french, "«\u{202f}a “b”\u{202f}»");
    }

    #[test]
    fn quotations_end_with_their_block() {
        let marks = set_in("\"a\n\nb\" c\n\n- \"d\"", ["“", "”"], ["‘", "’"]);
        assert_eq!(marks, "“ab” c“d”");
    }
}
