//! Where a link that an author typed leads.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use url::{Position, Url};

use crate::model::draft::{Block, Body, ContentFile, Draft, Node};

/// The end of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A page elsewhere.
    External(String),
    /// A unit of the book, or a heading in it.
    Internal(ContentFile, Option<String>),
}

/// What is wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The path names no unit of the book.
    NoUnit,
    /// The unit has no heading `{#id}` of this name.
    NoHeading,
    /// An address that readers could not open, or that could run something.
    Scheme,
}

/// A web or mail address as the URL standard (<https://url.spec.whatwg.org>) writes it: other characters
/// than ASCII escaped, and those that a URI has no place for (RFC 3986). `None` for what readers could not open, what could
/// run something, and what looks as if it led elsewhere.
#[must_use]
pub fn address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let known = match url.scheme() {
        // Before an `@` there could be the name of another site.
        "https" | "http" => {
            url.username().is_empty()
                && url.password().is_none()
                && url.host_str().is_some_and(named)
        }
        "mailto" => {
            mailbox(url.path()) && url.fragment().is_none() && url.query_pairs().all(is_plain)
        }
        _ => false,
    };
    let valid = known && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let path = || strict(&url[Position::BeforePath..]);
    valid.then(|| format!("{}{}", &url[..Position::BeforePath], path()))
}

/// Whether all parts of the name of a host are as long as the domain name system has room for (RFC 1035, 2.3.4).
fn named(host: &str) -> bool {
    let labels = host.strip_suffix('.').unwrap_or(host);
    let mut labels = labels.split('.');
    host.len() <= 254 && labels.all(|label| (1..=63).contains(&label.len()))
}

/// Whether a text is the mailbox of one person (RFC 6068). Escapes could hide a second one, or a line of the mail's head.
fn mailbox(text: &str) -> bool {
    let Some((person, host)) = text.split_once('@') else {
        return false;
    };
    let is_plain = |c: char| c.is_alphanumeric() || ".!#$&'*+-/=?^_`{|}~".contains(c);
    let is_of_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    !person.is_empty()
        && person.chars().all(is_plain)
        && named(host)
        && host.chars().all(is_of_host)
}

/// Whether a field that an address fills in the head of a mail is one that harms nobody: no other recipient, no file.
fn is_plain((name, value): (Cow<'_, str>, Cow<'_, str>)) -> bool {
    let name = name.to_ascii_lowercase();
    let is_text = |c: char| !c.is_control();
    (name == "subject" && value.chars().all(is_text)) || name == "body"
}

/// The part of an address behind its host, with the characters escaped that browsers tolerate.
fn strict(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let fragment = path.find('#');
    for (at, character) in path.char_indices() {
        let is_escape = || {
            let digits = path.get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        };
        match character {
            '\\' | '[' | ']' | '^' | '`' | '{' | '|' | '}' | '"' | '<' | '>' => {
                out.push_str(&format!("%{:02X}", u32::from(character)));
            }
            // A fragment ends with the address.
            '#' if fragment != Some(at) => out.push_str("%23"),
            '%' if !is_escape() => out.push_str("%25"),
            _ => out.push(character),
        }
    }
    out
}

/// Where the text of a licence is, if it is one of Creative Commons, by its name in the list of SPDX: `CC-BY-4.0`.
pub(crate) fn licence(name: &str) -> Option<String> {
    if name == "CC0-1.0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let (kind, version) = name.strip_prefix("CC-")?.rsplit_once('-')?;
    let kinds = ["BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"];
    let is_known = ["1.0", "2.0", "2.5", "3.0", "4.0"].contains(&version);
    (is_known && kinds.contains(&kind)).then(|| {
        let kind = kind.to_lowercase();
        format!("https://creativecommons.org/licenses/{kind}/{version}/")
    })
}

/// What is typed of an address: not its scheme, nor a slash at its end.
pub(crate) fn host_and_path(url: &str) -> &str {
    let typed = url.split_once("://").map_or(url, |(_, rest)| rest);
    typed.trim_end_matches('/')
}

/// Everything but unreserved characters (RFC 3986, 2.3) as `%XX`.
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Where links can lead: the units of a draft, each with the identifiers that its headings were given.
#[derive(Debug)]
pub struct Targets<'a>(BTreeMap<ContentFile, BTreeSet<&'a str>>);

impl<'a> Targets<'a> {
    /// Those of `draft`.
    #[must_use]
    pub fn of(draft: &'a Draft) -> Self {
        let units = draft.units().into_iter();
        Self(units.map(|(unit, body)| (unit, headings(body))).collect())
    }

