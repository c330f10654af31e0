//! `releases/<edition>.toml`: an entry of the ledger.

use std::collections::BTreeMap;

use super::entry::{SCHEMA, SEAL};
use crate::diagnostic::{Code, Diagnostic, list};
use crate::digest::{Digest, Fingerprint, sha256};
use crate::load::Project;
use crate::model::Date;
use crate::model::content::is_entry;
use crate::model::ledger::{
    Artifact, Aspect, Change, ChangeKind, Edition, Inventory, LedgerEntry, Previous, Program,
    Release, UnitKind, UnitRecord,
};
use crate::parse::{Fields, File, Slate};
use crate::source::{SourceId, Spanned};

/// The help for a file that only the program may write.
pub(crate) fn restore(path: &str) -> String {
    format!(
        "restore `{path}` from version control (`git checkout`) or a copy; only `fascicle release` may write it"
    )
}

/// Reads every entry of the ledger, in order of their numbers.
#[must_use]
pub fn read(project: &Project) -> (Vec<LedgerEntry>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut entries = Vec::new();
    for (index, source) in project.sources.iter().enumerate() {
        if is_entry(&source.path) {
            let id = SourceId(u32::try_from(index).unwrap_or(u32::MAX));
            let mut file = File {
                id,
                source,
                slate: &Slate::new(),
                diagnostics: &mut diagnostics,
            };
            entries.extend(entry(&mut file));
        }
    }
    entries.sort_by_key(|entry| entry.release.edition);
    (entries, diagnostics)
}

fn entry(file: &mut File) -> Option<LedgerEntry> {
    let before = file.diagnostics.len();
    let mut fields = Fields::parse(file, 0..file.source.text.len(), None);
    schema(&mut fields, file);
    let edition = value(&mut fields, file, "edition", Edition::parse);
    if let Some(edition) = &edition {
        name(file, edition);
    }
    let date = value(&mut fields, file, "date", |text| {
        Date::parse(text).filter(|date| date.day.is_some())
    });
    let previous = previous(&mut fields, file);
    let note = fields.optional::<String>(file, "note");
    let program = fields.text(file, "program").value;
    let sources = value(&mut fields, file, "program-sha256", Digest::parse);
    let styles = value(&mut fields, file, "styles", Digest::parse);
    let content = value(&mut fields, file, "content", Digest::parse);
    let changes = rows(&mut fields, file, "changes", change);
    let units = rows(&mut fields, file, "units", unit);
    let artifacts = rows(&mut fields, file, "artifacts", artifact);
    let seal = value(&mut fields, file, SEAL, Digest::parse);
    fields.finish(file);
    if file.diagnostics.len() > before {
        return None;
    }
    let (edition, date, content, seal) = (edition?, date?, content?, seal?);
    let text = canonical(&file.source.text);
    Some(LedgerEntry {
        digest: sha256(text.as_bytes()),
        span: file.start(),
        edition: edition.span,
        date: date.span,
        previous: previous
            .as_ref()
            .map_or(edition.span, |previous| previous.span),
        content: content.span,
        seal: (seal.value, sha256(sealed(&text).as_bytes()), seal.span),
        release: Release {
            edition: edition.value,
            date: date.value,
            previous: previous.map(|previous| previous.value),
            note: note.map(|note| note.value).unwrap_or_default(),
            changes,
            inventory: Inventory {
                units,
                content: content.value,
                styles: styles?.value,
                program: Program {
                    name: program,
                    sources: sources?.value,
                },
            },
            artifacts,
        },
    })
}

/// The text of an entry as it was written: with one line end at its end, however many an editor has put there. Those
/// of Windows, and a byte order mark, are gone since the file was read.
fn canonical(text: &str) -> String {
    format!("{}\n", text.trim_end_matches('\n'))
}

/// What the seal of an entry is of: all before its last line, which it is; without it there, all.
fn sealed(text: &str) -> &str {
    let body = text.trim_end_matches('\n');
    let last = body.rfind('\n').map_or(0, |at| at + 1);
    match body[last..].starts_with(&format!("{SEAL} = ")) {
        true => &text[..last],
        false => text,
    }
}

/// The file is called after its edition.
fn name(file: &mut File, edition: &Spanned<Edition>) {
    let wanted = format!("releases/{}.toml", edition.value);
    if file.source.path != wanted {
        let message = format!("the file name does not match edition {}", edition.value);
        let help = format!("rename the file to `{wanted}`");
        file.report(Diagnostic::new(
            Code::InvalidName,
            edition.span,
            message,
            help,
        ));
    }
}

fn schema(fields: &mut Fields, file: &mut File) {
    let schema = fields.text(file, "schema");
    if !schema.value.is_empty() && schema.value != SCHEMA {
        file.report(Diagnostic::new(
            Code::InvalidValue,
            schema.span,
            format!("this program reads `{SCHEMA}`, not `{}`", schema.value),
            "use the version of the program that wrote the entry, or a newer one",
        ));
    }
}

