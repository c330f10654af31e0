//! PubMed knows English words: a book in another language names them.

use crate::diagnostic::{Code, Diagnostic};
use crate::language::Tag;
use crate::model::draft::Draft;
use crate::source::{Span, Spanned};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let handbook = &draft.handbook;
    let tag = Tag::parse(&handbook.language.value);
    if tag.is_none_or(|tag| tag.language() == "en") {
        return;
    }
    let used = draft
        .sites
        .iter()
        .filter(|site| !site.techniques.is_empty());
    let sites = used.map(|site| (&site.title, &site.search));
    let techniques = draft.techniques.iter();
    let techniques = techniques.map(|technique| (&technique.title, &technique.search));
    for (title, search) in techniques.chain(sites) {
        if search.is_empty() && !title.value.is_empty() {
            found.push(untranslated(title));
        }
    }
    if let (None, Some(first)) = (&handbook.disease, handbook.search.first()) {
        found.push(unnamed(&first.value, first.span));
    }
}

fn untranslated(title: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        Code::UntranslatedSearch,
        title.span,
        format!(
            "PubMed is searched for `{}`, and knows English words alone",
            title.value
        ),
        "add `search = [\"…\"]` with the English words for it",
    )
}

fn unnamed(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::UntranslatedSearch,
        span,
        format!("sentences call the disease `{word}`, as PubMed does"),
        "add `disease = \"…\"` with the word of the language of the book",
    )
}
