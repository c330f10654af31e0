//! Whoever looks something up in the contents or in an index finds it on the page that is named there.

use std::collections::BTreeMap;

use fascicle::model::Variant;
use fascicle::model::book::{
    Block, IndexEntry, Inline, Kind, Locator, Section, Subject, plain_text,
};
use fascicle::render::epub;
use fascicle::render::typst::Manuscript;

use super::support::{pipeline, xml_text};
use super::synthetic::{Size, handbook};
use super::{HANDBOOK, Printed, pdftotext, visible};

/// The numbers of pages in the contents and in the indexes are the same in both formats.
#[test]
fn both_formats_name_the_same_pages() {
    let printed = &*HANDBOOK;
    let pages = printed.pages();
    let places = printed.map.places(&printed.book);
    let sections = &printed.book.sections;
    let files = epub::sections(&printed.book, Some(&printed.map));
    let files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    let mut checked = BTreeMap::new();
    let mut missing = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        let (opening, closing) = match section.anchor.0.as_str() {
            "overview" => ("<tr", "</tr>"),
            _ => ("<li ", "</li>"),
        };
        if !matches!(section.kind, Kind::Contents | Kind::Part | Kind::Index) {
            continue;
        }
        // The next section may begin on the page where it ends.
        let next = sections.get(index + 1);
        let last = next.map_or(pages.len() - 1, |next| places[&next.anchor]);
        let own = &pages[places[&section.anchor]..=last];
        // In print, leaders or a comma are between a name and its pages.
        let own = own.concat().replace(['.', ','], "");
        let xhtml = files[&format!("{}.xhtml", section.anchor.0)].clone();
        let xhtml = String::from_utf8(xhtml).unwrap();
        let lines = xhtml.split(opening).skip(1);
        for line in lines.filter(|line| line.contains('#') || line.contains(".xhtml")) {
            let line = line.split_once('>').unwrap().1;
            let line = line.split_once(closing).unwrap().0;
            let line = visible(&xml_text(line)).replace(['.', ','], "");
            let name = &section.anchor.0;
            if !own.contains(&line) {
                missing.push(format!("{name} has no line {line} in the PDF"));
            }
            *checked.entry(name.as_str()).or_insert(0) += 1;
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    for (name, least) in [
        ("contents", 40),
        ("technique-index", 80),
        ("subject-index", 300),
    ] {
        assert!(checked.get(name) > Some(&least), "{name}: {checked:?}");
    }
}

/// What is looked up, and where.
struct Entry {
    /// The page says one of each.
    wanted: Vec<Vec<String>>,
    locator: Locator,
}

/// What is looked up is on the page that is named: titles in contents and indexes as they are, words of the glossary
/// and what authors marked in some form.
#[test]
fn indexed_words_are_on_their_pages() {
    let printed = &*HANDBOOK;
    let pages = 1..=printed.map.pages.len();
    let pages: Vec<String> = pages
        .map(|page| visible(&printed.page(page)).to_lowercase())
        .collect();
    let places = printed.map.places(&printed.book);
    let entries = entries(&printed.book.sections);
    let mut missing = Vec::new();
    for Entry { wanted, locator } in &entries {
        let from = places[&locator.from];
        let to = locator.to.as_ref().map_or(from, |to| places[to]);
        let pages = pages[from..=to].concat();
        let label = &printed.map.pages[from].label;
        let says = |word: &String| pages.contains(&visible(word).to_lowercase());
        for words in wanted {
            if !words.iter().any(says) {
                missing.push(format!("page {label}: one of {words:?}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(entries.len() > 800, "{}", entries.len());
}

/// All that readers can look up.
fn entries(sections: &[Section]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Index(lines) => entries.extend(lines.iter().flat_map(contents)),
            Block::Table(table) => {
                let rows = table.rows.iter();
                entries.extend(rows.flat_map(|row| matrix(&table.header, row, sections)));
            }
            Block::Subjects(groups) => {
                entries.extend(groups.iter().flat_map(|group| subjects(group, sections)));
            }
            _ => {}
        }
    }
    entries
}

/// A line of contents or of the index of techniques: the page has its words, as a heading or above the text.
fn contents(line: &IndexEntry) -> Vec<Entry> {
    let locators = line.targets.iter();
    let entry = |locator: &Locator| Entry {
        wanted: vec![vec![plain_text(&line.content)]],
        locator: locator.clone(),
    };
    locators.map(entry).collect()
}

/// A row of a table of techniques: each page has the technique and, where the column is a site, the site.
fn matrix(header: &[Vec<Inline>], row: &[Vec<Inline>], sections: &[Section]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (column, cell) in header.iter().zip(row) {
        let [Inline::Pages(locators)] = cell.as_slice() else {
            continue;
        };
        let site = plain_text(column);
        let site = sections.iter().find(|section| section.title.text == site);
        let names = [plain_text(&row[0])].into_iter();
        let names = names.chain(site.map(|site| site.title.text.clone()));
        let wanted: Vec<_> = names.map(|name| vec![name]).collect();
        entries.extend(locators.iter().map(|locator| Entry {
            wanted: wanted.clone(),
            locator: locator.clone(),
        }));
    }
    entries
}

/// The subjects that begin with a letter.
fn subjects(group: &[Subject], sections: &[Section]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut heading = "";
    for subject in group {
        let [Inline::Text(name), rest @ ..] = subject.content.as_slice() else {
            panic!("{subject:?} has no name");
        };
        if subject.depth == 1 {
            heading = &name.text;
        }
        // The main places are in bold.
        let rest = rest.iter().flat_map(|inline| match inline {
            Inline::Strong(content) => content.as_slice(),
            inline => std::slice::from_ref(inline),
        });
        let locators = rest.filter_map(|inline| match inline {
            Inline::Pages(locators) => Some(locators),
            _ => None,
        });
        for locator in locators.flatten() {
            let title = sections.iter().find(|it| it.anchor == locator.from);
            let title = title.map(|section| vec![section.title.text.clone()]);
            let stems = [heading, &name.text].map(stems);
            entries.push(Entry {
                wanted: title.map_or_else(|| stems.to_vec(), |title| vec![title]),
                locator: locator.clone(),
            });
        }
    }
    entries
}

/// The beginnings of the words of a name, which its other forms share.
fn stems(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.map(str::to_lowercase);
    let words = words.filter(|word| !word.is_empty() && !SMALL.contains(&word.as_str()));
    let stems = words.flat_map(|word| match word.as_str() {
        "death" => vec![word, "died".to_owned()],
        "references" => vec![word, "article".to_owned()],
        _ => vec![word.chars().take(4).collect()],
    });
    stems.collect()
}

/// Words of headings that say nothing of their subject.
const SMALL: [&str; 14] = [
    "a", "and", "by", "from", "how", "in", "is", "it", "of", "ones", "the", "to", "what", "when",
];

/// As the glossary and the indexes have them: each page once, in the order of the book.
#[test]
fn an_article_has_the_number_of_each_page_that_cites_it() {
    let Printed { book, map, .. } = &*HANDBOOK;
    let places = map.places(book);
    let number = |locator: &Locator| map.pages[places[&locator.from]].label.clone();
    let blocks = book.sections.iter().flat_map(|section| &section.blocks);
    let entries = blocks.filter_map(|block| match block {
        Block::Articles(entries) => Some(entries),
        _ => None,
    });
    let numbers = entries.flatten().filter_map(|entry| {
        let mut numbers: Vec<String> = entry.cited.as_ref()?.places.iter().map(number).collect();
        numbers.dedup();
        Some(numbers)
    });
    let numbers: Vec<Vec<String>> = numbers.collect();
    let text = HANDBOOK.pages().concat();
    let lists = text.split("Pagesthatciteit:").skip(1);
    let printed = lists.map(|behind| {
        let end = behind.find(|c: char| !c.is_ascii_digit() && c != ',');
        let list = behind[..end.unwrap()].split(',');
        list.map(str::to_owned).collect()
    });
    let printed: Vec<Vec<String>> = printed.collect();
    assert!(printed.len() > 100, "{}", printed.len());
    assert_eq!(printed, numbers);
}

/// So it is where the name of an article ends with the word that begins the address of a place.
#[test]
fn an_article_named_book_has_the_numbers_of_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size {
        references: 12,
        sites: 2,
        techniques: 3,
    };
    handbook(folder.path(), size).unwrap();
    let articles = folder.path().join("references");
    let file = std::fs::read_dir(&articles).unwrap().next();
    let file = file.unwrap().unwrap().path();
    std::fs::rename(&file, articles.join("rose-1999-book.md")).unwrap();
    let (project, _, book) = pipeline(folder.path());
    let book = book.unwrap();
    let pdf = Manuscript::new(&book, &project.images).set(Variant::A4);
    let path = folder.path().join("book.pdf");
    let pdf = pdf.unwrap();
    std::fs::write(&path, &pdf.bytes).unwrap();
    let places = pdf.pages.places(&book);
    let blocks = book.sections.iter().flat_map(|section| &section.blocks);
    let entries = blocks.filter_map(|block| match block {
        Block::Articles(entries) => Some(entries),
        _ => None,
    });
    let mut entries = entries.flatten();
    let entry = entries.find(|entry| entry.anchor.0.ends_with("-book"));
    let cited = entry.unwrap().cited.as_ref().unwrap();
    let number = |locator: &Locator| pdf.pages.pages[places[&locator.from]].label.as_str();
    let mut numbers: Vec<&str> = cited.places.iter().map(number).collect();
    numbers.dedup();
    assert!(numbers.len() > 1, "{numbers:?}");
    let wanted = visible(&format!("Pages that cite it: {}", numbers.join(", ")));
    let text = visible(&pdftotext(&path, None));
    assert!(text.contains(&wanted), "no {wanted:?}");
}
