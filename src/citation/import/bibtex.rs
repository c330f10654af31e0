//! BibTeX and BibLaTeX: each entry is read alone, so that a broken one takes no other with it.

use std::collections::BTreeMap;

use biblatex::{
    Bibliography, ChunksExt, Entry, Pair, ParseError, Person, RawBibliography, RawChunk,
};

use super::super::names;
use super::super::record::Record;
use super::fields::{
    address, affiliation, doi_in, identifiers, language, pages, plain, pmcid_in, title,
};
use super::{Fault, Imported};
use crate::model::{Author, Date, pmid_in};

/// Whether an entry begins in a line: `@article{`.
pub(super) fn begins(line: &str) -> bool {
    kind(line).is_some()
}

/// The kind of the entry that begins in a line.
fn kind(line: &str) -> Option<String> {
    let rest = line.trim_start().strip_prefix('@')?;
    let end = rest.find(|c: char| !c.is_ascii_alphabetic())?;
    let opens = rest[end..].trim_start().starts_with(['{', '(']);
    (end > 0 && opens).then(|| rest[..end].to_ascii_lowercase())
}

/// An entry as it is typed, with the line in which it begins.
struct Typed<'t> {
    line: usize,
    text: &'t str,
    raw: RawBibliography<'t>,
}

/// Reads a text.
pub(super) fn read(text: &str) -> Imported {
    let mut imported = Imported::default();
    let mut entries: Vec<Typed<'_>> = Vec::new();
    for (line, kind, text) in split(text) {
        if matches!(kind.as_str(), "comment" | "preamble") {
            continue;
        }
        match raw(line, text) {
            Ok(raw) => entries.push(Typed { line, text, raw }),
            Err(fault) => imported.faults.push(fault),
        }
    }
    // Abbreviations hold for all entries.
    let abbreviations = entries.iter_mut();
    let abbreviations = abbreviations.flat_map(|it| std::mem::take(&mut it.raw.abbreviations));
    let abbreviations = Abbreviations::of(abbreviations);
    for entry in entries {
        let line = entry.line;
        match resolved(entry, &abbreviations) {
            Ok(bibliography) => imported
                .records
                .extend(bibliography.iter().map(|entry| record(line, entry))),
            Err(fault) => imported.faults.push(fault),
        }
    }
    imported
}

/// How deep braces, and abbreviations of abbreviations, may lead: for each level, what reads them calls itself.
const DEEPEST: usize = 32;

/// How many bytes an abbreviation may stand for: twenty, each of which is twice the one before, are a million times the
/// first.
const LONGEST: usize = 4096;

/// How many parts an entry may have, in braces or joined by `#`: they are made one by one, which takes a time that grows with
/// the square of their number.
const MOST: usize = 10_000;

/// How deep the braces of a text are nested.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Reads an entry as it is typed.
fn raw(line: usize, text: &str) -> Result<RawBibliography<'_>, Fault> {
    if depth(text) > DEEPEST {
        return Err(Fault {
            line,
            message: format!("the entry that begins in line {line} has too many braces in braces"),
        });
    }
    RawBibliography::parse(text).map_err(|error| unreadable(line, text, &error))
}

/// Reads what an entry means.
fn resolved(entry: Typed<'_>, abbreviations: &Abbreviations<'_>) -> Result<Bibliography, Fault> {
    let Typed {
        line,
        text,
        mut raw,
    } = entry;
    for entry in &mut raw.entries {
        // No other entry is there to take something from: an entry that names itself would do so for ever.
        let is_own = |field: &Pair<'_>| {
            let others = ["crossref", "xdata"];
            !others.iter().any(|it| field.key.v.eq_ignore_ascii_case(it))
        };
        entry.v.fields.retain(is_own);
        let fields = entry.v.fields.iter();
        let parts = fields.clone().map(|field| abbreviations.parts(field));
        let longest = fields.max_by_key(|field| abbreviations.parts(field));
        if let Some(field) = longest.filter(|_| parts.sum::<usize>() > MOST) {
            let name = field.key.v;
            return Err(Fault {
                line: line + lines_before(text, field.key.span.start),
                message: format!(
                    "the entry that begins in line {line} has more than {MOST} parts in braces or behind `#`, most of them \
                     in the field `{name}`: make that one text, or delete it"
                ),
            });
        }
    }
    let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields);
    let used = abbreviations.used(fields);
    // A fault may be in the text of an abbreviation, which is elsewhere.
    let own = if used.is_empty() { text } else { "" };
    Bibliography::from_raw(RawBibliography {
        abbreviations: used,
        ..raw
    })
    .map_err(|error| unreadable(line, own, &error))
}

