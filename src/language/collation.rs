//! The order in which readers of a language look things up.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use serde::Deserialize;

use super::{Tag, Words};

/// What an order does not look at.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Sorting {
    /// Articles, which count for nothing at the beginning of a title. One that ends with an apostrophe has no space behind it.
    articles: Vec<String>,
}

/// The place of a text in an order; equal for texts that differ in nothing that the order looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SortKey(Vec<u8>);

/// The alphabetical order of a language (Unicode Collation Algorithm, with the tailorings of CLDR): in English, `Öztürk`
/// is at O.
pub(crate) struct Collation {
    whole: CollatorBorrowed<'static>,
    /// Looks at letters alone, not at accents and capitals.
    letters: CollatorBorrowed<'static>,
    articles: Vec<String>,
}

impl Collation {
    /// The order for a language tag, which may name one, as `de-u-co-phonebk` does, and its words.
    #[expect(
        clippy::expect_used,
        reason = "every order is compiled into the program"
    )]
    pub(crate) fn of(tag: &str, words: &Words) -> Self {
        let preferences = Tag::parse(tag).map(|tag| tag.locale().into());
        let collator = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            Collator::try_new(preferences.unwrap_or_default(), options)
                .expect("every language has an order")
        };
        Self {
            whole: collator(Strength::Tertiary),
            letters: collator(Strength::Primary),
            articles: words.sorting.articles.clone(),
        }
    }

    /// The place of a name.
    pub(crate) fn of_name(&self, name: &str) -> SortKey {
        key(&self.whole, name)
    }

    /// The place of a title: `The duct` is at D.
    pub(crate) fn of_title(&self, title: &str) -> SortKey {
        key(&self.whole, self.without_article(title))
    }

    /// The letter under which a title is found, as the place of that letter; `None` for one that begins with none.
    pub(crate) fn letter(&self, title: &str) -> Option<SortKey> {
        let first = self.without_article(title).chars().next()?;
        let letter = first.encode_utf8(&mut [0; 4]).to_owned();
        first.is_alphabetic().then(|| key(&self.letters, &letter))
    }

    fn without_article<'a>(&self, title: &'a str) -> &'a str {
        let rest = self.articles.iter().find_map(|article| {
            let rest = match article.strip_suffix('’') {
                // Typed as on a typewriter, too.
                Some(letters) => after(title, letters)?.strip_prefix(['’', '\''])?,
                None => after(title, article)?.strip_prefix([' ', '\u{a0}'])?,
            };
            let rest = rest.trim_start();
            (!rest.is_empty()).then_some(rest)
        });
        rest.unwrap_or(title)
    }
}

/// What follows a word, in capital or small letters, at the beginning of a title.
fn after<'a>(title: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = title.split_at_checked(word.len())?;
    (start.to_lowercase() == word).then_some(rest)
}

fn key(collator: &CollatorBorrowed<'_>, text: &str) -> SortKey {
    let mut key = Vec::new();
    let Ok(()) = collator.write_sort_key_to(text, &mut key);
    SortKey(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tag: &str) -> Collation {
        Collation::of(tag, Words::of(tag))
    }

    fn sorted<'a>(tag: &str, names: &[&'a str]) -> Vec<&'a str> {
        let order = of(tag);
        let mut names = names.to_vec();
        names.sort_by_key(|name| order.of_name(name));
        names
    }

    #[test]
    fn accents_and_capitals_count_last() {
        let names = [
            "Zaránd\u{a0}2016",
            "Öztürk Başarır\u{a0}2022",
            "ozawa\u{a0}2001",
            "Ozawa\u{a0}2001",
            "Li\u{a0}2010",
            "Lin\u{a0}1990",
            "Łuczak\u{a0}2000",
            "Pan\u{a0}1999",
        ];
        let expected = [
            "Li\u{a0}2010",
            "Lin\u{a0}1990",
            "Łuczak\u{a0}2000",
            "ozawa\u{a0}2001",
            "Ozawa\u{a0}2001",
            "Öztürk Başarır\u{a0}2022",
            "Pan\u{a0}1999",
            "Zaránd\u{a0}2016",
        ];
        assert_eq!(sorted("en-GB", &names), expected);
    }

    #[test]
    fn every_language_has_its_own_order() {
        let names = ["Öl", "Zahn", "Ofen"];
        assert_eq!(sorted("de", &names), ["Ofen", "Öl", "Zahn"]);
        assert_eq!(sorted("sv", &names), ["Ofen", "Zahn", "Öl"]);
        assert_eq!(sorted("de-u-co-phonebk", &names), ["Öl", "Ofen", "Zahn"]);
        assert_eq!(sorted("tlh", &names), ["Ofen", "Öl", "Zahn"]);
    }

    #[test]
    fn an_article_counts_for_nothing() {
        let order = of("en-GB");
        assert_eq!(order.of_title("The duct"), order.of_name("duct"));
        assert_eq!(order.of_title("a\u{a0}dose"), order.of_name("dose"));
        for title in ["The", "Therapy", "An", "A-cells", "Ándor", ""] {
            assert_eq!(order.of_title(title), order.of_name(title), "{title}");
        }
        let french = of("fr");
        assert_eq!(french.of_title("L’os"), french.of_name("os"));
        assert_eq!(french.of_title("L'os"), french.of_name("os"));
        assert_eq!(french.of_title("Laser"), french.of_name("Laser"));
    }

    #[test]
    fn a_letter_has_all_its_accents() {
        let order = of("en");
        assert_eq!(order.letter("Öztürk"), order.letter("oat"));
        assert_eq!(order.letter("The duct"), order.letter("Dose"));
        assert_ne!(order.letter("Ofen"), order.letter("Pan"));
        assert_eq!(order.letter("5-FU"), None);
        assert_eq!(order.letter(""), None);
        let swedish = of("sv");
        assert_ne!(swedish.letter("Öl"), swedish.letter("Ofen"));
    }
}
