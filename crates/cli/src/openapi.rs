//! `gradshot openapi`: the descriptions that the pages' types are generated from.

use std::io::Write as _;

use crate::Outcome;

/// 接口描述 · prints the server's OpenAPI description, or the desk bridge's.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The desk bridge's instead of the server's.
    #[arg(long)]
    desk: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let description =
        if arguments.desk { gradshot_studio::bridge::openapi() } else { gradshot_server::openapi() };
    writeln!(std::io::stdout().lock(), "{}", description.to_pretty_json()?)?;
    Ok(Outcome::Fine)
}
