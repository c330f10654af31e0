//! What links within the book are called by those who hear them.

use std::collections::BTreeMap;

use super::Context;
use crate::language::fill;
use crate::model::book::{Anchor, Block, Kind, LinkName, Node, Section, plain_text};

impl Context<'_> {
    /// The name of a link to each place of some sections.
    pub(super) fn link_names<'s>(
        &self,
        sections: impl IntoIterator<Item = &'s Section>,
    ) -> BTreeMap<Anchor, LinkName> {
        let mut names = BTreeMap::new();
        for section in sections {
            self.name_places(section, &mut names);
        }
        names
    }

    /// A place is called as its section, unless it has a name of its own.
    fn name_places(&self, section: &Section, names: &mut BTreeMap<Anchor, LinkName>) {
        let words = &self.words.spoken;
        let own = self.section_name(section);
        let mut name = |anchor: &Anchor, place: &str| {
            names.insert(anchor.clone(), split(&words.link, place));
        };
        for node in section.nodes() {
            match node {
                Node::Anchor(anchor) | Node::End(anchor) => name(anchor, &own),
                Node::Text(_) => {}
            }
        }
        for block in section.all_blocks() {
            match block {
                Block::Heading {
                    anchor, content, ..
                } => {
                    let values = [("heading", &*plain_text(content)), ("section", &*own)];
                    name(anchor, &fill(&words.link_to_heading, &values));
                }
                Block::Articles(entries) => {
                    for entry in entries {
                        name(&entry.anchor, self.key(&entry.reference));
                    }
                }
                Block::References(entries) => {
                    for entry in entries {
                        name(&entry.anchor, self.key(&entry.reference));
                    }
                }
                Block::Subjects(groups) => {
                    for subject in groups.iter().flatten() {
                        let first = subject.content.get(..1).unwrap_or_default();
                        name(&subject.anchor, &plain_text(first));
                    }
                }
                Block::Paragraph(_)
                | Block::Display(..)
                | Block::List { .. }
                | Block::DefinitionList(_)
                | Block::Quote(_)
                | Block::Code(_)
                | Block::Table(_)
                | Block::Figure { .. }
                | Block::Glance(_)
                | Block::Chart(_)
                | Block::Rule
                | Block::RangeEnd(_)
                | Block::Index(_)
                | Block::Glossary(_) => {}
            }
        }
        let terms = section.all_blocks().into_iter();
        let terms = terms.filter_map(|block| match block {
            Block::Glossary(terms) => Some(terms),
            _ => None,
        });
        for term in terms.flatten() {
            let explained = split(&words.link_to_term, &term.term.text);
            names.insert(term.anchor.clone(), explained);
        }
    }

    /// `Cryoablation in the liver`.
    fn section_name(&self, section: &Section) -> String {
        match (&section.thumb, section.kind) {
            (Some(thumb), Kind::SiteTechnique) => {
                let site = self.words.case.lowercased(&thumb.site);
                let values = [("technique", &*section.title.text), ("site", &*site)];
                fill(&self.words.spoken.link_to_technique, &values)
            }
            _ => section.title.text.clone(),
        }
    }
}

/// A label for `place`, split where it names the page.
fn split(label: &str, place: &str) -> LinkName {
    let (before, after) = label.split_once("{page}").unwrap_or((label, ""));
    LinkName {
        before: fill(before, &[("place", place)]),
        after: fill(after, &[("place", place)]),
    }
}
