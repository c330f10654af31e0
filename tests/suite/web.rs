//! What a browser gets: the pages of the web edition, their words and links, and what a search finds. `tests/web` reads
//! them in a browser.

use std::collections::BTreeMap;

use fascicle::model::book::{Book, Kind, Topic};
use fascicle::render::{File, PageMap, epub, web};

use super::support::{pipeline, root, small_book, squeezed};

fn pages(book: &Book, pages: Option<&PageMap>, handouts: bool) -> Vec<File> {
    let files = |topic: &Topic| web::Files {
        handout: handouts.then(|| format!("../handouts/{topic}.pdf")),
        citations: handouts.then(|| format!("../handouts/{topic}.ris")),
    };
    web::web(web::Edition {
        book,
        pages,
        images: &BTreeMap::new(),
        files: &files,
        moved: &BTreeMap::new(),
        site: None,
    })
}

fn page<'a>(files: &'a [File], name: &str) -> &'a str {
    let file = files.iter().find(|(other, _)| other == name);
    let (_, bytes) = file.unwrap_or_else(|| panic!("no {name}"));
    std::str::from_utf8(bytes).unwrap()
}

/// What is between the tags of a page's `main`, up to what stands around the section.
fn words(text: &str) -> String {
    let mut out = String::new();
    for part in text.split('<').skip(1) {
        let (_, text) = part.split_once('>').unwrap();
        out.push_str(text);
    }
    squeezed(
        // Words are tied by styles in the EPUB, and by their spaces on the web.
        &out.replace('\u{a0}', " ")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">"),
    )
}

fn handbook() -> Book {
    pipeline(&root().join("content")).2.unwrap()
}

#[test]
fn each_section_has_the_words_of_the_epub() {
    let book = handbook();
    let files = pages(&book, None, true);
    let mut epub: BTreeMap<String, String> = BTreeMap::new();
    for (name, bytes) in epub::sections(&book, None) {
        // Soft hyphens are where a line may end.
        let text = String::from_utf8(bytes).unwrap().replace('\u{ad}', "");
        let body = text.split_once("<body>").unwrap().1;
        let stem = name.trim_end_matches(".xhtml").to_owned();
        epub.insert(stem, words(body));
    }
    let mut compared = 0;
    // Each article has a page of its own.
    let told = book
        .sections
        .iter()
        .filter(|it| it.kind != Kind::References);
    for section in told {
        let Some(expected) = epub.get(&section.anchor.0) else {
            continue;
        };
        let name = format!("{}.html", section.anchor.0);
        let Some((_, bytes)) = files.iter().find(|(other, _)| *other == name) else {
            continue;
        };
        let text = std::str::from_utf8(bytes).unwrap();
        let start = text.find("<section").unwrap();
        let shown = words(&text[start..]);
        // E-readers open the book behind the title page, so its notice is repeated there.
        let notice = words(&format!("<>{} ", book.labels.web.disclaimer));
        let expected = expected.replacen(&format!("{} ", notice.trim()), "", 1);
        // Long sections go on in other files of the EPUB, and other texts stand behind them on the web.
        let begin: String = expected.chars().take(2_000).collect();
        assert!(shown.starts_with(&begin), "{name}");
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_page_tells_where_it_is_on_paper_and_offers_its_handout() {
    let book = handbook();
    let files = pages(&book, None, true);
    let liver = page(&files, "site-liver.html");
    assert!(liver.contains("href=\"../handouts/sites/liver.pdf\""));
    assert!(liver.contains("href=\"../handouts/sites/liver.ris\""));
    let alone = pages(&book, None, false);
    assert!(!page(&alone, "site-liver.html").contains("handouts"));
}

#[test]
fn no_page_asks_another_host_or_runs_what_is_not_its_own() {
    let files = pages(&handbook(), None, true);
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(text.contains("script-src &apos;self&apos;"), "{name}");
        for part in text.split('<').skip(1) {
            let tag = part.split('>').next().unwrap();
            let loads = ["src=\"http", "src=\"//", " style=", " onload=", " onerror="];
            assert!(
                !loads.iter().any(|load| tag.contains(load)),
                "{name}: {tag}"
            );
            assert!(!tag.starts_with("style"), "{name}: {tag}");
            if tag.starts_with("link") {
                assert!(!tag.contains("//"), "{name}: {tag}");
            }
        }
        assert_eq!(text.matches("<script").count(), 1, "{name}");
    }
}

#[test]
fn what_a_search_finds_is_in_the_edition() {
    let book = handbook();
    let files = pages(&book, None, true);
    let index = page(&files, "search-index.js");
    assert!(index.len() < 400_000, "{} bytes", index.len());
    let rows = index
        .strip_prefix("window.fascicle=")
        .unwrap()
        .trim_end()
        .trim_end_matches(';');
    let rows: Vec<(String, String, String, String, u8)> = serde_json::from_str(rows).unwrap();
    for (name, _, address, _, _) in &rows {
        let (file, place) = address.split_once('#').unwrap_or((address, ""));
        let text = page(&files, file);
        assert!(
            place.is_empty() || text.contains(&format!("id=\"{place}\"")),
            "{name}"
        );
    }
    let of = |address: &str| rows.iter().find(|row| row.2 == address).unwrap();
    let ablation = of("site-liver--radiofrequency-ablation.html");
    assert!(
        ablation.0.contains("Liver") && ablation.3.contains("RFA"),
        "{ablation:?}"
    );
    let articles = rows.iter().filter(|row| row.1 == "Article").count();
    assert!(articles >= 200, "{articles}");
}

#[test]
fn a_picture_is_shared_where_there_is_one() {
    let book = handbook();
    let shared = |has_cover: bool| {
        let files = web::web(web::Edition {
            book: &book,
            pages: None,
            images: &BTreeMap::new(),
            files: &|_| web::Files::default(),
            moved: &BTreeMap::new(),
            site: Some(web::Site {
                page: "../index.html",
                address: Some("https://example.org"),
                has_cover,
            }),
        });
        page(&files, "index.html").contains("og:image")
    };
    assert!(shared(true) && !shared(false));
}

#[test]
fn titles_of_others_stay_text() {
    let folder = tempfile::tempdir().unwrap();
    small_book(
        folder.path(),
        "# A </title><script>alert(1)</script>\n\nText.",
    );
    let handbook = folder.path().join("handbook.toml");
    let text = std::fs::read_to_string(&handbook).unwrap();
    let line = text.lines().find(|line| line.starts_with("title")).unwrap();
    let hostile = "title = \"</title><script>alert(1)</script>\\u2028\"";
    std::fs::write(&handbook, text.replace(line, hostile)).unwrap();
    let Some(book) = pipeline(folder.path()).2 else {
        return;
    };
    for (name, bytes) in pages(&book, None, true) {
        if name.ends_with(".html") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains("<script>"), "{name}");
        }
    }
}
