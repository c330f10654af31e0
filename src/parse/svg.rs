//! Checks that a drawing needs no other file and stays small when it is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use simplecss::{AttributeOperator, DeclarationTokenizer, PseudoClass, StyleSheet};
use usvg::roxmltree::{Document, NS_XML_URI, Node};

/// How many elements may be drawn beyond those that are written, because others refer to them.
const REPEATED: usize = 100_000;
/// How many references may follow one another.
const DEPTH: usize = 32;

/// Why a drawing cannot be shown.
pub(super) fn fault(bytes: &[u8]) -> Option<String> {
    drawing(bytes).err()
}

/// A self-contained SVG: it loads nothing and runs nothing (EPUB 3.3, 3.6 and 6.2).
fn drawing(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    if let Some(reason) = document.root().descendants().find_map(active) {
        return Err(reason);
    }
    if let Some(id) = twice(&document) {
        return Err(format!("two of its elements have the `id` `{id}`"));
    }
    if !is_bounded(&document) {
        return Err("its elements refer to each other in a circle, or too often".to_owned());
    }
    let read = usvg::Tree::from_xmltree(&document, &usvg::Options::default());
    read.map(|_| ()).map_err(|error| error.to_string())
}

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// What a node would load, run or change. A drawing within the drawing would have to be looked at in turn.
fn active(node: Node<'_, '_>) -> Option<String> {
    if let Some(instruction) = node.pi() {
        return (instruction.target == "xml-stylesheet")
            .then(|| "it has an instruction `xml-stylesheet`".to_owned());
    }
    let name = node.tag_name().name();
    let foreign = node.tag_name().namespace() == Some(XHTML);
    if foreign || matches!(name, "script" | "foreignObject" | "handler") {
        return Some(format!("it has an element `{name}`"));
    }
    // Comments part the text of a style, but not for those who read it.
    if node.has_tag_name("style") {
        let texts = node.children().filter(Node::is_text);
        let style: String = texts.filter_map(|text| text.text()).collect();
        if let Some(reason) = loads(&style) {
            return Some(reason);
        }
    }
    node.attributes().find_map(|attribute| {
        let (name, value) = (attribute.name(), attribute.value().trim_start());
        let local = value.starts_with('#') || is_pixels(value);
        if name == "attributeName" && value.contains("href") {
            // An animation of it leads elsewhere later.
            Some(format!(
                "an element `{}` changes a `href`",
                node.tag_name().name()
            ))
        } else if name == "href" && !local {
            Some(refers_to(value))
        } else if name.starts_with("on")
            || (attribute.namespace(), name) == (Some(NS_XML_URI), "base")
        {
            Some(format!("it has an attribute `{name}`"))
        } else {
            // Those of a namespace are notes of the program that drew it.
            attribute.namespace().map_or_else(|| loads(value), |_| None)
        }
    })
}

/// Whether an address holds a picture of pixels, by its media type; all that is not known to be one may be a drawing.
fn is_pixels(address: &str) -> bool {
    let kind = address.strip_prefix("data:image/");
    let kind = kind.and_then(|rest| rest.split([';', ',']).next());
    kind.is_some_and(|kind| matches!(kind, "png" | "jpeg" | "jpg" | "gif" | "webp"))
}

/// What a style, or an attribute that may be one, would load. An escape could hide the name of a function.
fn loads(style: &str) -> Option<String> {
    let lower = style.to_ascii_lowercase();
    let outside = lower.split("url(").skip(1).find(|rest| {
        let url = rest.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']);
        !url.starts_with('#')
    });
    let mut hidden = ["@import", "image-set(", "src(", "\\"].into_iter();
    match outside {
        Some(url) => Some(refers_to(url)),
        None => (hidden.find(|name| lower.contains(name)))
            .map(|name| format!("it has a style with `{name}`")),
    }
}

fn refers_to(place: &str) -> String {
    let shown: String = place.chars().take(40).collect();
    format!("it refers to `{shown}`")
}

/// An `id` that two elements have: which of them is meant differs from program to program.
fn twice<'a>(document: &'a Document<'_>) -> Option<&'a str> {
    let mut seen = BTreeSet::new();
    let mut ids = document.descendants().filter_map(|it| it.attribute("id"));
    ids.find(|id| !seen.insert(*id))
}

