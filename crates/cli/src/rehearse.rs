//! `gradshot rehearse`: a server with invented students in line, for desks of other programs.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use gradshot_studio::Root;
use gradshot_studio::demo::{Rehearsal, RehearsalOptions};

use crate::Outcome;

/// 演练服务器 · a server with invented students in line, to rehearse with a paired desk.
///
/// Prints one line of JSON: address, pairing code, and each ticket as its student's phone shows it. Started again with the
/// same folder it goes on where it was.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the server's data.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where the server listens; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// How many students stand in line.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u16).range(1..=500))]
    students: u16,
}

/// Runs until it is stopped.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    runtime.block_on(async {
        let rehearsal = Rehearsal::open(RehearsalOptions {
            root: Root::find()?,
            folder: arguments.data,
            listen: arguments.listen,
            students: usize::from(arguments.students),
        })
        .await?;
        println!("{}", serde_json::to_string(&rehearsal.invitation)?);
        tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")?;
        Ok(Outcome::Fine)
    })
}