fn unreadable(line: usize, text: &str, error: &ParseError) -> Fault {
    Fault {
        line: line + lines_before(text, error.span.start),
        message: format!(
            "the entry that begins in line {line} cannot be read: {}",
            error.kind
        ),
    }
}

/// How many lines end before a byte of a text.
fn lines_before(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count()
}

/// What abbreviations stand for.
struct Abbreviations<'t> {
    /// Those that neither stand for each other in a circle, nor too often, nor for too much: whatever has others is reported.
    kept: BTreeMap<&'t str, Pair<'t>>,
    /// How many bytes each of them stands for, with one more for each of its parts.
    lengths: BTreeMap<&'t str, usize>,
}

impl<'t> Abbreviations<'t> {
    fn of(all: impl Iterator<Item = Pair<'t>>) -> Self {
        // Of two with one name, the last counts.
        let all: BTreeMap<&str, Pair<'_>> = all.map(|it| (it.key.v, it)).collect();
        let mut lengths: BTreeMap<&str, usize> = BTreeMap::new();
        for _ in 0..DEEPEST {
            let length = |pair: &Pair<'_>| {
                let chunks = pair.value.v.iter().map(|chunk| match chunk.v {
                    RawChunk::Normal(text) => Some(text.len() + 1),
                    // The name of a month, or unknown.
                    RawChunk::Abbreviation(name) if !all.contains_key(name) => Some(1),
                    RawChunk::Abbreviation(name) => lengths.get(name).copied(),
                });
                let length = chunks.sum::<Option<usize>>()?;
                (length <= LONGEST).then_some(length)
            };
            let known = all.iter();
            let known = known.filter_map(|(name, pair)| Some((*name, length(pair)?)));
            let known: BTreeMap<&str, usize> = known.collect();
            if known.len() == lengths.len() {
                break;
            }
            lengths = known;
        }
        let kept = all.into_iter();
        let kept = kept
            .filter(|(name, _)| lengths.contains_key(name))
            .collect();
        Self { kept, lengths }
    }

    /// How many parts a field has at most.
    fn parts(&self, field: &Pair<'_>) -> usize {
        let parts = field.value.v.iter().map(|chunk| match chunk.v {
            RawChunk::Normal(text) => 1 + text.matches(['{', '$']).count(),
            RawChunk::Abbreviation(name) => self.lengths.get(name).copied().unwrap_or(1),
        });
        parts.sum()
    }

    /// Those that fields need, and those that these need.
    fn used<'a>(&self, fields: impl Iterator<Item = &'a Pair<'a>>) -> Vec<Pair<'t>> {
        let names = |pair: &Pair<'_>| {
            let chunks = pair.value.v.iter();
            let names = chunks.filter_map(|chunk| match chunk.v {
                RawChunk::Normal(_) => None,
                RawChunk::Abbreviation(name) => self.kept.get_key_value(name),
            });
            names.map(|(name, _)| *name).collect::<Vec<&str>>()
        };
        let mut open: Vec<&str> = fields.flat_map(names).collect();
        let mut used: BTreeMap<&str, &Pair<'_>> = BTreeMap::new();
        while let Some(name) = open.pop() {
            if let Some(pair) = self.kept.get(name)
                && used.insert(name, pair).is_none()
            {
                open.extend(names(pair));
            }
        }
        used.into_values().cloned().collect()
    }
}

