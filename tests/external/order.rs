//! The order in which a screen reader reads the whole handbook. (Poppler takes minutes to list the tags of so many
//! pages: here it lists those of handouts, and of a small book.)

use std::collections::BTreeMap;

use fascicle::model::book::{Block, Node, plain_text};
use fascicle::render::{epub, web};
use serde_json::Value;

use super::{HANDBOOK, visible};

/// The tags come in the order in which their text is drawn.
#[test]
fn tags_are_in_the_order_of_the_text() {
    let json = HANDBOOK.objects();
    let file = File::new(&json);
    let root = file.root();
    let pages = file.pages();
    let map = &HANDBOOK.map;
    assert_eq!(pages.len(), map.before + map.pages.len());
    let mut drawn = Vec::new();
    let tags = &file.get(&root["/StructTreeRoot"])["/K"];
    file.drawn(tags, None, &pages, &mut drawn);
    assert!(drawn.len() > 20_000, "{}", drawn.len());
    let back = drawn.windows(2).find(|pair| pair[0] >= pair[1]);
    assert_eq!(
        back, None,
        "a tag comes before one whose text is drawn earlier"
    );
}

/// A PDF as qpdf tells it: its objects by name.
pub(super) struct File<'a>(&'a Value);

impl<'a> File<'a> {
    pub(super) fn new(json: &'a Value) -> Self {
        Self(&json["qpdf"][1])
    }

    pub(super) fn root(&self) -> &'a Value {
        self.get(&self.0["trailer"]["value"]["/Root"])
    }

    /// What a reference leads to; anything else is itself.
    pub(super) fn get(&self, value: &'a Value) -> &'a Value {
        match value.as_str().and_then(|name| name.strip_suffix(" R")) {
            Some(name) => &self.0[format!("obj:{name} R")]["value"],
            None => value,
        }
    }

    /// The object with this name.
    pub(super) fn named(&self, name: &str) -> &'a Value {
        &self.0[format!("obj:{name}")]["value"]
    }

    /// The number of each page, from 0, by the name of its object.
    pub(super) fn pages(&self) -> BTreeMap<&'a str, usize> {
        let mut numbers = BTreeMap::new();
        self.number(&self.root()["/Pages"], &mut numbers);
        numbers
    }

    fn number(&self, node: &'a Value, numbers: &mut BTreeMap<&'a str, usize>) {
        match self.get(&self.get(node)["/Kids"]).as_array() {
            Some(kids) => kids.iter().for_each(|kid| self.number(kid, numbers)),
            None => {
                numbers.insert(node.as_str().unwrap(), numbers.len());
            }
        }
    }

    /// The pieces of text below a tag, in the order of the tags: the page, and the number on it.
    fn drawn(
        &self,
        node: &'a Value,
        page: Option<&'a str>,
        pages: &BTreeMap<&'a str, usize>,
        found: &mut Vec<(usize, u64)>,
    ) {
        match self.get(node) {
            Value::Array(kids) => {
                for kid in kids {
                    self.drawn(kid, page, pages, found);
                }
            }
            Value::Number(number) => found.push((pages[page.unwrap()], number.as_u64().unwrap())),
            Value::Object(tag) => {
                let page = tag.get("/Pg").and_then(Value::as_str).or(page);
                for below in tag.get("/MCID").into_iter().chain(tag.get("/K")) {
                    self.drawn(below, page, pages, found);
                }
            }
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }
}

/// The letters of a text, without marks and numbers.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// The letters of what a table or an index may show again on a page.
pub(super) fn headers(block: &Block) -> Vec<String> {
    match block {
        Block::Table(table) => {
            let cells = table.header.iter().map(|cell| letters(&plain_text(cell)));
            vec![cells.collect()]
        }
        Block::Glance(glance) => {
            let heads: String = glance
                .heads
                .texts()
                .map(|head| letters(&head.text))
                .collect();
            let titles = glance.groups.iter();
            let titles = titles.map(|group| letters(&plain_text(&group.title)));
            let with_heads = titles.map(|title| format!("{heads}{title}"));
            with_heads.chain([heads.clone()]).collect()
        }
        // Above a column that begins below a heading.
        Block::Subjects(groups) => {
            let names = groups.iter().flatten().filter_map(|it| it.under.as_ref());
            names.map(|name| letters(name)).collect()
        }
        _ => Vec::new(),
    }
}

