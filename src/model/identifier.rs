//! What finds an article.

use std::collections::BTreeMap;
use std::fmt;

/// A way to an article, normalized: what people copy with it is taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifier {
    /// The number of PubMed.
    Pmid(u64),
    /// The number of PubMed Central, with its `PMC`.
    Pmcid(String),
    /// The digital object identifier, without a resolver before it (ISO 26324).
    Doi(String),
    /// The address of its page.
    Address(String),
}

/// What comes before a PMCID in an address.
const CENTRAL: [&str; 3] = [
    "https://pmc.ncbi.nlm.nih.gov/articles/",
    "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "pmcid:",
];

/// What comes before a DOI in an address or a text.
const RESOLVERS: [&str; 6] = [
    "https://doi.org/",
    "http://doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "doi.org/",
    "doi:",
];

impl Identifier {
    /// A PMCID as it was typed: `PMC4521246`, with small letters, a space or the address before it.
    #[must_use]
    pub fn pmcid(typed: &str) -> Self {
        let id = without_prefix(typed, &CENTRAL).trim_end_matches(['/', '.', ',', ';']);
        let number = match id.split_at_checked(3) {
            Some((letters, number)) if letters.eq_ignore_ascii_case("PMC") => number.trim_start(),
            _ => id,
        };
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        Self::Pmcid(match is_number {
            true => format!("PMC{number}"),
            false => typed.trim().to_owned(),
        })
    }

    /// A DOI as it was typed: without a resolver, and without the marks of a sentence around it. A bracket at its end
    /// belongs to it if the other one does.
    #[must_use]
    pub fn doi(typed: &str) -> Self {
        let mut doi = without_prefix(typed, &RESOLVERS).trim_start_matches(['(', '[', '<', '"']);
        let mut numbers: BTreeMap<char, usize> = BTreeMap::new();
        for letter in doi.chars() {
            *numbers.entry(letter).or_default() += 1;
        }
        while let Some(last) = doi.chars().next_back() {
            let is_open = |open: char| numbers.get(&open) < numbers.get(&last);
            let is_loose = match last {
                '.' | ',' | ';' | ':' | '"' | '”' | '’' => true,
                ')' => is_open('('),
                ']' => is_open('['),
                '>' => is_open('<'),
                '}' => is_open('{'),
                _ => last.is_whitespace(),
            };
            if !is_loose {
                break;
            }
            if let Some(number) = numbers.get_mut(&last) {
                *number = number.saturating_sub(1);
            }
            doi = doi.strip_suffix(last).unwrap_or_default();
        }
        Self::Doi(doi.to_owned())
    }

    /// An address as it was typed.
    #[must_use]
    pub fn address(typed: &str) -> Self {
        Self::Address(typed.trim().to_owned())
    }

    /// Its key in front matter.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Pmid(_) => "pmid",
            Self::Pmcid(_) => "pmcid",
            Self::Doi(_) => "doi",
            Self::Address(_) => "url",
        }
    }

    /// Whether both lead to the same article. The letters of a DOI may be large or small.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Doi(one), Self::Doi(other)) => one.eq_ignore_ascii_case(other),
            _ => self == other,
        }
    }
}

/// The PMID in a text: a number, alone or at the end of an address of PubMed.
#[must_use]
pub(crate) fn pmid_in(text: &str) -> Option<u64> {
    let text = text.trim().trim_end_matches('/');
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = text.strip_prefix(before)?;
    let before = before.trim_end_matches([' ', ':']).to_ascii_lowercase();
    let is_known = before.is_empty() || before.ends_with("pmid") || before.contains("pubmed");
    number.parse().ok().filter(|_| is_known)
}

impl fmt::Display for Identifier {
    /// As front matter has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pmid(number) => write!(f, "{number}"),
            Self::Pmcid(text) | Self::Doi(text) | Self::Address(text) => f.write_str(text),
        }
    }
}

/// `typed` without white space around it, and without one of the prefixes, however its letters are.
fn without_prefix<'a>(typed: &'a str, prefixes: &[&str]) -> &'a str {
    let typed = typed.trim();
    let rest = prefixes.iter().find_map(|prefix| {
        let (start, rest) = typed.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then_some(rest)
    });
    rest.unwrap_or(typed).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pmid_is_found_in_its_address() {
        for text in [
            "2914299",
            "PMID: 2914299",
            "https://pubmed.ncbi.nlm.nih.gov/2914299/",
        ] {
            assert_eq!(pmid_in(text), Some(2_914_299), "{text}");
        }
        for text in ["", "volume 3", "many", "—", "à1", "194677\u{feff}92"] {
            assert_eq!(pmid_in(text), None, "{text}");
        }
    }

    #[test]
    fn dois_are_freed_of_what_is_copied_with_them() {
        for (typed, doi) in [
            ("10.1000/182", "10.1000/182"),
            ("10.1000/182.", "10.1000/182"),
            (" 10.1000/182,", "10.1000/182"),
            ("10.1000/182)", "10.1000/182"),
            ("(10.1000/182).", "10.1000/182"),
            ("https://doi.org/10.1000/182", "10.1000/182"),
            ("HTTPS://DX.DOI.ORG/10.1000/182", "10.1000/182"),
            ("doi: 10.1000/182", "10.1000/182"),
            ("DOI:10.1000/182", "10.1000/182"),
            (
                "10.1016/0003-4975(93)90001-J",
                "10.1016/0003-4975(93)90001-J",
            ),
            ("10.1016/S0140-6736(05)", "10.1016/S0140-6736(05)"),
            (
                "10.1002/1097-0142(19890301)63:5<935::AID>3.0.CO;2-Z",
                "10.1002/1097-0142(19890301)63:5<935::AID>3.0.CO;2-Z",
            ),
        ] {
            assert_eq!(Identifier::doi(typed), Identifier::Doi(doi.to_owned()));
        }
    }

    #[test]
    fn pmcids_have_their_letters() {
        for typed in [
            "PMC4521246",
            "pmc 4521246",
            "4521246",
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC4521246/",
        ] {
            assert_eq!(Identifier::pmcid(typed).to_string(), "PMC4521246");
        }
        assert_eq!(Identifier::pmcid("PMC45x").to_string(), "PMC45x");
    }
}
