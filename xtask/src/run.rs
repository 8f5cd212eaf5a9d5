//! `cargo xtask run`: from a fresh clone to an open studio.

use std::ffi::OsString;
use std::process::Command;

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

    // The window is built together with everything else, as the checks build it, so that they share every crate.
    let (build, program): (&[&str], _) = if in_browser {
        (&["--package", "gradshot-cli"], "gradshot")
    } else {
        (&["--workspace", "--bins"], "gradshot-desktop")
    };
    println!("building {program}");
    command::visible(workspace.cargo().arg("build").args(build))?;

    let mut program = Command::new(workspace.built(program));
    program.current_dir(workspace.path(""));
    if in_browser {
        program.arg("studio");
    }
    command::visible(program.arg("--demo").args(&options.arguments))
}

fn has_display() -> bool {
    let named = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
