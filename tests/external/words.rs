//! Where the words of a page are: none is printed over another, and none at the edge of the paper.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use fascicle::model::Variant;
use fascicle::model::book::{Block, Kind, plain_text};
use fascicle::render::PageMap;
use fascicle::render::typst::{HandoutLook, Manuscript};

use super::support::{pipeline, root};
use super::{HANDBOOK, Printed};

/// A word and its box, in points from the upper left corner of the page.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// A page with its words, in the order in which they are drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) words: Vec<Word>,
}

/// A book in a variant of the page.
pub(super) struct Set {
    pub(super) variant: Variant,
    pub(super) pages: PageMap,
    pub(super) sheets: Vec<Sheet>,
}

/// The handbook in every variant of the page.
pub(super) static VARIANTS: LazyLock<Vec<Set>> = LazyLock::new(|| {
    let Printed { project, book, .. } = &*HANDBOOK;
    let manuscript = Manuscript::new(book, &project.images);
    let set = |variant: &Variant| Set::new(&manuscript, *variant);
    Variant::ALL.iter().map(set).collect()
});

impl Set {
    fn new(manuscript: &Manuscript<'_>, variant: Variant) -> Self {
        let pdf = manuscript.set(variant).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.pdf");
        std::fs::write(&path, pdf.bytes).unwrap();
        Self {
            variant,
            pages: pdf.pages,
            sheets: sheets(&path),
        }
    }

    /// The pages behind the cover.
    pub(super) fn numbered(&self) -> &[Sheet] {
        &self.sheets[self.pages.before..]
    }
}

