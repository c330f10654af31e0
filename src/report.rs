//! [`Draft`] and findings → figures for its editor: what each section says, how hard it is to read, what it rests on,
//! when it is to be looked at again, and what is still to be mended.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::citation::Lists;
use crate::diagnostic::Diagnostic;
use crate::language::rules::ReadingGrade;
use crate::model::draft::{ContentFile, Draft, Glance, Reference, Review, Reviewed, Role};
use crate::reading::Reading;
use crate::reading::prose::{Prose, running};
use crate::reading::readability::{LONG_SENTENCE, grade, sentences, words};
use crate::source::{Places, Source, Span};

/// Name and version of this format; a key may be added without a new version, none is taken away.
const SCHEMA: &str = "fascicle-report/1";

/// How many words of a long sentence are shown.
const BEGINNING: usize = 8;

/// Figures for a whole handbook. The same content gives the same report, wherever its folder is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Name and version of this format.
    pub schema: &'static str,
    /// The number of the edition.
    pub edition: String,
    /// The day of the edition; with it, dates of review are compared.
    pub date: String,
    /// Up to when evidence was gathered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence_to: Option<String>,
    /// Who other than its authors has reviewed the book.
    pub reviewers: Vec<String>,
    /// What the book allows itself for a time, though a rule finds it.
    pub allowed: Vec<Allowed>,
    /// The path of the file that is hardest to read, for English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hardest: Option<String>,
    /// One for each file with text, in the order of [`Draft::units`].
    pub sections: Vec<Section>,
    /// All of them together; a reference counts once.
    pub whole: Section,
}

/// Figures for one file.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Section {
    /// Path below the content folder; empty for the whole.
    pub path: String,
    /// Words of running text: no headings, tables or citation marks.
    pub words: usize,
    /// Sentences of running text.
    pub sentences: usize,
    /// School grade of the United States that can read it, for English: the formula of Kincaid and others (1975).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading_grade: Option<f64>,
    /// The sentences of more than 30 words.
    pub long_sentences: Vec<LongSentence>,
    /// How many references its citation list has.
    pub references: usize,
    /// How many of them there are of each population.
    pub populations: BTreeMap<String, usize>,
    /// How many there are of each decade, by its first year.
    pub decades: BTreeMap<u16, usize>,
    /// The year of the newest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<u16>,
    /// The keys for the table at a glance that it lacks, if it is a technique at a site; of the whole, how many lack each.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lacks: BTreeMap<&'static str, usize>,
    /// When it was last compared with its sources; of the whole, the earliest day of any section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<String>,
    /// When it is to be compared with its sources again; of the whole, the earliest day of any section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_review: Option<String>,
    /// What rules find in it, in the order in which it is shown; of the whole, also in files without text.
    pub findings: Vec<Finding>,
}

/// A rule that the book allows to be broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Allowed {
    /// The rule.
    pub code: &'static str,
    /// Why.
    pub reason: String,
    /// The last day.
    pub until: String,
}

/// Where something begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// Path below the content folder.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// A sentence of more words than it should have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LongSentence {
    /// Where it begins.
    #[serde(flatten)]
    pub place: Place,
    /// How many words it has.
    pub words: usize,
    /// The first of them.
    pub beginning: String,
}

/// What a rule finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// Where; missing for what is in no file of text.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// The rule.
    pub code: &'static str,
    /// How serious it is in this book: `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
}

/// Figures for `draft`, read from `sources`, in which `found` was found.
#[must_use]
pub fn report(draft: &Draft, sources: &[Source], found: &[Diagnostic]) -> Report {
    let reading = Reading::new(draft, sources);
    let lists = Lists::new(draft);
    let mut places = Places::new(sources);
    let reviews: BTreeMap<ContentFile, Review> = (draft.reviews().into_iter())
        .map(|Reviewed { unit, review, .. }| (unit, review))
        .collect();
    let findings: Vec<Finding> = (found.iter())
        .map(|diagnostic| finding(diagnostic, &mut places))
        .collect();
    let mut sections: Vec<Section> = reading
        .units()
        .map(|(unit, prose)| {
            let mut section = text(&reading, prose, &mut places);
            section.path = unit.path();
            rests_on(&mut section, lists.of(unit).iter().copied());
            section.lacks = draft.glance(unit).map(lacks).unwrap_or_default();
            if let Some(review) = reviews.get(unit) {
                section.reviewed = review.reviewed.as_ref().map(|day| day.value.to_string());
                section.next_review = review.next.as_ref().map(|day| day.value.to_string());
            }
            section
        })
        .collect();
    let whole = whole(&reading, &sections, &findings);
    share(findings, &mut sections);
    let handbook = &draft.handbook;
    let reviewers = handbook.people(Role::Reviewer);
    Report {
        schema: SCHEMA,
        edition: draft.edition(),
        date: draft.date().to_string(),
        evidence_to: handbook.evidence_to.map(|date| date.to_string()),
        reviewers: reviewers.map(|person| person.name.clone()).collect(),
        allowed: allowed(draft),
        hardest: hardest(&sections),
        sections,
        whole,
    }
}

