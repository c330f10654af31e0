//! The first pages: title, imprint, the book on one page, and contents; and the last, the colophon.

use std::collections::BTreeSet;

use super::sections::line;
use super::{Context, cell, text_of};
use crate::citation;
use crate::language::fill;
use crate::link;
use crate::model::book::{Anchor, Block, Cover, Display, IndexEntry, Inline, Kind, Section};
use crate::model::draft::{NOT_STATED, Role};
use crate::model::ledger::Status;

/// The type of every book.
const TYPE: &str = "Libertinus Serif";

/// The name of the colophon.
const COLOPHON: &str = "colophon";

impl Context<'_> {
    pub(super) fn front(&self, body: &[Section]) -> Vec<Section> {
        let mut sections = vec![self.title_page(), self.imprint()];
        sections.extend(self.overview());
        sections.extend(self.changes());
        sections.push(self.contents(body));
        sections
    }

    /// The cover names those who compiled the book, or else who edited it; what they did is told in the imprint.
    pub(super) fn cover(&self) -> Cover {
        let handbook = &self.draft.handbook;
        let words = self.words;
        let people = [Role::Compiler, Role::Editor]
            .map(|role| self.names(role))
            .into_iter()
            .find(|names| !names.is_empty())
            .map(|names| fill(&words.cover.people, &[("names", &words.list(&names))]))
            .unwrap_or_default();
        let edition = self.edition();
        let parts = [
            &handbook.title,
            &handbook.subtitle,
            &people,
            &handbook.publisher,
            &edition,
        ];
        let told: Vec<String> = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| citation::closed(part))
            .collect();
        Cover {
            name: words.cover.name.clone(),
            alt: fill(&words.cover.alt, &[("text", &told.join(" "))]),
            title: handbook.title.clone(),
            subtitle: handbook.subtitle.clone(),
            publisher: handbook.publisher.clone(),
            people,
            edition,
            back: vec![handbook.description.clone(), handbook.disclaimer.clone()],
        }
    }

    /// The names of those with a role.
    fn names(&self, role: Role) -> Vec<&str> {
        let contributors = self.draft.handbook.contributors.iter();
        contributors
            .filter(|contributor| contributor.role == role)
            .map(|contributor| contributor.name.as_str())
            .collect()
    }

    fn title_page(&self) -> Section {
        let handbook = &self.draft.handbook;
        let mut section = self.section("title-page", Kind::Title, 1, &handbook.title);
        if !handbook.subtitle.is_empty() {
            section
                .blocks
                .push(display(Display::Subtitle, &handbook.subtitle));
        }
        section
            .blocks
            .push(display(Display::Edition, &self.edition()));
        section
            .blocks
            .push(display(Display::Notice, &handbook.disclaimer));
        section
    }

    /// The PDF whose pages the EPUB tells.
    pub(super) fn printed(&self) -> String {
        let handbook = &self.draft.handbook;
        let variant = handbook.variants.first().map(|first| first.value);
        let values = [
            ("title", handbook.title.as_str()),
            ("edition", &self.edition()),
            ("variant", variant.unwrap_or_default().name()),
        ];
        fill(&self.words.edition.printed, &values)
    }

    pub(super) fn edition(&self) -> String {
        let date = self.words.date(self.draft.date());
        let edition = self.draft.edition();
        let values = [("edition", edition.as_str()), ("date", date.as_str())];
        let label = match self.is_draft() {
            true => &self.words.edition.draft,
            false => &self.words.edition.released,
        };
        fill(label, &values)
    }

    fn imprint(&self) -> Section {
        let handbook = &self.draft.handbook;
        let words = self.words;
        let mut section = self.section("imprint", Kind::Imprint, 1, &words.imprint.title);
        let mut say = |text: String| section.blocks.push(Block::Paragraph(cell(&text)));
        say(handbook.description.clone());
        say(self.edition_line());
        for (role, label) in [
            (Role::Compiler, &words.imprint.compiler),
            (Role::Editor, &words.imprint.editor),
        ] {
            if let Some(names) = self.people(role) {
                say(fill(label, &[("names", &names)]));
            }
        }
        say(match self.people(Role::Reviewer) {
            Some(names) => fill(&words.imprint.reviewer, &[("names", &names)]),
            None => words.imprint.no_reviewer.clone(),
        });
        if let Some(date) = handbook.evidence_to {
            say(fill(
                &words.imprint.evidence_to,
                &[("date", &words.date(date))],
            ));
        }
        if let (Some(reviewed), Some(next)) = (&handbook.review.reviewed, &handbook.review.next) {
            let (reviewed, next) = (words.date(reviewed.value), words.date(next.value));
            let values = [("reviewed", reviewed.as_str()), ("next", next.as_str())];
            say(fill(&words.imprint.reviewed, &values));
        }
        let mut not_stated = Vec::new();
        for (text, label, what) in [
            (
                &handbook.funding,
                &words.imprint.funding,
                &words.imprint.funding_not_stated,
            ),
            (
                &handbook.interests,
                &words.imprint.interests,
                &words.imprint.interests_not_stated,
            ),
            (
                &handbook.contact,
                &words.imprint.contact,
                &words.imprint.contact_not_stated,
            ),
        ] {
            match text {
                Some(text) if text.value == NOT_STATED => not_stated.push(what.as_str()),
                Some(text) => say(fill(label, &[("text", &text.value)])),
                None => {}
            }
        }
        if !not_stated.is_empty() {
            let what = words.either(&not_stated);
            say(fill(&words.imprint.not_stated, &[("what", &what)]));
        }
        let contact = handbook.contact.as_ref();
        if contact.is_some_and(|contact| contact.value == NOT_STATED) {
            say(words.imprint.no_contact.clone());
        }
        let year = self.draft.date().year.to_string();
        let holder = [("year", year.as_str()), ("publisher", &handbook.publisher)];
        say(fill(&words.imprint.copyright, &holder));
        let name = unbroken(&handbook.licence);
        let licence = fill(&words.imprint.licence, &[("licence", &name)]);
        section
            .blocks
            .push(Block::Paragraph(licensed(&licence, &handbook.licence)));
        if self.draft.issue.is_some() {
            let mut told = cell(&format!("{} ", words.imprint.colophon));
            let target = Anchor(COLOPHON.to_owned());
            told.push(Inline::Internal {
                target: target.clone(),
                content: cell(&words.colophon.title),
            });
            told.push(Inline::PrintedPage {
                target,
                label: words.references.page.clone(),
            });
            section.blocks.push(Block::Paragraph(told));
        }
        section
    }

    /// How the book was made, and what shows that a copy of it is the published one: nothing that a reader must know first.
    pub(super) fn colophon(&self) -> Section {
        let words = &self.words.colophon;
        let mut section = self.section(COLOPHON, Kind::Colophon, 1, &words.title);
        let mut say = |text: String| section.blocks.push(Block::Paragraph(cell(&text)));
        let licence = self.draft.handbook.font_licence.as_ref();
        let own = self.draft.fonts.iter().map(|font| match licence {
            Some(licence) => format!("{} ({})", font.family, licence.value),
            None => font.family.clone(),
        });
        let mut named = BTreeSet::new();
        let fonts = std::iter::once(TYPE.to_owned()).chain(own);
        let fonts: Vec<String> = fonts.filter(|font| named.insert(font.clone())).collect();
        let fonts: Vec<&str> = fonts.iter().map(String::as_str).collect();
        say(fill(&words.made, &[("fonts", &self.words.list(&fonts))]));
        if let Some(issue) = &self.draft.issue {
            let digest = in_groups(&issue.content.to_string());
            say(fill(&words.digest, &[("digest", &digest)]));
        }
        section
    }

    /// The number of the edition as catalogues have it.
    pub(super) fn edition_number(&self) -> String {
        match self.is_draft() {
            true => format!("{}-draft", self.draft.edition()),
            false => self.draft.edition(),
        }
    }

    fn is_draft(&self) -> bool {
        let issue = self.draft.issue.as_ref();
        issue.is_some_and(|issue| issue.status == Status::Draft)
    }

    fn edition_line(&self) -> String {
        let publisher = [("publisher", self.draft.handbook.publisher.as_str())];
        format!(
            "{}. {}",
            self.edition(),
            fill(&self.words.imprint.publisher, &publisher)
        )
    }

    /// Those who had a part in the book, each with their note.
    fn people(&self, role: Role) -> Option<String> {
        let contributors = self.draft.handbook.people(role);
        let names: Vec<String> = contributors
            .map(|contributor| match contributor.note.as_str() {
                "" => contributor.name.clone(),
                note => format!("{} ({note})", contributor.name),
            })
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| self.words.list(&names))
    }

    fn contents(&self, body: &[Section]) -> Section {
        let mut section = self.section(
            "contents",
            Kind::Contents,
            1,
            &self.words.navigation.contents,
        );
        let overview = self.overview();
        let lines: Vec<IndexEntry> = (overview.iter().chain(body))
            // A site lists its techniques itself.
            .filter(|below| below.depth <= 2)
            .map(|below| line(below.depth, &below.title.text, below.anchor.clone()))
            .collect();
        section.blocks.push(Block::Index(lines));
        section
    }
}

/// The sentence about the licence, with its address if that is known.
fn licensed(sentence: &str, licence: &str) -> Vec<Inline> {
    let Some(url) = link::licence(licence) else {
        return cell(sentence);
    };
    let content = cell(link::host_and_path(&url));
    let mut told = cell(&format!("{sentence} "));
    told.push(Inline::External { url, content });
    told
}

/// The name of a licence, at whose hyphens no line ends: `CC BY 4.0`, as Creative Commons writes it.
fn unbroken(licence: &str) -> String {
    let whole = |name: &str| name.replace('-', "\u{2011}");
    let parts = licence
        .strip_prefix("CC-")
        .and_then(|rest| rest.rsplit_once('-'));
    match parts {
        Some((rights, version)) => format!("CC\u{a0}{}\u{a0}{version}", whole(rights)),
        None => whole(licence),
    }
}

/// Hexadecimal digits in groups of eight, which can be compared by eye and broken into lines.
fn in_groups(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index.is_multiple_of(8) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

fn display(kind: Display, text: &str) -> Block {
    Block::Display(kind, vec![Inline::Text(text_of(text))])
}
