//! `fascicle release`: a new edition, if the content changed: its files, the download site, and last the ledger.

use std::path::PathBuf;

use super::day::{DAY, clock, now};
use super::{Characters, Checked, Outcome, content_folder, finish, read, reject_output_in_content};
use crate::assemble;
use crate::diagnostic::has_errors;
use crate::disk::{Error, Ledger, Publication, Published, unrecorded};
use crate::language::is_right_to_left;
use crate::ledger;
use crate::model::Date;
use crate::model::ledger::{Edition, LedgerEntry, Release};
use crate::outputs::{self, BuildOptions, Output, released};
use crate::product::{Kind, Product, READ, RELEASES};
use crate::release::later::retracted;
use crate::release::making::other_making;
use crate::release::plan::plan;
use crate::release::{files, notes};
use crate::render::site::{self, SiteInput};
use crate::render::typst::Fonts;
use crate::render::web::SITEMAP;
use crate::render::{File, epub};
use crate::text::is_forbidden;
use crate::ui::Ui;

/// What is wanted of a release.
#[derive(Debug)]
pub(crate) struct ReleaseOptions {
    /// The content folder, if it was named.
    pub(crate) content: Option<PathBuf>,
    /// Folder for the outputs.
    pub(crate) out: PathBuf,
    /// The day, if not today.
    pub(crate) date: Option<Date>,
    /// The number, if it is to be greater than what changed asks for.
    pub(crate) edition: Option<Edition>,
    /// A sentence by the editor; may be empty.
    pub(crate) note: String,
    /// Whether only to show what would be released.
    pub(crate) dry_run: bool,
    /// Where the site will be, if that is known.
    pub(crate) website: Option<String>,
    /// Where the files of earlier editions are, with `{edition}` for the number.
    pub(crate) downloads: Option<String>,
}

/// Releases a content folder.
pub(crate) fn release(ui: &Ui, options: &ReleaseOptions) -> Outcome {
    finish(run(ui, options))
}

fn run(ui: &Ui, options: &ReleaseOptions) -> Result<Outcome, String> {
    let folder = content_folder(options.content.as_deref())?;
    reject_output_in_content(&folder, &options.out)?;
    // What a link leads to was not read.
    let ledger = folder.join("releases");
    if ledger.is_symlink() || (ledger.exists() && !ledger.is_dir()) {
        return Err(format!(
            "`{}` is not a folder: put the one with the ledger itself there",
            ledger.display()
        ));
    }
    let mut checked = read(ui, &folder, Characters::OfFonts)?;
    ui.diagnostics_in_short(&checked.diagnostics, &checked.shown());
    if has_errors(&checked.diagnostics) {
        return Ok(Outcome::Errors);
    }
    let Some(plan) = plan(&checked.draft, &checked.inventory, options.edition)? else {
        nothing_to_release(ui, options, &checked);
        return Ok(Outcome::Done);
    };
    let date = options.date.map_or_else(today, Ok)?;
    let latest = clock().and_then(|now| Date::of_epoch(now + YEAR));
    let mut release = plan.on(date, latest, &options.note)?;
    let fonts = Fonts::with(&checked.draft.fonts);
    if let Some(character) = unprintable(&release.note, &fonts) {
        let code = u32::from(character);
        return Err(format!(
            "no book can show the character U+{code:04X} of `--note`: take it out"
        ));
    }
    let new = checked.reissue(ui, release.statement());
    ui.diagnostics(&new, &checked.shown());
    if has_errors(&new) {
        return Ok(Outcome::Errors);
    }
    let told = assemble::notes(&checked.draft.handbook, &release.statement());
    let Release { edition, date, .. } = &release;
    if options.dry_run {
        ui.results(&format!(
            "Edition {edition}, {date}\n\n{}",
            notes::text(&told).trim_end()
        ));
        return Ok(Outcome::Done);
    }
    let Some(mut made) = make(ui, options, &checked, *edition)? else {
        return Ok(Outcome::Errors);
    };
    release.artifacts = files::artifacts(&made.edition);
    let lists = files::lists(&checked.draft.handbook, &release, &told);
    made.edition.extend(lists);
    let published = publish(ui, options, &checked, (&release, Ledger::Grows), &made)?;
    for (name, _) in &made.edition {
        ui.result(&published.folder.join(name).display().to_string());
    }
    ui.result(&published.page.display().to_string());
    ui.result(&published.entry.display().to_string());
    let site = published.page.parent().unwrap_or(&options.out);
    ui.remark(&format!(
        "edition {} is made. Now commit `{}`, and put `{}` on your server",
        release.edition,
        published.entry.display(),
        site.display()
    ));
    Ok(Outcome::Done)
}

