//! `retractions.toml`: a snapshot of notices that journals published about articles.

use super::fields::Fields;
use super::file::File;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Notice, NoticeKind};

/// The notices, in the order of the file.
pub(super) fn parse(file: &mut File) -> Vec<Notice> {
    let mut fields = Fields::parse(file, 0..file.source.text.len());
    let tables = fields.tables(file, "notice");
    fields.finish(file);
    tables
        .into_iter()
        .filter_map(|table| notice(table, file))
        .collect()
}

fn notice(mut fields: Fields, file: &mut File) -> Option<Notice> {
    let span = fields.start(file);
    let pmid = fields.optional::<u64>(file, "pmid");
    let doi = fields.optional::<String>(file, "doi");
    if pmid.is_none() && doi.is_none() {
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
        pmid: pmid.map(|pmid| pmid.value),
        doi: doi.map(|doi| doi.value),
        kind: kind
            .as_ref()
            .map_or(NoticeKind::Retraction, |kind| kind.value),
        date: fields.date(file, "date").value,
        source: fields.text(file, "source"),
    };
    fields.finish(file);
    kind.map(|_| notice)
}
