//! What changed, as plain text and as Markdown.

use crate::assemble::Notes;

/// As plain text: groups with their lines indented.
#[must_use]
pub fn text(notes: &Notes) -> String {
    let mut out = format!("{}\n", notes.title);
    for sentence in &notes.intro {
        out.push_str(&format!("{sentence}\n"));
    }
    for (heading, lines) in &notes.groups {
        out.push_str(&format!("\n{heading}\n"));
        for line in lines {
            out.push_str(&format!("  - {line}\n"));
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

/// The text with a backslash before what `CommonMark` or GitHub would take for markup.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\`*_[]<>#&~|@$".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
