//! What stands between words: spaces at which a line must not end, apostrophes, and probabilities in one form.

use crate::language::Spacing;

/// Units that follow a number after a space (SI, and those of medicine).
const UNITS: &[&str] = &[
    "%", "°C", "°F", "nm", "µm", "μm", "mm", "cm", "m", "km", "ml", "mL", "dl", "dL", "l", "L",
    "µg", "μg", "mg", "g", "kg", "mGy", "cGy", "Gy", "MBq", "GBq", "mSv", "Sv", "Bq", "kV", "mA",
    "kW", "Hz", "kHz", "MHz", "GHz", "kJ", "mmHg", "ms", "min",
];

/// The text with apostrophes between letters in the place of typewriter's marks: `O’Sullivan`.
pub(super) fn apostrophes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, character) in text.char_indices() {
        let after = text.get(index + 1..).unwrap_or_default();
        let is_within = character == '\''
            && out.ends_with(char::is_alphabetic)
            && after.starts_with(char::is_alphabetic);
        out.push(if is_within { '’' } else { character });
    }
    out
}

/// The text with each probability in one form, on one line, whatever the journal made of it: `P = 0.03`.
pub(super) fn probabilities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['P', 'p']) {
        let (before, letter) = rest.split_at(at);
        out.push_str(before);
        let is_word = !out.ends_with(char::is_alphanumeric);
        let found = is_word.then(|| probability(letter)).flatten();
        rest = if let Some((sign, zero, rest)) = found {
            out.push_str(&format!("P\u{a0}{sign}\u{a0}{zero}"));
            rest
        } else {
            let (letter, rest) = letter.split_at(1);
            out.push_str(letter);
            rest
        };
    }
    out + rest
}

/// The sign behind the letter, the nought that is to stand before the point, and the number.
fn probability(text: &str) -> Option<(char, &str, &str)> {
    let is_space = [' ', '\u{a0}'];
    let after = text.get(1..)?.trim_start_matches(is_space);
    let sign = after
        .chars()
        .next()
        .filter(|sign| "=<>≤≥".contains(*sign))?;
    let number = after.get(sign.len_utf8()..)?.trim_start_matches(is_space);
    let digit = |text: &str| text.starts_with(|it: char| it.is_ascii_digit());
    match number.strip_prefix('.') {
        Some(digits) if digit(digits) => Some((sign, "0", number)),
        None if digit(number) => Some((sign, "", number)),
        Some(_) | None => None,
    }
}

/// The text with a no-break space between each number and its unit, between a word such as `Fig.` and the number that
/// follows it, between groups of digits, and at signs that a language sets off with one. It has as many characters
/// as before.
pub(super) fn tied(text: &str, spacing: &Spacing) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, character) in text.char_indices() {
        let (left, right) = (&out, text.get(index + 1..).unwrap_or_default());
        let tie = match character {
            ' ' if is_measure(left, right)
                || is_grouped(left, right)
                || is_reference(left, right, &spacing.before_numbers) =>
            {
                Some('\u{a0}')
            }
            ' ' => at_sign(left, right, spacing),
            _ => None,
        };
        out.push(tie.unwrap_or(character));
    }
    out
}

/// The space between two texts where one of them is a sign that is set off with it, as `?` is in French.
fn at_sign(left: &str, right: &str, spacing: &Spacing) -> Option<char> {
    let behind = left.chars().next_back();
    let behind = behind.and_then(|sign| spacing.after_signs.get(&sign));
    let ahead = right.chars().next();
    behind
        .or_else(|| ahead.and_then(|sign| spacing.before_signs.get(&sign)))
        .copied()
}

/// `3` and `cm`.
fn is_measure(left: &str, right: &str) -> bool {
    let unit = right
        .split(|c: char| !(c.is_alphabetic() || matches!(c, '%' | '°')))
        .next();
    left.ends_with(|c: char| c.is_ascii_digit()) && unit.is_some_and(|unit| UNITS.contains(&unit))
}

/// `35` and `784` of `35 784`.
fn is_grouped(left: &str, right: &str) -> bool {
    let is_digit = |letter: &char| letter.is_ascii_digit();
    let before = left.chars().rev().take_while(is_digit).count();
    let number = left.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let begins = number.is_empty() || number.ends_with([' ', '\u{a0}', '(', '[']);
    (1..=3).contains(&before) && begins && right.chars().take_while(is_digit).count() == 3
}

/// `Fig.` and `3`.
fn is_reference(left: &str, right: &str, before: &[String]) -> bool {
    let word = left
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '['))
        .next();
    right.starts_with(|c: char| c.is_ascii_digit())
        && word.is_some_and(|word| before.iter().any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::language::Words;

    #[test]
    fn signs_have_the_space_of_the_language() {
        let tied = |tag, text| {
            tied(text, &Words::of(tag).spacing)
                .replace('\u{a0}', "~")
                .replace('\u{202f}', "_")
        };
        let text = "Pourquoi ? « Oui ! » : 3 cm ; fin";
        let french = "Pourquoi_? «_Oui_!_»~: 3~cm_; fin";
        assert_eq!(tied("fr", text), french);
        assert_eq!(tied("en", text), text.replace("3 cm", "3~cm"));
    }

    #[test]
    fn apostrophes_stand_within_words_alone() {
        assert_eq!(
            apostrophes("O'Sullivan B, D'Elia A, 5' and 'so' it's"),
            "O’Sullivan B, D’Elia A, 5' and 'so' it’s"
        );
    }

    #[test]
    fn probabilities_have_one_form() {
        let one = |text| probabilities(text).replace('\u{a0}', "~");
        assert_eq!(
            one("(P=.04, p<0.001; P = 0.03) p≤.05"),
            "(P~=~0.04, P~<~0.001; P~=~0.03) P~≤~0.05"
        );
        for other in ["pH = 7", "CAP=3", "p = none", "P.", "p = ."] {
            assert_eq!(one(other), other);
        }
    }

    #[test]
    fn numbers_stay_with_their_units_and_figures_with_their_numbers() {
        let spacing = Spacing {
            before_numbers: vec!["Fig.".to_owned(), "grade".to_owned()],
            before_signs: BTreeMap::new(),
            after_signs: BTreeMap::new(),
        };
        let tied = |text| tied(text, &spacing).replace('\u{a0}', "~");
        assert_eq!(
            tied("of 3 cm or 20 Gy (5 %), −20 °C."),
            "of 3~cm or 20~Gy (5~%), −20~°C."
        );
        assert_eq!(
            tied("see (Fig. 3) and grade 4 harm"),
            "see (Fig.~3) and grade~4 harm"
        );
        assert_eq!(
            tied("in 3 men, 4 months, 12 gray, Fig. three"),
            "in 3 men, 4 months, 12 gray, Fig. three"
        );
        assert_eq!(tied(" 5 m"), " 5~m");
        assert_eq!(
            tied("of 35 784 people, in 1 234 567; in 2019 120 people, 1.5 100"),
            "of 35~784 people, in 1~234~567; in 2019 120 people, 1.5 100"
        );
    }
}
