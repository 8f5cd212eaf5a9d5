//! The server's API tried out by a program that knows only its description: whatever comes in, the answer is one that is
//! described, and never a server error.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command;
use crate::workspace::Workspace;

/// Who asks; somebody without a token comes last, since that one may sign everybody out.
const ROLES: &[&str] = &["student", "station", "reviewer", "support", "school", "operator", "admin", ""];
/// Streams never end; what ends the caller's own session would make every further answer the same.
const LEFT_OUT: &str = "events$|^/api/sign-out$|^/api/account/close$|end-others$";
/// Tries of each operation for each role.
const TRIES: &str = "4";
/// The same tries each time.
const SEED: &str = "20270518";

/// Starts the stage and tries every operation as every role.
pub fn perform(workspace: &Workspace) -> Result<()> {
    let stage = Stage::open(workspace)?;
    for role in ROLES {
        println!("as {}", if role.is_empty() { "nobody" } else { role });
        let mut tries = program(workspace)?;
        tries
            .args(["run", &format!("{}/openapi.json", stage.address)])
            .args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"])
            .args(["--phases", "examples,coverage,fuzzing", "--max-examples", TRIES, "--seed", SEED])
            .args(["--exclude-path-regex", LEFT_OUT, "--warnings", "off", "--suppress-health-check", "all"])
            .args(["--request-timeout", "30", "--continue-on-failure"]);
        if let Some(token) = stage.told["tokens"][role].as_str() {
            tries.args(["--header", &format!("Authorization: Bearer {token}")]);
        }
        command::visible(&mut tries)?;
    }
    Ok(())
}

fn program(workspace: &Workspace) -> Result<Command> {
    let mut python = Command::new(if cfg!(windows) { "python" } else { "python3" });
    python
        .args(["-c", "from schemathesis.cli import schemathesis; schemathesis()"])
        .env(
            "PYTHONPATH",
            std::env::join_paths([workspace.tool("schemathesis"), workspace.path("tests/api")])?,
        )
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("NO_COLOR", "1")
        // What it remembers of failures goes where everything goes that may be thrown away.
        .current_dir(workspace.path("target"));
    Ok(python)
}

/// A listening server with invented people. It ends with this.
struct Stage {
    server: Child,
    address: String,
    told: Value,
}

impl Stage {
    fn open(workspace: &Workspace) -> Result<Self> {
        let mut server = Command::new(workspace.built("examples/stage"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the stage")?;
        let mut line = String::new();
        let output = server.stdout.take().context("the stage says nothing")?;
        BufReader::new(output).read_line(&mut line)?;
        let told: Value = serde_json::from_str(&line).context("the stage did not open")?;
        let address = told["address"].as_str().context("the stage has no address")?.to_owned();
        Ok(Self { server, address, told })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // It ends when nobody holds its input any more; this makes sure.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
