//! `gradshot backup` and `gradshot restore`.

use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_studio::backup::{self, Backup};

use crate::Outcome;

/// 备份 · copies database and sealed files into a folder, while the server runs.
///
/// Into the same folder again only new sealed files are copied. The vault key is left out: keep it apart, since nothing
/// opens without it. A PostgreSQL database is backed up with its own `pg_dump`.
#[derive(Debug, clap::Args)]
pub struct BackupArguments {
    /// Where the backup goes.
    #[arg(value_name = "DIR")]
    to: PathBuf,
    /// Folder of all data.
    #[arg(long, value_name = "DIR", env = "GRADSHOT_DATA", default_value = "gradshot-data")]
    data: PathBuf,
    /// Another database than the folder's.
    #[arg(long, value_name = "URL", env = "GRADSHOT_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// Another place for sealed files than the folder's.
    #[arg(long, value_name = "PLACE", env = "GRADSHOT_BLOBS", hide_env_values = true)]
    blobs: Option<String>,
}

/// 恢复 · puts a backup into a folder that holds no data yet, and checks that it is whole.
#[derive(Debug, clap::Args)]
pub struct RestoreArguments {
    /// Where the backup is.
    #[arg(value_name = "DIR")]
    from: PathBuf,
    /// Folder of all data.
    #[arg(long, value_name = "DIR", env = "GRADSHOT_DATA", default_value = "gradshot-data")]
    data: PathBuf,
}

/// Makes a backup.
pub fn back_up(arguments: &BackupArguments) -> anyhow::Result<Outcome> {
    let BackupArguments { to, data, database, blobs } = arguments;
    let folder = data.join("server");
    let made = runtime()?.block_on(backup::back_up(&folder, database.as_deref(), blobs.as_deref(), to))?;
    print("备份完成 backup made", &made);
    println!("请另行保管 vault.key · keep vault.key apart");
    Ok(Outcome::Fine)
}

/// Restores a backup.
pub fn restore(arguments: &RestoreArguments) -> anyhow::Result<Outcome> {
    let restored = runtime()?.block_on(backup::restore(&arguments.from, &arguments.data.join("server")))?;
    print("恢复完成 restored", &restored);
    println!("请放回 vault.key · put vault.key back");
    Ok(Outcome::Fine)
}

fn print(what: &str, backup: &Backup) {
    println!(
        "{what}: 数据库 database {} KB, 封存文件 sealed files {} (新 new {})",
        backup.database_bytes / 1024,
        backup.blobs,
        backup.copied
    );
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Runtime::new().context("no threads to run on")
}
