//! How many rounds Typst needs until the page numbers in the handbook are those of its pages. In a process of its own,
//! because Typst's record of times is one for the whole process.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::path::Path;

use fascicle::assemble::assemble;
use fascicle::load::load;
use fascicle::model::Variant;
use fascicle::render::typst::Manuscript;
use fascicle::session::draft as parse;

#[test]
fn the_layout_settles_in_three_rounds() {
    let (project, _) = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let book = assemble(&parse(&project).0);
    let manuscript = Manuscript::new(&book, &project.images);
    typst_timing::enable();
    for variant in [Variant::A4, Variant::LargePrint] {
        typst_timing::clear();
        manuscript.set(variant).unwrap();
        let mut times = Vec::new();
        typst_timing::export_json(&mut times, |_| (String::new(), 0)).unwrap();
        let times = String::from_utf8(times).unwrap();
        let took = |round: usize| times.contains(&format!("\"iter ({round})\""));
        assert!(took(1) && took(2), "{variant}: no record of rounds");
        assert!(!took(4), "{variant}: more than three rounds");
    }
}