/// Words, sentences, and how hard they are to read.
fn text(reading: &Reading<'_>, prose: &[Prose], places: &mut Places<'_>) -> Section {
    let mut section = Section::default();
    for prose in prose.iter().filter(|prose| prose.is_running()) {
        for (start, sentence) in sentences(&prose.text) {
            let count = words(sentence).count();
            section.words += count;
            section.sentences += 1;
            if count > LONG_SENTENCE {
                let first = reading.span(prose, start..start + 1);
                let place = first.and_then(|span| place(span, places));
                section
                    .long_sentences
                    .extend(place.map(|place| LongSentence {
                        place,
                        words: count,
                        beginning: beginning(sentence),
                    }));
            }
        }
    }
    section.reading_grade = formula(reading).and_then(|formula| grade(running(prose), formula));
    section
}

/// The formula of the reading grade, if the language of the book has one.
fn formula<'r>(reading: &'r Reading<'_>) -> Option<&'r ReadingGrade> {
    reading.words.rules.reading_grade.as_ref()
}

fn beginning(sentence: &str) -> String {
    let first: Vec<&str> = sentence.split_whitespace().take(BEGINNING).collect();
    format!("{} …", first.join(" "))
}

/// The keys that are left out.
fn lacks(glance: &Glance) -> BTreeMap<&'static str, usize> {
    let Glance {
        in_short,
        figure,
        harm,
    } = glance;
    let keys = [
        ("in-short", in_short.is_none()),
        ("figure", figure.is_none()),
        ("harm", harm.is_none()),
    ];
    let lacking = keys.into_iter().filter(|(_, lacks)| *lacks);
    lacking.map(|(key, _)| (key, 1)).collect()
}

/// Counts references by population and decade.
fn rests_on<'a>(section: &mut Section, references: impl IntoIterator<Item = &'a Reference>) {
    for reference in references {
        section.references += 1;
        if let Some(population) = &reference.population {
            let count = section.populations.entry(population.value.to_string());
            *count.or_default() += 1;
        }
        let year = reference.bibliographic.date.year;
        *section.decades.entry(year / 10 * 10).or_default() += 1;
        section.newest = section.newest.max(Some(year));
    }
}

/// All sections together.
fn whole(reading: &Reading<'_>, sections: &[Section], findings: &[Finding]) -> Section {
    let earliest = |day: fn(&Section) -> &Option<String>| {
        // Days of the form YYYY-MM-DD are in order as text.
        sections
            .iter()
            .filter_map(|section| day(section).clone())
            .min()
    };
    let all = reading.units().flat_map(|(_, prose)| running(prose));
    let mut whole = Section {
        words: sections.iter().map(|section| section.words).sum(),
        sentences: sections.iter().map(|section| section.sentences).sum(),
        reading_grade: formula(reading).and_then(|formula| grade(all, formula)),
        long_sentences: (sections.iter())
            .flat_map(|section| section.long_sentences.clone())
            .collect(),
        reviewed: earliest(|section| &section.reviewed),
        next_review: earliest(|section| &section.next_review),
        findings: findings.to_vec(),
        ..Section::default()
    };
    rests_on(&mut whole, &reading.draft.references);
    for (key, count) in sections.iter().flat_map(|section| &section.lacks) {
        *whole.lacks.entry(key).or_default() += count;
    }
    whole
}

/// The first of the sections with the highest reading grade.
fn hardest(sections: &[Section]) -> Option<String> {
    let mut hardest: Option<(f64, &str)> = None;
    for section in sections {
        if let Some(grade) = section.reading_grade
            && hardest.is_none_or(|(highest, _)| grade > highest)
        {
            hardest = Some((grade, &section.path));
        }
    }
    hardest.map(|(_, path)| path.to_owned())
}

/// Gives each section what was found in its file.
fn share(findings: Vec<Finding>, sections: &mut [Section]) {
    let mut by_path: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        if let Some(place) = &finding.place {
            by_path.entry(place.path.clone()).or_default().push(finding);
        }
    }
    for section in sections {
        section.findings = by_path.remove(&section.path).unwrap_or_default();
    }
}

fn finding(diagnostic: &Diagnostic, places: &mut Places<'_>) -> Finding {
    Finding {
        place: place(diagnostic.span, places),
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: diagnostic.message.clone(),
    }
}

fn place(span: Span, places: &mut Places<'_>) -> Option<Place> {
    let found = places.place(span)?;
    Some(Place {
        path: found.path.to_owned(),
        line: found.start.line,
        column: found.start.column,
    })
}

fn allowed(draft: &Draft) -> Vec<Allowed> {
    let rules = draft.handbook.rules.iter();
    let allowed = rules
        .filter(|rule| rule.severity.is_none() && rule.is_whole() && rule.until >= draft.date());
    let exceptions = allowed.map(|rule| Allowed {
        code: rule.code.value.name(),
        reason: rule.reason.clone(),
        until: rule.until.to_string(),
    });
    exceptions.collect()
}
