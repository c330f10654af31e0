//! The download site that a release makes.

use std::fs;

use super::released::{change, release, said, two_sites};

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
