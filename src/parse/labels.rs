//! `labels.toml`: words of the program that the book says otherwise, each of the kind that it has in English.

use std::collections::BTreeMap;

use toml::Value;

use super::fields::Fields;
use super::file::File;
use crate::diagnostic::{Code, Diagnostic, list, nearest};
use crate::language::{self, PLURAL_FORMS};
use crate::model::draft::Labels;
use crate::source::Spanned;

/// How many bytes a label has at most.
const LONGEST: usize = 2000;

pub(super) fn parse(file: &mut File) -> Labels {
    let mut fields = Fields::parse(file, 0..file.source.text.len(), None);
    let mut reader = Reader { texts: Vec::new() };
    for (name, known) in language::english() {
        if let Value::Table(known) = known {
            reader.table(file, &mut fields, name, name, known);
        }
    }
    fields.finish(file);
    // What the form of a label does not allow was reported at its place.
    let is_sound = !file
        .diagnostics
        .iter()
        .any(|found| found.span.source == file.id);
    if let Some(fault) = language::fault(&file.source.text).filter(|_| is_sound) {
        let help = "compare the file with what `fascicle labels --print` shows";
        file.report(Diagnostic::new(
            Code::InvalidValue,
            file.start(),
            fault,
            help,
        ));
    }
    Labels {
        span: Some(file.start()),
        source: file.source.text.clone(),
        texts: reader.texts,
    }
}

/// Collects the texts of the file.
struct Reader {
    texts: Vec<(String, Spanned<String>)>,
}

impl Reader {
    /// The labels of a table, whose name with those around it is `path`.
    fn table(
        &mut self,
        file: &mut File,
        fields: &mut Fields,
        key: &'static str,
        path: &str,
        known: &'static toml::Table,
    ) {
        let help = format!("write `[{path}]` on a line of its own, and its labels below");
        let Some(mut table) = fields.table(file, key, &help) else {
            return;
        };
        // What a rule looks for is one thing: of its table, all is needed.
        let (missing, place) = table.lacks(file, known.keys());
        if path.starts_with("rules.") && !missing.is_empty() {
            file.report(Diagnostic::new(
                Code::MissingKey,
                place,
                format!("the rule needs all words of `[{path}]`, and some are missing"),
                format!("add {}", list(missing)),
            ));
        }
        for (key, english) in known {
            self.label(file, &mut table, key, &format!("{path}.{key}"), english);
        }
        table.finish(file);
    }

    fn label(
        &mut self,
        file: &mut File,
        fields: &mut Fields,
        key: &'static str,
        path: &str,
        english: &'static Value,
    ) {
        match english {
            Value::String(english) => {
                let text = fields.optional::<String>(file, key);
                self.texts(file, path, text.into_iter().collect(), &[english]);
            }
            Value::Array(english) => {
                // A list without texts is a label, too.
                let is_empty = fields.is_empty_list(key);
                self.value(path, is_empty.then(|| Spanned::new("", file.start())));
                let texts = fields.texts(file, key);
                // Months and quotation marks are as many in every language.
                let is_counted = path.starts_with("dates.") || path.starts_with("quotation.");
                if is_counted && !texts.is_empty() && texts.len() != english.len() {
                    counted(file, key, &texts, english.len());
                }
                for (index, text) in texts.into_iter().enumerate() {
                    self.texts.push((format!("{path}.{index}"), text));
                }
            }
            Value::Boolean(_) => {
                let value = fields.optional::<bool>(file, key);
                self.value(path, value);
            }
            Value::Integer(_) => {
                let value = fields.optional::<usize>(file, key);
                self.value(path, value);
            }
            Value::Float(_) => {
                let value = fields.optional::<f64>(file, key);
                self.value(path, value);
            }
            Value::Table(english) if path.starts_with("plurals.") => {
                self.plural(file, fields, key, path, english);
            }
            Value::Table(_) if path.starts_with("spacing.") => self.signs(file, fields, key, path),
            Value::Table(_) if path == "lists.before" => {
                let signs = fields.optional::<BTreeMap<String, String>>(file, key);
                self.entries(path, signs);
            }
            Value::Table(_) if path == "rules.shares.numbers" => {
                let numbers = fields.optional::<BTreeMap<String, u64>>(file, key);
                self.value(
                    path,
                    numbers.map(|numbers| Spanned::new(numbers.value.len(), numbers.span)),
                );
            }
            Value::Table(english) => self.table(file, fields, key, path, english),
            Value::Datetime(_) => {}
        }
    }

    /// The forms of an amount.
    fn plural(
        &mut self,
        file: &mut File,
        fields: &mut Fields,
        key: &'static str,
        path: &str,
        english: &'static toml::Table,
    ) {
        let help = format!("write `{key} = {{ one = \"…\", other = \"…\" }}`");
        let Some(mut forms) = fields.table(file, key, &help) else {
            return;
        };
        let english: Vec<&str> = english.values().filter_map(Value::as_str).collect();
        for form in PLURAL_FORMS {
            let text = match form {
                "other" => forms.required::<String>(file, form),
                _ => forms.optional::<String>(file, form),
            };
            self.texts(
                file,
                &format!("{path}.{form}"),
                text.into_iter().collect(),
                &english,
            );
        }
        forms.finish(file);
    }

