//! Schemathesis, which tries the server's API out: a Python program in a folder of its own, nothing of it in any Python.

use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::stamp::Stamp;
use crate::step::Outcome;
use crate::workspace::Workspace;

/// The program and everything below it, each in the one version that is used.
const REQUIREMENTS: &str = "tests/api/requirements.txt";

/// Puts the program into the tools.
pub fn fetch(workspace: &Workspace) -> Result<Outcome> {
    let requirements = workspace.path(REQUIREMENTS);
    let folder = workspace.tool("schemathesis");
    let stamp = Stamp::of_file(workspace.tool("schemathesis/.version"), &requirements, "")?;
    if stamp.is_fresh() {
        return Ok(Outcome::AlreadyThere);
    }
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let mut pip = Command::new(if cfg!(windows) { "python" } else { "python3" });
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"])
        .arg("--target")
        .arg(&folder)
        .arg("--requirement")
        .arg(&requirements);
    command::silent(&mut pip).context("fetching Schemathesis from the Python package index")?;
    stamp.keep()?;
    Ok(Outcome::Done("fetched".to_owned()))
}
