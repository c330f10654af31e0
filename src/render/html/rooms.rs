//! How much room a table needs to show its columns side by side, and the styles that show them so where there is as
//! much.
//!
//! Only a container query measures the room: the page may be in columns, and the text larger than the device has it. So
//! an engine that knows none keeps the cards of `epub.css`.

use super::Node;
use crate::styles;

/// Widths for which there are styles, in ems of the reader's letters.
const STEPS: [usize; 12] = [16, 19, 22, 25, 28, 31, 34, 38, 43, 48, 54, 60];

/// The class in `columns.css`, in the place of that of each step.
const CLASS: &str = "room-16";

/// The width in it.
const WIDTH: &str = "16em";

/// What is between two columns, in hundredths of an em: of texts, and of signs and numbers.
pub(super) const OF_TEXTS: usize = 80;
pub(super) const OF_SIGNS: usize = 40;

/// Letters of a word, and of a cell, for which a column has room at least; longer cells go on in a second line.
const WORDS: usize = 14;

/// The lengths of what is in a column, in letters.
pub(super) struct Column {
    name: usize,
    word: usize,
    cell: usize,
}

impl Column {
    /// The column of these cells. Its name may be on several lines.
    pub(super) fn of(name: &str, cells: impl Iterator<Item = String>) -> Self {
        let letters = |text: &str| text.chars().count();
        // Spaces that do not break tie words to one.
        let word = |text: &str| text.split(' ').map(letters).max().unwrap_or_default();
        let mut column = Self {
            name: word(name),
            word: 0,
            cell: 0,
        };
        for cell in cells {
            column.word = column.word.max(word(&cell));
            column.cell = column.cell.max(letters(&cell));
        }
        column
    }

    /// What it needs, in hundredths of an em: a letter of a wide font has 57, of a bold one 62, and 52 of those of many.
    fn room(&self) -> usize {
        let words = (62 * self.name).max(57 * self.word);
        words.max(52 * self.cell.min(WORDS))
    }
}

/// What is seen of some nodes.
pub(super) fn words(nodes: &[Node]) -> String {
    let seen = |node: &Node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(element) if element.attribute("class") == Some("spoken") => String::new(),
        Node::Element(element) => words(element.nodes()),
    };
    nodes.iter().map(seen).collect()
}

/// The class of a table with these columns, a `gap` apart: none of the steps if no page is as wide.
pub(super) fn class(columns: impl IntoIterator<Item = Column>, gap: usize) -> String {
    let room: usize = columns.into_iter().map(|column| column.room() + gap).sum();
    // Letters in tables are a little smaller.
    let room = room * 95 / 100;
    match STEPS.iter().find(|step| room <= **step * 100) {
        Some(step) => format!("room-{step}"),
        None => "cards".to_owned(),
    }
}

/// The styles of tables with room, from those of the first step.
#[must_use]
pub fn stylesheet() -> String {
    let rules = styles::get("columns.css").unwrap_or_default();
    let (intro, rules) = rules.split_once("\n\n@container").unwrap_or((rules, ""));
    let steps = STEPS.iter().map(|step| {
        let rules = rules.replace(CLASS, &format!("room-{step}"));
        format!("@container{}", rules.replace(WIDTH, &format!("{step}em")))
    });
    format!("{intro}\n\n{}", steps.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class_of(columns: &[&[&str]]) -> String {
        let cells =
            |column: &&[&str]| Column::of("Name", column.iter().map(|&cell| cell.to_owned()));
        class(columns.iter().map(cells), OF_TEXTS)
    }

    #[test]
    fn a_table_has_room_for_its_longest_words() {
        assert_eq!(class_of(&[&["a"], &["b"]]), "room-16");
        let prose = ["one two three four five six seven"].as_slice();
        assert_eq!(class_of(&[prose, prose, prose]), "room-25");
        assert_eq!(
            class_of(&[prose, prose, &["a\u{a0}word\u{a0}of\u{a0}many\u{a0}words"]]),
            "room-28"
        );
        assert_eq!(class_of(&[prose; 12]), "cards");
    }

    #[test]
    fn each_step_has_its_styles() {
        let styles = stylesheet();
        for step in STEPS {
            assert!(styles.contains(&format!(
                "@container (min-width: {step}em) {{\n.room-{step} "
            )));
        }
        assert_eq!(styles.matches("@container (").count(), STEPS.len());
    }
}
