//! The fonts of a book on screens: their files, and the styles that name them.

use crate::model::Font;
use crate::render::File;

/// The address of a font.
fn address(font: &Font) -> String {
    format!("fonts/{}", font.name)
}

/// The files of fonts.
pub fn files(fonts: &[Font]) -> impl Iterator<Item = File> {
    let file = |font: &Font| (address(font), font.bytes.as_ref().clone());
    fonts.iter().map(file)
}

/// The media type of a font (RFC 8081).
#[must_use]
pub fn media_type(font: &str) -> &'static str {
    match font.rsplit_once('.') {
        Some((_, "otf")) => "font/otf",
        Some(_) | None => "font/ttf",
    }
}

/// The styles that show text in these fonts, each its own letters alone, as in print; none if there are none. No letter is
/// slanted by the reading app: scripts that have no slanted letters have none in print either.
#[must_use]
pub fn stylesheet(fonts: &[Font]) -> Option<String> {
    let range = |(first, last): &(u32, u32)| match first == last {
        true => format!("U+{first:X}"),
        false => format!("U+{first:X}-{last:X}"),
    };
    let mut families: Vec<String> = Vec::new();
    let mut style = String::new();
    for font in fonts {
        let family = quoted(&font.family);
        let weight = if font.is_bold { "bold" } else { "normal" };
        let slant = if font.is_italic { "italic" } else { "normal" };
        let address = address(font);
        let letters: Vec<String> = font.letters.iter().map(range).collect();
        let letters = letters.join(", ");
        style.push_str(&format!(
            "@font-face {{ font-family: {family}; font-weight: {weight}; font-style: {slant}; src: url(\"{address}\"); \
             unicode-range: {letters}; }}\n"
        ));
        if !families.contains(&family) {
            families.push(family);
        }
    }
    let families = families.join(", ");
    (!fonts.is_empty()).then(|| {
        format!("{style}html {{ font-family: {families}, serif; font-synthesis-style: none; }}\n")
    })
}

/// A name as a string of CSS.
fn quoted(name: &str) -> String {
    let name = name.chars().map(|letter| match letter {
        '"' | '\\' | '<' => format!("\\{:x} ", u32::from(letter)),
        letter => letter.to_string(),
    });
    format!("\"{}\"", name.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name() {
        assert_eq!(quoted("Noto Naskh Arabic"), "\"Noto Naskh Arabic\"");
        assert_eq!(quoted("a\"} b"), "\"a\\22 } b\"");
    }
}
