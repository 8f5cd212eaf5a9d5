//! `gradshot doctor`: is everything here that the program needs?

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use gradshot_imaging::{Engine, Specs};
use gradshot_studio::{Root, backup};

use crate::Outcome;

/// 自检 · looks whether models, runtime, specs and pages are here and whole.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of all data: looks at its database, audit log and sealed files, too.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Runs the command. Every check is made, also after one has failed.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let root = Root::find()?;
    let engine = Engine::open(&root.engine_options());
    let provider = engine.as_ref().map_or_else(|_| String::new(), |it| format!(" ({})", it.provider()));
    let engine_check = format!("模型与运行库 models, runtime{provider}");
    let mut checks = vec![
        (engine_check.as_str(), engine.map(drop).map_err(anyhow::Error::from)),
        ("照片规格 specs", Specs::load(&root.specs()).map(drop).map_err(anyhow::Error::from)),
        (
            "页面 pages",
            root.pages().map(drop).ok_or_else(|| anyhow::anyhow!("not built: run `cargo xtask setup`")),
        ),
        (
            "示例照片 sample photos",
            root.sample_photos()
                .is_dir()
                .then_some(())
                .ok_or_else(|| anyhow::anyhow!("assets/photos is missing")),
        ),
    ];
    if let Some(data) = &arguments.data {
        checks.push(("数据库、审计日志、封存文件 database, audit log, sealed files", look_at(data)));
    }
    let mut outcome = Outcome::Fine;
    for (what, found) in checks {
        match found {
            Ok(()) => println!("✓ {what}"),
            Err(error) => {
                outcome = Outcome::Failed;
                println!("✕ {what}: {error:#}");
            }
        }
    }
    Ok(outcome)
}

fn look_at(data: &Path) -> anyhow::Result<()> {
    let folder = data.join("server");
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    let proof = runtime.block_on(backup::verify_audit(&folder, None))?;
    if let Some(flaw) = proof.flaw {
        anyhow::bail!("the audit log is not whole: {flaw}");
    }
    anyhow::ensure!(folder.join("blobs").is_dir(), "the folder of sealed files is missing");
    let has_key = folder.join("vault.key").is_file() || std::env::var_os("GRADSHOT_VAULT_KEY").is_some();
    anyhow::ensure!(has_key, "the vault key is missing: without it nothing sealed can be opened");
    Ok(())
}
