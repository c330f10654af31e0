//! Language tags.

use icu_locale_core::Locale;
use icu_locale_core::subtags::Region;

/// A language tag (BCP 47) with a primary language: `en-GB`, `zh-Hant`, `es-419`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag(Locale);

impl Tag {
    /// Reads a tag; `None` if it is none, or names no language.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let locale = Locale::try_from_str(text).ok()?;
        (!locale.id.language.is_unknown()).then_some(Self(locale))
    }

    /// The primary language: `zh`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.id.language.as_str()
    }

    /// The region, if it is named: `GB`, `419`.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0.id.region.as_ref().map(Region::as_str)
    }

    /// Whether it is written from right to left: as its script, if that is named, or else the usual one of the language (CLDR
    /// 49, likely subtags and the scripts whose letters are of the bidirectional classes R and AL). A book in
    /// another script of its language says so in its tag, which decides: `pa-Arab`, `ckb-Latn`.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        const SCRIPTS: [&str; 8] = [
            "Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Syrc", "Thaa",
        ];
        const LANGUAGES: [&str; 45] = [
            "acm", "aeb", "aii", "apc", "ar", "arc", "ars", "ary", "arz", "azb", "bal", "bgn",
            "bqi", "brh", "ckb", "dv", "fa", "glk", "haz", "he", "hno", "iw", "ji", "khw", "ks",
            "lah", "lki", "lrc", "luz", "mzn", "nqo", "ota", "pbt", "pnb", "prs", "ps", "rhg",
            "sd", "sdh", "shu", "skr", "syr", "ug", "ur", "yi",
        ];
        match self.0.id.script {
            Some(script) => SCRIPTS.contains(&script.as_str()),
            None => LANGUAGES.contains(&self.language()),
        }
    }

    pub(super) fn locale(&self) -> &Locale {
        &self.0
    }

    /// The tags of files that are for readers of this language, the nearest first: `zh-Hant-TW`, `zh-Hant`, `zh-TW`, `zh`.
    pub(super) fn files(&self) -> impl Iterator<Item = String> {
        let (script, region) = (self.0.id.script, self.0.id.region);
        let kept = [
            (script, region),
            (script, None),
            (None, region),
            (None, None),
        ];
        kept.into_iter().map(|(script, region)| {
            let mut id = self.0.id.clone();
            id.variants.clear();
            (id.script, id.region) = (script, region);
            id.to_string()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_tag_with_a_language_is_one() {
        for text in [
            "en",
            "en-GB",
            "zh-Hant",
            "sr-Latn",
            "es-419",
            "zh-hant-tw",
            "gsw",
            "de-CH-1996",
            "de-u-co-phonebk",
            "en-GB-x-easy",
        ] {
            assert!(Tag::parse(text).is_some(), "{text}");
        }
        for text in [
            "", "und", "und-Latn", "x-easy", "english", "en_GB", "e", "en-", "-en", "en GB",
            "en-GB-DE", "日本",
        ] {
            assert!(Tag::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_nearest_file_comes_first() {
        let files = |text: &str| -> Vec<String> { Tag::parse(text).unwrap().files().collect() };
        assert_eq!(
            files("zh-hant-tw"),
            ["zh-Hant-TW", "zh-Hant", "zh-TW", "zh"]
        );
        assert_eq!(files("de-CH-1996")[2..], ["de-CH", "de"]);
    }

    #[test]
    fn the_script_decides_about_the_direction_or_else_the_language() {
        let is_right_to_left = |text: &str| Tag::parse(text).unwrap().is_right_to_left();
        for text in [
            "ar",
            "fa-AF",
            "he",
            "pnb",
            "lrc",
            "rhg",
            "pa-Arab",
            "az-Arab-IR",
        ] {
            assert!(is_right_to_left(text), "{text}");
        }
        for text in ["en", "pa", "az", "ckb-Latn", "rhg-Latn", "yi-Latn"] {
            assert!(!is_right_to_left(text), "{text}");
        }
    }
}
