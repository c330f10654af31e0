//! `handbook.toml`.

use super::fields::Fields;
use super::file::File;
use super::{keys, rules};
use crate::diagnostic::{Code, Diagnostic, list, nearest};
use crate::language::Tag;
use crate::model::draft::{
    CatalogueSubject, Contributor, Handbook, Labels, Population, Review, Role, SubjectCode,
};
use crate::model::ledger::Edition;
use crate::model::{ChapterId, Date, PopulationId, SiteId, Variant, is_valid_id};
use crate::source::{Span, Spanned};

fn whole(text: &str) -> Option<u64> {
    text.trim().parse().ok()
}

/// Replaces a missing `handbook.toml`.
pub(super) fn missing() -> Handbook {
    Handbook {
        span: Span::NOWHERE,
        title: String::new(),
        subtitle: String::new(),
        slug: String::new(),
        language: Spanned::new(String::new(), Span::NOWHERE),
        edition: None,
        date: None,
        evidence_to: None,
        review: Review::default(),
        contact: None,
        funding: None,
        interests: None,
        disease: None,
        search: Vec::new(),
        subjects: Vec::new(),
        reading_grade: None,
        rules: Vec::new(),
        publisher: String::new(),
        licence: String::new(),
        font_licence: None,
        description: String::new(),
        disclaimer: String::new(),
        contributors: Vec::new(),
        populations: Vec::new(),
        variants: Vec::new(),
        chapters: Vec::new(),
        sites: Vec::new(),
        labels: Labels::default(),
    }
}

pub(super) fn parse(file: &mut File) -> Handbook {
    let mut fields = Fields::parse(file, 0..file.source.text.len(), Some(keys::HANDBOOK));
    let handbook = Handbook {
        span: file.start(),
        title: fields.text(file, "title").value,
        subtitle: optional_text(&mut fields, file, "subtitle"),
        slug: slug(&mut fields, file),
        language: language(&mut fields, file),
        edition: edition(&mut fields, file),
        date: day(&mut fields, file),
        evidence_to: (fields.optional_date(file, "evidence-to")).map(|date| date.value),
        review: fields.review(file),
        contact: statement(&mut fields, file, "contact"),
        funding: statement(&mut fields, file, "funding"),
        interests: statement(&mut fields, file, "interests"),
        disease: fields.optional_text(file, "disease"),
        search: fields.texts(file, "search"),
        subjects: subjects(&mut fields, file),
        reading_grade: (fields.number(file, "reading-grade", whole)).map(|grade| grade.value),
        rules: rules::parse(&mut fields, file),
        publisher: fields.text(file, "publisher").value,
        licence: fields.text(file, "licence").value,
        font_licence: statement(&mut fields, file, "font-licence"),
        description: fields.text(file, "description").value,
        disclaimer: fields.text(file, "disclaimer").value,
        contributors: contributors(&mut fields, file),
        populations: populations(&mut fields, file),
        variants: variants(&mut fields, file),
        chapters: ids(fields.texts(file, "chapters"), ChapterId),
        sites: ids(fields.texts(file, "sites"), SiteId),
        labels: Labels::default(),
    };
    fields.finish(file);
    handbook
}

/// Texts as identifiers, with their places.
pub(super) fn ids<T>(texts: Vec<Spanned<String>>, id: fn(String) -> T) -> Vec<Spanned<T>> {
    texts
        .into_iter()
        .map(|text| Spanned::new(id(text.value), text.span))
        .collect()
}

fn optional_text(fields: &mut Fields, file: &mut File, key: &'static str) -> String {
    fields
        .optional::<String>(file, key)
        .map_or_else(String::new, |text| text.value)
}

/// A text that is not empty, if it is there.
fn statement(fields: &mut Fields, file: &mut File, key: &'static str) -> Option<Spanned<String>> {
    let text = fields.optional::<String>(file, key)?;
    let said = Spanned::new(text.value.trim().to_owned(), text.span);
    (!said.value.is_empty()).then_some(said)
}

fn slug(fields: &mut Fields, file: &mut File) -> String {
    let slug = fields.text(file, "slug");
    if !slug.value.is_empty() && !is_valid_id(&slug.value) {
        file.report(Diagnostic::new(
            Code::InvalidValue,
            slug.span,
            format!("`{}` is not a valid file name on every system", slug.value),
            "use at most 100 lower-case letters a to z, digits, and single hyphens between words, with a letter first",
        ));
    }
    slug.value
}

fn language(fields: &mut Fields, file: &mut File) -> Spanned<String> {
    let language = fields.text(file, "language");
    let known = language.value.is_empty() || is_language(&language, file);
    match known {
        true => language,
        false => Spanned::new(String::new(), language.span),
    }
}

