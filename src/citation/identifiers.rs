//! What finds an article: the link, and how it is printed.

use crate::language::{Words, fill};
use crate::link::{address, host_and_path, percent_encoded};
use crate::model::Identifier;

/// The address that an identifier leads to; `None` for one that is malformed.
///
/// Forms: PMID, up to nine digits; PMCID, `PMC` and digits (both NLM); DOI, `10.`, a registrant number, a slash and a
/// suffix (ISO 26324).
#[must_use]
pub(crate) fn link(identifier: &Identifier) -> Option<String> {
    match identifier {
        Identifier::Pmid(pmid) => (1..=999_999_999)
            .contains(pmid)
            .then(|| format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/")),
        Identifier::Pmcid(pmcid) => {
            is_pmcid(pmcid).then(|| format!("https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"))
        }
        Identifier::Doi(doi) => is_doi(doi).then(|| format!("https://doi.org/{}", path(doi))),
        Identifier::Address(url) => address(url),
    }
}

/// The words of the link: `PMID 2914299`.
#[must_use]
pub(crate) fn printed(words: &Words, identifier: &Identifier) -> String {
    let words = &words.references;
    match identifier {
        Identifier::Pmid(pmid) => fill(&words.pmid, &[("pmid", &pmid.to_string())]),
        Identifier::Pmcid(pmcid) => fill(&words.pmcid, &[("pmcid", pmcid)]),
        Identifier::Doi(doi) => fill(&words.doi, &[("doi", doi)]),
        Identifier::Address(url) => fill(&words.url, &[("address", host_and_path(url))]),
    }
}

fn is_pmcid(text: &str) -> bool {
    text.strip_prefix("PMC")
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn is_doi(text: &str) -> bool {
    let is_number = |text: &str| {
        let mut bytes = text.bytes();
        !text.is_empty() && bytes.all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let is_visible = |text: &str| {
        !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    let parts = text
        .strip_prefix("10.")
        .and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(registrant, suffix)| is_number(registrant) && is_visible(suffix))
}

/// A DOI as the path of an address; its slashes may stand as they are (RFC 3986, 3.3).
fn path(doi: &str) -> String {
    let parts: Vec<String> = doi.split('/').map(percent_encoded).collect();
    parts.join("/")
}
