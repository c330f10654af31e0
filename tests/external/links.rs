//! Where the links of the handbook lead, and what a screen reader calls them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::order::File;
use super::{HANDBOOK, visible};

/// Every link within the book leads to a page that has what the link is called, and it says the number of that page.
#[test]
fn links_lead_to_their_targets() {
    let printed = &*HANDBOOK;
    let labels: Vec<&str> = (printed.map.pages.iter())
        .map(|page| page.label.as_str())
        .collect();
    let places = printed.map.places(&printed.book);
    let expected: BTreeSet<(usize, String)> = places
        .iter()
        .filter_map(|(anchor, page)| {
            let name = printed.book.link_names.get(*anchor)?;
            let called = format!("{}{}{}", name.before, labels[*page], name.after);
            Some((*page, called))
        })
        .collect();
    let pages: Vec<String> = (1..=labels.len())
        .map(|page| visible(&printed.page(page)).to_lowercase())
        .collect();
    let json = printed.objects();
    let links = links(&File::new(&json), printed.map.before);
    let mut wrong = Vec::new();
    for (page, called) in &links {
        let first = called
            .split(|c: char| c.is_whitespace() || c == ',')
            .next()
            .unwrap();
        let first = visible(first).to_lowercase().replace('\'', "’");
        let says = pages[*page].contains(&first);
        let is_there = called.ends_with(&format!("page {}", labels[*page]));
        if !is_there && (!says || !expected.contains(&(*page, called.clone()))) {
            wrong.push(format!("{called:?} leads to page {}", labels[*page]));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(links.len() > 4_000, "{}", links.len());
    for wanted in [
        "Cryoablation in the liver, page ",
        "metastasis, explained on page ",
    ] {
        let found = links.iter().any(|(_, called)| called.starts_with(wanted));
        assert!(found, "{wanted}");
    }
}

/// The page, from 0 behind those `before`, to which each link within a book leads, and what it is called.
pub(super) fn links(file: &File<'_>, before: usize) -> Vec<(usize, String)> {
    let pages = file.pages();
    let names = file.get(&file.get(&file.root()["/Names"])["/Dests"]);
    let names = file.get(&names["/Names"]).as_array().unwrap();
    let destinations: BTreeMap<&str, &Value> = names
        .chunks(2)
        .map(|pair| (pair[0].as_str().unwrap(), &pair[1]))
        .collect();
    let page = |place: &Value| {
        let place = place.as_array().expect("a place on a page");
        pages[place[0].as_str().unwrap()]
    };
    let annotations = pages.keys().filter_map(|page| {
        let page = file.get(file.named(page));
        file.get(&page["/Annots"]).as_array()
    });
    let mut links = Vec::new();
    for link in annotations.flatten().map(|link| file.get(link)) {
        assert_eq!(link["/Subtype"], "/Link");
        if let Some(address) = file.get(&link["/A"])["/URI"].as_str() {
            let web = ["u:https://", "u:http://", "u:mailto:"];
            assert!(web.iter().any(|web| address.starts_with(web)), "{address}");
            continue;
        }
        let place = &link["/Dest"];
        let place = place
            .as_str()
            .and_then(|name| destinations.get(name).copied())
            .unwrap_or(place);
        let place = file.get(place);
        let place = if place.is_object() {
            file.get(&place["/D"])
        } else {
            place
        };
        let called = link["/Contents"].as_str().unwrap();
        let page = page(place) - before;
        links.push((page, called.strip_prefix("u:").unwrap().to_owned()));
    }
    links
}
