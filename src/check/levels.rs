//! The levels that the book sets for rules, and what is left when they are set.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, sort};
use crate::model::draft::{Draft, Reference, Rule};
use crate::source::{SourceId, Span};

/// Gives findings the levels of `[rules]` in `handbook.toml`, takes out what is allowed, and puts the rest into the
/// order in which they are shown.
pub fn settle(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let broken: BTreeSet<Code> = found.iter().map(|finding| finding.code).collect();
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
                found.retain(|finding| !about(finding));
                if rule.is_whole() && !broken.contains(&rule.code.value) {
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
    let is_cut = |finding: &Diagnostic| {
        finding.code == Code::TooLong && finding.subject == Diagnostic::PARTS
    };
    let is_cause = |finding: &Diagnostic| {
        matches!(finding.code, Code::NotText | Code::ConflictMarker) || is_cut(finding)
    };
    // What is linked to or cited may be in the rest of a file.
    let lacks_parts = found.iter().any(is_cut);
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
    // One whose site has another name is in no list there.
    let unlisted =
        files(&|finding| matches!(finding.code, Code::UnknownTechnique | Code::UnknownSite));
    let unlisted = draft
        .references
        .iter()
        .filter(|it| unlisted.contains(&it.id.span.source));
    let unlisted: BTreeSet<&str> = unlisted.map(|it| it.id.value.as_str()).collect();
    let handbook = draft.handbook.span.source;
    if handbook == Span::NOWHERE.source {
        found.retain(|finding| is_cause(finding) || finding.code == Code::MissingFile);
    } else if spoilt.contains(&handbook) {
        found.retain(is_cause);
    }
    // What a reference is about may be in the lines of it that could not be read.
    let unread = draft
        .references
        .iter()
        .filter(|it| misread.contains(&it.id.span.source));
    let unread: Vec<&Reference> = unread.collect();
    let lacks_lists = unread
        .iter()
        .any(|it| it.sites.is_empty() || it.techniques.is_empty());
    let is_of_references = |it: &Diagnostic| it.subject.starts_with("references/");
    let mut lost = found.iter().filter(|it| is_lost_text(it));
    let lacks_reference = lacks_lists || lost.any(is_of_references);
    let is_unread = |id: &str| unread.iter().any(|it| it.id.value.as_str() == id);
    // What nothing shows may be in a text that is not there.
    let lacks_text = !misread.is_empty() || found.iter().any(is_lost_text);
    found.retain(|finding| {
        let source = finding.span.source;
        let follows = match finding.code {
            Code::NoReference if lacks_reference => true,
            Code::UnlistedCitation | Code::UnlistedSource if is_unread(&finding.subject) => true,
            Code::UnlistedSource if unlisted.contains(&*finding.subject) => true,
            Code::UnusedTerm | Code::UnusedImage if lacks_text => true,
            Code::UnusedReference | Code::BrokenLink if lacks_parts => true,
            Code::MissingPage if astray.contains(&source) => true,
            code => {
                EFFECTS.contains(&code)
                    && (misread.contains(&source) || misread.contains(&handbook))
            }
        };
        is_cause(finding) || !(follows || spoilt.contains(&source))
    });
    of_misnamed_folders(found);
    one_of_two(draft, found);
    under_other_names(found);
    of_what_is_not_there(found);
}

/// Takes out what follows from a folder of another name: what is missed of the files in it.
fn of_misnamed_folders(found: &mut Vec<Diagnostic>) {
    let folders = found.iter().filter(|it| it.code == Code::MissingFile);
    let folders: BTreeSet<String> = folders
        .filter_map(|it| it.subject.strip_suffix('/').map(str::to_owned))
        .collect();
    found.retain(|finding| {
        let folder = match finding.code {
            Code::UnknownCitation | Code::NoReference | Code::UnlistedCitation => "references",
            Code::UnknownTechnique => "techniques",
            Code::UnknownSite | Code::MissingPage => "sites",
            Code::UnknownChapter => "chapters",
            Code::BrokenLink => finding.subject.split('/').next().unwrap_or_default(),
            Code::UnusedTerm | Code::UnusedImage | Code::UnknownSubject => {
                return folders.is_empty();
            }
            _ => return true,
        };
        !folders.contains(folder)
    });
}

/// Takes out what follows from a file that is not there: links to it, and that its site has no introduction.
fn of_what_is_not_there(found: &mut Vec<Diagnostic>) {
    let path = |finding: &Diagnostic| {
        let name = &finding.subject;
        match finding.code {
            Code::UnknownTechnique => Some(format!("techniques/{name}.md")),
            Code::UnknownChapter => Some(format!("chapters/{name}.md")),
            Code::UnknownCitation => Some(format!("references/{name}.md")),
            Code::UnknownSite => Some(format!("sites/{name}/index.md")),
            _ => None,
        }
    };
    let missing: BTreeSet<String> = found.iter().filter_map(path).collect();
    let is_missing_file = |it: &&Diagnostic| it.code == Code::MissingFile;
    let sites: BTreeSet<String> = (found.iter().filter(is_missing_file))
        .map(|it| it.subject.clone())
        .collect();
    found.retain(|finding| match finding.code {
        // With a site, all pages of it are elsewhere.
        Code::BrokenLink => {
            let folder = finding.subject.rsplit_once('/').map(|(folder, _)| folder);
            let index = format!("{}/index.md", folder.unwrap_or_default());
            !missing.contains(&finding.subject) && !missing.contains(&index)
        }
        Code::UnknownSite => !sites.contains(&finding.subject),
        _ => true,
    });
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
    let elsewhere = found.iter().filter(|it| it.code == Code::StrayFile);
    let elsewhere: Vec<String> = elsewhere
        .map(|it| it.subject.clone())
        .filter(|path| Path::new(path).extension().is_some_and(|it| it == "md"))
        .collect();
    let mut meant = BTreeSet::new();
    for finding in found.iter_mut() {
        let folder = match finding.code {
            Code::UnknownCitation => "references",
            Code::UnknownTechnique => "techniques",
            Code::UnknownChapter => "chapters",
            Code::MissingPage => "sites",
            _ => continue,
        };
        let place = format!("{folder}/{}", finding.subject);
        if let Some((path, help)) = strays.get(&place) {
            finding.help = format!("`{path}` is of another kind: {help}");
            meant.insert(path.clone());
        }
        // A file that is in no folder of the book, or in another one.
        let name = finding.subject.rsplit('/').next().unwrap_or_default();
        let name = format!("{name}.md");
        let elsewhere = elsewhere
            .iter()
            .find(|path| path.rsplit('/').next() == Some(&*name));
        if let Some(path) = elsewhere {
            finding.help = format!("move `{path}` to `{place}.md`");
            meant.insert(path.clone());
        }
    }
    found.retain(|it| it.code != Code::StrayFile || !meant.contains(&it.subject));
}

/// Takes out what is said of the same text or file by another rule, which knows better what was meant.
fn one_of_two(draft: &Draft, found: &mut Vec<Diagnostic>) {
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
    // A heading of a part that lacks its space is the part that is missing.
    let headings = found.iter().filter(|it| it.code == Code::MisreadMarkup);
    let headings: BTreeMap<(SourceId, String), Span> = headings
        .map(|it| ((it.span.source, it.help.clone()), it.span))
        .collect();
    let mut parts = BTreeSet::new();
    let mut rules = draft.handbook.rules.iter();
    let is_allowed = rules.any(|it| it.code.value == Code::MissingPart && it.severity.is_none());
    let is_told = |it: &&mut Diagnostic| it.code == Code::MissingPart && !is_allowed;
    for finding in found.iter_mut().filter(is_told) {
        let typed = (
            finding.span.source,
            format!("type `## {}`", finding.subject),
        );
        if let Some(span) = headings.get(&typed) {
            finding.span = *span;
            finding.help.clone_from(&typed.1);
            parts.insert(typed);
        }
    }
    // One of another level is reported itself, with what it should be.
    let missing = found.iter().filter(|it| it.code == Code::MissingPart);
    let missing: BTreeMap<Span, String> = missing.map(|it| (it.span, it.help.clone())).collect();
    let mut other_levels = BTreeSet::new();
    for finding in found.iter_mut() {
        let is_of_level = matches!(finding.code, Code::MisplacedHeading | Code::SkippedHeading);
        if let Some(help) = missing.get(&finding.span).filter(|_| is_of_level) {
            finding.help.clone_from(help);
            other_levels.insert(finding.span);
        }
    }
    found.retain(|finding| match finding.code {
        Code::MissingPart => !other_levels.contains(&finding.span),
        Code::MisreadMarkup => !parts.contains(&(finding.span.source, finding.help.clone())),
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