    /// Resolves `target` as typed in `from`: an address, or a path relative to the file, with or
    /// without `#heading`.
    ///
    /// # Errors
    ///
    /// What is wrong with the link, if it leads nowhere.
    pub fn resolve(&self, from: &ContentFile, target: &str) -> Result<Destination, Broken> {
        if target.contains(':') {
            return match address(target) {
                Some(url) => Ok(Destination::External(url)),
                None => Err(Broken::Scheme),
            };
        }
        if target.is_empty() {
            return Err(Broken::NoUnit);
        }
        let (path, heading) = match target.split_once('#') {
            Some((path, heading)) => (path, Some(heading)),
            None => (target, None),
        };
        let unit = if path.is_empty() {
            from.clone()
        } else {
            ContentFile::at(&join(&from.path(), path)).ok_or(Broken::NoUnit)?
        };
        let headings = self.0.get(&unit).ok_or(Broken::NoUnit)?;
        match heading {
            Some(heading) if !headings.contains(heading) => Err(Broken::NoHeading),
            _ => Ok(Destination::Internal(unit, heading.map(str::to_owned))),
        }
    }
}

impl Targets<'_> {
    /// The identifiers of the headings in the file at `path`, as seen from `from`.
    pub(crate) fn headings(&self, from: &ContentFile, path: &str) -> impl Iterator<Item = &str> {
        let unit = match path {
            "" => Some(from.clone()),
            path => ContentFile::at(&join(&from.path(), path)),
        };
        let headings = unit.and_then(|unit| self.0.get(&unit));
        headings.into_iter().flatten().copied()
    }
}

fn headings(body: &Body) -> BTreeSet<&str> {
    let headings = body.nodes().into_iter().filter_map(|node| match node {
        Node::Block(block) => match &block.value {
            Block::Heading { id, .. } => id.as_deref(),
            _ => None,
        },
        Node::Inline(_) => None,
    });
    headings.collect()
}

/// `path` as seen from the folder of `file`, without `.` and `..`.
#[must_use]
pub fn join(file: &str, path: &str) -> String {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => file
            .rsplit_once('/')
            .map_or_else(Vec::new, |(folder, _)| folder.split('/').collect()),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            // Above the content folder there is nothing: the path keeps its `..` and is not found.
            ".." if parts.last().is_none_or(|last| *last == "..") => parts.push(".."),
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// A file below the content folder as the target of a link in another one: what [`join`] leads to it.
#[must_use]
pub(crate) fn seen_from(file: &str, path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let folders: Vec<&str> = file.split('/').collect();
    let (folders, above) = (&folders[..folders.len() - 1], &parts[..parts.len() - 1]);
    let pairs = folders.iter().zip(above);
    let same = pairs.take_while(|(one, other)| one == other).count();
    let up = folders[same..].iter().map(|_| "..");
    let typed: Vec<&str> = up.chain(parts[same..].iter().copied()).collect();
    let typed = typed.join("/");
    match typed.contains(' ') {
        true => format!("<{typed}>"),
        false => typed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_uris() {
        for (typed, wanted) in [
            (
                "https://example.org/a?b=\\[c]",
                Some("https://example.org/a?b=%5C%5Bc%5D"),
            ),
            (
                "https://example.org/100%",
                Some("https://example.org/100%25"),
            ),
            (
                "https://example.org/%C3%A4|ä",
                Some("https://example.org/%C3%A4%7C%C3%A4"),
            ),
            ("http://[::1]/x", Some("http://[::1]/x")),
            ("https://example.org./", Some("https://example.org./")),
            ("https://../", None),
            ("https://a..b/", None),
            ("https://a.example/x#y#z", Some("https://a.example/x#y%23z")),
            ("https://nih.gov@evil.example/", None),
            ("https://nih.gov:pass@evil.example/", None),
            ("mailto:a@example.org", Some("mailto:a@example.org")),
            (
                "mailto:a@example.org?subject=A%20slip",
                Some("mailto:a@example.org?subject=A%20slip"),
            ),
            ("mailto:@", None),
            ("mailto:a@", None),
            ("mailto:a%0d%0aBcc:x@example.org", None),
            ("mailto:a@example.org?attach=/etc/passwd", None),
            ("mailto:a@example.org?subject=x%0d%0aBcc:y@z.example", None),
            ("mailto:a@example.org,b@example.org", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(address(typed).as_deref(), wanted, "{typed}");
        }
        for (file, path, typed) in [
            ("a/b.md", "a/c.md", "c.md"),
            ("a/b/c.md", "d/e.md", "../../d/e.md"),
            ("a/b/c.md", "a/d.md", "../d.md"),
            ("a.md", "b/c d.png", "<b/c d.png>"),
            ("a/b.md", "a", "../a"),
        ] {
            assert_eq!(seen_from(file, path), typed, "{path} in {file}");
        }
        let host = |length: usize| format!("https://{}.example/", "a".repeat(length));
        assert!(address(&host(63)).is_some() && address(&host(64)).is_none());
    }
}
