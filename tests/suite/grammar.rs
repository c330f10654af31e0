//! What `check` passes, `build` makes: books from a grammar of all constructs, each within the others.
//!
//! Each book has a number, from which it comes again. `FASCICLE_BOOKS=0..1000` makes these; without it, there are none.
//! With `FASCICLE_BOOKS_IN=FOLDER`, the content of each is written there, and none is made.

use std::fs;
use std::ops::Range;
use std::path::Path;

use fascicle::diagnostic::{Code, Format, render};
use fascicle::model::Variant;
use fascicle::render::epub;
use fascicle::render::typst::Manuscript;

use super::support::{every_link_leads_somewhere, pipeline, small_book, unpack, xml};

/// Numbers that are the same on every run (Steele and Vigna's `SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WORDS: [&str; 12] = [
    "the", "liver", "was", "treated", "twice", "and", "half", "of", "them", "lived", "a", "year",
];

/// How many footnotes a text begins: their own texts begin others.
const MOST_NOTES: usize = 12;

/// A text while it is written.
struct Writer {
    random: Random,
    /// How many footnotes there are, and which of them have no text yet.
    notes: usize,
    open: Vec<usize>,
    /// Whether marks of the index are not allowed here, as in the head of a table or in a footnote.
    is_apart: bool,
    /// Whether no bracket or link may begin here.
    is_within: bool,
}

impl Writer {
    fn new(number: u64) -> Self {
        Self {
            random: Random(number),
            notes: 0,
            open: Vec::new(),
            is_apart: false,
            is_within: false,
        }
    }

    fn words(&mut self, most: usize) -> String {
        let number = 1 + self.random.below(most);
        let words: Vec<&str> = (0..number).map(|_| self.random.of(&WORDS)).collect();
        words.join(" ")
    }

    fn inlines(&mut self, depth: usize, most: usize) -> String {
        let number = 1 + self.random.below(most);
        let parts: Vec<String> = (0..number).map(|_| self.inline(depth)).collect();
        parts.join(" ")
    }

    fn inline(&mut self, depth: usize) -> String {
        let below = depth.saturating_sub(1);
        match self.random.below(14) {
            _ if depth == 0 => self.words(4),
            0 => format!("*{}*", self.inlines(below, 2)),
            1 => format!("**{}**", self.inlines(below, 2)),
            2 => format!("`{}`", self.words(3)),
            3 => format!("[{}](https://example.org/)", self.words(3)),
            4 => format!("[{}](other.md)", self.words(3)),
            5 if !self.is_within => {
                self.is_within = true;
                let inner = self.inlines(below, 2);
                self.is_within = false;
                format!("[a {inner}]")
            }
            6 => "[@rose-1989]".to_owned(),
            7 | 8 => self.note(),
            9 if !self.is_apart => format!("{}{{index=\"thing\"}}", self.words(2)),
            10 => format!("{} …", self.words(2)),
            11 => format!("{}\\\n{}", self.words(2), self.words(2)),
            _ => self.words(5),
        }
    }

    fn note(&mut self) -> String {
        let word = self.words(1);
        if self.notes > 0 && self.random.below(3) == 0 {
            return format!("{word}[^n{}]", 1 + self.random.below(self.notes));
        }
        if self.notes > MOST_NOTES {
            return word;
        }
        self.notes += 1;
        self.open.push(self.notes);
        format!("{word}[^n{}]", self.notes)
    }

    fn blocks(&mut self, depth: usize, most: usize) -> String {
        let number = 1 + self.random.below(most);
        let blocks: Vec<String> = (0..number).map(|_| self.block(depth)).collect();
        blocks.join("\n\n")
    }

    fn block(&mut self, depth: usize) -> String {
        let below = depth.saturating_sub(1);
        match self.random.below(11) {
            _ if depth == 0 => self.inlines(2, 4),
            0 | 1 => self.list(below, |_| "- ".to_owned()),
            2 => self.list(below, |number| format!("{number}. ")),
            3 => self.list(below, |number| format!("{number}. [x] ")),
            4 => self.list(0, |_| "- [ ] ".to_owned()),
            5 => indented(&self.blocks(below, 3), "> ", "> "),
            6 => format!("```\n{}\n```", self.words(8)),
            7 if !self.is_apart => self.table(),
            8 => {
                let term = self.words(2);
                format!("{term}\n{}", indented(&self.blocks(below, 2), ": ", "  "))
            }
            9 => "***".to_owned(),
            _ => self.inlines(3, 6),
        }
    }

    fn list(&mut self, depth: usize, mark: impl Fn(usize) -> String) -> String {
        let number = 1 + self.random.below(4);
        let items: Vec<String> = (1..=number)
            .map(|number| {
                let mark = mark(number);
                let text = match self.random.below(2) {
                    0 => self.inlines(2, 3),
                    _ => format!("{}\n\n{}", self.words(3), self.blocks(depth, 2)),
                };
                indented(&text, &mark, &" ".repeat(mark.len().min(4)))
            })
            .collect();
        items.join("\n")
    }

    fn table(&mut self) -> String {
        let columns = 1 + self.random.below(4);
        let rows = [1, 3, 50][self.random.below(3)];
        let before = std::mem::replace(&mut self.is_apart, true);
        let mut lines = vec![self.row(columns), "|---".repeat(columns) + "|"];
        self.is_apart = before;
        for _ in 0..rows {
            lines.push(self.row(columns));
        }
        lines.join("\n")
    }

    fn row(&mut self, columns: usize) -> String {
        let cells: Vec<String> = (0..columns)
            .map(|_| self.inlines(2, 2).replace("\\\n", " "))
            .collect();
        format!("| {} |", cells.join(" | "))
    }

