//! A tree of elements, its two serializers, [`xml`] and [`html`], and a reader of XML.

use std::borrow::Cow;
use std::convert::Infallible;
use std::error::Error;

use quick_xml::escape::unescape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

/// An element or a text. `L` is what a link leads to, as long as its address is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node<L = Infallible> {
    /// An element.
    Element(Element<L>),
    /// Characters, not yet escaped.
    Text(String),
}

/// An element of XML or HTML. Only one without links to `L`, which is then [`Infallible`], can be serialized:
/// [`Element::linked`] makes it of any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<L = Infallible> {
    name: Cow<'static, str>,
    attributes: Vec<(Cow<'static, str>, Value<L>)>,
    children: Vec<Node<L>>,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value<L> {
    /// Characters, not yet escaped.
    Text(String),
    /// A link whose address is not yet known.
    Link(L),
}

/// An element without attributes and children.
#[must_use]
pub fn element<L>(name: impl Into<Cow<'static, str>>) -> Element<L> {
    Element {
        name: name.into(),
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

impl<L> Element<L> {
    /// With an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes
            .push((name.into(), Value::Text(value.into())));
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

    /// With an attribute that will hold the address of `target`.
    #[must_use]
    pub fn link(mut self, name: &'static str, target: L) -> Self {
        self.attributes.push((name.into(), Value::Link(target)));
        self
    }

    /// With one more child.
    #[must_use]
    pub fn child(mut self, child: impl Into<Node<L>>) -> Self {
        self.children.push(child.into());
        self
    }

    /// With more children.
    #[must_use]
    pub fn children<N: Into<Node<L>>>(mut self, children: impl IntoIterator<Item = N>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    /// The same with an address in the place of each link; a link without one loses its attribute.
    #[must_use]
    pub fn linked(self, address: &impl Fn(&L) -> Option<String>) -> Element {
        let attribute = |(name, value)| match value {
            Value::Text(text) => Some((name, Value::Text(text))),
            Value::Link(target) => address(&target).map(|text| (name, Value::Text(text))),
        };
        let child = |child| match child {
            Node::Element(element) => Node::Element(element.linked(address)),
            Node::Text(text) => Node::Text(text),
        };
        Element {
            name: self.name,
            attributes: self.attributes.into_iter().filter_map(attribute).collect(),
            children: self.children.into_iter().map(child).collect(),
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The value of an attribute that is no link.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(other, _)| *other == name);
        match found {
            Some((_, Value::Text(text))) => Some(text),
            Some((_, Value::Link(_))) | None => None,
        }
    }

    /// Gives an attribute another value.
    pub(super) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        let value = Value::Text(value.into());
        match self.attributes.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((name.into(), value)),
        }
    }

    /// Gives it another name.
    pub(super) fn rename_itself(&mut self, name: &'static str) {
        self.name = Cow::Borrowed(name);
    }

    /// Gives all elements of a name within it another one.
    pub(super) fn rename(&mut self, old: &str, new: &'static str) {
        for child in self.elements_mut() {
            if child.name == old {
                child.name = Cow::Borrowed(new);
            }
            child.rename(old, new);
        }
    }

    /// Takes an attribute away.
    pub(super) fn remove(&mut self, name: &str) {
        self.attributes.retain(|(other, _)| *other != name);
    }

    /// Takes the children out.
    pub(super) fn take_children(&mut self) -> Vec<Node<L>> {
        std::mem::take(&mut self.children)
    }

    /// The children.
    pub(super) fn nodes(&self) -> &[Node<L>] {
        &self.children
    }

    /// The children that are elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of a name within it, and within that, in reading order.
    pub(super) fn find_mut(&mut self, name: &str) -> Option<&mut Self> {
        for element in self.elements_mut() {
            if element.name == name {
                return Some(element);
            }
            if let Some(found) = element.find_mut(name) {
                return Some(found);
            }
        }
        None
    }

    /// The children that are elements, to be changed.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Adds a child; a text goes on with one before it.
    pub(super) fn push(&mut self, child: impl Into<Node<L>>) {
        match (self.children.last_mut(), child.into()) {
            (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
            (_, child) => self.children.push(child),
        }
    }

    /// The same without texts of white space alone.
    fn without_blanks(mut self) -> Self {
        let is_blank =
            |child: &Node<L>| matches!(child, Node::Text(text) if text.trim().is_empty());
        self.children.retain(|child| !is_blank(child));
        self
    }

    /// Whether it is or holds a link to `target`.
    pub(super) fn leads_to(&self, target: &L) -> bool
    where
        L: PartialEq,
    {
        let mut values = self.attributes.iter().map(|(_, value)| value);
        values.any(|value| matches!(value, Value::Link(link) if link == target))
            || self.elements().any(|child| child.leads_to(target))
    }

    /// Whether it is or holds an element of a name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.name == name || self.elements().any(|child| child.holds(name))
    }

    /// How many bytes it is long when it is written, or a few less; `link` is the length of the address of a link.
    pub(super) fn size(&self, link: &impl Fn(&L) -> usize) -> usize {
        let attribute = |(name, value): &(Cow<str>, Value<L>)| {
            let value = match value {
                Value::Text(text) => escaped(text),
                Value::Link(target) => link(target),
            };
            name.len() + value + 4
        };
        let attributes: usize = self.attributes.iter().map(attribute).sum();
        let children: usize = self.children.iter().map(|child| child.size(link)).sum();
        2 * self.name.len() + 6 + attributes + children
    }
}

impl<L> Node<L> {
    /// How many bytes it is long when it is written; see [`Element::size`].
    pub(super) fn size(&self, link: &impl Fn(&L) -> usize) -> usize {
        match self {
            Self::Element(element) => element.size(link),
            Self::Text(text) => escaped(text),
        }
    }
}

/// The length of a text with its marks escaped.
fn escaped(text: &str) -> usize {
    let is_mark = |byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'');
    let marks: usize = text.bytes().map(|byte| usize::from(is_mark(byte))).sum();
    text.len() + 5 * marks
}

impl<L> From<Element<L>> for Node<L> {
    fn from(element: Element<L>) -> Self {
        Self::Element(element)
    }
}

impl<L> From<&str> for Node<L> {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<L> From<String> for Node<L> {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// How elements are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// An element without children is one tag: `<span/>`.
    Xml,
    /// Only [`VOID`] elements have no end tag. There are no namespaces: attributes that have a prefix, as `xml:lang`
    /// and `epub:type` do, are left out.
    Html,
}

/// The elements of HTML that have no end tag (HTML, 13.1.2).
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// An XML document with `root`, in UTF-8; `doctype` is put before it.
#[must_use]
pub fn xml(root: &Element, doctype: Option<&str>) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    let declaration = BytesDecl::new("1.0", Some("UTF-8"), None);
    write(&mut writer, Event::Decl(declaration));
    line_end(&mut writer);
    document(writer, root, doctype, Syntax::Xml)
}

/// An HTML document with `root`, in UTF-8. No text in `script` or `style` elements is meant to be in it: all text is
/// escaped.
#[must_use]
pub fn html(root: &Element) -> Vec<u8> {
    document(Writer::new(Vec::new()), root, Some("html"), Syntax::Html)
}

/// Reads the root of an XML document. White space between elements, comments and the document type are left out.
pub(super) fn parse(xml: &str) -> Result<Element, Box<dyn Error>> {
    let mut reader = Reader::from_str(xml);
    // Those that are open; around the root, one that holds it.
    let mut open = vec![element("")];
    loop {
        let child: Node = match reader.read_event()? {
            Event::Start(start) => {
                open.push(opened(&start)?);
                continue;
            }
            Event::Empty(start) => opened(&start)?.into(),
            Event::End(_) => match open.pop() {
                Some(closed) => closed.without_blanks().into(),
                None => break,
            },
            Event::Text(text) => text.xml10_content().as_ref().into(),
            Event::CData(text) => text.xml10_content().as_ref().into(),
            Event::GeneralRef(name) => unescape(&format!("&{};", &*name))?.as_ref().into(),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => continue,
        };
        if let Some(parent) = open.last_mut() {
            parent.push(child);
        }
    }
    let children = open.into_iter().flat_map(|holder| holder.children);
    let mut elements = children.filter_map(|child| match child {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    Ok(elements
        .next()
        .ok_or("an XML document without an element")?)
}

/// The element that a start tag begins.
fn opened(start: &BytesStart<'_>) -> Result<Element, Box<dyn Error>> {
    let mut opened = element(start.name().as_ref().to_owned());
    for attribute in start.attributes() {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0)?;
        let name = attribute.key.as_ref().to_owned();
        opened
            .attributes
            .push((name.into(), Value::Text(value.into_owned())));
    }
    Ok(opened)
}

fn document(
    mut writer: Writer<Vec<u8>>,
    root: &Element,
    doctype: Option<&str>,
    syntax: Syntax,
) -> Vec<u8> {
    if let Some(doctype) = doctype {
        let doctype = BytesText::from_escaped(doctype);
        write(&mut writer, Event::DocType(doctype));
        line_end(&mut writer);
    }
    serialize(&mut writer, root, syntax);
    line_end(&mut writer);
    writer.into_inner()
}

fn serialize(writer: &mut Writer<Vec<u8>>, element: &Element, syntax: Syntax) {
    let mut start = BytesStart::new(element.name.as_ref());
    for (name, value) in &element.attributes {
        let value = match value {
            Value::Text(value) => value,
            Value::Link(never) => match *never {},
        };
        if syntax == Syntax::Xml || !name.contains(':') {
            start.push_attribute((name.as_ref(), value.as_str()));
        }
    }
    match (element.children.as_slice(), syntax) {
        ([], Syntax::Xml) => return write(writer, Event::Empty(start)),
        ([], Syntax::Html) if VOID.contains(&element.name.as_ref()) => {
            return write(writer, Event::Start(start));
        }
        _ => write(writer, Event::Start(start)),
    }
    for child in &element.children {
        match child {
            Node::Element(child) => serialize(writer, child, syntax),
            Node::Text(text) => write(writer, Event::Text(BytesText::new(text))),
        }
    }
    write(writer, Event::End(BytesEnd::new(element.name.as_ref())));
    if ends_a_line(&element.name) {
        line_end(writer);
    }
}

/// Whether a line ends after an element: it keeps the files readable, and white space between blocks is not shown.
fn ends_a_line(name: &str) -> bool {
    matches!(
        name,
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
    )
}

fn line_end(writer: &mut Writer<Vec<u8>>) {
    write(writer, Event::Text(BytesText::from_escaped("\n")));
}

/// Writing to memory does not fail.
fn write(writer: &mut Writer<Vec<u8>>, event: Event<'_>) {
    let written = writer.write_event(event);
    debug_assert!(written.is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn html_closes_all_but_void_elements() {
        let paragraph = element("p")
            .child(element("span").with("id", "here"))
            .child(element("br"))
            .child("a < b");
        assert_eq!(
            text(html(&paragraph)),
            "<!DOCTYPE html>\n<p><span id=\"here\"></span><br>a &lt; b</p>\n\n"
        );
        assert_eq!(
            text(xml(&paragraph, None)),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<p><span id=\"here\"/><br/>a &lt; b</p>\n\n"
        );
    }

    #[test]
    fn html_has_no_names_with_a_prefix() {
        let word = element("i")
            .with("lang", "la")
            .with("xml:lang", "la")
            .with("epub:type", "glossterm")
            .child("in situ");
        assert_eq!(
            text(html(&word)),
            "<!DOCTYPE html>\n<i lang=\"la\">in situ</i>\n"
        );
    }

    #[test]
    fn a_link_without_an_address_is_none() {
        let links = [1, 2].map(|target| element("a").link("href", target));
        let address = |target: &i32| (*target == 1).then(|| "one.html".to_owned());
        let links = element("p").children(links).linked(&address);
        let expected = [element("a").with("href", "one.html"), element("a")];
        assert_eq!(links, element("p").children(expected));
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let tree = element("metadata")
            .with("xml:lang", "en")
            .child(element("dc:title").child("R & D < \"all\""))
            .child(element("meta").with("content", "R & D < \"all\""));
        let written = text(xml(&tree, None));
        assert_eq!(parse(&written).unwrap(), tree);
        let spaced = written.replace("><", ">\n  <!-- --> <");
        assert_eq!(parse(&spaced).unwrap(), tree);
        assert!(parse("<a><b></a>").is_err() && parse("").is_err());
    }
}
