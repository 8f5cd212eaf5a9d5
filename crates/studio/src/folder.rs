//! The folder that a studio keeps everything in: one program at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Held for as long as a program has the folder; the system lets go of it when the program ends, however it ends.
const LOCK_FILE: &str = "in-use.lock";

/// A program that is being closed lets go within this.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(100);

/// A folder that no other program has.
#[derive(Debug)]
pub(crate) struct StudioFolder {
    path: PathBuf,
    #[expect(dead_code, reason = "the folder is ours as long as this is kept")]
    lock: File,
    #[expect(dead_code, reason = "a demonstration's folder vanishes with this")]
    scratch: Option<TempDir>,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    /// Another program has it.
    #[error("another Gradshot has the folder {0} open")]
    InUse(PathBuf),
    /// The system refused.
    #[error("the folder {0} cannot be used: {1}")]
    Unusable(PathBuf, io::Error),
}

impl StudioFolder {
    /// Takes the folder, or makes one that vanishes again. Whoever has it may take so long to let go.
    pub(crate) async fn take(wanted: Option<&Path>, patience: Duration) -> Result<Self, FolderError> {
        let (path, scratch) = if let Some(path) = wanted {
            (path.to_owned(), None)
        } else {
            let scratch = TempDir::with_prefix("gradshot-")
                .map_err(|error| FolderError::Unusable(std::env::temp_dir(), error))?;
            (scratch.path().to_owned(), Some(scratch))
        };
        let unusable = |error| FolderError::Unusable(path.clone(), error);
        fs::create_dir_all(&path).map_err(unusable)?;
        let lock = File::create(path.join(LOCK_FILE)).map_err(unusable)?;
        let over = Instant::now() + patience;
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < over => tokio::time::sleep(PAUSE).await,
                Err(TryLockError::WouldBlock) => return Err(FolderError::InUse(path)),
                Err(TryLockError::Error(error)) => return Err(unusable(error)),
            }
        }
        Ok(Self { path, lock, scratch })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn two_programs_never_have_one_folder_and_one_that_is_being_closed_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let first = StudioFolder::take(Some(folder.path()), Duration::ZERO).await.unwrap();
        let second = StudioFolder::take(Some(folder.path()), Duration::ZERO).await;
        assert!(matches!(second, Err(FolderError::InUse(_))));
        let closes = async {
            tokio::time::sleep(PAUSE).await;
            drop(first);
        };
        let (second, ()) =
            tokio::join!(StudioFolder::take(Some(folder.path()), Duration::from_mins(1)), closes);
        second.unwrap();
    }
}
