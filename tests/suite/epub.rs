//! What an e-reader finds in the EPUB: cover, package, navigation and links.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fascicle::assemble::assemble;
use fascicle::load::{Project, load};
use fascicle::model::book::{Block, Book, Node, TextId};
use fascicle::render::{Page, PageMap, Position, epub, typst};
use fascicle::session::draft as parse;
use usvg::roxmltree::{NS_XML_URI, Node as Element};

use super::support::{
    epub_type, every_link_leads_somewhere, pipeline, root, small_book, unpack, values, xml,
    xml_text,
};

fn handbook() -> Book {
    pipeline(&root().join("content")).2.unwrap()
}

/// A small book with some chapter.
fn book(text: &str) -> Book {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), text);
    let (_, diagnostics, book) = pipeline(folder.path());
    book.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

fn package(book: &Book, cover: Option<&[u8]>) -> String {
    let bytes = epub::epub(book, None, &BTreeMap::new(), cover).unwrap();
    unpack(&bytes).remove("OEBPS/content.opf").unwrap()
}

/// Width and height of a PNG, from its header.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// A drawing.
fn circle(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\">{inside}</circle></svg>"
    )
}

#[test]
fn the_cover_has_the_size_that_shops_ask_for() {
    let mut book = handbook();
    let cover = typst::cover(&book).unwrap().unwrap();
    assert_eq!(size(&cover), (1600, 2400));
    assert_eq!(Some(&cover), typst::cover(&book).unwrap().as_ref());
    assert!(cover.len() < 100_000, "{} bytes", cover.len());
    let long = "Pneumonoultramicroscopicsilicovolcanoconiosis ".repeat(40);
    for title in ["A", "#let \" \\ ] it be_", &long, ""] {
        title.clone_into(&mut book.cover.title);
        let cover = typst::cover(&book).unwrap().unwrap();
        assert_eq!(size(&cover), (1600, 2400), "{title}");
    }
    // Better no cover than one with boxes for letters.
    "療法".clone_into(&mut book.cover.title);
    assert_eq!(typst::cover(&book).unwrap(), None);
}

#[test]
fn the_cover_comes_first_and_has_a_description() {
    let book = handbook();
    let cover = typst::cover(&book).unwrap().unwrap();
    let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), Some(&cover)).unwrap());
    let page = &files["OEBPS/cover.xhtml"];
    let alt = "alt=\"Cover of the book: Local Treatment Choices by Site. A handbook for people with leiomyosarcoma. \
               Compiled by doctordee. ";
    assert!(page.contains(alt), "{page}");
    let package = &files["OEBPS/content.opf"];
    assert!(package.contains("properties=\"cover-image\""), "{package}");
    let spine = values(package, |node| node.has_tag_name("itemref"), "idref");
    assert_eq!(spine[0], "id_cover.xhtml");
    let nav = &files["OEBPS/nav.xhtml"];
    assert!(nav.contains("<a epub:type=\"cover\" href=\"cover.xhtml\">Cover</a>"));
}

#[test]
fn accessibility_claims_need_their_evidence() {
    let book = handbook();
    let features = |package: &str| -> Vec<String> {
        let package = xml(package);
        let is_feature =
            |node: &Element| node.attribute("property") == Some("schema:accessibilityFeature");
        let features = package.descendants().filter(is_feature);
        features
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect()
    };
    let alone = ">textual</meta>\n<meta property=\"schema:accessibilityFeature";
    let whole = package(&book, None);
    assert!(features(&whole).iter().any(|it| it == "alternativeText"));
    assert!(whole.contains(alone) && whole.contains("described in words"));
    // Nobody has tried the book with the eyes and ears that WCAG asks for.
    assert!(!whole.contains("conformsTo") && !whole.contains("certifiedBy"));
    assert!(!features(&whole).iter().any(|it| it == "pageNavigation"));
    assert!(!whole.contains("pageBreakSource") && !whole.contains("pages of the printed"));

    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "![A circle.](circle.svg)");
    fs::write(folder.path().join("chapters/circle.svg"), circle("")).unwrap();
    let mut mute = pipeline(folder.path()).2.unwrap();
    for block in mute.sections.iter_mut().flat_map(|it| &mut it.blocks) {
        if let Block::Figure { alt, .. } = block {
            alt.clear();
        }
    }
    let mut bare = book.clone();
    bare.cover.alt.clear();
    for found in [package(&mute, None), package(&bare, Some(b"a picture"))] {
        assert!(!features(&found).iter().any(|it| it == "alternativeText"));
        assert!(!found.contains(alone) && !found.contains("described in words"));
        assert!(found.contains(">textual,visual</meta>"));
    }

    let mut plain = book;
    plain.sections.retain(|it| it.anchor.0 == "imprint");
    let found = package(&plain, None);
    assert_eq!(features(&found).len(), 5, "{found}");
    assert!(
        !found.contains(">visual<") && !found.contains("Tables") && !found.contains("Comments")
    );
}