/// Whether it is a tag that names a language. If not, that is reported.
pub(super) fn is_language(language: &Spanned<String>, file: &mut File) -> bool {
    let is_tag = Tag::parse(&language.value).is_some();
    if !is_tag {
        file.report(Diagnostic::new(
            Code::InvalidValue,
            language.span,
            format!("`{}` is not a language tag", language.value),
            "write a language such as `en`, with a script or a region if wanted: `en-GB`, `zh-Hant`",
        ));
    }
    is_tag
}

/// The number of the first edition, or the least one of the next.
fn edition(fields: &mut Fields, file: &mut File) -> Option<Edition> {
    let text = fields.optional::<String>(file, "edition")?;
    let edition = Edition::parse(&text.value).filter(|edition| edition.to_string() != "0.0.0");
    if edition.is_none() {
        file.report(Diagnostic::new(
            Code::InvalidValue,
            text.span,
            format!("`{}` is not the number of an edition", text.value),
            format!(
                "write edition, revision and correction, each up to {}: `edition = \"1.0.0\"`",
                Edition::HIGHEST
            ),
        ));
    }
    edition
}

/// The date of the edition: PDF/A wants it to the day.
fn day(fields: &mut Fields, file: &mut File) -> Option<Date> {
    let date = fields.optional_date(file, "date")?;
    if date.value != Date::default() && date.value.day.is_none() {
        file.report(Diagnostic::new(
            Code::InvalidDate,
            date.span,
            format!("the date of an edition is a day, not `{}`", date.value),
            format!("add month and day: `{}-01-31`", date.value.year),
        ));
    }
    Some(date.value)
}

fn variants(fields: &mut Fields, file: &mut File) -> Vec<Spanned<Variant>> {
    let mut variants = Vec::new();
    for name in fields.texts(file, "variants") {
        if let Some(variant) = Variant::named(&name.value) {
            variants.push(Spanned::new(variant, name.span));
            continue;
        }
        let names = || Variant::ALL.iter().map(|variant| variant.name());
        let help = match nearest(&name.value, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the variants are {}", list(names())),
        };
        let message = format!("there is no page variant `{}`", name.value);
        file.report(Diagnostic::new(
            Code::InvalidValue,
            name.span,
            message,
            help,
        ));
    }
    variants
}

fn subjects(fields: &mut Fields, file: &mut File) -> Vec<CatalogueSubject> {
    let tables = fields.tables(file, "subject");
    let read = |mut fields: Fields| {
        let term = fields.text(file, "term").value;
        let code = fields.optional::<String>(file, "code");
        let code = code.and_then(|code| subject_code(&code, file));
        fields.finish(file);
        CatalogueSubject { term, code }
    };
    tables.into_iter().map(read).collect()
}

/// `MeSH:D007890`.
fn subject_code(text: &Spanned<String>, file: &mut File) -> Option<SubjectCode> {
    let parts = text.value.rsplit_once(':');
    let parts = parts.map(|(authority, code)| (authority.trim(), code.trim()));
    let Some((authority, code)) = parts.filter(|(a, b)| !a.is_empty() && !b.is_empty()) else {
        file.report(Diagnostic::new(
            Code::InvalidValue,
            text.span,
            format!("`{}` does not name a code and its vocabulary", text.value),
            format!(
                "write the vocabulary, a colon and the code: `code = \"MeSH:{}\"`",
                text.value.trim_matches([':', ' '])
            ),
        ));
        return None;
    };
    Some(SubjectCode {
        authority: authority.to_owned(),
        code: code.to_owned(),
    })
}

fn contributors(fields: &mut Fields, file: &mut File) -> Vec<Contributor> {
    let tables = fields.tables(file, "contributor");
    let read = |mut fields: Fields| {
        let name = fields.text(file, "name").value;
        let file_as = statement(&mut fields, file, "file-as").map(|name| name.value);
        let role = fields
            .required::<Role>(file, "role")
            .map_or(Role::Editor, |role| role.value);
        let note = optional_text(&mut fields, file, "note");
        fields.finish(file);
        Contributor {
            name,
            file_as,
            role,
            note,
        }
    };
    tables.into_iter().map(read).collect()
}

fn populations(fields: &mut Fields, file: &mut File) -> Vec<Population> {
    let tables = fields.tables(file, "population");
    let read = |mut fields: Fields| {
        let id = fields.text(file, "id");
        let label = fields.text(file, "label").value;
        let description = optional_text(&mut fields, file, "description");
        let caution = fields.optional::<bool>(file, "caution");
        fields.finish(file);
        Population {
            caution: caution.is_some_and(|caution| caution.value),
            id: Spanned::new(PopulationId(id.value), id.span),
            label,
            description,
        }
    };
    tables.into_iter().map(read).collect()
}
