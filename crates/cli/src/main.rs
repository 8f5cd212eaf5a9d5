//! The `gradshot` command. Decides nothing itself: one file per subcommand.

mod check;
mod imaging;
mod output_name;
mod report;
mod root;
mod standardize;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 毕业证照采集 · graduation ID photos, from the shot to the hand-over.
#[derive(Debug, Parser)]
#[command(name = "gradshot", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Standardize(standardize::Arguments),
    Check(check::Arguments),
}

/// What a command came to, as its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Everything passes, or needs only a reviewer.
    Fine = 0,
    /// At least one photo has to be taken again.
    Retake = 1,
    /// At least one file could not be read, or the command could not run.
    Failed = 2,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Standardize(arguments) => standardize::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
    };
    let outcome = outcome.unwrap_or_else(|error| {
        eprintln!("gradshot: {error:#}");
        Outcome::Failed
    });
    ExitCode::from(outcome as u8)
}
