//! The levels that the book sets for rules, and what is left when they are set.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, sort};
use crate::model::draft::{Draft, Rule};
use crate::source::{SourceId, Span};

/// Gives findings the levels of `[rules]` in `handbook.toml`, takes out what is allowed, and puts the rest into the
/// order in which they are shown.
pub fn settle(draft: &Draft, found: &mut Vec<Diagnostic>) {
    without_effects(draft, found);
    for rule in &draft.handbook.rules {
        let about = |finding: &Diagnostic| finding.code == rule.code.value;
        match rule.severity {
            Some(severity) => {
                for finding in found.iter_mut().filter(|finding| about(finding)) {
                    finding.severity = severity;
                }
            }
            None if rule.until < draft.date() => found.push(expired(draft, rule)),
            None => {
                let before = found.len();
                found.retain(|finding| !about(finding));
                if found.len() == before {
                    found.push(unused(rule));
                }
            }
        }
    }
    sort(found);
}

/// What is found only because something could not be read that was reported itself.
const EFFECTS: [Code; 11] = [
    Code::MissingKey,
    Code::NoIdentifier,
    Code::UnusedReference,
    Code::MissingReview,
    Code::MissingStatement,
    Code::NoAuthor,
    Code::NoReviewer,
    Code::NoReference,
    Code::UnlistedCitation,
    Code::UnlistedFile,
    Code::UnknownPopulation,
];

/// Takes out what follows from another finding: all else in a file that is no text of the book, and in a book without its
/// handbook; and what is missing because the lines that hold it could not be read.
fn without_effects(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let is_cause =
        |finding: &Diagnostic| matches!(finding.code, Code::NotText | Code::ConflictMarker);
    let files = |is: &dyn Fn(&Diagnostic) -> bool| -> BTreeSet<SourceId> {
        let chosen = found.iter().filter(|finding| is(finding));
        chosen.map(|finding| finding.span.source).collect()
    };
    let spoilt = files(&is_cause);
    let misread = files(&|finding| {
        is_cause(finding)
            || matches!(finding.code, Code::FrontMatter | Code::InvalidToml) && !finding.understood
    });
    // A technique that got another name is at no site as long as references have the old one.
    let astray = files(&|finding| finding.code == Code::UnknownTechnique);
    let handbook = draft.handbook.span.source;
    if handbook == Span::NOWHERE.source {
        found.retain(|finding| is_cause(finding) || finding.code == Code::MissingFile);
    } else if spoilt.contains(&handbook) {
        found.retain(is_cause);
    }
    let mut references = draft.references.iter();
    let lacks_reference = references.any(|reference| misread.contains(&reference.id.span.source));
    // What nothing shows may be in a text that is not there.
    let lacks_text = !misread.is_empty() || found.iter().any(is_lost_text);
    found.retain(|finding| {
        let source = finding.span.source;
        let follows = match finding.code {
            Code::NoReference | Code::UnlistedCitation if lacks_reference => true,
            Code::UnusedTerm | Code::UnusedImage if lacks_text => true,
            Code::MissingPage if astray.contains(&source) => true,
            Code::NoReference if !astray.is_empty() => true,
            code => {
                EFFECTS.contains(&code)
                    && (misread.contains(&source) || misread.contains(&handbook))
            }
        };
        is_cause(finding) || !(follows || spoilt.contains(&source))
    });
    one_of_two(found);
    under_other_names(found);
}

/// Whether a finding is about a file that was meant to be a text of the book.
fn is_lost_text(finding: &Diagnostic) -> bool {
    const ENDINGS: [&str; 13] = [
        "md", "txt", "text", "markdown", "mdown", "mkd", "doc", "docx", "odt", "rtf", "pages",
        "html", "htm",
    ];
    let path = finding.subject.to_lowercase();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    finding.code == Code::StrayFile && ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// What is missing, and is there as a file of another kind, is found once: where it is missing, with what to do with the file.
fn under_other_names(found: &mut Vec<Diagnostic>) {
    let strays = found.iter().filter(|it| it.code == Code::StrayFile);
    let strays: BTreeMap<String, (String, String)> = strays
        .filter_map(|it| {
            let (folder, name) = it.subject.split_once('/')?;
            let stem = name.split('.').next()?;
            Some((
                format!("{folder}/{stem}"),
                (it.subject.clone(), it.help.clone()),
            ))
        })
        .collect();
    let mut meant = BTreeSet::new();
    for finding in found.iter_mut() {
        let folder = match finding.code {
            Code::UnknownCitation => "references",
            Code::UnknownTechnique => "techniques",
            Code::UnknownChapter => "chapters",
            _ => continue,
        };
        if let Some((path, help)) = strays.get(&format!("{folder}/{}", finding.subject)) {
            finding.help = format!("`{path}` is of another kind: {help}");
            meant.insert(path.clone());
        }
    }
    found.retain(|it| it.code != Code::StrayFile || !meant.contains(&it.subject));
}

/// Takes out what is said of the same text or file by another rule, which knows better what was meant.
fn one_of_two(found: &mut Vec<Diagnostic>) {
    let slips = found
        .iter()
        .filter(|finding| finding.code == Code::MisreadMarkup);
    let slips: Vec<Span> = slips.map(|finding| finding.span).collect();
    let pictures = found
        .iter()
        .filter(|finding| finding.code == Code::InvalidImage);
    let pictures: BTreeSet<String> = pictures.map(|finding| finding.subject.clone()).collect();
    // A file is missed by the name that it has, as long as it is not renamed.
    let misnamed = found
        .iter()
        .filter(|finding| finding.code == Code::InvalidName);
    let misnamed: BTreeSet<(SourceId, String)> = misnamed
        .map(|finding| (finding.span.source, finding.subject.clone()))
        .collect();
    found.retain(|finding| match finding.code {
        Code::UnlistedFile => !misnamed
            .iter()
            .any(|(source, _)| *source == finding.span.source),
        Code::UnknownChapter
        | Code::UnknownSite
        | Code::UnknownTechnique
        | Code::UnknownCitation => {
            let mut misnamed = misnamed.iter();
            !misnamed.any(|(_, misnamed)| *misnamed == finding.subject)
        }
        Code::VagueLink => !slips.iter().any(|slip| {
            let Span { source, start, end } = finding.span;
            slip.source == source && slip.start <= start && end <= slip.end
        }),
        Code::StrayFile => !pictures.contains(&finding.subject),
        _ => true,
    });
}

fn expired(draft: &Draft, rule: &Rule) -> Diagnostic {
    Diagnostic::new(
        Code::ExpiredAllowance,
        rule.code.span,
        format!(
            "`{}` was allowed until {}, before this edition ({})",
            rule.code.value.name(),
            rule.until,
            draft.date()
        ),
        "correct what the rule reports, or set a later date",
    )
}

fn unused(rule: &Rule) -> Diagnostic {
    Diagnostic::new(
        Code::UnusedAllowance,
        rule.code.span,
        format!("nothing breaks the rule `{}`", rule.code.value.name()),
        "delete the line in `[rules]`",
    )
}
