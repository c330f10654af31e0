//! The command line: what was typed → what it means.

use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::command::Outcome;
use crate::command::again::{Lost, again as release_again};
use crate::command::build::build;
use crate::command::changes::changes;
use crate::command::check::check;
use crate::command::cite::{ExportOptions, ImportOptions, export, import};
use crate::command::explain::explain;
use crate::command::labels::labels;
use crate::command::manual::{completions, man};
use crate::command::new::{NewOptions, new};
use crate::command::release::{ReleaseOptions, release};
use crate::command::schema::schema;
use crate::command::verify::verify;
use crate::command::watch::{Editor, WatchOptions, watch};
use crate::link;
use crate::model::ledger::Edition;
use crate::model::{Date, Variant};
use crate::outputs::BuildOptions;
use crate::parse::is_panic_caught;
use crate::product::Kind;
use crate::ui::{self, Color, Loudness, MessageFormat, Ui};

/// Builds evidence handbooks: Markdown in, a PDF set by Typst and an EPUB 3 out.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: GlobalOptions,
}

const EXIT_CODES: &str = "\
Exit codes: 0 all is well, 1 the content has errors, 2 usage, disk, or a fault of the program.";

#[derive(Debug, Args)]
struct GlobalOptions {
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
    /// Report only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Show all warnings of a build, and the time of each stage
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a book: a small one that can be built at once, with one file of each kind
    #[command(after_help = "\
Examples:
  fascicle new my-book               asks for the title, the disease and the language
  fascicle new my-book --title \"Living with gout\" --disease gout
                                     asks nothing more where there is no terminal")]
    New {
        /// The folder to create
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// The title of the book
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// The disease, or whatever else the book is about
        #[arg(long = "disease", alias = "subject", value_name = "TEXT")]
        subject: Option<String>,
        /// The language, as a tag such as `en-GB` [default: `en`]
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
    },
    /// Make the PDFs, the EPUB, the handouts, the web edition and the report
    #[command(after_help = "\
Examples:
  fascicle build                     the handbook here, into dist/
  fascicle build my-book -o out      another folder, into out/
  fascicle build --only epub         the EPUB alone, quickly, without print pages
  fascicle build --only pdf,epub     no handouts and no web edition
  fascicle build --variant large-print --only pdf
                                     the book in large print alone")]
    Build {
        /// Folder with `handbook.toml` [default: `content`, here or above]
        content: Option<PathBuf>,
        /// Folder for the outputs
        #[arg(short, long, default_value = "dist", value_name = "DIR")]
        out: PathBuf,
        /// Make these, and not the others; may be repeated
        #[arg(long, value_delimiter = ',', value_name = "OUTPUT", value_parser = kind())]
        only: Vec<Kind>,
        /// Set this variant of the page, and not those that the handbook names; may be repeated
        #[arg(long = "variant", value_name = "NAME", value_parser = variant())]
        variants: Vec<Variant>,
        /// Open the book when it is made
        #[arg(long)]
        open: bool,
    },
    /// Report mistakes, and write nothing
    #[command(after_help = "\
Examples:
  fascicle check                            the handbook here
  fascicle check my-book --format short     one line for each finding, for editors and scripts
  fascicle check --format github --deny-warnings
                                            annotations for GitHub Actions; a warning fails, too
  fascicle check --report > report.json     words, references, dates and findings of each file")]
    Check {
        /// Folder with `handbook.toml` [default: `content`, here or above]
        content: Option<PathBuf>,
        /// Print words, reading grade, references, dates of review and findings of each file as JSON
        #[arg(long)]
        report: bool,
    },
    /// Show the book in a browser while you write it: what is saved is on the screen at once
    #[command(after_help = "\
Examples:
  fascicle watch --open              the handbook here, in the browser of this machine
  fascicle watch --editor \"code -g {file}:{line}\"
                                     a click on a paragraph opens its line in Visual Studio Code
  fascicle watch my-book --port 8080 another folder, always at the same address

Nothing but this machine can reach it. Ctrl+C ends it.")]
    Watch {
        /// Folder with `handbook.toml` [default: `content`, here or above]
        content: Option<PathBuf>,
        /// Port to listen on [default: a free one from 4870 on]
        #[arg(long, value_name = "NUMBER")]
        port: Option<u16>,
        /// Open the browser
        #[arg(long)]
        open: bool,
        /// Program that a click on a paragraph starts, with `{file}` and `{line}` for the place
        #[arg(long, value_name = "COMMAND", value_parser = Editor::parse)]
        editor: Option<Editor>,
    },
    /// Print the script that completes commands and options in a shell
    #[command(after_help = "\
Examples:
  fascicle completions bash > ~/.local/share/bash-completion/completions/fascicle
  fascicle completions fish > ~/.config/fish/completions/fascicle.fish")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write a manual page for each command
    #[command(after_help = "\
Examples:
  fascicle man ~/.local/share/man/man1
                                     then `man fascicle`, `man fascicle-build` and others")]
    Man {
        /// The folder for the pages
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Import articles into the book, or export them to a reference manager
    #[command(after_help = "\
Examples:
  fascicle cite import citations.nbib       references from what PubMed saved
  fascicle cite export --site liver > liver.ris
                                            the articles about the liver, for a reference manager")]
    #[command(subcommand)]
    Cite(Cite),
    /// Explain a rule, with an example before and after; without RULE, list all rules
    #[command(after_help = "\
Examples:
  fascicle explain                   a line for each rule
  fascicle explain missing-alt       all about one of them")]
    Explain {
        /// Name of a rule, as messages show it in square brackets
        rule: Option<String>,
    },
    /// Print the keys of a file as JSON Schema, so that an editor completes and explains them; without NAME, list all schemas
    #[command(after_help = "\
Examples:
  fascicle schema                    a line for each schema
  fascicle schema handbook > handbook.schema.json
                                     then `#:schema ../handbook.schema.json` as the first line of content/handbook.toml")]
    Schema {
        /// Name of a schema
        name: Option<String>,
    },
    /// Write the words that the program adds, such as headings, into `labels.toml`, to change or translate them
    #[command(after_help = "\
Examples:
  fascicle labels                    content/labels.toml, in the language of the book, or else in English
  fascicle labels --from es          from the Spanish words
  fascicle labels --print            all of them in English, on the screen")]
    Labels {
        /// Folder with `handbook.toml` [default: `content`, here or above]
        content: Option<PathBuf>,
        /// The language to begin from, as a tag such as `es` [default: that of the book, or English]
        #[arg(long, value_name = "TAG")]
        from: Option<String>,
        /// Print the words, and write nothing
        #[arg(long)]
        print: bool,
    },
    /// Make a new edition, if the content changed: its files, the download site, and its entry in the ledger
    #[command(after_help = "\
Examples:
  fascicle release --dry-run         number and notes of the edition that there would be
  fascicle release                   the edition, into dist/releases/ and dist/site/
  fascicle release --edition 2.0.0 --note \"Reviewed by a clinician.\"
                                     a greater number, and a sentence before the notes
  fascicle release --again           the files of the newest edition, if `dist/` was lost")]
    Release {
        /// Folder with `handbook.toml` [default: `content`, here or above]
        content: Option<PathBuf>,
        /// Folder for the outputs
        #[arg(short, long, default_value = "dist", value_name = "DIR")]
        out: PathBuf,
        /// Day of the release [default: that of `SOURCE_DATE_EPOCH`, or else today]
        #[arg(long, value_name = "DAY", value_parser = day)]
        date: Option<Date>,
        /// Number of the edition, if it is to be greater than what changed asks for
        #[arg(long, value_name = "NUMBER", value_parser = edition)]
        edition: Option<Edition>,
        /// A sentence for readers, before the list of changes
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        note: String,
        /// Show number and changes, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Rebuild the lost files and the site of the newest edition; for an older one, check out its tag first
        #[arg(
            long,
            value_name = "EDITION",
            num_args = 0..=1,
            default_missing_value = "newest",
            value_parser = lost,
            conflicts_with_all = ["date", "edition", "note", "dry_run"]
        )]
        again: Option<Lost>,
        /// Address where the site will be, for the links in its feeds
        #[arg(long, value_name = "URL", value_parser = address)]
        website: Option<String>,
        /// Address of the files of earlier editions, with `{edition}` for the number
        #[arg(long, value_name = "URL", value_parser = address)]
        downloads: Option<String>,
    },
    /// List what changed between editions, or since the last one
    #[command(after_help = "\
