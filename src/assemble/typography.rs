//! Spaces at which a line must not end: between a number and its unit, and before the number of a figure.

/// Units that follow a number after a space (SI, and those of medicine).
const UNITS: &[&str] = &[
    "%", "°C", "°F", "nm", "µm", "μm", "mm", "cm", "m", "km", "ml", "mL", "dl", "dL", "l", "L",
    "µg", "μg", "mg", "g", "kg", "mGy", "cGy", "Gy", "MBq", "GBq", "mSv", "Sv", "Bq", "kV", "mA",
    "kW", "Hz", "kHz", "MHz", "GHz", "kJ", "mmHg", "ms", "min",
];

/// The text with a no-break space between each number and its unit, and between each of the words `before` and the
/// number that follows it. It has as many characters as before.
pub(super) fn tied(text: &str, before: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, character) in text.char_indices() {
        let (left, right) = (&out, text.get(index + 1..).unwrap_or_default());
        let tie =
            character == ' ' && (is_measure(left, right) || is_reference(left, right, before));
        out.push(if tie { '\u{a0}' } else { character });
    }
    out
}

/// `3` and `cm`.
fn is_measure(left: &str, right: &str) -> bool {
    let unit = right
        .split(|c: char| !(c.is_alphabetic() || matches!(c, '%' | '°')))
        .next();
    left.ends_with(|c: char| c.is_ascii_digit()) && unit.is_some_and(|unit| UNITS.contains(&unit))
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
    use super::*;

    #[test]
    fn numbers_stay_with_their_units_and_figures_with_their_numbers() {
        let before = ["Fig.".to_owned(), "grade".to_owned()];
        let tied = |text| tied(text, &before).replace('\u{a0}', "~");
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
    }
}