/// A picture that may move, wherever it is shown, is not called harmless.
#[test]
fn hazards_are_those_of_the_pictures() {
    let folder = tempfile::tempdir().unwrap();
    small_book(folder.path(), "> ![A circle.](circle.svg)");
    for (inside, hazard) in [
        ("", ">none<"),
        (
            "<animate attributeName=\"r\" to=\"9\" dur=\"1s\"/>",
            ">unknownFlashingHazard<",
        ),
    ] {
        fs::write(folder.path().join("chapters/circle.svg"), circle(inside)).unwrap();
        let (project, diagnostics, book) = pipeline(folder.path());
        let book = book.unwrap_or_else(|| panic!("{diagnostics:?}"));
        let files = unpack(&epub::epub(&book, None, &project.images, None).unwrap());
        assert!(files["OEBPS/content.opf"].contains(hazard), "{inside}");
    }
}

#[test]
fn the_package_has_the_metadata_of_the_front_matter() {
    let book = handbook();
    let found = package(&book, None);
    for wanted in [
        "<dc:title>Local Treatment Choices by Site</dc:title>",
        "<dc:language>en-GB</dc:language>",
        "<dc:creator id=\"epub-creator-0\">doctordee</dc:creator>",
        "<meta refines=\"#epub-creator-0\" scheme=\"marc:relators\" property=\"role\">com</meta>",
        "<dc:contributor id=\"contributor-0\">volunteers of this handbook</dc:contributor>",
        "<meta refines=\"#contributor-0\" scheme=\"marc:relators\" property=\"role\">edt</meta>",
        "<dc:publisher>The Local Treatment Choices handbook</dc:publisher>",
        "CC-BY-4.0.</dc:rights>",
        "<meta property=\"dcterms:license\">https://creativecommons.org/licenses/by/4.0/</meta>",
        "<dc:subject id=\"subject-0\">Leiomyosarcoma</dc:subject><dc:subject id=\"subject-1\">Sarcoma</dc:subject>",
        "<meta refines=\"#subject-0\" property=\"authority\">MeSH</meta>\n<meta refines=\"#subject-0\" property=\"term\">D007890</meta>",
        "<meta refines=\"#epub-creator-0\" property=\"file-as\">doctordee</meta>",
    ] {
        assert!(found.contains(wanted), "{wanted} in {found}");
    }
    let (edition, date) = (&book.meta.edition, book.meta.date);
    for wanted in [
        format!("<dc:date>{date}T00:00:00Z</dc:date>"),
        format!("dcterms:modified\">{date}T00:00:00Z<"),
        format!("schema:version\">{edition}<"),
    ] {
        assert!(found.contains(&wanted), "{wanted} in {found}");
    }
    // Readers that know one title, one role or no series take the last one, or show a shelf of one book.
    assert_eq!(found.matches("<dc:title").count(), 1);
    assert!(!found.contains("belongs-to-collection"));
    let roles = [">aut</meta>", ">com</meta>"].map(|role| found.find(role).unwrap());
    assert!(roles.is_sorted(), "{found}");
    // Nobody knows by which word of it a name is sorted.
    assert!(!found.contains("#contributor-0\" property=\"file-as"));
}

