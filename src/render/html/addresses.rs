//! Where the places of a book are once its sections are in files.

use std::collections::BTreeMap;

use super::Element;
use crate::model::book::Anchor;
use crate::render::markup;

/// The address book: file and fragment of each place.
#[derive(Debug, Clone, Default)]
pub struct Addresses(BTreeMap<String, String>);

impl Addresses {
    /// Reads the places from the finished trees, each with the name of its file. A file has the address of its
    /// outermost element.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a Element)>) -> Self {
        let mut addresses = Self::default();
        addresses.add(files);
        addresses
    }

    /// Reads the places of more trees, or of the same as they are now.
    pub fn add<'a>(&mut self, files: impl IntoIterator<Item = (&'a str, &'a Element)>) {
        for (file, tree) in files {
            if let Some(id) = tree.attribute("id") {
                self.0.insert(id.to_owned(), file.to_owned());
            }
            self.note(file, tree);
        }
    }

    fn note(&mut self, file: &str, element: &Element) {
        for child in element.elements() {
            if let Some(id) = child.attribute("id") {
                let address = || format!("{file}#{id}");
                self.0.entry(id.to_owned()).or_insert_with(address);
            }
            self.note(file, child);
        }
    }

    /// The address of a place, if any file has it.
    #[must_use]
    pub fn get(&self, place: &Anchor) -> Option<&str> {
        self.0.get(&place.0).map(String::as_str)
    }

    /// A tree with addresses in the place of anchors.
    #[must_use]
    pub fn link(&self, tree: Element) -> markup::Element {
        tree.linked(&|place| self.get(place).map(str::to_owned))
    }
}

/// The address of a picture by its path below the content folder, of letters that are the same in names of files, in
/// addresses and in identifiers: any other becomes its number, so that no two pictures meet.
#[must_use]
pub fn picture(path: &str) -> String {
    let mut name = String::from("images/");
    for letter in path.chars() {
        match letter {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '.' | '-' => name.push(letter),
            other => name.push_str(&format!("_{:x}_", u32::from(other))),
        }
    }
    name
}
