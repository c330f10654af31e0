//! What a search for words finds: sections with all the names of their techniques and sites, words of the glossary, and
//! articles.

use std::collections::BTreeMap;

use super::Context;
use super::anchors::{anchor, article, page_anchor};
use crate::citation;
use crate::language::fill;
use crate::model::Identifier;
use crate::model::book::{Anchor, Findable, Kind, Section};
use crate::model::draft::{ContentFile, Reference, Technique};
use crate::source::Spanned;

impl Context<'_> {
    pub(super) fn findable(&self, sections: &[Section]) -> Vec<Findable> {
        let names = self.other_names();
        let sections = sections.iter().filter_map(|section| {
            Some(Findable {
                place: section.anchor.clone(),
                name: section.full_title.clone(),
                kind: self.kind_in_a_word(section.kind)?.to_owned(),
                words: names.get(&section.anchor).cloned().unwrap_or_default(),
                is_detail: false,
            })
        });
        let terms = self.draft.glossary.iter().enumerate();
        let terms = terms.map(|(index, term)| Findable {
            place: self.definition(index),
            name: term.name.value.clone(),
            kind: self.words.web.word.clone(),
            words: values(&term.forms),
            is_detail: true,
        });
        let articles = self.draft.references.iter();
        let articles = articles.map(|reference| self.article_to_find(reference));
        sections.chain(terms).chain(articles).collect()
    }

    /// What may be typed into the search, with words of the book: a technique, by its abbreviation if it has one, and a site
    /// where it is used.
    pub(super) fn search_hint(&self) -> String {
        let at_sites = self.ordered_sites().flat_map(|site| {
            let pages = self.pages_of(site).into_iter();
            pages.map(move |page| (site, page.technique.value.clone()))
        });
        let called = |technique: &Technique| {
            let aliases = technique.aliases.iter().map(|alias| alias.value.as_str());
            let mut short = aliases.filter(|alias| !alias.contains(char::is_lowercase));
            let title = self.words.case.lowercased(&technique.title.value);
            short
                .next()
                .map_or((false, title), |short| (true, short.to_owned()))
        };
        let mut pairs: Vec<(bool, String)> = Vec::new();
        for (site, technique) in at_sites {
            let technique = self.techniques.get(&technique);
            let site = self.words.case.lowercased(&site.title.value);
            pairs.extend(technique.map(|technique| {
                let (is_short, technique) = called(technique);
                (is_short, format!("{technique} {site}"))
            }));
        }
        let short = pairs.iter().find(|(is_short, _)| *is_short);
        let first = short.or(pairs.first()).map(|(_, words)| words.clone());
        let words = first.unwrap_or_else(|| self.draft.handbook.title.clone());
        fill(&self.words.web.search_hint, &[("words", &words)])
    }

    /// What a section is; `None` for what nobody searches for.
    fn kind_in_a_word(&self, kind: Kind) -> Option<&str> {
        let words = &self.words.web;
        match kind {
            Kind::Title | Kind::Contents | Kind::Part => None,
            Kind::Imprint | Kind::Changes | Kind::Colophon => Some(&words.about),
            Kind::Chapter => Some(&words.chapter),
            Kind::Site => Some(&words.site),
            Kind::SiteTechnique => Some(&words.site_technique),
            Kind::Technique => Some(&words.technique),
            Kind::Overview | Kind::Index | Kind::References | Kind::Glossary => Some(&words.index),
        }
    }

    /// The names that sections have beside their titles.
    fn other_names(&self) -> BTreeMap<Anchor, Vec<String>> {
        let mut names = BTreeMap::new();
        for technique in &self.draft.techniques {
            let unit = ContentFile::Technique(technique.id.value.clone());
            names.insert(anchor(&unit), values(&technique.aliases));
        }
        for site in &self.draft.sites {
            let of_site = values(&site.aliases);
            for page in &site.techniques {
                let technique = self.techniques.get(&page.technique.value);
                let title = technique.map(|technique| technique.title.value.clone());
                let aliases = technique.map(|technique| values(&technique.aliases));
                let all = title.into_iter().chain(aliases.into_iter().flatten());
                let all = all.chain(of_site.iter().cloned()).collect();
                names.insert(page_anchor(site, page), all);
            }
            names.insert(anchor(&ContentFile::Site(site.id.value.clone())), of_site);
        }
        names
    }

    /// `Lang 2000. Title`, by its authors, journal and identifiers.
    fn article_to_find(&self, reference: &Reference) -> Findable {
        let facts = &reference.bibliographic;
        let id = &reference.id.value;
        let mark = self.marks.get(id).map_or("", String::as_str);
        let words = [citation::authors(facts), facts.journal.clone()];
        let identifiers = facts.identifiers.iter();
        let identifiers = identifiers.filter_map(|identifier| match identifier {
            Identifier::Pmid(number) => Some(number.to_string()),
            Identifier::Pmcid(text) | Identifier::Doi(text) => Some(text.clone()),
            Identifier::Address(_) => None,
        });
        Findable {
            place: article(id),
            name: format!("{} {}", citation::closed(mark), facts.title),
            kind: self.words.web.article.clone(),
            words: words.into_iter().chain(identifiers).collect(),
            is_detail: true,
        }
    }
}

fn values(names: &[Spanned<String>]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}
