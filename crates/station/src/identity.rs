//! Who this station is: what pairing gave it, in one file that only its owner can read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gradshot_seal::{InvalidKey, StationKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A paired station.
#[derive(Debug)]
pub struct Identity {
    /// The server's address, for example `https://photo.example.cn`.
    pub server: String,
    /// Bearer token for the server.
    pub token: Zeroizing<String>,
    /// Signs every envelope.
    pub key: StationKey,
}

/// Why the station's identity could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The file system refused.
    #[error("the station's identity file {path} cannot be used: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Not our format.
    #[error("the station's identity file {0} is damaged: delete it and pair the station again")]
    Damaged(PathBuf),
    /// The key in it is none.
    #[error(transparent)]
    Key(#[from] InvalidKey),
}

#[derive(Serialize, Deserialize)]
struct File {
    server: String,
    token: String,
    key: String,
}

impl Identity {
    /// Reads the identity; `None` when the station was never paired.
    pub fn load(path: &Path) -> Result<Option<Self>, IdentityError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(IdentityError::File { path: path.to_owned(), source }),
        };
        let file: File = serde_json::from_str(&text).map_err(|_| IdentityError::Damaged(path.to_owned()))?;
        let key = Zeroizing::new(file.key);
        Ok(Some(Self { server: file.server, token: file.token.into(), key: StationKey::from_text(&key)? }))
    }

    /// Keeps the identity. Written beside and renamed, so that a crash leaves the old one or the new one.
    pub fn save(&self, path: &Path) -> Result<(), IdentityError> {
        let key = self.key.to_text().to_string();
        let file = File { server: self.server.clone(), token: self.token.to_string(), key };
        let text = Zeroizing::new(serde_json::to_string_pretty(&file).unwrap_or_default());
        let unsaved = path.with_extension("new");
        write_private(&unsaved, text.as_bytes())
            .and_then(|()| fs::rename(&unsaved, path))
            .map_err(|source| IdentityError::File { path: path.to_owned(), source })
    }
}

/// Writes a file that only its owner can read.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn a_pairing_outlives_the_program_and_a_damaged_file_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("station.json");
        assert!(Identity::load(&path).unwrap().is_none());
        let key = StationKey::generate(&mut rand::rngs::StdRng::seed_from_u64(1));
        let verifying_key = key.verifying_key();
        let identity = Identity { server: "http://127.0.0.1:1".into(), token: "t".to_owned().into(), key };
        identity.save(&path).unwrap();
        let again = Identity::load(&path).unwrap().unwrap();
        assert_eq!(again.key.verifying_key(), verifying_key);
        fs::write(&path, "{").unwrap();
        assert!(Identity::load(&path).unwrap_err().to_string().contains("pair the station again"));
    }
}
