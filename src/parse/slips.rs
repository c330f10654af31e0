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
    let is_file = target.to_lowercase().ends_with(".md");
    let is_target = target.contains("://") || is_file || target.starts_with('#');
    is_target.then(|| format!("[{words}]({target})"))
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
        assert_eq!(cells("| a | b \\| c |"), 2);
        assert_eq!(cells("a | b"), 2);
    }
}
