//! The words that the program adds to a book, in small tables: those of `styles/languages/`.

use serde::Deserialize;

use super::numbers::Plural;

/// Tables of labels. Those with braces in them are filled by [`fill`].
macro_rules! tables {
    ($($(#[$doc:meta])+ $table:ident { $($label:ident),+ $(,)? })+) => {$(
        $(#[$doc])+
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub(crate) struct $table {
            $(pub(crate) $label: String,)+
        }
    )+};
}

tables! {
    /// The cover.
    Cover { name, people, alt }

    /// What an edition is called.
    Edition { released, draft, printed }

    /// “About this edition”.
    Imprint {
        title, compiler, editor, reviewer, no_reviewer, evidence_to, reviewed, contact, contact_not_stated, no_contact,
        funding, funding_not_stated, interests, interests_not_stated, not_stated, publisher, copyright, licence, colophon,
    }

    /// How the book was made, on its last page.
    Colophon { title, made, digest }

    /// What changed in an edition: in the book, its notes and its feeds.
    Changes { title, draft, since, first, none, book, evidence, words, looks, every }

    /// One change.
    ChangeLines {
        added, removed, retracted, reinstated, findings, figures, label, label_population, evidence_to, facts,
        sources, order_chapter, order_site, order_population, wording, wording_book, wording_index, wording_labels,
        appearance, program, figure_changed, figure_added, figure_removed, counted,
    }

    /// What a part of the book is called where it changed.
    Units { site, technique, site_technique, chapter, reference, population, term, configuration }

    /// The parts of the book.
    Parts { start, start_intro, sites, sites_intro, techniques, techniques_intro, indexes, indexes_intro }

    /// What a site or a technique says of itself.
    Techniques { technique, page, where_used, reviewed }

    /// The book on one page.
    Overview { title, signs, pages, caption, chapter }

    /// The techniques of a site at a glance.
    Glance { caption, people, figure, harm, studied, no_article, not_reported }

    /// Lists of references.
    References { title, none, search, search_any, search_typed, pmid, pmcid, doi, url, page }

    /// Articles A to Z.
    Articles { title, intro, cited }

    /// What journals said later of an article.
    Notices { mark_retracted, retracted, concern, corrected, notice, kept }

    /// Handouts.
    Handouts { of, about, about_all, others, signs, brackets, found, name, date, lookup_one, lookup_two, no_lookup, code }

    /// Indexes and glossary.
    Indexes {
        none, named, continued, under, techniques, techniques_intro, subjects, subjects_intro,
        glossary, glossary_intro, see, see_also,
    }

    /// The references in numbers.
    Counts {
        title, intro, by_site_intro, by_decade, by_decade_and_population, by_site, by_site_and_population,
        site, published, decade, all, alt,
    }

    /// Ways through the book.
    Navigation { contents, pages, landmarks, continued, back, go }

    /// What a screen reader says of signs and of links within the book.
    Spoken {
        editorial, editorial_end, omission, box_open, box_ticked, link, link_to_term, link_to_heading,
        link_to_technique,
    }

    /// What the EPUB claims of itself.
    Accessibility { text, pictures, charts, tables, comments, pages }

    /// The download site and the feeds.
    Site {
        newest, skip, books, books_intro, handouts, handouts_intro, handouts_sites, handouts_techniques,
        handouts_site_techniques, checksums, changes, earlier, none_earlier, not_kept, follow, follow_feed, follow_opds, follow_opds_2,
        colophon, cover, read, read_hint, take, find, nothing, retracted,
    }

    /// The web edition.
    Web {
        skip, search, search_hint, found, nothing, way, turn, previous, next, paper, on_paper, handout,
        citations, others, moved, gone, chapter, site, technique, site_technique, index, about, word, article,
    }

    /// Files to download, and how long they are.
    Downloads {
        a4, a4_hint, letter, letter_hint, large_print, large_print_hint, screen, screen_hint, press, press_hint, epub, epub_hint, citations,
        kilobytes, megabytes,
    }
}

/// Amounts, in every form that the plural rules of the language have.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Plurals {
    pub(crate) patients: Plural,
    pub(crate) people: Plural,
    pub(crate) articles: Plural,
    pub(crate) more_articles: Plural,
    pub(crate) older_study: Plural,
    pub(crate) lookup: Plural,
    pub(crate) lookup_some: Plural,
}

impl Plurals {
    /// All of them, with their names.
    pub(super) fn all(&self) -> [(&'static str, &Plural); 7] {
        let Self {
            patients,
            people,
            articles,
            more_articles,
            older_study,
            lookup,
            lookup_some,
        } = self;
        [
            ("patients", patients),
            ("people", people),
            ("articles", articles),
            ("more-articles", more_articles),
            ("older-study", older_study),
            ("lookup", lookup),
            ("lookup-some", lookup_some),
        ]
    }
}

/// The headings that each technique has.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Headings {
    /// What it is.
    pub(crate) what: String,
    /// Whom and what it is for.
    pub(crate) suits: String,
    /// What it brings.
    pub(crate) benefits: String,
    /// What it risks.
    pub(crate) risks: String,
    /// What nobody knows about it.
    pub(crate) unknown: String,
    /// What to ask a doctor about it.
    pub(crate) questions: String,
}

impl Headings {
    /// All of them, in the order of a chapter.
    pub(crate) fn all(&self) -> [&str; 6] {
        let Self {
            what,
            suits,
            benefits,
            risks,
            unknown,
            questions,
        } = self;
        [what, suits, benefits, risks, unknown, questions].map(String::as_str)
    }
}

/// Puts values into the placeholders of a label.
pub(crate) fn fill(label: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(label.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}
