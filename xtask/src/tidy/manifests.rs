//! Rules on the crates' manifests: every dependency says why it is here, every crate keeps the house's lints.

use std::path::Path;

use anyhow::Result;

use super::Complaint;
use crate::files;
use crate::workspace::Workspace;

/// Reads every `Cargo.toml`.
pub fn check(workspace: &Workspace) -> Result<Vec<Complaint>> {
    let mut complaints = Vec::new();
    for path in files::sources(&workspace.path(""))? {
        if path.file_name().is_some_and(|name| name == "Cargo.toml") {
            let manifest = files::read_text(&path)?;
            complaints.extend(check_manifest(path.strip_prefix(workspace.path(""))?, &manifest));
        }
    }
    Ok(complaints)
}

fn check_manifest(path: &Path, manifest: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut in_dependencies = false;
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            in_dependencies = line.trim_end_matches(']').ends_with("dependencies");
        } else if in_dependencies && names_dependency(line) && !line.contains(" # ") {
            complaints.push(Complaint::at(
                path,
                index + 1,
                "say in a comment on this line why the dependency is here",
            ));
        }
    }
    let is_crate = manifest.contains("[package]");
    if is_crate && !manifest.contains("[lints]\nworkspace = true") {
        complaints.push(Complaint::at(path, 1, "take the house's lints: `[lints]` with `workspace = true`"));
    }
    complaints
}

/// A crate from outside whose version stands here. The workspace's own are described where they lie, and what is
/// taken from the workspace is described there.
fn names_dependency(line: &str) -> bool {
    let is_entry = line.starts_with(|first: char| first.is_ascii_alphabetic()) && line.contains('=');
    is_entry && !line.contains("path = ") && !line.contains("workspace = true")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check_manifest;

    #[test]
    fn a_dependency_without_a_reason_is_named() {
        let manifest =
            "[workspace.dependencies]\nserde = \"1\" # messages\nhouse = { path = \"x\" }\nrand = \"1\"\n";
        let places: Vec<_> = check_manifest(Path::new("Cargo.toml"), manifest)
            .into_iter()
            .map(|complaint| complaint.place)
            .collect();
        assert_eq!(places, ["Cargo.toml:4"]);
    }

    #[test]
    fn a_crate_without_the_lints_is_named() {
        assert_eq!(check_manifest(Path::new("Cargo.toml"), "[package]\nname = \"x\"\n").len(), 1);
    }
}