/// The text is drawn in the order of the book, and nothing besides it.
#[test]
fn the_text_is_in_the_order_of_the_book() {
    let printed = &*HANDBOOK;
    let text = printed.pages().concat();
    let mut rest = text.as_str();
    let mut after_matrix = false;
    // Above the header of a table that goes on.
    let continued = letters(&printed.book.meta.continued);
    for section in &printed.book.sections {
        // The names of its columns stand upright.
        if section.anchor.0 == "overview" {
            after_matrix = true;
            continue;
        }
        // The header of a table comes again on each of its pages.
        let blocks = section.all_blocks();
        let headers: Vec<String> = blocks.into_iter().flat_map(headers).collect();
        for node in section.nodes() {
            let Node::Text(text) = node else { continue };
            let text = visible(&text.text);
            let name = &section.anchor.0;
            let found = rest.split_once(&text);
            let (before, after) = found.unwrap_or_else(|| panic!("{name}: no {text:?}"));
            // A link names its page on paper.
            let besides: String = before.chars().filter(|c| c.is_alphabetic()).collect();
            let besides = besides.strip_prefix(&continued).unwrap_or(&besides);
            assert!(
                besides.replace("page", "").is_empty()
                    // The number of a first page stands behind its line of the contents.
                    || besides.chars().all(|c| "ivx".contains(c))
                    || after_matrix
                    || headers.iter().any(|header| header == besides),
                "{name}: {besides:?} before {text:?}"
            );
            after_matrix = false;
            rest = after;
        }
    }
}

/// The letters of files of a markup language, in one line.
fn letters_of(files: Vec<(String, Vec<u8>)>) -> String {
    let is_text = |(name, _): &(String, Vec<u8>)| name.ends_with("html");
    let files = files.into_iter().filter(is_text);
    let text = |(_, bytes): (String, Vec<u8>)| {
        let file = String::from_utf8(bytes).unwrap();
        let parts = file.split('<').skip(1);
        let text: String = parts
            .filter_map(|part| Some(part.split_once('>')?.1))
            .collect();
        let marks = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"];
        letters(&marks.iter().fold(text, |text, mark| text.replace(mark, "")))
    };
    files.map(text).collect()
}

/// What the book says is on paper, in the EPUB and on the web in the same words.
#[test]
fn a_sentence_has_the_same_words_in_all_three_formats() {
    let printed = &*HANDBOOK;
    let book = &printed.book;
    let edition = web::Edition {
        book,
        pages: Some(&printed.map),
        images: &printed.project.images,
        files: &|_| web::Files::default(),
        moved: &BTreeMap::new(),
        site: None,
    };
    let formats = [
        ("paper", letters(&printed.pages().concat())),
        ("EPUB", letters_of(epub::sections(book, Some(&printed.map)))),
        ("web", letters_of(web::web(edition))),
    ];
    let mut compared = 0;
    // The names of columns of the book on one page stand upright.
    for section in book.sections.iter().filter(|it| it.anchor.0 != "overview") {
        for node in section.nodes() {
            let Node::Text(text) = node else { continue };
            let sentence = letters(&text.text);
            if sentence.len() < 20 {
                continue;
            }
            compared += 1;
            for (format, all) in &formats {
                let name = &section.anchor.0;
                assert!(all.contains(&sentence), "{name}, {format}: {}", text.text);
            }
        }
    }
    assert!(compared > 3_000, "{compared} texts");
}