/// Without subjects of its own, a book is listed under the words for its disease, which have no codes; a person under the
/// name that the book gives for it.
#[test]
fn catalogues_list_a_book_as_it_says() {
    let made = |keys: &str| {
        let folder = tempfile::tempdir().unwrap();
        small_book(folder.path(), "Text.");
        let path = folder.path().join("handbook.toml");
        let text = fs::read_to_string(&path).unwrap();
        let text = text.replacen("[[population]]", &format!("{keys}\n[[population]]"), 1);
        let person = "[[contributor]]\nfile-as = \"Roe, Jane\"";
        fs::write(&path, text.replacen("[[contributor]]", person, 1)).unwrap();
        let (_, diagnostics, book) = pipeline(folder.path());
        let found = diagnostics.into_iter();
        let found = found.map(|it| (it.message, it.help)).collect::<Vec<_>>();
        (book.map(|book| package(&book, None)), found)
    };
    let (book, found) = made("search = [\"gout\"]");
    let book = book.unwrap_or_else(|| panic!("{found:?}"));
    assert!(book.contains("<dc:subject id=\"subject-0\">gout</dc:subject>"));
    assert!(!book.contains("\"authority\"") && book.contains("\"file-as\">Roe, Jane<"));
    let two = "subject = [{ term = \"Gout\" }, { term = \"A & B\", code = \"LCSH: sh1\" }]";
    let (book, found) = made(&format!("search = [\"gout\"]\n{two}"));
    let book = book.unwrap_or_else(|| panic!("{found:?}"));
    assert!(!book.contains(">gout<") && book.contains(">Gout<") && book.contains(">A &amp; B<"));
    assert!(book.contains("\"#subject-1\" property=\"authority\">LCSH<"));
    assert!(book.contains("\"#subject-1\" property=\"term\">sh1<"));
    let (_, found) = made("subject = [{ term = \"Gout\", code = \"D006073\" }]");
    let help = "write the vocabulary, a colon and the code: `code = \"MeSH:D006073\"`";
    let message = "`D006073` does not name a code and its vocabulary";
    assert!(
        found.contains(&(message.to_owned(), help.to_owned())),
        "{found:?}"
    );
}

/// A corrected or revised edition takes the place of the one before in a library, with its bookmarks; a new one stands
/// beside it. The version tells which of them it is.
#[test]
fn the_identifier_is_that_of_the_edition_not_of_its_revision() {
    let mut book = book("Text.");
    let mut made = |edition: &str| {
        edition.clone_into(&mut book.meta.edition);
        let found = package(&book, None);
        let number = edition.split('-').next().unwrap();
        assert!(
            found.contains(&format!("ibooks:version\">{number}<")),
            "{found}"
        );
        found.split("urn:uuid:").nth(1).unwrap()[..36].to_owned()
    };
    let first = made("1.0.0");
    for same in ["1.0.1", "1.3.0", "1.3.0-draft"] {
        assert_eq!(made(same), first, "{same}");
    }
    assert_ne!(made("2.0.0"), first);
    assert_ne!(made("10.0.0"), first);
}

/// A chart draws SVG wherever it stands, and the package says so.
#[test]
fn the_package_marks_files_with_svg() {
    let book = handbook();
    let blocks = book.sections.iter().flat_map(|section| &section.blocks);
    let mut charts = blocks.filter(|block| matches!(block, Block::Chart(_)));
    let chart = charts.next().unwrap().clone();
    let mut small = self::book("Text.");
    assert!(!package(&small, None).contains("properties=\"svg\""));
    let section = small.sections.last_mut().unwrap();
    section.blocks.push(Block::Quote(vec![chart]));
    assert!(package(&small, None).contains("properties=\"svg\""));
}

/// The values of an attribute of the elements that have a role.
fn of_role(text: &str, role: &str, attribute: &str) -> Vec<String> {
    values(text, |node| node.attribute("role") == Some(role), attribute)
}

/// Each citation leads to a reference, and the reference back to just the places that cite it.
#[test]
fn citations_link_to_references_and_back() {
    let files = unpack(&epub::epub(&handbook(), None, &BTreeMap::new(), None).unwrap());
    let mut forth = BTreeSet::new();
    let mut back = BTreeSet::new();
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        let name = name.trim_start_matches("OEBPS/");
        let document = xml(text);
        for link in document.descendants() {
            match link.attribute("role") {
                Some("doc-biblioref") => {
                    let (target, id) = (link.attribute("href"), link.attribute("id"));
                    let place = format!("{name}#{}", id.unwrap());
                    assert!(forth.insert((target.unwrap().to_owned(), place)));
                }
                Some("doc-backlink") => {
                    let is_entry =
                        |node: &Element| node.has_tag_name("li") && node.has_attribute("id");
                    let Some(entry) = link.ancestors().find(is_entry) else {
                        continue;
                    };
                    let target = format!("{name}#{}", entry.attribute("id").unwrap());
                    assert!(back.insert((target, link.attribute("href").unwrap().to_owned())));
                }
                _ => {}
            }
        }
    }
    assert!(forth.len() > 500, "{}", forth.len());
    assert_eq!(forth, back);
}

