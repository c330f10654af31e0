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
