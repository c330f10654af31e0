//! What a reader of the finished PDF sees, by poppler, and what a phone reads in a QR code, by zbar.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../suite/commonmark.rs"]
mod commonmark;
#[allow(dead_code, reason = "shared with the suite, which uses the rest")]
#[path = "../suite/support.rs"]
mod support;

#[allow(dead_code, reason = "shared with the benchmark, which uses the rest")]
#[path = "../bench/synthetic.rs"]
mod synthetic;

mod continuing;
mod cover;
mod indexes;
mod links;
mod notes;
mod order;
mod pictures;
mod same;
mod saved;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use fascicle::load::Project;
use fascicle::model::Variant;
use fascicle::model::book::{Block, Book, Entry, Handout, Kind, Node, Section, Topic, plain_text};
use fascicle::render::{PageMap, epub, typst};
use proptest::prelude::*;
use tempfile::TempDir;
use usvg::roxmltree;

use support::{escaped, pipeline, root, small_book, unpack, xml};

/// The handbook in `content/`, and its PDF in A4.
static HANDBOOK: LazyLock<Printed> = LazyLock::new(|| {
    let (project, _, book) = pipeline(&root().join("content"));
    Printed::new(project, book.expect("the handbook has no error"))
});

/// A book and its PDF.
struct Printed {
    project: Project,
    book: Book,
    map: PageMap,
    folder: TempDir,
}

impl Printed {
    fn new(project: Project, book: Book) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pdf = typst::pdf(&book, &project.images).unwrap();
        std::fs::write(folder.path().join("book.pdf"), pdf.bytes).unwrap();
        Self {
            project,
            book,
            map: pdf.pages,
            folder,
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("book.pdf")
    }

    /// The objects of the PDF, by qpdf.
    fn objects(&self) -> serde_json::Value {
        let json = output("qpdf", &["--json", "--json-key=qpdf"], &self.path());
        serde_json::from_str(&json).unwrap()
    }

    /// All that stands on a page, from 1, behind the cover.
    fn page(&self, page: usize) -> String {
        let page = (self.map.before + page).to_string();
        let arguments = ["-raw", "-enc", "UTF-8", "-f", &page, "-l", &page];
        let path = self.path();
        let output = Command::new("pdftotext")
            .args(arguments)
            .args([&path, Path::new("-")])
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    }

    /// The body of each page, without white space.
    fn pages(&self) -> Vec<String> {
        let pages = 1..=self.map.pages.len();
        pages
            .map(|page| visible(&pdftotext(&self.path(), Some(self.map.before + page))))
            .collect()
    }
}

/// What a program prints.
fn output(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text of the PDF in `folder`, of one page's body if a page is named.
///
/// The body of a page is what stands between the thumb marks and between the head and the foot of `styles/handbook.typ`,
/// in points. The book on one page, which has the least margins, begins highest.
fn pdftotext(pdf: &Path, page: Option<usize>) -> String {
    let mut command = Command::new("pdftotext");
    if let Some(page) = page {
        let page = page.to_string();
        let body = ["-x", "50", "-y", "60", "-W", "495", "-H", "730"];
        command.args(["-f", &page, "-l", &page]).args(body);
    }
    let output = command
        .arg("-raw")
        .args(["-enc", "UTF-8"])
        .arg(pdf)
        .arg("-")
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// The first word, without the marks of lists, labels, links and brackets.
fn first_word(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    });
    words
        .into_iter()
        .find(|word| !word.is_empty())
        .unwrap_or_default()
}