Examples:
  fascicle changes                   since the last edition
  fascicle changes 1.0.0             since edition 1.0.0
  fascicle changes 1.0.0 1.2.0 --format markdown
                                     from the one to the other

`--format` is `text`, `markdown` or `json`.")]
    Changes {
        /// The editions: from, to [default: from the last one, to the content as it is]
        #[arg(num_args = 0..=2, value_name = "EDITION", value_parser = edition)]
        editions: Vec<Edition>,
        /// Folder with `handbook.toml` [default: `content`, here or above]
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
    },
    /// Identify the edition of a file, and build it again to compare the bytes
    #[command(after_help = "\
Examples:
  fascicle verify book.pdf           which edition it is, and whether it is as it was released
  fascicle verify 1.0.0              build the edition again and compare every file

Exit code 1: a byte differs, or, of an edition, the sources here cannot prove that none does.")]
    Verify {
        /// A PDF or an EPUB, or the number of an edition
        #[arg(value_name = "FILE|EDITION")]
        what: String,
        /// Folder with `handbook.toml` [default: `content`, here or above]
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
        /// Folder with the released files, if they are here
        #[arg(short, long, default_value = "dist", value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum Cite {
    /// Write a reference for each article that PubMed or a reference manager saved
    #[command(after_help = "\
Examples:
  fascicle cite import citations.nbib       what PubMed saves by \"Send to\", \"Citation manager\"
  fascicle cite import zotero.ris library.bib items.json
                                            RIS, BibTeX or BibLaTeX, CSL-JSON
  fascicle cite import - --site liver --technique cryoablation --population sarcoma
                                            from another program, and where they belong

An article that the book has already is left as it is, and what the import has otherwise is shown.

Exit code 1: an article could not be read; all others were imported.")]
    Import {
        /// Files of articles; `-` is the standard input
        #[arg(required = true, value_name = "FILE|-")]
        files: Vec<PathBuf>,
        /// Folder with `handbook.toml` [default: `content`, here or above]
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
        /// A site of these articles; may be repeated
        #[arg(long = "site", value_name = "SITE")]
        sites: Vec<String>,
        /// A technique of these articles; may be repeated
        #[arg(long = "technique", value_name = "TECHNIQUE")]
        techniques: Vec<String>,
        /// Whom these articles studied: the `id` of a `[[population]]`
        #[arg(long, value_name = "POPULATION")]
        population: Option<String>,
    },
    /// Print articles of the book for a reference manager
    #[command(after_help = "\
Examples:
  fascicle cite export > book.ris           all articles, in the format that every program reads
  fascicle cite export --site liver --technique cryoablation --format bibtex

`--format` is `ris`, `nbib`, `bibtex` or `csl-json`.")]
    Export {
        /// Folder with `handbook.toml` [default: `content`, here or above]
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
        /// Only articles about this site; may be repeated
        #[arg(long = "site", value_name = "SITE")]
        sites: Vec<String>,
        /// Only articles about this technique; may be repeated
        #[arg(long = "technique", value_name = "TECHNIQUE")]
        techniques: Vec<String>,
    },
}

