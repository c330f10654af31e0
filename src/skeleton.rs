//! The files of a new book: those of `styles/new/`, with what its editor said of it.

use crate::model::{Date, id_of};
use crate::styles;
use crate::text::quoted;

/// What is known of a book before its first file is written.
#[derive(Debug)]
pub(crate) struct NewBook {
    /// The title.
    pub(crate) title: String,
    /// The disease, or whatever else the book is about.
    pub(crate) subject: String,
    /// The language tag.
    pub(crate) language: String,
    /// The headings that each technique has, in that language, in their order.
    pub(crate) headings: [String; 6],
    /// The words that the program adds, if it has none for that language: they are to be translated.
    pub(crate) labels: Option<String>,
    /// The day on which the book begins.
    pub(crate) today: Date,
    /// The last day on which a new book may lack what every book needs.
    pub(crate) until: Date,
    /// The day on which its texts are to be compared with their sources again.
    pub(crate) next_review: Date,
}

/// Path and text of each file, in the order in which they are worth reading.
pub(crate) fn files(book: &NewBook) -> Vec<(String, String)> {
    let values = values(book);
    let skeleton = styles::all().iter().filter_map(|(path, text)| {
        let path = path.strip_prefix("new/")?;
        let path = match path.strip_prefix("git") {
            // What a book hides is not hidden in `styles/`.
            Some(_) => format!(".{path}"),
            None => path.to_owned(),
        };
        Some((path, filled(text, &values)))
    });
    let labels = book.labels.iter();
    let labels = labels.map(|text| ("content/labels.toml".to_owned(), text.clone()));
    skeleton.chain(labels).collect()
}

/// What stands in the skeleton, and in its place: a string of TOML, or a heading.
fn values(book: &NewBook) -> Vec<(&'static str, String)> {
    let NewBook { title, subject, .. } = book;
    let mut month = book.today;
    month.day = None;
    // Not the name of the other population.
    let population = match id_of(subject, "subject").as_str() {
        "others" => "subject".to_owned(),
        id => id.to_owned(),
    };
    let texts = [
        ("{title}", title.clone()),
        ("{subtitle}", format!("A handbook on {subject}")),
        ("{slug}", id_of(title, "book")),
        ("{language}", book.language.clone()),
        ("{today}", book.today.to_string()),
        ("{month}", month.to_string()),
        ("{next-review}", book.next_review.to_string()),
        ("{until}", book.until.to_string()),
        (
            "{description}",
            format!("For people who have to decide about treatments: {subject}."),
        ),
        ("{population}", population),
        ("{subject}", subject.clone()),
        ("{nearest}", format!("The article is about {subject}.")),
    ];
    let texts = texts.map(|(name, text)| (name, quoted(&text)));
    let names = [
        "{what}",
        "{suits}",
        "{benefits}",
        "{risks}",
        "{unknown}",
        "{questions}",
    ];
    let headings = names.into_iter().zip(book.headings.iter().cloned());
    let version = ("{version}", env!("CARGO_PKG_VERSION").to_owned());
    texts.into_iter().chain(headings).chain([version]).collect()
}

/// The text with each name replaced once, so that no value is read again.
fn filled(text: &str, values: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let value = values.iter().find(|(name, _)| rest.starts_with(name));
        let (text, length) = value.map_or(("{", 1), |(name, text)| (text.as_str(), name.len()));
        out.push_str(text);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}
