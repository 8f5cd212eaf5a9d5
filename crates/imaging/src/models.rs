//! The weights and their manifest: what is loaded is exactly what was reviewed.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The manifest's file name inside the models' folder.
pub const MANIFEST: &str = "models.toml";

/// Largest manifest that is read, bytes.
const MAX_MANIFEST_BYTES: u64 = 1 << 20;

/// Every file of weights, as `models/models.toml` lists them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The files.
    #[serde(rename = "model")]
    pub models: Vec<Model>,
}

/// One file of weights.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What the code calls it.
    pub name: String,
    /// File name beside the manifest.
    pub file: String,
    /// Size, bytes.
    pub bytes: u64,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// What it is for.
    pub role: String,
    /// SPDX identifier of its licence.
    pub licence: String,
    /// Where it comes from.
    pub origin: String,
    /// Input tensor.
    pub input: String,
    /// Output tensors.
    pub output: String,
    /// How pixels become the input.
    pub preprocessing: String,
}

/// Why weights are not loaded. Every message ends in the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The manifest cannot be read.
    #[error("the models' manifest {} cannot be read ({reason}); run `cargo xtask setup`", path.display())]
    Manifest {
        /// Where it was looked for.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The manifest does not list a model that the engine needs.
    #[error("the models' manifest lists no model named {name}; run `cargo xtask setup`")]
    Unlisted {
        /// The model.
        name: String,
    },
    /// A listed file is not there.
    #[error("the model file {} is missing; run `cargo xtask setup`", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A file is there and differs from the manifest.
    #[error("the model file {} is not the one in the manifest; delete it and run `cargo xtask setup`", path.display())]
    Altered {
        /// The file.
        path: PathBuf,
    },
}

impl Manifest {
    /// Reads `models.toml` in `dir`.
    pub fn read(dir: &Path) -> Result<Self, ModelError> {
        let path = dir.join(MANIFEST);
        let refuse = |reason: String| ModelError::Manifest { path: path.clone(), reason };
        let size = std::fs::metadata(&path).map_err(|error| refuse(error.to_string()))?.len();
        if size > MAX_MANIFEST_BYTES {
            return Err(refuse(format!("{size} bytes are too many")));
        }
        let text = std::fs::read_to_string(&path).map_err(|error| refuse(error.to_string()))?;
        toml::from_str(&text).map_err(|error| refuse(error.message().to_owned()))
    }

    /// Reads one model's weights and proves by SHA-256 that they are the listed ones.
    pub fn load(&self, dir: &Path, name: &str) -> Result<Vec<u8>, ModelError> {
        let model = self.models.iter().find(|model| model.name == name);
        let model = model.ok_or_else(|| ModelError::Unlisted { name: name.to_owned() })?;
        let path = dir.join(&model.file);
        let size = std::fs::metadata(&path).map_err(|_| ModelError::Missing { path: path.clone() })?.len();
        if size != model.bytes {
            return Err(ModelError::Altered { path });
        }
        let weights = std::fs::read(&path).map_err(|_| ModelError::Missing { path: path.clone() })?;
        if hex::encode(Sha256::digest(&weights)) == model.sha256 {
            Ok(weights)
        } else {
            Err(ModelError::Altered { path })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(weights: &[u8], sha256: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("net.onnx"), weights).unwrap();
        let manifest = format!(
            "[[model]]\nname = 'net'\nfile = 'net.onnx'\nbytes = 3\nsha256 = '{sha256}'\nrole = ''\nlicence = ''\n\
             origin = ''\ninput = ''\noutput = ''\npreprocessing = ''\n"
        );
        std::fs::write(dir.path().join(MANIFEST), manifest).unwrap();
        dir
    }

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn listed_weights_are_loaded_and_altered_ones_refused() {
        let dir = folder(b"abc", ABC);
        let manifest = Manifest::read(dir.path()).unwrap();
        assert_eq!(manifest.load(dir.path(), "net").unwrap(), b"abc");
        std::fs::write(dir.path().join("net.onnx"), b"xyz").unwrap();
        let refused = manifest.load(dir.path(), "net").unwrap_err();
        assert!(matches!(refused, ModelError::Altered { .. }));
        assert!(refused.to_string().contains("cargo xtask setup"));
        std::fs::remove_file(dir.path().join("net.onnx")).unwrap();
        assert!(matches!(manifest.load(dir.path(), "net"), Err(ModelError::Missing { .. })));
        assert!(matches!(manifest.load(dir.path(), "other"), Err(ModelError::Unlisted { .. })));
    }

    #[test]
    fn a_missing_manifest_names_the_remedy() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Manifest::read(dir.path()).unwrap_err().to_string().contains("cargo xtask setup"));
    }
}