/// A footnote is announced as one, and leads back to each of its marks.
#[test]
fn footnotes_link_back_to_each_of_their_marks() {
    let book = book("One[^a], two[^a] and three[^b].\n\n[^a]: A note.\n[^b]: Another.");
    let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), None).unwrap());
    let chapter = &files["OEBPS/chapter-only.xhtml"];
    let ids = of_role(chapter, "doc-noteref", "id");
    let notes = of_role(chapter, "doc-footnote", "id");
    assert_eq!((ids.len(), notes.len()), (3, 2));
    for href in of_role(chapter, "doc-noteref", "href") {
        let note = href.strip_prefix("chapter-only.xhtml#");
        let leads = note.is_some_and(|note| notes.iter().any(|id| id == note));
        assert!(leads, "{href}");
    }
    let back = of_role(chapter, "doc-backlink", "href");
    let back = back.iter().map(|href| href.split('#').nth(1).unwrap());
    let ids: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(back.collect::<BTreeSet<_>>(), ids);
    assert_eq!(chapter.matches("epub:type=\"footnote\"").count(), 2);
}

/// A page that begins in a note at the end of its text is marked before that note: reading apps may hide what is in it.
#[test]
fn pages_that_begin_in_notes_are_marked_before_these() {
    let paragraphs = (0..130).map(|number| format!("    Paragraph {number}.\n\n"));
    let notes = format!(
        "[^a]: A note.\n\n{}[^b]: Another.",
        paragraphs.collect::<String>()
    );
    let book = book(&format!("One[^a] and two[^b].\n\n{notes}"));
    let map = typst::pdf(&book, &BTreeMap::new()).unwrap().pages;
    let files = unpack(&epub::epub(&book, Some(&map), &BTreeMap::new(), None).unwrap());
    let chapter = &files["OEBPS/chapter-only.xhtml"];
    let [place, before] = [
        "<span epub:type=\"pagebreak\"",
        "<aside epub:type=\"footnote\"",
    ]
    .map(|begin| chapter.find(begin).unwrap_or_else(|| panic!("{chapter}")));
    assert!(place < before, "{chapter}");
    let marks = of_role(chapter, "doc-pagebreak", "aria-label");
    assert_eq!(marks, ["2", "3", "4"], "{chapter}");
    let document = xml(chapter);
    let is_mark = |node: &Element<'_, '_>| node.attribute("role") == Some("doc-pagebreak");
    for mark in document.descendants().filter(is_mark) {
        let mut around = mark.ancestors();
        assert!(!around.any(|it| it.has_tag_name("aside")), "{chapter}");
    }
}

/// Who hears the book is told once that a comment begins, and where it ends if something follows; who sees it, sees
/// the brackets, with and without styles.
#[test]
fn screen_readers_announce_comments_once_without_brackets() {
    let book = book("Found [in [all] cases] here. [At the end.]");
    let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), None).unwrap());
    let chapter = files["OEBPS/chapter-only.xhtml"].clone();
    let silent = |text: &str| format!("<span aria-hidden=\"true\">{text}</span>");
    let shown = xml_text(&chapter);
    assert!(shown.contains("Found [Editor’s comment: in [all] cases – end of comment] here. [Editor’s comment: At the end.]"));
    let heard = chapter.replace(&silent("["), "").replace(&silent("]"), "");
    assert!(xml_text(&heard).contains(
        "Found Editor’s comment: in [all] cases – end of comment here. Editor’s comment: At the end."
    ));
    assert_eq!(chapter.matches("role=\"note\"").count(), 2);
    assert!(!chapter.contains("aria-label"), "{chapter}");
}

