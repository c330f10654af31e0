//! `glossary.toml`.

use super::fields::Fields;
use super::file::File;
use super::keys;
use crate::model::draft::{See, Term};

/// The terms, and what else to see.
pub(super) fn parse(file: &mut File) -> (Vec<Term>, Vec<See>) {
    let mut fields = Fields::parse(file, 0..file.source.text.len(), Some(keys::GLOSSARY));
    let terms = fields.tables(file, "term");
    let see = fields.tables(file, "see");
    fields.finish(file);
    let mut term = |mut fields: Fields| {
        let term = Term {
            name: fields.text(file, "name"),
            forms: fields.texts(file, "forms"),
            definition: fields.text(file, "definition"),
        };
        fields.finish(file);
        term
    };
    let terms = terms.into_iter().map(&mut term).collect();
    let mut see_one = |mut fields: Fields| {
        let name = fields.text(file, "name");
        let found = file.diagnostics.len();
        let to = fields.texts(file, "to");
        let is_misread = to.is_empty() && file.diagnostics.len() > found;
        fields.finish(file);
        (!is_misread).then_some(See { name, to })
    };
    (terms, see.into_iter().filter_map(&mut see_one).collect())
}
