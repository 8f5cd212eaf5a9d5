//! The `gradshot` command. Decides nothing itself: one file per subcommand.

mod audit;
mod backup;
mod cameras;
mod check;
mod demo;
mod doctor;
mod imaging;
mod openapi;
mod output_name;
mod rehearse;
mod report;
mod serve;
mod sheet;
mod specs;
mod standardize;
mod studio;
mod vault;
mod voice;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

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
    Sheet(sheet::Arguments),
    Specs(specs::Arguments),
    Demo(demo::Arguments),
    Rehearse(rehearse::Arguments),
    Studio(studio::Arguments),
    Serve(serve::Arguments),
    Openapi(openapi::Arguments),
    Cameras(cameras::Arguments),
    Doctor(doctor::Arguments),
    Backup(backup::BackupArguments),
    Restore(backup::RestoreArguments),
    Audit(audit::Arguments),
    Vault(vault::Arguments),
    Voice(voice::Arguments),
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
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let outcome = match Arguments::parse().command {
        Command::Standardize(arguments) => standardize::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Sheet(arguments) => sheet::run(&arguments),
        Command::Specs(arguments) => specs::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Rehearse(arguments) => rehearse::run(arguments),
        Command::Studio(arguments) => studio::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Openapi(arguments) => openapi::run(&arguments),
        Command::Cameras(arguments) => cameras::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Backup(arguments) => backup::back_up(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Vault(arguments) => vault::run(arguments),
        Command::Voice(arguments) => voice::run(&arguments),
    };
    let outcome = outcome.unwrap_or_else(|error| {
        eprintln!("gradshot: {error:#}");
        Outcome::Failed
    });
    ExitCode::from(outcome as u8)
}
