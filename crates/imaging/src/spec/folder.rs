//! A folder of specs.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Spec, SpecError};

/// Largest spec file that is read, bytes.
const MAX_FILE_BYTES: u64 = 64 << 10;
/// Most specs that one folder may have.
const MAX_SPECS: usize = 2000;

/// Every spec of a folder, by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Specs {
    by_id: BTreeMap<String, Spec>,
}

impl Specs {
    /// Reads every `*.toml` of a folder. One bad file refuses them all, with its name.
    pub fn load(dir: &Path) -> Result<Self, SpecError> {
        let mut by_id = BTreeMap::new();
        for entry in std::fs::read_dir(dir).map_err(|error| unreadable(dir, &error))? {
            let path = entry.map_err(|error| unreadable(dir, &error))?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            if by_id.len() == MAX_SPECS {
                let reason = format!("it has more than {MAX_SPECS} specs");
                return Err(SpecError::Unreadable { path: dir.to_owned(), reason });
            }
            let spec = read(&path)?;
            by_id.insert(spec.id.clone(), spec);
        }
        Ok(Self { by_id })
    }

    /// The spec of this id.
    pub fn get(&self, id: &str) -> Result<&Spec, SpecError> {
        self.by_id.get(id).ok_or_else(|| SpecError::Unknown {
            id: id.to_owned(),
            known: self.by_id.keys().map(String::as_str).collect::<Vec<_>>().join(", "),
        })
    }

    /// All specs, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Spec> {
        self.by_id.values()
    }
}

/// One file, whose name has to be its id.
fn read(path: &Path) -> Result<Spec, SpecError> {
    let size = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?.len();
    if size > MAX_FILE_BYTES {
        let reason = format!("{size} bytes are too many");
        return Err(SpecError::Malformed { path: path.to_owned(), reason });
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let spec = Spec::parse(&text, path)?;
    if path.file_stem().is_none_or(|stem| stem != spec.id.as_str()) {
        return Err(SpecError::Contradiction { id: spec.id, reason: "file name and id differ".to_owned() });
    }
    Ok(spec)
}

fn unreadable(path: &Path, error: &std::io::Error) -> SpecError {
    SpecError::Unreadable { path: path.to_owned(), reason: error.to_string() }
}