/// The entries of a text, each with its first line and its kind.
fn split(text: &str) -> Vec<(usize, String, &str)> {
    let mut starts: Vec<(usize, String, usize)> = Vec::new();
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if let Some(kind) = kind(line) {
            starts.push((index + 1, kind, offset));
        }
        offset += line.len();
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|(.., start)| *start)
        .chain([text.len()]);
    let ends: Vec<usize> = ends.collect();
    let parts = starts.into_iter().zip(ends);
    parts
        .map(|((line, kind, start), end)| (line, kind, &text[start..end]))
        .collect()
}

fn record(line: usize, entry: &Entry) -> Record {
    let raw = |keys: &[&str]| {
        let mut found = keys.iter().filter_map(|key| entry.get(key));
        found
            .next()
            .map(ChunksExt::format_verbatim)
            .unwrap_or_default()
    };
    let text = |keys: &[&str]| plain(&raw(keys));
    let mut record = Record {
        line,
        title: whole_title(&text(&["title"]), &text(&["subtitle"])),
        authors: names::authors(entry.author().unwrap_or_default().iter().map(name)),
        journal: text(&[
            "shortjournal",
            "journaltitle",
            "journal",
            "booktitle",
            "publisher",
            "institution",
            "school",
        ]),
        date: date(&raw(&["date", "year"]), &raw(&["month"]), &raw(&["day"])),
        volume: text(&["volume"]),
        issue: text(&["number", "issue"]),
        pages: pages(&raw(&["pages", "eid"])),
        affiliation: affiliation(&raw(&["affiliation"])),
        pmid: pmid_in(&raw(&["pmid"])),
        pmcid: pmcid_in(&raw(&["pmcid", "pmc"])).unwrap_or_default(),
        doi: doi_in(&raw(&["doi"])).unwrap_or_default(),
        url: address(raw(&["url"]).trim()),
        language: language(&raw(&["langid", "language"])),
        summary: text(&["abstract"]),
        kinds: Vec::new(),
    };
    if raw(&["eprinttype", "archiveprefix"]).eq_ignore_ascii_case("pubmed") {
        record.pmid = record.pmid.or_else(|| pmid_in(&raw(&["eprint"])));
    }
    if raw(&["eprinttype", "archiveprefix"]).eq_ignore_ascii_case("pmcid")
        && record.pmcid.is_empty()
    {
        record.pmcid = pmcid_in(&raw(&["eprint"])).unwrap_or_default();
    }
    for key in ["note", "annotation", "url"] {
        identifiers(&raw(&[key]), &mut record);
    }
    record
}

fn whole_title(main: &str, sub: &str) -> String {
    match sub {
        "" => title(main),
        sub => title(&format!("{main}: {sub}")),
    }
}

/// BibTeX has the month apart from the year.
fn date(date: &str, month: &str, day: &str) -> Option<Date> {
    let year = Date::of_words(date)?;
    let month = match month.trim().parse::<u8>() {
        Ok(number) => format!("{number:02}"),
        Err(_) => month.to_owned(),
    };
    match (year.month, month.as_str()) {
        (Some(_), _) | (None, "") => Some(year),
        (None, month) => Date::of_words(&format!("{} {month} {day}", year.year)).or(Some(year)),
    }
}

fn name(person: &Person) -> Option<Author> {
    let Person {
        name,
        given_name,
        prefix,
        suffix,
        ..
    } = person;
    let family = format!("{prefix} {name}");
    match given_name.is_empty() {
        true if names::is_others(&family) => None,
        // Only braces keep the words of a name together.
        true if prefix.is_empty() && name.contains(char::is_whitespace) => {
            Some(Author::Group(name.clone()))
        }
        _ => Some(names::person(&family, given_name, suffix)),
    }
}
