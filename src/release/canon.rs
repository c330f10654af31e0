//! The canonical form of content: bytes that hold what a reader would see, and nothing else.
//!
//! The form is a tree. A node is its name and its children in parentheses, `name(…)`; a text is its name, the number
//! of its bytes in UTF-8, a colon and these bytes, `name5:bytes`. So two trees have the same bytes only if they are
//! the same. The names are part of the form: they never change their meaning, whatever the types of the program are
//! called. Any white space is one blank, and none at the ends of a paragraph.

use crate::digest::{Digest, sha256};

/// A canonical form while it is written.
#[derive(Debug, Default)]
pub struct Canon {
    bytes: Vec<u8>,
    /// Running text that has not been written yet: neighbours are one text.
    run: String,
    /// Whether nothing of the paragraph has been written yet.
    begins: bool,
}

impl Canon {
    /// Writes a node with what `children` writes.
    pub fn node(&mut self, name: &str, children: impl FnOnce(&mut Self)) {
        self.end_run(false);
        self.bytes.extend(name.bytes());
        self.bytes.push(b'(');
        children(self);
        self.end_run(false);
        self.bytes.push(b')');
    }

    /// Writes a text as it is.
    pub fn text(&mut self, name: &str, text: &str) {
        self.end_run(false);
        let start = format!("{name}{}:", text.len());
        self.bytes.extend(start.bytes());
        self.bytes.extend(text.bytes());
    }

    /// Writes a text with one blank for each run of white space, if there is one.
    pub fn some(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.line(name, text);
        }
    }

    /// Writes a text with one blank for each run of white space.
    pub fn line(&mut self, name: &str, text: &str) {
        self.text(name, &squeezed(text));
    }

    /// Writes a node with running text.
    pub fn paragraph(&mut self, name: &str, children: impl FnOnce(&mut Self)) {
        self.node(name, |canon| {
            canon.begins = true;
            children(canon);
            canon.end_run(true);
            canon.begins = false;
        });
    }

    /// Appends running text.
    pub fn characters(&mut self, text: &str) {
        self.run.push_str(text);
    }

    fn end_run(&mut self, last: bool) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let mut text = String::new();
        if !self.begins && run.starts_with(is_blank) {
            text.push(' ');
        }
        text.push_str(&squeezed(&run));
        if !last && run.ends_with(is_blank) && !text.ends_with(' ') {
            text.push(' ');
        }
        if last || self.begins && text == " " {
            text.truncate(text.trim_end_matches(is_blank).len());
        }
        if text.is_empty() {
            return;
        }
        self.begins = false;
        self.bytes.extend(format!("t{}:", text.len()).bytes());
        self.bytes.extend(text.bytes());
    }

    /// The digest of what has been written.
    #[must_use]
    pub fn digest(mut self) -> Digest {
        self.end_run(true);
        sha256(&self.bytes)
    }
}

/// One blank for each run of white space, and none at the ends. A no-break space is not white space: it is seen.
#[must_use]
pub fn squeezed(text: &str) -> String {
    let words = text.split(is_blank).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(write: impl FnOnce(&mut Canon)) -> String {
        let mut canon = Canon::default();
        write(&mut canon);
        canon.end_run(true);
        String::from_utf8(canon.bytes).unwrap()
    }

    #[test]
    fn white_space_is_one_blank() {
        let one = form(|canon| {
            canon.paragraph("p", |canon| {
                canon.characters("  a ");
                canon.characters(" b\n");
                canon.node("emphasis", |canon| canon.characters("c"));
                canon.characters(" \n");
            });
        });
        assert_eq!(one, "p(t4:a b emphasis(t1:c))");
    }

    #[test]
    fn a_blank_at_the_edge_of_an_element_stays() {
        let edge = form(|canon| {
            canon.paragraph("p", |canon| {
                canon.characters("a");
                canon.node("emphasis", |canon| canon.characters(" b"));
                canon.characters(" ");
                canon.node("emphasis", |canon| canon.characters("c"));
            });
        });
        assert_eq!(edge, "p(t1:aemphasis(t2: b)t1: emphasis(t1:c))");
    }

    #[test]
    fn texts_cannot_be_taken_for_nodes() {
        let one = form(|canon| canon.text("a", "b)c1:x"));
        let two = form(|canon| {
            canon.text("a", "b");
            canon.text("c", "x");
        });
        assert_ne!(one, two);
    }
}
