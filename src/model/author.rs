//! Who wrote an article.

use std::fmt;

/// The authors that a reference names, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authors {
    /// Those who are named.
    pub named: Vec<Author>,
    /// Whether there are others: the list ends with `et al.`
    pub others: bool,
}

/// A person or a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// `van der Berg JA 3rd`, or a name of one word, without initials.
    Person {
        /// The family name, with its particles.
        family: String,
        /// The initials without full stops and spaces; empty where none are known.
        initials: String,
        /// `Jr`, `3rd`, `III`, if there is one.
        suffix: Option<String>,
    },
    /// `European Sarcoma Group`: any name of several words that ends with no initials.
    Group(String),
}

/// How a list of authors says that there are others.
pub const ET_AL: &str = "et al.";

/// Other ways to write it, in small letters, without a full stop.
const OTHERS: [&str; 4] = ["et al", "et alii", "and others", "others"];

/// What follows the initials of some people.
const SUFFIXES: [&str; 10] = [
    "jr", "sr", "2nd", "3rd", "4th", "5th", "ii", "iii", "iv", "vi",
];

/// Two or more Latin letters for one letter of another alphabet or a digraph, which are one initial: `IuN` is Ю. Н.
const DIGRAPHS: [&str; 30] = [
    "Ch", "Cs", "Dz", "Dzh", "Gh", "Gy", "Ia", "Ie", "Io", "Iu", "Ja", "Je", "Jo", "Ju", "Kh",
    "Lj", "Ly", "Nj", "Ny", "Ph", "Ps", "Sh", "Shch", "Sz", "Th", "Ts", "Ya", "Yo", "Yu", "Zh",
];

/// The most initials that somebody has; longer words in capitals are names.
const MAX_INITIALS: usize = 4;

/// Words that the names of groups have and those of people have not, in small letters.
const GROUP_WORDS: [&str; 24] = [
    "&",
    "and",
    "association",
    "collaboration",
    "collaborative",
    "collaborators",
    "committee",
    "consortium",
    "for",
    "group",
    "groupe",
    "grupo",
    "gruppe",
    "gruppo",
    "institute",
    "investigators",
    "network",
    "of",
    "organisation",
    "organization",
    "registry",
    "society",
    "team",
    "trialists",
];

/// Words that groups have and some people, too, in small letters: a name with initials is that of a person.
const WORDS_OF_BOTH: [&str; 15] = [
    "alliance",
    "board",
    "center",
    "centre",
    "club",
    "council",
    "department",
    "federation",
    "force",
    "foundation",
    "hospital",
    "initiative",
    "ministry",
    "party",
    "study",
];

impl Authors {
    /// Reads names as PubMed writes them; `et al.` is no name, alone or behind the last one.
    pub fn parse<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut authors = Self::default();
        for name in names {
            let (name, others) = without_others(name);
            authors.others |= others;
            if !(others && name.is_empty()) {
                authors.named.push(Author::parse(name));
            }
        }
        authors
    }
}

impl Author {
    /// Reads a name as PubMed writes it: family name, initials, suffix (`Monaco EA 3rd`); a comma before the last of them
    /// is left out.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        let mut words: Vec<&str> = name.split_whitespace().collect();
        if let [.., before, last] = words.as_mut_slice()
            && (is_initials(last) || is_suffix(last))
        {
            *before = before.trim_end_matches(',');
        }
        let (before, suffix) = split_suffix(&words);
        let family = before.len() - initials_at_end(before);
        let (family, initials) = before.split_at(family);
        let is_person = !initials.is_empty() || suffix.is_some() || words.len() < 2;
        if !is_person || words.iter().any(|word| is_of_group(word)) {
            return Self::Group(words.join(" "));
        }
        let initials = initials.concat();
        Self::Person {
            family: family.join(" "),
            initials: initials.replace('.', ""),
            suffix: suffix.map(|suffix| suffix.trim_end_matches('.').to_owned()),
        }
    }

    /// The name that sorts and cites: the family name, or that of the group.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Person { family, .. } => family,
            Self::Group(name) => name,
        }
    }
}

impl fmt::Display for Author {
    /// As PubMed writes it: `Monaco EA 3rd`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person {
                family,
                initials,
                suffix,
            } => {
                f.write_str(family)?;
                let rest = [initials.as_str(), suffix.as_deref().unwrap_or_default()];
                let mut rest = rest.into_iter().filter(|part| !part.is_empty());
                rest.try_for_each(|part| write!(f, " {part}"))
            }
            Self::Group(name) => f.write_str(name),
        }
    }
}

/// The name before `et al.`, and whether that was there.
fn without_others(name: &str) -> (&str, bool) {
    let name = name.trim();
    let end = name.strip_suffix('.').unwrap_or(name);
    let before = OTHERS.iter().find_map(|others| {
        let (before, last) = end.split_at_checked(end.len().checked_sub(others.len())?)?;
        let is_whole = before.is_empty() || before.ends_with([' ', ',', ';']);
        (is_whole && last.eq_ignore_ascii_case(others)).then_some(before)
    });
    match before {
        Some(before) => (before.trim_end_matches([' ', ',', ';']), true),
        None => (name, false),
    }
}