/// Reports that the content is that of the last edition, and what could be taken for another one.
fn nothing_to_release(ui: &Ui, options: &ReleaseOptions, checked: &Checked) {
    let last = ledger::last(&checked.draft.releases).map(|entry| &entry.release);
    let Some(last) = last else {
        return;
    };
    let Release { edition, date, .. } = last;
    ui.result(&format!(
        "the content is that of edition {edition} of {date}: nothing to release"
    ));
    for sentence in other_making(&checked.inventory, last) {
        ui.result(&sentence);
    }
    for edition in unrecorded(&options.out, last.edition) {
        ui.result(&format!(
            "edition {edition} is in `{}` and has no ledger entry: its release was interrupted; the site may link to it \
             until the next release",
            options.out.join(RELEASES).display()
        ));
    }
}

/// The first character of a note that XML forbids or no font has.
fn unprintable(note: &str, fonts: &Fonts) -> Option<char> {
    let mut characters = note.chars();
    characters.find(|character| is_forbidden(*character) || !fonts.can_set(*character))
}

/// The day, in Greenwich, of `SOURCE_DATE_EPOCH`, or else of the clock.
fn today() -> Result<Date, String> {
    let seconds = now().map_err(|error| format!("{error}, or give the day with `--date`"))?;
    Ok(Date::of_epoch(seconds).unwrap_or_default())
}

/// A year in seconds.
const YEAR: u64 = 366 * DAY;

/// A file of the web edition in its place on the site.
fn on_site(output: Output) -> Option<File> {
    let Product::Web(name) = output.product else {
        return None;
    };
    let path = match name.as_str() {
        SITEMAP => name,
        _ => format!("{READ}/{name}"),
    };
    Some((path, output.bytes))
}

/// The files that are published.
pub(super) struct Files {
    /// Those of the edition.
    pub(super) edition: Vec<File>,
    /// Those of the site that are for reading.
    reading: Vec<File>,
}

/// Makes all that is published of an edition; `None`, after the findings are shown, if the content cannot be set.
pub(super) fn make(
    ui: &Ui,
    options: &ReleaseOptions,
    checked: &Checked,
    edition: Edition,
) -> Result<Option<Files>, String> {
    let website = options.website.as_deref();
    let published = outputs::Published {
        edition,
        website: website.map(|address| address.trim_end_matches('/').to_owned()),
    };
    let made = checked.make(ui, &BuildOptions::published(published))?;
    let is_web = |output: &Output| output.product.kind() == Kind::Web;
    Ok(made.map(|made| {
        let (reading, made): (Vec<Output>, Vec<Output>) = made.into_iter().partition(is_web);
        Files {
            edition: released(made, &checked.draft.handbook, edition),
            reading: reading.into_iter().filter_map(on_site).collect(),
        }
    }))
}

/// Writes the files, the site and last, for a new edition, the entry in the ledger.
pub(super) fn publish(
    ui: &Ui,
    options: &ReleaseOptions,
    checked: &Checked,
    (release, change): (&Release, Ledger),
    files: &Files,
) -> Result<Published, String> {
    let publish = || {
        let (project, edition) = (&checked.project, release.edition);
        let place = Publication::begin(&options.out, &checked.folder, project, (edition, change))?;
        let site = ui.stage("site", || pages(options, checked, &place, release, files))?;
        ui.stage("write", || {
            place.publish(&files.edition, &site, &ledger::text(release))
        })
    };
    publish().map_err(|error: Error| error.to_string())
}

/// The entries before that of an edition.
fn before(entries: &[LedgerEntry], edition: Edition) -> &[LedgerEntry] {
    let own = (entries.iter()).position(|entry| entry.release.edition == edition);
    &entries[..own.unwrap_or(entries.len())]
}

/// The files of the site: those of the editions, then the pages to read, the feeds and style, and last the page that leads
/// to all of them.
fn pages(
    options: &ReleaseOptions,
    checked: &Checked,
    place: &Publication,
    release: &Release,
    files: &Files,
) -> Result<Vec<File>, Error> {
    let earlier = before(&checked.draft.releases, release.edition);
    let entries = earlier.iter().map(|entry| &entry.release);
    let retracted = retracted(earlier, &release.inventory).into_iter();
    let Files {
        edition: files,
        reading,
    } = files;
    let number = release.edition.to_string();
    let mut kept = place.kept();
    kept.extend(files.iter().map(|(name, _)| (number.clone(), name.clone())));
    let mut epubs = (files.iter()).filter(|(name, _)| Kind::at(name) == Some(Kind::Epub));
    let input = SiteInput {
        handbook: &checked.draft.handbook,
        website: options.website.as_deref(),
        downloads: options.downloads.as_deref(),
        kept,
        cover: epubs.next().and_then(|(_, epub)| epub::cover(epub)),
        reading: reading.clone(),
        is_right_to_left: is_right_to_left(&checked.draft.handbook.language.value),
        names: assemble::topic_names(&checked.draft),
        retracted: entries
            .clone()
            .map(|it| it.edition)
            .zip(retracted)
            .collect(),
        releases: entries.chain([release]).collect(),
    };
    let mut pages = site::site(&input);
    pages.extend(place.copies(&input, files)?);
    pages.reverse();
    Ok(pages)
}
