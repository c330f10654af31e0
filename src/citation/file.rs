//! The file of a reference that was imported: its name, and its text.

use std::collections::BTreeSet;

use super::record::Record;
use crate::model::{Author, ET_AL, ReferenceId, SiteId, TechniqueId, id_words, is_valid_id};
use crate::text::{is_forbidden, quoted};

/// What the editor says of imported articles.
#[derive(Debug, Default)]
pub(crate) struct Placing {
    /// Whom they studied; nobody has said so if it is not there.
    pub(crate) population: Option<String>,
    /// The sites in whose lists they are to be.
    pub(crate) sites: Vec<SiteId>,
    /// The techniques in whose lists they are to be.
    pub(crate) techniques: Vec<TechniqueId>,
    /// The language of the book.
    pub(crate) language: String,
}

/// What stands in the place of a population that nobody has chosen.
pub(crate) const UNCHOSEN: &str = "?";

/// A name that no other reference has: `<family>-<year>-<word>`.
#[must_use]
pub(crate) fn id(record: &Record, taken: &BTreeSet<ReferenceId>) -> ReferenceId {
    let family: Vec<String> = record
        .authors
        .named
        .first()
        .map(|author| id_words(author.name()).take(3).collect())
        .unwrap_or_default();
    // Both have room for a year and a number beside them.
    let mut family: String = family.join("-").chars().take(40).collect();
    family.truncate(family.trim_end_matches('-').len());
    if !family.starts_with(|first: char| first.is_ascii_lowercase()) {
        let named = format!("article-{family}");
        named.trim_end_matches('-').clone_into(&mut family);
    }
    let year = record.date.unwrap_or_default().year;
    let start = format!("{family}-{year}");
    let mut words = words_of(&record.title);
    words.retain(|word| word.len() <= 40 && !family.contains(word.as_str()));
    let worded = words.iter().map(|word| format!("{start}-{word}"));
    let numbered = (2..).map(|number| match words.first() {
        Some(word) => format!("{start}-{word}-{number}"),
        None => format!("{start}-{number}"),
    });
    let candidates = worded
        .chain(words.is_empty().then(|| start.clone()))
        .chain(numbered);
    let mut free = candidates
        .map(ReferenceId)
        .filter(|id| is_valid_id(id.as_str()) && !taken.contains(id));
    // The numbers have no end.
    free.next().unwrap_or_else(|| ReferenceId(start.clone()))
}

/// The words of a title that tell what it is about.
fn words_of(title: &str) -> Vec<String> {
    const SMALL: [&str; 44] = [
        "about",
        "does",
        "what",
        "when",
        "which",
        "after",
        "among",
        "analysis",
        "approach",
        "based",
        "before",
        "between",
        "case",
        "cases",
        "clinical",
        "comparison",
        "during",
        "effect",
        "effects",
        "evaluation",
        "experience",
        "from",
        "into",
        "long",
        "outcome",
        "outcomes",
        "patient",
        "patients",
        "report",
        "results",
        "review",
        "role",
        "single",
        "study",
        "systematic",
        "term",
        "than",
        "that",
        "their",
        "through",
        "treatment",
        "using",
        "versus",
        "with",
    ];
    let is_long = |word: &String| (4..=24).contains(&word.len()) && !SMALL.contains(&word.as_str());
    let is_word = |word: &String| word.chars().any(|c| c.is_ascii_lowercase());
    id_words(title)
        .filter(|word| is_long(word) && is_word(word))
        .collect()
}

/// The text of the file. What readers never see stands in comments.
#[must_use]
pub(crate) fn text(record: &Record, placing: &Placing) -> String {
    let mut out = String::from("+++\n");
    for (key, value) in facts(record, &placing.language) {
        out.push_str(&format!("{key} = {value}\n"));
    }
    let population = placing.population.as_deref().unwrap_or(UNCHOSEN);
    if placing.population.is_none() {
        out.push_str("# Whom it studied: the `id` of a `[[population]]` in `handbook.toml`.\n");
    }
    out.push_str(&format!("population = {}\n", quoted(population)));
    let mut ids = |key: &str, ids: Vec<&str>| {
        if !ids.is_empty() {
            out.push_str(&format!("{key} = {}\n", list(ids.into_iter())));
        }
    };
    ids("sites", placing.sites.iter().map(SiteId::as_str).collect());
    ids(
        "techniques",
        placing.techniques.iter().map(TechniqueId::as_str).collect(),
    );
    if !record.kinds.is_empty() {
        comment(
            &format!("Kinds of publication: {}.", record.kinds.join("; ")),
            &mut out,
        );
    }
    if !record.summary.is_empty() {
        out.push_str("#\n# The abstract, for you: readers never see it. Write below the line +++ what it found, in your own words.\n#\n");
        comment(&record.summary, &mut out);
    }
    out.push_str("+++\n");
    out
}

/// The keys of a record that has them, with their values in TOML.
pub(super) fn facts(record: &Record, language: &str) -> Vec<(&'static str, String)> {
    let text = |value: &str| (!value.is_empty()).then(|| quoted(&printable(value)));
    let named = record.authors.named.iter().map(Author::to_string);
    let others = record.authors.others.then(|| ET_AL.to_owned());
    let authors: Vec<String> = named.chain(others).map(|name| printable(&name)).collect();
    let is_known = record.pmid.is_some() || !record.pmcid.is_empty() || !record.doi.is_empty();
    let primary = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
    let is_other = primary(&record.language) != primary(language);
    let keys = [
        ("title", text(&record.title)),
        ("language", text(&record.language).filter(|_| is_other)),
        ("authors", Some(list(authors.iter().map(String::as_str)))),
        ("journal", text(&record.journal).or(Some("\"\"".to_owned()))),
        ("date", record.date.map(|date| quoted(&date.to_string()))),
        ("volume", text(&record.volume)),
        ("issue", text(&record.issue)),
        ("pages", text(&record.pages)),
        ("affiliation", text(&record.affiliation)),
        ("pmid", record.pmid.map(|pmid| pmid.to_string())),
        ("pmcid", text(&record.pmcid)),
        ("doi", text(&record.doi)),
        // Readers need an address only where nothing else leads to the article.
        ("url", text(&record.url).filter(|_| !is_known)),
    ];
    keys.into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// A text without what no book can print.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !is_forbidden(*c) && !c.is_control())
        .collect()
}

/// How long the lines of a comment are.
const WIDTH: usize = 98;

/// Adds a text as lines of a comment.
fn comment(text: &str, out: &mut String) {
    let mut line = String::from("#");
    for word in printable(text).split_whitespace() {
        if line.len() > 1 && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line.truncate(1);
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Authors;

    #[test]
    fn names_of_files_are_short_whatever_the_article_says() {
        for (author, title) in [
            (format!("{} A", "Ab".repeat(60)), "A title".to_owned()),
            ("Rose A".to_owned(), "x".repeat(300)),
            (String::new(), String::new()),
        ] {
            let record = Record {
                authors: Authors::parse([author.as_str()]),
                title,
                ..Record::default()
            };
            let first = id(&record, &BTreeSet::new());
            let second = id(&record, &BTreeSet::from([first.clone()]));
            assert!(is_valid_id(first.as_str()) && is_valid_id(second.as_str()));
            assert_ne!(first, second);
        }
    }
}