    /// Signs, and the spaces at them.
    fn signs(&mut self, file: &mut File, fields: &mut Fields, key: &'static str, path: &str) {
        let signs = fields.optional::<BTreeMap<String, String>>(file, key);
        let is_one = |text: &str| text.chars().count() == 1;
        let wrong = signs.iter().find(|signs| {
            let mut signs = signs.value.iter();
            signs.any(|(sign, space)| !is_one(sign) || !is_one(space))
        });
        if let Some(signs) = wrong {
            file.report(Diagnostic::new(
                Code::InvalidValue,
                signs.span,
                format!("`{key}` has a space of one character for each sign of one character"),
                format!("write `{key} = {{ \"?\" = \"\\u202F\" }}`"),
            ));
        }
        self.entries(path, signs);
    }

    /// The entries of a table that is free to have any. One without entries is a label, too.
    fn entries(&mut self, path: &str, table: Option<Spanned<BTreeMap<String, String>>>) {
        let Some(Spanned { value, span }) = table else {
            return;
        };
        self.value(path, value.is_empty().then(|| Spanned::new("", span)));
        let entries = value.into_iter();
        let entries =
            entries.map(|(name, text)| (format!("{path}.{name}"), Spanned::new(text, span)));
        self.texts.extend(entries);
    }

    fn value<T: std::fmt::Display>(&mut self, path: &str, value: Option<Spanned<T>>) {
        let text = value.map(|value| Spanned::new(value.value.to_string(), value.span));
        self.texts.extend(text.map(|text| (path.to_owned(), text)));
    }

    /// Texts that say what an English label says: they have words if that has, and the same placeholders.
    fn texts(
        &mut self,
        file: &mut File,
        path: &str,
        texts: Vec<Spanned<String>>,
        english: &[&str],
    ) {
        for text in texts {
            // A space can be a sign of numbers.
            let is_empty = match path.starts_with("numbers.") {
                true => text.value.is_empty(),
                false => text.value.trim().is_empty(),
            };
            if is_empty && english.iter().all(|english| !english.trim().is_empty()) {
                file.report(Diagnostic::new(
                    Code::InvalidValue,
                    text.span,
                    format!("the label `{path}` is empty"),
                    "write its words, or delete the line to have those of the program",
                ));
            }
            if text.value.len() > LONGEST {
                file.report(Diagnostic::new(
                    Code::InvalidValue,
                    text.span,
                    format!("the label `{path}` has more than {LONGEST} bytes"),
                    "say it in a sentence or two",
                ));
            }
            let mut known: Vec<&str> = english
                .iter()
                .flat_map(|english| placeholders(english))
                .collect();
            known.sort_unstable();
            known.dedup();
            let wrong: Vec<&str> = placeholders(&text.value)
                .filter(|name| !known.contains(name))
                .collect();
            for name in &wrong {
                unknown(file, &text, name, &known);
            }
            // Of an amount, “one patient” and “both” need no number. What is misspelt is not also missing.
            let form = path
                .strip_prefix("plurals.")
                .and_then(|it| it.split('.').nth(1));
            let is_few = form.is_some_and(|form| form != "other");
            if !is_empty && !is_few && wrong.is_empty() {
                lost(file, path, &text, &known);
            }
            self.texts.push((path.to_owned(), text));
        }
    }
}

/// Reports the names in braces that a text lacks.
fn lost(file: &mut File, path: &str, text: &Spanned<String>, known: &[&str]) {
    let is_lost = |name: &&&str| placeholders(&text.value).all(|own| own != **name);
    let names = known.iter().filter(is_lost);
    let names: Vec<String> = names.map(|name| format!("{{{name}}}")).collect();
    if names.is_empty() {
        return;
    }
    let names = list(names.iter().map(String::as_str));
    file.report(Diagnostic::new(
        Code::InvalidValue,
        text.span,
        format!("the label `{path}` lacks {names}, in whose place the program puts words"),
        format!("write {names} where these words are to be"),
    ));
}

/// The names in braces.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

fn unknown(file: &mut File, text: &Spanned<String>, name: &str, known: &[&str]) {
    let braced: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{{{near}}}`?"),
        None if known.is_empty() => {
            "nothing is put into this label: write it without braces".to_owned()
        }
        None => format!(
            "what is put into this label is {}",
            list(braced.iter().map(String::as_str))
        ),
    };
    let message = format!("nothing is put in the place of `{{{name}}}` in this label");
    file.report(Diagnostic::new(
        Code::InvalidValue,
        text.span,
        message,
        help,
    ));
}

fn counted(file: &mut File, key: &str, texts: &[Spanned<String>], wanted: usize) {
    let Some(last) = texts.last() else { return };
    let message = format!("`{key}` needs {wanted} texts, and has {}", texts.len());
    let help = match wanted {
        2 => "write what opens and what closes a quotation: `[\"“\", \"”\"]`".to_owned(),
        _ => format!("write one for each of the {wanted} months"),
    };
    file.report(Diagnostic::new(
        Code::InvalidValue,
        last.span,
        message,
        help,
    ));
}
