//! Lines that Markdown reads otherwise than they were meant: what they look like, and what to type.

/// What is wrong with a paragraph, and what to type: the first slip, with the bytes of its line.
pub(super) struct Slip {
    pub(super) line: std::ops::Range<usize>,
    pub(super) message: &'static str,
    pub(super) help: String,
    /// Whether the whole paragraph is something else, so that nothing more is to be said of it.
    pub(super) whole: bool,
}

/// The first slip in the paragraph that is at `range` of a text.
pub(super) fn in_paragraph(text: &str, range: std::ops::Range<usize>) -> Option<Slip> {
    let paragraph = &text[range.clone()];
    let lines = paragraph.lines().count();
    let mut start = range.start;
    for line in paragraph.split_inclusive('\n') {
        let place = start..start + line.trim_end().len();
        start += line.len();
        let typed = line.trim();
        let slip = |message, help, whole| {
            Some(Slip {
                line: place.clone(),
                message,
                help,
                whole,
            })
        };
        if let Some(heading) = heading(typed) {
            return slip(
                "a heading has a space behind its `#` marks",
                format!("type `{heading}`"),
                false,
            );
        }
        if let Some(item) = bullet(typed) {
            return slip(
                "a list begins each line with `-` and a space",
                format!("type `- {item}`"),
                false,
            );
        }
        if let Some(rest) = task(typed).filter(|_| place.start == range.start) {
            return slip(
                "a task begins with `-` and a space",
                format!("type `- {rest}`"),
                false,
            );
        }
        if lines > 1 && typed.starts_with('|') && typed.ends_with('|') && typed.len() > 2 {
            let cells = typed.matches('|').count() - 1;
            let help = format!(
                "put the line `|{}` below the first one",
                "---|".repeat(cells)
            );
            return slip(
                "a table has a line of dashes below its first line",
                help,
                true,
            );
        }
        if let Some(link) = reversed(typed) {
            return slip(
                "the brackets of this link are the wrong way round",
                format!("type `{link}`"),
                false,
            );
        }
        if let Some(link) = open(line) {
            return slip(
                "this link is not closed",
                format!("type `{link}` with `)` behind the address"),
                false,
            );
        }
    }
    None
}

/// `##Heading` with its space.
fn heading(line: &str) -> Option<String> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let is_one = (2..=6).contains(&level) && rest.starts_with(char::is_alphabetic);
    is_one.then(|| format!("{} {rest}", "#".repeat(level)))
}

/// What stands behind the mark of a list that another program made.
fn bullet(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix(['•', '◦', '▪', '‣', '●', '○', '\u{f0b7}'])?
        .trim();
    (!rest.is_empty()).then_some(rest)
}

/// `[x] done` and `[ ] to do`.
fn task(line: &str) -> Option<&str> {
    ["[x] ", "[X] ", "[ ] "]
        .iter()
        .any(|mark| line.starts_with(mark))
        .then_some(line)
}

/// `(text)[address]` as it was meant.
fn reversed(line: &str) -> Option<String> {
    let at = line.find(")[")?;
    let open = line[..at].rfind('(')?;
    let rest = &line[at + 2..];
    let end = rest.find(']')?;
    let (words, target) = (&line[open + 1..at], &rest[..end]);
    is_target(target).then(|| format!("[{words}]({target})"))
}

/// Whether a link can lead there.
fn is_target(typed: &str) -> bool {
    let is_file = typed.to_lowercase().ends_with(".md");
    typed.contains("://") || is_file || typed.starts_with('#')
}

/// The same, or what else a definition may lead to: a picture, a person, a part of a file.
fn is_address(typed: &str) -> bool {
    let begins = ["mailto:", "www."].iter().any(|it| typed.starts_with(it));
    let is_file = [".png", ".jpg", ".jpeg", ".svg", ".pdf"]
        .iter()
        .any(|end| typed.to_lowercase().ends_with(end));
    is_target(typed) || begins || is_file || typed.contains('/')
}

/// `[text](address` without its end.
fn open(line: &str) -> Option<String> {
    let at = line.find("](http")?;
    let start = line[..at].rfind('[')?;
    let rest = &line[at + 2..];
    let word = rest.split_whitespace().next()?;
    let is_open = !rest.contains(')');
    is_open.then(|| format!("{}({word})", &line[start..=at]))
}

/// What numbers are measured in, as far as a quotation hardly begins with it.
const UNITS: [&str; 14] = [
    "%", "g", "kg", "mg", "µg", "μg", "l", "ml", "mL", "m", "mm", "cm", "Gy", "°C",
];

