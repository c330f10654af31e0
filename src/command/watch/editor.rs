//! The editor that a click in the preview opens.

use std::path::Path;
use std::process::Command;

use crate::command::open::start;

/// A program and its arguments, in which `{file}` and `{line}` stand for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Editor {
    program: String,
    arguments: Vec<String>,
}

impl Editor {
    /// As it is typed: words between blanks, those with blanks in quotation marks. No shell reads it, then or later.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut words = words(text)?.into_iter();
        let program = words.next();
        let program = program.ok_or("name a program: `--editor \"code -g {file}:{line}\"`")?;
        let mut arguments: Vec<String> = words.collect();
        if !arguments.iter().any(|word| word.contains("{file}")) {
            arguments.push("{file}".to_owned());
        }
        Ok(Self { program, arguments })
    }

    /// Opens a file at a line, and does not wait.
    pub(super) fn open(&self, file: &Path, line: usize) -> Result<(), String> {
        let arguments = self.arguments.iter();
        let arguments = arguments.map(|word| filled(word, &file.display().to_string(), line));
        start(Command::new(&self.program).args(arguments))
            .map_err(|error| format!("cannot run `{}`: {error}", self.program))
    }
}

/// An argument with a place in it. What stands in the name of the file is not looked into again.
fn filled(word: &str, file: &str, line: usize) -> String {
    let parts = word.split("{file}");
    let parts: Vec<String> = parts
        .map(|part| part.replace("{line}", &line.to_string()))
        .collect();
    parts.join(file)
}

fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next() {
                        Some(end) if end == letter => break,
                        Some(inner) => word.push(inner),
                        None => return Err(format!("the {letter} has no partner")),
                    }
                }
            }
            blank if blank.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_filled_into_the_words_that_were_typed() {
        let editor = Editor::parse("code -g {file}:{line}").unwrap();
        assert_eq!(editor.program, "code");
        let filled: Vec<String> = (editor.arguments.iter())
            .map(|word| filled(word, "/a {line} b; rm.md", 7))
            .collect();
        assert_eq!(filled, ["-g", "/a {line} b; rm.md:7"]);
    }

    #[test]
    fn quotation_marks_hold_words_together_and_the_file_comes_last() {
        let editor = Editor::parse("\"C:\\Program Files\\Ed.exe\"  --wait '' x").unwrap();
        assert_eq!(editor.program, "C:\\Program Files\\Ed.exe");
        assert_eq!(editor.arguments, ["--wait", "", "x", "{file}"]);
        assert!(Editor::parse("  ").is_err());
        assert!(Editor::parse("code \"-g").is_err());
    }
}
