//! Looks at the folder: names, sizes and times of picture files, and one file's bytes.

use std::{
    collections::BTreeMap,
    fs::{self, DirEntry, File},
    io::Read,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{Fault, ShotFormat, raw::is_raw};

/// More files than this in a folder make each look too slow over a network.
const FILES_MAX: usize = 20_000;

/// Picture files by their path inside the folder.
pub type Listing = BTreeMap<PathBuf, Stamp>;

/// By what a change of a file is seen without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Its size.
    pub bytes: u64,
    /// When it was last written, if the file system keeps that.
    pub modified_at: Option<SystemTime>,
}

/// Picture files in the folder and in the folders directly inside it.
pub fn list(folder: &Path) -> Result<Listing, Fault> {
    let mut listing = Listing::new();
    for entry in fs::read_dir(folder).map_err(|_| Fault::FolderUnreachable)? {
        let entry = entry.map_err(|_| Fault::FolderUnreachable)?;
        if is_hidden(&entry) {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            // It may have been deleted in the meantime.
            let Ok(inside) = fs::read_dir(entry.path()) else { continue };
            for inner in inside.filter_map(Result::ok).filter(|inner| !is_hidden(inner)) {
                add(&mut listing, PathBuf::from(entry.file_name()).join(inner.file_name()), &inner)?;
            }
        } else {
            add(&mut listing, PathBuf::from(entry.file_name()), &entry)?;
        }
    }
    Ok(listing)
}

/// The file's bytes, if it still is what the stamp says and nobody keeps it locked.
pub fn read(path: &Path, stamp: Stamp) -> Option<Vec<u8>> {
    let file = File::open(path).ok()?;
    let mut bytes = Vec::with_capacity(usize::try_from(stamp.bytes).ok()?);
    file.take(stamp.bytes + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == stamp.bytes).then_some(bytes)
}

fn add(listing: &mut Listing, key: PathBuf, entry: &DirEntry) -> Result<(), Fault> {
    if ShotFormat::of_name(&key).is_none() && !is_raw(&key) {
        return Ok(());
    }
    let Some(metadata) = entry.metadata().ok().filter(fs::Metadata::is_file) else { return Ok(()) };
    if listing.len() >= FILES_MAX {
        return Err(Fault::FolderTooFull);
    }
    listing.insert(key, Stamp { bytes: metadata.len(), modified_at: metadata.modified().ok() });
    Ok(())
}

/// Names that begin with a dot are other programs' scratch files.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}
