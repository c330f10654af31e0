//! Case folders: a small book in `content/`, and in `expected/` what comes of it.
//!
//! `FASCICLE_BLESS=1 cargo test` rewrites the expectations that exist; to have a new one, create
//! the empty file first. An expectation that nothing produces fails.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use fascicle::diagnostic::{Format, render};
use fascicle::model::book::{Block, Book, Entry, IndexEntry, Inline, Item, Locator};
use fascicle::render::{epub, typst};
use fascicle::report::report;
use fascicle::session::draft as parse;

use super::support::{pipeline, root};

#[test]
fn cases_give_what_is_expected() {
    let bless = std::env::var_os("FASCICLE_BLESS").is_some();
    let mut failures = String::new();
    let mut count = 0;
    for entry in std::fs::read_dir(root().join("tests/cases")).unwrap() {
        let case = entry.unwrap().path();
        count += 1;
        let results = results(&case.join("content"));
        let expected = case.join("expected");
        let mut seen_diagnostics = false;
        for file in std::fs::read_dir(&expected).unwrap() {
            let file = file.unwrap().path();
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            seen_diagnostics |= name == "diagnostics.txt";
            match results.get(&name) {
                None => writeln!(failures, "{}: nothing produces it", file.display()).unwrap(),
                Some(result) if bless => std::fs::write(&file, result).unwrap(),
                Some(result) => {
                    let wanted = std::fs::read_to_string(&file).unwrap();
                    if wanted != *result {
                        writeln!(
                            failures,
                            "{}:\n{}",
                            file.display(),
                            difference(&wanted, result)
                        )
                        .unwrap();
                    }
                }
            }
        }
        if !seen_diagnostics && !results["diagnostics.txt"].is_empty() {
            writeln!(
                failures,
                "{}:\n{}",
                case.display(),
                results["diagnostics.txt"]
            )
            .unwrap();
        }
    }
    assert!(count >= 10, "only {count} cases found");
    assert!(failures.is_empty(), "\n{failures}");
}

/// Everything that can be expected of a book, by file name.
fn results(content: &Path) -> BTreeMap<String, String> {
    let (project, mut diagnostics, book) = pipeline(content);
    let draft = parse(&project).0;
    let mut results = BTreeMap::new();
    if let Some(book) = book {
        match typst::pdf(&book, &project.images) {
            Ok(pdf) => {
                for (name, xhtml) in epub::sections(&book, Some(&pdf.pages)) {
                    results.insert(name, String::from_utf8(xhtml).unwrap());
                }
            }
            Err(found) => diagnostics.extend(found),
        }
        results.insert("book.typ".to_owned(), typst::emit(&book).source);
        results.insert("book.txt".to_owned(), outline(&book));
    }
    let report = report(&draft, &project.sources, &diagnostics);
    let text = serde_json::to_string_pretty(&report).unwrap();
    results.insert("report.json".to_owned(), format!("{text}\n"));
    let text = render(&diagnostics, &project.sources, Format::Short);
    results.insert("diagnostics.txt".to_owned(), text);
    let text = render(&diagnostics, &project.sources, Format::Human);
    results.insert("diagnostics.human.txt".to_owned(), text);
    let text = render(&diagnostics, &project.sources, Format::Json);
    results.insert("diagnostics.jsonl".to_owned(), text);
    let text = render(&diagnostics, &project.sources, Format::Github);
    results.insert("diagnostics.github.txt".to_owned(), text);
    results
}

/// The first lines that differ.
fn difference(wanted: &str, found: &str) -> String {
    let mut wanted = wanted.lines();
    let mut found = found.lines();
    for number in 1.. {
        match (wanted.next(), found.next()) {
            (None, None) => return "  they differ in their last line end".to_owned(),
            (a, b) if a != b => {
                let (a, b) = (a.unwrap_or("(end)"), b.unwrap_or("(end)"));
                return format!("  line {number}\n  expected {a}\n  found    {b}");
            }
            _ => {}
        }
    }
    unreachable!()
}

/// The model of a book as text: every node, none of its places.
fn outline(book: &Book) -> String {
    let mut out = String::new();
    for section in &book.sections {
        writeln!(
            out,
            "{:?} {} depth={} running={:?}\n  title {:?}",
            section.kind, section.anchor.0, section.depth, section.running, section.title.text
        )
        .unwrap();
        blocks(&section.blocks, 1, &mut out);
        for note in &section.footnotes {
            writeln!(out, "  footnote {} {}", note.mark, note.anchor.0).unwrap();
            blocks(&note.blocks, 2, &mut out);
        }
    }
    out
}

