//! The search: a form, and what the script searches.

use serde_json::json;

use crate::model::book::{Book, WebLabels};
use crate::render::File;
use crate::render::html::Addresses;
use crate::render::markup::{Element, element};

/// The file of what can be found, which a page loads when somebody begins to search.
pub(super) const INDEX: &str = "search-index.js";

/// The form. It is hidden until the script shows it: without one, nothing can be searched.
pub(super) fn form(labels: &WebLabels) -> Element {
    let input = element("input")
        .with("id", "query")
        .with("type", "search")
        .with("autocomplete", "off")
        .with("spellcheck", "false")
        .with("placeholder", labels.search_hint.as_str());
    let label = element("label").with("for", "query");
    let status = element("p").with("class", "status").with("role", "status");
    element("form")
        .with("role", "search")
        .with("class", "search")
        .with("hidden", "")
        .with("data-index", INDEX)
        .with("data-found", labels.found.as_str())
        .with("data-nothing", labels.nothing.as_str())
        .child(label.child(labels.search.as_str()))
        .child(input)
        .child(status)
        .child(element("ol").with("class", "results"))
}

/// What can be found: name, kind, address, other words, and whether it is a detail.
pub(super) fn index(book: &Book, addresses: &Addresses) -> File {
    let rows = book.findable.iter().filter_map(|found| {
        let address = addresses.get(&found.place)?;
        let words = found.words.join(" ");
        Some(json!([
            found.name,
            found.kind,
            address,
            words,
            u8::from(found.is_detail)
        ]))
    });
    let rows: Vec<_> = rows.collect();
    // Written as a script, it can be read where no server answers: from a disk or a memory stick.
    let text = format!("window.fascicle={};\n", json!(rows));
    (INDEX.to_owned(), text.into_bytes())
}
