//! `cargo xtask codegen`: what the Rust types say, written down as `OpenAPI` and as TypeScript. Both are committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::setup::{self, Node, Purpose};
use crate::workspace::Workspace;
use crate::{command, files};

/// The description's file, and what `gradshot openapi` is asked for.
const DESCRIPTIONS: [(&str, &[&str]); 2] =
    [("ui/openapi/server.json", &[]), ("ui/openapi/desk.json", &["--desk"])];

/// Where generated files lie, and nothing else does.
const GENERATED: [&str; 2] = ["ui/openapi", "ui/src/shared/api"];

/// How to generate.
#[derive(Args)]
pub struct Options {
    /// Fail when a committed file is stale, and leave it as it was.
    #[arg(long)]
    check: bool,
}

/// Sets up what is needed, then generates or checks.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let node = setup::prepare(workspace, Purpose::Browser)?;
    if options.check { check(workspace, &node) } else { generate(workspace, &node) }
}

/// Fails when a committed file differs from what the types say; puts it back as it was.
pub fn check(workspace: &Workspace, node: &Node) -> Result<()> {
    let committed = contents(workspace)?;
    generate(workspace, node)?;
    let fresh = contents(workspace)?;
    let stale: Vec<_> = committed
        .keys()
        .chain(fresh.keys().filter(|path| !committed.contains_key(*path)))
        .filter(|path| committed.get(*path) != fresh.get(*path))
        .map(|path| path.strip_prefix(workspace.path("")).unwrap_or(path).display().to_string())
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    for path in fresh.keys().filter(|path| !committed.contains_key(*path)) {
        fs::remove_file(path)?;
    }
    for (path, content) in &committed {
        fs::write(path, content)?;
    }
    bail!("stale: {}. Run `cargo xtask codegen` and commit what it writes", stale.join(", "))
}

fn generate(workspace: &Workspace, node: &Node) -> Result<()> {
    command::visible(workspace.cargo().args(["build", "--package", "gradshot-cli"]))?;
    for (file, arguments) in DESCRIPTIONS {
        let path = workspace.path(file);
        let description = command::silent(
            std::process::Command::new(workspace.built("gradshot")).arg("openapi").args(arguments),
        )?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, description).with_context(|| format!("cannot write {file}"))?;
    }
    command::silent(node.npm(&workspace.path("ui")).args(["run", "codegen"]))?;
    Ok(())
}

fn contents(workspace: &Workspace) -> Result<BTreeMap<PathBuf, String>> {
    let mut contents = BTreeMap::new();
    for folder in GENERATED {
        for path in files::sources(&workspace.path(folder))? {
            let content = files::read_text(&path)?;
            contents.insert(path, content);
        }
    }
    Ok(contents)
}
