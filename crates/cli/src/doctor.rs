//! `gradshot doctor`: is everything here that the program needs, and what does the print queue keep?

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use gradshot_imaging::{Engine, Specs};
use gradshot_studio::{Root, backup, spool};

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
    println!("{}", print_queue());
    Ok(outcome)
}

/// What the system's print queue does with sheets. Nothing is wrong where there is none, or where it keeps them on a
/// disk: the desk asks before it uses such a queue.
fn print_queue() -> String {
    let looked = tokio::runtime::Runtime::new().context("no threads to run on");
    match looked.and_then(|runtime| runtime.block_on(spool::look())) {
        Ok(None) => {
            "✓ 打印队列 print queue: 本机没有 CUPS，打印只走网络打印机或系统对话框 none here".to_owned()
        }
        Ok(Some(found)) => words(&found),
        Err(error) => format!("! 打印队列 print queue: {error:#}"),
    }
}

fn words(found: &spool::Spool) -> String {
    let (count, folder) = (found.queues.len(), found.folder.display());
    let mut words = vec![format!("打印队列 print queue: CUPS, {count} 个队列 queues, {folder}")];
    if !found.in_memory {
        words.push(format!(
            "排版在打完前留在磁盘上，要放进内存请把 tmpfs 挂到 {folder} · sheets lie on the disk until printed; mount tmpfs there to keep them in memory"
        ));
    }
    if found.keeps_files {
        words.push(
            "打完后还会保留，请在 cupsd.conf 里写 PreserveJobFiles No · and stay after that; write PreserveJobFiles No in cupsd.conf"
                .to_owned(),
        );
    }
    let mark = if words.len() == 1 { '✓' } else { '!' };
    format!("{mark} {}", words.join("\n    "))
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
