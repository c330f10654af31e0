//! Links that search PubMed for what is newer than the book, and the words to type for those who read it on paper.

use super::{Context, cell};
use crate::language::fill;
use crate::link::percent_encoded;
use crate::model::book::{Block, Display, Inline};
use crate::source::Spanned;

/// What a search is about: how it is called in a sentence, and a title with other names, any of which is looked for; or the
/// English `words` for it, if there are any.
///
/// Aliases without a lower-case letter are not looked for: they are abbreviations, which stand for other things as well
/// (`LA`, `PHP`).
pub(super) struct Subject<'a> {
    pub(super) called: String,
    pub(super) title: &'a str,
    pub(super) aliases: &'a [Spanned<String>],
    pub(super) words: &'a [Spanned<String>],
}

impl Subject<'_> {
    /// What is typed of it.
    fn typed(&self) -> String {
        let first = self.words.first().map(|word| word.value.as_str());
        quoted(&plain(first.unwrap_or(self.title)))
    }
}

impl Context<'_> {
    /// The line at the end of a list: a search for the subjects in the reader's disease, one in any, and what to type.
    pub(super) fn searches(&self, subjects: &[Subject<'_>]) -> Block {
        let words = &self.words.references;
        let handbook = &self.draft.handbook;
        let disease = &handbook.search;
        let called = subjects.iter().map(|subject| subject.called.as_str());
        let disease_called = handbook.disease.as_ref().or(disease.first());
        let disease_called = disease_called.map(|word| word.value.as_str());
        let called: Vec<&str> = called.chain(disease_called).collect();
        let label = fill(&words.search, &[("subject", &self.words.list(&called))]);
        let groups: Vec<String> = subjects.iter().map(group).collect();
        let near = groups.iter().cloned().chain(any_of(disease));
        let mut content = vec![link(&label, &near.collect::<Vec<_>>())];
        if !disease.is_empty() {
            content.extend(cell(self.words.semicolon()));
            content.push(link(&words.search_any, &groups));
        }
        let typed = subjects.iter().map(Subject::typed);
        let typed: Vec<String> = typed.chain(any_of(disease)).collect();
        let typed = fill(
            &words.search_typed,
            &[("words", &self.words.apart(typed.join(" AND ")))],
        );
        content.extend(cell(&format!(". {typed}")));
        Block::Display(Display::Search, content)
    }
}

/// A search for all of some groups, newest first.
fn link(label: &str, groups: &[String]) -> Inline {
    let query = percent_encoded(&groups.join(" AND "));
    Inline::External {
        url: format!("https://pubmed.ncbi.nlm.nih.gov/?term={query}&sort=date"),
        content: cell(label),
    }
}

fn group<'a>(subject: &Subject<'a>) -> String {
    let values = |words: &'a [Spanned<String>]| words.iter().map(|word| word.value.as_str());
    let spelled = values(subject.aliases).filter(|alias| alias.contains(char::is_lowercase));
    let own = std::iter::once(subject.title).chain(spelled);
    let words: Vec<&str> = match subject.words {
        [] => own.collect(),
        words => values(words).collect(),
    };
    let mut names: Vec<String> = Vec::new();
    for name in words {
        let name = format!("\"{}\"", plain(name));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    format!("({})", names.join(" OR "))
}

/// `(leiomyosarcoma OR sarcoma)`, if there are words for the disease.
fn any_of(disease: &[Spanned<String>]) -> Option<String> {
    let words: Vec<String> = disease
        .iter()
        .map(|word| quoted(&plain(&word.value)))
        .collect();
    match words.as_slice() {
        [] => None,
        [word] => Some(word.clone()),
        words => Some(format!("({})", words.join(" OR "))),
    }
}

/// A name of several words in quotation marks.
fn quoted(name: &str) -> String {
    match name.contains(' ') {
        true => format!("\"{name}\""),
        false => name.to_owned(),
    }
}

/// A name in small letters, without what explains it in parentheses, and without quotation marks.
fn plain(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or(name);
    name.replace('"', "").trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    fn alias(text: &str) -> Spanned<String> {
        Spanned::new(text.to_owned(), Span::new(SourceId(0), 0..0))
    }

    #[test]
    fn a_search_asks_for_any_name_but_abbreviations() {
        let aliases = [alias("Cryosurgery"), alias("CRYO"), alias("Cryotherapy")];
        let subject = Subject {
            called: String::new(),
            title: "Cryoablation (freezing)",
            aliases: &aliases,
            words: &[],
        };
        assert_eq!(subject.typed(), "cryoablation");
        let wanted = "(\"cryoablation\" OR \"cryosurgery\" OR \"cryotherapy\")";
        assert_eq!(group(&subject), wanted);
        let Inline::External { url, .. } = link("", &[group(&subject), "liver".to_owned()]) else {
            panic!("no link");
        };
        assert_eq!(
            url,
            "https://pubmed.ncbi.nlm.nih.gov/?term=%28%22cryoablation%22%20OR%20%22cryosurgery%22\
             %20OR%20%22cryotherapy%22%29%20AND%20liver&sort=date",
        );
    }

    #[test]
    fn english_words_stand_for_those_of_the_book() {
        let (aliases, words) = (
            [alias("Kryotherapie")],
            [alias("freezing"), alias("cold needle")],
        );
        let subject = Subject {
            called: "Kryoablation".to_owned(),
            title: "Kryoablation",
            aliases: &aliases,
            words: &words,
        };
        assert_eq!(group(&subject), "(\"freezing\" OR \"cold needle\")");
        assert_eq!(subject.typed(), "freezing");
    }

    #[test]
    fn the_disease_is_any_of_its_words() {
        assert_eq!(any_of(&[]), None);
        assert_eq!(any_of(&[alias("Sarcoma")]).as_deref(), Some("sarcoma"));
        let both = [alias("sarcoma"), alias("soft \"tissue\" tumour")];
        assert_eq!(
            any_of(&both).as_deref(),
            Some("(sarcoma OR \"soft tissue tumour\")")
        );
    }
}
