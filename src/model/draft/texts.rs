//! All texts of a draft that a reader may come to see: in the book, in its files, on the download site.

use super::{
    Bar, Block, Body, CatalogueSubject, Chapter, Chart, Cited, Contributor, Draft, Handbook,
    Inline, Node, Population, Reference, See, Site, SiteTechnique, Subject, Technique, Term,
};
use crate::model::ledger::{Change, LedgerEntry, UnitRecord};
use crate::model::{Author, Bibliographic, Identifier};
use crate::source::{Span, Spanned};

/// Texts with the places where they are known to stand. A text of which only the file is known stands at its start.
type Texts<'a> = Vec<(&'a str, Span)>;

impl Draft {
    /// Every text that a reader may come to see. Whoever adds a field to the model adds it here, or it does not compile.
    #[must_use]
    pub fn texts(&self) -> Vec<(&str, Span)> {
        let Self {
            handbook,
            chapters,
            sites,
            techniques,
            references,
            glossary,
            see,
            // They have words of the program alone, and an address.
            notices: _,
            images: _,
            fonts: _,
            releases,
            // What changed is made of the titles, and of the ledger.
            issue: _,
            others: _,
        } = self;
        let mut texts = Texts::new();
        of_handbook(handbook, &mut texts);
        for it in chapters {
            of_chapter(it, &mut texts);
        }
        for it in sites {
            of_site(it, &mut texts);
        }
        for it in techniques {
            of_technique(it, &mut texts);
        }
        for it in references {
            of_reference(it, &mut texts);
        }
        for it in glossary {
            of_term(it, &mut texts);
        }
        for See { name, to } in see {
            texts.extend(std::iter::once(name).chain(to).map(placed));
        }
        for it in releases {
            of_entry(it, &mut texts);
        }
        texts
    }
}

fn placed(text: &Spanned<String>) -> (&str, Span) {
    (&text.value, text.span)
}

fn of_handbook<'a>(handbook: &'a Handbook, texts: &mut Texts<'a>) {
    let Handbook {
        span,
        title,
        subtitle,
        slug,
        language,
        edition: _,
        date: _,
        evidence_to: _,
        review: _,
        publisher,
        contact,
        funding,
        interests,
        disease,
        search,
        subjects,
        reading_grade: _,
        // Reasons are for editors.
        rules: _,
        licence,
        font_licence,
        description,
        disclaimer,
        contributors,
        populations,
        variants: _,
        chapters: _,
        sites: _,
        labels,
    } = handbook;
    texts.extend(labels.texts.iter().map(|(_, text)| placed(text)));
    texts.extend(search.iter().map(placed));
    let own = [
        title,
        subtitle,
        slug,
        publisher,
        licence,
        description,
        disclaimer,
    ];
    texts.extend(own.map(|text| (text.as_str(), *span)));
    texts.push(placed(language));
    texts.extend(
        [contact, funding, interests, disease, font_licence]
            .into_iter()
            .flatten()
            .map(placed),
    );
    for CatalogueSubject { term, code } in subjects {
        let code = code.iter().flat_map(|it| [&it.authority, &it.code]);
        texts.extend(
            [term]
                .into_iter()
                .chain(code)
                .map(|text| (text.as_str(), *span)),
        );
    }
    for Contributor {
        name,
        file_as,
        role: _,
        note,
    } in contributors
    {
        let own = [name, note].into_iter().chain(file_as);
        texts.extend(own.map(|text| (text.as_str(), *span)));
    }
    for Population {
        id,
        label,
        description,
        caution: _,
    } in populations
    {
        texts.extend([label, description].map(|text| (text.as_str(), id.span)));
    }
}

fn of_chapter<'a>(chapter: &'a Chapter, texts: &mut Texts<'a>) {
    let Chapter {
        id: _,
        title,
        body,
        review: _,
    } = chapter;
    texts.push(placed(title));
    of_body(body, texts);
}

fn of_site<'a>(site: &'a Site, texts: &mut Texts<'a>) {
    let Site {
        id: _,
        title,
        aliases,
        search,
        body,
        review: _,
        techniques,
    } = site;
    texts.extend(
        std::iter::once(title)
            .chain(aliases)
            .chain(search)
            .map(placed),
    );
    of_body(body, texts);
    for SiteTechnique {
        technique: _,
        title,
        glance,
        body,
        review: _,
    } in techniques
    {
        texts.extend(title.iter().chain(glance.texts()).map(placed));
        of_body(body, texts);
    }
}

fn of_technique<'a>(technique: &'a Technique, texts: &mut Texts<'a>) {
    let Technique {
        id: _,
        title,
        aliases,
        search,
        body,
        review: _,
    } = technique;
    texts.extend(
        std::iter::once(title)
            .chain(aliases)
            .chain(search)
            .map(placed),
    );
    of_body(body, texts);
}

