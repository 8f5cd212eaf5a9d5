//! What a person does often here: set up, run, test, generate code, keep the house tidy, measure, look.

mod bench;
mod codegen;
mod command;
mod files;
mod gallery;
mod manual;
mod pictures;
mod run;
mod setup;
mod stamp;
mod step;
mod test;
mod tidy;
mod wheel;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::setup::Purpose;
use crate::workspace::Workspace;

/// What a person does often here.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Fetch everything that running and testing need; quick when it is there already.
    Setup,
    /// Set up, build, then open the desk and the board, or serve them where there is no display.
    Run(run::Options),
    /// Set up, then run every check there is.
    Test(test::Options),
    /// Write `OpenAPI` and TypeScript anew from the Rust types.
    Codegen(codegen::Options),
    /// Check the house rules that no compiler knows.
    Tidy,
    /// Measure one thing; without a name, list what can be measured.
    Bench(bench::Options),
    /// Lay shots beside their portraits on one page, to be judged by eye.
    Gallery(gallery::Options),
    /// Walk the manual at a real studio, and keep its pictures and pages in `docs/manual`.
    Manual,
    /// Show every screen, and keep the pictures that `test pages` compares where they look different now.
    Pictures,
}

fn main() -> ExitCode {
    let workspace = Workspace::locate();
    let done = match Arguments::parse().task {
        Task::Setup => setup::prepare(&workspace, Purpose::Test).map(drop),
        Task::Run(options) => run::run(&workspace, &options),
        Task::Test(options) => test::run(&workspace, &options),
        Task::Codegen(options) => codegen::run(&workspace, &options),
        Task::Tidy => tidy::run(&workspace),
        Task::Bench(options) => bench::run(&workspace, &options),
        Task::Gallery(options) => gallery::run(&workspace, &options),
        Task::Manual => manual::run(&workspace),
        Task::Pictures => pictures::run(&workspace),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}
