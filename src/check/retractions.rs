//! Every retracted reference says why it stays in the book.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::draft::{Draft, Notice, NoticeKind, Reference};

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for notice in &draft.notices {
        if !notice.source.value.is_empty() && crate::link::address(&notice.source.value).is_none() {
            found.push(Diagnostic::new(
                Code::InvalidIdentifier,
                notice.source.span,
                format!("`{}` is not a web address", notice.source.value),
                "begin it with `https://`, without spaces",
            ));
        }
    }
    for reference in &draft.references {
        let notices = draft.notices.iter();
        for notice in notices.filter(|notice| notice.is_about(reference)) {
            found.extend(report(notice, reference));
        }
    }
}

fn report(notice: &Notice, reference: &Reference) -> Option<Diagnostic> {
    let date = notice.date;
    let id = &reference.id;
    let kept = (reference.kept.as_ref()).is_some_and(|why| !why.value.trim().is_empty());
    let (code, message, help) = match notice.kind {
        NoticeKind::Retraction if kept => return None,
        NoticeKind::Retraction => (
            Code::Retracted,
            format!("`{}` was retracted on {date}", id.value),
            "delete the reference and what depends on it, or write why it stays: `kept = \"…\"`",
        ),
        NoticeKind::Concern => (
            Code::Corrected,
            format!("a journal expressed concern about `{}` on {date}", id.value),
            "read the notice, and check whether the text that cites it still holds",
        ),
        NoticeKind::Correction => (
            Code::Corrected,
            format!("`{}` was corrected on {date}", id.value),
            "read the notice, and compare the findings with the corrected article",
        ),
    };
    let identifier = notice.identifies(reference)?;
    let place = reference.place(identifier.key());
    let finding = Diagnostic::new(code, place, message, help);
    Some(finding.related(notice.span, "the notice"))
}
