//! The subject index: sites, techniques, words of the glossary, what the authors marked, and what to see.

use super::anchors::{anchor, page_anchor, whole};
use crate::language::case::capitalized;
use crate::language::fill;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::glossary::ids;
use super::uses::Used;
use super::{Context, cell};
use crate::model::book::{Anchor, Block, Inline, Kind, Locator, Node, Section, Subject};
use crate::model::draft::ContentFile;

/// The name of the subject index.
const SUBJECTS: &str = "subject-index";

/// In how many sections a word of the glossary is used at most for the index to list them all; of a word used in
/// more, only the explanation is worth turning to.
const FEW: usize = 8;

/// A heading, by its small letters, with what the index says of it.
#[derive(Default)]
struct Heading {
    name: String,
    locators: Vec<Locator>,
    /// Its subheadings, by their small letters.
    parts: BTreeMap<String, (String, Vec<Locator>)>,
    /// The headings to see, too.
    see: Vec<String>,
}

/// The names and places of the headings, by their small letters.
type Places<'a> = BTreeMap<&'a str, (&'a str, Anchor)>;

#[derive(Default)]
struct Headings(BTreeMap<String, Heading>);

impl Headings {
    fn at(&mut self, name: &str) -> &mut Heading {
        let heading = self.0.entry(name.to_lowercase()).or_default();
        if heading.name.is_empty() {
            heading.name = capitalized(name);
        }
        heading
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(&name.to_lowercase())
    }

    fn add(&mut self, name: &str, locator: Locator) {
        self.at(name).locators.push(locator);
    }

    fn add_part(&mut self, name: &str, part: &str, locator: Locator) {
        let parts = &mut self.at(name).parts;
        let part = parts
            .entry(part.to_lowercase())
            .or_insert_with(|| (part.to_owned(), Vec::new()));
        part.1.push(locator);
    }

    /// Drops what is explained in the glossary and nowhere else, and what leads nowhere: the glossary is in the same order.
    fn drop_explained(&mut self, is_explanation: impl Fn(&Locator) -> bool) {
        let seen = self.0.values().flat_map(|heading| heading.see.clone());
        let seen: BTreeSet<String> = seen.collect();
        self.0.retain(|key, heading| {
            let mut locators = heading.locators.iter();
            let leads = !heading.parts.is_empty() || !heading.see.is_empty();
            seen.contains(key) || leads || locators.any(|it| !is_explanation(it))
        });
    }

    fn see(&mut self, name: &str, to: &str) {
        if name.to_lowercase() != to.to_lowercase() {
            self.at(name).see.push(to.to_lowercase());
        }
    }
}

impl Context<'_> {
    /// The index of all that can be looked up in `body`, if there is anything, in groups of the same letter.
    pub(super) fn subject_index(&self, body: &[Section], used: &Used) -> Option<Section> {
        let words = self.words;
        let mut section = self.section(SUBJECTS, Kind::Index, 2, &words.indexes.subjects);
        let headings = self.headings(&reading_order(body), used);
        if headings.is_empty() {
            return None;
        }
        let ids = ids(
            "subject",
            headings.iter().map(|(_, heading)| heading.name.as_str()),
        );
        let places = headings.iter().zip(ids).map(|((key, heading), id)| {
            let anchor = Anchor(format!("{SUBJECTS}.{id}"));
            (key.as_str(), (heading.name.as_str(), anchor))
        });
        let places: Places<'_> = places.collect();
        let letter = |(key, _): &(String, Heading)| self.order.letter(key);
        let groups = headings.chunk_by(|one, next| letter(one) == letter(next));
        let lines = |(key, heading): &(String, Heading)| {
            let place = places.get(key.as_str());
            place.map(|(_, anchor)| self.subject(heading, anchor, &places))
        };
        let groups = groups.map(|group| group.iter().filter_map(lines).flatten().collect());
        section.blocks = vec![
            Block::Paragraph(cell(&words.indexes.subjects_intro)),
            Block::Subjects(groups.collect()),
        ];
        Some(section)
    }

    /// Every heading by its small letters, in alphabetical order, with its locators in reading order.
    fn headings(&self, order: &BTreeMap<Anchor, usize>, used: &Used) -> Vec<(String, Heading)> {
        let mut headings = Headings::default();
        self.sites_and_techniques(&mut headings);
        for (index, term) in self.draft.glossary.iter().enumerate() {
            let name = &term.name.value;
            let places = used.terms.get(&index).filter(|places| places.len() <= FEW);
            // Where the book has a section on it, that says more than where it is mentioned.
            let places = places.filter(|_| !headings.has(name));
            let explained = std::iter::once(self.definition(index).into());
            for place in explained.chain(places.into_iter().flatten().cloned()) {
                headings.add(name, place);
            }
        }
        for (subject, locator) in &used.subjects {
            match &subject.subheading {
                Some(part) => headings.add_part(&subject.heading, part, locator.clone()),
                None => headings.add(&subject.heading, locator.clone()),
            }
        }
        for see in &self.draft.see {
            for to in &see.to {
                headings.see(&see.name.value, &to.value);
            }
        }
        headings.drop_explained(|locator| locator.from.0.starts_with("glossary."));
        let place = |locator: &Locator| order.get(&locator.from).copied().unwrap_or(usize::MAX);
        for heading in headings.0.values_mut() {
            heading.locators.sort_by_key(place);
            let parts = heading.parts.values_mut();
            parts.for_each(|(_, locators)| locators.sort_by_key(place));
        }
        let mut headings: Vec<(String, Heading)> = headings.0.into_iter().collect();
        headings.sort_by_cached_key(|(key, _)| self.order.of_title(key));
        headings
    }

    fn sites_and_techniques(&self, headings: &mut Headings) {
        for site in self.ordered_sites() {
            let title = &site.title.value;
            let own = anchor(&ContentFile::Site(site.id.value.clone()));
            let pages = self.pages_of(site);
            let last = pages
                .last()
                .map_or_else(|| own.clone(), |page| page_anchor(site, page));
            headings.add(title, whole(&own, &last));
            for page in &pages {
                let here = page_anchor(site, page);
                let Some(technique) = self.techniques.get(&page.technique.value) else {
                    continue;
                };
                let name = &technique.title.value;
                headings.add_part(
                    title,
                    &self.words.case.lowercased(self.title_at(page)),
                    whole(&here, &here),
                );
                headings.add_part(
                    name,
                    &self.words.case.lowercased(title),
                    whole(&here, &here),
                );
            }
            for alias in &site.aliases {
                headings.see(&alias.value, title);
            }
        }
        for technique in self.ordered_techniques() {
            let own = anchor(&ContentFile::Technique(technique.id.value.clone()));
            headings.add(&technique.title.value, whole(&own, &own));
            for alias in &technique.aliases {
                headings.see(&alias.value, &technique.title.value);
            }
        }
    }

    /// The lines of a heading: its own, and one for each subheading.
    fn subject(&self, heading: &Heading, anchor: &Anchor, places: &Places<'_>) -> Vec<Subject> {
        let mut content = located_with_main(&heading.name, &heading.locators);
        let has_places = !heading.locators.is_empty() || !heading.parts.is_empty();
        let see = heading.see.iter().filter_map(|to| places.get(to.as_str()));
        for (index, (name, target)) in see.enumerate() {
            let (separator, word) = match (index, has_places) {
                (0, false) => (self.words.comma(), self.words.indexes.see.as_str()),
                (0, true) => (self.words.semicolon(), self.words.indexes.see_also.as_str()),
                _ => (self.words.semicolon(), ""),
            };
            content.extend(cell(separator));
            if !word.is_empty() {
                content.push(Inline::Emphasis(cell(word)));
                content.extend(cell(" "));
            }
            content.push(Inline::Internal {
                target: target.clone(),
                content: cell(name),
            });
        }
        let own = Subject {
            anchor: anchor.clone(),
            depth: 1,
            under: None,
            content,
        };
        let part = |(number, (name, locators)): (usize, &(String, Vec<Locator>))| Subject {
            anchor: Anchor(format!("{}.{number}", anchor.0)),
            depth: 2,
            under: Some(fill(
                &self.words.indexes.under,
                &[("name", &shortened(&heading.name))],
            )),
            content: located(name, locators),
        };
        let mut parts: Vec<_> = heading.parts.iter().collect();
        parts.sort_by_cached_key(|(key, _)| self.order.of_title(key));
        let parts = parts.into_iter().map(|(_, part)| part).enumerate();
        let parts = parts.map(part);
        std::iter::once(own).chain(parts).collect()
    }
}

