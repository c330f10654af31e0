//! The archive (EPUB Open Container Format 3.3): the type of the file first and not compressed, one fixed time for all.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::package::Entry;
use super::{EpubError, fault};

/// The archive of `entries`, in their order.
pub(super) fn pack(entries: &[Entry<'_>]) -> Result<Vec<u8>, EpubError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, bytes) in entries {
        let method = match name.as_str() {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = options.compression_method(method);
        writer.start_file(name.as_str(), options).map_err(fault)?;
        writer.write_all(bytes).map_err(fault)?;
    }
    Ok(writer.finish().map_err(fault)?.into_inner())
}
