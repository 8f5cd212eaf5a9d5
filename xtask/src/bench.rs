//! `cargo xtask bench`: what can be measured, each as a table on the screen and a file in `target/bench`.

use std::ffi::OsString;
use std::fs;

use anyhow::{Result, bail};
use clap::Args;

use crate::command;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

struct Bench {
    name: &'static str,
    measures: &'static str,
}

/// Every bench. A crate holds it as a bench target of the same name, which prints its table and writes the same
/// figures as JSON to the file that `--json` names.
const BENCHES: &[Bench] = &[
    Bench { name: "imaging", measures: "the way from a shot to a portrait and its verdict, stage by stage" },
    Bench { name: "server", measures: "requests a second, how a call reaches 2,000 phones, sealed uploads" },
];

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// The bench's name.
    name: Option<String>,
    /// Handed on to the bench.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Measures one thing, or lists what can be measured.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let Some(name) = &options.name else {
        for bench in BENCHES {
            println!("{:<12} {}", bench.name, bench.measures);
        }
        return Ok(());
    };
    let Some(bench) = BENCHES.iter().find(|bench| bench.name == name) else {
        bail!("there is no bench called {name}; `cargo xtask bench` lists them");
    };
    setup::prepare(workspace, Purpose::Browser)?;
    let file = workspace.path("target/bench").join(format!("{name}.json"));
    fs::create_dir_all(workspace.path("target/bench"))?;
    // Dependencies and pixels are optimised in the development profile too, and the workspace's features are those of
    // every other build, so nothing is compiled a second time.
    command::visible(
        workspace
            .cargo()
            .args([
                "bench",
                "--quiet",
                "--profile",
                "dev",
                "--workspace",
                "--bench",
                bench.name,
                "--",
                "--json",
            ])
            .arg(&file)
            .args(&options.arguments),
    )?;
    println!("written to {}", file.display());
    Ok(())
}