/// The sign and the number with which a quotation begins, where it was meant as "greater than": each of its lines with a
/// `>` has a number behind it, and there is no space between them, a unit is behind it, or it `goes_on` in a paragraph.
pub(super) fn greater_than(quote: &str, goes_on: bool) -> Option<&str> {
    let lines = quote.lines().map(str::trim);
    let mut marked = lines.filter(|line| line.starts_with('>') && *line != ">");
    let number = |line: &'_ str| {
        let behind = line[1..].strip_prefix('=').unwrap_or(&line[1..]);
        behind
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit())
    };
    let first = marked.next().filter(|line| number(line))?;
    let from = first.find(|c: char| c.is_ascii_digit())?;
    let is_in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let behind = first[from..].trim_start_matches(is_in_number);
    let typed = first[..first.len() - behind.len()].trim_end_matches(['.', ',']);
    let unit = behind.split_whitespace().next().unwrap_or_default();
    let unit = unit.trim_end_matches(['.', ',', ';', ':']);
    let is_meant =
        goes_on || !typed.contains(' ') || typed.starts_with(">=") || UNITS.contains(&unit);
    (is_meant && marked.all(number)).then_some(typed)
}

/// What to type in the place of a definition of a link that nothing uses. One that leads to `#` is a note of the author's
/// that nobody should see: `[//]: # (a note)`.
pub(super) fn unused(definition: &str) -> Option<String> {
    let (label, words) = definition.trim().strip_prefix('[')?.split_once("]:")?;
    let words: Vec<&str> = words.split_whitespace().collect();
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let target = words.first()?.trim_matches(['<', '>']);
    Some(match target {
        "#" | "" => return None,
        _ if label.starts_with('@') => format!("type `[{label}]\\: {}`", words.join(" ")),
        _ if is_address(target) => {
            format!("type `[{label}]({target})` where the link belongs, or delete this line")
        }
        _ => format!("type `[{label}: {}]`", words.join(" ")),
    })
}

/// Whether a block between two fences, with these words behind the first, was meant as a chart.
pub(super) fn is_chart(info: &str, text: &str) -> bool {
    let word = info.split_whitespace().next().unwrap_or_default();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let has = |is: fn(&str) -> bool| text.lines().any(|line| is(line.trim()));
    let has_title = || has(|line| line.strip_prefix("title").is_some_and(is_value_of));
    // These words say that the lines are to be shown.
    let is_shown = || {
        ["toml", "text", "txt"]
            .iter()
            .any(|it| word.eq_ignore_ascii_case(it))
    };
    word.eq_ignore_ascii_case("chart")
        || !is_shown() && has(|line| line == "[[bar]]") && has_title()
}

fn is_value_of(behind_key: &str) -> bool {
    behind_key.trim_start().starts_with('=')
}

/// How many cells a row of a table has as it is typed.
pub(super) fn cells(row: &str) -> usize {
    let row = row.trim();
    let mut bars = 0;
    let mut before = ' ';
    for character in row.chars() {
        if character == '|' && before != '\\' {
            bars += 1;
        }
        before = character;
    }
    let ends = usize::from(row.starts_with('|'))
        + usize::from(row.ends_with('|') && !row.ends_with("\\|") && row.len() > 1);
    (bars + 1_usize).saturating_sub(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_text() {
        let help = |text: &str| in_paragraph(text, 0..text.len()).map(|slip| slip.help);
        for (text, wanted) in [
            ("##Cancer", "type `## Cancer`"),
            ("Words\n•\tfirst", "type `- first`"),
            ("[x] done", "type `- [x] done`"),
            (
                "| a | b |\n| 1 | 2 |",
                "put the line `|---|---|` below the first one",
            ),
            (
                "see (the page)[https://example.org]",
                "type `[the page](https://example.org)`",
            ),
            (
                "see [the page](https://example.org",
                "type `[the page](https://example.org)` with `)` behind the address",
            ),
        ] {
            assert_eq!(help(text).as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "#1 of all",
            "a • b",
            "[a comment] here",
            "|x| is",
            "(a)[b]",
            "[a](https://example.org) (b",
        ] {
            assert_eq!(help(text), None, "{text}");
        }
        for (quote, typed) in [
            ("> 9 mg a day", Some("> 9")),
            (">9,5 mg\na day", Some(">9,5")),
            ("> 9 mg: few\n> 12 mg: more", Some("> 9")),
            ("> 9 of them\n> were well", None),
            ("> \"9 mg\"", None),
            ("> 5 years on, I still have pain.", None),
            ("> 2019 was the year", None),
            (">= 10 of them", Some(">= 10")),
            ("> 9 mg\n>\n> 12 mg", Some("> 9")),
        ] {
            assert_eq!(greater_than(quote, false), typed, "{quote}");
        }
        assert_eq!(greater_than("> 5 years", true), Some("> 5"));
        assert!(is_chart("Chart", "") && is_chart("", "title = \"a\"\n[[bar]]"));
        assert!(!is_chart("toml", "title = \"a\"\n[[bar]]") && !is_chart("charts", "title = 1"));
        assert_eq!(unused("[//]: # (a note)"), None);
        let broken = unused("[Please\nnote]:\ndangerous");
        assert_eq!(broken.as_deref(), Some("type `[Please note: dangerous]`"));
        assert_eq!(cells("| a | b \\| c |"), 2);
        assert_eq!(cells("a | b"), 2);
    }
}
