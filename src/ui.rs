//! The only module that prints: progress on a terminal, findings, and what was written.

use std::io::{IsTerminal, Write};
use std::time::Instant;

use clap::ValueEnum;

use crate::diagnostic::{self, Diagnostic, Format, Severity};
use crate::source::Source;

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
    Human,
    /// One line each.
    Short,
}

/// Where the program speaks: results to standard output, everything else to standard error.
#[derive(Debug)]
pub(crate) struct Ui {
    color: Color,
    format: MessageFormat,
    quiet: bool,
}

impl Ui {
    /// A voice with the given manners.
    #[must_use]
    pub(crate) fn new(color: Color, format: MessageFormat, quiet: bool) -> Self {
        Self {
            color,
            format,
            quiet,
        }
    }

    /// Runs a stage, and on a terminal says how long it took.
    pub(crate) fn stage<T>(&self, name: &str, run: impl FnOnce() -> T) -> T {
        if self.quiet || !std::io::stderr().is_terminal() {
            return run();
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "only shown, never part of an output"
        )]
        let start = Instant::now();
        let result = run();
        error(&format!(
            "{name:>10} {:6.2} s",
            start.elapsed().as_secs_f64()
        ));
        result
    }

    /// Shows findings and their number.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &[Source]) {
        if diagnostics.is_empty() {
            return;
        }
        let format = match self.format {
            MessageFormat::Short => Format::Short,
            MessageFormat::Human if self.colored() => Format::Colored,
            MessageFormat::Human => Format::Human,
        };
        error(diagnostic::render(diagnostics, sources, format).trim_end());
        let errors = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code.severity() == Severity::Error)
            .count();
        let warnings = diagnostics.len() - errors;
        if self.format == MessageFormat::Human {
            error(&format!(
                "\n{}, {}",
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

    /// A result, to standard output.
    pub(crate) fn result(&self, text: &str) {
        if !self.quiet {
            // A closed pipe is the reader's business.
            let _ = writeln!(std::io::stdout(), "{text}");
        }
    }
}

/// A message, to standard error.
pub(crate) fn error(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
