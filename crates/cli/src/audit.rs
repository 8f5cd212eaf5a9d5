//! `gradshot audit verify`: is the audit log whole?

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use gradshot_studio::backup;

use crate::Outcome;

/// 审计日志 · the log of who changed what.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// 校验 · finds entries that are missing, changed or out of place.
    ///
    /// Exit code: 0 when it is whole, 1 when it is not.
    Verify(VerifyArguments),
}

#[derive(Debug, clap::Args)]
struct VerifyArguments {
    /// Folder of all data.
    #[arg(long, value_name = "DIR", env = "GRADSHOT_DATA", default_value = "gradshot-data")]
    data: PathBuf,
    /// Another database than the folder's.
    #[arg(long, value_name = "URL", env = "GRADSHOT_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let Task::Verify(VerifyArguments { data, database }) = &arguments.task;
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    let found = runtime.block_on(backup::verify_audit(&data.join("server"), database.as_deref()))?;
    println!("{} 条 entries, {}", found.entries, found.head);
    match found.flaw {
        None => {
            println!("✓ 完整 whole");
            Ok(Outcome::Fine)
        }
        Some(flaw) => {
            println!("✕ {flaw}");
            Ok(Outcome::Retake)
        }
    }
}
