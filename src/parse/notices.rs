//! `retractions.toml`: a snapshot of notices that journals published about articles.

use super::fields::Fields;
use super::file::File;
use super::keys;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Identifier;
use crate::model::draft::{Notice, NoticeKind};
use crate::model::pmid_in;

/// The notices, in the order of the file.
pub(super) fn parse(file: &mut File) -> Vec<Notice> {
    let mut fields = Fields::parse(file, 0..file.source.text.len(), Some(keys::RETRACTIONS));
    let tables = fields.tables(file, "notice");
    fields.finish(file);
    tables
        .into_iter()
        .filter_map(|table| notice(table, file))
        .collect()
}

fn notice(mut fields: Fields, file: &mut File) -> Option<Notice> {
    let span = fields.start(file);
    let pmid = fields.number(file, "pmid", pmid_in);
    let doi = fields.optional::<String>(file, "doi");
    let pmid = pmid.map(|pmid| Identifier::Pmid(pmid.value));
    let doi = doi.map(|doi| Identifier::doi(&doi.value));
    let article: Vec<Identifier> = pmid.into_iter().chain(doi).collect();
    if article.is_empty() {
        file.report(Diagnostic::new(
            Code::NoIdentifier,
            span,
            "this notice names no article",
            "add `pmid = …` or `doi = \"…\"`, or both",
        ));
    }
    let kind = fields.required::<NoticeKind>(file, "kind");
    let notice = Notice {
        span,
        article,
        kind: kind
            .as_ref()
            .map_or(NoticeKind::Retraction, |kind| kind.value),
        date: fields.date(file, "date").value,
        source: fields.text(file, "source"),
    };
    fields.finish(file);
    kind.map(|_| notice)
}
