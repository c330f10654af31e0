//! A tree of XML elements, and its one serializer.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Characters, not yet escaped.
    Text(String),
}

/// An XML element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

/// An element without attributes and children.
#[must_use]
pub fn element(name: &'static str) -> Element {
    Element {
        name,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

impl Element {
    /// With an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With an attribute, if there is a value for it.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With one more child.
    #[must_use]
    pub fn child(mut self, child: impl Into<Node>) -> Self {
        self.children.push(child.into());
        self
    }

    /// With more children.
    #[must_use]
    pub fn children<N: Into<Node>>(mut self, children: impl IntoIterator<Item = N>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }
}

impl Element {
    /// Its name.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Gives an attribute another value.
    pub(super) fn set(&mut self, name: &'static str, value: String) {
        match self.attributes.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name, value)),
        }
    }

    /// Takes an attribute away.
    pub(super) fn remove(&mut self, name: &str) {
        self.attributes.retain(|(other, _)| *other != name);
    }

    /// Takes the children out.
    pub(super) fn take_children(&mut self) -> Vec<Node> {
        std::mem::take(&mut self.children)
    }

    /// The children that are elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The same, to be changed.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Whether it is or holds an element of a name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.name == name || self.elements().any(|child| child.holds(name))
    }

    /// How many bytes it is long when it is written, or a few less.
    pub(super) fn size(&self) -> usize {
        let attribute = |(name, value): &(&str, String)| name.len() + escaped(value) + 4;
        let attributes: usize = self.attributes.iter().map(attribute).sum();
        let children: usize = self.children.iter().map(Node::size).sum();
        2 * self.name.len() + 6 + attributes + children
    }
}

impl Node {
    /// How many bytes it is long when it is written.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Element(element) => element.size(),
            Self::Text(text) => escaped(text),
        }
    }
}

/// The length of a text with its marks escaped.
fn escaped(text: &str) -> usize {
    let marks = text.bytes().filter(|byte| b"<>&\"'".contains(byte));
    text.len() + 5 * marks.count()
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// An XML document with `root`, in UTF-8; `doctype` is put before it.
#[must_use]
pub fn document(root: &Element, doctype: Option<&str>) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    write(
        &mut writer,
        Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)),
    );
    write(&mut writer, Event::Text(BytesText::from_escaped("\n")));
    if let Some(doctype) = doctype {
        write(
            &mut writer,
            Event::DocType(BytesText::from_escaped(doctype)),
        );
        write(&mut writer, Event::Text(BytesText::from_escaped("\n")));
    }
    serialize(&mut writer, root);
    write(&mut writer, Event::Text(BytesText::from_escaped("\n")));
    writer.into_inner()
}

/// An HTML document with `root`, in UTF-8. Its elements are written as XML, which HTML reads the same, as long as only
/// those are empty that HTML calls void.
#[must_use]
pub fn html(root: &Element) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    write(&mut writer, Event::DocType(BytesText::from_escaped("html")));
    write(&mut writer, Event::Text(BytesText::from_escaped("\n")));
    serialize(&mut writer, root);
    write(&mut writer, Event::Text(BytesText::from_escaped("\n")));
    writer.into_inner()
}

fn serialize(writer: &mut Writer<Vec<u8>>, element: &Element) {
    let mut start = BytesStart::new(element.name);
    for (name, value) in &element.attributes {
        start.push_attribute((*name, value.as_str()));
    }
    if element.children.is_empty() {
        return write(writer, Event::Empty(start));
    }
    write(writer, Event::Start(start));
    for child in &element.children {
        match child {
            Node::Element(child) => serialize(writer, child),
            Node::Text(text) => write(writer, Event::Text(BytesText::new(text))),
        }
    }
    write(writer, Event::End(BytesEnd::new(element.name)));
    // A line for each block keeps the files readable; between blocks, white space is not shown.
    if matches!(
        element.name,
        "p" | "li"
            | "tr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "head"
            | "title"
            | "item"
            | "itemref"
            | "meta"
            | "navPoint"
            | "caption"
            | "thead"
            | "figcaption"
    ) {
        write(writer, Event::Text(BytesText::from_escaped("\n")));
    }
}

/// Writing to memory does not fail.
fn write(writer: &mut Writer<Vec<u8>>, event: Event<'_>) {
    let written = writer.write_event(event);
    debug_assert!(written.is_ok());
}
