//! An article as other programs describe it, in no format of theirs.

use crate::model::{Authors, Bibliographic, Date, Identifier};

/// What a file of a reference manager says of one article. Texts are empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// The line of the file in which it begins.
    pub(crate) line: usize,
    /// Title of the article, without a full stop at its end.
    pub(crate) title: String,
    /// Who wrote it, in their order.
    pub(crate) authors: Authors,
    /// The journal, abbreviated where the file has that.
    pub(crate) journal: String,
    /// When it was published.
    pub(crate) date: Option<Date>,
    /// Volume.
    pub(crate) volume: String,
    /// Issue.
    pub(crate) issue: String,
    /// Pages with an en dash between them, or the number of the article.
    pub(crate) pages: String,
    /// Where the first author works.
    pub(crate) affiliation: String,
    /// PubMed identifier.
    pub(crate) pmid: Option<u64>,
    /// PubMed Central identifier, with its `PMC`.
    pub(crate) pmcid: String,
    /// Digital object identifier, without a resolver.
    pub(crate) doi: String,
    /// An address of the article.
    pub(crate) url: String,
    /// Language of the title (BCP 47).
    pub(crate) language: String,
    /// The summary.
    pub(crate) summary: String,
    /// What kinds of publication it is, in the words of the file.
    pub(crate) kinds: Vec<String>,
}

impl Record {
    /// The article of a reference.
    #[must_use]
    pub(crate) fn of(facts: &Bibliographic) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut record = Self {
            title: facts.title.clone(),
            authors: facts.authors.clone(),
            journal: facts.journal.clone(),
            date: Some(facts.date),
            volume: text(&facts.volume),
            issue: text(&facts.issue),
            pages: text(&facts.pages),
            affiliation: text(&facts.affiliation),
            language: text(&facts.language),
            ..Self::default()
        };
        for identifier in &facts.identifiers {
            match identifier {
                Identifier::Pmid(pmid) => record.pmid = Some(*pmid),
                Identifier::Pmcid(pmcid) => record.pmcid.clone_from(pmcid),
                Identifier::Doi(doi) => record.doi.clone_from(doi),
                Identifier::Address(url) => record.url.clone_from(url),
            }
        }
        record
    }

    /// The identifiers that no two articles share.
    #[must_use]
    pub(crate) fn identifiers(&self) -> Vec<Identifier> {
        let text = |text: &String| (!text.is_empty()).then(|| text.clone());
        let all = [
            self.pmid.map(Identifier::Pmid),
            text(&self.pmcid).map(Identifier::Pmcid),
            text(&self.doi).map(Identifier::Doi),
        ];
        all.into_iter().flatten().collect()
    }
}
