//! What `styles/` must keep to so that all can read the book: every colour stands out from what is behind it, at least
//! 4.5 to 1, in the light, in the dark and on paper (WCAG 2.2, success criterion 1.4.3), and large print is clear print.

use std::collections::BTreeMap;
use std::fs;

use super::support::{files, root};

const ENOUGH: f64 = 4.5;

/// The contrast of two colours `#rrggbb` (WCAG 2.2, "contrast ratio").
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |color: &str| {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            match value <= 0.04045 {
                true => value / 12.92,
                false => ((value + 0.055) / 1.055).powf(2.4),
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_computed_as_in_wcag() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.005);
}

/// The styles of one kind, by their paths.
fn styles(ending: &str) -> BTreeMap<String, String> {
    let folder = root().join("styles");
    let paths = files(&folder).into_iter();
    let styles = paths.filter(|path| path.extension().is_some_and(|found| found == ending));
    styles
        .map(|path| {
            let text = fs::read_to_string(folder.join(&path)).unwrap();
            (path.display().to_string(), text)
        })
        .collect()
}

/// What stands in `text` between each `before` and the next character that is no letter or digit.
fn named<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    let rests = text.split(before).skip(1);
    rests
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap())
        .collect()
}

/// Print is on white. White stands on the accent alone, which is as far from it.
#[test]
fn colors_of_print_have_enough_contrast() {
    let mut inks = 0;
    for (path, style) in styles("typ") {
        for color in named(&style, "rgb(\"#") {
            let contrast = contrast(&format!("#{color}"), "#ffffff");
            assert!(contrast >= ENOUGH, "{path}: #{color} {contrast:.2}");
            inks += 1;
        }
        // Greys are the black of text, and hairlines between the rows of a table.
        for (before, grey) in style.split("luma(").zip(named(&style, "luma(")) {
            assert!(
                grey == "0" || before.ends_with("pt + "),
                "{path}: luma({grey}%)"
            );
        }
        for other in [
            "cmyk(",
            "oklab(",
            "oklch(",
            "color.",
            "gradient.",
            ".lighten",
            ".darken",
        ] {
            assert!(!style.contains(other), "{path}: {other}");
        }
        for fill in named(&style, "fill: ") {
            let known = ["ink", "white", "luma", "if", "fill", "inside"];
            assert!(known.contains(&fill), "{path}: fill: {fill}");
        }
    }
    assert!(inks >= 3, "{inks}");
}

/// The EPUB has the colours, sizes and fonts of the reader's device, whatever they are.
#[test]
fn the_epub_sets_no_color_size_or_font() {
    for (path, style) in styles("css") {
        if path == "site.css" || path.starts_with("web/") {
            continue;
        }
        let code = without_comments(&style);
        let rules = code.split('}').filter_map(|rule| rule.rsplit_once('{'));
        for declaration in rules.flat_map(|(_, rule)| rule.split(';')) {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let (property, value) = (property.trim(), value.trim());
            let is_color = property.contains("color") || property.contains("background");
            assert!(!is_color || value == "inherit", "{path}: {declaration}");
            // Heads of rows are as wide as their longest words, and need no hyphens.
            let hyphenates = property == "hyphens" && value != "none";
            let is_font = ["font-family", "font"].contains(&property);
            assert!(!is_font && !hyphenates, "{path}: {declaration}");
            for other in ["#", "rgb", "!important"] {
                assert!(!value.contains(other), "{path}: {declaration}");
            }
            let sizes = value.split([' ', ',']);
            let mut units =
                sizes.map(|size| size.trim_start_matches(|c: char| !c.is_alphabetic() && c != '%'));
            // Pixels only where they do not scale with the text: lines, and what is not seen.
            let is_line = property.starts_with("border") || value == "1px";
            assert!(
                !units.any(|unit| unit == "pt" || unit == "px" && !is_line),
                "{path}: {declaration}"
            );
        }
    }
}

fn without_comments(style: &str) -> String {
    let parts = style.split("/*");
    parts
        .map(|part| part.split_once("*/").map_or(part, |(_, code)| code))
        .collect()
}

/// The download site has a palette for light, for dark and for paper.
#[test]
fn the_site_has_enough_contrast_in_light_dark_and_print() {
    let style = &styles("css")["site.css"];
    let mut palettes: Vec<BTreeMap<&str, &str>> = Vec::new();
    let mut elsewhere = String::new();
    for (index, part) in style.split(":root {").enumerate() {
        let (palette, rest) = match index {
            0 => ("", part),
            _ => part.split_once('}').unwrap(),
        };
        elsewhere.push_str(rest);
        let declarations = palette.split(';').filter_map(|line| line.split_once(':'));
        let colors = declarations.map(|(name, value)| (name.trim(), value.trim()));
        let colors: BTreeMap<&str, &str> =
            colors.filter(|(name, _)| name.starts_with("--")).collect();
        if index > 0 {
            palettes.push(colors);
        }
    }
    assert!(!elsewhere.contains('#'), "a colour outside of the palettes");
    assert_eq!(palettes.len(), 3);
    for palette in palettes {
        let names: Vec<&str> = palette.keys().copied().collect();
        let wanted = [
            "--faint", "--ink", "--line", "--link", "--notice", "--paper",
        ];
        assert_eq!(names, wanted);
        for behind in ["--paper", "--notice"] {
            for before in ["--ink", "--faint", "--link", "--line"] {
                let contrast = contrast(palette[before], palette[behind]);
                let (one, other) = (palette[before], palette[behind]);
                assert!(
                    contrast >= ENOUGH,
                    "{before} {one} on {behind} {other}: {contrast:.2}"
                );
            }
        }
    }
}

/// At least 16 points, ragged right and without hyphens (UK Association for Accessible Formats); the pages themselves are
/// measured in `tests/external`.
#[test]
fn large_print_is_clear_print() {
    let styles = styles("typ");
    for (path, style) in &styles {
        for other in ["justify: true", "hyphenate: true", "hyphenate: auto"] {
            assert!(!style.contains(other), "{path}: {other}");
        }
    }
    for wanted in ["justify: false", "hyphenate: false"] {
        assert!(styles["handbook.typ"].contains(wanted), "{wanted}");
    }
    let large = &styles["variants/large-print.typ"];
    assert!(large.contains("#let plain = true"));
    let number = |before: &str| {
        let digits = before.rsplit(|c: char| !c.is_ascii_digit() && c != '.');
        digits.into_iter().next()?.parse().ok()
    };
    let points = large.match_indices("pt");
    let sizes: Vec<f64> = points.filter_map(|(at, _)| number(&large[..at])).collect();
    assert!(
        sizes.len() > 8 && sizes.iter().all(|size| *size >= 16.0),
        "{sizes:?}"
    );
}

/// What asks Typst about other places takes another round of layout, in which their answers are known.
#[test]
fn no_style_asks_where_another_text_is() {
    let styles = styles("typ");
    assert!(styles.len() > 5);
    for (path, text) in styles {
        // A header asks whether it comes again: that is about its own table.
        let text = text.replace("counter(\"times a header is set\")", "");
        for asks in ["query(", "locate(", "counter(", "state(", "here(", "ref("] {
            assert!(!text.contains(asks), "{path}: {asks}");
        }
    }
}
