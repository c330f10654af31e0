//! Each example is a test with a name of its own: a book in a case folder, the example of a rule, a change of a book that
//! is released.
//!
//! `cargo test --test examples rules::missing-alt` runs one. `FASCICLE_BLESS=1` before it rewrites what is expected of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod cases;
#[path = "../suite/edition.rs"]
mod edition;
mod releases;
mod rules;
#[allow(dead_code, reason = "shared with the suite, which uses the rest")]
#[path = "../suite/support.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use similar::TextDiff;

use support::root;

fn main() {
    let mut trials = cases::trials();
    trials.extend(rules::trials());
    trials.extend(releases::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn blesses() -> bool {
    std::env::var_os("FASCICLE_BLESS").is_some()
}

/// Compares what an example gives with the file that says what is expected; `FASCICLE_BLESS=1` writes the file.
fn expect(file: &Path, found: &str) -> Result<(), Failed> {
    if blesses() {
        return Ok(fs::write(file, found)?);
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    let name = file.strip_prefix(root()).unwrap_or(file).display();
    let difference = TextDiff::from_lines(expected.as_str(), found)
        .unified_diff()
        .header(&format!("{name}, expected"), &format!("{name}, found"))
        .to_string();
    Err(difference.into())
}

/// One failure of several, or none.
fn all(results: impl IntoIterator<Item = Result<(), Failed>>) -> Result<(), Failed> {
    let failures = results.into_iter().filter_map(Result::err);
    let messages: Vec<String> = failures
        .filter_map(|failure| failure.message().map(str::to_owned))
        .collect();
    match messages.is_empty() {
        true => Ok(()),
        false => Err(messages.join("\n").into()),
    }
}

/// The folders below a folder of the tests, in the order of their names.
fn folders(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// A test for a folder, which has its name.
fn trial(group: &str, folder: PathBuf, run: fn(&Path) -> Result<(), Failed>) -> Trial {
    let name = folder.file_name().unwrap().to_str().unwrap();
    Trial::test(format!("{group}::{name}"), move || run(&folder))
}
