//! `cargo xtask manual`: our own manual's pages and pictures, made anew by doing every step of it.

use anyhow::Result;

use crate::command;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// The variable that tells the walk to keep what it makes, and where.
const KEEP: (&str, &str) = ("GRADSHOT_MANUAL", "keep");

/// Walks through all chapters in a browser; the steps and their words are in `ui/e2e/manual`.
pub fn run(workspace: &Workspace) -> Result<()> {
    let node = setup::prepare(workspace, Purpose::Test)?;
    // Built with the workspace's features, so that nothing is compiled a second time.
    command::visible(workspace.cargo().args(["build", "--workspace", "--bin", "gradshot"]))?;
    let mut walk = node.npm(&workspace.path("ui"));
    command::visible(walk.args(["run", "--silent", "manual"]).env(KEEP.0, KEEP.1).env("GRADSHOT_SILENT", "1"))
}
