//! The people before the simulated lens: a folder's photos.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use crate::{Fault, ShotFormat};

/// More photos than this are left out.
const PHOTOS_MAX: usize = 10_000;

/// JPEG and PNG files directly in a folder, by name; at least one.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let entries = fs::read_dir(folder).map_err(|_| Fault::FolderUnreachable)?;
    let mut photos: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| matches!(ShotFormat::of_name(path), Some(ShotFormat::Jpeg | ShotFormat::Png)))
        .filter(|path| path.is_file())
        .take(PHOTOS_MAX)
        .collect();
    photos.sort();
    if photos.is_empty() { Err(Fault::NoPhotos) } else { Ok(photos) }
}

/// A whole file of at most `max_bytes`.
pub fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(|_| Fault::BrokenFile)?;
    if bytes.len() as u64 > max_bytes {
        return Err(Fault::FileTooLarge);
    }
    Ok(bytes)
}
