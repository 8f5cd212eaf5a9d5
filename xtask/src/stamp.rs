//! Remembering what something was made from, so that it is made again only when that has changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::files;

/// The digest of what a product is made from, beside the one it was last made from.
pub struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// A stamp kept in `file` for a product made from the file `input` and, in words, from `circumstances`.
    pub fn of_file(file: PathBuf, input: &Path, circumstances: &str) -> Result<Self> {
        let content = fs::read(input).with_context(|| format!("cannot read {}", input.display()))?;
        Ok(Self {
            file,
            digest: hex::encode(Sha256::new().chain_update(circumstances).chain_update(content).finalize()),
        })
    }

    /// A stamp for a product made from every source file below `folders`.
    pub fn of_folders(file: PathBuf, folders: &[&Path]) -> Result<Self> {
        let mut digest = Sha256::new();
        for folder in folders {
            for path in files::sources(folder)? {
                let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                digest.update(path.strip_prefix(folder)?.to_string_lossy().as_bytes());
                digest.update((content.len() as u64).to_le_bytes());
                digest.update(content);
            }
        }
        Ok(Self { file, digest: hex::encode(digest.finalize()) })
    }

    /// A stamp for a product that a few words describe completely, such as a name and a version.
    pub fn of_words(file: PathBuf, words: &str) -> Self {
        Self { file, digest: words.to_owned() }
    }

    /// Whether the product was last made from the same.
    pub fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.digest)
    }

    /// Remembers that the product has been made.
    pub fn keep(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, &self.digest).with_context(|| format!("cannot write {}", self.file.display()))
    }
}
