//! `cargo xtask pictures`: the pictures of every screen that `cargo xtask test pages` compares, made anew where a screen
//! looks different now.

use anyhow::{Result, bail};

use crate::command;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// Shows every screen and keeps what has changed in `tests/pictures/looks`; a person looks at the difference.
pub fn run(workspace: &Workspace) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("pictures are compared as Debian's Chromium draws them, so they are made there too");
    }
    let node = setup::prepare(workspace, Purpose::Test)?;
    let mut show = node.npm(&workspace.path("ui"));
    command::visible(show.args(["run", "--silent", "looks"]))?;
    println!("\nlook at what has changed: git status tests/pictures/looks");
    Ok(())
}
