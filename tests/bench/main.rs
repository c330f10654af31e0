//! How long each stage takes on a synthetic handbook, and a check of the real one against a build: `cargo bench`.
//!
//! `cargo bench -- REFERENCES` takes a synthetic handbook of another size, `cargo bench -- book` the real one alone.
//! `cargo bench -- write DIR REFERENCES` writes the handbook as `DIR/content`, and the same text for
//! other programs as `DIR/peer-once.typ` and `.md` (each entry once) and `DIR/peer-all.typ` and `.md`
//! (each entry as often as in our book).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs
)]

mod synthetic;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use fascicle::render::{epub, typst};
use fascicle::{assemble, check, load, parse};
use synthetic::{Lists, MARKDOWN, Size, TYPST, handbook, peer};

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
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
}

fn write(folder: &Path, size: Size) {
    handbook(&folder.join("content"), size).unwrap();
    for (name, lists) in [("once", Lists::Sites), ("all", Lists::SitesAndTechniques)] {
        for (ending, marks) in [("typ", &TYPST), ("md", &MARKDOWN)] {
            let path = folder.join(format!("peer-{name}.{ending}"));
            fs::write(path, peer(size, lists, marks)).unwrap();
        }
    }
}

const RUNS: usize = 5;

fn bench(references: usize) {
    let folder = tempfile::tempdir().unwrap();
    handbook(folder.path(), Size::of(references)).unwrap();
    println!("{references} references, median of {RUNS} runs");
    let project = time("load", || load::load(folder.path()).unwrap().0);
    let draft = time("parse", || parse::parse(&project).0);
    time("check", || {
        check::check(&draft, &project.sources, &typst::can_set)
    });
    let book = time("assemble", || assemble::assemble(&draft));
    let printed = time("pdf", || typst::pdf(&book, &project.images).unwrap());
    let pages = &printed.pages;
    time("epub", || {
        epub::epub(&book, Some(pages), &project.images, None).unwrap()
    });
    time("epub without pages", || {
        epub::epub(&book, None, &project.images, None).unwrap()
    });
    println!("{:>20} {}", "pages", pages.pages.len());
}

/// Runs a stage some times and prints its median; Typst's memory is cleared before each run.
fn time<T>(name: &str, mut run: impl FnMut() -> T) -> T {
    let mut times = Vec::new();
    let mut result = None;
    for _ in 0..RUNS {
        typst::forget();
        let start = Instant::now();
        let value = run();
        times.push(start.elapsed());
        result = Some(value);
    }
    times.sort();
    let median: Duration = times[RUNS / 2];
    println!("{name:>20} {:8.3} s", median.as_secs_f64());
    result.unwrap()
}

/// The most that a check may take of the time of a build.
const SHARE: f64 = 0.1;

/// The program as editors run it, on the handbook: who checks at every save must not wait as for a build.
fn book() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_fascicle"));
        let output = program
            .args(arguments)
            .arg(&content)
            .current_dir(folder.path())
            .output();
        assert!(output.unwrap().status.success());
    };
    println!("\nthe handbook, {CLOCK}, mean of {RUNS} checks and one build");
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let check = used(|| (0..RUNS).for_each(|_| run(&["check"]))) / RUNS as f64;
    let build = used(|| run(&["build"]));
    let ratio = check / build;
    println!(
        "{:>20} {check:8.3} s\n{:>20} {build:8.3} s",
        "check", "build"
    );
    println!("{:>20} {ratio:8.3}", "ratio");
    assert!(
        ratio < SHARE,
        "a check takes too much of the time of a build"
    );
}

/// What [`used`] measures.
const CLOCK: &str = if cfg!(target_os = "linux") {
    "processor time"
} else {
    "elapsed time"
};

/// The seconds that programs take that `run` starts: on Linux those of processors, which other programs do not change.
fn used(run: impl FnOnce()) -> f64 {
    let (start, before) = (Instant::now(), children());
    run();
    match (before, children()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    }
}

/// The seconds of processors that ended children have taken: fields 16 and 17 of `/proc/self/stat`, in hundredths.
fn children() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may have spaces.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3)?.parse::<f64>().ok();
    Some((ticks(16)? + ticks(17)?) / 100.0)
}
