//! [`Draft`] → [`Book`]: names resolved, lists and indexes made, every text written.

mod anchors;
mod articles;
mod changes;
mod citations;
mod counts;
mod downloads;
mod findable;
mod front;
mod glance;
mod glossary;
mod handouts;
mod indexes;
mod links;
mod notices;
mod overview;
mod renewal;
mod resolve;
mod search;
mod sections;
mod subjects;
mod typography;
mod uses;

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

pub use anchors::anchor;
pub use changes::{Notes, notes};
pub use downloads::{Download, EditionView, SiteWords, edition_view, site_words, topic_names};
pub use renewal::renewed;

use crate::citation::{self, Lists};
use crate::language::{self, Collation, Words, fill};
use crate::link::{self, Targets};
use crate::model::book::{
    Accessibility, Anchor, Book, Handout, Inline, Kind, Labels, Meta, Person, Section, Text,
    TextId, WebLabels,
};
use crate::model::draft::{CatalogueSubject, Contributor, Draft, Site, Technique};
use crate::model::{ReferenceId, SiteId, TechniqueId};
use crate::reading::terms::Matcher;
use crate::source::Span;

/// Makes the book.
///
/// Expects a draft that [`check`](crate::check::check) has found without error. Of what does not
/// resolve all the same, it keeps the words and leaves out the link.
#[must_use]
pub fn assemble(draft: &Draft) -> Book {
    let words = Words::of_book(&draft.handbook);
    let context = Context::new(draft, &words);
    let (body, indexes) = context.body();
    let handouts = context.handouts(&body);
    context.book(body, indexes, handouts)
}

/// Makes the book without its handouts, for those who need no files of them.
#[must_use]
pub fn without_handouts(draft: &Draft) -> Book {
    let words = Words::of_book(&draft.handbook);
    let context = Context::new(draft, &words);
    let (body, indexes) = context.body();
    context.book(body, indexes, Vec::new())
}

/// What every part of the assembly looks things up in; nothing changes it.
struct Context<'a> {
    draft: &'a Draft,
    words: &'a Words,
    /// The order of titles and names.
    order: Collation,
    /// Every site by its name.
    sites: BTreeMap<&'a SiteId, &'a Site>,
    /// Every technique by its name.
    techniques: BTreeMap<&'a TechniqueId, &'a Technique>,
    /// Which references each list has.
    lists: Lists<'a>,
    /// The citation mark of every reference: `Rose 1989`.
    marks: BTreeMap<&'a ReferenceId, String>,
    /// Where links can lead.
    targets: Targets<'a>,
    /// Finds the words of the glossary.
    matcher: Matcher,
    /// Their identifiers.
    term_ids: Vec<String>,
}

/// A text that an author wrote, with one letter where a letter and its accent were typed: a PDF would say such twice. It
/// gets its number when its section is whole.
fn text_at(text: impl Into<String>, origin: Option<Span>) -> Text {
    let text = text.into();
    Text {
        id: TextId::default(),
        text: match is_nfc(&text) {
            true => text,
            false => text.nfc().collect(),
        },
        origin,
    }
}

/// A text that the program makes.
fn text_of(text: impl Into<String>) -> Text {
    text_at(typography::apostrophes(&text.into()), None)
}

/// A running text of one piece, as in the cell of a table.
fn cell(content: &str) -> Vec<Inline> {
    vec![Inline::Text(text_of(content))]
}

impl<'a> Context<'a> {
    fn new(draft: &'a Draft, words: &'a Words) -> Self {
        Self {
            draft,
            // The first of a name, as for the rest of the program.
            sites: (draft.sites.iter().rev())
                .map(|site| (&site.id.value, site))
                .collect(),
            techniques: draft
                .techniques
                .iter()
                .map(|item| (&item.id.value, item))
                .collect(),
            lists: Lists::new(draft),
            marks: notices::marked(draft, citation::keys(&draft.references), words),
            targets: Targets::of(draft),
            matcher: Matcher::new(&draft.glossary),
            term_ids: glossary::term_ids(&draft.glossary),
            words,
            order: Collation::of(&draft.handbook.language.value, words),
        }
    }

    /// The sections of the body, and the indexes that show where all of this is.
    fn body(&self) -> (Vec<Section>, Vec<Section>) {
        let parts = [self.chapters(), self.sites(), self.techniques()];
        let (mut body, mut used) = uses::gathered(parts.into_iter().flatten());
        if let Some(articles) = self.articles(&used.citations) {
            body.push(articles.section);
            used.add(articles.used);
        }
        let indexes = self.indexes(&body, &used);
        (body, indexes)
    }

    /// The book of these sections, each text with its number.
    fn book(
        &self,
        mut body: Vec<Section>,
        indexes: Vec<Section>,
        mut handouts: Vec<Handout>,
    ) -> Book {
        body.extend(indexes);
        body.push(self.colophon());
        let mut sections = self.front(&body);
        sections.append(&mut body);
        for (number, section) in (0..).zip(&mut sections) {
            section.number(number);
        }
        handouts.iter_mut().for_each(Handout::number);
        let (link_names, findable) =
            rayon::join(|| self.link_names(&sections), || self.findable(&sections));
        Book {
            meta: self.meta(),
            cover: self.cover(),
            sections,
            handouts,
            link_names,
            findable,
            labels: self.labels(),
        }
    }