/// Files that any reader can open: a language, one title of its own, one heading of level 1, no level left out, no
/// script.
#[test]
fn each_file_has_a_language_a_title_and_ordered_headings() {
    let files = unpack(&epub::epub(&handbook(), None, &BTreeMap::new(), Some(b"")).unwrap());
    let mut titles = BTreeSet::new();
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        let document = xml(text);
        let root = document.root_element();
        for lang in [root.attribute("lang"), root.attribute((NS_XML_URI, "lang"))] {
            assert_eq!(lang, Some("en-GB"), "{name}");
        }
        let elements: Vec<Element> = document.descendants().filter(Element::is_element).collect();
        let title = elements.iter().find(|node| node.has_tag_name("title"));
        let title = title.and_then(Element::text).unwrap();
        assert!(titles.insert(title.to_owned()), "{name}: {title}");
        for node in &elements {
            let is_active = node.has_tag_name("script") || node.has_attribute("style");
            assert!(!is_active, "{name}: {node:?}");
        }
        let mut above = 0;
        let level = |node: &Element| node.tag_name().name().strip_prefix('h')?.parse().ok();
        for level in elements.iter().filter_map(level) {
            assert!(level <= above + 1 && (level > 1 || above == 0), "{name}");
            above = level;
        }
        assert!(above > 0 || name.ends_with("cover.xhtml"), "{name}");
    }
}

/// E-readers open the book at its first chapter, and pass over the title page: what it is not is said there, too.
#[test]
fn the_book_opens_where_it_says_how_to_use_it() {
    let book = handbook();
    let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), None).unwrap());
    let nav = &files["OEBPS/nav.xhtml"];
    assert!(
        nav.contains("<a epub:type=\"bodymatter\" href=\"chapter-how-to-use.xhtml\">"),
        "{nav}"
    );
    let package = &files["OEBPS/content.opf"];
    assert!(package.contains("<reference type=\"text\" title=\"How to use this handbook\" href=\"chapter-how-to-use.xhtml\"/>"));
    let notice = format!("<p class=\"notice\">{}</p>", book.labels.web.disclaimer);
    let opening = &files["OEBPS/chapter-how-to-use.xhtml"];
    let (_, text) = opening.split_once("</h1>\n").unwrap();
    assert!(text.starts_with(&notice), "{text}");
    let repeated = files.values().filter(|text| text.contains(&notice));
    assert_eq!(repeated.count(), 2);
}

/// Roles and kinds (DPUB-ARIA 1.1, EPUB 3 Structural Semantics) of what readers look for.
#[test]
fn parts_have_epub_types_and_aria_roles() {
    let files = unpack(&epub::epub(&handbook(), None, &BTreeMap::new(), None).unwrap());
    for (file, kind, role) in [
        ("chapter-how-to-use", "chapter", "doc-chapter"),
        ("site-liver", "chapter", "doc-chapter"),
        ("site-liver--cryoablation", "chapter", "doc-chapter"),
        ("part-sites", "part", "doc-part"),
        ("subject-index", "index", "doc-index"),
        ("glossary", "glossary", "doc-glossary"),
        ("references", "bibliography", "doc-bibliography"),
    ] {
        let text = &files[&format!("OEBPS/{file}.xhtml")];
        let wanted = format!("epub:type=\"{kind}\" role=\"{role}\"");
        assert!(text.contains(&wanted), "{file}: {wanted}");
    }
    let nav = &files["OEBPS/nav.xhtml"];
    let nav = xml(nav);
    let find = |kind| (nav.descendants()).find(|node| epub_type(*node) == Some(kind));
    assert_eq!(find("toc").unwrap().attribute("role"), Some("doc-toc"));
    let landmarks = find("landmarks").unwrap();
    let kinds: Vec<&str> = landmarks.descendants().filter_map(epub_type).collect();
    for kind in [
        "titlepage",
        "toc",
        "bodymatter",
        "index",
        "glossary",
        "bibliography",
    ] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    let is_list = |node: &Element| node.has_tag_name("ol");
    let lists = nav.descendants().filter(is_list);
    let deepest = lists.map(|list| list.ancestors().filter(is_list).count());
    assert_eq!(deepest.max(), Some(3));
}

