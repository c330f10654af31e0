//! The printed pages beside the text: laid out when somebody asks for them, and after a change only where it is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::model::book::Anchor;
use crate::render::typst::{Layout, Manuscript, Sheets, Standing};

/// Lays out books, one after the other.
#[derive(Default)]
pub(super) struct Printer {
    standing: Standing,
    printed: Mutex<Option<Arc<Printed>>>,
    /// Held while pages are laid out; whoever asks for those that are there does not wait.
    laying_out: Mutex<()>,
}

/// What was laid out last.
struct Printed {
    revision: u64,
    pages: Result<Pages, String>,
}

struct Pages {
    sheets: Sheets,
    /// How many pages are before them in the PDF.
    before: usize,
    /// The number of each page, as it is printed.
    labels: Vec<String>,
    places: BTreeMap<Anchor, usize>,
}

impl Printer {
    /// The page of a place, from 0, with its printed number; of a place that no page has, the first.
    pub(super) fn page(&self, view: &View, place: &str) -> Value {
        match &self.printed(view).pages {
            Ok(pages) => {
                let page = pages.places.get(&Anchor(place.to_owned()));
                let page = page.copied().unwrap_or_default();
                json!({
                    "revision": view.revision,
                    "page": page,
                    "before": pages.before,
                    "labels": pages.labels,
                })
            }
            Err(problem) => json!({ "problem": problem }),
        }
    }

    /// A page of the revision that is shown, as a PNG.
    pub(super) fn png(&self, view: &View, number: usize) -> Option<Vec<u8>> {
        let printed = self.printed(view);
        printed.pages.as_ref().ok()?.sheets.png(number)
    }

    /// All pages as a PDF.
    pub(super) fn pdf(&self, view: &View) -> Result<Vec<u8>, String> {
        let _one = held(&self.laying_out);
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method alone is of one lifetime"
        )]
        let pdf = self.lay_out(view, |layout| layout.write());
        pdf.and_then(|pdf| pdf.map_err(|found| told(&found)))
    }

    /// The pages of a view, laid out if they are not yet.
    fn printed(&self, view: &View) -> Arc<Printed> {
        if let Some(known) = self.known(view.revision) {
            return known;
        }
        let _one = held(&self.laying_out);
        // Somebody else may have asked for them meanwhile.
        if let Some(known) = self.known(view.revision) {
            return known;
        }
        let pages = self.lay_out(view, |layout| Pages {
            sheets: layout.sheets(),
            before: layout.pages.before,
            labels: (layout.pages.pages.iter())
                .map(|page| page.label.clone())
                .collect(),
            places: (layout.pages.places(&view.book).into_iter())
                .map(|(place, page)| (place.clone(), page))
                .collect(),
        });
        self.standing.sweep();
        let printed = Arc::new(Printed {
            revision: view.revision,
            pages,
        });
        *held(&self.printed) = Some(Arc::clone(&printed));
        printed
    }

    fn known(&self, revision: u64) -> Option<Arc<Printed>> {
        let printed = held(&self.printed).clone();
        printed.filter(|printed| printed.revision == revision)
    }

    fn lay_out<T>(&self, view: &View, take: impl FnOnce(Layout<'_>) -> T) -> Result<T, String> {
        if let Some(fault) = &view.unfit {
            return Err(fault.clone());
        }
        let manuscript = Manuscript::new(&view.book, &view.pictures.files).with(&self.standing);
        let layout = manuscript.lay_out(view.variant);
        layout.map(take).map_err(|found| told(&found))
    }
}

/// What a lock holds. Whoever panicked left it whole.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn told(found: &[Diagnostic]) -> String {
    let messages = found.iter().map(|finding| finding.message.as_str());
    messages.collect::<Vec<_>>().join("; ")
}
