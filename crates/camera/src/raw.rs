//! RAW files: known by their names, and left alone.

use std::path::Path;

/// Whether it is one of the cameras' RAW formats.
pub fn is_raw(path: &Path) -> bool {
    const RAW: [&str; 14] =
        ["3fr", "arw", "cr2", "cr3", "dng", "fff", "iiq", "nef", "nrw", "orf", "pef", "raf", "rw2", "srw"];
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| RAW.contains(&extension.to_ascii_lowercase().as_str()))
}
