//! `cargo xtask codegen`: what the Rust types say, written down as `OpenAPI` and as TypeScript. Both are committed.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::command;
use crate::setup::{self, Node, Purpose};
use crate::workspace::Workspace;

/// The description's file, and what `gradshot openapi` is asked for.
const DESCRIPTIONS: [(&str, &[&str]); 2] =
    [("ui/openapi/server.json", &[]), ("ui/openapi/desk.json", &["--desk"])];

/// Every file that is generated.
pub const GENERATED: [&str; 4] = [
    "ui/openapi/server.json",
    "ui/openapi/desk.json",
    "ui/src/shared/api/server.ts",
    "ui/src/shared/api/desk.ts",
];

/// How to generate.
#[derive(Args)]
pub struct Options {
    /// Fail when a committed file is stale, and leave it as it was.
    #[arg(long)]
    check: bool,
}

/// Sets up what is needed, then generates or checks.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let node = setup::prepare_node(workspace, Purpose::Browser)?;
    // With the features that everything else is built with, or half of it would be compiled once more.
    command::visible(workspace.cargo().args(["build", "--workspace", "--bin", "gradshot"]))?;
    if options.check { check(workspace, &node) } else { generate(workspace, &node) }
}

/// Fails when a committed file differs from what the built `gradshot` says, and puts it back as it was.
pub fn check(workspace: &Workspace, node: &Node) -> Result<()> {
    let committed = GENERATED.map(|file| fs::read(workspace.path(file)).ok());
    generate(workspace, node)?;
    let mut stale = Vec::new();
    for (file, committed) in GENERATED.iter().zip(committed) {
        let path = workspace.path(file);
        if committed != Some(fs::read(&path)?) {
            stale.push(*file);
            match committed {
                Some(content) => fs::write(&path, content)?,
                None => fs::remove_file(&path)?,
            }
        }
    }
    if !stale.is_empty() {
        bail!("stale: {}. Run `cargo xtask codegen` and commit what it writes", stale.join(", "));
    }
    Ok(())
}

/// Has the built `gradshot` describe its messages, and the pages' own script turn that into TypeScript.
fn generate(workspace: &Workspace, node: &Node) -> Result<()> {
    fs::create_dir_all(workspace.path("ui/openapi"))?;
    for (file, arguments) in DESCRIPTIONS {
        let mut gradshot = Command::new(workspace.built("gradshot"));
        let description = command::silent(gradshot.arg("openapi").args(arguments))?;
        fs::write(workspace.path(file), description).with_context(|| format!("cannot write {file}"))?;
    }
    command::silent(node.npm(&workspace.path("ui")).args(["run", "codegen"]))?;
    Ok(())
}