/// What can be read behind the mark of each page, up to the next one, in files in reading order. What is apart on a page
/// is apart here.
fn words_after_marks(files: &[&str]) -> BTreeMap<String, String> {
    let apart = ["li", "p", "th", "td", "dt", "dd", "text"];
    let mut marks = BTreeMap::new();
    let mut id = String::new();
    for file in files {
        let document = xml(file);
        let mut before = None;
        let body = document
            .descendants()
            .find(|node| node.has_tag_name("body"));
        for node in body.unwrap().descendants() {
            match node.attribute("id") {
                Some(mark) if mark.starts_with("page-") => mark.clone_into(&mut id),
                _ => {}
            }
            let is_apart = |node: &roxmltree::Node| apart.contains(&node.tag_name().name());
            // The names of columns in cells are no text of the book, and a hyphen is where a line may end.
            let is_named = |node: &roxmltree::Node| node.attribute("class") == Some("head");
            if node.ancestors().any(|node| is_named(&node)) {
                continue;
            }
            if let (true, Some(text)) = (node.is_text(), node.text()) {
                let text = &text.replace('\u{ad}', "");
                let block = node.ancestors().find(is_apart).map(|node| node.id());
                let words: &mut String = marks.entry(id.clone()).or_default();
                if block != before {
                    words.push(' ');
                }
                words.push_str(text);
                before = block;
            }
        }
    }
    marks
}

/// The files of the sections; those of long ones have numbers.
fn in_reading_order<'a>(book: &Book, files: &'a BTreeMap<String, String>) -> Vec<&'a str> {
    let of_section = |section: &Section| {
        let name = format!("OEBPS/{}", section.anchor.0);
        let first = files.get(&format!("{name}.xhtml"));
        let others = (2..).map_while(move |number| files.get(&format!("{name}.{number}.xhtml")));
        first.into_iter().chain(others).map(String::as_str)
    };
    book.sections.iter().flat_map(of_section).collect()
}

