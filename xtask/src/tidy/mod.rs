//! `cargo xtask tidy`: the house rules that no compiler knows.

mod arrows;
mod manifests;
mod sources;

use std::path::Path;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// A broken rule, at a place.
pub struct Complaint {
    place: String,
    rule: String,
}

impl Complaint {
    fn new(place: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { place: place.into(), rule: rule.into() }
    }

    fn at(path: &Path, line: usize, rule: impl Into<String>) -> Self {
        Self::new(format!("{}:{line}", path.display()), rule)
    }
}

/// Checks every rule and names each place where one is broken.
pub fn run(workspace: &Workspace) -> Result<()> {
    let mut complaints = arrows::check(workspace)?;
    complaints.extend(manifests::check(workspace)?);
    complaints.extend(sources::check(workspace)?);
    if complaints.is_empty() {
        println!("tidy");
        return Ok(());
    }
    for complaint in &complaints {
        println!("{}: {}", complaint.place, complaint.rule);
    }
    bail!("{} places break a rule of the house", complaints.len())
}
