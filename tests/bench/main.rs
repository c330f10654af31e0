//! How long each stage takes on a synthetic handbook: `cargo bench`.
//!
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
use std::time::{Duration, Instant};

use fascicle::render::{epub, pdf};
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
        [references] => bench(references.parse().unwrap()),
        _ => bench(960),
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
        check::check(&draft, &project.sources, &pdf::can_set)
    });
    let book = time("assemble", || assemble::assemble(&draft));
    let printed = time("pdf", || pdf::pdf(&book, &project.images).unwrap());
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
        pdf::forget();
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