/// Every page of the EPUB's page list begins with the word that the page of the PDF begins with.
#[test]
fn pages_begin_with_the_same_word_in_both_formats() {
    let printed = &*HANDBOOK;
    let book = &printed.book;
    let path = printed.path();
    let files =
        unpack(&epub::epub(book, Some(&printed.map), &printed.project.images, None).unwrap());
    let whole = in_reading_order(book, &files);
    let marks = words_after_marks(&whole);
    let blocks = book.sections.iter().flat_map(Section::all_blocks);
    let headers: Vec<String> = blocks.flat_map(order::headers).collect();
    let mut differ = Vec::new();
    for (index, page) in printed.map.pages.iter().enumerate() {
        if page.start.is_none() {
            continue;
        }
        let id = format!("page-{}", page.label);
        let after = marks.get(&id).unwrap_or_else(|| panic!("no {id}"));
        let epub = first_word(after);
        let text = pdftotext(&path, Some(printed.map.before + index + 1));
        // The numbers of an entry of an index may go on from the page before: they are no text of the book.
        let numbers = |it: char| it.is_ascii_digit() || ",–\n ".contains(it);
        let pdf = first_word(&text);
        let behind = first_word(text.trim_start_matches(numbers));
        // The heads of a table come again on each of its pages, but not in the EPUB.
        let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_behind_heads = headers.iter().any(|heads| {
            let rest = letters.strip_prefix(heads.as_str());
            rest.is_some_and(|rest| rest.to_lowercase().starts_with(&epub))
        });
        // A table or an index that goes on says so, and what.
        let goes_on = text.split_once(book.meta.continued.as_str());
        let goes_on = goes_on.filter(|(before, _)| before.chars().count() < 80);
        let is_behind_that = goes_on.is_some_and(|(_, rest)| {
            let rest = rest.trim_start_matches(|it: char| !it.is_alphanumeric());
            first_word(rest) == epub
                || headers.iter().any(|heads| {
                    let letters: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
                    let rest = letters.strip_prefix(heads.as_str());
                    rest.is_some_and(|rest| rest.to_lowercase().starts_with(&epub))
                })
        });
        if epub != pdf && epub != behind && !is_behind_heads && !is_behind_that {
            differ.push(format!("page {}: PDF {pdf:?}, EPUB {epub:?}", page.label));
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
}

/// The pages of each example of the CommonMark specification show the text of the EPUB, and besides it only the marks
/// of lists and rules.
#[test]
fn any_markdown_has_the_same_text_in_both_formats() {
    let folder = tempfile::tempdir().unwrap();
    let (book, _) = commonmark::book(&folder.path().join("book"), &commonmark::examples());
    let printed = typst::pdf(&book, &BTreeMap::new()).unwrap();
    let path = folder.path().join("book.pdf");
    std::fs::write(&path, &printed.bytes).unwrap();
    let places = printed.pages.places(&book);
    let files = unpack(&epub::epub(&book, None, &BTreeMap::new(), None).unwrap());
    let mut checked = 0;
    for (section, next) in book.sections.iter().zip(book.sections.iter().skip(1)) {
        let name = &section.anchor.0;
        if !name.starts_with("chapter-example-") {
            continue;
        }
        let pages = places[&section.anchor]..=places[&next.anchor];
        let pages: String = pages
            .map(|page| printed.pages.before + page + 1)
            .map(|page| visible(&pdftotext(&path, Some(page))))
            .collect();
        // What runs on before it on the same page is not its own.
        let (_, behind) = pages.split_once(&visible(&section.title.text)).unwrap();
        let next = visible(&next.title.text);
        let mut rest = behind.split_once(&next).map_or(behind, |(own, _)| own);
        let mut besides = String::new();
        for block in commonmark::body(&files[&format!("OEBPS/{name}.xhtml")]) {
            let block = visible(&block);
            let found = rest.split_once(&block);
            let (before, after) =
                found.unwrap_or_else(|| panic!("{name}: no {block:?} in {rest:?}"));
            besides.push_str(before);
            rest = after;
        }
        besides.push_str(rest);
        let marks = |letter: char| letter.is_ascii_digit() || ".•‣–∗☐☒".contains(letter);
        assert!(
            besides.chars().all(marks),
            "{name}: {besides:?} besides the text"
        );
        checked += 1;
    }
    assert!(checked > 400, "{checked}");
}

/// Brackets, lists and the site index are on the pages.
#[test]
fn a_reader_of_the_pdf_finds_brackets_lists_and_indexes() {
    let text = pdftotext(&HANDBOOK.path(), None);
    for wanted in [
        "sarcoma · autopsy series",
        "other cancers · review",
        "PMID 2914299",
        "For the latest, search PubMed for",
        "The book on one page",
        "[One case, and not followed for long.]",
    ] {
        assert!(text.replace('\u{a0}', " ").contains(wanted), "{wanted}");
    }
}

/// The pages of each section show the references of its list, each on two lines at most, and the page of each article is
/// the one that is named.
#[test]
fn each_list_in_the_pdf_is_the_list_of_its_section() {
    let printed = &*HANDBOOK;
    let book = &printed.book;
    let pages = printed.pages();
    let places = printed.map.places(book);
    let mut checked = 0;
    for (section, next) in book.sections.iter().zip(book.sections.iter().skip(1)) {
        let text = pages[places[&section.anchor]..=places[&next.anchor]].concat();
        let lists = section.blocks.iter().filter_map(|block| match block {
            Block::References(entries) => Some(entries),
            _ => None,
        });
        for entry in lists.flatten() {
            let page = entry.page.as_ref().unwrap();
            let label = &printed.map.pages[places[&page.target]].label;
            let line = format!("{}{}{label}", plain_text(&entry.content), page.label.text);
            assert!(
                text.contains(&visible(&line)),
                "{}: {line}",
                section.anchor.0
            );
            checked += 1;
        }
    }
    assert!(checked > 500, "{checked}");
}

/// At the head of each page of articles stand the keys of the first and the last article on it.
#[test]
fn guide_words_name_the_first_and_the_last_article_of_a_page() {
    let printed = &*HANDBOOK;
    let places = printed.map.places(&printed.book);
    let section = (printed.book.sections.iter()).find(|it| it.kind == Kind::References);
    let entries: Vec<&Entry> = (section.unwrap().blocks.iter())
        .filter_map(|block| match block {
            Block::Articles(entries) => Some(entries),
            _ => None,
        })
        .flatten()
        .collect();
    let first = places[&entries[0].anchor];
    let last = places[&entries[entries.len() - 1].anchor];
    // The first page has its title there.
    for page in first + 1..=last {
        let begins = |entry: &&&Entry| places[&entry.anchor] == page;
        let Some(closing) = entries.iter().rev().find(begins) else {
            continue;
        };
        let head = printed.page(page + 1);
        // The name of the section, the number of the page and the words may be lines of their own.
        let head: Vec<&str> = head.lines().take(5).collect();
        let head = visible(&head.concat());
        let key = visible(&closing.key.text);
        assert!(head.contains(&key), "page {page}: {head}, not {key}");
    }
    assert!(last - first > 50);
}

/// Every word of every variant stands within the margins, or is a thumb mark.
#[test]
fn words_are_within_the_margins() {
    let book = &HANDBOOK.book;
    // Margins at the back, at the outer edge, and on both sides of what is wider, in points.
    for (variant, inside, outside, across) in [
        (Variant::A4, 116.2, 104.9, 51.0),
        (Variant::Letter, 124.6, 113.2, 51.0),
        (Variant::LargePrint, 73.7, 62.3, 42.5),
        (Variant::Screen, 25.5, 25.5, 25.5),
    ] {
        let set = words::VARIANTS.iter().find(|set| set.variant == variant);
        let set = set.unwrap();
        // The book on one page, the contents and the techniques of a site at a glance are wider.
        let places = set.pages.places(book);
        let wide: BTreeSet<usize> = (book.sections.iter())
            .filter(|it| matches!(it.kind, Kind::Overview | Kind::Contents | Kind::Site))
            .flat_map(|it| places[&it.anchor]..places[&it.anchor] + 2)
            .collect();
        let mut words = 0;
        for (page, sheet) in set.numbered().iter().enumerate() {
            let width = sheet.width;
            let (from, to) = match page % 2 {
                _ if wide.contains(&page) => (across, width - across),
                1 => (outside, width - inside),
                _ => (inside, width - outside),
            };
            for word in &sheet.words {
                let thumb = word.right < 60.0 || word.left > width - 60.0;
                let between = word.left > from - 1.0 && word.right < to + 1.0;
                let within = between && word.bottom < sheet.height - 20.0;
                assert!(thumb || within, "{variant}, page {page}: {word:?}");
                words += 1;
            }
        }
        assert!(words > 50_000, "{words}");
    }
}

/// A screen reader hears the text of a handout in the order of its nodes. (For the whole book, see `order.rs`.)
#[test]
fn the_tag_tree_is_in_reading_order() {
    let Printed { project, book, .. } = &*HANDBOOK;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("handout.pdf");
    for handout in &book.handouts {
        let manuscript = typst::Manuscript::handout(
            handout,
            &typst::HandoutLook::of(&handout.meta),
            &project.images,
        );
        std::fs::write(&path, manuscript.set(Variant::A4).unwrap().bytes).unwrap();
        let heard = visible(&spoken(&output("pdfinfo", &["-struct-text"], &path)));
        let beside = handout
            .lookup
            .iter()
            .map(|lookup| Node::Text(&lookup.label));
        let beside = beside.chain([Node::Text(&handout.about)]);
        let references = Section {
            blocks: handout.references.clone(),
            footnotes: Vec::new(),
            ..handout.section.clone()
        };
        let fields = handout.fields.iter().map(Node::Text);
        // What leads on follows the title.
        let title = [Node::Text(&handout.section.title)].into_iter();
        let section = handout.section.nodes().into_iter().skip(2);
        let order = fields.chain(title).chain(beside).chain(section);
        // The title stands once.
        let order = order.chain(references.nodes().into_iter().skip(2));
        let mut at = 0;
        for node in order {
            let Node::Text(text) = node else { continue };
            let text = visible(&text.text);
            let after = &heard[at..];
            let found = after.find(&text);
            let found = found.unwrap_or_else(|| panic!("{text:?} is not in {after:?}"));
            // Marks of lists and signs of brackets.
            let between = after[..found].chars();
            let letters: String = between.filter(|c| c.is_alphabetic()).collect();
            assert!(letters.is_empty(), "{letters:?} before {text:?}");
            at += found + text.len();
        }
    }
}

/// The file is sound, what is no stream is packed, and bookmarks are shown beside the pages.
#[test]
fn the_file_is_packed_and_sound() {
    let printed = &*HANDBOOK;
    let checked = Command::new("qpdf")
        .arg("--check")
        .arg(printed.path())
        .output();
    assert!(checked.unwrap().status.success());
    let file = std::fs::read(printed.path()).unwrap();
    let objects = file.windows(7).filter(|it| it == b"\nendobj").count();
    let pages = printed.map.pages.len();
    // The text of each page, the streams, and the parts of fonts.
    assert!(objects < pages + 100, "{objects} for {pages} pages");
    let json = printed.objects();
    let root = order::File::new(&json).root();
    assert_eq!(root["/PageMode"], "/UseOutlines");
}

/// The tags of each kind of text, as a screen reader meets them.
#[test]
fn every_kind_of_text_has_its_tags() {
    let folder = tempfile::tempdir().unwrap();
    small_book(
        folder.path(),
        &std::fs::read_to_string(root().join("tests/external/tags.md")).unwrap(),
    );
    let image = root().join("tests/cases/ten-mistakes/content/chapters/picture.png");
    std::fs::copy(image, folder.path().join("chapters/dot.png")).unwrap();
    let (project, diagnostics, book) = pipeline(folder.path());
    let book = book.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let printed = Printed::new(project, book);
    let tree = output("pdfinfo", &["-struct-text"], &printed.path());
    let tree: Vec<&str> = tree
        .lines()
        // Numbers of objects and places on the page change with everything.
        .filter(|line| !line.contains("Object ") && !line.contains("/BBox"))
        .collect();
    let tree = tree.join("\n") + "\n";
    let expected = root().join("tests/external/tags.txt");
    if std::env::var_os("FASCICLE_BLESS").is_some() {
        std::fs::write(&expected, &tree).unwrap();
    }
    assert_eq!(tree, std::fs::read_to_string(&expected).unwrap());
}

/// The strings in what `pdfinfo -struct-text` prints.
fn spoken(tree: &str) -> String {
    let strings = tree.lines().filter_map(|line| {
        let line = line.trim_start().strip_prefix('"')?;
        line.strip_suffix('"')
    });
    strings.collect()
}

/// Each handout has its questions, its references and a QR code that leads to exactly these on PubMed.
#[test]
fn handouts_hold_what_a_doctor_is_shown() {
    let Printed { project, book, .. } = &*HANDBOOK;
    let folder = tempfile::tempdir().unwrap();
    let mut codes = 0;
    for handout in &book.handouts {
        let name = handout.topic.to_string();
        let manuscript = typst::Manuscript::handout(
            handout,
            &typst::HandoutLook::of(&handout.meta),
            &project.images,
        );
        let printed = manuscript.set(Variant::A4).unwrap();
        assert!((1..=14).contains(&printed.pages.pages.len()), "{name}");
        let path = folder.path().join("handout.pdf");
        std::fs::write(&path, &printed.bytes).unwrap();
        let text = visible(&pdftotext(&path, None));
        let mut wanted = vec!["This handbook is not medical advice.", &book.meta.title];
        if !matches!(handout.topic, Topic::Site(_)) {
            wanted.extend(["What it is", "Questions to ask your doctor"]);
        }
        if matches!(handout.topic, Topic::SiteTechnique(..)) {
            wanted.extend([
                "Name",
                "Date",
                "What was found",
                "Risks",
                "What is not known",
            ]);
        }
        // Its sheets are told from those of other handouts.
        let printed_text = pdftotext(&path, None);
        let title = visible(&handout.section.title.text);
        let pages = printed_text.trim_end_matches('\u{c}').split('\u{c}');
        for page in pages.skip(1) {
            assert!(visible(page).starts_with(&title), "{name}: {page}");
        }
        for line in printed_text.lines() {
            let last = line.split_whitespace().last().unwrap_or_default();
            let is_torn = last.ends_with('-') && last.contains('/');
            assert!(!is_torn, "an address is torn behind a hyphen: {line}");
        }
        let edition = format!("Edition {}", book.meta.edition);
        for wanted in wanted.into_iter().chain([edition.as_str()]) {
            assert!(text.contains(&visible(wanted)), "{name}: {wanted}");
        }
        let references = &references_of(handout);
        let pmids: Vec<String> = references.iter().filter_map(|[_, it]| pmid(it)).collect();
        for reference in references.iter().flatten() {
            assert!(text.contains(&visible(reference)), "{name}: {reference}");
        }
        assert_eq!(handout.lookup.is_some(), !pmids.is_empty(), "{name}");
        if !pmids.is_empty() {
            let page = folder.path().join("page");
            let arguments = ["-r", "150", "-f", "1", "-l", "1", "-singlefile", "-png"];
            let status = Command::new("pdftoppm")
                .args(arguments)
                .args([&path, &page])
                .status();
            assert!(status.unwrap().success());
            let read = output("zbarimg", &["-q", "--raw"], &page.with_extension("png"));
            let numbers = read.trim().rsplit('=').next().unwrap().split('+');
            // The nearest articles come first in both, but those of the text stand behind those of the list.
            let numbers: BTreeSet<&str> = numbers.collect();
            let listed: BTreeSet<&str> = pmids.iter().map(AsRef::as_ref).collect();
            assert_eq!(numbers, listed, "{name}: {read}");
            assert!(
                read.starts_with("https://pubmed.ncbi.nlm.nih.gov/?term="),
                "{read}"
            );
            codes += 1;
        }
    }
    assert!(codes > 25, "{codes}");
}

/// The references of a handout, as they are printed: the title and the links of each.
fn references_of(handout: &Handout) -> Vec<[String; 2]> {
    let mut references = Vec::new();
    for block in &handout.references {
        match block {
            Block::References(entries) => references.extend(entries.iter().map(|entry| {
                let text = plain_text(&entry.content);
                [text.clone(), text]
            })),
            Block::Articles(entries) => references.extend(
                entries
                    .iter()
                    .map(|entry| [plain_text(&entry.title), plain_text(&entry.identifiers)]),
            ),
            _ => {}
        }
    }
    references
}

/// The number after `PMID` in a reference.
fn pmid(reference: &str) -> Option<String> {
    let after = reference.split("PMID\u{a0}").nth(1)?;
    Some(after.chars().take_while(char::is_ascii_digit).collect())
}

/// Nothing in large print is smaller than 16 points.
#[test]
fn large_print_is_large() {
    let Printed { project, book, .. } = &*HANDBOOK;
    let printed = typst::Manuscript::new(book, &project.images).set(Variant::LargePrint);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.pdf");
    std::fs::write(&path, printed.unwrap().bytes).unwrap();
    let text = output("pdftohtml", &["-xml", "-stdout", "-i", "-zoom", "1"], &path);
    let sizes: BTreeSet<u32> = (text.lines().filter(|line| line.contains("<fontspec")))
        .map(|line| line.split("size=\"").nth(1).unwrap())
        .map(|size| size.split('"').next().unwrap().parse().unwrap())
        .collect();
    assert!(
        sizes.contains(&18) && sizes.iter().all(|size| *size >= 16),
        "{sizes:?}"
    );
}

/// Characters that are shown, without white space and what only shapes other characters.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(*c, '\u{ad}' | '\u{200b}'..='\u{200f}'))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any left-to-right text comes back equal from the PDF.
    #[test]
    fn text_comes_back_equal_from_the_pdf(
        paragraphs in prop::collection::vec(
            "[!-~]{1,12}( [!-~]{1,12}){0,8}|[a-zà-öø-ÿĀ-žΑ-ωА-я0-9 ,.;:!?–—“”‘’…€%()/-]{1,60}",
            20,
        )
    ) {
        let folder = tempfile::tempdir().unwrap();
        let body: Vec<String> = paragraphs
            .iter()
            .enumerate()
            .map(|(index, text)| format!("begin{index}q{}qend", escaped(text)))
            .collect();
        small_book(folder.path(), &body.join("\n\n"));
        let (project, diagnostics, book) = pipeline(folder.path());
        let Some(book) = book else {
            prop_assert!(diagnostics.iter().any(|d| d.code.name() == "unsupported-character"));
            return Ok(());
        };
        let printed = Printed::new(project, book);
        // Page numbers and running heads may come between the lines of a paragraph.
        let found = printed.pages().concat();
        for (index, text) in paragraphs.iter().enumerate() {
            let wanted = visible(&format!("begin{index}q{text}qend"));
            prop_assert!(found.contains(&wanted), "{wanted} in {found}");
        }
    }
}
