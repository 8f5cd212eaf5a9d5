//! The photos before the simulated lens, in a folder of their own so that their order is known.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;
use tempfile::TempDir;

/// A photo and the index by which the simulated camera presents it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Photo {
    pub(super) index: usize,
    pub(super) name: String,
}

/// The folder.
pub(super) struct Stage {
    folder: TempDir,
    good: Vec<Photo>,
    refused: Vec<Photo>,
    turn: AtomicUsize,
}

/// Photos that are taken from a folder at most.
const MAX_PHOTOS: usize = 1000;

impl Stage {
    /// Copies the photos of `photos` and those of `refused`, if that folder exists.
    pub(super) fn set(photos: &Path, refused: &Path) -> anyhow::Result<Self> {
        let good = pictures(photos)?;
        anyhow::ensure!(!good.is_empty(), "there is no JPEG or PNG file in {}", photos.display());
        let refused = if refused.is_dir() { pictures(refused)? } else { Vec::new() };
        let folder = TempDir::with_prefix("gradshot-photos-")?;
        let mut copied = Vec::new();
        for (index, path) in good.iter().chain(&refused).enumerate() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            fs::copy(path, folder.path().join(format!("{index:04}-{name}")))
                .with_context(|| format!("{} cannot be read", path.display()))?;
            copied.push(Photo { index, name });
        }
        let refused = copied.split_off(good.len());
        Ok(Self { folder, good: copied, refused, turn: AtomicUsize::new(0) })
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Photos that have to be refused.
    pub(super) fn refused(&self) -> &[Photo] {
        &self.refused
    }

    /// The photos to try for the next student: each student begins with another one.
    pub(super) fn turn(&self) -> impl Iterator<Item = &Photo> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        self.good.iter().cycle().skip(turn % self.good.len()).take(self.good.len())
    }
}

fn pictures(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths = Vec::new();
    for entry in entries.take(MAX_PHOTOS) {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        if matches!(ending.as_deref(), Some("jpg" | "jpeg" | "png")) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
