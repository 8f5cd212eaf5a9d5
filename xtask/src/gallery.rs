//! `cargo xtask gallery`: every sample photo beside its portrait, with what the verdict says.

use std::path::PathBuf;
use std::process::Command;

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
    // Built with the workspace's features, so that nothing is compiled a second time.
    let mut build = workspace.cargo();
    build.args(["build", "--quiet", "--workspace", "--example", "gallery"]);
    command::visible(&mut build)?;
    command::visible(Command::new(workspace.built("examples/gallery")).args(&options.folders))
}
