//! `glossary.toml`.

use super::File;
use super::front_matter::Fields;
use crate::model::draft::Term;

pub(super) fn parse(file: &mut File) -> Vec<Term> {
    let mut fields = Fields::parse(file, 0..file.source.text.len());
    let tables = fields.tables(file, "term");
    fields.finish(file);
    let read = |mut fields: Fields| {
        let term = Term {
            name: fields.text(file, "name"),
            forms: fields.texts(file, "forms"),
            definition: fields.text(file, "definition"),
        };
        fields.finish(file);
        term
    };
    tables.into_iter().map(read).collect()
}
