//! Quotation marks.

use serde::Deserialize;

/// The marks of a language, with the spaces within them: what opens, and what closes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Quotation {
    /// Those of a quotation.
    pub(crate) outer: [String; 2],
    /// Those of a quotation within another one.
    pub(crate) inner: [String; 2],
}

impl Quotation {
    /// Whether what follows `before` is in a quotation. An inner mark that closes may be an apostrophe: behind one that opens,
    /// only the first word counts.
    pub(crate) fn is_open(&self, before: &str) -> bool {
        let [open, close] = self
            .outer
            .each_ref()
            .map(|mark| before.matches(mark.trim()).count());
        let is_in_outer = match self.outer[0] == self.outer[1] {
            true => open % 2 == 1,
            false => open > close,
        };
        is_in_outer || before.ends_with(&self.inner[0])
    }
}

/// Whether a character is a quotation mark in any language.
pub(crate) fn is_quotation_mark(character: char) -> bool {
    matches!(
        character,
        '\'' | '"'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_open_until_they_close() {
        let marks = |outer: [&str; 2], inner: [&str; 2]| Quotation {
            outer: outer.map(str::to_owned),
            inner: inner.map(str::to_owned),
        };
        let english = marks(["“", "”"], ["‘", "’"]);
        let german = marks(["„", "“"], ["‚", "‘"]);
        let swedish = marks(["”", "”"], ["’", "’"]);
        for (marks, before, is_open) in [
            (&english, "a “b ", true),
            (&english, "a “b” ", false),
            (&english, "a ‘", true),
            (&english, "a ‘b ", false),
            (&german, "a „b ", true),
            (&german, "a „b“ ", false),
            (&swedish, "a ”b ", true),
            (&swedish, "a ”b” ", false),
        ] {
            assert_eq!(marks.is_open(before), is_open, "{before}");
        }
    }
}
