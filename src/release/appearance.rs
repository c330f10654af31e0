//! The digest of how a book looks.

use super::canon::Canon;
use crate::digest::{Digest, sha256};
use crate::language;
use crate::model::{Font, Variant};

/// The digest of what decides how a book in a language looks: of `files`, which are those of `styles/` with their paths,
/// but those of the download site, of the web edition, of other languages and of a new book; and of the variants of its page; and of the `fonts` that it brings.
pub(super) fn digest(
    language: &str,
    variants: impl Iterator<Item = Variant>,
    files: &[(&str, &str)],
    fonts: &[Font],
) -> Digest {
    let words = language::path(language);
    let mut canon = Canon::default();
    for (path, text) in files {
        let is_foreign = path.starts_with("languages/") && Some(*path) != words;
        let elsewhere = ["site", "web/", "new/"];
        let is_elsewhere = elsewhere.iter().any(|other| path.starts_with(other));
        if !is_elsewhere && !is_foreign {
            canon.text("path", path);
            canon.text("style", text);
        }
    }
    for variant in variants {
        canon.text("variant", variant.name());
    }
    for font in fonts {
        canon.text("font", &sha256(&font.bytes).to_string());
    }
    canon.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_book_does_not_show_changes_nothing() {
        let digest = |files: &[(&str, &str)]| digest("en-GB", std::iter::empty(), files, &[]);
        let (styles, english) = (("epub.css", ""), ("languages/en.toml", ""));
        let book = digest(&[styles, english]);
        assert_eq!(digest(&[styles, ("languages/de.toml", ""), english]), book);
        assert_eq!(digest(&[styles, english, ("new/gitignore", "")]), book);
        assert_ne!(digest(&[styles, ("languages/en.toml", "1")]), book);
        assert_ne!(digest(&[("epub.css", "1"), english]), book);
    }
}
