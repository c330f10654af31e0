//! The only module that prints and asks: progress on a terminal, findings, and what was written.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::ValueEnum;

use crate::diagnostic::{self, Diagnostic, Format, Severity};
use crate::source::Source;
use crate::text::shown;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// With an excerpt of the text.
    #[value(alias = "text")]
    Human,
    /// What changed as Markdown; findings with an excerpt.
    #[value(hide = true)]
    Markdown,
    /// One line each.
    Short,
    /// An object of JSON on each line, to standard output.
    Json,
    /// Annotations of GitHub Actions, to standard output.
    Github,
    /// Articles as RIS; findings with an excerpt.
    #[value(hide = true)]
    Ris,
    /// Articles as PubMed saves them; findings with an excerpt.
    #[value(hide = true)]
    Nbib,
    /// Articles as `BibLaTeX`; findings with an excerpt.
    #[value(hide = true)]
    Bibtex,
    /// Articles as CSL-JSON; findings with an excerpt.
    #[value(hide = true)]
    CslJson,
}

impl MessageFormat {
    /// How findings are shown: formats of results alone say nothing of them.
    fn of_findings(self) -> Self {
        match self {
            Self::Markdown | Self::Ris | Self::Nbib | Self::Bibtex | Self::CslJson => Self::Human,
            Self::Human | Self::Short | Self::Json | Self::Github => self,
        }
    }
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loudness {
    /// Only what is wrong.
    Quiet,
    /// What somebody needs who waits for the result.
    Usual,
    /// All warnings of a build, and how long each stage takes.
    Verbose,
}

/// Where the program speaks: results to standard output, everything else to standard error.
#[derive(Debug)]
pub(crate) struct Ui {
    color: Color,
    format: MessageFormat,
    quiet: bool,
    verbose: bool,
    deny_warnings: bool,
}

impl Ui {
    /// A voice with the given manners.
    #[must_use]
    pub(crate) fn new(
        color: Color,
        format: MessageFormat,
        loudness: Loudness,
        deny_warnings: bool,
    ) -> Self {
        Self {
            color,
            format,
            quiet: loudness == Loudness::Quiet,
            verbose: loudness == Loudness::Verbose,
            deny_warnings,
        }
    }

    /// Whether warnings count as errors.
    pub(crate) fn denies_warnings(&self) -> bool {
        self.deny_warnings
    }

    /// How results are shown that have several forms.
    pub(crate) fn format(&self) -> MessageFormat {
        self.format
    }

    /// Runs a stage. On a terminal, a line that moves says which one; to those who want to know, how long it took.
    pub(crate) fn stage<T>(&self, name: &str, run: impl FnOnce() -> T) -> T {
        if !self.verbose {
            if !self.quiet && std::io::stderr().is_terminal() {
                progress(name);
            }
            return run();
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "only shown, never part of an output"
        )]
        let start = Instant::now();
        let result = run();
        line(&format!(
            "{name:>20} {:6.2} s",
            start.elapsed().as_secs_f64()
        ));
        result
    }

    /// Shows findings that do not keep the book from being made in one line, for those who wait for the book.
    pub(crate) fn diagnostics_in_short(&self, diagnostics: &[Diagnostic], sources: &[Source]) {
        let is_for_people = self.format.of_findings() == MessageFormat::Human;
        if !is_for_people || self.verbose || diagnostic::has_errors(diagnostics) {
            return self.diagnostics(diagnostics, sources);
        }
        if !diagnostics.is_empty() {
            let warnings = count(diagnostics.len(), "warning");
            line(&format!("{warnings}; `fascicle check` shows them"));
        }
    }

    /// Shows findings and their number, beside a result that is data for other programs.
    pub(crate) fn diagnostics_beside(&self, diagnostics: &[Diagnostic], sources: &[Source]) {
        self.show(diagnostics, sources, lines);
    }