/// Whether the elements that are drawn are not many more than those that are written: twenty masks, each of two shapes
/// behind the mask before, are a million.
fn is_bounded(document: &Document<'_>) -> bool {
    let elements: Vec<Node<'_, '_>> = document.descendants().filter(Node::is_element).collect();
    // Where each element ends, in their order.
    let starts: Vec<usize> = elements.iter().map(|node| node.range().start).collect();
    let ends: Vec<usize> = (elements.iter())
        .map(|node| starts.partition_point(|start| *start < node.range().end))
        .collect();
    let mut targets: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    for (at, node) in elements.iter().enumerate() {
        if let Some(id) = node.attribute("id") {
            targets.insert(id, at..ends[at]);
        }
    }
    let points = sums(elements.iter().map(|node| points(*node)));
    let references = references(document, &elements).map(|(at, references)| {
        let known = references.into_iter().filter_map(|reference| {
            let target = targets.get(reference.id)?.start;
            // A marker comes at each point of a line; and lines inherit it, as all shapes do what fills them.
            let times = match elements[target].tag_name().name() {
                "marker" => points[ends[at]] - points[at],
                _ if reference.inherited => ends[at] - at,
                _ => 1,
            };
            Some((times, reference.id))
        });
        known.collect()
    });
    let references: Vec<Vec<(usize, &str)>> = references.collect();

    // What each target draws, with what it refers to. After each round, one reference more is followed.
    let mut drawn: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..DEPTH {
        let sums = sums(references.iter().map(|references| {
            references.iter().fold(1_usize, |sum, (times, id)| {
                let size = drawn.get(id).copied().unwrap_or(0);
                sum.saturating_add(times.saturating_mul(size))
            })
        }));
        if sums[elements.len()] - elements.len() > REPEATED {
            return false;
        }
        let next: BTreeMap<&str, usize> = (targets.iter())
            .map(|(id, range)| (*id, sums[range.end] - sums[range.start]))
            .collect();
        if next == drawn {
            return true;
        }
        drawn = next;
    }
    false
}

/// The sums of the first numbers, from none to all of them.
fn sums(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut sums = vec![0_usize];
    let mut sum = 0_usize;
    for number in numbers {
        sum = sum.saturating_add(number);
        sums.push(sum);
    }
    sums
}

/// An element elsewhere that this one draws.
struct Reference<'a> {
    id: &'a str,
    /// Whether the elements in it draw that, too.
    inherited: bool,
}

/// The references of each element, by its number.
fn references<'a>(
    document: &'a Document<'_>,
    elements: &'a [Node<'a, '_>],
) -> impl Iterator<Item = (usize, Vec<Reference<'a>>)> {
    let mut sheet = StyleSheet::new();
    for css in document.descendants().filter_map(style) {
        sheet.parse_more(css);
    }
    let mut rules = sheet.rules;
    rules.retain(|rule| rule.declarations.iter().any(|it| it.value.contains("url(")));
    let all = move |(at, node): (usize, &Node<'a, '_>)| {
        let matching = (rules.iter()).filter(|rule| rule.selector.matches(&Styled(*node)));
        let given = matching.flat_map(|rule| rule.declarations.iter().copied());
        let own = DeclarationTokenizer::from(node.attribute("style").unwrap_or_default());
        let declared = given.chain(own).map(|it| (it.name, it.value));
        let attributes = node.attributes().map(|it| (it.name(), it.value()));
        let mut found: Vec<Reference<'a>> = (declared.chain(attributes))
            .flat_map(|(name, value)| {
                let inherited = ["fill", "stroke", "marker"];
                let inherited = inherited.iter().any(|start| name.starts_with(start));
                urls(value).map(move |id| Reference { id, inherited })
            })
            .collect();
        if draws(node.tag_name().name()) {
            let href = node.attributes().find(|it| it.name() == "href");
            let id = href.and_then(|href| href.value().trim().strip_prefix('#'));
            found.extend(id.map(|id| Reference {
                id,
                inherited: false,
            }));
        }
        (at, found)
    };
    elements.iter().enumerate().map(all)
}

fn style<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.has_tag_name("style").then(|| node.text()).flatten()
}

/// Whether an element draws what it refers to. Links and animations do not.
fn draws(name: &str) -> bool {
    matches!(
        name,
        "use" | "pattern" | "linearGradient" | "radialGradient" | "filter" | "feImage" | "textPath"
    )
}

/// How many points the line of an element has, at most: each has a number, but for those that close a line.
fn points(node: Node<'_, '_>) -> usize {
    let line = node.attribute("d").or(node.attribute("points"));
    let bytes = line.unwrap_or_default().as_bytes();
    let begins =
        |at: usize| bytes[at].is_ascii_digit() && !(at > 0 && bytes[at - 1].is_ascii_digit());
    let closes = |at: usize| matches!(bytes[at], b'z' | b'Z');
    (0..bytes.len())
        .filter(|at| begins(*at) || closes(*at))
        .count()
        .max(1)
}

/// The identifiers in references such as `url(#id)`.
fn urls(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let (url, _) = rest.split_once(')')?;
        url.trim_matches([' ', '\t', '\n', '\r', '"', '\''])
            .strip_prefix('#')
    })
}

/// An element, as selectors of style sheets look at it.
struct Styled<'a, 'input>(Node<'a, 'input>);

impl simplecss::Element for Styled<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Styled)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Styled)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        let value = self.0.attribute(name);
        value.is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.prev_sibling_element().is_none()
    }
}
