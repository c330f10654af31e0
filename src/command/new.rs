//! `fascicle new`: a small book that can be built at once, with one file of each kind.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::day::{DAY, now};
use super::{Outcome, write_new};
use crate::language;
use crate::model::Date;
use crate::skeleton::{self, NewBook};
use crate::text::{self, is_forbidden};
use crate::ui::{self, Ui};

/// What the command line names for the new book; the rest is asked.
#[derive(Debug)]
pub(crate) struct NewOptions {
    /// The folder to make.
    pub(crate) folder: PathBuf,
    /// The title.
    pub(crate) title: Option<String>,
    /// The disease or subject.
    pub(crate) subject: Option<String>,
    /// The language tag.
    pub(crate) language: Option<String>,
}

/// Writes a new book.
pub(crate) fn new(ui: &Ui, options: NewOptions) -> Outcome {
    match run(ui, options) {
        Ok(()) => Outcome::Done,
        Err(message) => {
            ui::error(&message);
            Outcome::Fault
        }
    }
}

fn run(ui: &Ui, options: NewOptions) -> Result<(), String> {
    let folder = options.folder.clone();
    reject_full(&folder)?;
    let book = book(options)?;
    let labels = book.labels.is_some();
    for (path, text) in skeleton::files(&book) {
        let path = folder.join(path);
        write_new(&path, &text)?;
        ui.result(&path.display().to_string());
    }
    ui.remarks(&format!(
        "\nThe book is there. Make its files now, then put your own words in the place of the examples:\n\n  \
         cd {}\n  fascicle build",
        text::shown(&shown(&folder))
    ));
    if labels {
        ui.remarks(&format!(
            "\nThe program has no words for the language `{}`: they are in content/labels.toml in English, for you to translate.",
            text::shown(&book.language)
        ));
    }
    Ok(())
}

/// A folder as it is typed after `cd`.
fn shown(folder: &Path) -> String {
    let name = folder.display().to_string();
    match name.contains(char::is_whitespace) {
        true => format!("\"{name}\""),
        false => name,
    }
}

/// Nothing that is there is written over. Only git may have begun already.
fn reject_full(folder: &Path) -> Result<(), String> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("cannot read `{}`: {error}", folder.display())),
    };
    let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
    match names.find(|name| name != ".git") {
        None => Ok(()),
        Some(name) => Err(format!(
            "`{}` is not empty, it holds `{}`: name a folder that is not there yet",
            folder.display(),
            name.display()
        )),
    }
}

/// What is known of the book from the command line, and from its editor.
fn book(options: NewOptions) -> Result<NewBook, String> {
    let title = answer(&TITLE, options.title)?;
    let subject = answer(&SUBJECT, options.subject)?;
    let language = answer(&LANGUAGE, options.language)?;
    let now = now()?;
    let after = |days: u64| {
        let date = Date::of_epoch(now.saturating_add(days * DAY));
        date.ok_or_else(|| {
            "the clock is wrong: no book can be reviewed after the year 9999".to_owned()
        })
    };
    // Words that the program does not have are there in English.
    let is_spoken = language::speaks(&language);
    let labels = language::labels_file("en", &language).filter(|_| !is_spoken);
    Ok(NewBook {
        title,
        subject,
        headings: language::headings(&language),
        labels,
        language,
        today: after(0)?,
        until: after(90)?,
        next_review: after(365)?,
    })
}

/// Something to know of a book.
struct Question {
    /// As it is asked on a terminal.
    text: &'static str,
    /// The option that answers it.
    option: &'static str,
    /// The default.
    default: Option<&'static str>,
    /// What is wrong with an answer.
    fault: fn(&str) -> Option<String>,
}

const TITLE: Question = Question {
    text: "Title of the book",
    option: "--title",
    default: None,
    fault: unprintable,
};

const SUBJECT: Question = Question {
    text: "Disease or subject, as in \"a handbook on …\"",
    option: "--disease",
    default: None,
    fault: unprintable,
};

const LANGUAGE: Question = Question {
    text: "Language",
    option: "--language",
    default: Some("en"),
    fault: untagged,
};

/// The answer given on the command line, or else on a terminal, where it is asked again until it can be used.
fn answer(question: &Question, given: Option<String>) -> Result<String, String> {
    if let Some(given) = given.or_else(|| {
        question
            .default
            .filter(|_| !ui::can_ask())
            .map(str::to_owned)
    }) {
        let given = given.trim();
        return match fault(question, given) {
            None => Ok(given.to_owned()),
            Some(fault) => Err(format!("`{}`: {fault}", question.option)),
        };
    }
    if !ui::can_ask() {
        return Err(format!(
            "no `{option}`, and no terminal to ask on: add `{option} \"…\"`",
            option = question.option
        ));
    }
    loop {
        let typed = ui::ask(question.text, question.default)
            .ok_or_else(|| "the questions were not answered; nothing was written".to_owned())?;
        match fault(question, &typed) {
            None => return Ok(typed),
            Some(fault) => ui::error(&fault),
        }
    }
}

fn fault(question: &Question, answer: &str) -> Option<String> {
    match answer {
        "" => Some("type at least a word".to_owned()),
        answer => (question.fault)(answer),
    }
}

fn unprintable(text: &str) -> Option<String> {
    let control = |character: &char| is_forbidden(*character) || character.is_control();
    let character = u32::from(text.chars().find(control)?);
    Some(format!(
        "the character U+{character:04X} is not text: take it out"
    ))
}

fn untagged(tag: &str) -> Option<String> {
    (!language::is_tag(tag))
        .then(|| format!("`{tag}` is not a language tag: write one such as `en`, `de-AT` or `pl`"))
}
