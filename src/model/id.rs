//! Identifiers: the file names of the content folder.

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

/// Names that Windows keeps for devices, whatever ending they have.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Whether `id` is made of at most 100 lower-case ASCII letters and digits in words joined by single hyphens:
/// what is valid alike in a file name, an XML id, a Typst label and an address.
#[must_use]
pub fn is_valid_id(id: &str) -> bool {
    id.len() <= MAX_LENGTH
        && !DEVICES.contains(&id)
        && id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_can_be_names_of_files_everywhere() {
        for valid in ["a", "liver-and-lung", "con-1", &"a".repeat(100)] {
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
            &"a".repeat(101),
        ] {
            assert!(!is_valid_id(invalid), "{invalid}");
        }
    }
}
