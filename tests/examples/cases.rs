//! Case folders: a small book in `content/`, and in `expected/` what comes of it.
//!
//! To have a new expectation, create the empty file and bless the case. An expectation that nothing produces fails.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use fascicle::diagnostic::{Format, render};
use fascicle::model::book::{
    Block, Book, Entry, Glance, IndexEntry, Inline, Item, Locator, ShortEntry, Subject,
};
use fascicle::render::{epub, typst};
use fascicle::report::report;
use fascicle::session::draft as parse;
use libtest_mimic::{Failed, Trial};

use super::support::pipeline;
use super::{all, expect, folders, trial};

pub(crate) fn trials() -> Vec<Trial> {
    let cases = folders("tests/cases").into_iter();
    cases.map(|case| trial("cases", case, run)).collect()
}

fn run(case: &Path) -> Result<(), Failed> {
    let results = results(&case.join("content"));
    let mut files: Vec<_> = fs::read_dir(case.join("expected"))?
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let compare = |file: &std::path::PathBuf| match results
        .get(file.file_name().unwrap().to_str().unwrap())
    {
        Some(result) => expect(file, result),
        None => Err(format!("{}: nothing produces it", file.display()).into()),
    };
    all(files.iter().map(compare).chain([reported(case, &results)]))
}

/// A case that expects nothing to be reported has no file that says so.
fn reported(case: &Path, results: &BTreeMap<String, String>) -> Result<(), Failed> {
    let found = &results["diagnostics.txt"];
    match case.join("expected/diagnostics.txt").exists() || found.is_empty() {
        true => Ok(()),
        false => Err(format!("no diagnostics.txt expects what was reported:\n{found}").into()),
    }
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
        results.insert("book.typ".to_owned(), typst::emit(&book));
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
            Block::DefinitionList(definitions) => {
                writeln!(out, "{pad}definitions").unwrap();
                for item in definitions {
                    writeln!(out, "{pad}  term {}", inlines(&item.term)).unwrap();
                    for below in &item.meanings {
                        writeln!(out, "{pad}    meaning").unwrap();
                        blocks(below, depth + 3, out);
                    }
                }
            }
            Block::Quote(below) => {
                writeln!(out, "{pad}quote").unwrap();
                blocks(below, depth + 1, out);
            }
            Block::Code(text) => writeln!(out, "{pad}code {:?}", text.text).unwrap(),
            Block::Table(table) => {
                let caption = table.caption.as_deref().map(inlines).unwrap_or_default();
                writeln!(out, "{pad}table {caption} {:?}", table.columns).unwrap();
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
            Block::Glance(table) => glance(table, &pad, out),
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
            Block::Subjects(groups) => subjects(groups, &pad, out),
            Block::Articles(entries) => entries.iter().for_each(|item| entry(item, depth, out)),
            Block::References(entries) => entries.iter().for_each(|it| short_entry(it, &pad, out)),
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

fn glance(glance: &Glance, pad: &str, out: &mut String) {
    let heads: Vec<&str> = glance.heads.texts().map(|head| &*head.text).collect();
    let caption = inlines(&glance.caption);
    writeln!(out, "{pad}glance {caption}\n{pad}  {}", heads.join(" | ")).unwrap();
    for group in &glance.groups {
        writeln!(out, "{pad}  group {}", inlines(&group.title)).unwrap();
        for row in &group.rows {
            let cells = [&row.technique, &row.people, &row.figure, &row.harm];
            let cells = cells.map(|cell| inlines(cell)).join(" | ");
            let words = row.in_short.as_ref().map(|words| &words.text);
            let page = locators(row.page.as_slice());
            writeln!(out, "{pad}    {words:?} {cells} → {page:?}").unwrap();
        }
    }
}

fn subjects(groups: &[Vec<Subject>], pad: &str, out: &mut String) {
    for group in groups {
        for subject in group {
            let content = inlines(&subject.content);
            let (anchor, depth) = (&subject.anchor.0, subject.depth);
            writeln!(out, "{pad}subject {depth} {anchor} {content}").unwrap();
        }
        writeln!(out, "{pad}--").unwrap();
    }
}

fn short_entry(entry: &ShortEntry, pad: &str, out: &mut String) {
    let (anchor, rank, content) = (&entry.anchor.0, entry.rank, inlines(&entry.content));
    write!(out, "{pad}short {anchor} rank={rank} {content}").unwrap();
    if let Some(page) = &entry.page {
        write!(out, " {:?} page({})", page.label.text, page.target.0).unwrap();
    }
    out.push('\n');
}

fn entry(entry: &Entry, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    writeln!(
        out,
        "{pad}entry {} {:?} rank={} {:?} {:?}\n{pad}  {:?} {} {:?} {:?}\n{pad}  {}",
        entry.anchor.0,
        entry.key.text,
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
    if let Some(cited) = &entry.cited {
        let places = locators(&cited.places);
        writeln!(out, "{pad}  cited {:?} {places:?}", cited.label.text).unwrap();
    }
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
            Inline::Mark { sign, label } => format!("sign({}, {label})", sign.text),
            Inline::Pages(targets) => {
                format!("pages({})", locators(targets).join(", "))
            }
            Inline::PrintedPage { target, label } => format!("printed({label}, {})", target.0),
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
