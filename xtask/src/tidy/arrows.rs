//! Which crate may use which: the house's own from its floor downwards, and a few of others' only in their home.

use anyhow::Result;
use serde::Deserialize;

use super::Complaint;
use crate::command;
use crate::workspace::Workspace;

/// Each crate with those of the house that it may use. A new arrow is a decision, so it is written down here.
const FLOORS: &[(&str, &[&str])] = &[
    ("gradshot-domain", &[]),
    (
        "gradshot-testkit",
        &["gradshot-domain", "gradshot-seal", "gradshot-server", "gradshot-storage", "gradshot-wire"],
    ),
    ("gradshot-seal", &["gradshot-domain"]),
    ("gradshot-camera", &[]),
    ("gradshot-wire", &["gradshot-domain"]),
    ("gradshot-imaging", &["gradshot-domain"]),
    ("gradshot-storage", &["gradshot-domain"]),
    ("gradshot-server", &["gradshot-domain", "gradshot-seal", "gradshot-storage", "gradshot-wire"]),
    (
        "gradshot-station",
        &["gradshot-camera", "gradshot-domain", "gradshot-imaging", "gradshot-seal", "gradshot-wire"],
    ),
    (
        "gradshot-studio",
        &[
            "gradshot-camera",
            "gradshot-domain",
            "gradshot-imaging",
            "gradshot-seal",
            "gradshot-server",
            "gradshot-station",
            "gradshot-storage",
            "gradshot-wire",
        ],
    ),
    (
        "gradshot-cli",
        &["gradshot-domain", "gradshot-imaging", "gradshot-server", "gradshot-studio", "gradshot-wire"],
    ),
    ("gradshot-desktop", &["gradshot-studio", "gradshot-wire"]),
    ("xtask", &[]),
];

/// Crates of others' that only one room of the house knows. Tests may look behind the doors.
const HOMES: &[(&str, &[&str])] = &[
    ("aes-gcm", &["gradshot-seal"]),
    ("ed25519-dalek", &["gradshot-seal"]),
    ("gphoto2", &["gradshot-camera"]),
    ("hpke", &["gradshot-seal"]),
    ("ipp", &["gradshot-station"]),
    ("nokhwa", &["gradshot-camera"]),
    ("object_store", &["gradshot-storage"]),
    ("opus-pure", &["gradshot-station"]),
    ("ort", &["gradshot-imaging"]),
    ("rodio", &["gradshot-station"]),
    ("rusqlite", &["gradshot-station"]),
    ("sqlx", &["gradshot-storage"]),
    ("tauri", &["gradshot-desktop"]),
    ("v4l", &["gradshot-camera"]),
];

/// Used in tests by everyone, in programs by no one.
const TESTS_ONLY: &str = "gradshot-testkit";

/// What `cargo metadata` prints, as far as the arrows need it.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

/// Compares every arrow of the workspace with the floors and the homes.
pub fn check(workspace: &Workspace) -> Result<Vec<Complaint>> {
    let printed =
        command::silent(workspace.cargo().args(["metadata", "--format-version=1", "--no-deps", "--locked"]))?;
    let metadata: Metadata = serde_json::from_str(&printed)?;
    Ok(metadata.packages.iter().flat_map(complaints_about).collect())
}

fn complaints_about(package: &Package) -> Vec<Complaint> {
    let Some((_, below)) = FLOORS.iter().find(|(name, _)| *name == package.name) else {
        return vec![Complaint::new(
            &package.name,
            "this crate has no floor; give it one in xtask/src/tidy/arrows.rs",
        )];
    };
    package
        .dependencies
        .iter()
        .filter_map(|dependency| complaint_about(package, below, dependency))
        .map(|rule| Complaint::new(&package.name, rule))
        .collect()
}

fn complaint_about(package: &Package, below: &[&str], dependency: &Dependency) -> Option<String> {
    let name = dependency.name.as_str();
    let in_tests = dependency.kind.as_deref() == Some("dev");
    if name == TESTS_ONLY {
        return (!in_tests).then(|| format!("{name} is for tests only"));
    }
    if FLOORS.iter().any(|(house, _)| *house == name) {
        return (!below.contains(&name)).then(|| format!("must not use {name}: arrows run down only"));
    }
    let (_, homes) = HOMES.iter().find(|(stranger, _)| *stranger == name && !in_tests)?;
    (!homes.contains(&package.name.as_str()))
        .then(|| format!("must not use {name}: its home is {}", homes.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::{Dependency, Package, complaints_about};

    fn package(name: &str, uses: &[(&str, Option<&str>)]) -> Package {
        let dependency = |(name, kind): &(&str, Option<&str>)| Dependency {
            name: (*name).into(),
            kind: kind.map(Into::into),
        };
        Package { name: name.into(), dependencies: uses.iter().map(dependency).collect() }
    }

    #[test]
    fn arrows_run_down_only() {
        let down = package("gradshot-station", &[("gradshot-wire", None), ("serde", None)]);
        assert!(complaints_about(&down).is_empty());
        let across = package("gradshot-station", &[("gradshot-server", None)]);
        assert_eq!(complaints_about(&across).len(), 1);
        let up = package("gradshot-domain", &[("gradshot-wire", Some("dev"))]);
        assert_eq!(complaints_about(&up).len(), 1);
    }

    #[test]
    fn a_stranger_stays_in_its_home() {
        assert!(complaints_about(&package("gradshot-imaging", &[("ort", None)])).is_empty());
        assert_eq!(complaints_about(&package("gradshot-server", &[("ort", None)])).len(), 1);
        assert!(complaints_about(&package("gradshot-server", &[("sqlx", Some("dev"))])).is_empty());
    }

    #[test]
    fn the_kit_for_tests_is_in_no_program() {
        assert!(
            complaints_about(&package("gradshot-server", &[("gradshot-testkit", Some("dev"))])).is_empty()
        );
        assert_eq!(complaints_about(&package("gradshot-server", &[("gradshot-testkit", None)])).len(), 1);
    }
}