/// Files of more than some 260 KB do not open in older readers: what is longer goes on in another file, and every link
/// finds its place there.
#[test]
fn long_sections_are_split_into_files() {
    let item = |number: usize| {
        let note = if number.is_multiple_of(500) {
            "[^n]"
        } else {
            ""
        };
        format!(
            "{number}. Item {number} with some words{note}, and more of them, to fill the file.\n"
        )
    };
    let row = |number: usize| format!("| {number} | row {number} |\n");
    let mut text = String::from("## First {#first}\n\n[To the end](#last).\n\n");
    text.extend((1..6000).map(item));
    text.push_str("\n| a | b |\n|---|---|\n");
    text.extend((1..5000).map(row));
    text.push_str("\n## Last {#last}\n\nThe end, [to the beginning](#first).\n\n[^n]: A note.\n");
    let mut book = book(&text);
    // Pages that begin with the first text and with the last one of the chapter.
    let section = book
        .sections
        .iter()
        .position(|it| it.anchor.0 == "chapter-only");
    let texts: Vec<TextId> = book.sections[section.unwrap()]
        .nodes()
        .into_iter()
        .filter_map(|node| match node {
            Node::Text(text) => Some(text.id),
            Node::Anchor(_) | Node::End(_) => None,
        })
        .collect();
    let page = |label: &str, text: TextId| Page {
        label: label.to_owned(),
        start: Some(Position { text, offset: 0 }),
    };
    let pages = PageMap {
        before: 0,
        pages: vec![page("1", texts[0]), page("2", texts[texts.len() - 1])],
    };
    book.meta.title = "Long".to_owned();
    let files = unpack(&epub::epub(&book, Some(&pages), &BTreeMap::new(), None).unwrap());
    let largest = files.values().map(String::len).max().unwrap();
    assert!((200_000..260_000).contains(&largest), "{largest}");
    let package = &files["OEBPS/content.opf"];
    let mut whole = String::new();
    let mut names = Vec::new();
    for name in values(package, |node| node.has_tag_name("itemref"), "idref") {
        let name = name.trim_start_matches("id_").to_owned();
        if name.starts_with("chapter-only") {
            whole.push_str(&xml_text(&files[&format!("OEBPS/{name}")]));
            names.push(name);
        }
    }
    assert!(names.len() > 4, "{names:?}");
    assert!(files["OEBPS/chapter-only.2.xhtml"].contains("<h1>Only (continued, 2)</h1>"));
    let mut at = 0;
    for number in 1..6000 {
        let found = whole[at..].find(&format!("Item {number} with"));
        at += found.unwrap_or_else(|| panic!("item {number}"));
    }
    for number in 1..5000 {
        let found = whole[at..].find(&format!("row {number}"));
        at += found.unwrap_or_else(|| panic!("row {number}"));
    }
    let end = names.last().unwrap();
    let list = files["OEBPS/nav.xhtml"].split("page-list").nth(1).unwrap();
    assert!(list.contains("\"chapter-only.xhtml#page-1\""), "{list}");
    assert!(list.contains(&format!("\"{end}#page-2\"")), "{list}");
    every_link_leads_somewhere(&files);
}

/// Pictures have files of their own whatever their names are.
#[test]
fn pictures_with_similar_names_have_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let names = [
        "a-b.png",
        "a/b.png",
        "a b.png",
        "a_20_b.png",
        "a/20/b.png",
        "ä%20#&.png",
    ];
    let text = names.map(|name| format!("![The picture {name}.](<{name}>)\n\n"));
    small_book(folder.path(), &text.concat());
    fs::create_dir_all(folder.path().join("chapters/a/20")).unwrap();
    let picture = root().join("tests/cases/markup/content/chapters/grey.png");
    for name in names {
        fs::copy(&picture, folder.path().join("chapters").join(name)).unwrap();
    }
    let (project, diagnostics, book) = pipeline(folder.path());
    let book = book.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let bytes = epub::epub(&book, None, &project.images, None).unwrap();
    let archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let stored: BTreeSet<&str> = archive.file_names().collect();
    let files = unpack(&bytes);
    let ids = values(
        &files["OEBPS/content.opf"],
        |node| node.has_tag_name("item"),
        "id",
    );
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let chapter = &files["OEBPS/chapter-only.xhtml"];
    let pictures = values(chapter, |node| node.has_tag_name("img"), "src");
    let shown: BTreeSet<&str> = pictures.iter().map(String::as_str).collect();
    assert_eq!(shown.len(), names.len());
    for source in shown {
        assert!(
            stored.contains(format!("OEBPS/{source}").as_str()),
            "{source}"
        );
        assert!(
            !source.contains([' ', '%', '#', '&']) && source.is_ascii(),
            "{source}"
        );
    }
}

/// The type of the file comes first and is not compressed (EPUB Open Container Format 3.3, 4.3), each name comes once,
/// and no entry has the time of the build.
#[test]
fn the_archive_begins_with_its_type() {
    let bytes = epub::epub(&book("Text."), None, &BTreeMap::new(), Some(b"a picture")).unwrap();
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut names = BTreeSet::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).unwrap();
        assert!(names.insert(entry.name().to_owned()), "{}", entry.name());
        assert_eq!(entry.last_modified(), Some(zip::DateTime::default()));
        let stored = entry.compression() == zip::CompressionMethod::Stored;
        assert_eq!(stored, index == 0, "{}", entry.name());
        assert!(entry.size() > 0, "{}", entry.name());
    }
    assert!(names.contains("META-INF/container.xml") && names.contains("OEBPS/cover.png"));
}

