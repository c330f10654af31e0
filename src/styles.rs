//! The files of `styles/`, embedded by `build.rs`.

use std::borrow::Cow;

/// Path below `styles/` and text of every file, sorted by path.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/styles.rs"));

/// The text of the file at `path` below `styles/`.
#[must_use]
pub(crate) fn get(path: &str) -> Option<&'static str> {
    let at = FILES.binary_search_by_key(&path, |(path, _)| path).ok()?;
    FILES.get(at).map(|(_, text)| *text)
}

/// Path below `styles/` and text of every file, sorted by path.
#[must_use]
pub(crate) fn all() -> &'static [(&'static str, &'static str)] {
    FILES
}

/// A stylesheet, mirrored for lines that begin at the right: what it says of the left is of the right, and the other way
/// round. No declaration in `styles/` names four sides at once, which would have to change places.
#[must_use]
pub(crate) fn toward(is_mirrored: bool, style: &str) -> Cow<'_, str> {
    if !is_mirrored {
        return Cow::Borrowed(style);
    }
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(first) = rest.chars().next() {
        let is_letter =
            |letter: char| letter.is_ascii_alphanumeric() == first.is_ascii_alphanumeric();
        let end = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(match word {
            "left" => "right",
            "right" => "left",
            other => other,
        });
        rest = after;
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sides_of_a_stylesheet_change_places() {
        let style = "a { margin-left: 1em; float: right } .bright { left: 0 }";
        let mirrored = "a { margin-right: 1em; float: left } .bright { right: 0 }";
        assert_eq!(toward(true, style), mirrored);
        assert_eq!(toward(false, style), style);
    }

    #[test]
    fn no_stylesheet_names_four_sides_at_once() {
        let is_style = |path: &str| matches!(path.rsplit_once('.'), Some((_, "css")));
        let styles = all().iter().filter(|(path, _)| is_style(path));
        for (path, text) in styles {
            for line in text.lines() {
                let keys = ["margin: ", "padding: ", "inset: "].iter();
                for value in keys.flat_map(|key| line.split(key).skip(1)) {
                    let value = value.split([';', '}']).next().unwrap_or_default();
                    let sides: Vec<&str> = value.split_whitespace().collect();
                    let differ = sides.len() == 4 && sides[1] != sides[3];
                    assert!(!differ, "{path}: {line}");
                }
            }
        }
    }
}
