//! No file is harder to read than the book wants.

use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Reading;
use crate::reading::prose::running;
use crate::reading::readability::grade;

pub(super) fn check(reading: &Reading<'_>, found: &mut Vec<Diagnostic>) {
    let formula = reading.words.rules.reading_grade.as_ref();
    let (Some(limit), Some(formula)) = (reading.draft.handbook.reading_grade, formula) else {
        return;
    };
    for (unit, prose) in reading.units() {
        let place = prose.iter().find_map(|prose| reading.span(prose, 0..1));
        #[expect(clippy::cast_precision_loss, reason = "grades are small numbers")]
        let over = grade(running(prose), formula).filter(|grade| *grade > limit as f64);
        if let (Some(grade), Some(span)) = (over, place) {
            found.push(Diagnostic::new(
                Code::HardToRead,
                span,
                format!(
                    "`{}` needs reading grade {grade}, above the book's {limit}",
                    unit.path()
                ),
                "use shorter sentences and everyday words",
            ));
        }
    }
}
