//! [`Draft`] → findings: one file for each subject, listed here.

mod abbreviations;
mod alternatives;
mod arithmetic;
mod cautions;
mod characters;
mod charts;
mod citations;
mod duplicates;
mod expansions;
mod footnotes;
mod glance;
mod glossary;
mod grades;
mod handbook;
mod headings;
mod images;
mod index;
mod ledger;
mod lengths;
mod levels;
mod links;
mod lists;
mod names;
mod order;
mod parts;
mod people;
mod percentages;
mod promises;
mod references;
mod repetitions;
mod retractions;
mod review;
mod search;
mod sentences;
mod statements;
mod uncited;
mod wording;

use std::ops::Range;

use rayon::prelude::*;

pub use levels::settle;

use crate::diagnostic::{Diagnostic, nearest};
use crate::model::draft::Draft;
use crate::reading::Reading;
use crate::source::Source;

/// Which characters the outputs can hold.
pub type Coverage<'a> = &'a (dyn Fn(char) -> bool + Sync);

/// Everything that is wrong with `draft`, in no particular order.
///
/// `sources` are the files of the draft; `can_set` is true for characters that the fonts of the book have.
/// The levels that the book sets are for [`settle`] to give.
#[must_use]
pub fn check(draft: &Draft, sources: &[Source], can_set: Coverage<'_>) -> Vec<Diagnostic> {
    let (mut found, words) = rayon::join(
        || check_matter(draft, sources, can_set),
        || check_words(&Reading::new(draft, sources)),
    );
    found.extend(words);
    found
}

fn check_matter(draft: &Draft, sources: &[Source], can_set: Coverage<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // The book.
    handbook::check(draft, &mut found);
    people::check(draft, &mut found);
    statements::check(draft, &mut found);
    review::check(draft, &mut found);
    ledger::check(draft, &mut found);
    // Names, and what they lead to.
    order::check(draft, &mut found);
    names::check(draft, &mut found);
    citations::check(draft, &mut found);
    links::check(draft, &mut found);
    footnotes::check(draft, &mut found);
    glossary::check(draft, &mut found);
    index::check(draft, &mut found);
    // The evidence.
    references::check(draft, &mut found);
    duplicates::check(draft, &mut found);
    lists::check(draft, &mut found);
    cautions::check(draft, &mut found);
    retractions::check(draft, &mut found);
    search::check(draft, &mut found);
    // The text of the pages.
    headings::check(draft, &mut found);
    parts::check(draft, &mut found);
    images::check(draft, can_set, &mut found);
    charts::check(draft, &mut found);
    alternatives::check(draft, &mut found);
    lengths::check(draft, &mut found);
    characters::check(draft, sources, can_set, &mut found);
    found
}

fn check_words(reading: &Reading<'_>) -> Vec<Diagnostic> {
    let rules: [fn(&Reading<'_>, &mut Vec<Diagnostic>); 11] = [
        uncited::check,
        wording::check,
        promises::check,
        percentages::check,
        glance::check,
        arithmetic::check,
        sentences::check,
        grades::check,
        abbreviations::check,
        expansions::check,
        repetitions::check,
    ];
    let found = rules.par_iter().map(|check| {
        let mut found = Vec::new();
        check(reading, &mut found);
        found
    });
    found.flatten_iter().collect()
}

/// The file of the book that was meant by a path where none is: the one of this path as seen from the content folder, where
/// `typed` is as seen from a file, the only one of its name, or the nearest to `path`, where `typed` leads.
fn meant<'a>(
    typed: &str,
    path: &str,
    files: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let from_above = typed.trim_start_matches(['.', '/']);
    let is_same =
        |file: &&str| file.eq_ignore_ascii_case(from_above) || file.eq_ignore_ascii_case(path);
    if let Some(same) = files.clone().find(is_same) {
        return Some(same);
    }
    // The pages and pictures of all sites have the same names: those of another would be wrong.
    let files = files.filter(|file| !is_of_another_site(path, file));
    let name = path.rsplit('/').next().unwrap_or(path);
    let moved = files
        .clone()
        .filter(|file| file.rsplit('/').next() == Some(name));
    let mut first = moved.clone();
    match (first.next(), first.next()) {
        // Each site has an `index.md`.
        (Some(only), None) if name != "index.md" => Some(only),
        _ => nearest(path, moved).or_else(|| nearest(path, files)),
    }
}

/// Whether both are of sites, and these are not one site whose name is misspelt.
fn is_of_another_site(path: &str, file: &str) -> bool {
    let site = |path: &'_ str| {
        path.strip_prefix("sites/")?
            .split('/')
            .next()
            .map(str::to_owned)
    };
    let sites = site(path).zip(site(file));
    sites.is_some_and(|(path, file)| nearest(&path, [file.as_str()]).is_none())
}

/// The runs of letters and digits in a text.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    crate::reading::terms::words(text).filter_map(|range| Some((range.clone(), text.get(range)?)))
}
