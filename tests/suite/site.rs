//! The download site that a release makes.

use std::fs;

use super::released::{change, release, said, two_sites};
use super::support::{copy, root};

#[test]
fn the_site_links_only_to_files_that_exist() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for the site",
    );
    // The files of the first edition are elsewhere.
    fs::remove_dir_all(path.join("dist/releases")).unwrap();
    // What somebody else put there stays.
    let mine = ["CNAME", ".nojekyll", "editions/mine.html", "mine/a.html"];
    let mine = mine.map(|name| path.join("dist/site").join(name));
    for place in &mine {
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, "mine").unwrap();
    }
    let elsewhere = "https://example.org/files/v{edition}/";
    let output = release(
        path,
        &[
            "--website",
            "https://example.org/book/",
            "--downloads",
            elsewhere,
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let site = path.join("dist/site");
    assert!(
        !site.join("editions/1.0.0").exists(),
        "what no page leads to goes"
    );
    assert!(mine.iter().all(|place| fs::read(place).unwrap() == b"mine"));
    let page = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(
        page.contains("https://example.org/files/v1.0.0/two-sites-1.0.0.epub"),
        "{page}"
    );
    // What a reader who does not know which file to take is told, and that the first opens everywhere.
    assert!(page.contains("If you are not sure which one to take, take the first."));
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    let order = [
        "PDF to print on A4 paper",
        "EPUB for phones",
        "For a place in the body",
        ">Liver<",
        "For a technique",
        ">Cryoablation<",
        "Checksums",
    ];
    assert!(order.map(place).is_sorted(), "{:?}", order.map(place));
    let mut links = 0;
    for href in page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        if !href.starts_with('#') && !href.contains("://") {
            assert!(site.join(href).is_file(), "{href}");
            links += 1;
        }
    }
    assert!(links >= 9, "{links}");
    let feed = fs::read_to_string(site.join("opds.xml")).unwrap();
    assert!(
        feed.contains("https://example.org/book/editions/1.0.1/two-sites-1.0.1.epub"),
        "{feed}"
    );
    assert!(
        !feed.contains("1.0.0"),
        "a catalogue has the newest edition alone"
    );
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(site.join("opds.json")).unwrap()).unwrap();
    // The book, and a handout of the technique, of each site, and of the technique at each; their articles are no publications.
    assert_eq!(json["publications"].as_array().unwrap().len(), 6);
    for articles in ["cryoablation", "sites--liver", "sites--liver--cryoablation"] {
        let name = format!("two-sites-1.0.1-handout--{articles}.ris");
        assert!(page.contains(&name), "{name}");
        assert!(!feed.contains(&name), "{name}");
    }
}

/// Files of an edition that had another `slug` are still what they were.
#[test]
fn earlier_editions_keep_their_names() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    change(
        path,
        "handbook.toml",
        "slug = \"two-sites\"",
        "slug = \"sites\"",
    );
    let output = release(path, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let page = fs::read_to_string(path.join("dist/site/index.html")).unwrap();
    let (newest, earlier) = page.split_once("id=\"earlier\"").unwrap();
    assert!(newest.contains("sites-1.0.1-handout--cryoablation.pdf"));
    let handouts = earlier.split_once("For a technique").unwrap().1;
    let handouts = handouts.split_once("<details").unwrap().0;
    assert!(
        handouts.contains(
            "two-sites-1.0.0-handout--cryoablation.pdf\" type=\"application/pdf\">Cryoablation<"
        ),
        "{earlier}"
    );
}

