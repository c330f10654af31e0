//! An address → a QR code (ISO/IEC 18004), drawn as SVG.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// A QR code.
pub(super) struct Drawing {
    /// The drawing; a module is 1 by 1.
    pub(super) svg: String,
    /// Modules on each side, with the quiet zone.
    pub(super) modules: usize,
}

/// The empty border that a reader needs, in modules (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// The QR code of `text`, with the lowest error correction: what is on paper is clean, and larger modules are read
/// better than more of them. `None` for a text of over 2953 bytes, which no code can hold.
pub(super) fn svg(text: &str) -> Option<Drawing> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let modules = code.width() + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = QUIET;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "M{x} {}h{}v1h-{}z", y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {modules} {modules}\" width=\"{modules}\" \
         height=\"{modules}\"><path d=\"{path}\"/></svg>"
    );
    Some(Drawing { svg, modules })
}
