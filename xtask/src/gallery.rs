//! `cargo xtask gallery`: every sample photo beside its portrait, with what the verdict says.

use std::path::PathBuf;

use anyhow::Result;

use crate::command;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// Which photos.
#[derive(clap::Args)]
pub struct Options {
    /// Folders of photos; the sample photos when none is named.
    folders: Vec<PathBuf>,
}

/// Makes the page and says where it is.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::prepare(workspace, Purpose::Browser)?;
    let mut cargo = workspace.cargo();
    cargo.args(["run", "--quiet", "--workspace", "--example", "gallery", "--"]).args(&options.folders);
    command::visible(&mut cargo)
}
