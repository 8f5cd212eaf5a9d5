//! The models' weights lie in the repository: here they are compared with their manifest.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::files;
use crate::step::Outcome;
use crate::workspace::Workspace;

/// `models/models.toml`, as far as set-up needs it.
#[derive(Deserialize)]
struct Manifest {
    model: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    file: String,
    bytes: u64,
    sha256: String,
}

/// Compares every model with the manifest.
pub fn verify(workspace: &Workspace) -> Result<Outcome> {
    let manifest: Manifest = toml::from_str(&files::read_text(&workspace.path("models/models.toml"))?)
        .context("models/models.toml")?;
    for model in &manifest.model {
        compare(model, &workspace.path("models").join(&model.file)).with_context(|| {
            format!("models/{} is not the file that models/models.toml lists", model.file)
        })?;
    }
    Ok(Outcome::AlreadyThere)
}

fn compare(model: &Model, file: &Path) -> Result<()> {
    const REMEDY: &str = "take it from the repository again (`git checkout -- models`)";
    let content = fs::read(file).with_context(|| format!("it cannot be read; {REMEDY}"))?;
    if content.len() as u64 != model.bytes {
        bail!("it has {} bytes, not {}; {REMEDY}", content.len(), model.bytes);
    }
    let digest = hex::encode(Sha256::digest(content));
    if digest != model.sha256 {
        bail!("its SHA-256 is {digest}; {REMEDY}");
    }
    Ok(())
}
