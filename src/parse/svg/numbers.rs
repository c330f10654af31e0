//! How large the numbers in a drawing are: what draws it has six or seven digits for each, and goes round a circle in steps.

use usvg::roxmltree::{Document, Node};

/// The largest number in a drawing.
const LARGEST: f64 = 10_000_000.0;

/// The attributes that hold measures (SVG 2, appendix I, and CSS); names and notes may have any digits.
const MEASURES: [&str; 42] = [
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "font-size",
    "fr",
    "fx",
    "fy",
    "gradientTransform",
    "height",
    "letter-spacing",
    "markerHeight",
    "markerWidth",
    "offset",
    "patternTransform",
    "points",
    "r",
    "radius",
    "refX",
    "refY",
    "rotate",
    "rx",
    "ry",
    "startOffset",
    "stdDeviation",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "stroke-width",
    "style",
    "textLength",
    "transform",
    "viewBox",
    "width",
    "word-spacing",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

/// Whether no number is too large to be drawn.
pub(super) fn check(document: &Document<'_>) -> Result<(), String> {
    let elements = document.descendants().filter(Node::is_element);
    let attributes = elements.flat_map(|element| element.attributes());
    let mut measures = attributes.filter(|attribute| {
        attribute.namespace().is_none() && MEASURES.contains(&attribute.name())
    });
    match measures.any(|measure| numbers(measure.value()).any(|it| it > LARGEST)) {
        true => Err(format!("a number in it is larger than {LARGEST}")),
        false => Ok(()),
    }
}

/// The numbers in a text, without their signs. Behind a `#` is a color or a name.
fn numbers(text: &str) -> impl Iterator<Item = f64> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(|c: char| c.is_ascii_digit() || c == '#')?;
            rest = rest.get(start..)?;
            if let Some(name) = rest.strip_prefix('#') {
                rest = name.trim_start_matches(|c: char| c.is_alphanumeric() || "-_.".contains(c));
                continue;
            }
            let length = length(rest);
            let (number, behind) = rest.split_at_checked(length)?;
            rest = behind;
            return number.parse().ok();
        }
    })
}

/// How many bytes the number has with which a text begins: `12`, `1e9`, `1E+9`. What stands behind its point makes it no
/// larger.
fn length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let behind = |at: usize| text.get(at..).unwrap_or_default();
    let point = match behind(whole).strip_prefix('.') {
        Some(decimals) => 1 + digits(decimals),
        None => 0,
    };
    let mantissa = whole + point;
    let Some(exponent) = behind(mantissa).strip_prefix(['e', 'E']) else {
        return mantissa;
    };
    let sign = usize::from(exponent.starts_with(['+', '-']));
    match digits(exponent.get(sign..).unwrap_or_default()) {
        0 => mantissa,
        power => mantissa + 1 + sign + power,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_paths_are_read() {
        let read = |text: &str| numbers(text).collect::<Vec<f64>>();
        assert_eq!(read("M10-5.5l1e9 .5"), [10.0, 5.5, 1e9, 5.0]);
        assert_eq!(read("stroke: #1e9999; fill: url(#a1e9); x: 3em"), [3.0]);
        assert_eq!(read("1e+3 2E-3,1e"), [1e3, 2e-3, 1.0]);
        assert_eq!(read("é1e400"), [f64::INFINITY]);
    }
}
