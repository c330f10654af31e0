//! What journals have said of articles since they came out, shown wherever a reference is.

use std::collections::BTreeMap;

use super::{Context, text_of};
use crate::language::{Words, fill};
use crate::link::address;
use crate::model::ReferenceId;
use crate::model::book::Inline;
use crate::model::draft::{Draft, Notice, NoticeKind, Reference};

/// The citation marks, with a word more for articles that were retracted: `Rose 1989, retracted`.
pub(super) fn marked<'a>(
    draft: &'a Draft,
    mut marks: BTreeMap<&'a ReferenceId, String>,
    words: &Words,
) -> BTreeMap<&'a ReferenceId, String> {
    for reference in draft
        .references
        .iter()
        .filter(|item| is_retracted(draft, item))
    {
        if let Some(mark) = marks.get_mut(&reference.id.value) {
            *mark = fill(&words.notices.mark_retracted, &[("mark", mark)]);
        }
    }
    marks
}

fn is_retracted(draft: &Draft, reference: &Reference) -> bool {
    let mut notices = draft.notices.iter();
    notices.any(|notice| notice.kind == NoticeKind::Retraction && notice.is_about(reference))
}

impl Context<'_> {
    /// Whether an article was retracted.
    pub(super) fn is_retracted(&self, reference: &Reference) -> bool {
        is_retracted(self.draft, reference)
    }

    /// A line for each notice, the gravest first, and after that of a retraction why the reference stays.
    pub(super) fn notices(&self, reference: &Reference) -> Vec<Vec<Inline>> {
        let mut notices: Vec<&Notice> = (self.draft.notices.iter())
            .filter(|notice| notice.is_about(reference))
            .collect();
        notices.sort_by_key(|notice| (notice.kind, notice.date, &notice.source.value));
        let mut lines: Vec<Vec<Inline>> =
            notices.iter().map(|notice| self.notice(notice)).collect();
        if let (Some(why), true) = (&reference.kept, self.is_retracted(reference)) {
            let text = fill(&self.words.notices.kept, &[("text", &why.value)]);
            lines.push(vec![Inline::Text(text_of(text))]);
        }
        lines
    }

    /// `Retracted: 3 May 2020 · Notice`, the last word a link.
    fn notice(&self, notice: &Notice) -> Vec<Inline> {
        let words = self.words;
        let label = match notice.kind {
            NoticeKind::Retraction => &words.notices.retracted,
            NoticeKind::Concern => &words.notices.concern,
            NoticeKind::Correction => &words.notices.corrected,
        };
        let text = fill(label, &[("date", &words.date(notice.date))]);
        let mut line = vec![Inline::Strong(vec![Inline::Text(text_of(text))])];
        if let Some(url) = address(&notice.source.value) {
            line.push(Inline::Text(text_of(" · ")));
            let content = vec![Inline::Text(text_of(&*words.notices.notice))];
            line.push(Inline::External { url, content });
        }
        line
    }
}
