//! A code block `chart`: TOML that describes bars.

use std::ops::Range;

use super::fields::Fields;
use super::file::File;
use super::keys;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ReferenceId;
use crate::model::draft::{Amount, Bar, Chart};
use crate::source::{Span, Spanned};

/// The largest amount: what follows the point would be lost in more.
const LARGEST: f64 = 1e12;

/// Reads the TOML in `range`; `place` is the code block.
pub(super) fn parse(file: &mut File, range: Range<usize>, place: Span) -> Chart {
    let mut fields = Fields::parse(file, range, Some(keys::CHART));
    fields.stand_at(place);
    let chart = Chart {
        title: fields.text(file, "title"),
        unit: fields.text(file, "unit"),
        reference: (fields.required::<String>(file, "reference"))
            .map(|id| Spanned::new(ReferenceId(id.value), id.span)),
        alt: fields.text(file, "alt"),
        bars: fields
            .tables(file, "bar")
            .into_iter()
            .map(|bar| self::bar(bar, file))
            .collect(),
    };
    fields.finish(file);
    chart
}

fn bar(mut fields: Fields, file: &mut File) -> Bar {
    let label = fields.text(file, "label");
    let value = fields.required::<f64>(file, "value");
    fields.finish(file);
    let amount = value.and_then(|value| {
        let amount = Amount::new(value.value, LARGEST);
        if amount.is_none() {
            file.report(Diagnostic::new(
                Code::InvalidValue,
                value.span,
                format!("`{}` is not a length of a bar", value.value),
                "write a number of 0 or more, such as `value = 47.5`",
            ));
        }
        amount.map(|amount| Spanned::new(amount, value.span))
    });
    Bar {
        label,
        value: amount,
    }
}