/// The place of every anchor in the order of reading.
fn reading_order(body: &[Section]) -> BTreeMap<Anchor, usize> {
    let anchor = |node| match node {
        Node::Anchor(anchor) | Node::End(anchor) => Some(anchor.clone()),
        Node::Text(_) => None,
    };
    let anchors = body.iter().flat_map(Section::nodes).filter_map(anchor);
    anchors
        .enumerate()
        .map(|(index, anchor)| (anchor, index))
        .collect()
}

/// A name, and the pages where it is found.
fn located(name: &str, locators: &[Locator]) -> Vec<Inline> {
    let mut content = cell(name);
    if !locators.is_empty() {
        content.extend(cell(", "));
        content.push(Inline::Pages(locators.to_vec()));
    }
    content
}

/// A name, and the pages where it is found; those that are about nothing else are emphasized.
fn located_with_main(name: &str, locators: &[Locator]) -> Vec<Inline> {
    let mut content = cell(name);
    for (is_main, run) in Locator::runs(locators) {
        content.extend(cell(", "));
        let pages = Inline::Pages(run.to_vec());
        content.push(match is_main {
            true => Inline::Strong(vec![pages]),
            false => pages,
        });
    }
    content
}

/// A heading in the room above a column: a long one ends before its parentheses or behind a word.
fn shortened(name: &str) -> Cow<'_, str> {
    const LONGEST: usize = 36;
    if name.chars().count() <= LONGEST {
        return name.into();
    }
    let room = name
        .char_indices()
        .nth(LONGEST)
        .map_or(name, |(at, _)| &name[..at]);
    let whole = match room.rsplit_once(" (") {
        Some((before, within)) if !within.contains(')') => before,
        _ => room.rsplit_once(' ').map_or(room, |(before, _)| before),
    };
    let whole = whole.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    format!("{whole}…").into()
}