    /// A text with the footnotes that it has marks of.
    fn text(&mut self, headings: bool) -> String {
        let mut text = String::new();
        for _ in 0..=self.random.below(4) {
            if headings && self.random.below(2) == 0 {
                let heading = self.inlines(2, 2).replace("\\\n", " ");
                text.push_str(&format!("## A {heading}\n\n"));
            }
            text.push_str(&format!("{}\n\n", self.blocks(3, 3)));
        }
        self.is_apart = true;
        while let Some(note) = self.open.pop() {
            let blocks = self.blocks(2, 2);
            let words = self.words(2);
            let note = format!("[^n{note}]: {words}\n\n{blocks}");
            text.push_str(&format!("{}\n\n", indented(&note, "", "    ")));
        }
        text
    }
}

/// The lines with marks before them: one before the first, another before the others.
fn indented(text: &str, first: &str, others: &str) -> String {
    let line = |(index, line): (usize, &str)| match index {
        0 => format!("{first}{line}"),
        _ => format!("{others}{line}").trim_end().to_owned(),
    };
    let lines: Vec<String> = text.lines().enumerate().map(line).collect();
    lines.join("\n")
}

fn write(folder: &Path, number: u64) {
    small_book(folder, "");
    let handbook = fs::read_to_string(folder.join("handbook.toml")).unwrap();
    let both = handbook.replace("[\"only\"]", "[\"only\", \"other\"]");
    fs::write(folder.join("handbook.toml"), both).unwrap();
    let chapter = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n");
    let text = Writer::new(number).text(true);
    fs::write(folder.join("chapters/only.md"), chapter("Only", &text)).unwrap();
    fs::write(folder.join("chapters/other.md"), chapter("Other", "Text.")).unwrap();
    let findings = Writer::new(number ^ 0xffff_0000).text(false);
    let findings = findings.replace("](other.md)", "](../chapters/other.md)");
    let reference = format!(
        "+++\ntitle = \"A title\"\nauthors = [\"Rose PG\"]\njournal = \"J\"\ndate = \"1989\"\npmid = 1\npopulation = \
         \"all\"\nchapters = [\"other\"]\n+++\n\n{findings}\n"
    );
    fs::create_dir_all(folder.join("references")).unwrap();
    fs::write(folder.join("references/rose-1989.md"), reference).unwrap();
}

/// Makes a book; whether it has no errors, or why it cannot be made.
fn make(number: u64) -> Result<bool, String> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), number);
    let (project, diagnostics, book) = pipeline(folder.path());
    let Some(book) = book else {
        // Some combine what may not be combined. No error is one of the later steps.
        assert!(diagnostics.iter().all(|it| it.code != Code::Typesetting));
        return Ok(false);
    };
    let variant = Variant::ALL[usize::try_from(number).unwrap() % Variant::ALL.len()];
    let pdf = Manuscript::new(&book, &project.images).set(variant);
    let pdf = pdf.map_err(|found| {
        let found = render(&found, &project.sources, Format::Human);
        format!("book {number}, {variant}: {found}")
    })?;
    let files = unpack(&epub::epub(&book, Some(&pdf.pages), &project.images, None).unwrap());
    for (name, text) in &files {
        if name.ends_with(".xhtml") || name.ends_with(".opf") {
            xml(text);
        }
    }
    every_link_leads_somewhere(&files);
    Ok(true)
}

/// The books to make.
fn numbers() -> Range<u64> {
    let Ok(wanted) = std::env::var("FASCICLE_BOOKS") else {
        return 0..0;
    };
    let (from, to) = wanted.split_once("..").expect("`FASCICLE_BOOKS=0..1000`");
    from.parse().unwrap()..to.parse().unwrap()
}

#[test]
fn what_check_passes_is_made() {
    let numbers = numbers();
    let all = numbers.end - numbers.start;
    if let Some(folder) = std::env::var_os("FASCICLE_BOOKS_IN") {
        for number in numbers {
            let folder = Path::new(&folder).join(number.to_string());
            fs::create_dir_all(&folder).unwrap();
            write(&folder, number);
        }
        return;
    }
    let (mut made, mut failures) = (0, Vec::new());
    for number in numbers {
        match make(number) {
            Ok(is_made) => made += u64::from(is_made),
            Err(failure) => failures.push(failure),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(made * 4 >= all, "only {made} of {all} were without errors");
}

/// At the feet of pages, Typst would tear their tags or leave them behind, pages before their marks.
#[test]
fn rows_and_items_with_long_notes_are_made() {
    let note = |number: usize| format!("[^n{number}]: {}\n", "Half of them lived. ".repeat(29));
    let notes: Vec<String> = (0..24).map(note).collect();
    let lines = |line: &dyn Fn(usize) -> String| (0..24).map(line).collect::<String>();
    for text in [
        format!(
            "| A |\n|---|\n{}",
            lines(&|row| format!("| a[^n{row}] |\n"))
        ),
        lines(&|item| format!("- a[^n{item}]\n")),
        lines(&|item| format!("- a\n\n  b[^n{item}]\n")),
        lines(&|part| format!("> a[^n{part}]\n>\n")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), &format!("{text}\n{}", notes.join("\n")));
        let (project, diagnostics, book) = pipeline(folder.path());
        let book = book.unwrap_or_else(|| panic!("{diagnostics:?}"));
        for variant in Variant::ALL {
            let made = Manuscript::new(&book, &project.images).set(*variant);
            made.unwrap_or_else(|found| panic!("{text}: {variant}: {found:?}"));
        }
    }
}
