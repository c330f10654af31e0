//! The fuzz targets on files of the tests, changed in ways that a hand, a program or a disk may change them.
//!
//! The changes are the same in each run, and few enough to be soon done; `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for
//! more and for others, and `cargo fuzz` looks for those that reach new parts of the program.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

use super::support::{files, root};

/// Parts that mean something to one of the parsers.
const TOKENS: &[&str] = &[
    "[",
    "]",
    "[@",
    "[^a]",
    "[^a]: ",
    "](",
    "{#",
    "{index=\"",
    "\"}",
    "; ",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "```chart\n",
    "<",
    "<!--",
    "&#91;",
    "&amp;",
    "\\",
    "\\[",
    "…",
    "...",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "> ",
    "- ",
    "1. ",
    "- [ ] ",
    "# ",
    "## ",
    "|",
    "|-|-|\n",
    "+++\n",
    "![",
    "http://[",
    "= ",
    "[[",
    "]]",
    "\"\"\"",
    "'''",
    "\0",
    "\u{feff}",
    "\u{2028}",
    "👩‍👩‍👧",
    "à",
    "—",
    "10.",
    "PMID",
    "TY  - JOUR\n",
    "ER  - \n",
    "AU  - ",
    "@article{a,\n",
    "50 of 90 (85%)",
    "18446744073709551610-nine",
];

/// The files of the tests that somebody could have written, in one order everywhere.
static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folders = ["tests/cases", "tests/releases", "content"].map(|folder| root().join(folder));
    let below = |folder: &PathBuf| {
        let folder = folder.clone();
        files(&folder)
            .into_iter()
            .map(move |file| folder.join(file))
    };
    let is_text = |path: &PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "md" || ending == "toml")
    };
    let texts = folders.iter().flat_map(below).filter(is_text);
    texts.map(|path| std::fs::read(path).unwrap()).collect()
});

/// Exports of reference managers.
static EXPORTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = root().join("tests/cite");
    let files = files(&folder).into_iter();
    let files = files.filter(|file| !file.to_string_lossy().ends_with(".txt"));
    files
        .map(|file| std::fs::read(folder.join(file)).unwrap())
        .collect()
});

/// A change of some bytes.
#[derive(Debug, Clone)]
enum Change {
    /// A bit is another one.
    Flip(Index, u8),
    /// A part is lost.
    Cut(Index, usize),
    /// A part stands there many times.
    Repeat(Index, usize, usize),
    /// A token is put in.
    Insert(Index, Index),
    /// A part of another file is put in.
    Splice(Index, Index, Index, usize),
    /// The rest is lost.
    End(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        1 => (at(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        1 => (at(), 1..40_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        2 => (at(), 1..12_usize, 2..40_usize)
            .prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        6 => (at(), at()).prop_map(|(at, token)| Change::Insert(at, token)),
        2 => (at(), at(), at(), 1..200_usize)
            .prop_map(|(at, file, from, length)| Change::Splice(at, file, from, length)),
        1 => at().prop_map(Change::End),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let size = bytes.len();
        let place = |at: &Index| at.index(size + 1);
        match self {
            Self::Flip(at, bit) => {
                if let Some(byte) = bytes.get_mut(place(at)) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Cut(at, length) => {
                bytes.drain(place(at)..size.min(place(at) + length));
            }
            Self::Repeat(at, length, times) => {
                let at = place(at);
                let part = bytes[at..size.min(at + length)].repeat(*times);
                bytes.splice(at..at, part);
            }
            Self::Insert(at, token) => {
                bytes.splice(place(at)..place(at), token.get(TOKENS).bytes());
            }
            Self::Splice(at, file, from, length) => {
                let other = file.get(&CORPUS);
                let from = from.index(other.len() + 1);
                let part = other[from..other.len().min(from + length)].to_vec();
                bytes.splice(place(at)..place(at), part);
            }
            Self::End(at) => bytes.truncate(place(at)),
        }
    }
}

/// A part of a file of the corpus, after some changes.
fn changed(part: fn(&str) -> &str, most: usize) -> impl Strategy<Value = Vec<u8>> {
    changed_of(&CORPUS, part, most)
}

/// A part of one of some files, after some changes.
fn changed_of(
    corpus: &'static [Vec<u8>],
    part: fn(&str) -> &str,
    most: usize,
) -> impl Strategy<Value = Vec<u8>> {
    (any::<Index>(), vec(change(), 0..=most)).prop_map(move |(file, changes)| {
        let text = String::from_utf8_lossy(file.get::<Vec<u8>>(corpus));
        let mut bytes = part(&text).as_bytes().to_vec();
        for change in changes {
            change.apply(&mut bytes);
        }
        bytes
    })
}

/// What stands behind the front matter; of a file without, all.
fn text(file: &str) -> &str {
    file.splitn(3, "+++\n").last().unwrap_or_default()
}

/// The front matter; of a file without, all.
fn front_matter(file: &str) -> &str {
    let mut parts = file.split("+++\n");
    parts.find(|part| !part.is_empty()).unwrap_or_default()
}

/// Gives a target `number` inputs, or as many as `PROPTEST_CASES` says. Shows the text that it does not bear; tells which
/// share of the inputs it used to their end, in hundredths.
fn fuzz(
    number: u32,
    inputs: &impl Strategy<Value = Vec<u8>>,
    target: impl Fn(&[u8]) -> bool,
) -> u32 {
    let all = ProptestConfig::default();
    let cases = std::env::var("PROPTEST_CASES").map_or(number, |_| all.cases);
    let mut runner = TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..all
    });
    let used = Cell::new(0);
    let result = runner.run(inputs, |bytes| {
        let is_used = catch_unwind(AssertUnwindSafe(|| target(&bytes)));
        let text = || TestCaseError::fail(String::from_utf8_lossy(&bytes).into_owned());
        used.set(used.get() + u32::from(is_used.map_err(|_| text())?));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    used.get() * 100 / cases
}

#[test]
fn markdown() {
    fuzz(1500, &changed(text, 8), |bytes| {
        targets::markdown(bytes);
        true
    });
}

#[test]
fn brackets() {
    fuzz(1500, &vec(any::<u8>(), 0..60), |bytes| {
        targets::brackets(bytes);
        true
    });
}

#[test]
fn front_matter_of_each_kind() {
    fuzz(200, &changed(front_matter, 8), |bytes| {
        targets::front_matter(bytes);
        true
    });
}

#[test]
fn imports_of_each_format() {
    let exports = changed_of(&EXPORTS, |file| file, 8);
    let used = fuzz(1500, &exports, targets::import);
    assert!(used >= 20, "only {used}% held an article");
}

#[test]
fn epub() {
    let used = fuzz(300, &changed(text, 3), targets::epub);
    assert!(used >= 20, "only {used}% were without errors");
}

#[test]
fn pdf() {
    let used = fuzz(60, &changed(text, 3), targets::pdf);
    assert!(used >= 20, "only {used}% were without errors");
}
