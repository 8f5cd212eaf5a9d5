//! `cargo xtask run`: from a fresh clone to an open studio.

use std::ffi::OsString;

use anyhow::Result;
use clap::Args;

use crate::command;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// How to run.
#[derive(Args)]
pub struct Options {
    /// Serve the pages for a browser, even where there is a display.
    #[arg(long)]
    browser: bool,
    /// Handed on to the program that is started.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Sets up, builds, and opens the windows; serves the pages where there is no display.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let in_browser = options.browser || !has_display();
    let purpose = if in_browser { Purpose::Browser } else { Purpose::Window };
    setup::prepare(workspace, purpose)?;

    let (package, program) =
        if in_browser { ("gradshot-cli", "gradshot") } else { ("gradshot-desktop", "gradshot-desktop") };
    println!("building {program}");
    command::visible(workspace.cargo().args(["build", "--package", package]))?;

    let mut program = std::process::Command::new(workspace.built(program));
    if in_browser {
        program.args(["studio", "--demo"]);
        if options.browser {
            program.arg("--browser");
        }
    }
    command::visible(program.current_dir(workspace.path("")).args(&options.arguments))
}

fn has_display() -> bool {
    let named = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
