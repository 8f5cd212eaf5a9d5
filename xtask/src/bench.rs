//! `cargo xtask bench`: what can be measured, each as a table on the screen and a file in `target/bench`.

use std::ffi::OsString;
use std::fs;

use anyhow::{Result, bail};
use clap::Args;

use crate::command;
use crate::setup::{self, Purpose};
use crate::test::Postgres;
use crate::workspace::Workspace;

struct Bench {
    name: &'static str,
    measures: &'static str,
    /// What cargo builds it with.
    built: &'static [&'static str],
}

/// Dependencies and pixels are optimised in the development profile too, and the workspace's features are those of every
/// other build, so nothing is compiled a second time.
const AS_EVERYTHING: &[&str] = &["--profile", "dev", "--workspace"];
/// As it is shipped: most of a server's time is spent in the house's own code.
const AS_SHIPPED: &[&str] = &["--package", "gradshot-server"];

/// Every bench. A crate holds it as a bench target of the same name, which prints its table and writes the same
/// figures as JSON to the file that `--json` names.
const BENCHES: &[Bench] = &[
    Bench {
        name: "imaging",
        measures: "the way from a shot to a portrait and its verdict, stage by stage",
        built: AS_EVERYTHING,
    },
    Bench {
        name: "station",
        measures: "one desk at full speed: throughput, shutter to sealed, coached frames, memory over a day",
        built: AS_EVERYTHING,
    },
    Bench {
        name: "server",
        measures: "requests a second, how a call reaches 2,000 phones, sealed uploads, lists",
        built: AS_SHIPPED,
    },
];

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// The bench's name.
    name: Option<String>,
    /// Starts a throwaway PostgreSQL for the bench, with its usual care for a power cut.
    #[arg(long)]
    postgres: bool,
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
    let mut cargo = workspace.cargo();
    cargo.args(["bench", "--quiet"]).args(bench.built).args(["--bench", bench.name, "--", "--json"]);
    // Nobody wants to hear a thousand students called.
    cargo.arg(&file).args(&options.arguments).env("GRADSHOT_SILENT", "1");
    let postgres = options.postgres.then(Postgres::start_durable).transpose()?;
    if let Some(postgres) = &postgres {
        cargo.env("GRADSHOT_TEST_POSTGRES", postgres.url());
    }
    command::visible(&mut cargo)?;
    println!("written to {}", file.display());
    Ok(())
}
