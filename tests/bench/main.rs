//! What a build takes, beside Typst alone on the same text, and stage by stage; what it takes again after one word; and
//! what a check of the real handbook takes, beside a build: `cargo bench`.
//!
//! `cargo bench -- REFERENCES` takes a synthetic handbook of another size, `cargo bench -- book` the real one alone.
//! `cargo bench -- write DIR REFERENCES` writes the synthetic handbook as `DIR/content`, and the same text, each entry
//! once, as `DIR/peer.typ` and `DIR/peer.md`. Where crowbook is installed, its EPUB is measured, too.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs
)]

mod measure;
mod synthetic;
mod typst_alone;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use fascicle::load::{Project, load};
use fascicle::model::Variant;
use fascicle::render::typst::{Manuscript, Standing};
use fascicle::render::{epub, typst};
use fascicle::{assemble, check, cli, session};
use measure::{Taken, here, median, tell_peak, there};
use synthetic::{MARKDOWN, Size, TYPST, handbook, peer};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 5;

fn main() -> ExitCode {
    let arguments = std::env::args().skip(1).filter(|word| word != "--bench");
    let arguments: Vec<String> = arguments.collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &*arguments {
        // What this program runs itself as, to measure a process of its own.
        ["build", ..] => {
            let code = cli::run();
            tell_peak();
            return code;
        }
        ["typst", from, to] => {
            typst_alone::compile(Path::new(from), Path::new(to));
            tell_peak();
        }
        ["write", folder, references] => {
            write(Path::new(folder), Size::of(references.parse().unwrap()));
        }
        ["book"] => book(),
        [references] => bench(references.parse().unwrap()),
        _ => {
            bench(960);
            book();
        }
    }
    ExitCode::SUCCESS
}

fn write(folder: &Path, size: Size) {
    handbook(&folder.join("content"), size).unwrap();
    fs::write(folder.join("peer.typ"), peer(size, &TYPST)).unwrap();
    fs::write(folder.join("peer.md"), peer(size, &MARKDOWN)).unwrap();
}

fn bench(references: usize) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, Size::of(references));
    println!("{references} references, median of {RUNS} runs");
    against_typst(folder);
    against_crowbook(folder);
    stages(&folder.join("content"));
    again(&folder.join("content"), "sites/site-0/index.md", "A site.");
}

/// This program and another one in turn, after one run of each that does not count, and how often the other goes into it.
fn side_by_side(names: [&str; 2], runs: [&dyn Fn() -> Taken; 2]) {
    let mut taken = [Vec::new(), Vec::new()];
    for round in 0..=RUNS {
        for (run, taken) in runs.iter().zip(&mut taken) {
            let new = run();
            taken.extend((round > 0).then_some(new));
        }
    }
    let ratios = taken[0].iter().zip(&taken[1]);
    let ratios: Vec<Taken> = ratios.map(|(ours, other)| ours.per(*other)).collect();
    row(names[0], median(&taken[0]));
    row(names[1], median(&taken[1]));
    row("ratio", median(&ratios));
}

fn heading(name: &str) {
    println!(
        "\n{name:<42} {:>12} {:>10} {:>10}",
        "processors s", "clock s", "peak MB"
    );
}

