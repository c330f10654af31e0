//! The archive (EPUB Open Container Format 3.3): the type of the file first and not compressed, one fixed time for all.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use rayon::prelude::*;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::package::Entry;
use super::{EpubError, fault};

/// The archive of `entries`, in their order. They are compressed side by side, each in an archive of its own.
pub(super) fn pack(entries: &[Entry<'_>]) -> Result<Vec<u8>, EpubError> {
    let names: BTreeSet<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    if names.len() < entries.len() {
        return Err(fault("two files have one name"));
    }
    let packed = entries.par_iter().map(alone);
    let packed: Vec<Vec<u8>> = packed.collect::<ZipResult<_>>().map_err(fault)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for archive in packed {
        let archive = ZipArchive::new(Cursor::new(archive)).map_err(fault)?;
        writer.merge_archive(archive).map_err(fault)?;
    }
    Ok(writer.finish().map_err(fault)?.into_inner())
}

/// An archive of one entry.
fn alone((name, bytes): &Entry<'_>) -> ZipResult<Vec<u8>> {
    let method = match name.as_str() {
        "mimetype" => CompressionMethod::Stored,
        _ => CompressionMethod::Deflated,
    };
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name.as_str(), options.compression_method(method))?;
    writer.write_all(bytes)?;
    Ok(writer.finish()?.into_inner())
}