fn blocks(list: &[Block], depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    for block in list {
        match block {
            Block::Heading {
                anchor,
                level,
                content,
            } => {
                writeln!(
                    out,
                    "{pad}heading {level} {}: {}",
                    anchor.0,
                    inlines(content)
                )
                .unwrap();
            }
            Block::Paragraph(content) => writeln!(out, "{pad}p {}", inlines(content)).unwrap(),
            Block::Display(kind, content) => {
                writeln!(out, "{pad}{kind:?} {}", inlines(content)).unwrap();
            }
            Block::List { start, items } => {
                writeln!(out, "{pad}list {start:?}").unwrap();
                for Item {
                    task,
                    blocks: below,
                } in items
                {
                    writeln!(out, "{pad}  item {task:?}").unwrap();
                    blocks(below, depth + 2, out);
                }
            }
            Block::Quote(below) => {
                writeln!(out, "{pad}quote").unwrap();
                blocks(below, depth + 1, out);
            }
            Block::Code(text) => writeln!(out, "{pad}code {:?}", text.text).unwrap(),
            Block::Table(table) => {
                let caption = table.caption.as_ref().map(|text| &text.text);
                writeln!(out, "{pad}table {caption:?} {:?}", table.columns).unwrap();
                for row in std::iter::once(&table.header).chain(&table.rows) {
                    let cells: Vec<String> = row.iter().map(|cell| inlines(cell)).collect();
                    writeln!(out, "{pad}  {}", cells.join(" | ")).unwrap();
                }
            }
            Block::Figure {
                path, alt, caption, ..
            } => {
                let caption = caption.as_ref().map(|text| &text.text);
                writeln!(out, "{pad}figure {path} {alt:?} {caption:?}").unwrap();
            }
            Block::Chart(chart) => {
                writeln!(
                    out,
                    "{pad}chart {:?} {}",
                    chart.alt,
                    inlines(&chart.caption)
                )
                .unwrap();
                for bar in &chart.bars {
                    let (label, value) = (&bar.label.text, &bar.value.text);
                    writeln!(out, "{pad}  {label:?} {} {value:?}", bar.length).unwrap();
                }
            }
            Block::Rule => writeln!(out, "{pad}rule").unwrap(),
            Block::RangeEnd(anchor) => writeln!(out, "{pad}end {}", anchor.0).unwrap(),
            Block::Subjects(groups) => {
                for group in groups {
                    for subject in group {
                        let content = inlines(&subject.content);
                        let (anchor, depth) = (&subject.anchor.0, subject.depth);
                        writeln!(out, "{pad}subject {depth} {anchor} {content}").unwrap();
                    }
                    writeln!(out, "{pad}--").unwrap();
                }
            }
            Block::Citations(entries) => entries.iter().for_each(|item| entry(item, depth, out)),
            Block::References(listings) => {
                for listing in listings {
                    let content = inlines(&listing.content);
                    writeln!(out, "{pad}listing {} {content}", listing.anchor.0).unwrap();
                }
            }
            Block::Glossary(definitions) => {
                for definition in definitions {
                    let uses = locators(&definition.uses);
                    let (term, meaning) = (&definition.term.text, &definition.meaning.text);
                    let anchor = &definition.anchor.0;
                    writeln!(
                        out,
                        "{pad}definition {anchor} {term:?} {meaning:?} → {uses:?}"
                    )
                    .unwrap();
                }
            }
            Block::Index(lines) => lines.iter().for_each(|line| index_line(line, depth, out)),
        }
    }
}

fn entry(entry: &Entry, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    writeln!(
        out,
        "{pad}entry {} rank={} {:?} {:?}\n{pad}  {:?} {} {:?} {:?}\n{pad}  {}",
        entry.anchor.0,
        entry.rank,
        entry.population.text,
        entry.details.as_ref().map(|text| &text.text),
        entry.source.text,
        inlines(&entry.title),
        entry.authors.text,
        entry.affiliation.as_ref().map(|text| &text.text),
        inlines(&entry.identifiers),
    )
    .unwrap();
    for notice in &entry.notices {
        writeln!(out, "{pad}  notice {}", inlines(notice)).unwrap();
    }
    blocks(&entry.findings, depth + 1, out);
}

fn index_line(line: &IndexEntry, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let targets = locators(&line.targets);
    let content = inlines(&line.content);
    writeln!(out, "{pad}line {} {content} → {targets:?}", line.depth).unwrap();
}

fn locators(list: &[Locator]) -> Vec<String> {
    let words = |locator: &Locator| match &locator.to {
        Some(to) => format!("{} – {}", locator.from.0, to.0),
        None => locator.from.0.clone(),
    };
    list.iter().map(words).collect()
}

fn inlines(list: &[Inline]) -> String {
    let mut out = String::new();
    for inline in list {
        let part = match inline {
            Inline::Text(text) => format!("{:?}", text.text),
            Inline::Emphasis(content) => format!("emph({})", inlines(content)),
            Inline::Strong(content) => format!("strong({})", inlines(content)),
            Inline::Struck(content) => format!("struck({})", inlines(content)),
            Inline::Foreign { language, content } => {
                format!("foreign({language}, {})", inlines(content))
            }
            Inline::Code(text) => format!("code({:?})", text.text),
            Inline::Internal { target, content } => {
                format!("to({}, {})", target.0, inlines(content))
            }
            Inline::External { url, content } => format!("web({url}, {})", inlines(content)),
            Inline::Bracket(content) => format!("bracket({})", inlines(content)),
            Inline::Citation { target, mark } => format!("cite({}, {:?})", target.0, mark.text),
            Inline::Term {
                target,
                anchor,
                word,
            } => format!("term({}, {}, {:?})", target.0, anchor.0, word.text),
            Inline::Pages(targets) => {
                format!("pages({})", locators(targets).join(", "))
            }
            Inline::IndexAnchor(anchor) => format!("mark({})", anchor.0),
            Inline::Footnote {
                target,
                mark,
                repeat,
            } => {
                format!("note({}, {mark}, {repeat})", target.0)
            }
            Inline::Omission(_) => "omission".to_owned(),
            Inline::Break => "break".to_owned(),
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&part);
    }
    out
}
