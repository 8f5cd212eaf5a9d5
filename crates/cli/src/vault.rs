//! `gradshot vault`: the keys that seal personal data at rest.

use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_studio::vault::{self, Place};

use crate::Outcome;

/// 密钥 · shows and changes the keys that seal personal data.
///
/// To change the key in use: `add`, start every server anew, `use NAME`, start every server anew. They seal everything
/// anew by themselves; `status` shows when nothing is left, and `forget NAME` takes the old key away. The root key stays.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
    /// Folder of all data.
    #[arg(long, global = true, value_name = "DIR", env = "GRADSHOT_DATA", default_value = "gradshot-data")]
    data: PathBuf,
    /// Another database than the folder's.
    #[arg(long, global = true, value_name = "URL", env = "GRADSHOT_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// Another place for sealed files than the folder's.
    #[arg(long, global = true, value_name = "PLACE", env = "GRADSHOT_BLOBS", hide_env_values = true)]
    blobs: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Says which keys there are and how much each seals.
    Status,
    /// Makes a new key, which is known but not used yet.
    Add,
    /// Seals with a known key from the next start on.
    Use {
        /// As `status` shows it.
        name: String,
    },
    /// Takes a key away that seals nothing any more.
    Forget {
        /// As `status` shows it.
        name: String,
    },
}

/// Runs the command.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let Arguments { verb, data, database, blobs } = arguments;
    let place = Place { folder: data.join("server"), database, blobs };
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    match verb {
        Verb::Status => {
            let status = runtime.block_on(vault::status(&place))?;
            for (number, name) in status.names.iter().enumerate() {
                let sealed = status.count.by_key.get(name).copied().unwrap_or(0);
                let in_use = if number == 0 { "  使用中 in use" } else { "" };
                let root = if *name == status.root { "  根密钥 root" } else { "" };
                println!("{name}  {sealed} 项 sealed{in_use}{root}");
            }
            if status.count.closed > 0 {
                println!("✕ {} 项无法打开 · values that no key here opens", status.count.closed);
                return Ok(Outcome::Failed);
            }
        }
        Verb::Add => {
            println!("{}", vault::add(&place.folder)?);
            println!("请重启所有服务器，再使用新密钥 · start every server anew before the key is used");
        }
        Verb::Use { name } => {
            vault::use_key(&place.folder, name.parse()?)?;
            println!("请重启服务器 · start the server anew");
        }
        Verb::Forget { name } => {
            runtime.block_on(vault::forget(&place, name.parse()?))?;
            println!("已移除 · forgotten");
        }
    }
    Ok(Outcome::Fine)
}
