//! `cargo xtask test`: every check there is, the quick ones first.

mod api;
mod checks;
mod postgres;
mod tally;
#[cfg(target_os = "linux")]
mod webcam;

use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use self::checks::{CHECKS, Check, Scene};
pub use self::postgres::Postgres;
use self::tally::Tally;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// Which checks to run.
#[derive(Args)]
pub struct Options {
    /// Leave out what takes minutes: the documentation, the pages in a browser, the window.
    #[arg(long)]
    fast: bool,
    /// Go on after a failure, and name all of them at the end.
    #[arg(long)]
    keep_going: bool,
    /// Only these checks.
    names: Vec<String>,
}

/// How one check ended.
struct Report {
    name: &'static str,
    seconds: f64,
    passed: bool,
    tally: Tally,
}

/// Sets up, runs the chosen checks, and closes with one line for each.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let chosen = choose(options)?;
    let began = Instant::now();
    let node = setup::prepare(workspace, Purpose::Test)?;
    println!("set up in {:.0} s", began.elapsed().as_secs_f64());

    let mut reports: Vec<Report> = Vec::new();
    for check in &chosen {
        if reports.iter().any(|report| !report.passed) && !options.keep_going {
            break;
        }
        reports.push(perform(check, &Scene { workspace, node: &node }));
    }
    close(&chosen, &reports, began.elapsed().as_secs_f64())
}

fn choose(options: &Options) -> Result<Vec<&'static Check>> {
    if let Some(name) = options.names.iter().find(|name| !CHECKS.iter().any(|check| check.name == **name)) {
        let names: Vec<_> = CHECKS.iter().map(|check| check.name).collect();
        bail!("there is no check called {name}; there are {}", names.join(", "));
    }
    let is_named =
        |check: &&Check| options.names.is_empty() || options.names.iter().any(|name| name == check.name);
    Ok(CHECKS.iter().filter(is_named).filter(|check| check.is_fast || !options.fast).collect())
}

fn perform(check: &Check, scene: &Scene) -> Report {
    println!("\n── {} ──", check.name);
    let began = Instant::now();
    let mut tally = Tally::default();
    let ended = (check.perform)(scene, &mut tally);
    if let Err(error) = &ended {
        println!("{}: {error:#}", check.name);
    }
    Report { name: check.name, seconds: began.elapsed().as_secs_f64(), passed: ended.is_ok(), tally }
}

fn close(chosen: &[&Check], reports: &[Report], seconds: f64) -> Result<()> {
    println!("\n── {} of {} checks in {seconds:.0} s ──", reports.len(), chosen.len());
    let mut sum = Tally::default();
    for report in reports {
        let ending = if report.passed { "" } else { "FAILED  " };
        println!("{:<14}{:>7.1} s  {ending}{}", report.name, report.seconds, report.tally);
        sum += report.tally;
    }
    let failed: Vec<_> = reports.iter().filter(|report| !report.passed).map(|report| report.name).collect();
    if sum.counted() {
        println!("\n{sum}");
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}
