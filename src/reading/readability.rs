//! How hard a text is to read.

use unicode_segmentation::UnicodeSegmentation;

use crate::language::rules::ReadingGrade;

/// The most words that a sentence should have.
pub(crate) const LONG_SENTENCE: usize = 30;

/// The sentences of a text, each with the byte at which it begins (Unicode Standard Annex 29); all have words.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let worded = |sentence: &str| sentence.chars().any(char::is_alphanumeric);
    (text.split_sentence_bound_indices()).filter(move |(_, sentence)| worded(sentence))
}

/// The words of a text, figures among them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let worded = |word: &&str| word.chars().any(char::is_alphanumeric);
    text.split_whitespace().filter(worded)
}

/// The grade of texts by the formula of their language, to a tenth; `None` if they have no words.
pub(crate) fn grade<'a>(
    texts: impl Iterator<Item = &'a str>,
    formula: &ReadingGrade,
) -> Option<f64> {
    let (mut sentence_count, mut word_count, mut syllable_count) = (0_u32, 0_u32, 0_u32);
    for (_, sentence) in texts.flat_map(sentences) {
        sentence_count += 1;
        for word in words(sentence) {
            word_count += 1;
            syllable_count += syllables(word, formula);
        }
    }
    let [sentences, words, syllables] = [sentence_count, word_count, syllable_count].map(f64::from);
    let sentence = formula.sentence * words / sentences;
    let grade = sentence + formula.word * syllables / words + formula.constant;
    (word_count > 0).then(|| (grade * 10.0).round() / 10.0)
}

/// The syllables of a word: its groups of vowels, without a silent one at its end; 1 for a figure.
fn syllables(word: &str, formula: &ReadingGrade) -> u32 {
    let word: String = word
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect::<String>()
        .to_lowercase();
    let mut count = 0;
    let mut after_vowel = false;
    for letter in word.chars() {
        let vowel = formula.vowels.contains(letter);
        count += u32::from(vowel && !after_vowel);
        after_vowel = vowel;
    }
    let is_silent = word.ends_with(&formula.silent) && !word.ends_with(&formula.sounded);
    let silent = is_silent && count > 1;
    (count - u32::from(silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Words;

    fn english() -> &'static ReadingGrade {
        Words::of("en").rules.reading_grade.as_ref().unwrap()
    }

    #[test]
    fn syllables_are_groups_of_vowels() {
        for (word, count) in [
            ("the", 1),
            ("liver", 2),
            ("make", 1),
            ("table", 2),
            ("radiotherapy", 5),
            ("12%", 1),
            ("(surgery).", 3),
        ] {
            assert_eq!(syllables(word, english()), count, "{word}");
        }
    }

    #[test]
    fn a_harder_text_has_a_higher_grade() {
        let grade = |text: &str| grade(std::iter::once(text), english());
        assert_eq!(grade("The cat sat. The dog ran."), Some(-2.6));
        let hard = grade(
            "Percutaneous radiofrequency ablation necessitates multidisciplinary evaluation.",
        );
        assert!(hard > Some(20.0), "{hard:?}");
        assert_eq!(grade(" … "), None);
    }

    #[test]
    fn sentences_end_where_readers_end_them() {
        let found: Vec<&str> = sentences("In 3.5% (e.g. two of them) it grew. Was it? Yes.")
            .map(|(_, sentence)| sentence.trim_end())
            .collect();
        assert_eq!(
            found,
            ["In 3.5% (e.g. two of them) it grew.", "Was it?", "Yes."]
        );
        assert_eq!(words("a – 12 b").count(), 3);
    }
}
