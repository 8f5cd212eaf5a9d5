//! `gradshot serve`: the server alone.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_server::PasswordCost;
use gradshot_studio::{Root, ServerRoom, ServerRoomOptions};
use gradshot_wire::identity::Role;

use crate::Outcome;

/// 仅运行服务器 · the server with phone, board and office pages.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of database, sealed files and, unless `GRADSHOT_VAULT_KEY` is set, the vault key.
    #[arg(long, value_name = "DIR", env = "GRADSHOT_DATA", default_value = "gradshot-data")]
    data: PathBuf,
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8750")]
    listen: SocketAddr,
    /// Address that students reach the server by.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Makes an administrator of this name, reading the password from `GRADSHOT_ADMIN_PASSWORD`.
    #[arg(long, value_name = "NAME")]
    create_admin: Option<String>,
}

/// Runs until it is stopped.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    runtime.block_on(async {
        let room = ServerRoom::open(ServerRoomOptions {
            folder: arguments.data.join("server"),
            listen: arguments.listen,
            public_url: arguments.public_url,
            pages: Root::find()?.pages(),
            sandbox_payments: false,
            password_cost: PasswordCost::Standard,
        })
        .await?;
        if let Some(login) = arguments.create_admin {
            let password = std::env::var("GRADSHOT_ADMIN_PASSWORD")
                .context("set GRADSHOT_ADMIN_PASSWORD to the new administrator's password")?;
            room.server.create_staff(&login, &password, Role::Admin).await?;
            println!("管理员已创建 · administrator made");
        }
        println!("服务器 server  {}", room.url);
        tokio::select! {
            ended = room.serve() => ended?,
            stopped = tokio::signal::ctrl_c() => stopped.context("cannot wait for Ctrl-C")?,
        }
        Ok(Outcome::Fine)
    })
}