/// The pages of a PDF with their words, by poppler.
pub(super) fn sheets(pdf: &Path) -> Vec<Sheet> {
    let output = Command::new("pdftotext")
        .arg("-bbox")
        .arg(pdf)
        .arg("-")
        .output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let mut sheets: Vec<Sheet> = Vec::new();
    for line in text.lines() {
        let number = |name: &str| -> f64 {
            let value = line.split(&format!("{name}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        if line.contains("<page ") {
            sheets.push(Sheet {
                width: number("width"),
                height: number("height"),
                words: Vec::new(),
            });
        } else if let (true, Some(sheet)) = (line.contains("<word "), sheets.last_mut()) {
            let text = line.split_once("\">").unwrap().1;
            sheet.words.push(Word {
                text: text.trim_end_matches("</word>").to_owned(),
                left: number("xMin"),
                right: number("xMax"),
                top: number("yMin"),
                bottom: number("yMax"),
            });
        }
    }
    sheets
}

impl Sheet {
    /// Words that are printed over others. Their boxes are as high as the font, so lines that are set closely share some of
    /// that; only the middle of a box is ink.
    fn overlaps(&self) -> Vec<(&Word, &Word)> {
        let middle = |word: &Word| {
            let third = (word.bottom - word.top) / 3.0;
            (word.top + third, word.bottom - third)
        };
        let mut words: Vec<&Word> = self.words.iter().collect();
        words.sort_by(|a, b| middle(a).0.total_cmp(&middle(b).0));
        let mut found = Vec::new();
        for (index, word) in words.iter().enumerate() {
            let (_, end) = middle(word);
            let near = words[index + 1..].iter();
            for other in near.take_while(|other| middle(other).0 < end) {
                let shared = word.right.min(other.right) - word.left.max(other.left);
                if shared > 1.0 {
                    found.push((*word, *other));
                }
            }
        }
        found
    }

    /// The words of the last line above the foot of the page.
    fn last_line(&self) -> String {
        let bottom = self
            .words
            .iter()
            .map(|word| word.bottom)
            .fold(0.0, f64::max);
        let line = self.words.iter().filter(|word| word.bottom > bottom - 2.0);
        let line: Vec<&str> = line.map(|word| word.text.as_str()).collect();
        line.join(" ")
    }
}

/// No word of the handbook is printed over another, in any variant: neither in the heads of pages nor in tables.
#[test]
fn no_word_of_the_handbook_is_printed_over_another() {
    let mut found = Vec::new();
    for set in &*VARIANTS {
        for (page, sheet) in set.sheets.iter().enumerate() {
            let over = sheet.overlaps().into_iter();
            let over = over.map(|(one, other)| format!("{} on {}", one.text, other.text));
            found.extend(over.map(|it| format!("{}, page {}: {it}", set.variant, page + 1)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Neither is one of the handouts, and their feet are where printers reach.
#[test]
fn no_word_of_a_handout_is_printed_over_another() {
    let Printed { project, book, .. } = &*HANDBOOK;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("handout.pdf");
    let mut found = Vec::new();
    for handout in &book.handouts {
        for variant in [Variant::A4, Variant::LargePrint] {
            let pdf =
                Manuscript::handout(handout, &HandoutLook::of(&handout.meta), &project.images)
                    .set(variant);
            std::fs::write(&path, pdf.unwrap().bytes).unwrap();
            for (page, sheet) in sheets(&path).iter().enumerate() {
                let place = format!("{} in {variant}, page {}", handout.topic, page + 1);
                let over = sheet.overlaps().into_iter();
                let over = over.map(|(one, other)| format!("{} on {}", one.text, other.text));
                found.extend(over.map(|it| format!("{place}: {it}")));
                let low = sheet
                    .words
                    .iter()
                    .filter(|it| it.bottom > sheet.height - 14.0);
                found.extend(low.map(|it| format!("{place}: {} is at the edge", it.text)));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// No word of any of the cases is printed over another, however long its headings, names and words are.
#[test]
fn no_word_of_a_case_is_printed_over_another() {
    let mut found = Vec::new();
    let mut made = 0;
    let cases = std::fs::read_dir(root().join("tests/cases")).unwrap();
    let mut cases: Vec<_> = cases.map(|case| case.unwrap().path()).collect();
    cases.sort();
    for case in cases {
        let (project, _, Some(book)) = pipeline(&case.join("content")) else {
            continue;
        };
        let manuscript = Manuscript::new(&book, &project.images);
        for variant in Variant::ALL {
            made += 1;
            for (page, sheet) in Set::new(&manuscript, *variant).sheets.iter().enumerate() {
                let over = sheet.overlaps().into_iter();
                let over = over.map(|(one, other)| format!("{} on {}", one.text, other.text));
                let case = case.file_name().unwrap().to_string_lossy().into_owned();
                found.extend(over.map(|it| format!("{case}, {variant}, page {}: {it}", page + 1)));
            }
        }
    }
    assert!(made > 40, "{made}");
    assert!(found.is_empty(), "{found:#?}");
}

/// No heading of a list is left at the foot of a page, and the title page is one.
#[test]
fn headings_stay_with_what_they_head() {
    let book = &HANDBOOK.book;
    let headings = ["References", "Where in the body it is used"];
    for set in &*VARIANTS {
        for (page, sheet) in set.numbered().iter().enumerate() {
            let last = sheet.last_line();
            assert!(
                !headings.contains(&last.as_str()),
                "{}, page {}: {last}",
                set.variant,
                page + 1
            );
        }
        let places = set.pages.places(book);
        let imprint = book.sections.iter().find(|it| it.kind == Kind::Imprint);
        assert_eq!(places[&imprint.unwrap().anchor], 1, "{}", set.variant);
    }
}

/// The last part of a DOI is on one line: nobody could tell whether a hyphen at the end of a line belongs to it.
#[test]
fn a_doi_is_not_broken_at_its_hyphens() {
    let book = &HANDBOOK.book;
    let mut tails: BTreeMap<String, usize> = BTreeMap::new();
    let blocks = book.sections.iter().flat_map(|section| &section.blocks);
    let entries = blocks.filter_map(|block| match block {
        Block::Articles(entries) => Some(entries),
        _ => None,
    });
    for entry in entries.flatten() {
        let identifiers = plain_text(&entry.identifiers);
        let tail = identifiers.split("DOI").nth(1);
        let tail = tail.and_then(|doi| doi.rsplit('/').next());
        if let Some(tail) = tail.filter(|tail| tail.contains('-') && tail.len() < 30) {
            tails.insert(tail.to_owned(), 0);
        }
    }
    assert!(tails.len() > 20, "{}", tails.len());
    for set in &*VARIANTS {
        for word in set.sheets.iter().flat_map(|sheet| &sheet.words) {
            for (tail, times) in &mut tails {
                *times += usize::from(word.text.contains(tail.as_str()));
            }
        }
    }
    let broken: Vec<&String> = (tails.iter())
        .filter(|(_, times)| **times < Variant::ALL.len())
        .map(|(tail, _)| tail)
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
}

/// The bars of a chart are all as far from each other.
#[test]
fn bars_are_equally_far_apart() {
    let set = &VARIANTS[0];
    let places = set.pages.places(&HANDBOOK.book);
    let section = places
        .iter()
        .find(|(anchor, _)| anchor.0 == "references-counted");
    let sheet = &set.numbered()[*section.unwrap().1];
    let is_decade = |word: &&Word| {
        let years = word.text.split_once('–');
        years.is_some_and(|(from, to)| [from, to].iter().all(|it| it.parse::<u16>().is_ok()))
    };
    let bars: Vec<f64> = sheet
        .words
        .iter()
        .filter(is_decade)
        .map(|word| word.top)
        .take(4)
        .collect();
    let gaps: Vec<f64> = bars.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(gaps.len(), 3);
    let even = gaps
        .iter()
        .all(|gap| *gap > 5.0 && (gap - gaps[0]).abs() < 0.5);
    assert!(even, "{gaps:?}");
}

/// Where lines run from right to left, commas stand at the numbers before them, whatever the width of these.
#[test]
fn commas_stand_at_their_numbers_from_right_to_left() {
    for case in ["arabic", "hebrew"] {
        let (project, _, book) = pipeline(&root().join(format!("tests/cases/{case}/content")));
        let book = book.unwrap();
        let set = Set::new(&Manuscript::new(&book, &project.images), Variant::A4);
        let mut commas = 0;
        for words in set.numbered().iter().map(|sheet| &sheet.words) {
            for comma in words.iter().filter(|word| word.text == ",") {
                commas += 1;
                let is_before = |word: &&Word| word.bottom > comma.top && word.top < comma.bottom;
                let mut line = words.iter().filter(is_before);
                assert!(
                    line.any(|word| (word.left - comma.right).abs() < 1.0),
                    "{case}: {comma:?}"
                );
            }
        }
        assert!(commas > 3, "{case}: {commas} commas");
    }
}

/// "Pages that cite it" is on one line, in every variant.
#[test]
fn what_leads_to_numbers_of_pages_is_on_one_line() {
    for set in &*VARIANTS {
        let words = set.numbered().iter().map(|sheet| &sheet.words);
        let pairs = words.flat_map(|words| words.windows(2));
        let pairs = pairs.filter(|pair| pair[0].text == "cite" && pair[1].text == "it:");
        let mut labels = 0;
        for pair in pairs {
            labels += 1;
            assert!((pair[0].top - pair[1].top).abs() < 1.0, "{pair:?}");
        }
        assert!(labels > 100, "{}: {labels} labels", set.variant);
    }
}
