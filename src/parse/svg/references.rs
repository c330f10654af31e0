//! How often the elements of a drawing are drawn because others refer to them.

use std::collections::BTreeMap;
use std::ops::Range;

use simplecss::{AttributeOperator, DeclarationTokenizer, PseudoClass, StyleSheet};
use usvg::roxmltree::{Document, Node};

/// How many elements may be drawn beyond those that are written, because others refer to them.
const REPEATED: usize = 300_000;

/// How many references may follow one another.
const DEPTH: usize = 32;

/// How deep all of them may lead together.
const DEEPEST: usize = 256;

/// How many elements selectors may look at.
const LOOKS: usize = 50_000_000;

/// Whether the elements that are drawn are not many more than those that are written, and not too deep: twenty masks, each
/// of two shapes behind the mask before, are a million.
pub(super) fn check(document: &Document<'_>, depth: usize) -> Result<(), String> {
    let elements: Vec<Node<'_, '_>> = document.descendants().filter(Node::is_element).collect();
    let mut sheet = StyleSheet::new();
    for css in document.descendants().filter_map(style) {
        sheet.parse_more(css);
    }
    if looks(&sheet, elements.len(), depth) > LOOKS {
        return Err("the selectors of its style sheets are too many or too long".to_owned());
    }
    match is_bounded(&elements, &sheet, depth) {
        true => Ok(()),
        false => Err("its elements refer to each other in a circle, or too often".to_owned()),
    }
}

/// How many elements the selectors look at, at most. For each part that may be anywhere above the next, a selector goes
/// through all that is there again.
fn looks(sheet: &StyleSheet<'_>, elements: usize, depth: usize) -> usize {
    let one = |selector: String| {
        let parts: Vec<&str> = selector.split_whitespace().collect();
        let is_direct = |part: &&str| matches!(*part, ">" | "+" | "~");
        let above = parts
            .len()
            .saturating_sub(1 + 2 * parts.iter().filter(|it| is_direct(it)).count());
        let again = u32::try_from(above).unwrap_or(u32::MAX);
        // Each of its conditions is asked for each time.
        let length = selector.len() / 8 + 1;
        elements
            .saturating_mul(length)
            .saturating_mul(depth.saturating_pow(again))
    };
    let selectors = sheet.rules.iter().map(|rule| rule.selector.to_string());
    selectors.map(one).fold(0, usize::saturating_add)
}

fn is_bounded(elements: &[Node<'_, '_>], sheet: &StyleSheet<'_>, depth: usize) -> bool {
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
    let references = references(sheet, elements).map(|(at, references)| {
        let known = references.into_iter().filter_map(|reference| {
            let target = targets.get(reference.id)?.start;
            // A marker comes at each point of a line; and lines inherit it, as all shapes do what fills them.
            let times = match elements[target].tag_name().name() {
                "marker" => points[ends[at]] - points[at],
                // A gradient is written once.
                "linearGradient" | "radialGradient" => 0,
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
    for _ in 0..DEPTH.min(DEEPEST / depth.max(1)) {
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
    sheet: &'a StyleSheet<'_>,
    elements: &'a [Node<'a, '_>],
) -> impl Iterator<Item = (usize, Vec<Reference<'a>>)> {
    let leads =
        |rule: &&simplecss::Rule<'_>| rule.declarations.iter().any(|it| it.value.contains("url("));
    let rules: Vec<&simplecss::Rule<'_>> = sheet.rules.iter().filter(leads).collect();
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