/// The day of a release, as it is typed.
fn day(text: &str) -> Result<Date, String> {
    let date = Date::parse(text).filter(|date| date.day.is_some());
    date.ok_or_else(|| "write year, month and day: `2026-01-31`".to_owned())
}

/// The number of an edition, as it is typed.
fn edition(text: &str) -> Result<Edition, String> {
    let edition = Edition::parse(text);
    edition.ok_or_else(|| {
        let highest = Edition::HIGHEST;
        format!("write edition, revision and correction, each up to {highest}: `1.0.0`")
    })
}

/// The edition that is to be made again, as it is typed.
fn lost(text: &str) -> Result<Lost, String> {
    match text {
        "newest" => Ok(Lost::Newest),
        number => edition(number).map(Lost::Edition),
    }
}

/// An address of the web below which files are, as it is typed.
fn address(text: &str) -> Result<String, String> {
    let parts = text.contains(['?', '#']);
    let whole = text.replace("{edition}", "1.0.0");
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    match is_web && !parts && link::address(&whole).is_some() {
        true => Ok(text.to_owned()),
        false => Err(
            "write an address that begins with `https://` and the name of a site, without `?` and `#`".to_owned(),
        ),
    }
}

fn kind() -> impl TypedValueParser<Value = Kind> {
    let values = Kind::choice().map(|kind| PossibleValue::new(kind.name()).help(kind.summary()));
    PossibleValuesParser::new(values).try_map(|name| Kind::named(&name).ok_or("no such output"))
}

