//! A PostgreSQL server that lives as long as one check: a fresh cluster in a temporary folder, reached by a socket there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::command;

/// Debian's account for the server, which refuses to run as root.
const ACCOUNT: &str = "postgres";
/// Where Debian puts the programs, a folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";
const SETTINGS: &str = "-c listen_addresses='' -c max_connections=300";
/// Nothing of a test has to survive a power cut.
const CARELESS: &str = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off";

/// A running server. It stops, and its data goes, when this is dropped.
pub struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    as_root: bool,
}

impl Postgres {
    /// Makes a cluster and starts it, for tests: it would not survive a power cut.
    pub fn start() -> Result<Self> {
        Self::start_with(CARELESS)
    }

    /// The same with a server's usual care, for measuring.
    pub fn start_durable() -> Result<Self> {
        Self::start_with("")
    }

    fn start_with(settings: &str) -> Result<Self> {
        let as_root = command::silent(Command::new("id").arg("-u"))?.trim() == "0";
        let postgres = Self { programs: programs()?, folder: tempfile::tempdir()?, as_root };
        if as_root {
            command::silent(Command::new("chown").arg(ACCOUNT).arg(postgres.folder.path()))?;
        }
        command::silent(
            postgres
                .program("initdb")
                .args([
                    "--auth=trust",
                    "--username",
                    ACCOUNT,
                    "--encoding=UTF8",
                    "--no-locale",
                    "--no-sync",
                    "-D",
                ])
                .arg(postgres.data()),
        )?;
        let socket = format!("{SETTINGS} {settings} -k {}", postgres.folder.path().display());
        // The log goes to a file: an inherited pipe would stay open as long as the server.
        command::silent(
            postgres
                .program("pg_ctl")
                .args(["start", "--wait", "--silent", "-o", &socket, "-l"])
                .arg(postgres.folder.path().join("log"))
                .arg("-D")
                .arg(postgres.data()),
        )
        .with_context(|| fs::read_to_string(postgres.folder.path().join("log")).unwrap_or_default())?;
        Ok(postgres)
    }

    /// The address that tests are given.
    pub fn url(&self) -> String {
        format!("postgres://{ACCOUNT}@localhost/postgres?host={}", self.folder.path().display())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if self.as_root {
            let mut as_other = Command::new("runuser");
            as_other.args(["-u", ACCOUNT, "--"]).arg(program);
            as_other
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["stop", "--silent", "--mode=immediate", "-D"]).arg(self.data());
        if let Err(error) = command::silent(&mut stop) {
            println!("the throwaway PostgreSQL did not stop: {error:#}");
        }
    }
}

/// The folder with the newest version's programs; empty where they are on the path, as on other systems.
fn programs() -> Result<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(Path::new(VERSIONS))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    match versions.pop() {
        Some((_, folder)) => Ok(folder),
        None if command::is_on_path("initdb") => Ok(PathBuf::new()),
        None => anyhow::bail!("PostgreSQL is not here: install Debian's package `postgresql`"),
    }
}