fn row(name: &str, taken: Taken) {
    let Taken {
        processors,
        clock,
        peak,
    } = taken;
    let peak = match peak > 0.0 {
        true => format!("{peak:10.2}"),
        false => String::new(),
    };
    println!("{name:<42} {processors:12.3} {clock:10.3} {peak}");
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

fn against_typst(folder: &Path) {
    let this = std::env::current_exe().unwrap();
    let ours = [
        "build",
        "content",
        "-o",
        "dist",
        "--only",
        "pdf,epub",
        "--variant",
        "a4",
        "-q",
    ];
    heading("PDF and EPUB, beside Typst's PDF");
    side_by_side(
        ["fascicle build --only pdf,epub", "typst compile"],
        [&|| there(&this, &ours, folder), &|| {
            there(&this, &["typst", "peer.typ", "peer.pdf"], folder)
        }],
    );
    let (ours, other) = (
        size(&folder.join("dist/synthetic.pdf")),
        size(&folder.join("peer.pdf")),
    );
    println!("PDF: {ours} bytes, of Typst alone {other}");
}

fn against_crowbook(folder: &Path) {
    if Command::new("crowbook").arg("--version").output().is_err() {
        return;
    }
    let this = std::env::current_exe().unwrap();
    let ours = ["build", "content", "-o", "screen", "--only", "epub", "-q"];
    let crowbook = [
        "--single",
        "peer.md",
        "--to",
        "epub",
        "--output",
        "peer.epub",
    ];
    heading("EPUB alone");
    side_by_side(
        ["fascicle build --only epub", "crowbook"],
        [&|| there(&this, &ours, folder), &|| {
            there(Path::new("crowbook"), &crowbook, folder)
        }],
    );
    let (ours, other) = (
        size(&folder.join("screen/synthetic.epub")),
        size(&folder.join("peer.epub")),
    );
    println!("EPUB: {ours} bytes, of crowbook {other}");
}

/// Runs a stage some times and prints its median; Typst's memory is cleared before each run.
fn stage<T>(name: &str, mut run: impl FnMut() -> T) -> T {
    let runs = (0..RUNS).map(|_| {
        typst::forget();
        here(&mut run)
    });
    let (mut results, taken): (Vec<T>, Vec<Taken>) = runs.unzip();
    row(name, median(&taken));
    results.pop().unwrap()
}

fn stages(content: &Path) {
    heading("Stage by stage");
    let project = stage("load", || load(content).unwrap().0);
    let draft = stage("parse", || session::draft(&project).0);
    stage("check", || {
        let fonts = typst::Fonts::with(&draft.fonts);
        check::check(&draft, &project.sources, &|letter| fonts.can_set(letter))
    });
    let book = stage("assemble", || assemble::assemble(&draft));
    let manuscript = stage("source of Typst", || {
        Manuscript::new(&book, &project.images)
    });
    let layout = stage("pages", || manuscript.lay_out(Variant::A4).unwrap());
    let pages = layout.pages.clone();
    let mut copies = vec![layout; RUNS];
    stage("PDF", || copies.pop().unwrap().write().unwrap());
    stage("EPUB", || {
        epub::epub(&book, Some(&pages), &project.images, None).unwrap()
    });
    println!("{} pages", pages.pages.len());
}

/// The pages again, after a new word in front of `text` in `file`.
fn again(content: &Path, file: &str, text: &str) {
    heading("Again after a change, in one process");
    let mut project = load(content).unwrap().0;
    let standing = Standing::default();
    let mut taken = [const { Vec::new() }; 2];
    for run in 0..=RUNS {
        change(&mut project, file, text, run);
        let (draft, words) = here(|| session::draft(&project).0);
        let (book, texts) = here(|| assemble::assemble(&draft));
        let (layout, pages) = here(|| {
            let manuscript = Manuscript::new(&book, &project.images).with(&standing);
            manuscript.lay_out(Variant::A4).map(drop)
        });
        layout.unwrap();
        if run > 0 {
            assert_eq!(
                standing.sweep().made,
                1,
                "more than the changed section was laid out"
            );
            taken[0].push(Taken {
                processors: words.processors + texts.processors,
                clock: words.clock + texts.clock,
                peak: 0.0,
            });
            taken[1].push(pages);
        } else {
            standing.sweep();
        }
    }
    row("parse and assemble", median(&taken[0]));
    row("pages", median(&taken[1]));
}

/// Puts a new word in front of the last `text`.
fn change(project: &mut Project, file: &str, text: &str, run: usize) {
    let mut sources = project.sources.iter_mut();
    let source = sources.find(|source| source.path == file).unwrap();
    let at = source.text.rfind(text).unwrap();
    source.text.insert_str(at, &format!(" new{run} "));
}

/// The most that a check may take of the time of a build.
const SHARE: f64 = 0.1;

/// The program as editors run it, on the handbook: who checks at every save must not wait as for a build.
fn book() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let folder = tempfile::tempdir().unwrap();
    let name = content.display().to_string();
    let program = Path::new(env!("CARGO_BIN_EXE_fascicle"));
    heading("The handbook");
    let checks: Vec<Taken> = (0..RUNS)
        .map(|_| there(program, &["check", &name], folder.path()))
        .collect();
    let check = median(&checks);
    let this = std::env::current_exe().unwrap();
    let build = there(&this, &["build", &name, "-q"], folder.path());
    row("fascicle check", check);
    row("fascicle build", build);
    again(&content, "sites/liver/cryoablation.md", " the ");
    let ratio = check.per(build);
    // Time of processors, which other programs hardly change, where it is told.
    let share = if build.processors > 0.0 {
        ratio.processors
    } else {
        ratio.clock
    };
    assert!(
        share < SHARE,
        "a check takes too much of the time of a build"
    );
}