    /// Shows findings and their number.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &[Source]) {
        // For other programs, findings are the result.
        let say = match self.format {
            MessageFormat::Json | MessageFormat::Github => data,
            _ => lines,
        };
        self.show(diagnostics, sources, say);
    }

    fn show(&self, diagnostics: &[Diagnostic], sources: &[Source], say: fn(&str)) {
        if diagnostics.is_empty() {
            return;
        }
        let format = match self.format.of_findings() {
            MessageFormat::Short => Format::Short,
            MessageFormat::Json => Format::Json,
            MessageFormat::Github => Format::Github,
            _ if self.colored() => Format::Colored,
            _ => Format::Human,
        };
        let text = match format {
            Format::Json => diagnostic::render(diagnostics, sources, format),
            _ => diagnostic::render(&diagnostic::summed_up(diagnostics), sources, format),
        };
        say(text.trim_end());
        let errors = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .count();
        let warnings = diagnostics.len() - errors;
        if self.format.of_findings() == MessageFormat::Human {
            lines(&format!(
                "\n{}, {}; `fascicle explain RULE` explains a rule",
                count(errors, "error"),
                count(warnings, "warning")
            ));
        }
    }

    fn colored(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    /// What a command has made or found, on one line: to standard output, unless findings for other programs are there.
    pub(crate) fn result(&self, text: &str) {
        self.results(&shown(text));
    }

    /// The same on several lines. Foreign text within them is shown by whoever made them.
    pub(crate) fn results(&self, text: &str) {
        match self.format {
            _ if self.quiet => {}
            MessageFormat::Json | MessageFormat::Github => lines(text),
            _ => data(text),
        }
    }

    /// What else has happened, on one line, to standard error.
    pub(crate) fn remark(&self, text: &str) {
        if !self.quiet {
            line(text);
        }
    }

    /// The same on several lines. Foreign text within them is shown by whoever made them.
    pub(crate) fn remarks(&self, text: &str) {
        if !self.quiet {
            lines(text);
        }
    }

    /// What somebody at a terminal can do next, on one line.
    pub(crate) fn hint(&self, text: &str) {
        if !self.quiet && std::io::stderr().is_terminal() {
            line(text);
        }
    }

    /// A text that was asked for, to standard output. Foreign text within it is shown by whoever made it.
    pub(crate) fn document(text: &str) {
        data(text);
    }
}

/// Whether somebody sits at a terminal and can be asked.
pub(crate) fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks on the terminal; an empty answer is `default`. `None` at the end of the input.
pub(crate) fn ask(question: &str, default: Option<&str>) -> Option<String> {
    let hint = default.map_or_else(String::new, |default| format!(" [{default}]"));
    let mut out = std::io::stderr();
    let _ = write!(out, "{question}{hint}: ").and_then(|()| out.flush());
    let mut line = String::new();
    let length = std::io::stdin().read_line(&mut line).ok()?;
    match line.trim() {
        _ if length == 0 => None,
        "" => Some(default.unwrap_or_default().to_owned()),
        answer => Some(answer.to_owned()),
    }
}

/// Whether something that was asked for could not be written.
static LOST: AtomicBool = AtomicBool::new(false);

/// Whether all that was asked for has been written: on a full disk, it has not.
pub(crate) fn is_complete() -> bool {
    !LOST.load(Ordering::Relaxed)
}

/// Whether a line that moves is on the terminal.
static MOVING: AtomicBool = AtomicBool::new(false);

/// Says on the terminal what is being made, in the place of what was said so before.
fn progress(name: &str) {
    MOVING.store(true, Ordering::Relaxed);
    let mut out = std::io::stderr();
    let _ = write!(out, "\r\x1b[K{name} …").and_then(|()| out.flush());
}

/// Takes the line that moves away: something else is said, or all is done.
pub(crate) fn end_progress() {
    if MOVING.swap(false, Ordering::Relaxed) {
        let mut out = std::io::stderr();
        let _ = write!(out, "\r\x1b[K").and_then(|()| out.flush());
    }
}

/// What was asked for, to standard output.
fn data(text: &str) {
    end_progress();
    let mut out = std::io::stdout();
    let written = writeln!(out, "{text}").and_then(|()| out.flush());
    // A closed pipe is the reader's business.
    let fault = written
        .err()
        .filter(|fault| fault.kind() != ErrorKind::BrokenPipe);
    if let Some(fault) = fault
        && !LOST.swap(true, Ordering::Relaxed)
    {
        line(&format!("error: cannot write to standard output: {fault}"));
    }
}

/// Why a command could not do what it was asked for, on one line, to standard error.
pub(crate) fn error(message: &str) {
    line(&format!("error: {message}"));
}

/// A line, to standard error.
fn line(text: &str) {
    lines(&shown(text));
}

/// Lines, to standard error.
fn lines(text: &str) {
    end_progress();
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A number of things: `1 error`, `2 errors`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
