//! Values that several formats have in the same form: pages, titles, identifiers, languages.

use super::super::record::Record;

/// A text on one line, without the marks of HTML that titles and summaries have.
pub(super) fn plain(text: &str) -> String {
    const MARKS: [&str; 12] = [
        "i", "b", "em", "strong", "sub", "sup", "span", "scp", "p", "u", "title", "h3",
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // How many bytes are left from the next `>` on; it is not looked for again from each `<` before it.
    let mut close = usize::MAX;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        if close > tail.len() {
            close = tail.find('>').map_or(0, |end| tail.len() - end);
        }
        let name = tail[1..].trim_start_matches('/');
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let is_mark =
            name.is_some_and(|name| MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(name)));
        let length = match is_mark && close > 0 {
            true => tail.len() - close + 1,
            false => 1,
        };
        if length == 1 {
            out.push('<');
        }
        rest = &tail[length..];
    }
    out.push_str(rest);
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, character);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the full stop that formats put behind it.
pub(super) fn title(text: &str) -> String {
    let title = plain(text);
    match title.strip_suffix('.') {
        Some(before) if !before.ends_with('.') => before.trim_end().to_owned(),
        _ => title,
    }
}

/// Where an author works, without the address for letters.
pub(super) fn affiliation(text: &str) -> String {
    let text = plain(text);
    let place = text.split("Electronic address").next().unwrap_or_default();
    let words = place.split(' ').filter(|word| !word.contains('@'));
    let place = words.collect::<Vec<_>>().join(" ");
    place.trim_end_matches(['.', ',', ';', ' ']).to_owned()
}

/// Pages with an en dash from the first to the last.
pub(super) fn pages(text: &str) -> String {
    let text = plain(text);
    let parts: Vec<&str> = text.split(['-', '–', '—']).map(str::trim).collect();
    match parts.as_slice() {
        [first, .., last] if !first.is_empty() && !last.is_empty() => parts
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("–"),
        _ => text,
    }
}

/// Pages whose first and last are apart.
pub(super) fn page_range(first: &str, last: &str) -> String {
    match (first.is_empty(), last.is_empty() || first == last) {
        (true, _) => pages(last),
        (false, true) => pages(first),
        (false, false) => pages(&format!("{first}-{last}")),
    }
}

/// Takes the identifiers and the address out of a text in which other programs put them: `PMID: 2914299`, an address of
/// PubMed, of PubMed Central or of a resolver of DOIs.
pub(super) fn identifiers(text: &str, record: &mut Record) {
    for word in text
        .split([' ', ';', ',', '\n'])
        .filter(|word| !word.is_empty())
    {
        for place in ["pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/"] {
            if let Some((_, rest)) = word.split_once(place) {
                record.pmid = record.pmid.or_else(|| number(rest));
            }
        }
        if let Some(number) = word.strip_suffix("[pmid]") {
            record.pmid = record.pmid.or_else(|| self::number(number));
        }
        let is_pmcid = word.contains("/PMC") || word.ends_with("[pmcid]");
        if record.pmcid.is_empty() && is_pmcid {
            record.pmcid = pmcid_in(word).unwrap_or_default();
        }
        if record.doi.is_empty() && word.contains("doi.org/10.") {
            record.doi = doi_in(word).unwrap_or_default();
        }
    }
    let after = |name: &str| {
        let (_, rest) = text.split_once(name)?;
        Some(rest.trim_start_matches([':', ' ']))
    };
    if record.pmid.is_none() {
        record.pmid = after("PMID").and_then(number);
    }
    if record.pmcid.is_empty() {
        record.pmcid = after("PMCID").and_then(pmcid_in).unwrap_or_default();
    }
    if record.doi.is_empty() {
        record.doi = after("DOI").and_then(doi_in).unwrap_or_default();
    }
}

/// The address of an article that has no other identifier by which readers find it.
pub(super) fn address(text: &str) -> String {
    let known = ["doi.org/", "ncbi.nlm.nih.gov/"];
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    match is_address && !known.iter().any(|place| text.contains(place)) {
        true => text
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned(),
        false => String::new(),
    }
}