fn variant() -> impl TypedValueParser<Value = Variant> {
    let names = Variant::ALL.iter().map(|variant| variant.name());
    PossibleValuesParser::new(names).map(|name| Variant::named(&name).unwrap_or_default())
}

/// Runs the program with the arguments it was given.
#[must_use]
pub fn run() -> ExitCode {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |it| match is_panic_caught() {
        true => {}
        false => report(it),
    }));
    let cli = Cli::parse();
    let ui = Ui::new(
        cli.options.color,
        cli.options.format,
        match (cli.options.quiet, cli.options.verbose) {
            (true, _) => Loudness::Quiet,
            (false, true) => Loudness::Verbose,
            (false, false) => Loudness::Usual,
        },
        cli.options.deny_warnings,
    );
    let outcome = command(&ui, cli.command);
    ui::end_progress();
    match outcome {
        _ if !ui::is_complete() => ExitCode::from(2),
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Errors => ExitCode::from(1),
        Outcome::Fault => ExitCode::from(2),
    }
}

/// Does what was asked for.
fn command(ui: &Ui, command: Command) -> Outcome {
    match command {
        Command::New {
            folder,
            title,
            subject,
            language,
        } => {
            let options = NewOptions {
                folder,
                title,
                subject,
                language,
            };
            new(ui, options)
        }
        Command::Build {
            content,
            out,
            only,
            variants,
            open,
        } => {
            let options = BuildOptions {
                only,
                variants,
                published: None,
            };
            build(ui, content.as_deref(), &out, &options, open)
        }
        Command::Watch {
            content,
            port,
            open,
            editor,
        } => {
            let options = WatchOptions {
                content,
                port,
                open,
                editor,
            };
            watch(ui, options)
        }
        Command::Check { content, report } => check(ui, content.as_deref(), report),
        Command::Cite(articles) => cite(ui, articles),
        Command::Completions { shell } => completions(Cli::command(), shell),
        Command::Man { folder } => man(ui, Cli::command(), &folder),
        Command::Explain { rule } => explain(rule.as_deref()),
        Command::Schema { name } => schema(name.as_deref()),
        Command::Labels {
            content,
            from,
            print,
        } => labels(ui, content.as_deref(), from.as_deref(), print),
        Command::Release {
            content,
            out,
            date,
            edition,
            note,
            dry_run,
            again,
            website,
            downloads,
        } => {
            let options = ReleaseOptions {
                content,
                out,
                date,
                edition,
                note,
                dry_run,
                website,
                downloads,
            };
            match again {
                None => release(ui, &options),
                Some(lost) => release_again(ui, &options, lost),
            }
        }
        Command::Changes { editions, content } => changes(ui, content.as_deref(), &editions),
        Command::Verify { what, content, out } => verify(ui, content.as_deref(), &out, &what),
    }
}

/// Brings articles into the book, or takes them out.
fn cite(ui: &Ui, articles: Cite) -> Outcome {
    match articles {
        Cite::Import {
            files,
            content,
            sites,
            techniques,
            population,
        } => {
            let options = ImportOptions {
                files,
                content,
                sites,
                techniques,
                population,
            };
            import(ui, &options)
        }
        Cite::Export {
            content,
            sites,
            techniques,
        } => export(
            ui,
            &ExportOptions {
                content,
                sites,
                techniques,
            },
        ),
    }
}