    /// A section that is not in a part: its own title is its running head.
    fn section(&self, anchor: &str, kind: Kind, depth: u8, title: &str) -> Section {
        Section {
            anchor: Anchor(anchor.to_owned()),
            kind,
            depth,
            title: text_of(title),
            full_title: title.to_owned(),
            running: (self.draft.handbook.title.clone(), title.to_owned()),
            thumb: None,
            blocks: Vec::new(),
            footnotes: Vec::new(),
        }
    }

    /// The sites in the order of the book.
    fn ordered_sites(&self) -> impl Iterator<Item = &'a Site> {
        let ids = self.draft.handbook.sites.iter();
        ids.filter_map(|id| self.sites.get(&id.value).copied())
    }

    /// The techniques in order of their titles.
    fn ordered_techniques(&self) -> Vec<&'a Technique> {
        let mut techniques: Vec<&Technique> = self.draft.techniques.iter().collect();
        techniques.sort_by_cached_key(|technique| self.order.of_title(&technique.title.value));
        techniques
    }

    /// What is said of the book: its subjects are its sites and techniques.
    fn meta(&self) -> Meta {
        let sites = self.ordered_sites().map(|site| &site.title.value);
        let techniques = self.ordered_techniques().into_iter();
        let techniques = techniques.map(|technique| &technique.title.value);
        Meta {
            about: self.about(),
            ..self.meta_about(sites.chain(techniques).cloned().collect())
        }
    }

    /// What is said of a part of the book about these subjects, which no catalogue lists.
    fn meta_about(&self, subjects: Vec<String>) -> Meta {
        let handbook = &self.draft.handbook;
        Meta {
            title: handbook.title.clone(),
            subtitle: handbook.subtitle.clone(),
            slug: handbook.slug.clone(),
            language: handbook.language.value.clone(),
            is_right_to_left: language::is_right_to_left(&handbook.language.value),
            fonts: self.draft.fonts.clone(),
            continued: self.words.indexes.continued.clone(),
            edition: self.edition_number(),
            date: self.draft.date(),
            digest: self
                .draft
                .issue
                .as_ref()
                .map(|issue| issue.content.to_string()),
            publisher: handbook.publisher.clone(),
            licence: link::licence(&handbook.licence),
            rights: fill(
                &self.words.imprint.licence,
                &[("licence", &handbook.licence)],
            ),
            printed: self.printed(),
            description: handbook.description.clone(),
            contributors: handbook.contributors.iter().map(person).collect(),
            about: Vec::new(),
            subjects,
        }
    }

    /// What catalogues list the book under: its subjects, or else the words for the disease, or else the sites.
    fn about(&self) -> Vec<CatalogueSubject> {
        let handbook = &self.draft.handbook;
        if !handbook.subjects.is_empty() {
            return handbook.subjects.clone();
        }
        let words: Vec<&String> = match handbook.search.is_empty() {
            true => self.ordered_sites().map(|it| &it.title.value).collect(),
            false => handbook.search.iter().map(|it| &it.value).collect(),
        };
        let subject = |word: &String| CatalogueSubject {
            term: word.clone(),
            code: None,
        };
        words.into_iter().map(subject).collect()
    }

    fn labels(&self) -> Labels {
        let words = self.words;
        Labels {
            contents: words.navigation.contents.clone(),
            navigation: format!(
                "{} – {}",
                words.navigation.contents, self.draft.handbook.title
            ),
            pages: words.navigation.pages.clone(),
            landmarks: words.navigation.landmarks.clone(),
            editorial: words.spoken.editorial.clone(),
            omission: words.spoken.omission.clone(),
            page: words.techniques.page.clone(),
            continued: words.navigation.continued.clone(),
            back: words.navigation.back.clone(),
            named: words.indexes.named.clone(),
            none: words.indexes.none.clone(),
            editorial_end: words.spoken.editorial_end.clone(),
            see: words.navigation.go.clone(),
            boxes: (
                words.spoken.box_open.clone(),
                words.spoken.box_ticked.clone(),
            ),
            accessibility: Accessibility {
                text: words.accessibility.text.clone(),
                pictures: words.accessibility.pictures.clone(),
                charts: words.accessibility.charts.clone(),
                tables: words.accessibility.tables.clone(),
                comments: words.accessibility.comments.clone(),
                pages: words.accessibility.pages.clone(),
            },
            web: WebLabels {
                skip: words.web.skip.clone(),
                search: words.web.search.clone(),
                search_hint: self.search_hint(),
                found: words.web.found.clone(),
                nothing: words.web.nothing.clone(),
                way: words.web.way.clone(),
                turn: words.web.turn.clone(),
                previous: words.web.previous.clone(),
                next: words.web.next.clone(),
                paper: words.web.paper.clone(),
                on_paper: words.web.on_paper.clone(),
                handout: words.web.handout.clone(),
                citations: words.web.citations.clone(),
                others: words.web.others.clone(),
                moved: words.web.moved.clone(),
                gone: words.web.gone.clone(),
                disclaimer: self.draft.handbook.disclaimer.clone(),
            },
        }
    }
}

/// Somebody, as catalogues list them. A name of one word is sorted by it; of others, only the book knows by which word.
fn person(contributor: &Contributor) -> Person {
    let name = &contributor.name;
    let is_one_word = !name.trim().contains(char::is_whitespace);
    let own = contributor.file_as.clone();
    Person {
        name: name.clone(),
        file_as: own.or_else(|| is_one_word.then(|| name.clone())),
        role: contributor.role,
    }
}