/// The DOI in a text (ISO 26324): `10.1000/182`, whatever stands before it, such as `https://doi.org/`.
pub(super) fn doi_in(text: &str) -> Option<String> {
    const LONGEST: usize = 1_000;
    let text = text.replace("%2F", "/").replace("%2f", "/");
    let starts = text.match_indices("10.").map(|(at, _)| {
        let rest = &text[at..];
        &rest[..rest.floor_char_boundary(LONGEST)]
    });
    let mut found = starts.filter_map(|rest| {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>'));
        let doi = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';']);
        let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
        let is_number = registrant.len() >= 4
            && registrant
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        (is_number && !suffix.is_empty()).then(|| doi.to_owned())
    });
    found.next()
}

/// The PMCID in a text, with its `PMC`; a number alone is one, too.
pub(super) fn pmcid_in(text: &str) -> Option<String> {
    let text = text.trim();
    let starts = text.match_indices(['P', 'p']).map(|(at, _)| &text[at..]);
    let mut after = starts.filter_map(|rest| {
        let name = rest.get(..3)?;
        name.eq_ignore_ascii_case("pmc").then(|| &rest[3..])
    });
    let rest = after
        .find(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text);
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    (end > 0).then(|| format!("PMC{}", &rest[..end]))
}

/// The number with which a text begins.
pub(super) fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text[..end].parse().ok()
}

/// Names of languages: ISO 639-1, the codes of MEDLINE (ISO 639-2), and in English.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("ar", "ara", "arabic"),
    ("bg", "bul", "bulgarian"),
    ("ca", "cat", "catalan"),
    ("cs", "cze", "czech"),
    ("da", "dan", "danish"),
    ("de", "ger", "german"),
    ("el", "gre", "greek"),
    ("en", "eng", "english"),
    ("es", "spa", "spanish"),
    ("et", "est", "estonian"),
    ("fa", "per", "persian"),
    ("fi", "fin", "finnish"),
    ("fr", "fre", "french"),
    ("he", "heb", "hebrew"),
    ("hr", "hrv", "croatian"),
    ("hu", "hun", "hungarian"),
    ("is", "ice", "icelandic"),
    ("it", "ita", "italian"),
    ("ja", "jpn", "japanese"),
    ("ko", "kor", "korean"),
    ("lt", "lit", "lithuanian"),
    ("lv", "lav", "latvian"),
    ("nl", "dut", "dutch"),
    ("no", "nor", "norwegian"),
    ("pl", "pol", "polish"),
    ("pt", "por", "portuguese"),
    ("ro", "rum", "romanian"),
    ("ru", "rus", "russian"),
    ("sk", "slo", "slovak"),
    ("sl", "slv", "slovenian"),
    ("sr", "srp", "serbian"),
    ("sv", "swe", "swedish"),
    ("tr", "tur", "turkish"),
    ("uk", "ukr", "ukrainian"),
    ("zh", "chi", "chinese"),
];

/// The tag of a language by its code or its English name; a tag stays as it is, and what is none is empty.
pub(super) fn language(text: &str) -> String {
    let name = text.trim().to_ascii_lowercase();
    let known = LANGUAGES.iter().find(|(tag, code, english)| {
        name == *tag
            || name == *code
            || name == *english
            || (*tag == "de" && name.ends_with("german"))
    });
    match known {
        Some((tag, ..)) => (*tag).to_owned(),
        None => crate::language::Tag::parse(text.trim())
            .map_or_else(String::new, |_| text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_found_in_addresses() {
        for text in [
            "10.1136/gut.2006.1",
            "https://doi.org/10.1136/gut.2006.1",
            "doi: 10.1136/gut.2006.1.",
            "http://dx.doi.org/10.1136%2Fgut.2006.1",
        ] {
            assert_eq!(
                doi_in(text).as_deref(),
                Some("10.1136/gut.2006.1"),
                "{text}"
            );
        }
        for text in ["page 10.5/3", "10.", "no DOI; read on June 10. 2009"] {
            assert_eq!(doi_in(text), None, "{text}");
        }
        for text in [
            "PMC123",
            "123",
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/",
            "pmc123",
        ] {
            assert_eq!(pmcid_in(text).as_deref(), Some("PMC123"), "{text}");
        }
    }
}
