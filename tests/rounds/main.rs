//! In how many rounds Typst lays out the sections of the handbook: in one, for none of them asks where another is. In a
//! process of its own, because Typst's record of times is one for the whole process.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::path::Path;

use fascicle::assemble::assemble;
use fascicle::load::load;
use fascicle::model::Variant;
use fascicle::render::typst::{HandoutLook, Manuscript};
use fascicle::session::draft as parse;

/// How many times Typst laid something out for the first and for the second time.
fn rounds(lay_out: impl FnOnce()) -> (usize, usize) {
    typst_timing::clear();
    lay_out();
    let mut times = Vec::new();
    typst_timing::export_json(&mut times, |_| (String::new(), 0)).unwrap();
    let times = String::from_utf8(times).unwrap();
    // Each begins and ends.
    let count = |round: usize| times.matches(&format!("\"iter ({round})\"")).count() / 2;
    (count(1), count(2))
}

#[test]
fn sections_that_run_on_are_laid_out_in_one_round() {
    let (project, _) = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let book = assemble(&parse(&project).0);
    let manuscript = Manuscript::new(&book, &project.images);
    typst_timing::enable();
    for variant in Variant::ALL {
        let found = rounds(|| drop(manuscript.lay_out(*variant).unwrap()));
        assert_eq!(found.1, 0, "{variant}");
        // Many go on behind others.
        let runs = 30..book.sections.len() / 2;
        assert!(runs.contains(&found.0), "{variant}: {}", found.0);
    }
    assert!(!book.handouts.is_empty());
    let mut tightened = 0;
    for handout in &book.handouts {
        let manuscript =
            Manuscript::handout(handout, &HandoutLook::of(&handout.meta), &project.images);
        let found = rounds(|| drop(manuscript.lay_out(Variant::A4).unwrap()));
        // One that begins a page for a few lines is set once more with closer lines, and once with still closer ones.
        assert!(matches!(found, (1..=3, 0)), "{}: {found:?}", handout.topic);
        tightened += found.0 - 1;
    }
    assert!(tightened * 3 < book.handouts.len(), "{tightened}");
}