/// The contents and the package hold any text as it is.
#[test]
fn marks_of_xml_in_titles_are_text() {
    let mut book = book("Text.");
    let title = "A < B & \"C\" &amp; ]]>";
    book.meta.title = title.to_owned();
    book.meta.publisher = title.to_owned();
    book.meta.printed = title.to_owned();
    book.sections.last_mut().unwrap().title.text = title.to_owned();
    let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), None).unwrap());
    let shown = |name: &str| {
        let text = xml_text(&files[&format!("OEBPS/{name}")]);
        text.matches(title).count()
    };
    // Title and publisher; the contents and the beginning; the book and the contents.
    assert_eq!(shown("content.opf"), 2);
    assert_eq!(shown("nav.xhtml"), 2);
    assert_eq!(shown("toc.ncx"), 2);
}

/// The identifiers of citations are counted within their section.
#[test]
fn a_new_citation_in_one_chapter_renames_nothing_in_another() {
    let project = load(&root().join("tests/cases/definitions/content"))
        .unwrap()
        .0;
    let made = |project: &Project| {
        let book = assemble(&parse(project).0);
        let sections = epub::sections(&book, None).into_iter();
        let texts = sections.map(|(name, text)| (name, String::from_utf8(text).unwrap()));
        texts.collect::<BTreeMap<String, String>>()
    };
    let ids = |text: &str| {
        let ids = text.split("id=\"cite-").skip(1);
        ids.map(|id| id.split('"').next().unwrap().to_owned())
            .collect::<Vec<String>>()
    };
    let before = made(&project);
    let mut changed = project.clone();
    let mut sources = changed.sources.iter_mut();
    let one = sources.find(|source| source.path.ends_with("chapters/one.md"));
    let one = one.unwrap();
    one.text = one
        .text
        .replace("Not a definition", "A new one [@lang-2000]");
    let after = made(&changed);
    let id = "chapter-one.xhtml";
    assert_eq!(ids(&after[id]).len(), ids(&before[id]).len() + 1);
    let mut cited = 0;
    for (name, text) in before.iter().filter(|(name, _)| *name != id) {
        assert_eq!(ids(text), ids(&after[name]), "{name}");
        cited += ids(text).len();
    }
    assert!(cited > 0);
}

/// A table is one for those who hear it, however it is shown; the names of its columns are before each cell for those
/// who see it as cards, and only for these.
#[test]
fn tables_are_tables_and_cards() {
    let files = unpack(&epub::epub(&handbook(), None, &BTreeMap::new(), None).unwrap());
    let roles = [
        ("table", "table"),
        ("thead", "rowgroup"),
        ("tbody", "rowgroup"),
        ("tr", "row"),
        ("td", "cell"),
    ];
    let mut named = 0;
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        let document = xml(text);
        for table in document.descendants().filter(|it| it.has_tag_name("table")) {
            for part in table.descendants() {
                for (_, role) in roles.iter().filter(|(tag, _)| part.has_tag_name(*tag)) {
                    assert_eq!(part.attribute("role"), Some(*role), "{name}");
                }
                if part.has_tag_name("th") {
                    let wanted = match part.attribute("scope") {
                        Some("col") => "columnheader",
                        _ => "rowheader",
                    };
                    assert_eq!(part.attribute("role"), Some(wanted), "{name}");
                }
            }
            let has = |tag| move |it: &Element| it.has_tag_name(tag);
            let columns = table.descendants().find(has("thead"));
            for cell in columns
                .iter()
                .flat_map(|_| table.descendants().filter(has("td")))
            {
                let label = cell.first_element_child().unwrap();
                assert_eq!(label.attribute("class"), Some("head"), "{name}");
                assert_eq!(label.attribute("aria-hidden"), Some("true"), "{name}");
                named += 1;
            }
        }
    }
    assert!(named > 500, "{named}");
}