/// The words before a suffix, and the suffix. Roman numbers and capitals are one only behind initials.
fn split_suffix<'a, 'b>(words: &'b [&'a str]) -> (&'b [&'a str], Option<&'a str>) {
    let Some((last, before)) = words.split_last() else {
        return (words, None);
    };
    let plain = last.trim_end_matches('.');
    let is_clear = !is_initials(plain) && !before.is_empty();
    match is_suffix(last) && (is_clear || initials_at_end(before) > 0) {
        true => (before, Some(last)),
        false => (words, None),
    }
}

pub(crate) fn is_suffix(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    SUFFIXES.contains(&word.as_str())
}

/// How many words at the end are initials: one (`PG`), or single letters (`P G`). The first word is a name.
fn initials_at_end(words: &[&str]) -> usize {
    let rest = words.get(1..).unwrap_or_default();
    let is_letter =
        |word: &&&str| is_initials(word) && word.chars().filter(|c| *c != '.').count() == 1;
    let letters = rest.iter().rev().take_while(is_letter).count();
    match rest.last() {
        Some(last) if letters == 0 => usize::from(is_initials(last)),
        _ => letters,
    }
}

/// Whether a word is made of initials: `PG`, `P.G.`, `J-P`, `IuN`.
fn is_initials(word: &str) -> bool {
    let mut initials: Vec<String> = Vec::new();
    for letter in word.chars().filter(|letter| !matches!(letter, '.' | '-')) {
        match initials.last_mut() {
            _ if letter.is_uppercase() => initials.push(letter.to_string()),
            Some(initial) if letter.is_lowercase() => initial.push(letter),
            _ => return false,
        }
    }
    let is_one =
        |initial: &String| initial.chars().nth(1).is_none() || DIGRAPHS.contains(&initial.as_str());
    (1..=MAX_INITIALS).contains(&initials.len()) && initials.iter().all(is_one)
}

/// Whether a name that is written without initials has a word that names of groups have.
pub(crate) fn is_group(name: &str) -> bool {
    let mut words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '&');
    words.any(|word| is_of_group(word) || WORDS_OF_BOTH.contains(&word.to_lowercase().as_str()))
}

/// Whether a text only says that there are others.
pub(crate) fn is_others(text: &str) -> bool {
    without_others(text) == ("", true)
}

fn is_of_group(word: &str) -> bool {
    let word = word.trim_matches([',', '(', ')']).to_lowercase();
    GROUP_WORDS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Family name, initials and suffix of a person; `-` for none.
    fn person(name: &str) -> String {
        match Author::parse(name) {
            Author::Person {
                family,
                initials,
                suffix,
            } => format!("{family}|{initials}|{}", suffix.unwrap_or_default()),
            Author::Group(name) => format!("group {name}"),
        }
    }

    #[test]
    fn names_have_family_initials_and_suffix() {
        for (name, parts) in [
            ("Rose PG", "Rose|PG|"),
            ("Rose P.G.", "Rose|PG|"),
            ("Rose P G", "Rose|PG|"),
            ("Geschwind J-F", "Geschwind|J-F|"),
            ("Monaco EA III", "Monaco|EA|III"),
            ("Monaco EA 3rd", "Monaco|EA|3rd"),
            ("Smith JA Jr.", "Smith|JA|Jr"),
            ("Smith JA, Jr", "Smith|JA|Jr"),
            ("Rose, PG", "Rose|PG|"),
            ("SMITH JA JR", "SMITH|JA|JR"),
            ("Li II", "Li|II|"),
            ("de Leede EM", "de Leede|EM|"),
            ("Van Tine B", "Van Tine|B|"),
            ("VAN DER BERG J", "VAN DER BERG|J|"),
            ("LI X", "LI|X|"),
            ("D'Elia A", "D'Elia|A|"),
            ("Maat AWPM", "Maat|AWPM|"),
            ("Solov’ev IuN", "Solov’ev|IuN|"),
            ("Szabó Gy", "Szabó|Gy|"),
            ("Öztürk Başarır Z", "Öztürk Başarır|Z|"),
            ("Krzyston", "Krzyston||"),
            ("EORTC", "EORTC||"),
            ("O E", "O|E|"),
        ] {
            assert_eq!(person(name), parts);
        }
    }

    #[test]
    fn groups_are_whole() {
        for name in [
            "European Organisation for Research and Treatment of Cancer",
            "Italian Sarcoma Group ISG",
            "Women’s Cancer Network",
        ] {
            assert_eq!(person(name), format!("group {name}"));
        }
    }

    #[test]
    fn others_are_no_person() {
        for (names, known, others) in [
            (vec!["Rose PG", "et al."], "Rose PG", true),
            (vec!["Rose PG", "Et al"], "Rose PG", true),
            (vec!["Rose PG, et al."], "Rose PG", true),
            (vec!["Rose PG and others"], "Rose PG", true),
            (vec!["Rose PG", "Portal E"], "Rose PG; Portal E", false),
            (vec!["et al."], "", true),
        ] {
            let authors = Authors::parse(names);
            let named: Vec<String> = authors.named.iter().map(Author::to_string).collect();
            assert_eq!((named.join("; ").as_str(), authors.others), (known, others));
        }
    }

    #[test]
    fn names_are_shown_as_pubmed_shows_them() {
        for name in [
            "Rose PG",
            "Monaco EA 3rd",
            "VAN DER BERG J",
            "Angele",
            "Italian Sarcoma Group",
        ] {
            assert_eq!(Author::parse(name).to_string(), name);
        }
        assert_eq!(
            Author::parse("  Smith  J. A.  Jr. ").to_string(),
            "Smith JA Jr"
        );
    }
}
