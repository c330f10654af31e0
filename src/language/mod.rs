//! The words that the program adds, in the language of the book.

pub(crate) mod case;

use serde::Deserialize;

use crate::model::Date;

macro_rules! words {
    ($($field:ident,)+) => {
        /// The words of one language: `styles/labels/<language>.toml`.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub(crate) struct Words {
            months: Vec<String>,
            short_months: Vec<String>,
            /// Words that stay with the number after them.
            pub(crate) before_numbers: Vec<String>,
            $(pub(crate) $field: String,)+
        }
    };
}

words! {
    edition, cover, cover_people, cover_alt, edition_draft, digest, imprint, compiler, editor, reviewer, no_reviewer, evidence_to, publisher, licence, and,
    part_start, part_sites, part_sites_intro, part_techniques, part_techniques_intro, part_indexes,
    contents, references, no_references, techniques_at, technique, newest, page, pages, where_used,
    search_site, search_technique, patients, patient, older_study, pmid, pmcid, doi, url, site_index,
    site_index_intro, site_index_caption, subject_index, subject_index_intro, see_also, none, technique_index, technique_index_intro, see, glossary, glossary_intro,
    all_references, all_references_intro, references_counted, references_counted_intro,
    references_by_site_intro, by_decade, by_decade_and_population,
    by_site, by_site_and_population, site, published, decade, all, page_list, landmarks, editorial, editorial_end, omission, continued, back, go,
    what_it_is, questions, handout_of, handout_about, handout_lookup, handout_lookup_some, handout_lookup_one, handout_code,
    contact, funding, interests, funding_not_stated, interests_not_stated, contact_not_stated,
    reviewed, reviewed_here, retracted, mark_retracted, concern, corrected, notice, kept,
    part_suits, part_benefits, part_risks, part_unknown,
    box_open, box_ticked, printed,
    readable_text, readable_pictures, readable_charts, readable_tables, readable_comments, readable_pages,
    site_newest, site_skip, site_books, site_books_intro, site_handouts, site_handouts_intro,
    site_handouts_sites, site_handouts_techniques, site_checksums, site_changes, site_earlier,
    site_none_earlier, site_not_kept, site_follow, site_follow_feed, site_follow_opds, site_follow_opds_2,
    site_colophon, site_cover, download_a4, download_letter, download_large_print, download_screen,
    download_epub, download_a4_hint, download_letter_hint, download_large_print_hint, download_screen_hint,
    download_epub_hint, size_kilobytes, size_megabytes,
    changes, changes_draft, changes_since, changes_first, changes_none, changes_book, changes_evidence,
    changes_words, changes_looks, kind_site, kind_technique, kind_site_technique, kind_chapter,
    kind_reference, kind_population, kind_term, kind_configuration, change_added, change_removed,
    change_retracted, change_reinstated, change_findings, change_figures, change_label, change_label_population,
    change_evidence_to, change_facts, change_sources, change_order_chapter, change_order_site,
    change_order_population, change_wording, change_wording_book, change_wording_index,
    change_appearance, change_program, figure_changed, figure_added, figure_removed,
}

/// The languages that there are words for.
pub const LANGUAGES: &[&str] = &["en"];

/// Whether there are words for a language tag.
#[must_use]
pub fn speaks(tag: &str) -> bool {
    LANGUAGES.contains(&tag.split('-').next().unwrap_or_default())
}

/// The headings that each technique has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What it is.
    pub what: String,
    /// Whom and what it is for.
    pub suits: String,
    /// What it brings.
    pub benefits: String,
    /// What it risks.
    pub risks: String,
    /// What nobody knows about it.
    pub unknown: String,
    /// What to ask a doctor about it.
    pub questions: String,
}

impl Parts {
    /// All of them, in the order of a chapter.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let Self {
            what,
            suits,
            benefits,
            risks,
            unknown,
            questions,
        } = self;
        [what, suits, benefits, risks, unknown, questions]
            .into_iter()
            .map(String::as_str)
    }
}

/// The headings that each technique has, in the language of a tag.
#[must_use]
pub fn parts(tag: &str) -> Parts {
    let words = Words::of(tag);
    Parts {
        what: words.what_it_is,
        suits: words.part_suits,
        benefits: words.part_benefits,
        risks: words.part_risks,
        unknown: words.part_unknown,
        questions: words.questions,
    }
}

impl Words {
    /// The words for a language tag; English for a language that there are no words for, which
    /// `check` does not let through.
    pub(crate) fn of(tag: &str) -> Self {
        let language = tag
            .split('-')
            .next()
            .filter(|_| speaks(tag))
            .unwrap_or("en");
        let text = crate::styles::get(&format!("labels/{language}.toml")).unwrap_or_default();
        #[expect(
            clippy::expect_used,
            reason = "embedded when the program is built, and tested"
        )]
        toml::from_str(text).expect("the embedded labels are complete")
    }

    /// A date in words, as exact as it is known: `23 November 2026`.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = date
            .month
            .and_then(|month| self.months.get(usize::from(month) - 1));
        match (date.day, month) {
            (Some(day), Some(month)) => format!("{day}\u{a0}{month} {}", date.year),
            (_, Some(month)) => format!("{month} {}", date.year),
            (_, None) => date.year.to_string(),
        }
    }

    /// A date as PubMed writes it: `1989 Mar 1`.
    pub(crate) fn pubmed_date(&self, date: Date) -> String {
        let month = date
            .month
            .and_then(|month| self.short_months.get(usize::from(month) - 1));
        match (month, date.day) {
            (Some(month), Some(day)) => format!("{} {month} {day}", date.year),
            (Some(month), None) => format!("{} {month}", date.year),
            (None, _) => date.year.to_string(),
        }
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn list(&self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [name] => (*name).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.and),
        }
    }
}

/// Puts values into the placeholders of a label.
pub(crate) fn fill(label: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(label.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_its_words() {
        for language in LANGUAGES {
            let words = Words::of(language);
            assert_eq!(
                (words.months.len(), words.short_months.len()),
                (12, 12),
                "{language}"
            );
        }
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let words = Words::of("en-GB");
        let date = |text| Date::parse(text).unwrap_or_default();
        assert_eq!(words.date(date("2026-11-23")), "23\u{a0}November 2026");
        assert_eq!(words.date(date("2026-11")), "November 2026");
        assert_eq!(words.pubmed_date(date("1989-03-01")), "1989 Mar 1");
        assert_eq!(words.pubmed_date(date("1989")), "1989");
    }
}
