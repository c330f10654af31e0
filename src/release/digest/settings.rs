//! What is no prose → units: `handbook.toml`, populations, and the terms of the glossary.

use std::collections::{BTreeMap, BTreeSet};

use super::{Canon, Evidence, names, plain, reviewed};
use crate::model::draft::{
    CatalogueSubject, Contributor, Handbook, Population, Role, See, SubjectCode, Term,
};
use crate::model::ledger::{UnitKind, UnitRecord};

/// The facts about the whole book in `handbook.toml`, and the headings of the index that only lead to others.
pub(super) fn configuration(handbook: &Handbook, see: &[See]) -> Vec<UnitRecord> {
    let Handbook {
        span: _,
        title,
        subtitle,
        slug,
        language,
        // Neither is content: the ledger has them.
        edition: _,
        date: _,
        evidence_to,
        review,
        contact,
        funding,
        interests,
        disease,
        search,
        subjects,
        // Demands on the content, and no part of it.
        reading_grade: _,
        rules: _,
        publisher,
        licence,
        font_licence,
        description,
        disclaimer,
        contributors,
        // Units of their own, an order of units, and a matter of looks.
        populations: _,
        variants: _,
        chapters: _,
        sites: _,
        labels,
    } = handbook;
    let mut book = Canon::default();
    for (name, text) in [
        ("title", title),
        ("subtitle", subtitle),
        ("slug", slug),
        ("language", &language.value),
        ("publisher", publisher),
        ("licence", licence),
        ("description", description),
        ("disclaimer", disclaimer),
    ] {
        book.line(name, text);
    }
    for (name, text) in [
        ("contact", contact),
        ("funding", funding),
        ("interests", interests),
        ("font-licence", font_licence),
    ] {
        book.some(name, text.as_ref().map(|text| text.value.as_str()));
    }
    book.some("disease", disease.as_ref().map(|text| text.value.as_str()));
    names(&mut book, "search", search);
    for subject in subjects {
        listed(subject, &mut book);
    }
    reviewed(review, &mut book);
    for person in contributors {
        contributor(person, &mut book);
    }
    let mut evidence = Canon::default();
    evidence.some("to", evidence_to.map(|date| date.to_string()).as_deref());
    let mut index = Canon::default();
    let lead: BTreeSet<(&str, &str)> = (see.iter())
        .flat_map(|See { name, to }| to.iter().map(|to| (name.value.as_str(), to.value.as_str())))
        .collect();
    for (name, to) in lead {
        index.line("see", name);
        index.line("to", to);
    }
    let mut units = vec![
        plain(UnitKind::Configuration, "book", title, book, false),
        plain(
            UnitKind::Configuration,
            "evidence-to",
            title,
            evidence,
            true,
        ),
        plain(UnitKind::Configuration, "see-also", title, index, false),
    ];
    // The order of the file is not seen, nor are its comments.
    let own: BTreeMap<&str, &str> = (labels.shown())
        .map(|(name, text)| (name.as_str(), text.value.as_str()))
        .collect();
    if !own.is_empty() {
        let mut words = Canon::default();
        for (name, text) in own {
            words.node("label", |canon| {
                canon.text("name", name);
                canon.text("words", text);
            });
        }
        let kind = UnitKind::Configuration;
        units.push(plain(kind, "labels", title, words, false));
    }
    units
}

fn listed(subject: &CatalogueSubject, canon: &mut Canon) {
    let CatalogueSubject { term, code } = subject;
    canon.node("subject", |canon| {
        canon.line("term", term);
        if let Some(SubjectCode { authority, code }) = code {
            canon.line("authority", authority);
            canon.line("code", code);
        }
    });
}

fn contributor(contributor: &Contributor, canon: &mut Canon) {
    let Contributor {
        name,
        file_as,
        role,
        note,
    } = contributor;
    let role = match role {
        Role::Compiler => "compiler",
        Role::Editor => "editor",
        Role::Reviewer => "reviewer",
    };
    canon.node(role, |canon| {
        canon.line("name", name);
        canon.some("file-as", file_as.as_deref());
        canon.line("note", note);
    });
}

pub(super) fn population(population: &Population) -> UnitRecord {
    let Population {
        id,
        label,
        description,
        // What is asked of references, and no part of them.
        caution: _,
    } = population;
    let mut canon = Canon::default();
    canon.line("label", label);
    canon.line("description", description);
    plain(UnitKind::Population, id.value.as_str(), label, canon, true)
}

pub(super) fn term(term: &Term) -> UnitRecord {
    let Term {
        name,
        forms,
        definition,
    } = term;
    let mut canon = Canon::default();
    canon.line("name", &name.value);
    let forms: BTreeSet<&str> = forms.iter().map(|form| form.value.as_str()).collect();
    for form in &forms {
        canon.line("form", form);
    }
    canon.line("definition", &definition.value);
    let unit = plain(UnitKind::Term, &name.value, &name.value, canon, false);
    UnitRecord {
        figures: Evidence::of_text(&definition.value).figures(),
        ..unit
    }
}