fn previous(fields: &mut Fields, file: &mut File) -> Option<Spanned<Previous>> {
    let edition = maybe(fields, file, "previous", Edition::parse);
    let digest = maybe(fields, file, "previous-sha256", Digest::parse);
    match (edition, digest) {
        (Some(edition), Some(digest)) => {
            let previous = Previous {
                edition: edition.value,
                digest: digest.value,
            };
            Some(Spanned::new(previous, digest.span))
        }
        (None, None) => None,
        (Some(Spanned { span, .. }), None) | (None, Some(Spanned { span, .. })) => {
            file.report(Diagnostic::new(
                Code::MissingKey,
                span,
                "`previous` and `previous-sha256` belong together",
                restore(&file.source.path),
            ));
            None
        }
    }
}

fn change(fields: &mut Fields, file: &mut File) -> Option<Change> {
    let what = value(fields, file, "what", ChangeKind::named);
    let kind = value(fields, file, "kind", UnitKind::named);
    let id = optional(fields, file, "id");
    let title = optional(fields, file, "title");
    let texts = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value);
    let before = texts(fields.texts(file, "before"));
    let after = texts(fields.texts(file, "after"));
    Some(Change {
        what: what?.value,
        kind: kind?.value,
        id,
        title,
        figures: before.zip(after).collect(),
    })
}

fn unit(fields: &mut Fields, file: &mut File) -> Option<UnitRecord> {
    let kind = value(fields, file, "kind", UnitKind::named);
    let id = fields.text(file, "id").value;
    let title = fields.text(file, "title").value;
    let digest = value(fields, file, "sha256", Digest::parse);
    let mut aspects = BTreeMap::new();
    for aspect in Aspect::ALL {
        if let Some(print) = maybe(fields, file, aspect.name(), Fingerprint::parse) {
            aspects.insert(*aspect, print.value);
        }
    }
    let figures = optional(fields, file, "figures");
    let retracted = fields.optional::<bool>(file, "retracted");
    Some(UnitRecord {
        kind: kind?.value,
        id,
        title,
        digest: digest?.value,
        aspects,
        figures: figures
            .split(' ')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        retracted: retracted.is_some_and(|retracted| retracted.value),
    })
}

fn artifact(fields: &mut Fields, file: &mut File) -> Option<Artifact> {
    let name = value(fields, file, "name", plain_name);
    let size = fields.required::<u64>(file, "size");
    let digest = value(fields, file, "sha256", Digest::parse);
    Some(Artifact {
        name: name?.value,
        size: size?.value,
        digest: digest?.value,
    })
}

/// The name of a file, without a folder: a release gives its files names of letters, digits, hyphens and dots.
fn plain_name(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let whole = !text.is_empty() && !text.starts_with('.') && text.len() <= 255;
    (whole && text.bytes().all(is_plain)).then(|| text.to_owned())
}

/// The tables of a list.
fn rows<T>(
    fields: &mut Fields,
    file: &mut File,
    key: &'static str,
    read: impl Fn(&mut Fields, &mut File) -> Option<T>,
) -> Vec<T> {
    let tables = fields.tables(file, key);
    let row = |mut fields: Fields| {
        let row = read(&mut fields, file);
        fields.finish(file);
        row
    };
    tables.into_iter().filter_map(row).collect()
}

fn optional(fields: &mut Fields, file: &mut File, key: &'static str) -> String {
    let text = fields.optional::<String>(file, key);
    text.map(|text| text.value).unwrap_or_default()
}

/// A text that must be there, in a form of its own.
fn value<T>(
    fields: &mut Fields,
    file: &mut File,
    key: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<Spanned<T>> {
    let text = fields.required::<String>(file, key)?;
    formed(&text, file, key, read)
}

/// A text that may be there, in a form of its own.
fn maybe<T>(
    fields: &mut Fields,
    file: &mut File,
    key: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<Spanned<T>> {
    let text = fields.optional::<String>(file, key)?;
    formed(&text, file, key, read)
}

fn formed<T>(
    text: &Spanned<String>,
    file: &mut File,
    key: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<Spanned<T>> {
    if let Some(value) = read(&text.value) {
        return Some(Spanned::new(value, text.span));
    }
    let names = |names: Vec<&'static str>| format!("it is one of {}", list(names));
    let help = match key {
        "kind" => names(UnitKind::ALL.iter().map(|kind| kind.name()).collect()),
        "what" => names(ChangeKind::ALL.iter().map(|what| what.name()).collect()),
        _ => restore(&file.source.path),
    };
    let message = format!("`{key}` cannot be `{}`", text.value);
    file.report(Diagnostic::new(
        Code::InvalidValue,
        text.span,
        message,
        help,
    ));
    None
}
