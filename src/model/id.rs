//! Identifiers: the file names of the content folder.

use unicode_normalization::UnicodeNormalization;

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub String);

            impl $name {
                /// The identifier as written.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl From<&str> for $name {
                fn from(id: &str) -> Self {
                    Self(id.to_owned())
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(&self.0)
                }
            }
        )+
    };
}

ids! {
    /// `chapters/<id>.md`.
    ChapterId;
    /// `sites/<id>/`.
    SiteId;
    /// `techniques/<id>.md`.
    TechniqueId;
    /// `references/<id>.md`.
    ReferenceId;
    /// `[[population]]` in `handbook.toml`.
    PopulationId;
}

/// The most letters of an identifier. Two of them and an ending are together the name of a file, for which most systems
/// have room for 255 bytes.
const MAX_LENGTH: usize = 100;

/// Whether Windows reserves a name for a device, with any ending.
fn is_device(name: &str) -> bool {
    let port = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    let is_port =
        port.is_some_and(|port| port.len() == 1 && port.bytes().all(|it| it.is_ascii_digit()));
    is_port || ["aux", "con", "nul", "prn"].contains(&name)
}

/// Whether `id` is made of at most 100 lower-case ASCII letters and digits in words joined by single hyphens:
/// what is valid alike in a file name, an XML id, a Typst label and an address.
#[must_use]
pub fn is_valid_id(id: &str) -> bool {
    id.len() <= MAX_LENGTH
        && !is_device(id)
        && id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The words of a text in the letters of an identifier: `Öztürk’s Ödem` gives `ozturks`, `odem`. What Latin letters do
/// not write is left out.
pub(crate) fn id_words(text: &str) -> impl Iterator<Item = String> {
    let letters = text.nfkd().flat_map(char::to_lowercase);
    let plain: String = letters.map(basic).collect();
    let is_between = |letter: char| !letter.is_ascii_alphanumeric();
    let words: Vec<String> = plain.split(is_between).map(str::to_owned).collect();
    words.into_iter().filter(|word| !word.is_empty())
}

/// A letter without its marks; `'` and what joins letters vanish, everything else parts words.
fn basic(letter: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        '\'' | '’' | 'ʼ' | '\u{300}'..='\u{36f}' => "",
        _ => ASCII.find(letter).map_or(" ", |at| &ASCII[at..=at]),
    }
}

/// An identifier made of a text, as many words as fit; `otherwise` stands before what does not begin with a letter.
pub(crate) fn id_of(text: &str, otherwise: &str) -> String {
    let mut id = String::new();
    for word in id_words(text) {
        let begins = word.starts_with(|first: char| first.is_ascii_lowercase());
        if id.is_empty() && !begins {
            id.push_str(otherwise);
        }
        let joint = if id.is_empty() { "" } else { "-" };
        if id.len() + joint.len() + word.len() > MAX_LENGTH {
            break;
        }
        id = format!("{id}{joint}{word}");
    }
    match is_valid_id(&id) {
        true => id,
        false => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_gives_an_identifier() {
        for (text, id) in [
            (
                "Living with Ménière’s disease",
                "living-with-menieres-disease",
            ),
            ("Łódź: 100 questions", "lodz-100-questions"),
            ("100 questions", "book-100-questions"),
            ("慢性膵炎", "book"),
            ("con", "book"),
            ("", "book"),
        ] {
            assert_eq!(id_of(text, "book"), id);
        }
        assert!(is_valid_id(&id_of(&"word ".repeat(50), "book")));
        assert!(is_valid_id(&id_of(&"w".repeat(500), "book")));
    }

    #[test]
    fn identifiers_can_be_names_of_files_everywhere() {
        for valid in [
            "a",
            "liver-and-lung",
            "con-1",
            "com",
            "com10",
            &"a".repeat(100),
        ] {
            assert!(is_valid_id(valid), "{valid}");
        }
        for invalid in [
            "",
            "1",
            "A",
            "a--b",
            "-a",
            "a-",
            "a.b",
            "é",
            "nul",
            "com1",
            "lpt9",
            &"a".repeat(101),
        ] {
            assert!(!is_valid_id(invalid), "{invalid}");
        }
    }
}
