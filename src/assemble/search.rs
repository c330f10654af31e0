//! Addresses that search PubMed for what is newer than the book.

use crate::link::percent_encoded;
use crate::source::Spanned;

/// The address of a PubMed search for any of the names in each group, newest first.
///
/// A group is a title and its aliases. Aliases without a lower-case letter are left out: they are
/// abbreviations, which stand for other things as well (`LA`, `PHP`).
pub(super) fn address(groups: &[(&str, &[Spanned<String>])]) -> String {
    let query = groups
        .iter()
        .map(|(title, aliases)| group(title, aliases))
        .collect::<Vec<_>>();
    let query = query.join(" AND ");
    format!(
        "https://pubmed.ncbi.nlm.nih.gov/?term={}&sort=date",
        percent_encoded(&query)
    )
}

fn group(title: &str, aliases: &[Spanned<String>]) -> String {
    let aliases = aliases.iter().map(|alias| alias.value.as_str());
    let spelled = aliases.filter(|alias| alias.contains(char::is_lowercase));
    let mut names: Vec<String> = Vec::new();
    for name in std::iter::once(title).chain(spelled) {
        let name = format!("\"{}\"", plain(name).to_lowercase());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    format!("({})", names.join(" OR "))
}

/// A name without what explains it in parentheses, and without quotation marks.
fn plain(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or(name);
    name.replace('"', "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    #[test]
    fn a_search_names_technique_and_site() {
        let span = Span::new(SourceId(0), 0..0);
        let alias = |text: &str| Spanned::new(text.to_owned(), span);
        let technique = [alias("Cryosurgery"), alias("CRYO"), alias("Cryotherapy")];
        let address = address(&[
            ("Cryoablation (freezing)", &technique),
            ("Liver", &[alias("hepatic")]),
        ]);
        assert_eq!(
            address,
            "https://pubmed.ncbi.nlm.nih.gov/?term=%28%22cryoablation%22%20OR%20%22cryosurgery%22\
             %20OR%20%22cryotherapy%22%29%20AND%20%28%22liver%22%20OR%20%22hepatic%22%29&sort=date",
        );
    }
}