/// The book is read on the site, at addresses that stay.
#[test]
fn the_book_is_read_on_the_site_at_addresses_that_stay() {
    let folder = two_sites();
    let path = folder.path();
    let website = ["--website", "https://example.org/book/"];
    release(path, &website);
    let site = path.join("dist/site");
    let read = |name: &str| fs::read_to_string(site.join(name)).unwrap_or_default();
    let page = read("index.html");
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    let order = ["\"read/index.html\"", "Take the PDF", "The whole book"];
    assert!(order.map(place).is_sorted());
    let liver = read("read/site-liver.html");
    for part in [
        "rel=\"canonical\" href=\"https://example.org/book/read/site-liver.html\"",
        "href=\"../editions/1.0.0/two-sites-1.0.0-handout--sites--liver.pdf\"",
        "href=\"../editions/1.0.0/two-sites-1.0.0-handout--sites--liver.ris\"",
        "Edition 1.0.0, 1\u{a0}February 2026",
        "href=\"../index.html\"",
    ] {
        assert!(liver.contains(part), "{part}: {liver}");
    }
    let map = read("sitemap.xml");
    assert!(map.contains("<loc>https://example.org/book/read/site-liver.html</loc>"));

    // One file gets another name, and one is gone.
    let content = path.join("content");
    fs::rename(content.join("sites/liver"), content.join("sites/hepar")).unwrap();
    for name in ["rose-1989-autopsy.md", "niu-2014-cryoablation.md"] {
        change(
            path,
            &format!("references/{name}"),
            "\"liver\"",
            "\"hepar\"",
        );
    }
    change(path, "handbook.toml", "\"liver\"", "\"hepar\"");
    fs::remove_file(content.join("chapters/how-to-use.md")).unwrap();
    change(path, "handbook.toml", "\"how-to-use\", ", "");
    let output = release(path, &website);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(read("read/site-hepar.html").contains("<h1>Liver</h1>"));
    for (old, new) in [
        ("site-liver", "site-hepar"),
        ("site-liver--cryoablation", "site-hepar--cryoablation"),
    ] {
        let moved = read(&format!("read/{old}.html"));
        for part in [
            format!("http-equiv=\"refresh\" content=\"0; url={new}.html\""),
            format!("rel=\"canonical\" href=\"https://example.org/book/read/{new}.html\""),
            format!("<a href=\"{new}.html\">"),
        ] {
            assert!(moved.contains(&part), "{part}: {moved}");
        }
    }
    let gone = read("read/chapter-how-to-use.html");
    assert!(gone.contains("no longer in the book"), "{gone}");
    assert!(!gone.contains("refresh"), "{gone}");
    let map = read("sitemap.xml");
    assert!(map.contains("site-hepar.html") && !map.contains("site-liver.html"));
    // No page of the earlier edition is left as it was.
    for entry in fs::read_dir(site.join("read")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let text = read(&format!("read/{name}"));
        assert!(!text.contains("Edition 1.0.0,"), "{name}");
    }
}

/// Who has an earlier edition learns on the site that an article in it was retracted since.
#[test]
fn an_earlier_edition_says_what_was_retracted_since() {
    let folder = two_sites();
    let path = folder.path();
    release(path, &[]);
    let page = fs::read_to_string(path.join("dist/site/index.html")).unwrap();
    assert!(!page.contains("Retracted by its journal"));
    let example = root().join("tests/releases/17-a-retraction/after");
    copy(&example, &path.join("content"));
    let output = release(path, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let page = fs::read_to_string(path.join("dist/site/index.html")).unwrap();
    let earlier = page.split_once("id=\"edition-1.0.0\"").unwrap().1;
    assert!(earlier.starts_with(" open"), "{earlier}");
    assert!(
        earlier.contains("journals have taken back the following")
            && earlier.contains("Retracted by its journal: Rose 1989, Metastatic patterns"),
        "{earlier}"
    );
}

/// A catalogue app keeps a handout when it is corrected, and knows the handouts of one subject as one.
#[test]
fn handouts_keep_their_identifiers_when_they_are_corrected() {
    let folder = two_sites();
    let path = folder.path();
    let publications = || -> Vec<(String, String, usize)> {
        let bytes = fs::read(path.join("dist/site/opds.json")).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let all = json["publications"].as_array().unwrap().iter();
        all.map(|it| {
            let metadata = &it["metadata"];
            let text = |name: &str| metadata[name].as_str().unwrap().to_owned();
            let links = it["links"].as_array().unwrap().iter();
            let files = links.filter(|link| link["type"] == "application/pdf");
            (text("identifier"), text("title"), files.count())
        })
        .collect()
    };
    let line = "language = \"en-GB\"\n";
    let variants = format!("{line}variants = [\"a4\", \"letter\"]\n");
    change(path, "handbook.toml", line, &variants);
    release(path, &[]);
    let before = publications();
    assert_eq!(before.len(), 6);
    assert!(before.iter().all(|(_, _, files)| *files == 2), "{before:?}");
    change(
        path,
        "chapters/how-to-use.md",
        "Find the site",
        "Look for the site",
    );
    release(path, &[]);
    assert_eq!(publications(), before);
    let page = fs::read_to_string(path.join("dist/site/index.html")).unwrap();
    assert!(page.contains("1.0.1"), "{page}");
}
