//! Lines with a tag before each value: the common form of MEDLINE and RIS.

/// The two manners of writing tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `PMID- 2914299`: up to four letters, filled up to four characters.
    Nbib,
    /// `TY  - JOUR`: a letter, and a letter or a digit.
    Ris,
}

impl Dialect {
    /// The tag of a line and its value; `None` for a line that goes on with the one before.
    pub(super) fn tag(self, line: &str) -> Option<(&str, &str)> {
        let dash = line.find('-').filter(|at| (2..=5).contains(at))?;
        let (tag, value) = (line[..dash].trim_end(), &line[dash + 1..]);
        // Some programs leave out the space at the end of a line without a value.
        let value = match value {
            "" => "",
            _ => value.strip_prefix([' ', '\t'])?,
        };
        let capitals = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_tag = match self {
            Self::Nbib => dash == 4 && (2..=4).contains(&tag.len()) && capitals(tag),
            Self::Ris => {
                let is_mark = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
                matches!(tag.as_bytes(), [first, second] if first.is_ascii_uppercase() && is_mark(second))
                    && dash > 2
            }
        };
        is_tag.then(|| (tag, value.trim()))
    }
}

/// One record: its values in their order.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The line in which it begins.
    pub(super) line: usize,
    fields: Vec<(String, String)>,
    /// Whether the last value has ended, whatever follows.
    is_closed: bool,
}

impl Entry {
    /// Adds a value, or goes on with the last one.
    fn add(&mut self, dialect: Dialect, line: &str) {
        if line.trim().is_empty() {
            // In RIS, texts have paragraphs; PubMed ends a record so.
            self.is_closed = dialect == Dialect::Nbib;
            return;
        }
        match (dialect.tag(line), self.fields.last_mut()) {
            (Some((tag, value)), _) => {
                self.fields.push((tag.to_owned(), value.to_owned()));
                self.is_closed = false;
            }
            (None, Some((_, value))) if !self.is_closed => {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(line.trim());
            }
            (None, _) => {}
        }
    }

    /// All values with their tags.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter();
        let filled = fields.filter(|(_, value)| !value.is_empty());
        filled.map(|(tag, value)| (tag.as_str(), value.as_str()))
    }

    /// The values of a tag.
    pub(super) fn values<'a>(&'a self, tag: &str) -> impl Iterator<Item = &'a str> {
        let all = self.all().filter(|(other, _)| *other == tag);
        let values: Vec<&str> = all.map(|(_, value)| value).collect();
        values.into_iter()
    }

    /// The first value of the first of some tags that has one; empty if none has.
    pub(super) fn first(&self, tags: &[&str]) -> &str {
        let mut found = tags.iter().filter_map(|tag| self.values(tag).next());
        found.next().unwrap_or_default()
    }
}

/// The records of a text, each of which begins with one of the tags `begins`; what stands before the first is of no record.
pub(super) fn entries(text: &str, dialect: Dialect, begins: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let tag = dialect.tag(line).map(|(tag, _)| tag);
        if tag == Some(begins) {
            entries.push(Entry {
                line: index + 1,
                ..Entry::default()
            });
        }
        if let Some(entry) = entries.last_mut() {
            entry.add(dialect, line);
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_with_its_record() {
        let text = "PMID- 1\nLID - 10.1/2 [doi]\n\nFrom a mail.\nTI  - One\n      title\n";
        let read = entries(text, Dialect::Nbib, "PMID");
        let of = |tag: &str| read[0].values(tag).collect::<Vec<_>>();
        assert_eq!(
            (of("LID"), of("TI")),
            (vec!["10.1/2 [doi]"], vec!["One title"])
        );
    }

    #[test]
    fn a_line_with_a_tag_begins_with_two_of_its_letters() {
        for (line, tag) in [
            ("TY  - JOUR", Some(("TY", "JOUR"))),
            ("A1  -", Some(("A1", ""))),
            ("à - la lumière", None),
            ("é1  - ", None),
            ("T  - x", None),
        ] {
            assert_eq!(Dialect::Ris.tag(line), tag, "{line}");
        }
    }
}