fn of_reference<'a>(reference: &'a Reference, texts: &mut Texts<'a>) {
    let Reference {
        id: _,
        bibliographic,
        places: _,
        population: _,
        design,
        patients: _,
        sites: _,
        techniques: _,
        kept,
        chapters: _,
        body,
    } = reference;
    let Bibliographic {
        title,
        language,
        authors,
        journal,
        date: _,
        volume,
        issue,
        pages,
        affiliation,
        identifiers,
    } = bibliographic;
    let facts = [
        ("title", Some(title)),
        ("language", language.as_ref()),
        ("journal", Some(journal)),
        ("volume", volume.as_ref()),
        ("issue", issue.as_ref()),
        ("pages", pages.as_ref()),
        ("affiliation", affiliation.as_ref()),
    ];
    for (key, text) in facts {
        texts.extend(text.map(|text| (text.as_str(), reference.place(key))));
    }
    for text in authors.named.iter().flat_map(of_author) {
        texts.push((text, reference.place("authors")));
    }
    for identifier in identifiers {
        let text = match identifier {
            Identifier::Pmid(_) => continue,
            Identifier::Pmcid(text) | Identifier::Doi(text) | Identifier::Address(text) => text,
        };
        texts.push((text, reference.place(identifier.key())));
    }
    texts.extend([design, kept].into_iter().flatten().map(placed));
    of_body(body, texts);
}

fn of_author(author: &Author) -> Vec<&str> {
    match author {
        Author::Person {
            family,
            initials,
            suffix,
        } => [family, initials]
            .into_iter()
            .chain(suffix)
            .map(String::as_str)
            .collect(),
        Author::Group(name) => vec![name],
    }
}

fn of_term<'a>(term: &'a Term, texts: &mut Texts<'a>) {
    let Term {
        name,
        forms,
        definition,
    } = term;
    texts.extend([name, definition].into_iter().chain(forms).map(placed));
}

/// What the download site tells of an edition.
fn of_entry<'a>(entry: &'a LedgerEntry, texts: &mut Texts<'a>) {
    let release = &entry.release;
    let mut own = vec![&release.note, &release.inventory.program.name];
    for Change {
        what: _,
        kind: _,
        id,
        title,
        figures,
    } in &release.changes
    {
        own.extend([id, title]);
        own.extend(figures.iter().flat_map(|(before, after)| [before, after]));
    }
    for UnitRecord { id, title, .. } in &release.inventory.units {
        own.extend([id, title]);
    }
    texts.extend(own.into_iter().map(|text| (text.as_str(), entry.span)));
}

fn of_body<'a>(body: &'a Body, texts: &mut Texts<'a>) {
    for node in body.nodes() {
        match node {
            Node::Block(block) => of_block(block, texts),
            Node::Inline(inline) => of_inline(inline, texts),
        }
    }
}

fn of_block<'a>(block: &'a Spanned<Block>, texts: &mut Texts<'a>) {
    match &block.value {
        Block::Heading { subjects, .. } => subjects.iter().for_each(|it| of_subject(it, texts)),
        Block::Code(text) => texts.push((text, block.span)),
        Block::Chart(chart) => of_chart(chart, texts),
        Block::Image {
            path: _,
            alt,
            caption,
        } => {
            let own = std::iter::once(alt).chain(caption);
            texts.extend(own.map(|text| (text.as_str(), block.span)));
        }
        Block::Paragraph(_)
        | Block::List { .. }
        | Block::DefinitionList(_)
        | Block::Quote(_)
        | Block::Table { .. }
        | Block::Rule => {}
    }
}

fn of_chart<'a>(chart: &'a Chart, texts: &mut Texts<'a>) {
    let Chart {
        title,
        unit,
        reference: _,
        alt,
        bars,
    } = chart;
    texts.extend([title, unit, alt].map(placed));
    texts.extend(bars.iter().map(|Bar { label, value: _ }| placed(label)));
}

fn of_inline<'a>(inline: &'a Spanned<Inline>, texts: &mut Texts<'a>) {
    match &inline.value {
        Inline::Text(text) | Inline::Code(text) => texts.push((text, inline.span)),
        Inline::Index(subjects) => subjects.iter().for_each(|it| of_subject(it, texts)),
        Inline::Citation(cited) => texts.extend(cited.iter().flat_map(Cited::words).map(placed)),
        Inline::Emphasis(_)
        | Inline::Strong(_)
        | Inline::Link { .. }
        | Inline::Bracket(_)
        | Inline::Footnote(_)
        | Inline::Omission
        | Inline::Break => {}
    }
}

fn of_subject<'a>(subject: &'a Spanned<Subject>, texts: &mut Texts<'a>) {
    let Subject {
        heading,
        subheading,
    } = &subject.value;
    let own = std::iter::once(heading).chain(subheading);
    texts.extend(own.map(|text| (text.as_str(), subject.span)));
}