/// An engine that cannot measure how much room a table has shows cards: on a page too narrow, columns would be printed
/// on the text beside them. No engine turns the names of columns, which some would show upside down.
#[test]
fn columns_need_an_engine_that_measures() {
    let files = unpack(&epub::epub(&book("Text."), None, &BTreeMap::new(), None).unwrap());
    let styles = ["stylesheet.css", "spoken.css", "columns.css"];
    let [base, spoken, columns] = styles.map(|name| files[&format!("OEBPS/{name}")].clone());
    assert!(base.contains(
        ".table table, .table tbody, .table tr, .table th, .table td { display: block; }"
    ));
    for always in [&base, &spoken] {
        assert!(!always.contains("@container") && !always.contains("display: table"));
    }
    let measured = columns.split_once("@container").unwrap();
    assert!(!measured.0.contains("display:"), "{}", measured.0);
    for style in [base, spoken, columns] {
        assert!(!style.contains("rotate") && !style.contains("writing-mode"));
    }
    let chapter = &files["OEBPS/chapter-only.xhtml"];
    let order = styles.map(|name| chapter.find(&format!("href=\"{name}\"")).unwrap());
    assert!(order.is_sorted(), "{chapter}");
}

/// A chart is told once, as a table with a name; the bars are for the eye, and have no words.
#[test]
fn charts_are_told_once() {
    let files = unpack(&epub::epub(&handbook(), None, &BTreeMap::new(), None).unwrap());
    let mut charts = 0;
    for text in files.values().filter(|text| text.contains("<svg")) {
        let document = xml(text);
        let chart = |it: &Element| it.attribute("class") == Some("table chart");
        for chart in document.descendants().filter(chart) {
            let named = |name| {
                chart
                    .descendants()
                    .filter(move |it| it.tag_name().name() == name)
            };
            let name = named("table").next().unwrap().attribute("aria-label");
            let title = named("p").next().unwrap();
            assert_eq!(title.attribute("class"), Some("caption"));
            assert!(name.is_some_and(|name| name.len() > 5), "{name:?}");
            assert_eq!(named("svg").count(), named("td").count());
            for drawing in named("svg") {
                assert_eq!(drawing.attribute("aria-hidden"), Some("true"));
                assert!(drawing.descendants().all(|it| !it.is_text()));
            }
            charts += 1;
        }
    }
    assert!(charts > 2, "{charts}");
}

/// Wherever pages begin, headings, captions, names of rows and labels are spoken as their words, without the numbers of
/// pages; and each page begins before its first word, behind the last one of the page before.
#[test]
fn marks_of_pages_are_no_part_of_names() {
    let mut book = handbook();
    let kept = [
        "overview",
        "site-bone",
        "chapter-where-sarcomas-spread",
        "references",
    ];
    book.sections
        .retain(|it| kept.contains(&it.anchor.0.as_str()));
    let nodes = book.nodes();
    let texts = nodes.iter().filter_map(|node| match node {
        Node::Text(text) if !text.text.is_empty() => Some((text.id, text.text.clone())),
        Node::Text(_) | Node::Anchor(_) | Node::End(_) => None,
    });
    let texts: BTreeMap<TextId, String> = texts.collect();
    let page = |(number, id): (usize, &TextId)| Page {
        label: (number + 1).to_string(),
        start: Some(Position {
            text: *id,
            offset: 0,
        }),
    };
    let pages = PageMap {
        before: 0,
        pages: texts.keys().enumerate().map(page).collect(),
    };
    let sections = epub::sections(&book, Some(&pages));
    let mut found = BTreeSet::new();
    for (name, bytes) in &sections {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let document = xml(&text);
        for mark in document.descendants() {
            if mark.attribute("role") != Some("doc-pagebreak") {
                continue;
            }
            for above in mark.ancestors() {
                let tag = above.tag_name().name();
                let is_name = ["h1", "h2", "h3", "th", "a", "svg"].contains(&tag);
                let is_label =
                    above.attribute("class") == Some("label") && above.first_child() == Some(mark);
                assert!(!is_name && !is_label, "{name}: {mark:?} in {above:?}");
            }
            found.insert(mark.attribute("aria-label").unwrap().to_owned());
        }
    }
    let lost: BTreeSet<&String> = (texts.values().enumerate())
        .filter(|(number, _)| !found.contains(&(number + 1).to_string()))
        .map(|(_, text)| text)
        .collect();
    assert!(found.len() > 5000, "{}", found.len());
    // The sections that cite some of the articles are not in this book.
    assert_eq!(lost, BTreeSet::from([&"Pages that cite it: ".to_owned()]));
}
