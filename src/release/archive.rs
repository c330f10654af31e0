//! Archives that come from anywhere: what one says of itself may be forged.

use std::io::Cursor;

use zip::ZipArchive;

/// The mark with which the end of an archive begins (APPNOTE 4.3.16).
const END: &[u8] = b"PK\x05\x06";

/// How often that mark may stand in an archive: an EPUB has it once, and by chance twice.
const ENDS: usize = 16;

/// Opens an archive. `None` if it cannot be read, or has so many ends that whatever looks for what belongs to each of them
/// would never be done.
pub(super) fn open(bytes: &[u8]) -> Option<ZipArchive<Cursor<&[u8]>>> {
    let ends = bytes.windows(END.len()).filter(|it| *it == END);
    match ends.count() {
        0..=ENDS => ZipArchive::new(Cursor::new(bytes)).ok(),
        _ => None,
    }
}
