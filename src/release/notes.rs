//! What changed, as plain text and as Markdown.

use crate::assemble::Notes;
use crate::text::shown;

/// As plain text: groups with their lines indented.
#[must_use]
pub fn text(notes: &Notes) -> String {
    let mut out = format!("{}\n", shown(&notes.title));
    for sentence in &notes.intro {
        out.push_str(&format!("{}\n", shown(sentence)));
    }
    for (heading, lines) in &notes.groups {
        out.push_str(&format!("\n{}\n", shown(heading)));
        for line in lines {
            out.push_str(&format!("  - {}\n", shown(line)));
        }
    }
    out
}

/// As Markdown, its title a heading of level 1.
#[must_use]
pub fn markdown(notes: &Notes) -> String {
    let mut out = format!("# {}\n", escaped(&notes.title));
    for sentence in &notes.intro {
        out.push_str(&format!("\n{}\n", escaped(sentence)));
    }
    for (heading, lines) in &notes.groups {
        out.push_str(&format!("\n## {}\n\n", escaped(heading)));
        let lines = lines.iter().map(|line| format!("- {}\n", escaped(line)));
        out.extend(lines);
    }
    out
}

/// The text with a backslash before what `CommonMark` or GitHub would take for markup, that of a list at its start, too.
#[must_use]
pub fn escaped(text: &str) -> String {
    let text = shown(text);
    let number = text.len()
        - text
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let marks_list = match at {
            0 => "-+=",
            _ if at == number => ".)",
            _ => "",
        };
        if "\\`*_[]<>#&~|@$".contains(character) || marks_list.contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_stays_a_sentence() {
        assert_eq!(
            escaped("2. We read <all> of it."),
            "2\\. We read \\<all\\> of it."
        );
        assert_eq!(escaped("- 3.5 of 7 (50%)"), "\\- 3.5 of 7 (50%)");
        assert_eq!(escaped("12"), "12");
    }
}
