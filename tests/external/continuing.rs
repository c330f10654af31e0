//! What is shown where something goes on: above tables and columns of the index, and above headings.

use fascicle::model::book::Block;

use super::support::{pipeline, root};
use super::words::VARIANTS;
use super::{HANDBOOK, Printed};

#[test]
fn a_table_that_goes_on_says_so_on_each_page_but_its_first() {
    let (project, _, book) = pipeline(&root().join("tests/cases/notes-and-tables/content"));
    let printed = Printed::new(project, book.unwrap());
    let pages = (1..=printed.map.pages.len()).map(|page| printed.page(page));
    let pages: Vec<String> = pages.filter(|page| page.contains("\nRow ")).collect();
    assert!(pages.len() > 2, "{pages:?}");
    for (index, page) in pages.iter().enumerate() {
        let line = page.lines().any(|line| line.trim() == "continued");
        assert_eq!(line, index > 0, "{page}");
    }
}

#[test]
fn a_column_of_the_index_names_the_heading_that_it_goes_on_from() {
    let sections = HANDBOOK.book.sections.iter();
    let blocks = sections.flat_map(|section| &section.blocks);
    let subjects = blocks.filter_map(|block| match block {
        Block::Subjects(groups) => Some(groups.iter().flatten()),
        _ => None,
    });
    let names: Vec<&String> = subjects
        .flatten()
        .filter_map(|it| it.under.as_ref())
        .collect();
    for set in VARIANTS.iter() {
        let pairs = set.sheets.iter().flat_map(|sheet| sheet.words.windows(2));
        let ends = pairs.filter(|pair| pair[1].text == "(continued)");
        let ends: Vec<String> = ends
            .map(|pair| format!("{} {}", pair[0].text, pair[1].text))
            .collect();
        assert!(!ends.is_empty(), "{}", set.variant);
        // Each column can have one.
        assert!(ends.len() <= 2 * set.sheets.len(), "{ends:?}");
        for end in ends {
            assert!(names.iter().any(|name| name.ends_with(&end)), "{end}");
        }
    }
}
