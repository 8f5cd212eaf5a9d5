//! The pages, built from `ui` and the voice's clips into `ui/dist`, which the server and the windows serve.

use anyhow::Result;

use super::Node;
use crate::command;
use crate::stamp::Stamp;
use crate::step::Outcome;
use crate::workspace::Workspace;

/// Builds the pages when their sources have changed.
pub fn build(workspace: &Workspace, node: &Node) -> Result<Outcome> {
    let ui = workspace.path("ui");
    let folders = [ui.as_path(), &workspace.path("assets/voice")];
    let stamp = Stamp::of_folders(workspace.tool("pages-built-from"), &folders)?;
    if stamp.is_fresh() && ui.join("dist/desk.html").is_file() {
        return Ok(Outcome::AlreadyThere);
    }
    command::silent(node.npm(&ui).args(["run", "build"]))?;
    stamp.keep()?;
    Ok(Outcome::Done("built".into()))
}
