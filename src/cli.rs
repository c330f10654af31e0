//! The command line: what was typed → what it means.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use crate::command::Outcome;
use crate::command::build::build;
use crate::command::check::check;
use crate::command::outputs::{Only, Wanted};
use crate::model::Variant;
use crate::ui::{Color, MessageFormat, Ui};

/// Builds evidence handbooks: Markdown in, a PDF set by Typst and an EPUB 3 out.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    manners: Manners,
}

const EXIT_CODES: &str = "\
Exit codes: 0 all is well, 1 the content has errors, 2 usage, disk, or a fault of the program.";

#[derive(Debug, Args)]
struct Manners {
    /// When to use colours; `NO_COLOR` turns them off, too
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// How to show what is wrong; `json` and `github` go to standard output
    #[arg(
        long,
        alias = "message-format",
        global = true,
        value_enum,
        default_value_t = MessageFormat::Human,
        value_name = "FORMAT"
    )]
    format: MessageFormat,
    /// Count warnings as errors
    #[arg(long, global = true)]
    deny_warnings: bool,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the PDFs, the EPUB and the handouts
    #[command(after_help = "\
Examples:
  fascicle build                     the handbook here, into dist/
  fascicle build my-book -o out      another folder, into out/
  fascicle build --only epub         the EPUB alone, quickly, without print pages
  fascicle build --variant large-print --only pdf
                                     the book in large print alone")]
    Build {
        /// Folder with `handbook.toml` [default: `content`, here or above]
        content: Option<PathBuf>,
        /// Folder for the outputs
        #[arg(short, long, default_value = "dist", value_name = "DIR")]
        out: PathBuf,
        /// Make one of the three
        #[arg(long, value_enum)]
        only: Option<Only>,
        /// Set this variant of the page, and not those that the handbook names; may be repeated
        #[arg(long = "variant", value_name = "NAME", value_parser = variant())]
        variants: Vec<Variant>,
    },
    /// Say what is wrong, and write nothing
    #[command(after_help = "\
Examples:
  fascicle check                            the handbook here
  fascicle check my-book --format short     one line for each finding, for editors and scripts
  fascicle check --format github --deny-warnings
                                            annotations for GitHub Actions; a warning fails, too
  fascicle check --report > report.json     words, reading grade and references of each file")]
    Check {
        /// Folder with `handbook.toml` [default: `content`, here or above]
        content: Option<PathBuf>,
        /// Print words, reading grade and references of each file as JSON
        #[arg(long)]
        report: bool,
    },
}

fn variant() -> impl TypedValueParser<Value = Variant> {
    let names = Variant::ALL.iter().map(|variant| variant.name());
    PossibleValuesParser::new(names).map(|name| Variant::named(&name).unwrap_or_default())
}

/// Runs the program with the arguments it was given.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let ui = Ui::new(
        cli.manners.color,
        cli.manners.format,
        cli.manners.quiet,
        cli.manners.deny_warnings,
    );
    let outcome = match cli.command {
        Command::Build {
            content,
            out,
            only,
            variants,
        } => build(&ui, content.as_deref(), &out, &Wanted { only, variants }),
        Command::Check { content, report } => check(&ui, content.as_deref(), report),
    };
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Errors => ExitCode::from(1),
        Outcome::Fault => ExitCode::from(2),
    }
}
