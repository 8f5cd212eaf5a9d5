//! `gradshot serve`: the server alone.

mod config;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_server::PasswordCost;
use gradshot_studio::{Root, ServerRoom, ServerRoomOptions};
use gradshot_wire::identity::Role;

use self::config::Config;
use crate::Outcome;

const DATA: &str = "gradshot-data";
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8750);

/// 仅运行服务器 · the server with phone, board and office pages.
///
/// What is not given here or in the environment is taken from the file given with --config.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A TOML file with data, database, blobs, listen and `public_url`.
    #[arg(long, value_name = "FILE", env = "GRADSHOT_CONFIG")]
    config: Option<PathBuf>,
    /// Folder of database, sealed files and, unless `GRADSHOT_VAULT_KEY` is set, the vault key [default:
    /// gradshot-data].
    #[arg(long, value_name = "DIR", env = "GRADSHOT_DATA")]
    data: Option<PathBuf>,
    /// Another database than the folder's: a path, or <postgres://USER@HOST/NAME>, which several servers may share.
    #[arg(long, value_name = "URL", env = "GRADSHOT_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// Another place for sealed files than the folder's.
    #[arg(long, value_name = "PLACE", env = "GRADSHOT_BLOBS", hide_env_values = true)]
    blobs: Option<String>,
    /// Where to listen [default: 127.0.0.1:8750].
    #[arg(long, value_name = "ADDRESS", env = "GRADSHOT_LISTEN")]
    listen: Option<SocketAddr>,
    /// Address that students reach the server by.
    #[arg(long, value_name = "URL", env = "GRADSHOT_PUBLIC_URL")]
    public_url: Option<String>,
    /// Makes an administrator of this name, reading the password from `GRADSHOT_ADMIN_PASSWORD`.
    #[arg(long, value_name = "NAME")]
    create_admin: Option<String>,
}

/// Runs until it is stopped.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let file = arguments.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
    let given = Config {
        data: arguments.data,
        database: arguments.database,
        blobs: arguments.blobs,
        listen: arguments.listen,
        public_url: arguments.public_url,
    };
    let config = file.under(given.checked()?);
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    runtime.block_on(serve(config, arguments.create_admin))
}

async fn serve(config: Config, create_admin: Option<String>) -> anyhow::Result<Outcome> {
    let root = Root::find()?;
    let mut room = ServerRoom::open(ServerRoomOptions {
        folder: config.data.unwrap_or_else(|| DATA.into()).join("server"),
        database: config.database,
        blobs: config.blobs,
        listen: config.listen.unwrap_or(LISTEN),
        public_url: config.public_url,
        pages: root.pages(),
        root: Some(root),
        sandbox_payments: false,
        password_cost: PasswordCost::Standard,
    })
    .await?;
    if let Some(login) = create_admin {
        let password = std::env::var("GRADSHOT_ADMIN_PASSWORD")
            .context("set GRADSHOT_ADMIN_PASSWORD to the new administrator's password")?;
        room.server.create_staff(&login, &password, Role::Admin).await?;
        println!("管理员已创建 · administrator made");
    }
    println!("服务器 server  {}", room.url);
    tokio::select! {
        failed = room.failed() => failed?,
        stopped = told_to_stop() => {
            stopped?;
            println!("正在结束 · stopping");
            room.stop().await?;
        }
    }
    Ok(Outcome::Fine)
}

/// Ctrl-C, or what a service's manager sends.
async fn told_to_stop() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).context("cannot wait for a signal to stop")?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped.context("cannot wait for Ctrl-C"),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")
}
